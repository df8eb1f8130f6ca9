//! What every format writes, against expected text.

#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "helpers of tests may fail and speak like tests")]

mod annotations;
mod hostile;
mod html;
mod limits;
mod machine;
mod recorded;
mod reviews;
mod traffic;
mod world;
mod xml;

use statusquo::finding::{Severity, Summary};
use statusquo::report::{Format, Options};
use statusquo::source::{Source, SourceId};

use world::{World, finding, span_of, world};

#[test]
fn text_for_people() {
    let expected = r#"error[no-content-with-content]

  x 100% certain: a 204, by definition, has no content
    ,-[my apis/öffentlich, v1.yaml:11:11]
 10 |           description: nothing
 11 |           content: {}
    :           ^^^^^^^^
    `----
  operations: GET /a, PUT /b, POST /c and 1 more

warning[created-without-location] (https://example.com/rfc#9.3.3)

  ! POST /orders creates something and does not say where
   ,-[my apis/öffentlich, v1.yaml:7:9]
 4 |   /orders:
 5 |     post:
   :     ^^|^
   :       `-- the method
 6 |       responses:
 7 |         "201":
   :         ^^^^^
 8 |           description: Über 🙂 created
   `----
  help: declare a `Location` header holding the URI of the new resource
  related: /srv/shared.json:2:3 defined here

note[unknown-rule]

  > behind an emoji
   ,-[my apis/öffentlich, v1.yaml:8:31]
 7 |         "201":
 8 |           description: Über 🙂 created
   :                                ^^^^^^^
 9 |         "204":
   `----

note[off-by-default]

  > over the end of a line
   ,-[/srv/shared.json:2:3]
 1 | {
 2 |   "Error": {
   :   ^^^^^^^^^^
 3 |     "description": "100% wrong, always: really"
   `----

error    1  no-content-with-content
warning  1  created-without-location
note     1  off-by-default
note     1  unknown-rule

1 error, 1 warning, 2 notes in 2 files · 11 of 12 operations judged · 4 suppressed
not judged: GET /orders/{id}: an unresolved `$ref` (my apis/öffentlich, v1.yaml:4:3)
"#;
    assert_eq!(world().plain(Format::Text), expected);
}

#[test]
fn text_for_terminals() {
    let mut world = world();
    world.findings.truncate(1);
    let options = Options { color: true, hyperlinks: true, verbose: true, all: false, width: 60 };
    let text = world.write(Format::Text, &options);
    assert!(
        text.starts_with("\u{1b}]8;;https://example.com/rfc#9.3.3\u{1b}\\\u{1b}[33mwarning[created-without-location]"),
        "{text}"
    );
    for part in
        ["╭─[", "   · \u{1b}[33m        ─────\u{1b}[0m\n", "URI of the\n        new resource\n", "\u{1b}[33m1 warning\u{1b}[0m"]
    {
        assert!(text.contains(part), "{part:?} in {text}");
    }
    assert!(text.ends_with("could not be told: created-without-location at 3 places\n"), "{text}");
}

#[test]
fn a_clean_run_is_one_calm_line() {
    let summary = Summary { files: 1, operations: 3, judged: 3, ..Summary::default() };
    let world = World { sources: Vec::new(), findings: Vec::new(), rules: Vec::new(), summary, coverage: None };
    assert_eq!(world.plain(Format::Text), "no findings in 1 file · 3 of 3 operations judged\n");
    for format in [Format::Concise, Format::Jsonl, Format::Github] {
        assert_eq!(world.plain(format), "", "{format:?}");
    }
    assert_eq!(world.plain(Format::Gitlab), "[]\n");
}

/// Forty-two lines of a file, each with the same finding.
fn repeated() -> World {
    let text = (0..42).map(|number| format!("key{number}: value")).collect::<Vec<_>>().join("\n");
    let source = Source::new(SourceId(0), "a.yaml", text);
    let one = |number: u32| {
        let mut one = finding("same", Severity::Warning, span_of(&source, &format!("key{number}:")), "again");
        one.operations = vec![format!("GET /a{number}|@b")];
        one.status = Some("404".to_owned());
        one
    };
    let findings: Vec<_> = (0..42).map(one).collect();
    let summary = Summary { files: 1, warnings: 42, ..Summary::default() };
    World { sources: vec![source], findings, rules: Vec::new(), summary, coverage: None }
}

#[test]
fn what_repeats_one_cause_is_one_block() {
    let world = repeated();
    let short = world.plain(Format::Text);
    let expected = "\
warning[same]

  ! again
   ,-[a.yaml:1:1]
 1 | key0: value
   : ^^^^^
 2 | key1: value
   `----
  operation: GET /a0|@b
  41 more like this:
    a.yaml:2:1  GET /a1|@b 404
    a.yaml:3:1  GET /a2|@b 404
    a.yaml:4:1  GET /a3|@b 404
    a.yaml:5:1  GET /a4|@b 404
    a.yaml:6:1  GET /a5|@b 404
    and 36 more (--all)

warning  42  same

42 warnings in 1 file
";
    assert_eq!(short, expected);
    let long = world.write(Format::Text, &Options { all: true, ..Options::default() });
    assert_eq!(long.matches("warning[same]").count(), 42);
    assert!(!long.contains("more like this"));
    for format in [Format::Concise, Format::Jsonl] {
        assert_eq!(world.plain(format).lines().count(), 42, "{format:?}");
    }
}

#[test]
fn a_block_goes_through_files_and_keeps_severities_apart() {
    let mut world = repeated();
    world.findings.truncate(4);
    let other = Source::new(SourceId(1), "b.yaml", "x: 1\ny: 2\nz: 3\n");
    for part in ["x", "y", "z"] {
        world.findings.push(finding("same", Severity::Warning, span_of(&other, part), "again"));
    }
    world.findings.push(finding("same", Severity::Error, span_of(&other, "3"), "again, and worse"));
    world.sources.push(other);
    let text = world.plain(Format::Text);
    assert!(text.starts_with("error[same]\n\n  x again, and worse\n"), "{text}");
    let list = "  6 more like this:\n    a.yaml:2:1  GET /a1|@b 404, and 2 more in this file\n    b.yaml:1:1  again, and 2 more in this file\n\n";
    assert!(text.contains(list), "{text}");
    assert_eq!(world.plain(Format::Github).lines().count(), 3, "each file has its own");
}

#[test]
fn one_annotation_for_a_block() {
    let world = repeated();
    let expected = "::warning file=a.yaml,line=1,col=1,endLine=1,endColumn=6,title=same (42 times)::again (GET /a0|@b)%0A41 more like this:\
%0Aa.yaml:2:1 GET /a1|@b 404%0Aa.yaml:3:1 GET /a2|@b 404%0Aa.yaml:4:1 GET /a3|@b 404%0Aa.yaml:5:1 GET /a4|@b 404%0Aa.yaml:6:1 GET /a5|@b 404%0Aand 36 more (--all)\n";
    assert_eq!(world.plain(Format::Github), expected);
    let all = world.write(Format::Github, &Options { all: true, ..Options::default() });
    assert_eq!(all.lines().count(), 42);
}

#[test]
fn markdown() {
    let mut world = world();
    world.findings.truncate(2);
    world.findings[1].message = "says <b>`<img> ``@team` @all, see #1".to_owned();
    let expected = "\
### statusquo

1 error, 1 warning, 2 notes in 2 files · 11 of 12 operations judged · 4 suppressed

| | rule | findings |
|---|---|---:|
| warning | [`created-without-location`](<https://example.com/rfc#9.3.3>) | 1 |
| note | `unknown-rule` | 1 |

<details>
<summary>not judged: 1 operation</summary>

- GET /orders/{id}: an unresolved `$ref` (my apis/öffentlich, v1.yaml:4:3)

</details>

<details>
<summary>warning: <code>created-without-location</code></summary>

`my apis/öffentlich, v1.yaml:7` POST /orders creates something and does not say where

**help:** declare a `Location` header holding the URI of the new resource

**rule:** [`created-without-location`](<https://example.com/rfc#9.3.3>)

- related: `my apis/öffentlich, v1.yaml:5:5` the method
- related: `/srv/shared.json:2:3` defined here

</details>

<details>
<summary>note: <code>unknown-rule</code></summary>

`my apis/öffentlich, v1.yaml:8` says &lt;b&gt;` <img>  `&#8203;`@team` @&#8203;all, see \\#&#8203;1

**rule:** `unknown-rule`


</details>
";
    assert_eq!(world.plain(Format::Markdown), expected);
}

#[test]
fn markdown_fits_into_a_comment() {
    let mut world = repeated();
    let long = "word ".repeat(500);
    for (number, finding) in world.findings.iter_mut().enumerate() {
        // Another next step, so another block.
        finding.help = Some(format!("{long} {}", "x".repeat(number)));
    }
    let text = world.plain(Format::Markdown);
    assert!(text.len() < 65_536 && text.len() > 50_000, "{}", text.len());
    assert!(text.ends_with("further findings found no room here.\n"), "{text}");
    let all = world.write(Format::Markdown, &Options { all: true, ..Options::default() });
    assert_eq!(all.matches("<details>").count(), 42);
}

#[test]
fn concise() {
    let expected = "\
my apis/öffentlich, v1.yaml:7:9: warning: POST /orders creates something and does not say where [created-without-location]
my apis/öffentlich, v1.yaml:8:31: note: behind an emoji [unknown-rule]
my apis/öffentlich, v1.yaml:11:11: error: 100% certain: a 204, by definition, has no content [no-content-with-content]
/srv/shared.json:2:3: note: over the end of a line [off-by-default]
";
    assert_eq!(world().plain(Format::Concise), expected);
}

#[test]
fn github() {
    let expected = "\
::error file=my apis/öffentlich%2C v1.yaml,line=11,col=11,endLine=11,endColumn=19,title=no-content-with-content::100%25 certain: a 204, by definition,%0Ahas no content
::warning file=my apis/öffentlich%2C v1.yaml,line=7,col=9,endLine=7,endColumn=14,title=created-without-location::POST /orders creates something and does not say where%0Ahelp: declare a `Location` header holding the URI of the new resource
::notice file=my apis/öffentlich%2C v1.yaml,line=8,col=31,endLine=8,endColumn=38,title=unknown-rule::behind an emoji
::notice file=/srv/shared.json,line=2,endLine=3,title=off-by-default::over the end of a line
";
    assert_eq!(world().plain(Format::Github), expected);
}
