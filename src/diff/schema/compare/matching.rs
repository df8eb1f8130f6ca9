//! Which new branch of a union stands for which old one: by what it is called, by its tag, by its text.

use rustc_hash::{FxHashMap, FxHashSet};

use super::discriminator::property_of;
use crate::diff::schema::lower::outer;
use crate::diff::schema::model::Union;
use crate::openapi::{Schema, View};
use crate::syntax::Node;
use crate::words::listed;

/// How many members are named for a branch that has no name.
const MOST_NAMED: usize = 3;

/// By what branches are matched, the surest first.
const SIGNS: [Sign; 5] = [Sign::Tag, Sign::Reference, Sign::Constant, Sign::Title, Sign::Text];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// The value of the discriminator.
    Tag,
    /// The name of the component.
    Reference,
    /// A property with one value.
    Constant,
    /// `title`.
    Title,
    /// The schema as it is written.
    Text,
}

/// The branches of two unions, by their positions in [`Union::branches`].
#[derive(Default)]
pub(super) struct Matching {
    /// New and old.
    pub(super) pairs: Vec<(usize, usize)>,
    /// New ones that match none.
    pub(super) added: Vec<usize>,
    /// Of these, those whose tag no old branch has, with the tag.
    pub(super) new_tags: FxHashMap<usize, String>,
    /// Old ones that none matches.
    pub(super) removed: Vec<usize>,
}

/// Matches the branches of two unions, of which some are known to be the same.
pub(super) fn matching<'o, 'n>(
    (old_view, old): (View<'o>, &Union<'o>),
    (new_view, new): (View<'n>, &Union<'n>),
    same: Vec<(usize, usize)>,
) -> Matching {
    let mut old_left: Vec<usize> = (0..old.branches.len()).collect();
    let mut new_left: Vec<usize> = (0..new.branches.len()).collect();
    let (new_same, old_same): (FxHashSet<usize>, FxHashSet<usize>) = same.iter().copied().unzip();
    old_left.retain(|position| !old_same.contains(position));
    new_left.retain(|position| !new_same.contains(position));
    let mut matching = Matching { pairs: same, ..Matching::default() };
    let are_tagged = old.discriminator.is_some() && new.discriminator.is_some();
    for sign in SIGNS {
        let (old_tags, new_tags) = (Tags::of(old, sign), Tags::of(new, sign));
        let mut known = signs(old_view, &old_tags, old, &old_left, sign);
        let all: FxHashSet<String> = known.keys().cloned().collect();
        // What several branches have tells nothing, but for branches that are written alike.
        known.retain(|_, positions| positions.len() == 1 || sign == Sign::Text);
        let mut taken = FxHashSet::default();
        new_left.retain(|&position| {
            let keys = new.branches.get(position).map(|(_, branch)| keys(new_view, &new_tags, *branch, sign)).unwrap_or_default();
            let free = |key: &String| known.get_mut(key).and_then(Vec::pop).filter(|twin| taken.insert(*twin));
            let twin = keys.iter().find_map(free);
            matching.pairs.extend(twin.map(|twin| (position, twin)));
            let has_new_tag = sign == Sign::Tag && are_tagged && !keys.is_empty() && !keys.iter().any(|key| all.contains(key));
            if let Some(tag) = keys.into_iter().next().filter(|_| has_new_tag) {
                matching.new_tags.insert(position, tag);
                matching.added.push(position);
            }
            twin.is_none() && !has_new_tag
        });
        old_left.retain(|position| !taken.contains(position));
    }
    matching.added.extend(new_left);
    matching.removed = old_left;
    matching
}

/// The positions of branches by their signs.
fn signs<'p>(view: View<'p>, tags: &Tags<'p>, union: &Union<'p>, left: &[usize], sign: Sign) -> FxHashMap<String, Vec<usize>> {
    let mut known: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for &position in left {
        let Some((_, branch)) = union.branches.get(position) else { continue };
        for key in keys(view, tags, *branch, sign) {
            known.entry(key).or_default().push(position);
        }
    }
    known
}

fn keys<'p>(view: View<'p>, tags: &Tags<'p>, branch: Node<'p>, sign: Sign) -> Vec<String> {
    let schema = Schema(view.with(branch));
    match sign {
        Sign::Tag => tags.of_branch(schema),
        Sign::Reference => schema.component_name().map(|name| stem(&name).to_owned()).into_iter().collect(),
        Sign::Constant => constants(schema),
        Sign::Title => schema.keyword("title").and_then(Node::text).map(std::borrow::Cow::into_owned).into_iter().collect(),
        Sign::Text => vec![schema.target().unwrap_or(schema).view().node().raw().to_owned()],
    }
}

/// How the branches of a union are told apart.
struct Tags<'p> {
    discriminator: Option<Node<'p>>,
    /// The values of `mapping`, by the names of the schemas that they lead to.
    mapped: FxHashMap<String, Vec<String>>,
}

impl<'p> Tags<'p> {
    fn of(union: &Union<'p>, sign: Sign) -> Self {
        let discriminator = union.discriminator.filter(|_| sign == Sign::Tag);
        let mapping = discriminator.and_then(|discriminator| discriminator.get("mapping"));
        let mut mapped: FxHashMap<String, Vec<String>> = FxHashMap::default();
        for entry in mapping.into_iter().flat_map(Node::entries) {
            let (Some(value), Some(target)) = (entry.key.text(), entry.value.text()) else { continue };
            let name = target.rsplit('/').next().map(stem).unwrap_or_default();
            mapped.entry(name.to_owned()).or_default().push(value.into_owned());
        }
        Tags { discriminator, mapped }
    }

    /// The values of the discriminator that lead to a branch: those that it allows itself, else those of `mapping` and the
    /// name of the component.
    fn of_branch(&self, schema: Schema<'p>) -> Vec<String> {
        let (Some(discriminator), Some(name)) = (self.discriminator, schema.component_name()) else { return Vec::new() };
        let pinned = schema
            .all_properties()
            .get(&property_of(discriminator))
            .map(|property| property.schema.all_pinned_values().collect::<Vec<_>>());
        let pinned: Vec<String> =
            pinned.unwrap_or_default().into_iter().filter_map(|value| Some(value.text()?.into_owned())).collect();
        if !pinned.is_empty() {
            return pinned;
        }
        let mut tags = self.mapped.get(stem(&name)).cloned().unwrap_or_default();
        tags.push(stem(&name).to_owned());
        tags
    }
}

/// The name of a component that may be the name of its file: who bundles the files takes that without its ending.
pub(super) fn stem(name: &str) -> &str {
    [".yaml", ".yml", ".json"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

/// Each property that has one value only, with that value.
fn constants(schema: Schema<'_>) -> Vec<String> {
    let pinned = |property: crate::openapi::Property<'_>| match property.schema.all_pinned_values().collect::<Vec<_>>().as_slice()
    {
        [only] => Some(format!("{}={}", property.name, only.text()?)),
        _ => None,
    };
    schema.all_properties().list.into_iter().filter_map(pinned).collect()
}

/// Whether a branch has neither a name nor a title.
pub(super) fn is_nameless<'p>(view: View<'p>, union: &Union<'p>, position: usize) -> bool {
    union.branches.get(position).is_some_and(|(_, branch)| {
        let schema = Schema(view.with(*branch));
        schema.component_name().is_none() && schema.keyword("title").is_none()
    })
}

/// What a branch is called in messages.
pub(super) fn name_of<'p>(view: View<'p>, union: &Union<'p>, position: usize) -> String {
    let Some((number, branch)) = union.branches.get(position) else { return String::new() };
    let index = outer(*number);
    let schema = Schema(view.with(*branch));
    let name = schema.component_name().or_else(|| schema.keyword("title").and_then(Node::text));
    let by_type = || schema.types().first().map(|name| format!("the {name} at {index}"));
    let by_tag = || Some(format!("`{}` at {index}", property_of(union.discriminator?)));
    let required = || schema.keyword("required").into_iter().flat_map(Node::items).filter_map(Node::text);
    let by_members = || {
        let names: Vec<String> = required().take(MOST_NAMED).map(|name| format!("`{name}`")).collect();
        (!names.is_empty()).then(|| format!("an object with {}", listed(&names, "and")))
    };
    let name = name.map(|name| format!("`{name}`")).or_else(by_type).or_else(by_tag).or_else(by_members);
    name.unwrap_or_else(|| format!("branch {index}"))
}
