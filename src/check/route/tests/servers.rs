//! Bases and origins.

use super::{assert_routes, description};
use crate::check::route::RouteOptions;

fn strict() -> RouteOptions {
    RouteOptions { strict_host: true, ..RouteOptions::default() }
}

/// Checks what is said about `GET URL` under these servers.
fn assert_served(servers: &str, options: &RouteOptions, rows: &[(&str, &str)]) {
    let text = description(&format!("servers: {servers}"), &["/orders/{id}"]);
    let requests: Vec<String> = rows.iter().map(|(url, _)| format!("GET {url}")).collect();
    let served = |said: &str| if said == "served" { "GET /orders/{id} id=1".to_owned() } else { said.to_owned() };
    let expected: Vec<String> = rows.iter().map(|(_, said)| served(said)).collect();
    let rows: Vec<(&str, &str)> = requests.iter().map(String::as_str).zip(expected.iter().map(String::as_str)).collect();
    assert_routes(&[&text], options, &rows);
}

#[test]
fn only_the_path_of_a_server_counts() {
    assert_served(
        "[{url: 'https://api.example.com/v1'}, {url: 'https://api.example.com/v1/beta/'}]",
        &RouteOptions::default(),
        &[
            ("https://api.example.com/v1/orders/1", "served"),
            ("http://localhost:8080/v1/orders/1", "served"),
            ("/v1/beta/orders/1", "served"),
            ("https://api.example.com/v1/others", "no path there"),
            ("https://staging.example.com/v1/others", "no path"),
            ("https://api.example.com/v1", "no path there"),
            ("https://api.example.com/orders/1", "outside"),
            ("https://api.example.com:443/v1beta/orders/1", "outside"),
            ("http://api.example.com/orders/1", "foreign"),
            ("https://gateway.example.com/shop/v1/orders/1", "foreign"),
            ("/orders/1", "foreign"),
        ],
    );
}

#[test]
fn strict_hosts_are_compared_as_origins() {
    assert_served(
        "[{url: 'https://API.example.com/v1'}, {url: 'http://[2001:DB8::1]:8080/'}, {url: 'https://bücher.example'}]",
        &strict(),
        &[
            ("https://api.example.com/v1/orders/1", "served"),
            ("HTTPS://user:p@ss@Api.Example.Com:443/v1/orders/1", "served"),
            ("https://api.example.com:/v1/orders/1", "served"),
            ("http://api.example.com/v1/orders/1", "foreign"),
            ("https://api.example.com:8443/v1/orders/1", "foreign"),
            ("https://api.example.com/v2/orders/1", "outside"),
            ("https://api.example.com/v1/others", "no path there"),
            ("//api.example.com/v1/orders/1", "served"),
            ("/v1/orders/1", "served"),
            ("http://[2001:db8::1]:8080/orders/1", "served"),
            ("http://[2001:db8::1]/orders/1", "foreign"),
            ("https://BÜCHER.example/orders/1", "served"),
            ("https://xn--bcher-kva.example/orders/1", "foreign"),
        ],
    );
    let text = "swagger: '2.0'\nhost: api.example.com\npaths: {/a: {get: {}}}\n";
    let rows = [
        ("GET https://api.example.com/a", "GET /a"),
        ("GET http://api.example.com:80/a", "GET /a"),
        ("GET http://api.example.com:8080/a", "foreign"),
        ("GET //api.example.com/a", "GET /a"),
        ("GET ftp://api.example.com/a", "GET /a"),
    ];
    assert_routes(&[text], &strict(), &rows);
}

#[test]
fn relative_servers_may_be_anywhere() {
    for servers in ["[{url: /v1}]", "[{url: v1/}]", "[{url: ./v1}]", "[{url: ../v1}]", "[{url: '/v1?x=1#y'}]"] {
        let rows = [
            ("https://any.example/v1/orders/1", "served"),
            ("/v1/orders/1", "served"),
            ("https://any.example/orders/1", "foreign"),
        ];
        assert_served(servers, &strict(), &rows);
        assert_served(servers, &RouteOptions::default(), &rows);
    }
    for servers in ["[{url: .}]", "[{url: ./}]", "[{url: /}]", "[{url: ''}]", "[]", "[{description: none}]", "~"] {
        assert_served(servers, &strict(), &[("https://any.example/orders/1", "served"), ("/v1/orders/1", "no path")]);
    }
}

#[test]
fn variables_stand_for_their_enum_or_a_segment() {
    let servers = "[{url: 'https://{region}.example.com:{port}/{version}/{base}', variables: {\
                   region: {default: eu}, port: {enum: ['443', 8443], default: '443'}, version: {enum: [v1, v2], default: v1}, base: {default: shop}}}]";
    assert_served(
        servers,
        &strict(),
        &[
            ("https://us.example.com/v1/shop/orders/1", "served"),
            ("https://us.example.com:8443/v2/any/orders/1", "served"),
            ("https://us.example.com:9443/v2/any/orders/1", "foreign"),
            ("https://us.example.com/v3/any/orders/1", "outside"),
            ("https://us.example.com/v1/orders/1", "no path there"),
            ("https://example.com/v1/any/orders/1", "foreign"),
        ],
    );
    assert_served(
        "[{url: 'https://h{path}/x', variables: {path: {default: /api/v1}}}]",
        &strict(),
        &[("https://h/api/v1/x/orders/1", "served"), ("https://h/api/x/orders/1", "outside")],
    );
}

#[test]
fn a_variable_in_front_is_an_origin_unless_its_default_is_a_path() {
    let anywhere = [("https://any.example:1234/v1/orders/1", "served"), ("https://any.example/orders/1", "foreign")];
    for variables in ["", ", variables: {host: {default: localhost}}", ", variables: {host: {default: 'api.example.com:1'}}"] {
        assert_served(&format!("[{{url: '{{host}}/v1'{variables}}}]"), &strict(), &anywhere);
    }
    let with_scheme = "[{url: '{scheme}://{host}/v1', variables: {scheme: {enum: [http, https]}, host: {default: x}}}]";
    let rows = [("https://any.example/v1/orders/1", "served"), ("https://any.example:1/v1/orders/1", "foreign")];
    assert_served(with_scheme, &strict(), &rows);
    let whole = "[{url: '{endpoint}/v1', variables: {endpoint: {default: 'https://h.example/api'}}}]";
    assert_served(whole, &RouteOptions::default(), &[("/api/v1/orders/1", "served"), ("/v1/orders/1", "foreign")]);
    let path = "[{url: '{version}', variables: {version: {default: v1}}}]";
    assert_served(
        path,
        &RouteOptions::default(),
        &[("/v1/orders/1", "served"), ("/v2/orders/1", "served"), ("/orders/1", "no path")],
    );
}

#[test]
fn servers_of_operations_and_paths_replace_outer_ones() {
    let text = "openapi: 3.1.0\nservers: [{url: /v1}]\npaths:\n  /a:\n    servers: [{url: /v2}]\n    get: {}\n    post: {servers: [{url: /v3}, {url: /v4}]}\n  \
                /b: {get: {}, put: {servers: [{url: /v2}]}}\n  /c: {servers: [], get: {servers: []}}\n";
    assert_routes(
        &[text],
        &RouteOptions::default(),
        &[
            ("GET /v2/a", "GET /a"),
            ("POST /v3/a", "POST /a"),
            ("POST /v4/a", "POST /a"),
            ("POST /v2/a", "no method: /a"),
            ("GET /v3/a", "no method: /a"),
            ("GET /v1/a", "no path"),
            ("GET /v1/b", "GET /b"),
            ("PUT /v2/b", "PUT /b"),
            ("PUT /v1/b", "no method: /b"),
            ("GET /v1/c", "GET /c"),
        ],
    );
}

#[test]
fn servers_of_2_0_are_schemes_host_and_base_path() {
    let text = "swagger: '2.0'\nschemes: [https, http]\nhost: api.example.com:8080\nbasePath: /v1/\npaths: {/a: {get: {servers: [{url: /v9}]}}}\n";
    let rows = [
        ("GET http://api.example.com:8080/v1/a", "GET /a"),
        ("GET https://api.example.com:8080/v1/a", "GET /a"),
        ("GET https://api.example.com/v1/a", "foreign"),
        ("GET https://api.example.com:8080/v9/a", "outside"),
    ];
    assert_routes(&[text], &strict(), &rows);
    for base in ["basePath: v1", "basePath: /v1"] {
        let text = format!("swagger: '2.0'\n{base}\npaths: {{/a: {{get: {{}}}}}}\n");
        assert_routes(&[&text], &strict(), &[("GET https://any.example/v1/a", "GET /a"), ("GET /a", "foreign")]);
    }
    assert_routes(&["swagger: '2.0'\npaths: {/a: {get: {}}}\n"], &strict(), &[("GET /a", "GET /a")]);
}

#[test]
fn given_servers_replace_all_described_ones() {
    let text = "openapi: 3.1.0\nservers: [{url: /v1}]\npaths:\n  /a: {servers: [{url: /v2}], get: {servers: [{url: /v3}]}}\n";
    let servers = vec!["https://staging.example.com/api/".to_owned(), "/{tenant}/shop".to_owned()];
    let rows = [
        ("GET https://staging.example.com/api/a", "GET /a"),
        ("GET /acme/shop/a", "GET /a"),
        ("GET https://staging.example.com/v1/a", "outside"),
        ("GET /v3/a", "foreign"),
    ];
    assert_routes(&[text], &RouteOptions { servers, strict_host: false }, &rows);
    let servers = vec!["https://staging.example.com/api".to_owned()];
    let rows = [("GET https://staging.example.com/api/a", "GET /a"), ("GET https://example.com/api/a", "foreign")];
    assert_routes(&[text], &RouteOptions { servers, strict_host: true }, &rows);
}

#[test]
fn longer_bases_beat_shorter_ones_and_texts_beat_variables() {
    let servers = "[{url: /}, {url: /v1}, {url: '/{any}'}]";
    let text = description(&format!("servers: {servers}"), &["/v1/a", "/{x}", "/{x}/{y}"]);
    let rows = [
        ("GET /v1/a", "GET /{x} x=a"),
        ("GET /a", "GET /{x} x=a"),
        ("GET /v1/v1/a", "GET /v1/a"),
        ("GET /v2/v1/a", "GET /v1/a"),
        ("GET /v1", "GET /{x} x=v1"),
    ];
    assert_routes(&[&text], &RouteOptions::default(), &rows);
}
