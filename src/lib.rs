//! The linter and contract checker for API responses.

pub mod finding;
pub mod report;
pub mod source;
pub mod strict;
pub mod syntax;
