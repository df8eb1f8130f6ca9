//! What every format writes, against expected text.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail like tests")]

mod limits;
mod machine;
mod world;

use statusquo::finding::{Severity, Summary};
use statusquo::report::{Format, Options};
use statusquo::source::{Source, SourceId};

use world::{World, finding, span_of, world};

#[test]
fn text_for_people() {
    let expected = r#"warning[created-without-location] (https://example.com/rfc#9.3.3)

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

error[no-content-with-content]

  x 100% certain: a 204, by definition, has no content
    ,-[my apis/öffentlich, v1.yaml:11:11]
 10 |           description: nothing
 11 |           content: {}
    :           ^^^^^^^^
    `----
  operations: GET /a, PUT /b, POST /c and 1 more

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
    let world = World { sources: Vec::new(), findings: Vec::new(), rules: Vec::new(), summary };
    assert_eq!(world.plain(Format::Text), "no findings in 1 file · 3 of 3 operations judged\n");
    for format in [Format::Concise, Format::Jsonl, Format::Github] {
        assert_eq!(world.plain(format), "", "{format:?}");
    }
}

#[test]
fn three_instances_of_a_rule_are_enough() {
    let text = (0..42).map(|number| format!("key{number}: value")).collect::<Vec<_>>().join("\n");
    let source = Source::new(SourceId(0), "a.yaml", text);
    let one = |number: u32| finding("same", Severity::Warning, span_of(&source, &format!("key{number}:")), "again");
    let findings: Vec<_> = (0..42).map(one).collect();
    let summary = Summary { files: 1, warnings: 42, ..Summary::default() };
    let world = World { sources: vec![source], findings, rules: Vec::new(), summary };
    let short = world.plain(Format::Text);
    assert_eq!(short.matches("warning[same]").count(), 3);
    assert!(
        short.contains("   `----\n\nand 39 more like this (--all)\n\nwarning  42  same\n\n42 warnings in 1 file\n"),
        "{short}"
    );
    let long = world.write(Format::Text, &Options { all: true, ..Options::default() });
    assert_eq!(long.matches("warning[same]").count(), 42);
    assert!(!long.contains("more like this"));
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
::warning file=my apis/öffentlich%2C v1.yaml,line=7,col=9,endLine=7,endColumn=14,title=created-without-location::POST /orders creates something and does not say where%0Ahelp: declare a `Location` header holding the URI of the new resource
::notice file=my apis/öffentlich%2C v1.yaml,line=8,col=31,endLine=8,endColumn=38,title=unknown-rule::behind an emoji
::error file=my apis/öffentlich%2C v1.yaml,line=11,col=11,endLine=11,endColumn=19,title=no-content-with-content::100%25 certain: a 204, by definition,%0Ahas no content
::notice file=/srv/shared.json,line=2,endLine=3,title=off-by-default::over the end of a line
";
    assert_eq!(world().plain(Format::Github), expected);
}
