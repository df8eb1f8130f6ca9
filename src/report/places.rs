//! Related places that say the same, told together.

use std::fmt::Write as _;

use super::{Report, clean};
use crate::finding::Related;

/// Places with the same words in the same file; each list has at least one.
pub(super) fn alike<'f>(related: impl IntoIterator<Item = &'f Related>) -> Vec<(&'f Related, Vec<&'f Related>)> {
    let mut rows: Vec<(&Related, Vec<&Related>)> = Vec::new();
    for place in related {
        let same = |(first, _): &&mut (&Related, Vec<&Related>)| {
            first.span.source == place.span.source && first.message == place.message
        };
        match rows.iter_mut().find(same) {
            Some((_, places)) => places.push(place),
            None => rows.push((place, vec![place])),
        }
    }
    rows
}

/// Places in one file: `a.yaml:3:5, 9:5 and 4 more`.
pub(super) fn listed(report: &Report<'_>, places: &[&Related], shown: usize) -> String {
    let mut text = String::new();
    for (number, place) in places.iter().take(shown).enumerate() {
        let at = report.locate(place.span);
        let lead = if number == 0 { format!("{}:", clean::sentence(at.file)) } else { ", ".to_owned() };
        let _ = write!(text, "{lead}{}:{}", at.start.line, at.start.column);
    }
    if places.len() > shown {
        let _ = write!(text, " and {} more", places.len() - shown);
    }
    text
}
