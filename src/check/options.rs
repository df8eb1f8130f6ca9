//! What a check is told beside descriptions and rules.

use crate::http::status::StatusSet;

/// The options of a check.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Options {
    /// Whether there are descriptions to hold the traffic against; without them only HTTP itself counts.
    pub is_described: bool,
    /// URL prefixes under which the described paths are served; they replace the `servers` of the descriptions.
    pub servers: Vec<String>,
    /// Whether scheme, host and port must be those of a server; else only its path counts.
    pub strict_host: bool,
    /// Statuses that are errors, described or not.
    pub forbidden: StatusSet,
    /// Statuses of exchanges that are left out.
    pub ignored: StatusSet,
    /// Globs of paths that are left out.
    pub ignored_paths: globset::GlobSet,
    /// Whether the recording has the credentials of requests, so that a request without them had none.
    pub credentials_recorded: bool,
    /// Whether `format` is checked and not only an annotation.
    pub assert_formats: bool,
    /// Whether values of queries and bodies may be shown. Secrets never are.
    pub show_values: bool,
}
