//! What HTTP says: status codes, methods, header fields and media types as tables, dates, entity-tags and URIs as grammars.

pub mod date;
pub mod entity_tag;
pub mod header;
pub mod media_type;
pub mod method;
mod reference;
pub mod status;
pub mod uri;

pub use reference::Reference;
