//! What a recording shows of the same resource around one exchange.

use std::sync::Arc;

use crate::traffic::FieldLines;

/// Earlier exchanges of one recording that bear on a later one. Each is known by its position in the recording.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Neighbours {
    /// The last 200 to a GET of the same URL.
    pub full_answer: Option<Arc<Earlier>>,
    /// The last 200 to a GET of the same URL that asked for something else: another `Accept`, `Accept-Encoding` or language.
    pub other_answer: Option<Arc<Earlier>>,
    /// Where the resource was last found missing, if nothing created it since.
    pub found_missing: Option<u64>,
    /// Where the resource was deleted, if nothing created it since.
    pub deleted: Option<u64>,
    /// The 201 that named this resource as the one it created, if nothing deleted it since.
    pub created: Option<u64>,
    /// The earlier hop with the same target in the chain of redirects that leads here.
    pub same_hop: Option<u64>,
    /// A success of the same credentials at the same origin.
    pub accepted_credentials: Option<u64>,
}

/// An earlier answer, with what is compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Earlier {
    /// Its position in the recording.
    pub index: u64,
    /// Its status.
    pub status: u16,
    /// Its header fields.
    pub fields: FieldLines,
    /// Whether one that is not among the fields was not sent.
    pub has_all_fields: bool,
}
