//! The nouns a rule can select, with inheritance applied: one description as paths, operations and responses.

mod api;
mod error_schemas;
mod judged;
mod status_keys;
mod structure;
mod webdav;

pub use api::{Api, OperationFact, PathFact, ResponseFact, Role, api};
pub use error_schemas::ErrorSchemas;
pub use judged::Obstacle;
pub use status_keys::{StatusKeys, is_bare};
pub use structure::{Malformed, malformed};
