//! The inputs that grow.

#[path = "../../tests/support/generated.rs"]
#[expect(dead_code, reason = "it makes other descriptions, too")]
mod generated;

use std::fmt::Write as _;
use std::path::Path;

/// Inputs that are twice as large from one to the next.
pub(crate) struct Series {
    pub(crate) name: &'static str,
    /// How many of what it counts the first one has.
    pub(crate) first: usize,
    /// The files with as many.
    files: fn(usize) -> Vec<(&'static str, String)>,
    /// What the binary is to do with them.
    pub(crate) arguments: &'static [&'static str],
}

const YAML: &[&str] = &["lint", "--no-config", "--format", "json", "--jobs", "1", "openapi.yaml"];
const JSON: &[&str] = &["lint", "--no-config", "--format", "json", "--jobs", "1", "openapi.json"];
const WITH_RULES: &[&str] = &["lint", "--format", "json", "--jobs", "1", "openapi.yaml"];
const DIFF: &[&str] = &["diff", "--no-config", "--format", "json", "--jobs", "1", "old.yaml", "new.yaml"];

/// The first of each has about 1 MB, but for the findings, of which reports are long, and the rules.
pub(crate) const SERIES: [Series; 8] = [
    Series { name: "json", first: 1_010, files: |count| vec![("openapi.json", generated::whole_json(count))], arguments: JSON },
    Series { name: "yaml", first: 1_200, files: |count| vec![("openapi.yaml", generated::whole_yaml(count))], arguments: YAML },
    Series { name: "findings", first: 2_000, files: findings, arguments: YAML },
    Series { name: "operations", first: 4_500, files: operations, arguments: YAML },
    Series { name: "references", first: 3_300, files: references, arguments: YAML },
    Series { name: "chain", first: 4_100, files: chain, arguments: YAML },
    Series { name: "rules", first: 500, files: rules, arguments: WITH_RULES },
    Series { name: "diff", first: 700, files: sides, arguments: DIFF },
];

impl Series {
    /// Writes the files of an input into a folder; gives their size in bytes.
    pub(crate) fn write(&self, count: usize, folder: &Path) -> usize {
        let write = |(name, text): (&str, String)| {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &text).unwrap();
            text.len()
        };
        (self.files)(count).into_iter().map(write).sum()
    }
}

const HEAD: &str = "openapi: 3.1.0\ninfo: { title: Things, version: '1' }\n";

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "{}", line(number));
        text
    })
}

fn description(rest: &str) -> Vec<(&'static str, String)> {
    vec![("openapi.yaml", format!("{HEAD}{rest}"))]
}

/// As many operations that have five findings each.
fn findings(count: usize) -> Vec<(&'static str, String)> {
    let operation = |number| {
        let responses = "'201': { description: Created }, '405': { description: Method Not Allowed }";
        format!("  /things{number}:\n    post:\n      operationId: createThing{number}\n      responses: {{ {responses} }}")
    };
    description(&format!("paths:\n{}", lines(count, operation)))
}

/// As many operations with nothing to say about.
fn operations(count: usize) -> Vec<(&'static str, String)> {
    let operation = |number| {
        let content = "content: { application/json: { schema: { type: object } } }";
        let responses = format!("'200': {{ description: It, {content} }}, default: {{ description: Problem, {content} }}");
        format!("  /things{number}: {{ get: {{ responses: {{ {responses} }} }} }}")
    };
    description(&format!("paths:\n{}", lines(count, operation)))
}

/// As many operations that share nothing: each leads over a response to a schema, and that to another one.
fn references(count: usize) -> Vec<(&'static str, String)> {
    let operation = |number| {
        let response = format!("{{ $ref: '#/components/responses/R{number}' }}");
        format!("  /things{number}: {{ get: {{ responses: {{ '200': {response} }} }} }}")
    };
    let response = |number| {
        let schema = format!("{{ $ref: '#/components/schemas/S{number}' }}");
        format!("    R{number}: {{ description: It, content: {{ application/json: {{ schema: {schema} }} }} }}")
    };
    let schema = |number| {
        let other = format!("{{ $ref: '#/components/schemas/S{}' }}", number ^ 1);
        format!("    S{number}: {{ type: object, properties: {{ other: {other} }} }}")
    };
    let (paths, responses) = (lines(count, operation), lines(count, response));
    description(&format!("paths:\n{paths}components:\n  responses:\n{responses}  schemas:\n{}", lines(count, schema)))
}

/// As many schemas, each the answer of an operation and a part of the one before.
fn chain(count: usize) -> Vec<(&'static str, String)> {
    let operation = |number| {
        let schema = format!("{{ $ref: '#/components/schemas/S{number}' }}");
        let content = format!("content: {{ application/json: {{ schema: {schema} }} }}");
        format!("  /things{number}: {{ get: {{ responses: {{ '200': {{ description: It, {content} }} }} }} }}")
    };
    let schema = |number| {
        let next = format!("{{ $ref: '#/components/schemas/S{}' }}", (number + 1) % count);
        format!("    S{number}: {{ type: object, properties: {{ next: {next} }} }}")
    };
    description(&format!("paths:\n{}components:\n  schemas:\n{}", lines(count, operation), lines(count, schema)))
}

/// As many rules of the user's own, on a few operations. None of them finds anything.
fn rules(count: usize) -> Vec<(&'static str, String)> {
    let mut files = vec![("statusquo.yaml", "rule-files: rules\n".to_owned()), ("openapi.yaml", generated::yaml(10))];
    let rule = |number: usize| {
        format!(
            "id: own-rule-{number}\nsummary: A 409 response describes no content\nseverity: note\nsince: 0.1.0\n\
             why: |\n  Clients have to know what to do.\nselect: response\nwhere: {{ status: 409 }}\nrequire: {{ body: true }}\n\
             message: \"the {{status}} of {{operation}} does not say what it is about\"\nhelp: describe content\n"
        )
    };
    let names = (0..count).map(|number| &*format!("rules/own-rule-{number}.yaml").leak());
    files.extend(names.enumerate().map(|(number, name)| (name, rule(number))));
    files
}

/// Two descriptions of which every tenth path is another one.
fn sides(count: usize) -> Vec<(&'static str, String)> {
    let old = generated::yaml(count);
    let new = old.replace("9/{id}:", "9/other/{id}:");
    vec![("old.yaml", old), ("new.yaml", new)]
}
