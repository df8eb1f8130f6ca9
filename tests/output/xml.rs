//! The XML of `JUnit` and of Checkstyle.
//!
//! `schemas/junit-10.xsd` is that of the xUnit plugin of Jenkins (MIT), as the source package of `pytest` on `PyPI` carries
//! it. What it requires of what we write is asserted by hand, and by `xmllint` where there is one; in CI there is.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::{Command, Stdio};

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use statusquo::finding::{Severity, Summary};
use statusquo::report::Format;
use statusquo::source::{Source, SourceId};

use crate::hostile::{NAME, WORDS, hostile};
use crate::recorded::traffic;
use crate::world::{World, finding, span_of, world};

const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/output/schemas/junit-10.xsd");

#[test]
fn junit() {
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="statusquo" tests="5" failures="2" errors="0">
  <testsuite name="my apis/öffentlich, v1.yaml" tests="4" failures="2" errors="0" skipped="2" time="0">
    <testcase classname="statusquo.created-without-location" name="my apis/öffentlich, v1.yaml: POST /orders creates something and does not say where" time="0">
      <failure type="warning" message="POST /orders creates something and does not say where">my apis/öffentlich, v1.yaml:7:9
POST /orders creates something and does not say where
help: declare a `Location` header holding the URI of the new resource
related: my apis/öffentlich, v1.yaml:5:5 the method
related: /srv/shared.json:2:3 defined here
https://example.com/rfc#9.3.3</failure>
    </testcase>
    <testcase classname="statusquo.unknown-rule" name="my apis/öffentlich, v1.yaml: behind an emoji" time="0">
      <skipped message="behind an emoji">my apis/öffentlich, v1.yaml:8:31
behind an emoji</skipped>
    </testcase>
    <testcase classname="statusquo.no-content-with-content" name="my apis/öffentlich, v1.yaml: 100% certain: a 204, by definition, has no content" time="0">
      <failure type="error" message="100% certain: a 204, by definition, has no content">my apis/öffentlich, v1.yaml:11:11
100% certain: a 204, by definition, has no content
operations: GET /a, PUT /b, POST /c, DELETE /d/{id}</failure>
    </testcase>
    <testcase classname="statusquo.not-judged" name="my apis/öffentlich, v1.yaml: GET /orders/{id}" time="0">
      <skipped message="not judged: an unresolved `$ref`">GET /orders/{id}: an unresolved `$ref` (my apis/öffentlich, v1.yaml:4:3)</skipped>
    </testcase>
  </testsuite>
  <testsuite name="/srv/shared.json" tests="1" failures="0" errors="0" skipped="1" time="0">
    <testcase classname="statusquo.off-by-default" name="/srv/shared.json: over the end of a line" time="0">
      <skipped message="over the end of a line">/srv/shared.json:2:3
over the end of a line</skipped>
    </testcase>
  </testsuite>
</testsuites>
"#;
    assert_eq!(world().plain(Format::Junit), expected);
}

#[test]
fn a_clean_file_is_a_test_that_passes() {
    let mut world = world();
    world.findings.clear();
    world.summary.unjudged.clear();
    let text = world.plain(Format::Junit);
    assert!(text.contains("<testsuites name=\"statusquo\" tests=\"2\" failures=\"0\" errors=\"0\">"), "{text}");
    assert!(text.contains("<testcase classname=\"statusquo\" name=\"/srv/shared.json: no findings\" time=\"0\"/>"), "{text}");
    world.sources.clear();
    let text = world.plain(Format::Junit);
    assert!(text.contains("tests=\"1\"") && text.contains("name=\"statusquo: no findings\""), "{text}");
}

#[test]
fn junit_about_an_interrupted_run_has_a_skipped_test() {
    let mut world = traffic();
    assert!(!world.plain(Format::Junit).contains("interrupted"));
    world.summary.traffic.as_mut().unwrap().is_interrupted = true;
    assert!(world.plain(Format::Junit).contains("<skipped message=\"interrupted before the end of the recordings\">"));
}

/// Servers know a test by class and name.
#[test]
fn junit_names_are_unique_and_hold_no_lines() {
    let source = Source::new(SourceId(0), "a.yaml", "a: 1\nb: 2\nc: 3\n");
    let findings = ["a", "b", "c"].map(|part| finding("same", Severity::Error, span_of(&source, part), "again")).to_vec();
    let world = World { sources: vec![source], findings, rules: Vec::new(), summary: Summary::default(), coverage: None };
    let text = world.plain(Format::Junit);
    for name in ["a.yaml: again", "a.yaml: again (2)", "a.yaml: again (3)"] {
        assert_eq!(text.matches(&format!(" name=\"{name}\" ")).count(), 1, "{text}");
    }
}

#[test]
fn junit_requirements() {
    for world in [world(), traffic(), hostile()] {
        let text = world.plain(Format::Junit);
        let root = parse(&text);
        assert_eq!(root.name, "testsuites");
        require(&root);
        let cases = |verdict: &str| {
            count(&root, &|element| element.name == "testcase" && element.children.iter().any(|child| child.name == verdict))
        };
        let all = count(&root, &|element| element.name == "testcase");
        assert_eq!((root.number("tests"), root.number("failures")), (all, cases("failure")));
        let sum = |name: &str| root.children.iter().map(|suite| suite.number(name)).sum::<usize>();
        assert_eq!([sum("tests"), sum("failures"), sum("skipped")], [all, cases("failure"), cases("skipped")]);
        let names = root.children.iter().flat_map(|suite| &suite.children);
        let names: BTreeSet<_> = names.map(|case| (&case.attributes["classname"], &case.attributes["name"])).collect();
        assert_eq!(names.len(), all);
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "asks another program")]
fn junit_is_valid() {
    if Command::new("xmllint").arg("--version").stderr(Stdio::null()).status().is_err() {
        let may_be_skipped = std::env::var_os("CI").is_none() || !cfg!(target_os = "linux");
        assert!(may_be_skipped, "CI has `xmllint`, which `.ci/run` installs");
        println!("skipped: there is no `xmllint`");
        return;
    }
    let mut empty = world();
    empty.findings.clear();
    for world in [world(), traffic(), hostile(), empty] {
        let mut lint = Command::new("xmllint");
        lint.args(["--noout", "--nonet", "--schema", SCHEMA, "-"]).stdin(Stdio::piped()).stderr(Stdio::piped());
        let mut lint = lint.spawn().unwrap();
        lint.stdin.take().unwrap().write_all(world.plain(Format::Junit).as_bytes()).unwrap();
        let output = lint.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn checkstyle() {
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<checkstyle version="4.3">
  <file name="my apis/öffentlich, v1.yaml">
    <error line="7" column="9" severity="warning" message="POST /orders creates something and does not say where; help: declare a `Location` header holding the URI of the new resource" source="statusquo.created-without-location"/>
    <error line="8" column="31" severity="info" message="behind an emoji" source="statusquo.unknown-rule"/>
    <error line="11" column="11" severity="error" message="100% certain: a 204, by definition, has no content" source="statusquo.no-content-with-content"/>
  </file>
  <file name="/srv/shared.json">
    <error line="2" column="3" severity="info" message="over the end of a line" source="statusquo.off-by-default"/>
  </file>
</checkstyle>
"#;
    assert_eq!(world().plain(Format::Checkstyle), expected);
    let recorded = traffic().plain(Format::Checkstyle);
    assert!(
        recorded.contains("  <file name=\"run.har\">\n    <error line=\"1\" severity=\"warning\" message=\"POST /refunds"),
        "{recorded}"
    );
}

/// A reader gets back the words themselves, but for what XML cannot hold and what turns directions.
#[test]
fn hostile_words_stay_words() {
    for format in [Format::Junit, Format::Checkstyle] {
        let text = hostile().plain(format);
        assert!(!text.contains(is_refused), "{format:?}");
        let root = parse(&text);
        let file = root.children.iter().find(|child| child.attributes["name"] == NAME);
        assert!(file.is_some(), "{format:?}: {text}");
        let shown = count(&root, &|element| {
            element.attributes.get("message").is_some_and(|message| message.contains("]]> </script></style>"))
        });
        assert!(shown >= 6, "{format:?}: {text}");
    }
    let table = parse(&hostile().plain(Format::Checkstyle));
    let message = &table.children[0].children[0].attributes["message"];
    let expected = "]]> </script></style><script>alert(1)</script> \"'>&amp; ????[2J????";
    assert!(message.starts_with(expected) && WORDS.starts_with(&expected[..55]), "{message:?}");
}

fn is_refused(letter: char) -> bool {
    let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}');
    turns || letter.is_control() && letter != '\n'
}

struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Element>,
}

impl Element {
    fn of(start: &BytesStart<'_>) -> Element {
        let pair = |attribute: quick_xml::events::attributes::Attribute<'_>| {
            let value = attribute.value.to_string();
            assert!(!value.contains(['<', '\n', '\t']), "{value}");
            (attribute.key.as_ref().to_owned(), unescape(&value).unwrap().into_owned())
        };
        Element {
            name: start.name().as_ref().to_owned(),
            attributes: start.attributes().map(|attribute| pair(attribute.unwrap())).collect(),
            children: Vec::new(),
        }
    }

    fn number(&self, name: &str) -> usize {
        self.attributes[name].parse().unwrap()
    }
}

/// The root element of a well-formed document.
fn parse(text: &str) -> Element {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element { name: String::new(), attributes: BTreeMap::new(), children: Vec::new() }];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(Element::of(&start)),
            Event::Empty(start) => open.last_mut().unwrap().children.push(Element::of(&start)),
            Event::End(_) => {
                let closed = open.pop().unwrap();
                open.last_mut().unwrap().children.push(closed);
            }
            Event::Text(text) => assert!(!text.contains("]]>")),
            Event::Eof => break,
            Event::Decl(_) | Event::GeneralRef(_) => {}
            other => panic!("{other:?}"),
        }
    }
    let mut document = open.pop().unwrap();
    assert!(open.is_empty() && document.children.len() == 1);
    document.children.remove(0)
}

fn count(element: &Element, is: &dyn Fn(&Element) -> bool) -> usize {
    usize::from(is(element)) + element.children.iter().map(|child| count(child, is)).sum::<usize>()
}

/// What the schema requires of the elements that we write: attributes that must be there, that may be, and what stands inside.
fn require(element: &Element) {
    let (must, may, inside): (&[&str], &[&str], &[&str]) = match element.name.as_str() {
        "testsuites" => (&[], &["name", "time", "tests", "failures", "errors"], &["testsuite"]),
        "testsuite" => (&["name", "tests", "failures", "errors"], &["time", "skipped"], &["testcase"]),
        "testcase" => (&["name"], &["time", "classname"], &["failure", "skipped"]),
        "failure" | "skipped" => (&[], &["type", "message"], &[]),
        other => panic!("the schema knows no `{other}`"),
    };
    assert!(must.iter().all(|name| element.attributes.contains_key(*name)), "{}", element.name);
    assert!(
        element.attributes.keys().all(|name| must.contains(&name.as_str()) || may.contains(&name.as_str())),
        "{}",
        element.name
    );
    for child in &element.children {
        assert!(inside.contains(&child.name.as_str()), "{} in {}", child.name, element.name);
        require(child);
    }
}
