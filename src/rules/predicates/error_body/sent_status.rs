//! A status in a body that came, against that of its response.

use super::sent;
use super::shown_status::{Told, fits, of_value};
use crate::facts::Observed;
use crate::http::status::StatusKey;
use crate::rules::evaluate::Evidence;
use crate::rules::predicates::Judgement;
use crate::syntax::Node;

/// A problem document whose `status` is no number has a fault of its own.
pub(super) fn judge<'p>(observed: &Observed<'_>) -> Judgement<'p> {
    let Some(body) = observed.json().filter(|body| body.is_map()) else { return sent::judge_nothing(observed) };
    let is_problem = observed.media_type().is_some_and(|came| came.is("application/problem+json"));
    let passes_on = matches!(observed.status(), StatusKey::Code(502..=504));
    let differs = |one: &Told<'_>| !(fits(observed.status(), one.code) || is_problem && is_text(body, &one.name));
    let told = of_value(body, is_problem, passes_on).into_iter().find(differs);
    told.map_or(Judgement::plain(false), |one| {
        let words = vec![("member", sent::name(&one.name)), ("value", one.code.to_string())];
        Judgement::shown(true, Evidence { words, ..Evidence::default() })
    })
}

fn is_text(body: Node<'_>, name: &str) -> bool {
    body.get(name).is_some_and(|value| value.as_str().is_some())
}
