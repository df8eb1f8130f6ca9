//! Which paths take entity tags, and whether any response gives one.

use super::api::{Api, OperationFact, PathFact};

/// From how many paths on it is said once that no response gives a tag.
const MANY: usize = 10;

/// Entity tags in a whole description.
#[derive(Debug, Default)]
pub struct EntityTags {
    /// The paths with an operation that takes `If-Match` or `If-None-Match`, as indices of [`Api::paths`].
    pub takers: Vec<usize>,
    /// Whether any response declares an `ETag` header.
    pub given: bool,
}

impl EntityTags {
    pub(super) fn of<'p>(api: &Api<'p>) -> Self {
        let conditional = |path: &PathFact<'p>| api.operations_of(path).iter().any(|operation| takes_tag(api, operation));
        let takers: Vec<usize> =
            api.paths.iter().enumerate().filter(|(_, path)| conditional(path)).map(|(index, _)| index).collect();
        let given = !takers.is_empty() && api.first_uses().any(|response| response.header(api, "ETag").is_some());
        EntityTags { takers, given }
    }

    /// Whether many paths take a tag and nothing in the description gives one: a decision, not a slip.
    pub fn are_never_given(&self) -> bool {
        !self.given && self.takers.len() >= MANY
    }
}

impl Api<'_> {
    /// Which paths take entity tags, and whether any response gives one.
    pub fn entity_tags(&self) -> &EntityTags {
        self.entity_tags.get_or_init(|| EntityTags::of(self))
    }
}

fn takes_tag<'p>(api: &Api<'p>, operation: &OperationFact<'p>) -> bool {
    let is_condition = |name: &str| name.eq_ignore_ascii_case("If-Match") || name.eq_ignore_ascii_case("If-None-Match");
    api.parameters_of(operation)
        .iter()
        .any(|parameter| parameter.is_in("header") && parameter.name().is_some_and(|name| is_condition(&name)))
}
