//! What bodies that came have in common.

use crate::facts::Observed;
use crate::rules::predicates::Judgement;
use crate::traffic::mask;
use crate::truth::Truth;

/// The answer where no JSON is there to be looked at: unknown where some came.
pub(super) fn judge_nothing<'p>(observed: &Observed<'_>) -> Judgement<'p> {
    let may_be_json = observed.is_json() && observed.text().is_none();
    Judgement::plain(if may_be_json { Truth::Unknown } else { Truth::False })
}

/// The name of a member as it may be shown: it may be data.
pub(super) fn name(name: &str) -> String {
    mask::url(name, true)
}
