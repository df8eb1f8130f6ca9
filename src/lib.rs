//! The linter and contract checker for API responses.

pub mod finding;
pub mod http;
pub mod report;
pub mod source;
pub mod strict;
pub mod syntax;
pub mod truth;
