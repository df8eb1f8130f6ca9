//! An observation in machine formats: JSON writes it beside a finding, SARIF among the properties of a result.

use serde::Serialize;

use crate::finding::{Observation, Sighting};

#[derive(Serialize)]
pub(super) struct Observed<'a> {
    exchange: Exchange<'a>,
    response: Option<&'a str>,
    /// Positions in the recording that `exchange` names.
    exchanges: &'a [u64],
    count: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    elsewhere: Vec<Elsewhere<'a>>,
}

#[derive(Serialize)]
struct Exchange<'a> {
    recording: &'a str,
    index: u64,
    time: Option<&'a str>,
    method: Option<&'a str>,
    url: Option<&'a str>,
    path: Option<&'a str>,
    status: Option<u16>,
}

/// The same in another recording.
#[derive(Serialize)]
struct Elsewhere<'a> {
    recording: &'a str,
    exchanges: &'a [u64],
}

impl<'a> From<&'a Observation> for Observed<'a> {
    fn from(observation: &'a Observation) -> Self {
        let others = observation.listed.iter().filter(|(recording, _)| *recording != observation.first.recording);
        Observed {
            exchange: (&observation.first).into(),
            response: observation.response.as_deref(),
            exchanges: observation.beside_first(),
            count: observation.count,
            elsewhere: others.map(|(recording, exchanges)| Elsewhere { recording, exchanges }).collect(),
        }
    }
}

impl<'a> From<&'a Sighting> for Exchange<'a> {
    fn from(entry: &'a Sighting) -> Self {
        Exchange {
            recording: &entry.recording,
            index: entry.index,
            time: entry.time.as_deref(),
            method: entry.method.as_deref(),
            url: entry.url.as_deref(),
            path: entry.path.as_deref(),
            status: entry.status,
        }
    }
}
