//! Descriptions that a program builds in its own code.

use openapiv3::OpenAPI;

use super::{Error, Linter, Report};

/// The name under which such a description is reported, and the form that the report shows it in.
const NAME: &str = "openapi.json";

/// Lints a description that a program built with the types of `openapiv3`, as many Rust services do. Places in the report
/// are those in its JSON form; [`Finding::pointer`](super::Finding::pointer) names them too.
///
/// ```
/// # use openapiv3::{OpenAPI, Operation, PathItem, ReferenceOr, Response, StatusCode};
/// let mut moved = Operation::default();
/// let response = Response { description: "The order is somewhere else".to_owned(), ..Response::default() };
/// moved.responses.responses.insert(StatusCode::Code(302), ReferenceOr::Item(response));
///
/// let mut description = OpenAPI { openapi: "3.0.3".to_owned(), ..OpenAPI::default() };
/// let item = PathItem { get: Some(moved), ..PathItem::default() };
/// description.paths.paths.insert("/orders/{id}".to_owned(), ReferenceOr::Item(item));
///
/// let report = statusquo::lint_openapi(&description)?;
/// let finding = report.findings().find(|finding| finding.rule() == "found-redirect").unwrap();
/// assert_eq!(finding.pointer(), "/paths/~1orders~1{id}/get/responses/302");
/// assert!(!report.passes());
/// # Ok::<(), statusquo::Error>(())
/// ```
pub fn lint_openapi(description: &OpenAPI) -> Result<Report, Error> {
    Linter::new().lint_openapi(description)
}

impl Linter {
    /// Lints a description that a program built; see [`lint_openapi`].
    pub fn lint_openapi(&self, description: &OpenAPI) -> Result<Report, Error> {
        let text = serde_json::to_string_pretty(description).map_err(|error| Error::unreadable(NAME, error))?;
        self.lint_sources([(NAME, text)])
    }
}
