//! Recorded traffic: HAR, NDJSON, Pact contracts, VCR cassettes, Postman examples. Each becomes a stream of [`Exchange`]s.
//!
//! A recording is read as it streams by: what is held at once is one entry, and of that no more than [`Limits`] allow.

mod body;
mod coding;
mod decode;
mod element;
mod elements;
mod entry;
mod exchange;
mod field_lines;
mod form;
mod har;
mod input;
mod json;
pub mod mask;
mod ndjson;
mod pact;
mod postman;
mod raw;
mod recording;
mod scan;
mod value;
mod vcr;
mod yaml;

pub use body::{Body, Encoded};
pub use coding::Characters;
pub use element::Limits;
pub use entry::{Entry, Skipped};
pub use exchange::{Credentials, Exchange, Protocol, Request, Response};
pub use field_lines::FieldLines;
pub use form::Form;
pub use input::RecordingPlace;
pub use raw::{PlacedEntry, RawElement};
pub use recording::{Recording, RecordingError};
pub use yaml::exchange_at;
