//! A service that builds its description in code, and the test that looks after its responses.
//!
//! `cargo run --example service --features openapiv3` prints what the linter says about it,
//! `cargo test --example service --features openapiv3` runs the test.
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use openapiv3::{Components, Info, OpenAPI, Operation, PathItem, ReferenceOr, Response, Responses, StatusCode};

/// The description that the service serves. As in most services, a 302 got in where nobody thought about it.
fn description() -> OpenAPI {
    description_with(302, "The report has another id now")
}

fn description_with(status: u16, words: &str) -> OpenAPI {
    let mut description = OpenAPI { openapi: "3.0.3".to_owned(), ..OpenAPI::default() };
    description.info = Info { title: "Reports".to_owned(), version: "1.0.0".to_owned(), ..Info::default() };
    description.components = Some(Components::default());
    let item = PathItem { get: Some(redirect(status, words)), ..PathItem::default() };
    description.paths.paths.insert("/reports/{id}".to_owned(), ReferenceOr::Item(item));
    description
}

/// An operation that answers with a redirect or a problem.
fn redirect(status: u16, words: &str) -> Operation {
    let response = |words: &str| ReferenceOr::Item(Response { description: words.to_owned(), ..Response::default() });
    let mut responses = Responses { default: Some(response("What went wrong")), ..Responses::default() };
    responses.responses.insert(StatusCode::Code(status), response(words));
    Operation { responses, ..Operation::default() }
}

fn main() -> Result<(), statusquo::Error> {
    println!("{}", statusquo::lint_openapi(&description())?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a service has in its tests. Here it is to fail: take out the line about the panic, and see how.
    #[test]
    #[should_panic(expected = "warning[found-redirect]")]
    fn the_responses_are_sound() {
        let report = statusquo::lint_openapi(&description()).unwrap();
        assert!(report.passes(), "{report}");
    }

    /// With a 303 it is clear what clients are to do, and nobody finds fault with it.
    #[test]
    fn a_clear_redirect_is_no_finding_of_this_kind() {
        let report = statusquo::lint_openapi(&description_with(303, "The report has another id now")).unwrap();
        assert!(report.findings().all(|finding| finding.rule() != "found-redirect"), "{report}");
    }
}
