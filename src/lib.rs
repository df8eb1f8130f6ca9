//! The linter and contract checker for API responses.

pub mod baseline;
pub mod check;
pub mod cli;
pub mod config;
pub mod diff;
pub mod examples;
pub mod facts;
pub mod finding;
pub mod http;
pub mod io;
pub mod lint;
mod lsp;
pub mod openapi;
pub mod provider;
pub mod report;
pub mod rules;
pub mod source;
pub mod strict;
pub mod suppress;
pub mod syntax;
pub mod traffic;
pub mod truth;
pub mod words;
