use crate::syntax::testing::{dump, faults, file};

/// A text, what is read from it, what is said about it, and which bytes are in doubt.
type Case = (&'static str, &'static str, &'static [&'static str], &'static [(u32, u32)]);

const CASES: &[Case] = &[
    (
        "{\"a\": 1, \"b\": [true, false, null, -1.5e3, \"x\"], \"c\": {}}",
        "{\"a\"=1 \"b\"=[true false null -1.5e3 \"x\"] \"c\"={}}",
        &[],
        &[],
    ),
    ("", "", &["1:1-1:1 there is no JSON in this file"], &[(0, 0)]),
    ("  ", "", &["1:1-1:3 there is no JSON in this file"], &[(0, 2)]),
    ("[1,]", "[1]", &["1:3-1:4 there is nothing behind this comma"], &[]),
    ("{\"a\":1,}", "{\"a\"=1}", &["1:7-1:8 there is nothing behind this comma"], &[]),
    ("[1,,2]", "[1 2]", &["1:4-1:5 a value is missing before this comma"], &[]),
    ("[,1]", "[1]", &["1:2-1:3 a value is missing before this comma"], &[]),
    ("{,}", "{}", &["1:2-1:3 there is nothing before this comma"], &[]),
    ("[1 2]", "[1 2]", &["1:4-1:5 a comma is missing before this"], &[]),
    ("{\"a\":1 \"b\":2}", "{\"a\"=1 \"b\"=2}", &["1:8-1:9 a comma is missing before this"], &[]),
    ("{\"a\" 1}", "{\"a\"=1}", &["1:2-1:5 a `:` is missing behind the key `\"a\"`"], &[]),
    ("{\"a\"}", "{\"a\"=~}", &["1:2-1:5 the key `\"a\"` has no value"], &[(4, 4)]),
    ("{\"a\":}", "{\"a\"=~}", &["1:2-1:5 the key `\"a\"` has no value"], &[(5, 5)]),
    ("{\"a\":,\"b\":1}", "{\"a\"=~ \"b\"=1}", &["1:2-1:5 the key `\"a\"` has no value"], &[(5, 5)]),
    (
        "{'a': 'b\\n'}",
        "{'a'='b\n'}",
        &["1:2-1:5 this string is in single quotes", "1:7-1:12 this string is in single quotes"],
        &[],
    ),
    ("{a: b}", "{a=b}", &["1:2-1:3 the key `a` stands here without quotes", "1:5-1:6 `b` stands here without quotes"], &[(4, 5)]),
    (
        "{a: 1, b-c: 2}",
        "{a=1 b-c=2}",
        &["1:2-1:3 the key `a` stands here without quotes", "1:8-1:11 the key `b-c` stands here without quotes"],
        &[],
    ),
    ("// c\n{\"a\": 1 /* x */, # y\n\"b\":2}", "{\"a\"=1 \"b\"=2}", &["1:1-1:5 JSON has no comments"], &[]),
    (
        "[\"\\q\", \"\\u12\", \"a\tb\", \"\\x41\"]",
        "[\"q\" \"�\" \"a\tb\" \"x41\"]",
        &[
            "1:3-1:5 `\\q` is no escape of JSON",
            "1:9-1:13 `\\u12` has 2 hexadecimal digits, not four",
            "1:18-1:19 a tab stands in a string as it is",
            "1:24-1:26 `\\x` is no escape of JSON",
        ],
        &[],
    ),
    (
        "[01, +1, .5, 1., NaN, True, 0x1F, -Infinity, None, 1e, - 1, yes]",
        "[01 +1 .5 1. NaN True 0x1F -Infinity None 1e - 1 yes]",
        &[
            "1:2-1:4 `01` is no number of JSON",
            "1:6-1:8 `+1` is no number of JSON",
            "1:10-1:12 `.5` is no number of JSON",
            "1:14-1:16 `1.` is no number of JSON",
            "1:18-1:21 `NaN` is no number of JSON",
            "1:23-1:27 `True` is no word of JSON",
            "1:29-1:33 `0x1F` is no number of JSON",
            "1:35-1:44 `-Infinity` is no number of JSON",
            "1:46-1:50 `None` is no word of JSON",
            "1:52-1:54 `1e` is no number of JSON",
            "1:56-1:59 `- 1` stands here without quotes",
            "1:61-1:64 `yes` stands here without quotes",
        ],
        &[(55, 58), (60, 63)],
    ),
    (
        "{\"a\": hello world, \"b\": 1}",
        "{\"a\"=hello world \"b\"=1}",
        &["1:7-1:18 `hello world` stands here without quotes"],
        &[(6, 17)],
    ),
    ("{} x", "{}", &["1:4-1:5 the JSON value is complete before this"], &[(3, 4)]),
    ("{}{}", "{}", &["1:3-1:4 a second JSON value starts here"], &[(2, 4)]),
    ("{}]", "{}", &["1:3-1:4 this bracket closes nothing: the JSON value is complete before it"], &[(2, 3)]),
    ("[1", "[1]", &["1:1-1:2 this `[` is never closed: the file ends in line 1 with 1 open"], &[(0, 2)]),
    ("{\"a\": [1, 2", "{\"a\"=[1 2]}", &["1:7-1:8 this `[` is never closed: the file ends in line 1 with 2 open"], &[(6, 11)]),
    ("{\"a\":", "{\"a\"=~}", &["1:1-1:2 this `{` is never closed: the file ends in line 1 with 1 open"], &[(0, 5)]),
    ("{\"a\"", "{\"a\"=~}", &["1:1-1:2 this `{` is never closed: the file ends in line 1 with 1 open"], &[(0, 4)]),
    ("{\"a\": 1,", "{\"a\"=1}", &["1:1-1:2 this `{` is never closed: the file ends in line 1 with 1 open"], &[(0, 8)]),
    (
        "{\"a\": [1}, \"b\": 2}",
        "{\"a\"=[1]}",
        &["1:7-1:8 this `[` is not closed before the `}` that ends what is around it"],
        &[(6, 8), (9, 18)],
    ),
    ("[1}", "[1]", &["1:3-1:4 a `}` stands here, but what it closes was opened with `[`"], &[(2, 3)]),
    (
        "{\"a\": {\"b\": [1 } , \"c\": 2}",
        "{\"a\"={\"b\"=[1]} \"c\"=2}",
        &["1:13-1:14 this `[` is not closed before the `}` that ends what is around it"],
        &[(12, 15)],
    ),
    (
        "{\n  \"a\": [\n    1\n  }\n}",
        "{\"a\"=[1]}",
        &["4:3-4:4 a `}` stands here, but what it closes was opened with `[`"],
        &[(19, 20)],
    ),
    (
        "{\n  \"a\": {\n    \"b\": [1\n  },\n  \"c\": 2\n}",
        "{\"a\"={\"b\"=[1]} \"c\"=2}",
        &["3:10-3:11 this `[` is not closed before the `}` that ends what is around it"],
        &[(20, 25)],
    ),
    (
        "{\n  \"a\": {\n    \"b\": 1,\n  \"c\": {\n    \"d\": 1\n  }\n}\n",
        "{\"a\"={\"b\"=1 \"c\"={\"d\"=1}}}",
        &["2:8-2:9 this `{` is never closed: the file ends in line 8 with 1 open"],
        &[(9, 49)],
    ),
    (
        "{\n  \"a\": \"text,\n  \"b\": 1\n}",
        "{\"a\"=\"text\" \"b\"=1}",
        &["2:8-2:13 this string is not closed on its line"],
        &[(9, 14)],
    ),
    (
        "{\n  \"a\": \"one\n two\",\n  \"b\": 1\n}",
        "{\"a\"=\"one\n two\" \"b\"=1}",
        &["2:12-3:1 a line break stands in a string as it is"],
        &[],
    ),
    ("[\"abc", "[\"abc\"]", &["1:2-1:6 this string is not closed on its line"], &[(1, 5), (0, 5)]),
    ("[\"a\": 1]", "[\"a\" 1]", &["1:5-1:6 a `:` stands in a list"], &[(4, 5)]),
    ("{\"a\": 1: 2}", "{\"a\"=1 ~=2}", &["1:8-1:9 this value is followed by a second `:`"], &[(7, 7)]),
    (
        "{\"a\" = 1; \"b\" => 2}",
        "{\"a\"=1 \"b\"=2}",
        &[
            "1:6-1:7 a `:` belongs between a key and its value",
            "1:9-1:10 entries are separated by a comma, not by a `;`",
            "1:15-1:17 a `:` belongs between a key and its value",
        ],
        &[],
    ),
    (
        "[1e, - 1, 2024-01-01]",
        "[1e - 1 2024-01-01]",
        &[
            "1:2-1:4 `1e` is no number of JSON",
            "1:6-1:9 `- 1` stands here without quotes",
            "1:11-1:21 `2024-01-01` is no number of JSON",
        ],
        &[(5, 8)],
    ),
    (
        "{a",
        "{a=~}",
        &[
            "1:1-1:2 this `{` is never closed: the file ends in line 1 with 1 open",
            "1:2-1:3 the key `a` stands here without quotes",
        ],
        &[(0, 2)],
    ),
    ("[1", "[1]", &["1:1-1:2 this `[` is never closed: the file ends in line 1 with 1 open"], &[(0, 2)]),
    (
        "{\"a\": {\"b\": 1}",
        "{\"a\"={\"b\"=1}}",
        &["1:1-1:2 this `{` is never closed: the file ends in line 1 with 1 open"],
        &[(0, 14)],
    ),
    ("[/x]", "[/x]", &["1:2-1:4 `/x` stands here without quotes"], &[(1, 3)]),
    ("[1 // c\n, 2]", "[1 2]", &["1:4-1:8 JSON has no comments"], &[]),
    (
        "{\"a\"}\n}",
        "{\"a\"=~}",
        &["1:2-1:5 the key `\"a\"` has no value", "2:1-2:2 this bracket closes nothing: the JSON value is complete before it"],
        &[(4, 4), (6, 7)],
    ),
    ("[1]]", "[1]", &["1:4-1:5 this bracket closes nothing: the JSON value is complete before it"], &[(3, 4)]),
    (
        "[\u{1}\"\u{1}\"]",
        "[\u{1} \"\u{1}\"]",
        &[
            "1:2-1:3 `�` stands here without quotes",
            "1:3-1:4 a comma is missing before this",
            "1:4-1:5 the control character U+0001 stands in a string as it is",
        ],
        &[(1, 2)],
    ),
    (
        "{\"a\": \"b, \"c\": 1}",
        "{\"a\"=\"b, \" c=\": 1}\"}",
        &["1:12-1:13 a comma is missing before this", "1:13-1:18 this string is not closed on its line"],
        &[(12, 17), (0, 17)],
    ),
    ("{1: 2}", "{1=2}", &["1:2-1:3 the key `1` stands here without quotes"], &[]),
    ("{:1}", "{~=1}", &["1:2-1:3 a key is missing before this `:`"], &[(1, 1)]),
    ("{\"a\":1, {\"b\": 2}}", "{\"a\"=1 ~={\"b\"=2}}", &["1:9-1:10 a key is missing before this `{`"], &[(8, 8)]),
    ("openapi: 3.0.0\ninfo: x\n", "", &["1:1-1:8 this is no JSON: it starts with `openapi`"], &[(0, 23)]),
    ("- a\n", "", &["1:1-1:2 this is no JSON: it starts with `-`"], &[(0, 4)]),
    ("<html>", "", &["1:1-1:7 this is no JSON: it starts with `<html>`"], &[(0, 6)]),
    ("nul", "", &["1:1-1:4 this is no JSON: it starts with `nul`"], &[(0, 3)]),
    ("\"\\ud800\"", "\"�\"", &[], &[]),
    ("[\"x\"\n\"y\"]", "[\"x\" \"y\"]", &["2:1-2:2 a comma is missing before this"], &[]),
    ("[(1)]", "[(1)]", &["1:2-1:5 `(1)` stands here without quotes"], &[(1, 4)]),
    ("]", "", &["1:1-1:2 `]` stands here before any value"], &[(0, 1)]),
    (",", "", &["1:1-1:2 `,` stands here before any value"], &[(0, 1)]),
    ("{\"a\": 'it\n}", "{\"a\"='it}", &["1:7-1:10 `'it` stands here without quotes"], &[(6, 9)]),
    ("{\"a\": “x”}", "{\"a\"=“x”}", &["1:7-1:10 `“x”` stands here without quotes"], &[(6, 13)]),
    ("[1]\0", "[1]", &["1:4-1:5 the JSON value is complete before this"], &[(3, 4)]),
    ("\u{feff}[1]", "[1]", &[], &[]),
    ("\u{feff}", "", &["1:1-1:1 there is no JSON in this file"], &[(0, 3)]),
    ("{\"a\": @, \"b\": 1}", "{\"a\"=@ \"b\"=1}", &["1:7-1:8 `@` stands here without quotes"], &[(6, 7)]),
    ("{\"a\": \"b\" \"c\": 1}", "{\"a\"=\"b\" \"c\"=1}", &["1:11-1:12 a comma is missing before this"], &[]),
    ("[1, 2}, 3", "[1 2]", &["1:6-1:7 a `}` stands here, but what it closes was opened with `[`"], &[(5, 6), (6, 9)]),
    ("{\"a\":1}}", "{\"a\"=1}", &["1:8-1:9 this bracket closes nothing: the JSON value is complete before it"], &[(7, 8)]),
    ("{\"a\":tru}", "{\"a\"=tru}", &["1:6-1:9 `tru` stands here without quotes"], &[(5, 8)]),
    ("[\"\\\n\"]", "[\"\n\"]", &["1:3-1:4 a backslash at the end of a line is no escape in JSON"], &[]),
    (
        "{\"a\":1,,,\"b\":2}",
        "{\"a\"=1 \"b\"=2}",
        &["1:8-1:9 there is nothing before this comma", "1:9-1:10 there is nothing before this comma"],
        &[],
    ),
];

#[test]
fn json_is_read_and_mended() {
    for &(text, tree, expected, damage) in CASES {
        let file = file("a.json", text);
        assert_eq!(dump(&file), tree, "{text}");
        assert_eq!(faults(&file), expected, "{text}");
        assert!(file.faults().iter().all(|fault| fault.help.as_ref().is_some_and(|help| !help.is_empty())), "{text}");
        let ranges: Vec<(u32, u32)> = file.tree().damage().iter().map(|range| (range.start, range.end)).collect();
        assert_eq!(ranges, damage, "{text}");
    }
}

#[test]
fn at_most_twenty_faults_are_reported() {
    let text = format!("[{}]", "01 ".repeat(100));
    assert_eq!(file("a.json", &text).faults().len(), 20);
}
