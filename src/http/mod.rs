//! What HTTP says: status codes, methods, header fields and media types as tables; dates, entity-tags, challenges and URI references
//! as grammars.

pub mod challenge;
pub mod date;
pub mod entity_tag;
pub mod header;
pub mod media_type;
pub mod method;
pub mod percent;
mod reference;
pub mod status;
pub mod time;
pub mod uri;

pub use reference::Reference;
