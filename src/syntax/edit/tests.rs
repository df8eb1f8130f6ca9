//! Each change in each style: what is written, and that nothing else changes.

use super::*;
use crate::source::{Source, SourceId};
use crate::syntax::{File, parse};

fn read(name: &str, text: &str) -> File {
    parse(Source::new(SourceId(0), name, text))
}

/// The node at a pointer.
fn at<'t>(file: &'t File, pointer: &str) -> Node<'t> {
    let root = file.roots().next().unwrap();
    pointer.split('/').skip(1).fold(root, |node, step| node.child(step).unwrap())
}

fn key<'t>(map: Node<'t>, name: &str) -> Node<'t> {
    map.entry(name).unwrap().key
}

/// The text after the change, which must read without faults.
fn done(file: &File, edited: Edited) -> String {
    let mut edits = match edited {
        Ok(edits) => edits,
        Err(hindrance) => return format!("{hindrance:?}"),
    };
    edits.sort();
    let text = edits.iter().rev().fold(file.source().text().to_owned(), |mut text, edit| {
        text.replace_range(edit.span.range(), &edit.text);
        text
    });
    assert!(read(file.source().name(), &text).faults().is_empty(), "{text}");
    text
}

fn added(name: &str, text: &str, pointer: &str, after: Option<&str>) -> String {
    let file = read(name, text);
    let map = at(&file, pointer);
    let header = Snippet::Map(vec![("type".to_owned(), Snippet::Text("string".to_owned()))]);
    done(&file, insert(map, after.map(|name| key(map, name)), &[("X-New".to_owned(), header)]))
}

fn removed(name: &str, text: &str, pointer: &str, names: &[&str]) -> String {
    let file = read(name, text);
    let map = at(&file, pointer);
    let keys: Vec<Node<'_>> = names.iter().map(|name| key(map, name)).collect();
    done(&file, remove(map, &keys))
}

#[test]
fn entries_are_added_in_the_style_around_them() {
    let cases = [
        ("a.yaml", "h:\n  A: 1\n", "/h", None, "h:\n  A: 1\n  X-New:\n    type: string\n"),
        ("a.yaml", "h:\n    A: 1 # why\nb: 2", "/h", None, "h:\n    A: 1 # why\n    X-New:\n        type: string\nb: 2"),
        ("a.yaml", "h:\r\n  A: 1\r\n# end\r\n", "/h", None, "h:\r\n  A: 1\r\n  X-New:\r\n    type: string\r\n# end\r\n"),
        ("a.yaml", "h:\n  A: 1", "/h", None, "h:\n  A: 1\n  X-New:\n    type: string"),
        ("a.yaml", "\u{feff}A: 1\nB: 2\n", "", Some("A"), "\u{feff}A: 1\nX-New:\n  type: string\nB: 2\n"),
        (
            "a.yaml",
            "h:\n  A: |\n    text\n\n  B: 1\n",
            "/h",
            Some("A"),
            "h:\n  A: |\n    text\n\n  X-New:\n    type: string\n  B: 1\n",
        ),
        ("a.yaml", "h:\n  A: >\n    text", "/h", None, "Layout"),
        ("a.yaml", "h:\n  A:\n  B:\n", "/h", Some("A"), "h:\n  A:\n  X-New:\n    type: string\n  B:\n"),
        ("a.yaml", "h: { A: 1 }\n", "/h", None, "h: { A: 1, X-New: { type: string } }\n"),
        ("a.yaml", "h: {A: 1, B: 2,} # why\n", "/h", None, "h: {A: 1, B: 2, X-New: { type: string },} # why\n"),
        ("a.yaml", "h: {}\n", "/h", None, "h: { X-New: { type: string } }\n"),
        ("a.yaml", "h: {\n  A: 1 # why\n}\n", "/h", None, "h: {\n  A: 1, # why\n  X-New: { type: string }\n}\n"),
        (
            "a.yaml",
            "h: {\n  A: 1, # why\n  B: 2\n}\n",
            "/h",
            Some("A"),
            "h: {\n  A: 1, # why\n  X-New: { type: string },\n  B: 2\n}\n",
        ),
        ("a.yaml", "h: {\"A\": 1}\n", "/h", None, "h: {\"A\": 1, \"X-New\": {\"type\": \"string\"}}\n"),
        ("a.yaml", "a: &a { A: 1 }\nb: { <<: *a, B: 1 }\n", "/a", None, "Merge"),
        ("a.yaml", "a: &a { A: 1 }\nb: { <<: *a, B: 1 }\n", "/b", None, "Merge"),
        ("a.yaml", "h: { x-new: 1, X-New: 2 }\n", "/h", None, "Exists"),
    ];
    check_added(&cases);
}

#[test]
fn entries_are_added_to_json_as_it_is_laid_out() {
    let cases = [
        ("a.json", "{\"h\":{\"A\":1}}", "/h", None, "{\"h\":{\"A\":1,\"X-New\":{\"type\":\"string\"}}}"),
        ("a.json", "{\"h\": {\"A\": 1}}", "/h", None, "{\"h\": {\"A\": 1, \"X-New\": {\"type\": \"string\"}}}"),
        ("a.json", "{\"h\":{}}", "/h", None, "{\"h\":{\"X-New\":{\"type\":\"string\"}}}"),
        (
            "a.json",
            "{\n  \"h\": {\n    \"A\": 1\n  }\n}\n",
            "/h",
            None,
            "{\n  \"h\": {\n    \"A\": 1,\n    \"X-New\": {\n      \"type\": \"string\"\n    }\n  }\n}\n",
        ),
        (
            "a.json",
            "{\r\n\t\"h\": {\r\n\t\t\"A\": 1,\r\n\t\t\"B\": 2\r\n\t}\r\n}",
            "/h",
            Some("A"),
            "{\r\n\t\"h\": {\r\n\t\t\"A\": 1,\r\n\t\t\"X-New\": {\r\n\t\t\t\"type\": \"string\"\r\n\t\t},\r\n\t\t\"B\": 2\r\n\t}\r\n}",
        ),
        (
            "a.json",
            "{\n\t\"h\": {},\n\t\"i\": 1\n}",
            "/h",
            None,
            "{\n\t\"h\": {\n\t\t\"X-New\": {\n\t\t\t\"type\": \"string\"\n\t\t}\n\t},\n\t\"i\": 1\n}",
        ),
    ];
    check_added(&cases);
}

fn check_added(cases: &[(&str, &str, &str, Option<&str>, &str)]) {
    for (name, text, pointer, after, expected) in cases {
        assert_eq!(added(name, text, pointer, *after), *expected, "{text}");
    }
}

#[test]
fn entries_go_and_leave_the_rest_as_it_is() {
    let cases: [(&str, &str, &str, &[&str], &str); 21] = [
        ("a.yaml", "h:\n  A: 1\n  B: 2\n", "/h", &["A"], "h:\n  B: 2\n"),
        ("a.yaml", "h:\n  A: 1\n  B: 2", "/h", &["B"], "h:\n  A: 1\n"),
        ("a.yaml", "h:\n  # of A\n  A: 1 # inner\n  # of B\n  B: 2\n", "/h", &["A"], "h:\n  # of A\n  # of B\n  B: 2\n"),
        ("a.yaml", "h:\r\n  A:\r\n    - x\r\n    - y\r\n  B: 2\r\n", "/h", &["A"], "h:\r\n  B: 2\r\n"),
        ("a.yaml", "h:\n  A: |\n    text\n  B: 2\n", "/h", &["A"], "h:\n  B: 2\n"),
        ("a.yaml", "h:\n  A: |\n    text\n  B: 2\n    # deep\n", "/h", &["B"], "Layout"),
        ("a.yaml", "h:\n  A: 1\n  B: 2\n", "/h", &["A", "B"], "h:\n  {}\n"),
        ("a.yaml", "h:\n  A: 1\n  B: 2\n  C: 3\n", "/h", &["A", "B"], "h:\n  C: 3\n"),
        ("a.yaml", "h: { A: 1, B: 2 }\n", "/h", &["A"], "h: { B: 2 }\n"),
        ("a.yaml", "h: { A: 1, B: 2 }\n", "/h", &["B"], "h: { A: 1 }\n"),
        ("a.yaml", "h: { A: 1, B: 2, C: 3 }\n", "/h", &["B", "C"], "h: { A: 1 }\n"),
        ("a.yaml", "h: {\n  A: 1, # of A\n  # of B\n  B: 2\n}\n", "/h", &["A"], "h: {\n  # of B\n  B: 2\n}\n"),
        ("a.yaml", "h: {\n  A: 1, # of A\n  B: 2\n}\n", "/h", &["B"], "h: {\n  A: 1, # of A\n}\n"),
        ("a.yaml", "h: { A: 1 }\n", "/h", &["A"], "h: {}\n"),
        ("a.yaml", "h:\n  A: &a 1\n  B: 2\nb: *a\n", "/h", &["A"], "Anchor"),
        ("a.yaml", "h:\n  A: &a 1\n  B: *a\n  C: 3\n", "/h", &["A", "B"], "Anchor"),
        ("a.yaml", "a: &a 1\nh:\n  A: *a\n  B: 2\n", "/h", &["A"], "a: &a 1\nh:\n  B: 2\n"),
        ("a.json", "{\"h\":{\"A\":1,\"B\":2}}", "/h", &["A"], "{\"h\":{\"B\":2}}"),
        ("a.json", "{\"h\":{\"A\":\"#\",\"B\":2}}", "/h", &["B"], "{\"h\":{\"A\":\"#\"}}"),
        ("a.json", "{\n  \"h\": {\n    \"A\": 1,\n    \"B\": 2\n  }\n}\n", "/h", &["B"], "{\n  \"h\": {\n    \"A\": 1\n  }\n}\n"),
        ("a.json", "{\n  \"h\": {\n    \"A\": 1,\n    \"B\": 2\n  }\n}\n", "/h", &["A"], "{\n  \"h\": {\n    \"B\": 2\n  }\n}\n"),
    ];
    for (name, text, pointer, names, expected) in cases {
        assert_eq!(removed(name, text, pointer, names), expected, "{text}");
    }
}

#[test]
fn keys_keep_their_quotation_marks() {
    let cases = [
        ("4xx: 1\n", "4XX: 1\n"),
        ("'4xx': 1\n", "'4XX': 1\n"),
        ("{\"4xx\":1}", "{\"4XX\":1}"),
        ("4xx: 1\n\"4XX\": 2\n", "Exists"),
    ];
    for (text, expected) in cases {
        let file = read("a.yaml", text);
        let map = at(&file, "");
        assert_eq!(done(&file, rename(map, key(map, "4xx"), "4XX")), expected, "{text}");
    }
}

#[test]
fn keys_get_the_quotation_marks_of_their_neighbours() {
    let cases = [
        ("200: 1 # why\n", "\"200\": 1 # why\n"),
        ("'404': 1\n200: 2\n", "'404': 1\n'200': 2\n"),
        ("{ 200: 1, \"404\": 2 }\n", "{ \"200\": 1, \"404\": 2 }\n"),
        ("? 200\n: 1\n", "? \"200\"\n: 1\n"),
    ];
    for (text, expected) in cases {
        let file = read("a.yaml", text);
        let map = at(&file, "");
        assert_eq!(done(&file, quote(map, key(map, "200"), quotation_mark(map))), expected, "{text}");
    }
}

#[test]
fn broken_files_are_left_alone() {
    let file = read("a.yaml", "h: { A: 1 }\nb: \"x\n");
    assert_eq!(done(&file, insert(at(&file, "/h"), None, &[("B".to_owned(), Snippet::Word("1".to_owned()))])), "Damage");
}
