//! What `lint` says about descriptions, through the real binary: where findings stand, what is skipped, how it ends.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests make the files that they look at")]

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

#[path = "support/binary.rs"]
mod binary;

use binary::{command, folder, run, said};

type Files<'a> = &'a [(&'a str, &'a str)];

/// A description in four files, and the same in one.
const SPLIT: Files<'static> = &[
    (
        "openapi.yaml",
        "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths:\n  /a: {$ref: paths/a.yaml}\n  /b:\n    get:\n      responses:\n        \
         '200': {description: OK, content: {application/json: {schema: {$ref: 'schemas/thing.yaml'}}}}\n        \
         '405': {$ref: 'responses/errors.yaml#/NotAllowed'}\n        default: {description: Problem}\n",
    ),
    (
        "paths/a.yaml",
        "post:\n  responses:\n    '201': {description: Created}\n    '405': {$ref: '../responses/errors.yaml#/NotAllowed'}\n    \
         default: {description: Problem}\n",
    ),
    ("responses/errors.yaml", "NotAllowed:\n  description: Method Not Allowed\n"),
    ("schemas/thing.yaml", "type: object\nproperties: {id: {type: string}}\n"),
];

const BUNDLED: Files<'static> = &[(
    "openapi.yaml",
    "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths:\n  /a:\n    post:\n      responses:\n        '201': {description: Created}\n        \
     '405': {$ref: '#/components/responses/NotAllowed'}\n        default: {description: Problem}\n  /b:\n    get:\n      responses:\n        \
     '200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}\n        \
     '405': {$ref: '#/components/responses/NotAllowed'}\n        default: {description: Problem}\ncomponents:\n  responses:\n    \
     NotAllowed:\n      description: Method Not Allowed\n  schemas:\n    Thing: {type: object, properties: {id: {type: string}}}\n",
)];

fn findings(files: Files<'_>, arguments: &[&str]) -> Vec<Value> {
    let mut all = vec!["lint", "--format", "json"];
    all.extend(arguments);
    let (_, out, err) = run(files, &all);
    let report: Value = serde_json::from_str(&out).map_err(|error| format!("{error}\n{out}{err}")).unwrap();
    report["findings"].as_array().unwrap().clone()
}

fn text(finding: &Value, key: &str) -> String {
    finding[key].as_str().unwrap_or_default().to_owned()
}

/// File, line, rule of each finding.
fn places(files: Files<'_>, arguments: &[&str]) -> Vec<(String, u64, String)> {
    let place =
        |finding: &Value| (text(finding, "file"), finding["span"]["start"]["line"].as_u64().unwrap(), text(finding, "rule"));
    findings(files, arguments).iter().map(place).collect()
}

#[test]
fn a_split_description_and_its_bundle_give_the_same_findings() {
    let what = |finding: &Value| {
        (
            text(finding, "rule"),
            text(finding, "severity"),
            text(finding, "status"),
            finding["operations"].to_string(),
            text(finding, "message"),
        )
    };
    let sorted = |files| {
        let mut list: Vec<_> = findings(files, &[]).iter().map(what).collect();
        list.sort();
        list
    };
    assert_eq!(sorted(SPLIT), sorted(BUNDLED));
    assert!(sorted(SPLIT).len() >= 2);
}

#[test]
fn a_shared_response_is_reported_once_where_it_is_defined() {
    let all = findings(SPLIT, &["--only", "method-not-allowed-without-allow"]);
    let [finding] = all.as_slice() else { unreachable!("{all:?}") };
    assert_eq!((text(finding, "file").as_str(), finding["span"]["start"]["line"].as_u64()), ("responses/errors.yaml", Some(1)));
    assert_eq!(finding["operations"], serde_json::json!(["POST /a", "GET /b"]));
    assert_eq!((text(finding, "pointer").as_str(), text(finding, "status").as_str()), ("/NotAllowed", "405"));
    let related: Vec<String> = finding["related"].as_array().unwrap().iter().map(|place| text(place, "file")).collect();
    assert_eq!(related, ["paths/a.yaml", "openapi.yaml"]);
    assert!(text(finding, "message").contains("2 operations"), "{finding}");
}

/// Uses behind the first are asked less; none is lost where that one is another status.
#[test]
fn a_success_that_several_errors_share_looks_like_one() {
    let path = |name, status| {
        format!("  /{name}: {{ get: {{ responses: {{ \"{status}\": {{ $ref: \"#/components/responses/R\" }} }} }} }}\n")
    };
    let paths = [path("a", 200), path("b", 401), path("c", 401)].concat();
    let schema = "schema: { type: object, properties: { error: { type: string }, message: { type: string } } }";
    let response = format!("R: {{ description: a, content: {{ application/json: {{ {schema} }} }} }}");
    let whole = format!("openapi: 3.1.0\npaths:\n{paths}components: {{ responses: {{ {response} }} }}\n");
    let found = findings(&[("a.yaml", &whole)], &["a.yaml", "--only", "success-with-error-body"]);
    let messages: Vec<String> = found.iter().map(|finding| text(finding, "message")).collect();
    assert_eq!(messages, ["the 200 looks like an error: the schema also serves `401`"]);
}

/// What an operation says about a shared response is its own; the response is judged once for all that.
#[test]
fn a_description_beside_a_reference_counts_for_its_use() {
    let used = |(at, words): (usize, &str)| {
        let response = |name: &str| format!("{{ $ref: \"#/components/responses/{name}\", description: \"{words}\" }}");
        format!("  /p{at}: {{ get: {{ responses: {{ \"200\": {}, \"403\": {} }} }} }}\n", response("Done"), response("Refused"))
    };
    let words = ["Error", "The thing", "Not logged in", "Failed to load", "The thing"];
    let paths: String = words.into_iter().enumerate().map(used).collect();
    let schema = "schema: { type: object, properties: { error: { type: string }, message: { type: string } } }";
    let done = format!("Done: {{ description: a, content: {{ application/json: {{ {schema} }} }} }}");
    let refused = "Refused: { description: a, content: { application/json: {} } }";
    let whole = format!("openapi: 3.1.0\npaths:\n{paths}components: {{ responses: {{ {done}, {refused} }} }}\n");
    let told = |rule: &str| -> Vec<String> {
        let found = findings(&[("a.yaml", &whole)], &["a.yaml", "--only", rule]);
        found.iter().map(|finding| format!("{} {}", text(finding, "message"), finding["operations"])).collect()
    };
    let looks =
        |cue: &str, operation: &str| format!("the 200 looks like an error: the description says `{cue}` [\"{operation}\"]");
    assert_eq!(told("success-with-error-body"), [looks("Error", "GET /p0"), looks("Failed to", "GET /p3")]);
    assert_eq!(
        told("unauthorized-forbidden-confusion"),
        ["the 403 speaks of who is asking (`Not logged in`): that is 401 [\"GET /p2\"]"]
    );
    let [all] = told("error-without-schema").try_into().unwrap();
    assert!(all.starts_with("the 403 describes `application/json` with no schema (in 5 operations)"), "{all}");
}

/// However many words there are beside references to one response.
#[test]
fn each_of_very_many_uses_counts() {
    let refused = |at: usize, words: &str| {
        let response = format!("$ref: \"#/components/responses/R\", description: \"{words} {at}\"");
        format!("  /p{at}: {{ get: {{ responses: {{ \"403\": {{ {response} }} }} }} }}\n")
    };
    let words = |at| if at == 199 { "Not logged in" } else { "The thing" };
    let paths = (0..200).map(|at| refused(at, words(at))).collect::<Vec<_>>().concat();
    let components = "components: { responses: { R: { description: a, content: { application/json: {} } } } }";
    let whole = format!("openapi: 3.1.0\npaths:\n{paths}{components}\n");
    let [found] = findings(&[("a.yaml", &whole)], &["a.yaml", "--only", "unauthorized-forbidden-confusion"]).try_into().unwrap();
    assert_eq!(found["operations"].to_string(), "[\"GET /p199\"]");
}

/// Which clause of a rule speaks about a use may depend on the words beside the reference; each says its own.
#[test]
fn clauses_take_the_uses_that_they_are_about() {
    let path = |(name, words): (&str, &str)| {
        let response = format!("$ref: \"#/components/responses/U\"{words}");
        format!("  /{name}: {{ get: {{ responses: {{ \"426\": {{ {response} }} }} }} }}\n")
    };
    let told = |uses: &[(&str, &str)]| -> Vec<String> {
        let paths: String = uses.iter().copied().map(path).collect();
        let whole = format!("openapi: 3.1.0\npaths:\n{paths}components: {{ responses: {{ U: {{ description: Upgrade }} }} }}\n");
        let found = findings(&[("a.yaml", &whole)], &["a.yaml", "--only", "upgrade-required-without-upgrade"]);
        found.iter().map(|finding| format!("{} {}", text(finding, "message"), finding["operations"])).collect()
    };
    let (app, tls, plain) = (("a", ", description: Please update the app"), ("b", ", description: Wants TLS"), ("c", ""));
    let client = "the 426 declares no `Upgrade` header; it asks for another protocol, not for a newer or better client";
    let [first, second] = told(&[app, tls, plain]).try_into().unwrap();
    assert_eq!(first, format!("{client} [\"GET /a\"]"));
    assert!(
        second.starts_with("the 426 does not declare the `Upgrade` header") && second.ends_with("[\"GET /b\",\"GET /c\"]"),
        "{second}"
    );
    let [first, second] = told(&[("a", tls.1), ("b", app.1)]).try_into().unwrap();
    assert!(second.ends_with("[\"GET /a\"]") && first == format!("{client} [\"GET /b\"]"), "{first}\n{second}");
}

/// A path names what it is about at its end.
#[test]
fn of_very_many_variables_the_last_are_looked_at() {
    let settings = (0..64).map(|i| format!("/v{i}/{{format}}")).collect::<Vec<_>>().concat();
    let path = format!("{settings}/users/{{userId}}: {{ get: {{ responses: {{ \"200\": {{ description: a }} }} }} }}");
    let whole = format!("openapi: 3.1.0\npaths:\n  {path}\n");
    assert_eq!(findings(&[("a.yaml", &whole)], &["a.yaml", "--only", "missing-not-found"]).len(), 1);
}

/// So many that nobody looks at all of them are no other media types than those of most.
#[test]
fn very_many_media_types_of_an_error_are_not_counted() {
    let error = |content: &str| format!("responses: {{ \"400\": {{ description: a, content: {{ {content} }} }} }}");
    let many = (0..64).map(|i| format!("application/x{i}+json: {{}}")).collect::<Vec<_>>().join(", ");
    let path = |i| {
        let content = if i % 2 == 0 { "application/json: {}".to_owned() } else { format!("{many}, application/json: {{}}") };
        format!("  /p{i}: {{ get: {{ {} }} }}\n", error(&content))
    };
    let whole = format!("openapi: 3.1.0\npaths:\n{}", (0..8).map(path).collect::<Vec<_>>().concat());
    assert_eq!(findings(&[("a.yaml", &whole)], &["a.yaml", "--only", "inconsistent-error-media-type"]), [] as [Value; 0]);
}

#[test]
fn a_fragment_is_linted_through_the_descriptions_that_reference_it() {
    let only = ("responses/errors.yaml".to_owned(), 1, "method-not-allowed-without-allow".to_owned());
    assert_eq!(places(SPLIT, &["--only", "method-not-allowed-without-allow", "responses/errors.yaml"]), [only]);
    let (code, out, err) = run(SPLIT, &["lint", "schemas/thing.yaml"]);
    assert!(code == Some(0) && out.contains("no findings"), "{out}{err}");
    let files = [SPLIT, &[("lost.yaml", "a: 1\n")]].concat();
    let (code, out, err) = run(&files, &["lint", "lost.yaml"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("`lost.yaml` is no OpenAPI description and was skipped"), "{err}");
    let (code, _, err) = run(&files, &["lint", "lost.yaml", "openapi.yaml"]);
    assert!(code == Some(1) && err.contains("`lost.yaml` is no OpenAPI description"), "{err}");
}

#[test]
fn a_file_that_ends_too_early_is_skipped_for_that() {
    for (text, place) in [("paths: [a, {\n", "lost.yaml:1:8"), ("a: 1\nb: \"x\n", "lost.yaml:2:4")] {
        let (code, out, err) = run(&[("lost.yaml", text)], &["lint", "lost.yaml"]);
        assert_eq!((code, out.as_str()), (Some(2), ""));
        assert!(err.contains("`lost.yaml` is no OpenAPI description as far as it can be read, and was skipped: "), "{err}");
        assert!(err.contains("never closed") && err.contains(place), "{err}");
    }
}

#[test]
fn the_output_does_not_depend_on_threads_or_the_order_of_paths() {
    let many: Vec<(String, String)> =
        (0..40).map(|number| (format!("api/{number}/openapi.yaml"), BUNDLED[0].1.to_owned())).collect();
    let files: Vec<(&str, &str)> =
        many.iter().map(|(name, text)| (name.as_str(), text.as_str())).chain(SPLIT.iter().copied()).collect();
    for format in ["text", "concise", "json", "jsonl", "sarif", "github"] {
        let one = run(&files, &["lint", "--format", format, "--jobs", "1", "--all"]);
        assert_eq!(run(&files, &["lint", "--format", format, "--jobs", "8", "--all"]), one, "{format}");
    }
    let forward = run(&files, &["lint", "api/3", "openapi.yaml", "api/11", "paths"]);
    assert_eq!(run(&files, &["lint", "paths", "api/11", "api/3", "openapi.yaml"]), forward);
}

#[test]
fn bad_input_is_a_finding_with_its_place() {
    let cases: [(&str, &str, &str); 10] = [
        ("a.yaml", "openapi: 3.0.0\npaths:\n  /a:\n    get: {responses: {'200': {description: \"x}}}\n", "syntax-error"),
        ("a.json", "{\"openapi\": \"3.0.0\", \"paths\": {},}", "syntax-error"),
        ("a.yaml", "openapi: 3.0.0\npaths: {}\npaths: {}\n", "duplicate-key"),
        ("a.yaml", "openapi: 4.0.0\npaths: {}\n", "unsupported-version"),
        ("a.yaml", "swagger: '1.2'\npaths: {}\n", "unsupported-version"),
        ("a.yaml", "openapi: 3.0.0\npaths: []\n", "invalid-structure"),
        ("a.yaml", "openapi: 3.0.0\npaths: {/a: {get: {responses: {'200': [x]}}}}\n", "invalid-structure"),
        ("a.yaml", "openapi: 3.0.0\npaths: {/a: {$ref: '#/paths/~1b'}}\n", "unresolved-reference"),
        ("a.yaml", "openapi: 3.0.0\npaths: {/a: {$ref: 'https://example.com/a.yaml'}}\n", "remote-reference"),
        (
            "a.yaml",
            "openapi: 3.0.0\ncomponents: {responses: {A: {$ref: '#/components/responses/A'}}}\npaths: {}\n",
            "circular-reference",
        ),
    ];
    for (name, text, rule) in cases {
        let found: Vec<String> = places(&[(name, text)], &[]).into_iter().map(|(_, _, rule)| rule).collect();
        assert!(found.iter().any(|found| found == rule), "{rule}: {found:?}\n{text}");
        let (code, ..) = run(&[(name, text)], &["lint"]);
        assert_eq!(code, Some(i32::from(rule != "remote-reference")), "{text}");
    }
}

#[test]
fn references_may_not_leave_the_project() {
    let folder = folder(&[("inside/.git/HEAD", ""), ("inside/a.yaml", ""), ("secret.yaml", "password: hunter2\n")]);
    let inside = |arguments: &[&str]| {
        let mut command = command(&folder, arguments);
        said(&command.current_dir(folder.path().join("inside")).stdin(Stdio::null()).output().unwrap())
    };
    let absolute = folder.path().join("secret.yaml").display().to_string().replace('\\', "/");
    let url = format!("file:///{}", absolute.trim_start_matches('/'));
    for reference in ["../secret.yaml", "file:../secret.yaml", &absolute, &url] {
        let text = format!("openapi: 3.0.0\npaths: {{/a: {{$ref: '{reference}'}}}}\n");
        std::fs::write(folder.path().join("inside/a.yaml"), text).unwrap();
        let (code, out, err) = inside(&["lint", "--format", "json"]);
        let is_refused = out.contains("reference-outside-project") && !format!("{out}{err}").contains("hunter2");
        assert!(code == Some(1) && is_refused, "{reference}: {out}{err}");
        let (_, out, _) = inside(&["lint", "--allow-outside", "--format", "json"]);
        assert!(
            ["reference-outside-project", "remote-reference", "unresolved-reference"].iter().all(|rule| !out.contains(rule)),
            "{reference}: {out}"
        );
    }
}

#[test]
fn every_document_of_a_file_is_looked_at() {
    let document = "openapi: 3.1.0\ninfo: {title: a, version: '1'}\npaths: {/a: {get: {responses: {'405': {description: x}, default: {description: y}}}}}\n";
    let text = format!("{document}---\n{document}");
    let found = findings(&[("a.yaml", &text)], &["--only", "method-not-allowed-without-allow"]);
    let documents: Vec<&Value> = found.iter().map(|finding| &finding["document"]).collect();
    assert_eq!(documents, [0, 1]);
    assert_eq!(found[0]["pointer"], found[1]["pointer"]);
}

#[test]
fn an_operation_with_a_syntax_error_is_not_judged_and_the_summary_says_so() {
    let text = "openapi: 3.1.0\npaths:\n  /a:\n    get:\n      responses:\n        '405': {description: \"x}\n";
    let (code, out, _) = run(&[("a.yaml", text)], &["lint"]);
    assert!(code == Some(1) && out.contains("0 of 1 operation judged") && out.contains("GET /a: a syntax error"), "{out}");
    assert!(!out.contains("method-not-allowed-without-allow"), "{out}");
}

/// Two operations, nothing to complain about.
const CLEAN: &str = "\
openapi: 3.0.3
info: {title: t, version: '1'}
security: [{key: []}]
paths:
  /a:
    get:
      responses:
        '200': {description: fine, content: {text/plain: {schema: {type: string}}}}
        '401': {$ref: '#/components/responses/Unauthorized'}
        '405':
          description: not allowed while archived
          headers:
            Allow: {schema: {type: string, enum: ['GET, DELETE']}}
          content: {text/plain: {schema: {type: string}}}
        '500': {description: oops, content: {text/plain: {schema: {type: string}}}}
    delete:
      responses:
        '204': {description: done}
        '401': {$ref: '#/components/responses/Unauthorized'}
        '500': {description: oops, content: {text/plain: {schema: {type: string}}}}
components:
  responses:
    Unauthorized:
      description: Unauthorized
      headers:
        WWW-Authenticate: {schema: {type: string}}
      content: {text/plain: {schema: {type: string}}}
  securitySchemes:
    key: {type: apiKey, in: header, name: K}
";

/// What is missing only because it could not be read is not reported as missing.
#[test]
fn damage_makes_no_rule_lie() {
    let json = serde_json::to_string_pretty(&serde_yaml::from_str::<Value>(CLEAN).unwrap()).unwrap();
    let cases: [(&str, &str, &str, &str); 9] = [
        ("a.yaml", CLEAN, "", ""),
        ("a.yaml", CLEAN, "[{key: []}]", "[{key: []]"),
        ("a.yaml", CLEAN, "    delete:", "    delete"),
        ("a.yaml", CLEAN, "    delete:\n", "     delete:\n"),
        ("a.yaml", CLEAN, "      headers:\n        WWW", "    #  headers:\n        WWW"),
        ("a.json", &json, "        \"headers\": {\n          \"WWW", "          \"WWW"),
        ("a.json", &json, "\"security\"", "\"secu\trity\""),
        ("a.json", &json, "#/components/responses", "#/comp\tonents/responses"),
        ("a.json", &json, "          \"405\": {\n", ""),
    ];
    for (name, text, from, to) in cases {
        let broken = text.replacen(from, to, 1);
        assert!(broken != text || from.is_empty(), "{from}");
        let rules: Vec<String> = places(&[(name, &broken)], &[]).into_iter().map(|(_, _, rule)| rule).collect();
        assert!(rules.iter().all(|rule| rule == "syntax-error"), "{rules:?}\n{broken}");
        assert_eq!(rules.is_empty(), from.is_empty(), "{from}");
    }
}

#[test]
fn references_are_followed_in_place_of_every_map() {
    let parts = "headers: {Allow: {schema: {type: string}}}\ncontent: {application/json: {schema: {type: string}}}\n";
    let root = "openapi: 3.0.3\npaths:\n  /a:\n    get:\n      responses:\n        '204': {description: x, content: {$ref: 'parts.yaml#/content'}}\n        \
                '405': {description: archived, headers: {$ref: 'parts.yaml#/headers'}}\n        \
                '407': {description: x, headers: {$ref: 'parts.yaml#/none'}}\n        default: {description: x}\n";
    let mut found = findings(&[("a.yaml", root), ("parts.yaml", parts)], &["a.yaml"]);
    found.retain(|finding| text(finding, "severity") != "note");
    let rules: Vec<String> = found.iter().map(|finding| text(finding, "rule")).collect();
    assert_eq!(rules, ["no-content-with-content", "unresolved-reference"]);
    assert!(text(&found[0], "message").contains("`application/json`"), "{}", found[0]);
}

#[test]
fn a_reference_to_no_file_says_what_is_there() {
    let cases = [
        ("b", "it is a folder, not a file", "add the file"),
        ("b\\\\c.yaml", "there is no such file", "write `/`"),
        ("d.yaml", "there is no such file", "add the file"),
    ];
    for (reference, why, help) in cases {
        let root = format!("openapi: 3.0.3\npaths: {{/a: {{$ref: \"{reference}\"}}}}\n");
        let found = findings(&[("a.yaml", &root), ("b/c.yaml", "get: {}\n")], &["a.yaml"]);
        assert!(text(&found[0], "message").ends_with(why) && text(&found[0], "help").contains(help), "{}", found[0]);
    }
}

#[test]
fn fingerprints_do_not_depend_on_the_working_directory() {
    let inside: Vec<(String, &str)> = SPLIT.iter().map(|(name, text)| (format!("api/{name}"), *text)).collect();
    let inside: Vec<(&str, &str)> = inside.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let marks = |files| findings(files, &[]).iter().map(|finding| text(finding, "fingerprint")).collect::<Vec<_>>();
    assert_eq!(marks(SPLIT), marks(&inside));
}

#[test]
fn messages_about_a_path_name_it() {
    let found = findings(&[("a.yaml", &CLEAN.replace("    delete:", "    put:"))], &["--only", "allow-header-mismatch"]);
    assert!(text(&found[0], "message").contains("`/a`"), "{}", found[0]);
}

#[test]
fn severities_come_from_the_command_line_over_the_configuration_over_the_rule() {
    let with = |config: &str, arguments: &[&str]| {
        let files = [BUNDLED, &[("statusquo.yaml", config)]].concat();
        let all = findings(&files, arguments);
        let of_rule = all.iter().find(|finding| text(finding, "rule") == "method-not-allowed-without-allow");
        of_rule.map_or("off".to_owned(), |finding| text(finding, "severity"))
    };
    assert_eq!(with("", &[]), "warning");
    assert_eq!(with("extends: strict\n", &[]), "error");
    assert_eq!(with("extends: wire\n", &[]), "off");
    assert_eq!(with("extends: wire\n", &["--preset", "strict"]), "error");
    assert_eq!(with("rules: {method-not-allowed-without-allow: note}\n", &["--preset", "strict"]), "note");
    assert_eq!(
        with("rules: {method-not-allowed-without-allow: note}\n", &["--rule", "method-not-allowed-without-allow=error"]),
        "error"
    );
    assert_eq!(with("ignore: ['*.yaml']\n", &["--no-config"]), "warning");
}

#[test]
fn fail_on_decides_the_exit_code() {
    let code = |config: &str, arguments: &[&str]| {
        let files = [BUNDLED, &[("statusquo.yaml", config)]].concat();
        run(&files, &[&["lint", "--only", "method-not-allowed-without-allow"], arguments].concat()).0
    };
    assert_eq!(code("", &[]), Some(1));
    assert_eq!(code("", &["--fail-on", "error"]), Some(0));
    assert_eq!(code("fail-on: never\n", &[]), Some(0));
    assert_eq!(code("fail-on: never\n", &["--fail-on", "warning"]), Some(1));
}

#[test]
fn misspelt_rules_and_fields_are_named_with_a_suggestion() {
    let rule = "id: my-rule\nsummary: x\nseverity: note\nwhy: x\nselect: response\nwhere: { staus: 200 }\nmessage: x\nhelp: x\nexamples: []\n";
    let cases: [(Files<'_>, &[&str], &str); 6] = [
        (&[("statusquo.yaml", "rules:\n  method-not-alowed-without-allow: off\n")], &[], "statusquo.yaml:2:3"),
        (
            &[("statusquo.yaml", "rules:\n  method-not-alowed-without-allow: off\n")],
            &[],
            "did you mean `method-not-allowed-without-allow`?",
        ),
        (&[("statusquo.yaml", "rule-files: [my]\n"), ("my/my-rule.yaml", rule)], &[], "my/my-rule.yaml:6:10"),
        (&[("statusquo.yaml", "rule-files: [my]\n"), ("my/my-rule.yaml", rule)], &[], "did you mean `status`?"),
        (&[("statusquo.yaml", "rule-files: [gone]\n")], &[], "cannot read `gone`"),
        (&[], &["--only", "found-redirct"], "did you mean `found-redirect`?"),
    ];
    for (extra, arguments, expected) in cases {
        let files = [BUNDLED, extra].concat();
        let (code, out, err) = run(&files, &[&["lint"], arguments].concat());
        assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
        assert!(err.contains(expected), "{expected}\n{err}");
    }
}

#[test]
fn standard_input_stands_for_a_file() {
    let folder = folder(SPLIT);
    let mut child = command(&folder, &["lint", "-", "--stdin-filename", "openapi.yaml", "--format", "concise"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(SPLIT[0].1.as_bytes()).unwrap();
    let (code, out, err) = said(&child.wait_with_output().unwrap());
    assert!(code == Some(1) && out.contains("responses/errors.yaml:1:1: warning:"), "{out}{err}");
}

#[test]
fn the_demo_shows_every_headline_mistake_and_ends_well() {
    let (code, out, err) = run(&[], &["demo"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    for rule in [
        "success-with-error-body",
        "created-without-location",
        "method-not-allowed-without-allow",
        "found-redirect",
        "unauthorized-forbidden-confusion",
    ] {
        assert!(out.contains(rule), "{rule}\n{out}");
    }
    assert!(out.contains("What to do next"), "{out}");
}

#[test]
fn every_rule_and_every_status_code_can_be_explained() {
    let (code, out, _) = run(&[], &["rules", "--format", "json"]);
    let rules: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, Some(0));
    let ids: Vec<String> = rules.as_array().unwrap().iter().map(|rule| text(rule, "id")).collect();
    for id in &ids {
        let (code, out, err) = run(&[], &["explain", id]);
        assert!(code == Some(0) && out.starts_with(id.as_str()) && err.is_empty(), "{id}: {err}");
    }
    for known in statusquo::http::status::registered().chain(statusquo::http::status::vendors()) {
        let (code, out, _) = run(&[], &["explain", &known.code.to_string()]);
        assert!(code == Some(0) && out.starts_with(&format!("{} {}", known.code, known.name)), "{out}");
    }
    for (subject, said) in [
        ("4XX", "404 Not Found"),
        ("5xx", "Every code from 500 to 599"),
        ("default", "default-as-success: "),
        ("accepted-on-safe-method", "answer the METHOD with 200"),
        ("found-redirect", "# statusquo: allow found-redirect -- the reason"),
        ("found-redirect", "\"x-statusquo-allow\": [\"found-redirect\"]"),
    ] {
        let (code, out, err) = run(&[], &["explain", subject]);
        assert!(code == Some(0) && out.contains(said) && err.is_empty(), "{subject}: {out}{err}");
    }
    for (wrong, said) in [
        ("99", "from 100 to 599"),
        ("6XX", "neither a rule nor a status"),
        ("creatd-without-location", "did you mean `created-without-location`?"),
    ] {
        let (code, out, err) = run(&[], &["explain", wrong]);
        assert!(code == Some(2) && out.is_empty() && err.contains(said), "{err}");
    }
}

/// One fact, one finding: the most telling rule speaks.
#[test]
fn a_bad_request_for_everything_is_said_once() {
    const GENERIC: Files<'static> = &[(
        "openapi.yaml",
        "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths:\n  /orders/{id}:\n    get:\n      security: [{oauth: [read]}]\n      \
         responses:\n        '200': {description: OK}\n        '400': {description: Not Found}\n        '500': {description: Broken}\n\
         components:\n  securitySchemes:\n    oauth: {type: openIdConnect, openIdConnectUrl: /id}\n",
    )];
    let said = |arguments: &[&str]| {
        let mut rules: Vec<String> = places(GENERIC, arguments).into_iter().map(|(_, _, rule)| rule).collect();
        rules.retain(|rule| rule.contains("missing") || rule.contains("bad-request") || rule.contains("contradicts"));
        rules.sort();
        rules
    };
    assert_eq!(said(&[]), ["bad-request-describes-specific-error", "generic-bad-request-only"]);
    let without = ["--rule", "generic-bad-request-only=off", "--rule", "bad-request-describes-specific-error=off"];
    assert_eq!(
        said(&without),
        ["description-contradicts-status", "missing-forbidden", "missing-not-found", "missing-unauthorized"]
    );
}

#[test]
fn a_file_that_is_there_is_not_called_missing() {
    let api = "openapi: 3.0.3\ninfo: { title: Example, version: '1' }\npaths:\n  /a:\n    get:\n      responses:\n        \
               default: { $ref: 'r.yaml#/x' }\n";
    for (text, expected) in [
        ("", Some("`r.yaml#/x` leads to `r.yaml`, and it is empty")),
        ("# nothing yet\n", Some("`r.yaml#/x` leads to `r.yaml`, and it is empty")),
        ("x: [\n", None),
        ("ok: { description: fine, content: {\nx: [\n", None),
    ] {
        let found = findings(&[("api.yaml", api), ("r.yaml", text)], &["api.yaml"]);
        let unresolved = found.iter().find(|finding| finding["rule"] == "unresolved-reference");
        assert_eq!(unresolved.map(|finding| self::text(finding, "message")).as_deref(), expected, "{text:?}");
        let is_broken = found.iter().any(|finding| finding["rule"] == "syntax-error");
        assert_eq!(is_broken, expected.is_none(), "{text:?}");
    }
}

/// A reference to an `$id` leads to the schema that carries it; only what no schema is called leads nowhere.
#[test]
fn references_to_identifiers() {
    let description = |reference: &str| {
        format!(
            "openapi: 3.1.0
info: {{ title: T, version: '1' }}
paths:
  /a:
    get:
      responses:
        '200':
          description: Found
          content: {{ application/json: {{ schema: {{ $ref: '{reference}' }} }} }}
components:
  schemas:
    One:
      $id: https://example.com/schemas/one
      type: object
      properties: {{ a: {{ $ref: '#/$defs/part' }}, b: {{ $ref: two }}, c: {{ $ref: '#here' }}, d: {{ $ref: '#/components/schemas/Two' }} }}
      $defs: {{ part: {{ type: string }}, named: {{ $anchor: here, type: string }} }}
    Two: {{ $id: https://example.com/schemas/two, type: string }}
"
        )
    };
    for (reference, is_lost) in [
        ("https://example.com/schemas/one", false),
        ("https://example.com/schemas/one#", false),
        ("https://example.com/schemas/one#/$defs/part", false),
        ("https://example.com/schemas/one#here", false),
        ("#/components/schemas/One", false),
        ("https://example.com/schemas/one#/$defs/none", true),
        ("#/components/schemas/None", true),
    ] {
        let found = findings(&[("a.yaml", &description(reference))], &["a.yaml"]);
        let lost = found.iter().filter(|finding| text(finding, "rule") == "unresolved-reference").count();
        assert_eq!(lost, usize::from(is_lost), "{reference}: {found:?}");
    }
}
