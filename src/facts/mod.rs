//! The nouns a rule can select, with inheritance applied: one description as paths, operations and responses.

mod allow_headers;
mod api;
mod code_uses;
mod definition_uses;
mod entity_tags;
mod error_bodies;
mod error_schemas;
mod error_signs;
mod judged;
mod lookups;
mod neighbours;
mod noted;
mod observed;
mod remembered;
mod repeats;
mod response;
mod status_keys;
mod structure;
mod webdav;

pub use allow_headers::{AllowHeaders, Methods, described, methods};
pub use api::{Api, OperationFact, PathFact, Role, api};
pub use code_uses::{CodeUses, naming_key};
pub use definition_uses::{DefinitionUses, Uses};
pub use entity_tags::EntityTags;
pub use error_bodies::{ErrorBodies, ErrorBody, Held, Internal, Kind, Member, Shape};
pub use error_schemas::{ErrorSchemas, ErrorUses, is_error};
pub use error_signs::{Sign, Signs};
pub use judged::{Obstacle, unreadable};
pub use lookups::{FirstKeys, OperationIds};
pub use neighbours::{Circle, Earlier, Neighbours, Other};
pub use noted::Question;
pub use observed::Observed;
pub use remembered::{Cue, GivenReason, Remembered, SpecificError};
pub use response::ResponseFact;
pub use status_keys::{StatusKeys, is_bare};
pub use structure::{Malformed, malformed};
