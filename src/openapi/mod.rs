//! A typed, lazy view over trees: OpenAPI 2.0, 3.0, 3.1 and 3.2. Every accessor is optional, nothing is copied.

mod fits;
mod header;
mod identifiers;
mod media_type;
mod node_set;
mod operation;
mod parameter;
mod project;
mod reference;
mod response;
mod same;
mod schema;
mod security;
mod sites;
mod version;
mod view;

pub use fits::{Budget, Fit, Misfit, fits};
pub use header::Header;
pub use media_type::{Example, MediaType};
pub(crate) use node_set::NodeSet;
pub use operation::{Operation, PathItem};
pub use parameter::{Parameter, RequestBody};
#[cfg(feature = "cli")]
pub(crate) use project::name_of_target;
pub use project::{Loaded, Project, Ties, load, ties};
pub use reference::{Broken, Followed, LostStep, Target, circle, lost_step, resolve};
pub use response::Response;
pub use same::same;
pub use schema::{Properties, Property, Schema};
pub use security::{Alternative, Scheme, SchemeKind, Security};
pub use sites::{Site, each_reference_site};
pub use version::{Version, VersionKey, version_of};
pub use view::{NodeId, View};
