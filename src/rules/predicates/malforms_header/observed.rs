//! The same of header fields that came.

use super::has_form;
use crate::facts::Observed;
use crate::rules::evaluate::Evidence;
use crate::rules::options::OptionValue;
use crate::rules::predicates::{Arguments, Judgement, strings};
use crate::traffic::mask;

/// A line without a value says nothing that could be wrong; some programs record a field like that where there was none.
pub(super) fn judge<'p>(observed: &Observed<'_>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(OptionValue::String(form)) = arguments.get("form") else { return Judgement::plain(false) };
    let evidence: Vec<Evidence<'p>> = strings(arguments, "names")
        .iter()
        .filter_map(|name| {
            let mut lines = observed.fields().lines(name).map(str::trim);
            lines.find(|line| !line.is_empty() && !has_form(line, form)).map(|line| item(name, line))
        })
        .collect();
    Judgement::found(evidence)
}

fn item<'p>(name: &str, line: &str) -> Evidence<'p> {
    let words = vec![("header", name.to_owned()), ("shown", format!("is `{}`", shown(name, line)))];
    Evidence { words, ..Evidence::default() }
}

/// Dates, seconds and entity-tags may be shown; what else stands in their place only where it is short and plain.
fn shown(name: &str, line: &str) -> String {
    const LONGEST: usize = 40;
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || " :,+-./@\"'".contains(letter);
    let is_harmless = line.len() <= LONGEST && line.chars().all(is_plain);
    mask::field_value(name, line, is_harmless)
}
