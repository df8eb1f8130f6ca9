//! Methods, and what is no operation of the server.

use super::{assert_routes, description};
use crate::check::route::RouteOptions;

fn assert_methods(text: &str, rows: &[(&str, &str)]) {
    assert_routes(&[text], &RouteOptions::default(), rows);
}

#[test]
fn methods_are_those_of_the_path() {
    let text =
        "openapi: 3.1.0\npaths:\n  /orders: {get: {}, post: {}}\n  /empty: {summary: nothing yet}\n  /x: {put: {}, head: {}}\n";
    assert_methods(
        text,
        &[
            ("GET /orders", "GET /orders"),
            ("POST /orders", "POST /orders"),
            ("get /orders", "GET /orders"),
            ("Post /orders", "POST /orders"),
            ("DELETE /orders", "no method: /orders"),
            ("QUERY /orders", "no method: /orders"),
            ("OPTIONS /orders", "no method: /orders"),
            ("FETCH /orders", "no method: /orders"),
            (" /orders", "no method: /orders"),
            ("GET /empty", "no method: /empty"),
            ("SUMMARY /empty", "no method: /empty"),
            ("GET /x", "no method: /x"),
            ("GET /none", "no path"),
        ],
    );
}

#[test]
fn head_borrows_get() {
    let text = "openapi: 3.1.0\npaths:\n  /a: {get: {}}\n  /b: {get: {}, head: {}}\n  /c: {post: {}}\n  /d/{x}: {get: {}}\n  /d/{y}: {head: {}}\n";
    assert_methods(
        text,
        &[
            ("HEAD /a", "HEAD as GET /a"),
            ("head /a", "HEAD as GET /a"),
            ("HEAD /b", "HEAD /b"),
            ("HEAD /c", "no method: /c"),
            ("HEAD /d/1", "HEAD /d/{y} y=1"),
        ],
    );
}

#[test]
fn further_methods_of_3_2_are_tokens() {
    let paths = "paths:\n  /a: {query: {}, additionalOperations: {COPY: {}, Move: {}, mkcol: {}}}\n";
    assert_methods(
        &format!("openapi: 3.2.0\n{paths}"),
        &[
            ("QUERY /a", "QUERY /a"),
            ("query /a", "QUERY /a"),
            ("COPY /a", "COPY /a"),
            ("copy /a", "no method: /a"),
            ("Move /a", "MOVE /a"),
            ("MOVE /a", "no method: /a"),
            ("mkcol /a", "MKCOL /a"),
        ],
    );
    assert_methods(&format!("openapi: 3.1.0\n{paths}"), &[("QUERY /a", "no method: /a"), ("COPY /a", "no method: /a")]);
}

#[test]
fn an_operation_beats_a_path_without_one() {
    let text = "openapi: 3.1.0\npaths:\n  /users/me: {get: {}}\n  /users/{id}: {get: {}, delete: {}}\n  /{a}/{b}: {patch: {}}\n";
    assert_methods(
        text,
        &[
            ("GET /users/me", "GET /users/me"),
            ("DELETE /users/me", "DELETE /users/{id} id=me"),
            ("PATCH /users/me", "PATCH /{a}/{b} a=users b=me"),
            ("PUT /users/me", "no method: /users/me"),
            ("PUT /users/1", "no method: /users/{id}"),
        ],
    );
    let text = "openapi: 3.1.0\npaths:\n  /users/{id}: {get: {}}\n  /users/{name}: {put: {}}\n";
    assert_methods(
        text,
        &[
            ("GET /users/1", "GET /users/{id} id=1"),
            ("PUT /users/1", "PUT /users/{name} name=1"),
            ("POST /users/1", "no method: /users/{id} ~ /users/{name}"),
        ],
    );
}

#[test]
fn path_items_may_be_elsewhere() {
    let text = "openapi: 3.1.0\npaths:\n  /a: {$ref: '#/components/pathItems/A'}\n  /b: {$ref: '#/nowhere'}\n\
                components: {pathItems: {A: {get: {}, servers: [{url: /v2}]}}}\n";
    assert_methods(text, &[("GET /v2/a", "GET /a"), ("GET /a", "no path"), ("GET /b", "no method: /b")]);
}

#[test]
fn webhooks_and_callbacks_are_no_routes() {
    let text = "openapi: 3.1.0\nwebhooks: {/hook: {post: {}}}\npaths:\n  /a: {post: {callbacks: {done: {/done: {post: {}}}}}}\n";
    assert_methods(text, &[("POST /hook", "no path"), ("POST /done", "no path"), ("POST /a", "POST /a")]);
}

#[test]
fn extensions_are_no_paths() {
    let text = description("", &["/a", "x-b"]);
    assert_methods(&text, &[("GET /x-b", "no path"), ("GET /a", "GET /a")]);
}
