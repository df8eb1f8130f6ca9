//! Recorded traffic against the description.

pub mod route;
