//! What a finding about recorded traffic tells beside its rule: which exchanges show it.

/// The exchanges that show one fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// The first of them.
    pub first: Sighting,
    /// The key of the described response that was used: `404`, `4XX`, `default`. `None` where none was.
    pub response: Option<String>,
    /// How many exchanges show it.
    pub count: u64,
    /// Where they are, at most [`Observation::MOST_LISTED`] in all: names of recordings with positions in them, in order.
    pub listed: Vec<(String, Vec<u64>)>,
}

/// One entry of a recording. Nothing in it is secret: values of queries are masked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sighting {
    /// The name of the recording.
    pub recording: String,
    /// The position in it, from 0; broken entries count.
    pub index: u64,
    /// The line on which the entry starts, from 1.
    pub line: u64,
    /// The column at which it starts, in bytes from 1.
    pub column: u64,
    /// When the request was sent, as the recording writes it.
    pub time: Option<String>,
    /// The method; `None` for an entry that could not be read.
    pub method: Option<String>,
    /// The target, query values masked.
    pub url: Option<String>,
    /// The template of the path that was matched: `/orders/{id}`.
    pub path: Option<String>,
    /// The status code on the wire.
    pub status: Option<u16>,
}

impl Observation {
    /// How many exchanges are listed one by one.
    pub const MOST_LISTED: usize = 100;

    /// The positions in the recording of the first exchange.
    pub fn beside_first(&self) -> &[u64] {
        let own = self.listed.iter().find(|(recording, _)| *recording == self.first.recording);
        own.map(|(_, indexes)| indexes.as_slice()).unwrap_or_default()
    }
}
