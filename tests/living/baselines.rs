//! `--baseline`, `--write-baseline`, `--prune`.

use std::fs;
use std::process::Stdio;

use tempfile::TempDir;

use super::binary::{command, folder, said};

/// Three operations with four findings in two files, two of which nothing but their place tells apart.
const API: &str = "\
openapi: 3.1.0
info: { title: a, version: '1' }
paths:
  /orders:
    post:
      responses:
        '201': { description: Created }
        '404': { $ref: errors.yaml#/NotFound }
        '405': { $ref: errors.yaml#/NotAllowed }
        default: { description: Problem }
  /items:
    post:
      responses:
        '201': { description: Created }
        '405': { $ref: errors.yaml#/NotAllowed }
        default: { description: Problem }
    get:
      parameters:
        - { $ref: '#/components/parameters/Lost' }
        - { $ref: '#/components/parameters/Lost' }
      responses:
        '200': { description: OK, content: { text/plain: {} } }
        default: { description: Problem }
";

const ERRORS: &str = "NotFound:\n  description: Not Found\nNotAllowed:\n  description: Method Not Allowed\n";

const WRITE: [&str; 3] = ["--baseline", "old.yaml", "--write-baseline"];
const READ: [&str; 2] = ["--baseline", "old.yaml"];

/// A folder in which runs follow each other.
struct World(TempDir);

impl World {
    fn new() -> World {
        World(folder(&[("a.yaml", API), ("errors.yaml", ERRORS)]))
    }

    fn lint(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let all = [&["lint", "--format", "concise"], arguments].concat();
        said(&command(&self.0, &all).stdin(Stdio::null()).output().unwrap())
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).unwrap();
    }

    /// A world with a baseline of everything, and then another description.
    fn grown(text: &str) -> World {
        let world = World::new();
        assert_eq!(world.lint(&WRITE).0, Some(0));
        world.write("a.yaml", text);
        world
    }
}

#[test]
fn a_baseline_is_written_and_read() {
    let world = World::new();
    let (code, out, _) = world.lint(&[]);
    let count = out.lines().count();
    assert!(code == Some(1) && count > 4, "{out}");
    let (code, out, err) = world.lint(&WRITE);
    assert_eq!((code, out.as_str()), (Some(0), ""));
    assert_eq!(err, format!("note: wrote {count} entries into the baseline `old.yaml`\n"));
    let text = world.read("old.yaml");
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("  - ")).collect();
    assert_eq!(lines.len(), count, "{text}");
    assert!(lines.is_sorted(), "{text}");
    let line = lines.iter().find(|line| line.contains("created-without-location")).unwrap();
    let begin =
        r#"  - { file: "a.yaml", rule: "created-without-location", operation: "POST /items", message: "the 201 of POST /items"#;
    assert!(line.starts_with(begin) && line.contains("fingerprint: \""), "{line}");
    assert_eq!(world.lint(&READ), (Some(0), String::new(), String::new()));
    let (_, json, _) = world.lint(&["--baseline", "old.yaml", "--format", "json=report.json"]);
    assert!(json.is_empty() && world.read("report.json").contains(&format!("\"suppressed\": {count}")));
    // It is the same from anywhere, with any number of threads, in any order, and read from the configuration.
    for arguments in [&["--jobs", "8", "errors.yaml", "a.yaml"][..], &["--jobs", "1", "."], &["a.yaml"]] {
        let all = [&["--baseline", "other.yaml", "--write-baseline"], arguments].concat();
        world.lint(&all);
        assert_eq!(world.read("other.yaml"), text, "{arguments:?}");
    }
    world.lint(&["--baseline", "old.json", "--write-baseline"]);
    assert_eq!(world.lint(&["--baseline", "old.json"]).0, Some(0));
    world.write("statusquo.yaml", "baseline: old.yaml\n");
    assert_eq!(world.lint(&[]), (Some(0), String::new(), String::new()));
    assert_eq!(world.lint(&["--no-config"]).0, Some(1));
}

#[test]
fn unrelated_edits_leave_findings_known() {
    let reordered = {
        let (head, paths) = API.split_once("paths:\n").unwrap();
        let (orders, items) = paths.split_once("  /items:").unwrap();
        format!("{head}paths:\n  /items:{items}{orders}")
    };
    let edits = [
        format!("# a word\n\n{API}"),
        API.replace('\n', "\r\n"),
        API.replace("title: a", "title: another"),
        API.replace("  /items:", "  /new:\n    get:\n      responses:\n        '200': { description: OK, content: { text/plain: {} } }\n        default: { description: Problem }\n  /items:"),
        API.replace("      parameters:\n", "      parameters:\n        - { name: first, in: query, schema: { type: string } }\n"),
        API.replace("'201': { description: Created }", "\"201\":\n          description: Created\n          x-word: 1"),
        reordered,
    ];
    for text in edits {
        let world = World::grown(&text);
        let (code, out, err) = world.lint(&READ);
        assert_eq!((code, out.as_str(), err.as_str()), (Some(0), "", ""), "{text}");
    }
    let world = World::grown(API);
    world.write("errors.yaml", "# moved\nOther:\n  description: x\nNotAllowed:\n  description: Method Not Allowed\nNotFound:\n  description: Not Found\n");
    assert_eq!(world.lint(&READ), (Some(0), String::new(), String::new()));
}

#[test]
fn what_operations_share_is_known_in_any_order_of_them() {
    let content = |example: &str| {
        format!("{{ application/json: {{ schema: {{ type: object, required: [id] }}, examples: {{ one: {example} }} }} }}")
    };
    let (shared, own) = (content("{ $ref: '#/components/examples/One' }"), content("{ value: {} }"));
    let operation = |path: &str| {
        let responses =
            format!("{{ '200': {{ description: OK, content: {shared} }}, '201': {{ description: OK, content: {own} }} }}");
        format!("  {path}:\n    put:\n      responses: {responses}\n")
    };
    let (head, foot) =
        ("openapi: 3.1.0\ninfo: { title: a, version: '1' }\npaths:\n", "components:\n  examples:\n    One: { value: {} }\n");
    let all = |paths: &[&str]| format!("{head}{}{foot}", paths.iter().map(|path| operation(path)).collect::<String>());
    let world = World::new();
    world.write("a.yaml", &all(&["/a/{id}", "/b/{id}"]));
    assert_eq!(world.lint(&[&WRITE[..], &["--only", "invalid-response-example"]].concat()).0, Some(0));
    let entries = world.read("old.yaml").lines().filter(|line| line.starts_with("  - ")).count();
    assert_eq!(entries, 3, "{}", world.read("old.yaml"));
    // The name of a path parameter is no part of the path.
    for paths in [["/b/{id}", "/a/{id}"], ["/a/{key}", "/b/{key}"]] {
        world.write("a.yaml", &all(&paths));
        let said = world.lint(&[&READ[..], &["--only", "invalid-response-example"]].concat());
        assert_eq!(said, (Some(0), String::new(), String::new()), "{paths:?}");
    }
}

#[test]
fn new_findings_fail() {
    let one_more = "  /more:\n    post:\n      responses:\n        '201': { description: Created }\n        default: { description: Problem }\n  /items:";
    let world = World::grown(&API.replace("  /items:", one_more));
    let (code, out, _) = world.lint(&READ);
    assert!(code == Some(1) && out.lines().count() == 1 && out.contains("POST /more"), "{out}");
    // One more of two that are equal.
    let lost = "        - { $ref: '#/components/parameters/Lost' }\n";
    let world = World::grown(&API.replacen(lost, &lost.repeat(2), 1));
    let (code, out, _) = world.lint(&READ);
    assert!(code == Some(1) && out.lines().count() == 1 && out.contains("unresolved-reference"), "{out}");
}

#[test]
fn what_is_fixed_is_said_and_pruned() {
    let fixed = API.replacen(
        "'201': { description: Created }",
        "'201': { description: Created, headers: { Location: { schema: { type: string } } } }",
        2,
    );
    let world = World::grown(&fixed);
    let before = world.read("old.yaml");
    let (code, out, err) = world.lint(&READ);
    assert_eq!((code, out.as_str()), (Some(0), ""));
    assert_eq!(err, "note: 2 entries of the baseline `old.yaml` are fixed: `--prune` drops them\n");
    assert_eq!(world.lint(&["--baseline", "old.yaml", "--quiet"]).2, "");
    assert_eq!(world.read("old.yaml"), before);
    let left = before.lines().filter(|line| !line.contains("created-without-location")).collect::<Vec<_>>();
    let (code, _, err) = world.lint(&["--baseline", "old.yaml", "--prune"]);
    let count = left.iter().filter(|line| line.starts_with("  - ")).count();
    assert_eq!((code, err), (Some(0), format!("note: dropped 2 entries from the baseline `old.yaml`, {count} left\n")));
    assert_eq!(world.read("old.yaml").lines().collect::<Vec<_>>(), left);
    let (_, _, err) = world.lint(&["--baseline", "old.yaml", "--prune"]);
    assert_eq!(err, "note: nothing in the baseline `old.yaml` is known to be fixed\n");
    fs::remove_file(world.0.path().join("a.yaml")).unwrap();
    world.write("b.yaml", "openapi: 3.1.0\ninfo: { title: b, version: '1' }\npaths: {}\n");
    let (_, _, err) = world.lint(&READ);
    assert!(err.contains("are fixed"), "{err}");
}

#[test]
fn what_this_run_cannot_know_stays() {
    let fixed =
        API.replace("'201': { description: Created }", "'202': { description: Later }").replace("/orders:", "/orders: # x");
    let world = World::grown(&fixed);
    let before = world.read("old.yaml");
    let nothing = "note: nothing in the baseline `old.yaml` is known to be fixed\n";
    let prune = |arguments: &[&str]| world.lint(&[&["--baseline", "old.yaml", "--prune"], arguments].concat()).2;
    assert_eq!(prune(&["--only", "found-redirect"]), nothing);
    assert_eq!(prune(&["--rule", "created-without-location=off"]), nothing);
    world.write("a.yaml", &format!("{fixed}x: \"\n"));
    assert_eq!(prune(&[]), nothing);
    world.write("a.yaml", API);
    world.write("errors.yaml", &ERRORS.replace("Allowed\n", "Allowed\n  headers: { Allow: { schema: { type: string } } }\n"));
    assert_eq!(prune(&["a.yaml"]), nothing, "another description may use it");
    assert_eq!(world.read("old.yaml"), before);
    // What names no file was seen in recorded traffic.
    let observed = "  - { rule: \"created-without-location\", message: \"x\", fingerprint: \"1\" }\n";
    world.write("seen.yaml", &format!("version: 1\nfindings:\n{observed}"));
    let said = world.lint(&["--baseline", "seen.yaml", "--prune"]).2;
    assert!(said.contains("is known to be fixed") && world.read("seen.yaml").ends_with(observed), "{said}");
    // Writing with another description alone keeps what is known of this one.
    world.write("errors.yaml", ERRORS);
    world.write("b.yaml", &API.replace("/orders", "/b"));
    world.lint(&["b.yaml", "--baseline", "old.yaml", "--write-baseline"]);
    assert_eq!(world.lint(&READ).0, Some(0));
    assert!(before.lines().all(|line| world.read("old.yaml").lines().any(|other| other == line)));
}

#[test]
fn a_baseline_that_cannot_be_used_ends_with_two() {
    let world = World::new();
    let cases: [(&[&str], &str); 4] = [
        (&["--baseline", "gone.yaml"], "cannot read `gone.yaml`: there is no such file"),
        (&["--write-baseline"], "`--write-baseline` needs to know the file of the baseline"),
        (&["--prune"], "`--prune` needs to know the file of the baseline"),
        (&["--baseline", "old.yaml", "--prune", "--write-baseline"], "cannot be used with"),
    ];
    for (arguments, expected) in cases {
        let (code, out, err) = world.lint(arguments);
        assert!(code == Some(2) && out.is_empty() && err.contains(expected), "{arguments:?} {out}{err}");
    }
    world.write("old.yaml", "version: 1\nfindings:\n  - { file: a.yaml, rul: x, fingerprint: y }\n");
    let (code, out, err) = world.lint(&READ);
    assert!(
        code == Some(2) && out.is_empty() && err.contains(" --> old.yaml:3:21") && err.contains("did you mean `rule`?"),
        "{err}"
    );
}

#[test]
fn what_is_left_after_fixing_goes_into_a_baseline_that_is_not_there_yet() {
    let world = World::new();
    let (code, _, err) = world.lint(&[&["--fix"][..], &WRITE].concat());
    assert!(code == Some(0) && err.contains("into the baseline `old.yaml`"), "{err}");
    assert_eq!(world.lint(&READ).0, Some(0));
}
