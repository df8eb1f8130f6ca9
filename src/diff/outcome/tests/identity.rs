//! Which operation is which, and those that are gone or new.

use super::{Options, changes, described, short};

fn paths(paths: &[&str]) -> String {
    let one = |path: &&str| format!("'{path}': {{ get: {{ responses: {{ '200': {{ description: x }} }} }} }}");
    described(&format!("paths: {{ {} }}", paths.iter().map(one).collect::<Vec<_>>().join(", ")))
}

fn lines(old: &str, new: &str, options: &Options) -> Vec<String> {
    changes(old, new, options, |change| format!("{}: {}", short(change), change.message))
}

#[test]
fn paths_modulo_names() {
    let none: [&str; 0] = [];
    let options = Options::default();
    assert_eq!(lines(&paths(&["/u/{id}"]), &paths(&["/u/{userId}"]), &options), none);
    assert_eq!(lines(&paths(&["/u/{a}", "/u/{b}"]), &paths(&["/u/{b}", "/u/{a}"]), &options), none);
    assert_eq!(
        lines(&paths(&["/a", "/u"]), &paths(&["/u", "/b"]), &options),
        ["breaking operation-removed: GET /a is gone", "compatible operation-added: GET /b is new"]
    );
    let post = paths(&["/a"]).replace("get", "post");
    let found = lines(&paths(&["/a"]), &post, &options);
    assert_eq!(found, ["breaking operation-removed: GET /a is gone", "compatible operation-added: POST /a is new"]);
}

#[test]
fn prefixes_and_base_paths() {
    let none: [&str; 0] = [];
    let stripping = |prefix: &str| Options { strip_prefix: vec![prefix.to_owned()], ..Options::default() };
    for prefix in ["/api/v1", "/api/v1/"] {
        assert_eq!(lines(&paths(&["/api/v1/u/{a}"]), &paths(&["/u/{b}"]), &stripping(prefix)), none);
    }
    assert_eq!(lines(&paths(&["/{tenant}/u"]), &paths(&["/u"]), &stripping("/{t}")), none);
    assert_eq!(lines(&paths(&["/apis"]), &paths(&["/s"]), &stripping("/api")).len(), 2);
    let on = |servers: &str, path: &str| format!("{}servers: [{servers}]\n", paths(&[path]));
    let based = on("{ url: 'https://a.example/v1' }", "/u");
    assert_eq!(lines(&based, &on("{ url: 'https://b.example' }", "/v1/u"), &Options::default()), none);
    assert_eq!(lines(&based, &on("{ url: 'https://a.example/v2' }", "/u"), &Options::default()), none);
    let swagger = "swagger: '2.0'\nbasePath: /v1\npaths: { /u: { get: { responses: { 200: { description: x } } } } }\n";
    assert_eq!(lines(swagger, &on("{ url: '/{v}', variables: { v: { default: v1 } } }", "/u"), &Options::default()), none);
    assert_eq!(lines(swagger, &paths(&["/v1/u"]), &Options::default()), none);
}

#[test]
fn sunsets() {
    // 2024-02-29.
    let at = |now| Options { now, ..Options::default() };
    let with = |extra: &str| {
        described(&format!("paths: {{ /a: {{ get: {{ {extra} responses: {{ '200': {{ description: x }} }} }} }} }}"))
    };
    let dated = "deprecated: true, x-sunset: '2024-02-29',";
    let table = [
        (dated, Some(1_709_164_800), "compatible"),
        (dated, Some(1_709_164_799), "breaking"),
        (dated, None, "breaking"),
        ("deprecated: true, x-sunset: 2024-02-29,", Some(1_709_164_800), "compatible"),
        ("deprecated: true, x-sunset: '2024-02-29T12:00:00Z',", Some(1_709_164_800), "breaking"),
        ("deprecated: true, x-sunset: 'Thu, 29 Feb 2024 00:00:00 GMT',", Some(1_709_164_800), "compatible"),
        ("x-sunset: '2024-02-29',", Some(1_709_164_800), "breaking"),
        ("deprecated: true,", Some(1_709_164_800), "breaking"),
        ("deprecated: true, x-sunset: soon,", Some(1_709_164_800), "breaking"),
    ];
    for (extra, now, class) in table {
        let found = changes(&with(extra), &described("paths: {}"), &at(now), short);
        assert_eq!(found, [format!("{class} operation-removed")], "{extra} {now:?}");
    }
    let header = described(
        "paths: { /a: { get: { deprecated: true, responses: { '200': { description: x, headers: { sunset: { example: 'Thu, 29 Feb 2024 00:00:00 GMT' } } } } } } }",
    );
    assert_eq!(changes(&header, &described("paths: {}"), &at(Some(1_709_164_800)), short), ["compatible operation-removed"]);
}

#[test]
fn what_cannot_be_read_is_not_gone() {
    let lost = described("paths: { /a: { $ref: '#/gone' } }");
    for (old, new) in [(paths(&["/a"]), lost.clone()), (lost.clone(), paths(&["/a"]))] {
        let said = lines(&old, &new, &Options::default());
        assert!(said.len() == 1 && said.concat().starts_with("risky operation-not-compared"), "{said:?}");
    }
    assert_eq!(lines(&lost, &lost, &Options::default()), Vec::<String>::new());
}

#[test]
fn what_clients_answer_is_not_compared() {
    let with = |status: &str| {
        described(&format!(
            "paths: {{ /a: {{ post: {{ responses: {{ '200': {{ description: x }} }}, callbacks: {{ c: {{ '{{$url}}': {{ post: {{ responses: {{ {status}: {{ description: x }} }} }} }} }} }} }} }} }}\nwebhooks: {{ w: {{ post: {{ responses: {{ {status}: {{ description: x }} }} }} }} }}"
        ))
    };
    assert_eq!(lines(&with("'200'"), &with("'204'"), &Options::default()), Vec::<String>::new());
}
