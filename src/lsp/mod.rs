//! The language server: `statusquo lsp`. One thread handles the messages in their order, and what
//! takes long goes to others; what descriptions mean is the
//! core's to say, and only this module knows the protocol.

mod actions;
mod apart;
mod buffers;
mod capabilities;
mod completion;
mod context;
mod definition;
mod diagnostics;
mod documents;
mod editor;
mod edits;
mod files;
mod folders;
mod handlers;
mod hover;
mod index;
mod markdown;
mod paths;
mod positions;
mod publish;
mod references;
mod renames;
mod server;
mod symbols;
mod transport;
mod workspace;

pub(crate) use server::serve;
