//! Recorded traffic held against the description.

pub mod schema;
