//! What HTTP says: status codes, methods, header fields and media types as tables, dates and entity-tags as grammars.

pub mod date;
pub mod entity_tag;
pub mod header;
pub mod media_type;
pub mod method;
pub mod percent;
mod reference;
pub mod status;

pub use reference::Reference;
