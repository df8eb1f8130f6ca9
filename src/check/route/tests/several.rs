//! Several descriptions in one run.

use super::{assert_routes, description};
use crate::check::route::RouteOptions;

fn assert_several(texts: &[&str], rows: &[(&str, &str)]) {
    assert_routes(texts, &RouteOptions::default(), rows);
}

#[test]
fn an_operation_beats_a_path_beats_nothing() {
    let first = "openapi: 3.1.0\npaths:\n  /a: {get: {}}\n  /{x}: {get: {}}\n";
    let second = "openapi: 3.0.0\npaths:\n  /a: {post: {}}\n  /{y}: {put: {}}\n  /b: {get: {}}\n";
    assert_several(
        &[first, second],
        &[
            ("GET /a", "GET 0:/a"),
            ("POST /a", "POST 1:/a"),
            ("PUT /a", "PUT 1:/{y} y=a"),
            ("GET /b", "GET 1:/b"),
            ("GET /c", "GET 0:/{x} x=c"),
            ("DELETE /a", "no method: 0:/a ~ 1:/a"),
            ("DELETE /a/", "no path: 0:/a"),
        ],
    );
}

#[test]
fn the_longer_base_counts_then_the_order() {
    let root = description("", &["/v1/a", "/{x}/{y}", "/same"]);
    let below = description("servers: [{url: /v1}, {url: /v0}]", &["/{z}", "/same"]);
    let again = description("servers: [{url: /v1}]", &["/{z}"]);
    assert_several(
        &[&root, &below, &again],
        &[
            ("GET /v1/a", "GET 1:/{z} z=a ~ 2:/{z}"),
            ("GET /v0/a", "GET 1:/{z} z=a"),
            ("GET /v2/a", "GET 0:/{x}/{y} x=v2 y=a"),
            ("GET /same", "GET 0:/same"),
            ("GET /v1/same", "GET 1:/same"),
        ],
    );
    assert_several(&[&again, &below], &[("GET /v1/a", "GET 0:/{z} z=a ~ 1:/{z}")]);
}

#[test]
fn what_is_described_twice_is_a_rival_unless_its_parameters_refuse() {
    let typed = "openapi: 3.1.0\npaths: {'/a/{x}': {get: {parameters: [{name: x, in: path, schema: {type: integer}}]}}}\n";
    let free = description("", &["/a/{y}"]);
    assert_several(&[typed, &free], &[("GET /a/1", "GET 0:/a/{x} x=1 ~ 1:/a/{y}"), ("GET /a/b", "GET 1:/a/{y} y=b")]);
}

#[test]
fn nothing_described_is_foreign() {
    assert_several(&[], &[("GET /a", "foreign")]);
    assert_several(&["openapi: 3.1.0\n"], &[("GET /a", "no path")]);
}
