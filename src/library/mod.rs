//! What the crate offers to other programs: lint descriptions, look at the findings, write reports.

mod error;
mod finding;
mod linter;
#[cfg(feature = "openapiv3")]
mod openapiv3;
mod report;

use std::path::Path;

pub use error::Error;
pub use finding::Finding;
pub use linter::Linter;
#[cfg(feature = "openapiv3")]
pub use openapiv3::lint_openapi;
pub use report::Report;

/// Lints one description that is at hand as text, by the built-in rules at their own severities.
/// `name` is the name that the report shows; no file is opened.
///
/// ```
/// let report = statusquo::lint("orders.yaml", r#"
/// openapi: 3.1.0
/// info: { title: Orders, version: "1" }
/// paths:
///   /orders/{id}:
///     get:
///       responses:
///         "302": { description: The order is somewhere else }
///         default: { description: What went wrong }
/// "#)?;
///
/// let finding = report.findings().find(|finding| finding.rule() == "found-redirect").unwrap();
/// assert_eq!((finding.line(), finding.operations()), (8, ["GET /orders/{id}".to_owned()].as_slice()));
/// assert!(!report.passes());
/// # Ok::<(), statusquo::Error>(())
/// ```
pub fn lint(name: &str, text: impl Into<String>) -> Result<Report, Error> {
    Linter::new().lint_sources([(name, text.into())])
}

/// Lints descriptions on disk and what they reference, by the built-in rules at their own severities. A folder stands for
/// every description in it that git does not ignore.
///
/// ```no_run
/// let report = statusquo::lint_files(["api/openapi.yaml"])?;
/// assert!(report.passes(), "{report}");
/// # Ok::<(), statusquo::Error>(())
/// ```
pub fn lint_files<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Result<Report, Error> {
    Linter::new().lint_files(paths)
}
