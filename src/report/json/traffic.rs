//! What only a report about recorded traffic has: coverage, and what became of the entries.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::finding::{CoverageRow, TrafficNumbers};

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Covered<'a> {
    description: &'a str,
    operation: &'a str,
    response: &'a str,
    media_type: Option<&'a str>,
    seen: u64,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    codes: BTreeMap<u16, u64>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Traffic {
    exchanges: u64,
    matched: u64,
    skipped: u64,
    broken: u64,
    ignored: u64,
    bodies_not_recorded: u64,
    unknown_paths: u64,
    interrupted: bool,
}

impl<'a> From<&'a CoverageRow> for Covered<'a> {
    fn from(row: &'a CoverageRow) -> Self {
        Covered {
            description: &row.description,
            operation: &row.operation,
            response: &row.response,
            media_type: row.media_type.as_deref(),
            seen: row.seen,
            codes: row.codes.iter().copied().collect(),
        }
    }
}

impl From<&TrafficNumbers> for Traffic {
    fn from(numbers: &TrafficNumbers) -> Self {
        Traffic {
            exchanges: numbers.exchanges,
            matched: numbers.matched,
            skipped: numbers.skipped,
            broken: numbers.broken,
            ignored: numbers.ignored,
            bodies_not_recorded: numbers.bodies_not_recorded,
            unknown_paths: numbers.unknown_paths,
            interrupted: numbers.is_interrupted,
        }
    }
}
