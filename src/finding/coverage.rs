//! Which described responses were seen in recorded traffic.

/// Every described response of a run with how often it was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// One row for each operation, response and media type, in document order.
    pub rows: Vec<CoverageRow>,
}

/// A described response under one media type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoverageRow {
    /// The name of the description's file.
    pub description: String,
    /// The operation, such as `GET /orders/{id}`.
    pub operation: String,
    /// The key of the response: `200`, `4XX`, `default`.
    pub response: String,
    /// The media type; `None` where the response has no content.
    pub media_type: Option<String>,
    /// How many exchanges used it.
    pub seen: u64,
    /// The codes that came under a range or `default`, each with its number of exchanges; empty for a key that is a code.
    pub codes: Vec<(u16, u64)>,
}

/// How much was seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// What was seen at least once.
    pub seen: usize,
    /// What there is.
    pub all: usize,
}

/// What became of the entries of all recordings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrafficNumbers {
    /// Exchanges that were judged.
    pub exchanges: u64,
    /// Of these, the ones that belong to a described operation.
    pub matched: u64,
    /// Entries that are no exchanges: no response came, or they are not HTTP.
    pub skipped: u64,
    /// Entries that could not be read.
    pub broken: u64,
    /// Exchanges that were left out on request: `--ignore-status`, `--ignore-path`.
    pub ignored: u64,
    /// Exchanges whose response had content that is not recorded.
    pub bodies_not_recorded: u64,
    /// Exchanges with a path that is not described and that were answered with 404: nothing to say about them.
    pub unknown_paths: u64,
    /// Whether the run was broken off before the end of the recordings.
    pub is_interrupted: bool,
}

impl Share {
    /// The share in percent; 100 of nothing.
    #[expect(clippy::cast_precision_loss, reason = "numbers of responses are far below 2^52")]
    pub fn percent(self) -> f64 {
        if self.all == 0 { 100.0 } else { self.seen as f64 * 100.0 / self.all as f64 }
    }
}

impl Coverage {
    /// The rows of each operation.
    pub fn by_operation(&self) -> impl Iterator<Item = &[CoverageRow]> {
        self.rows.chunk_by(|one, other| one.operation == other.operation && one.description == other.description)
    }

    /// The share of rows that were seen.
    pub fn share(&self) -> Share {
        Share { seen: self.rows.iter().filter(|row| row.seen > 0).count(), all: self.rows.len() }
    }

    /// The share of operations of which at least one response was seen. The rows of an operation stand together.
    pub fn operations(&self) -> Share {
        self.by_operation().fold(Share::default(), |share, rows| Share {
            seen: share.seen + usize::from(rows.iter().any(|row| row.seen > 0)),
            all: share.all + 1,
        })
    }
}
