//! Templates in all their forms, and which of several counts.

use super::{assert_routes, assert_said, description};
use crate::check::route::RouteOptions;

#[test]
fn variables_match_parts_of_segments() {
    assert_said(
        &["/files/{name}.{ext}", "/users({id})", "/range/{a}-{b}", "/orders/{id}:cancel", "/pair/{a}{b}", "/v{n}/x"],
        &[
            ("/files/report.pdf", "GET /files/{name}.{ext} name=report ext=pdf"),
            ("/files/report.tar.gz", "GET /files/{name}.{ext} name=report.tar ext=gz"),
            ("/files/report", "no path"),
            ("/files/.pdf", "no path"),
            ("/files/report.", "no path"),
            ("/files/...", "GET /files/{name}.{ext} name=. ext=."),
            ("/users(17)", "GET /users({id}) id=17"),
            ("/users()", "no path"),
            ("/users(17", "no path"),
            ("/users%2817%29", "GET /users({id}) id=17"),
            ("/range/1-2", "GET /range/{a}-{b} a=1 b=2"),
            ("/range/1--2", "GET /range/{a}-{b} a=1- b=2"),
            ("/range/-2", "no path"),
            ("/orders/17:cancel", "GET /orders/{id}:cancel id=17"),
            ("/orders/:cancel", "no path"),
            ("/orders/17", "no path"),
            ("/pair/aß", "GET /pair/{a}{b} a=a b=ß"),
            ("/pair/a", "no path"),
            ("/v2/x", "GET /v{n}/x n=2"),
            ("/v/x", "no path"),
        ],
    );
}

#[test]
fn a_variable_matches_one_segment_that_is_not_empty() {
    assert_said(
        &["/{a}", "/{a}/{b}/c"],
        &[
            ("/1", "GET /{a} a=1"),
            ("/1/2", "no path"),
            ("/1/2/c", "GET /{a}/{b}/c a=1 b=2"),
            ("/1//c", "no path"),
            ("https://h//2/c", "no path"),
            ("/%20", "GET /{a} a= "),
        ],
    );
}

#[test]
fn braces_without_a_partner_are_text() {
    assert_said(
        &["/a{b", "/c}d", "/{id:[0-9]{3}}/e", "/{}/f", "/{{x}/g"],
        &[
            ("/a{b", "GET /a{b"),
            ("/c%7Dd", "GET /c}d"),
            ("/123/e", "GET /{id:[0-9]{3}}/e id:[0-9]{3}=123"),
            ("/1/f", "GET /{}/f =1"),
            ("/{1/g", "GET /{{x}/g x=1"),
        ],
    );
}

#[test]
fn templates_with_a_query_or_a_fragment_want_it_in_the_query() {
    assert_said(
        &["/search?type=x", "/search?type=y&deep", "/search?q={q}", "/#Action=Start", "/#Action=Stop", "/orders{?page,limit}"],
        &[
            ("/search?type=x", "GET /search?type=x"),
            ("/search?a=1&type=%78", "GET /search?type=x"),
            ("/search?type=y", "no path"),
            ("/search?type=y&deep=1", "GET /search?type=y&deep"),
            ("/search?q=", "GET /search?q={q}"),
            ("/search?type=x&q=1", "GET /search?type=x ~ /search?q={q}"),
            ("/search", "no path"),
            ("/?Action=Stop&Version=1", "GET /#Action=Stop"),
            ("/?Action=Sleep", "no path"),
            ("/orders", "GET /orders{?page,limit}"),
            ("/orders?page=2", "GET /orders{?page,limit}"),
        ],
    );
    assert_said(
        &["/items#archived", "/items", "/items?all=a+b", "/items?all=a+b&sort"],
        &[
            ("/items", "GET /items"),
            ("/items?archived", "GET /items#archived"),
            ("/items?archived=1#x", "GET /items#archived"),
            ("/items?all=a%20b", "GET /items?all=a+b"),
            ("/items?sort=1&all=a+b", "GET /items?all=a+b&sort"),
        ],
    );
    assert_said(&["/items#create", "/items#replace"], &[("/items", "GET /items#create ~ /items#replace")]);
}

#[test]
fn what_is_concrete_comes_first_from_left_to_right() {
    assert_said(
        &["/{a}/{b}", "/{a}/x", "/y/{b}", "/y/x", "/{a}/{b}.json", "/{a}/x.{ext}", "/{a}/x-{b}.json"],
        &[
            ("/1/2", "GET /{a}/{b} a=1 b=2"),
            ("/1/x", "GET /{a}/x a=1"),
            ("/y/2", "GET /y/{b} b=2"),
            ("/y/x", "GET /y/x"),
            ("/1/2.json", "GET /{a}/{b}.json a=1 b=2"),
            ("/1/x.pdf", "GET /{a}/x.{ext} a=1 ext=pdf"),
            ("/1/x.json", "GET /{a}/{b}.json a=1 b=x"),
            ("/1/x-2.json", "GET /{a}/x-{b}.json a=1 b=2"),
            ("/y/2.json", "GET /y/{b} b=2.json"),
        ],
    );
    // The search comes back from a concrete segment that leads nowhere.
    assert_said(
        &["/a/{x}/c/{y}/e", "/{w}/b/c/d/{z}", "/a/b/{x}/d/f"],
        &[
            ("/a/b/c/d/e", "GET /a/{x}/c/{y}/e x=b y=d"),
            ("/a/b/c/d/f", "GET /a/b/{x}/d/f x=c"),
            ("/a/b/c/d/g", "GET /{w}/b/c/d/{z} w=a z=g"),
            ("/a/b/c/e/f", "no path"),
        ],
    );
}

#[test]
fn equally_good_templates_are_rivals() {
    assert_said(
        &["/users/{id}", "/users/{name}", "/users/{key}/x"],
        &[("/users/1", "GET /users/{id} id=1 ~ /users/{name}"), ("/users/1/x", "GET /users/{key}/x key=1")],
    );
    assert_said(&["/{a}-x", "/y-{b}"], &[("/y-x", "GET /{a}-x a=y ~ /y-{b}"), ("/y-z", "GET /y-{b} b=z")]);
    // Templates that went through rivals on their way are compared by what follows.
    assert_said(
        &["/{a}-x/{c}", "/y-{b}/d", "/{a}-x/{c}/f", "/y-{b}/{e}/f"],
        &[
            ("/y-x/d", "GET /y-{b}/d b=x"),
            ("/y-x/1", "GET /{a}-x/{c} a=y c=1"),
            ("/y-x/1/f", "GET /{a}-x/{c}/f a=y c=1 ~ /y-{b}/{e}/f"),
        ],
    );
}

/// A description of two rivals, the first one's variable `a` and the second one's `b` with these schemas.
fn rivals(first: &str, second: &str) -> String {
    let path = |name: &str, schema: &str| {
        format!("  /{{{name}}}:\n    get: {{parameters: [{{name: {name}, in: path, required: true, schema: {schema}}}]}}\n")
    };
    let components = "components: {schemas: {Number: {type: integer}}}\n";
    format!("openapi: 3.1.0\npaths:\n{}{}{components}", path("a", first), path("b", second))
}

#[test]
fn of_rivals_the_one_counts_that_accepts_the_values() {
    let table = [
        ("{type: integer}", "-17", "1.5"),
        ("{type: [integer, 'null']}", "17", "a"),
        ("{type: number}", "1.5e3", "1.5.0"),
        ("{type: boolean}", "True", "1"),
        ("{type: string, format: uuid}", "12345678-90ab-cdef-1234-567890ABCDEF", "12345678"),
        ("{type: string, format: date}", "2026-01-31", "2026-01"),
        ("{type: string, enum: [new, 7]}", "7", "old"),
        ("{const: new}", "new", "old"),
        ("{$ref: '#/components/schemas/Number'}", "17", "x"),
    ];
    for (schema, accepted, refused) in table {
        let (both, other) = (format!("GET /{{a}} a={accepted} ~ /{{b}}"), format!("GET /{{b}} b={refused}"));
        let rows = [(format!("GET /{accepted}"), both), (format!("GET /{refused}"), other)];
        let rows = rows.each_ref().map(|(request, said)| (request.as_str(), said.as_str()));
        assert_routes(&[&rivals(schema, "{type: string}")], &RouteOptions::default(), &rows);
    }
}

#[test]
fn what_cannot_be_told_is_accepted() {
    let vague = ["{type: [integer, boolean]}", "{}", "{anyOf: [{type: integer}]}", "{type: array}", "{$ref: '#/nowhere'}"];
    for schema in vague {
        assert_routes(&[&rivals(schema, "{}")], &RouteOptions::default(), &[("GET /x", "GET /{a} a=x ~ /{b}")]);
    }
    let styled = rivals("{type: integer}", "{}").replace("in: path", "in: path, style: matrix");
    assert_routes(&[&styled], &RouteOptions::default(), &[("GET /;a=1", "GET /{a} a=;a=1 ~ /{b}")]);
}

#[test]
fn if_no_rival_accepts_the_first_counts() {
    let text = rivals("{type: integer}", "{type: boolean}");
    let rows = [("GET /x", "GET /{a} a=x ~ /{b}"), ("GET /1", "GET /{a} a=1"), ("GET /true", "GET /{b} b=true")];
    assert_routes(&[&text], &RouteOptions::default(), &rows);
}

#[test]
fn parameters_may_be_those_of_the_path_and_of_2_0() {
    let shared = "openapi: 3.0.0\npaths:\n  /{a}:\n    parameters: [{name: a, in: path, schema: {type: integer}}]\n    get: {}\n  \
                  /{b}: {get: {}}\n";
    let flat = "swagger: '2.0'\npaths:\n  /{a}: {get: {parameters: [{name: a, in: path, type: integer}]}}\n  /{b}: {get: {}}\n";
    for text in [shared, flat] {
        assert_routes(&[text], &RouteOptions::default(), &[("GET /x", "GET /{b} b=x"), ("GET /1", "GET /{a} a=1 ~ /{b}")]);
    }
}

#[test]
fn templates_without_a_slash_in_front_are_paths_too() {
    assert_said(&["orders/{id}", ""], &[("/orders/1", "GET orders/{id} id=1"), ("/", "GET ")]);
    let text = description("servers: [{url: /v1/}]", &["/", "/orders"]);
    let rows = [("GET /v1", "GET /"), ("GET /v1/", "GET /"), ("GET /v1/orders", "GET /orders"), ("GET /v1//orders", "no path")];
    assert_routes(&[&text], &RouteOptions::default(), &rows);
}
