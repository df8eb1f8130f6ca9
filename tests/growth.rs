//! Inputs made to take time or memory with the square or the cube of their size: four times as much takes about four times as
//! long, by the real binary, and memory has a bound.
#![cfg(target_os = "linux")]
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests make the files that they look at, and say what they saw"
)]

use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[path = "support/binary.rs"]
mod binary;

/// How much longer four times the input may take: time with the square would be sixteen times as long.
const MOST: f64 = 8.0;

/// What the start of a program and the other work of the machine may take.
const SLACK: Duration = Duration::from_millis(500);

/// The address space of a run, in KiB.
const MEMORY: usize = 2 << 20;

const LINT: &str = "lint --no-config --format json a.yaml";
const CHECK: &str = "check --format json --spec a.yaml sent.ndjson";
const DIFF: &str = "diff --no-config --format json old.yaml new.yaml";
const HEAD: &str = "openapi: 3.2.0\ninfo: { title: a, version: \"1\" }\n";

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        writeln!(text, "{}", line(number)).unwrap();
        text
    })
}

fn joined(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(", ")
}

fn description(rest: &str) -> Vec<(&'static str, String)> {
    vec![("a.yaml", format!("{HEAD}{rest}"))]
}

/// How long a run takes; it comes to a result within its memory.
fn time(arguments: &str, files: &[(impl AsRef<str>, String)]) -> Duration {
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_ref(), text.as_str())).collect();
    let folder = binary::folder(&files);
    let limited = format!("ulimit -v {MEMORY}; exec \"$0\" {arguments}");
    let mut command = Command::new("sh");
    command.args(["-c", &limited, env!("CARGO_BIN_EXE_statusquo")]).current_dir(folder.path());
    let start = Instant::now();
    let output = command.stdin(Stdio::null()).stdout(Stdio::null()).output().unwrap();
    let took = start.elapsed();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments}: {:?} {err:.300}", output.status);
    took
}

/// Holds the files of an input of a size against one four times as large; the machine may have other things to do once.
fn grows<N: AsRef<str>>(name: &str, arguments: &str, size: usize, make: fn(usize) -> Vec<(N, String)>) {
    let (small, large) = (make(size), make(4 * size));
    for is_last in [false, true] {
        let least = time(arguments, &small).min(time(arguments, &small));
        let took = time(arguments, &large);
        println!("{name}: {least:.1?}, four times as much {took:.1?}");
        if took <= least.mul_f64(MOST) + SLACK {
            return;
        }
        assert!(!is_last, "{name}: {least:?}, and {took:?} for four times as much");
    }
}

#[test]
fn callbacks_that_lead_to_each_other() {
    grows("callbacks", LINT, 100, |n| {
        let callbacks =
            |to| lines(n, |i| format!("        c{i}: {{ \"{{$request.body#/u}}\": {{ $ref: \"#/paths/~1{to}\" }} }}"));
        let path = |name, to| {
            let responses = "responses: { \"201\": { description: a } }";
            format!("  /{name}:\n    post:\n      {responses}\n      callbacks:\n{}", callbacks(to))
        };
        description(&format!("paths:\n{}{}", path("p", "q"), path("q", "p")))
    });
}

/// Each description of a ring references the next one.
fn ring(n: usize) -> Vec<(String, String)> {
    let file = |i: usize| {
        let schema = format!("schema: {{ $ref: \"d{}.yaml#/components/schemas/A\" }}", (i + 1) % n);
        let content = format!("content: {{ application/json: {{ {schema} }} }}");
        let path = format!("/p: {{ get: {{ responses: {{ \"200\": {{ description: a, {content} }} }} }} }}");
        format!("{HEAD}paths: {{ {path} }}\ncomponents: {{ schemas: {{ A: {{ type: object }} }} }}\n")
    };
    (0..n).map(|i| (format!("d{i}.yaml"), file(i))).collect()
}

#[test]
fn descriptions_that_reference_each_other_in_a_ring() {
    grows("a ring", "lint --no-config --format json .", 1_500, ring);
    grows("a ring under overrides", "lint --format json .", 1_000, |n| {
        let overrides = "overrides:\n  - files: [\"*.yaml\"]\n    rules: { created-without-location: warning }\n".to_owned();
        ring(n).into_iter().chain([("statusquo.yaml".to_owned(), overrides)]).collect()
    });
}

#[test]
fn faulty_descriptions_that_reference_each_other_in_a_ring() {
    grows("a faulty ring", "lint --no-config --format json .", 700, |n| {
        let file = |i: usize| {
            let ring = format!("{{ $ref: \"d{}.yaml#/components/schemas/A\" }}", (i + 1) % n);
            let schemas = format!("A: {{ type: object, properties: {{ next: {ring}, lost: {{ $ref: \"#/nope\" }} }} }}");
            let comment = "# statusquo: allow created-without-location -- nothing is created\n";
            format!("{HEAD}{comment}paths: {{}}\ncomponents: {{ schemas: {{ {schemas} }} }}\n")
        };
        (0..n).map(|i| (format!("d{i}.yaml"), file(i))).collect()
    });
}

#[test]
fn uses_of_a_response_that_share_its_faults() {
    grows("links that lead nowhere", LINT, 1_000, |n| {
        let uses =
            lines(n, |i| format!("  /p{i}: {{ get: {{ responses: {{ \"200\": {{ $ref: \"#/components/responses/R\" }} }} }} }}"));
        let links = joined(n, |i| format!("l{i}: {{ operationId: nobody }}"));
        description(&format!("paths:\n{uses}components: {{ responses: {{ R: {{ description: a, links: {{ {links} }} }} }} }}\n"))
    });
}

/// A description whose only response is defined by a file that many share.
const SHARER: &str = "paths: { /p: { post: { responses: { \"201\": { $ref: ../shared.yaml } } } } }\n";

/// An entry of `overrides`.
fn over(file: &str) -> String {
    format!("  - files: [\"{file}\"]\n    rules: {{ created-without-location: note }}\n")
}

#[test]
fn configurations_and_overrides() {
    grows("configurations", "lint --format json .", 250, |n| {
        let config = format!("ignore: [nothing]\noverrides:\n{}", over("*.yaml"));
        let file = |i: usize| {
            [("d.yaml", format!("{HEAD}{SHARER}")), ("statusquo.yaml", config.clone())]
                .map(|(name, text)| (format!("s{i}/{name}"), text))
        };
        (0..n).flat_map(file).chain([("shared.yaml".to_owned(), "description: a\n".to_owned())]).collect()
    });
    grows("overrides", "lint --format json .", 500, |n| {
        let config = (0..n).fold("overrides:\n".to_owned(), |all, i| all + &over(&format!("s{i}/d.yaml")));
        let files = (0..n).map(|i| (format!("s{i}/d.yaml"), format!("{HEAD}{SHARER}")));
        let shared = ("shared.yaml".to_owned(), "description: a\n".to_owned());
        files.chain([shared, ("statusquo.yaml".to_owned(), config)]).collect()
    });
}

#[test]
fn media_types_that_are_listed() {
    grows("produces", LINT, 2_000, |n| {
        let types = joined(n, |i| format!("application/x{i}"));
        let schema = "schema: { type: object, properties: { error: { type: string } } }";
        let rest = format!("paths: {{ /p: {{ get: {{ responses: {{ \"200\": {{ description: a, {schema} }} }} }} }} }}\n");
        vec![("a.yaml", format!("swagger: \"2.0\"\ninfo: {{ title: a, version: \"1\" }}\nproduces: [{types}]\n{rest}"))]
    });
}

#[test]
fn suppressions() {
    grows("suppressions that are unused", LINT, 5_000, |n| {
        let comment = "# statusquo: allow created-without-location -- so be it\n";
        description(&format!("paths: {{}}\n{}", comment.repeat(n)))
    });
    grows("suppressions that are misspelt", LINT, 4_000, |n| {
        let comment = "# statusquo: allow created-without-locatoin -- so be it\n";
        description(&format!("paths: {{}}\n{}", comment.repeat(n)))
    });
    grows("suppressions that are used", LINT, 6_000, |n| {
        let comment = "# statusquo: allow created-without-location -- so be it\n        ";
        let responses = format!("      responses:\n        {comment}\"201\": {{ description: made }}");
        let extension = "      x-statusquo-allow: [unexplained-unauthorized, no-server-error]\n";
        description(&format!("paths:\n{}", lines(n, |i| format!("  /p{i}:\n    post:\n{extension}{responses}"))))
    });
}

#[test]
fn alternatives_of_alternatives() {
    grows("alternatives", LINT, 400, |n| {
        let one_of = |name| joined(n, |i| format!("{{ $ref: \"#/components/schemas/{name}{i}\" }}"));
        let content = "content: { application/json: { schema: { $ref: \"#/components/schemas/All\" } } }";
        let responses = format!("{{ \"201\": {{ description: a, {content} }}, \"207\": {{ description: b, {content} }} }}");
        let paths = lines(4, |i| format!("  /bulk{i}: {{ post: {{ responses: {responses} }} }}"));
        let all = format!("    All: {{ oneOf: [{}] }}\n    Some0: &some {{ oneOf: [{}] }}\n", one_of("Some"), one_of("One"));
        let some = lines(n - 1, |i| format!("    Some{}: *some", i + 1));
        let one = lines(n, |i| format!("    One{i}: {{ type: object, properties: {{ a: {{ type: string }} }} }}"));
        description(&format!("paths:\n{paths}components:\n  schemas:\n{all}{some}{one}"))
    });
}

#[test]
fn references_and_links_that_lead_nowhere() {
    grows("references", LINT, 1_500, |n| {
        let schemas = lines(n, |i| format!("    Schema{i}: {{ $ref: \"#/components/schemas/Shcema{i}\" }}"));
        description(&format!("paths: {{}}\ncomponents:\n  schemas:\n{schemas}"))
    });
    grows("a long name", LINT, 10_000, |n| {
        let schemas =
            format!("    {}: {{ type: string }}\n    B: {{ $ref: \"#/components/schemas/{}\" }}\n", "a".repeat(n), "b".repeat(n));
        description(&format!("paths: {{}}\ncomponents:\n  schemas:\n{schemas}"))
    });
    grows("links", LINT, 1_500, |n| {
        let operation = |i| {
            let links = format!("links: {{ l: {{ operationId: craeteThing{i} }} }}");
            let responses = format!("responses: {{ \"201\": {{ description: a, {links} }} }}");
            format!("  /p{i}: {{ post: {{ operationId: createThing{i}, {responses} }} }}")
        };
        description(&format!("paths:\n{}", lines(n, operation)))
    });
}

#[test]
fn many_responses_of_one_operation() {
    grows("different ones", LINT, 20_000, |n| {
        let responses = lines(n, |i| format!("        \"{}\": {{ description: x }}", 1_000 + i));
        description(&format!("paths:\n  /p:\n    get:\n      responses:\n{responses}"))
    });
    grows("the same one", "lint --no-config --format text a.yaml", 4_000, |n| {
        description(&format!("paths:\n  /p:\n    get:\n      responses:\n{}", "        \"200\": { description: x }\n".repeat(n)))
    });
}

#[test]
fn what_many_share() {
    grows("responses", LINT, 500, |n| {
        let responses = lines(n, |i| format!("  \"{}\": {{ description: x }}", 1_000 + i));
        let paths = lines(n, |i| format!("  /p{i}: {{ get: {{ responses: *p }} }}"));
        description(&format!("x-p: &p\n{responses}paths:\n{paths}"))
    });
    grows("a response that is wrong", LINT, 4_000, |n| {
        let paths = lines(n, |i| {
            format!("  /p{i}: {{ delete: {{ responses: {{ \"204\": {{ $ref: \"#/components/responses/R\" }} }} }} }}")
        });
        let content = "content: { application/json: { schema: { type: object } } }";
        description(&format!("paths:\n{paths}components: {{ responses: {{ R: {{ description: x, {content} }} }} }}\n"))
    });
    grows("path items", LINT, 500, |n| {
        let operations = lines(n, |i| format!("    M{i}: {{ responses: {{ \"201\": {{ description: x }} }} }}"));
        let paths = lines(n, |i| format!("  /p{i}: {{ $ref: \"#/x-p\" }}"));
        description(&format!("x-p:\n  additionalOperations:\n{operations}paths:\n{paths}"))
    });
    grows("parameters", LINT, 1_000, |n| {
        let parameters = lines(n, |i| format!("      - {{ name: a{i}, in: query, schema: {{ type: integer }} }}"));
        let operations = lines(n, |i| format!("      M{i}: {{ responses: {{ \"200\": {{ description: x }} }} }}"));
        description(&format!("paths:\n  /p:\n    parameters:\n{parameters}    additionalOperations:\n{operations}"))
    });
    grows("security", LINT, 2_500, |n| {
        let paths = lines(n, |i| format!("  /p{i}: {{ get: {{ responses: {{ \"401\": {{ description: a }} }} }} }}"));
        description(&format!("security: [{}]\npaths:\n{paths}", joined(n, |i| format!("{{ s{i}: [] }}"))))
    });
    grows("tags", LINT, 2_500, |n| {
        let paths = lines(n, |i| format!("  /p{i}: {{ get: {{ tags: *p, responses: {{ \"201\": {{ description: a }} }} }} }}"));
        description(&format!("x-p: &p\n{}paths:\n{paths}", lines(n, |i| format!("  - t{i}"))))
    });
}

/// So many operations that answer with one response.
fn answers(n: usize, way: (&str, &str), whole: &str) -> Vec<(&'static str, String)> {
    uses(n, way, whole, |_| String::new())
}

/// The same, with what each says beside its reference.
fn uses(n: usize, (method, status): (&str, &str), whole: &str, beside: fn(usize) -> String) -> Vec<(&'static str, String)> {
    let response = |i| format!("$ref: \"#/components/responses/R\"{}", beside(i));
    let paths = lines(n, |i| format!("  /p{i}: {{ {method}: {{ responses: {{ \"{status}\": {{ {} }} }} }} }}", response(i)));
    description(&format!("paths:\n{paths}components:\n  responses:\n    R: {{ {whole} }}\n"))
}

/// A response whose JSON is described so.
fn json(media_type: &str) -> String {
    format!("description: a, content: {{ application/json: {{ {media_type} }} }}")
}

#[test]
fn large_responses_that_many_operations_use() {
    grows("media types", LINT, 500, |n| {
        let types = joined(n, |i| format!("application/x{i}: {{ schema: {{ type: string }} }}"));
        answers(n, ("post", "201"), &format!("description: a, content: {{ {types} }}"))
    });
    grows("envelopes of errors", LINT, 500, |n| {
        let schema = "schema: { properties: { error: { type: string }, message: { type: string } } }";
        let types = joined(n, |i| format!("application/x{i}+json: {{ {schema} }}"));
        answers(n, ("get", "200"), &format!("description: a, content: {{ {types} }}"))
    });
    grows("media types of errors", LINT, 500, |n| {
        let types = joined(n, |i| format!("application/x{i}+json: {{ schema: {{ type: object }} }}"));
        answers(n, ("get", "400"), &format!("description: a, content: {{ {types} }}"))
    });
    grows("examples", LINT, 500, |n| {
        let examples = joined(n, |i| format!("x{i}: {{ value: {{ success: false }} }}"));
        answers(n, ("post", "201"), &json(&format!("examples: {{ {examples} }}")))
    });
    grows("alternatives", LINT, 500, |n| {
        let list = joined(n, |i| format!("{{ properties: {{ error{i}: {{ type: string }}, message: {{ type: string }} }} }}"));
        answers(n, ("get", "202"), &json(&format!("schema: {{ oneOf: [{list}] }}")))
    });
    grows("parts", LINT, 500, |n| {
        let list = joined(n, |i| format!("{{ properties: {{ x{i}: {{ type: string }} }} }}"));
        answers(n, ("post", "201"), &json(&format!("schema: {{ allOf: [{list}] }}")))
    });
    grows("items", LINT, 500, |n| {
        let members = joined(n, |i| format!("x{i}: {{ type: string }}"));
        answers(n, ("get", "207"), &json(&format!("schema: {{ type: array, items: {{ properties: {{ {members} }} }} }}")))
    });
    grows("header fields", LINT, 1_000, |n| {
        let headers = joined(n, |i| format!("\"X {i}\": {{ schema: {{ type: string }} }}"));
        answers(n, ("post", "201"), &format!("description: a, headers: {{ {headers} }}"))
    });
    grows("words", LINT, 1_000, |n| answers(n, ("get", "302"), &format!("description: {}", "word ".repeat(10 * n))));
}

/// The same where each operation describes the response in its own words.
fn described(n: usize, way: (&str, &str), whole: &str) -> Vec<(&'static str, String)> {
    uses(n, way, whole, |i| format!(", description: use {i}"))
}

#[test]
fn large_responses_that_each_operation_describes() {
    grows("links", LINT, 500, |n| {
        let links = joined(n, |i| format!("l{i}: {{ operationId: gone }}"));
        described(n, ("get", "200"), &format!("description: a, links: {{ {links} }}"))
    });
    grows("media types", LINT, 500, |n| {
        let schema = "schema: { type: object, properties: { status: { example: 404 } } }";
        let types = joined(n, |i| format!("application/problem+json;a={i}: {{ {schema} }}"));
        described(n, ("get", "400"), &format!("description: a, content: {{ {types} }}"))
    });
    grows("examples", LINT, 500, |n| {
        let examples = joined(n, |i| format!("x{i}: {{ value: {{ success: false, message: nothing }} }}"));
        described(n, ("get", "401"), &json(&format!("examples: {{ {examples} }}")))
    });
    grows("values", LINT, 500, |n| {
        let values = joined(n, |i| format!("v{i}: {{ value: \"GET, X{i}\" }}"));
        let allow = format!("Allow: {{ schema: {{ type: string }}, examples: {{ {values} }} }}");
        described(n, ("get", "405"), &format!("description: a, headers: {{ {allow} }}"))
    });
}

/// A description in two versions of which the second one has another word in it.
fn versions(of: impl Fn(&str) -> Vec<(&'static str, String)>) -> Vec<(&'static str, String)> {
    vec![("old.yaml", of("string").remove(0).1), ("new.yaml", of("integer").remove(0).1)]
}

#[test]
fn header_fields_that_many_operations_share_in_two_versions() {
    grows("header fields", DIFF, 500, |n| {
        versions(|kind| {
            let headers = joined(n, |i| format!("X-{i}: {{ schema: {{ type: {kind} }} }}"));
            answers(n, ("get", "200"), &format!("description: a, headers: {{ {headers} }}"))
        })
    });
}

#[test]
fn content_that_many_operations_share_in_two_versions() {
    grows("members", DIFF, 2_000, |n| {
        versions(|kind| {
            let members = joined(n, |i| format!("x{i}: {{ type: {kind} }}"));
            answers(n, ("get", "200"), &json(&format!("schema: {{ properties: {{ {members} }} }}")))
        })
    });
    grows("members of errors", DIFF, 2_000, |n| {
        versions(|kind| {
            let members = joined(n, |i| format!("x{i}: {{ type: {kind} }}"));
            answers(n, ("get", "400"), &json(&format!("schema: {{ properties: {{ {members} }} }}")))
        })
    });
    grows("media types", DIFF, 500, |n| {
        versions(|kind| {
            let types = joined(n, |i| format!("application/x{i}+json: {{ schema: {{ type: {kind} }} }}"));
            answers(n, ("get", "200"), &format!("description: a, content: {{ {types} }}"))
        })
    });
}

/// So many operations of 2.0 that answer with one response, and each say for themselves what they produce.
fn produced(n: usize, (method, status): (&str, &str), produces: fn(usize) -> String, whole: &str) -> Vec<(&'static str, String)> {
    let responses = format!("responses: {{ \"{status}\": {{ $ref: \"#/responses/R\" }} }}");
    let paths = lines(n, |i| format!("  /p{i}: {{ {method}: {{ produces: [{}], {responses} }} }}", produces(i)));
    let head = "swagger: \"2.0\"\ninfo: { title: a, version: \"1\" }";
    vec![("a.yaml", format!("{head}\npaths:\n{paths}responses:\n  R: {{ description: a, {whole} }}\n"))]
}

#[test]
fn large_responses_whose_media_types_each_operation_says() {
    const SAME: fn(usize) -> String = |_| "application/json".to_owned();
    const OWN: fn(usize) -> String = |i| format!("application/x{i}+json");
    fn members(n: usize) -> String {
        format!("schema: {{ properties: {{ {} }} }}", joined(n, |i| format!("err{i}: {{ type: string }}")))
    }
    fn alternatives(n: usize) -> String {
        format!("schema: {{ allOf: [{}] }}", joined(n, |i| format!("{{ properties: {{ x{i}: {{ type: string }} }} }}")))
    }
    grows("members", LINT, 1_000, |n| produced(n, ("get", "200"), SAME, &members(n)));
    grows("parts", LINT, 1_000, |n| produced(n, ("post", "201"), SAME, &alternatives(n)));
    grows("members under other types", LINT, 1_000, |n| produced(n, ("get", "200"), OWN, &members(n)));
    grows("parts under other types", LINT, 1_000, |n| produced(n, ("post", "201"), OWN, &alternatives(n)));
}

#[test]
fn many_methods_of_one_path() {
    grows("methods that are not allowed", LINT, 1_500, |n| {
        let operations = lines(n, |i| format!("      M{i}: {{ responses: {{ \"405\": {{ description: a }} }} }}"));
        description(&format!("paths:\n  /p:\n    additionalOperations:\n{operations}"))
    });
    grows("those that allow others", LINT, 1_500, |n| {
        let headers = "headers: { Allow: { example: GET } }";
        let operations = lines(n, |i| format!("      M{i}: {{ responses: {{ \"405\": {{ description: a, {headers} }} }} }}"));
        description(&format!("paths:\n  /p:\n    additionalOperations:\n{operations}"))
    });
}

/// Schemas that are large, each in its own way.
fn large(n: usize) -> [String; 6] {
    [
        format!("properties: {{ {} }}", joined(n, |i| format!("err{i}: {{ type: string }}"))),
        format!("allOf: [{}]", joined(n, |i| format!("{{ properties: {{ x{i}: {{ type: string }} }} }}"))),
        format!("oneOf: [{}]", joined(n, |i| format!("{{ properties: {{ error{i}: {{ type: string }}, message: {{}} }} }}"))),
        format!("type: object, example: {{ {} }}", joined(n, |i| format!("x{i}: 1"))),
        format!("properties: {{ code: {{ enum: [{}] }}, message: {{}} }}", joined(n, |i| format!("{}", 400 + i))),
        format!("type: [{}]", joined(n, |i| format!("t{i}"))),
    ]
}

/// So many operations for each of these schemas, each with a response of its own that has it.
fn schemas(n: usize, status: &str) -> Vec<(&'static str, String)> {
    let path = |schema, i| {
        let response = json(&format!("schema: {{ $ref: \"#/components/schemas/S{schema}\" }}"));
        format!("  /p{schema}/{i}: {{ post: {{ responses: {{ \"{status}\": {{ {response} }} }} }} }}")
    };
    let large = large(n);
    let paths = (0..large.len()).map(|schema| lines(n, |i| path(schema, i))).collect::<String>();
    let schemas = lines(large.len(), |schema| format!("    S{schema}: {{ {} }}", large[schema]));
    description(&format!("paths:\n{paths}components:\n  schemas:\n{schemas}"))
}

#[test]
fn large_schemas_that_many_operations_use() {
    grows("under 200", LINT, 1_000, |n| schemas(n, "200"));
    grows("under 202", LINT, 1_000, |n| schemas(n, "202"));
    grows("under 400", LINT, 1_000, |n| schemas(n, "400"));
}

/// So many exchanges: where each went, its header fields and its body.
fn sent(n: usize, exchange: fn(usize) -> (String, String, &'static str)) -> (&'static str, String) {
    let line = |i| {
        let (path, headers, body) = exchange(i);
        let response = format!("\"response\": {{\"status\": 200, \"headers\": {{{headers}}}, \"body\": {body}}}");
        format!("{{\"request\": {{\"method\": \"GET\", \"url\": \"{path}\"}}, {response}}}")
    };
    ("sent.ndjson", lines(n, line))
}

#[test]
fn what_came_against_large_responses() {
    grows("header fields", CHECK, 5_000, |n| {
        let headers = joined(n, |i| format!("X-{i}: {{ required: true, schema: {{ type: integer }} }}"));
        let mut files = answers(1, ("get", "200"), &format!("description: a, headers: {{ {headers} }}"));
        let fields = joined(n, |i| format!("\"x-{i}\": \"1\""));
        let (name, exchange) = sent(1, |_| ("/p0".to_owned(), "FIELDS".to_owned(), "null"));
        files.push((name, exchange.replace("FIELDS", &fields)));
        files
    });
    grows("media types", CHECK, 1_000, |n| {
        let types = joined(n, |i| format!("application/x{i}+json: {{}}"));
        let mut files = answers(1, ("get", "200"), &format!("description: a, content: {{ {types} }}"));
        files.push(sent(n, |i| ("/p0".to_owned(), format!("\"Content-Type\": \"application/y{i}+json\""), "{}")));
        files
    });
    grows("a schema", CHECK, 500, |n| {
        let members = joined(n, |i| format!("x{i}: {{ type: string }}"));
        let content =
            |i| format!("content: {{ application/json: {{ schema: {{ $ref: \"#/components/schemas/S\" }} }} }}, x-a: {i}");
        let response = |i| format!("responses: {{ \"200\": {{ description: a, {} }} }}", content(i));
        let paths = lines(n, |i| format!("  /p{i}: {{ get: {{ {} }} }}", response(i)));
        let schemas = format!("components:\n  schemas:\n    S: {{ properties: {{ {members} }} }}\n");
        let mut files = description(&format!("paths:\n{paths}{schemas}"));
        files.push(sent(n, |i| (format!("/p{i}"), "\"Content-Type\": \"application/json\"".to_owned(), "{\"x1\": 1}")));
        files
    });
}

#[test]
fn media_types_and_variables_of_one_operation() {
    grows("produces", LINT, 5_000, |n| {
        let types = joined(n, |i| format!("application/x{i}+json"));
        let response = "{ description: a, schema: { type: object } }";
        let responses = format!("responses: {{ \"200\": {response}, \"404\": {response} }}");
        let text = format!("paths: {{ /a: {{ get: {{ produces: [{types}], {responses} }} }} }}\n");
        vec![("a.yaml", format!("swagger: \"2.0\"\ninfo: {{ title: a, version: \"1\" }}\n{text}"))]
    });
    grows("variables", LINT, 5_000, |n| {
        let path = lines(n, |i| format!("/{{v{i}}}")).replace('\n', "");
        let parameters = joined(n, |i| format!("{{ name: v{i}, in: path, required: true, schema: {{ type: string }} }}"));
        let responses = "responses: { \"200\": { description: a } }";
        description(&format!("paths:\n  {path}: {{ get: {{ parameters: [{parameters}], {responses} }} }}\n"))
    });
    grows("members that change", DIFF, 2_500, |n| {
        let side = |kind: &str| {
            let members = joined(n, |i| format!("x{i}: {{ type: {kind} }}"));
            answers(1, ("get", "200"), &json(&format!("schema: {{ type: object, properties: {{ {members} }} }}"))).remove(0).1
        };
        vec![("old.yaml", side("string")), ("new.yaml", side("integer"))]
    });
}

#[test]
fn rules_of_the_users_own() {
    grows("rules that a configuration names", "lint --format json a.yaml", 10_000, |n| {
        let rule = |id: &str| {
            let condition =
                "select: response\nwhere: { status: 409 }\nrequire: { body: true }\nmessage: it is silent\nhelp: say more\n";
            format!("id: {id}\nsummary: a\nseverity: note\nsince: 0.1.0\nwhy: a\n{condition}")
        };
        let name = |i| &*format!("rules/own-{i}.yaml").leak();
        let mut files: Vec<(&str, String)> = (0..n).map(|i| (name(i), rule(&format!("own-{i}")))).collect();
        files.push(("statusquo.yaml", format!("rule-files: rules\nrules:\n{}", lines(n, |i| format!("  own-{i}: warning")))));
        files.extend(description("paths: {}\n"));
        files
    });
}

#[test]
fn what_many_operations_share_beside_their_responses() {
    grows("a callback", LINT, 1_000, |n| {
        let expression =
            |i| format!("\"{{$request.body#/u{i}}}\": {{ post: {{ responses: {{ \"200\": {{ description: a }} }} }} }}");
        let own = "callbacks: { c: { $ref: \"#/components/callbacks/C\" } }, responses: { \"202\": { description: a } }";
        let paths = lines(n, |i| format!("  /p{i}: {{ post: {{ {own} }} }}"));
        description(&format!("paths:\n{paths}components: {{ callbacks: {{ C: {{ {} }} }} }}\n", joined(n, expression)))
    });
    grows("examples of a header field", LINT, 1_000, |n| {
        let own = "responses: { \"200\": { description: a, headers: { ETag: { $ref: \"#/components/headers/E\" } } } }";
        let paths = lines(n, |i| format!("  /p{i}: {{ get: {{ {own} }} }}"));
        let examples = joined(n, |i| format!("e{i}: {{ value: v{i} }}"));
        let header = format!("E: {{ schema: {{ type: string }}, examples: {{ {examples} }} }}");
        description(&format!("paths:\n{paths}components: {{ headers: {{ {header} }} }}\n"))
    });
    grows("alternatives of items", LINT, 1_000, |n| {
        let items = "schema: { type: array, items: { $ref: \"#/components/schemas/S\" } }";
        let own = format!("responses: {{ \"400\": {{ {} }} }}", json(items));
        let paths = lines(n, |i| format!("  /p{i}: {{ get: {{ {own} }} }}"));
        let branches = joined(n, |i| format!("{{ properties: {{ x{i}: {{ type: string }} }} }}"));
        description(&format!("paths:\n{paths}components: {{ schemas: {{ S: {{ oneOf: [{branches}] }} }} }}\n"))
    });
}

#[test]
fn keys_that_stand_twice() {
    grows("status keys", LINT, 20_000, |n| {
        let responses = joined(n, |_| "\"200\": { description: a }".to_owned());
        description(&format!("paths: {{ /p: {{ get: {{ responses: {{ {responses} }} }} }} }}\n"))
    });
    grows("keys", LINT, 100_000, |n| description(&format!("paths: {{}}\nx-a: {{ {} }}\n", joined(n, |_| "\"a\": 1".to_owned()))));
    let (_, out, _) = binary::run(
        &[("a.yaml", &format!("{HEAD}paths: {{}}\nx-a: {{ {} }}\n", joined(500, |_| "a: 1".to_owned())))],
        &["lint", "--no-config", "--format", "concise", "--only", "duplicate-key", "a.yaml"],
    );
    assert_eq!(out.lines().count(), 101, "{out}");
    assert!(out.contains("399 more keys of this map stand there a second time from here on"), "{out}");
}

#[test]
fn messages_name_some_of_many() {
    let schema = format!("schema: {{ type: object, required: [{}] }}", joined(5_000, |i| format!("e{i}")));
    let content = format!("content: {{ application/json: {{ {schema}, example: {{ z: 1 }} }} }}");
    let paths = format!("paths: {{ /p: {{ get: {{ responses: {{ \"200\": {{ description: a, {content} }} }} }} }} }}\n");
    let arguments = ["lint", "--no-config", "--format", "concise", "--only", "invalid-response-example", "a.yaml"];
    let (_, out, _) = binary::run(&[("a.yaml", &format!("{HEAD}{paths}"))], &arguments);
    assert!(out.contains("`e9` and 4990 more, which are required"), "{out}");
}

/// Schemas that all lead to each other, each of them the answer of one path.
fn connected(count: usize, kind: &str) -> String {
    let schema = |i: usize| {
        let members = joined(10, |j| format!("a{j}: {{ $ref: \"#/components/schemas/S{}\" }}", (i * 7 + j * 13) % count));
        format!("    S{i}: {{ type: object, properties: {{ {members}, v: {{ type: {kind} }} }} }}")
    };
    let path = |i| {
        let content = format!("content: {{ application/json: {{ schema: {{ $ref: \"#/components/schemas/S{i}\" }} }} }}");
        format!("  /p{i}: {{ get: {{ responses: {{ \"200\": {{ description: a, {content} }} }} }} }}")
    };
    format!("{HEAD}paths:\n{}components:\n  schemas:\n{}", lines(count, path), lines(count, schema))
}

#[test]
fn schemas_that_lead_to_each_other_need_no_more_memory_than_there_is() {
    let exchange = |i| {
        let request = format!("\"request\": {{ \"method\": \"GET\", \"url\": \"https://api.example.com/p{i}\" }}");
        let response =
            "\"response\": { \"status\": 200, \"headers\": { \"content-type\": \"application/json\" }, \"body\": { \"v\": 1 } }";
        format!("{{ {request}, {response} }}")
    };
    let files = [("a.yaml", connected(400, "string")), ("run.ndjson", lines(400, exchange))];
    time("check --no-config --spec a.yaml --format json run.ndjson", &files);
    time(DIFF, &[("old.yaml", connected(200, "integer")), ("new.yaml", connected(200, "string"))]);
}

#[test]
fn header_fields_of_one_response() {
    grows("header fields", "check --no-config --no-spec --format json run.ndjson", 15_000, |n| {
        let headers = joined(n, |i| format!("\"x-h{i}\": \"v\""));
        let request = "\"request\": { \"method\": \"GET\", \"url\": \"https://api.example.com/\" }";
        vec![("run.ndjson", format!("{{ {request}, \"response\": {{ \"status\": 200, \"headers\": {{ {headers} }} }} }}\n"))]
    });
}

#[test]
fn a_discriminator_of_many_alternatives() {
    grows("alternatives", "check --no-config --spec a.yaml --format json run.ndjson", 3_000, |n| {
        let members = "properties: { k: { type: string }, v: { type: integer } }";
        let schemas = lines(n, |i| format!("    S{i}: {{ type: object, required: [k], {members} }}"));
        let list = joined(n, |i| format!("{{ $ref: \"#/components/schemas/S{i}\" }}"));
        let mapping = joined(n, |i| format!("m{i}: \"#/components/schemas/S{i}\""));
        let whole = format!("oneOf: [{list}], discriminator: {{ propertyName: k, mapping: {{ {mapping} }} }}");
        let content = format!("content: {{ application/json: {{ schema: {{ {whole} }} }} }}");
        let paths = format!("paths: {{ /p: {{ get: {{ responses: {{ \"200\": {{ description: a, {content} }} }} }} }} }}\n");
        let request = "\"request\": { \"method\": \"GET\", \"url\": \"https://api.example.com/p\" }";
        let response =
            "\"status\": 200, \"headers\": { \"content-type\": \"application/json\" }, \"body\": { \"k\": \"m1\", \"v\": 1 }";
        vec![
            ("a.yaml", format!("{HEAD}{paths}components:\n  schemas:\n{schemas}")),
            ("run.ndjson", format!("{{ {request}, \"response\": {{ {response} }} }}\n")),
        ]
    });
}

#[test]
fn texts_that_are_searched_for_patterns() {
    grows("patterns", LINT, 50, |n| {
        let schema = r"schema: { type: string, pattern: '\b.{1,900}Q\b' }";
        let content = format!("content: {{ application/json: {{ {schema}, example: *text }} }}");
        let responses = format!("responses: {{ \"200\": {{ description: a, {content} }} }}");
        let paths = lines(n, |i| format!("  /p{i}: {{ get: {{ {responses} }} }}"));
        vec![("a.yaml", format!("{HEAD}x-text: &text \"{}\"\npaths:\n{paths}", "éa ".repeat(20 * n)))]
    });
}

#[test]
fn operations_that_are_gone() {
    grows("operations", DIFF, 3_000, |n| {
        let side = |name: &str, status| {
            let responses = format!("responses: {{ \"{status}\": {{ description: a }} }}");
            format!("{HEAD}paths:\n{}", lines(n, |i| format!("  /{name}{i}: {{ get: {{ {responses} }} }}")))
        };
        vec![("old.yaml", side("p", "200")), ("new.yaml", side("q", "404"))]
    });
}

#[test]
fn named_files_that_are_no_descriptions() {
    grows("named files", "lint --no-config --quiet --allow-none *.yaml", 500, |n| {
        (0..n).map(|number| (&*format!("v{number}.yaml").leak(), "replicas: 2\n".to_owned())).collect()
    });
}
