//! What a member of an object must meet, all layers together.

use crate::diff::schema::lower::is_write_only;
use crate::diff::schema::model::{Additional, Layer, Model};
use crate::diff::schema::side::{Id, Side};
use crate::openapi::View;
use crate::syntax::Node;
use crate::truth::Truth;

/// What is said about a member.
pub(in crate::diff::schema) struct Member<'p> {
    /// What its value must meet; `None` where it must not be there.
    pub(in crate::diff::schema) schema: Option<Id>,
    /// The key that describes it.
    pub(in crate::diff::schema) key: Option<Node<'p>>,
    /// The key that forbids or limits members that are not described.
    pub(in crate::diff::schema) limit: Option<Node<'p>>,
    /// Whether members that are not described are forbidden.
    pub(in crate::diff::schema) is_closed: bool,
    /// Whether only requests carry it.
    pub(in crate::diff::schema) is_write_only: bool,
    /// Whether it could not be told which pattern it matches.
    pub(in crate::diff::schema) is_doubtful: bool,
}

/// The member of this name; without a name, any that neither properties nor patterns describe.
pub(in crate::diff::schema) fn member<'p>(side: &mut Side<'p>, id: Id, model: &Model<'p>, name: Option<&str>) -> Member<'p> {
    let mut member = Member { schema: None, key: None, limit: None, is_closed: false, is_write_only: false, is_doubtful: false };
    let Some(view) = side.views(id).first().copied() else {
        member.schema = Some(side.conjunction(Vec::new()));
        return member;
    };
    let mut schemas = Vec::new();
    let mut is_forbidden = false;
    for layer in model.layers_about(name) {
        side.work += 1;
        let is_described = name.is_some_and(|name| described(side, view, layer, name, &mut schemas, &mut member));
        member.is_closed |= matches!(layer.additional, Additional::Closed(_));
        match layer.additional {
            _ if is_described => {}
            Additional::Open(key) => member.limit = member.limit.or(key),
            Additional::Closed(key) => {
                is_forbidden = true;
                member.limit = Some(key);
            }
            Additional::Schema(key, schema) => {
                member.limit = member.limit.or(Some(key));
                schemas.push(view.with(schema));
            }
        }
    }
    member.schema = (!is_forbidden && !member.is_write_only).then(|| side.conjunction(schemas));
    member
}

/// The names of the members that are described.
pub(super) fn names_of<'a>(model: &'a Model<'_>) -> impl Iterator<Item = &'a str> {
    model.layers.iter().flat_map(|layer| layer.properties.iter().map(|(name, ..)| name.as_ref()))
}

/// Whether a layer describes the member; what it says goes to the schemas.
fn described<'p>(
    side: &mut Side<'p>,
    view: View<'p>,
    layer: &Layer<'p>,
    name: &str,
    schemas: &mut Vec<View<'p>>,
    member: &mut Member<'p>,
) -> bool {
    let mut is_described = false;
    if let Some(&index) = layer.index.get(name) {
        is_described = true;
        if let Some((_, key, schema)) = layer.properties.get(index) {
            let schema = view.with(*schema);
            member.key = member.key.or(Some(*key));
            member.is_write_only |= is_write_only(schema);
            schemas.push(schema);
        }
    }
    for (pattern, schema) in &layer.patterns {
        match side.matches(pattern, name) {
            Truth::True => {
                is_described = true;
                schemas.push(view.with(*schema));
            }
            Truth::Unknown => member.is_doubtful = true,
            Truth::False => {}
        }
    }
    is_described
}
