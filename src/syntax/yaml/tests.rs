use crate::syntax::testing::{dump, faults, file, lines, place, spans};

/// A text, what is read from it, what is said about it, and which bytes are in doubt.
type Case = (&'static str, &'static str, &'static [&'static str], &'static [(u32, u32)]);

const CASES: &[Case] = &[
    (
        "a:\n- 1\n-   b: 2\n- \nc: |  # comment\n  text\n  more\n\nd: >-\n  x\ne:\n",
        "{a=[1 {b=2} ~] c=|\"text\\nmore\\n\" d=>\"x\" e=~}",
        &[],
        &[],
    ),
    ("a:\n# c - x\n- - x\n  - y\n-\n   z\nb: &l !!seq # x\n- x\n", "{a=[[x y] z] b=[x]}", &[], &[]),
    ("x:\n- a:\n  - 1\n  -\n    b: 1\n  c: |+\n\n\n- ? k\n  : v\n", "{x=[{a=[1 {b=1}] c=|\"\\n\\n\"} {k=v}]}", &[], &[]),
    (
        "a: |\nb: |\n  # | x\n\n  y  \n# c |\nc: !!str | # > a\n\n  t\n",
        "{a=|\"\" b=|\"# | x\\n\\ny  \\n\" c=|\"\\nt\\n\"}",
        &[],
        &[],
    ),
    ("a: # c\nb : \n? c\n? d # x\n: e\nf: &x\ng: {h, i: , j: [k: ]}\n", "{a=~ b=~ c=~ d=e f=~ g={h=~ i=~ j=[{k=~}]}}", &[], &[]),
    (
        "\u{feff}a: \"q\\n\"   # c\nb: plain\n  more  \n\nc: 'it''s'\r\nd: [a, b: c, {x, y: }]\n",
        "{a=\"q\n\" b=plain more c='it's' d=[a {b=c} {x=~ y=~}]}",
        &[],
        &[],
    ),
    ("a: !!str 12\nb: ! 13\nc: !x 14\nd: !!str\n!!str 5 : x\n", "{a=12 b=13 c=14 d=~ 5=x}", &[], &[]),
    (
        "a: &r [1, *r]\nb: *r\nc: *nope\nd: 1\n",
        "{a=[1 *] b=[1 *] c=* d=1}",
        &[
            "1:11-1:13 the alias `*r` stands inside the value of its own anchor",
            "3:4-3:9 there is no anchor `&nope` before this alias",
        ],
        &[(10, 12), (23, 28)],
    ),
    ("--- |\n  foo\n...\n---\n# only\n--- a\n", "|\"foo\\n\" --- ~ --- a", &[], &[]),
    ("", "", &[], &[]),
    ("# c\n", "", &[], &[]),
    ("---\n", "~", &[], &[]),
    (
        "key: [a,\n b\nother: 1\nfoo: 2\n",
        "{other=1 foo=2}",
        &["1:6-1:7 this `[` is not closed before line 3, where something else begins"],
        &[(0, 11)],
    ),
    (
        "key: \"abc\nother: 1\nfoo: 'x'\n",
        "{other=1 foo='x'}",
        &["1:6-1:10 this quote is not closed on its line, and line 2 does not go on with the text"],
        &[(0, 9)],
    ),
    ("key: 'abc\n", "", &["1:6-1:10 this quote is never closed"], &[(0, 9)]),
    (
        "p:\n  key: \"abc\n  other: \"x\"\nfoo: 'x'\n",
        "{p={other=\"x\"} foo='x'}",
        &["2:8-2:12 this quote is not closed on its line, and line 3 does not go on with the text"],
        &[(2, 14)],
    ),
    (
        "a:\n  b: 1\n c: 2\n d: 4\ne: 3\n",
        "{a={b=1} e=3}",
        &["3:2-3:4 this line fits none of the levels of indentation around it"],
        &[(9, 21)],
    ),
    (
        "a:\n    b: 1\n  c: 2\n  d: 4\ne: 3\n",
        "{a={b=1} e=3}",
        &["3:3-3:5 this line fits none of the levels of indentation around it"],
        &[(11, 25)],
    ),
    ("a:\n\tb: 1\n\tc: 2\nd: 1\n", "{a=~ d=1}", &["2:1-2:2 this line is indented with a tab"], &[(2, 14)]),
    ("a: b: c\nd: 1\n", "{d=1}", &["1:5-1:6 a key with its `:` cannot stand here"], &[(0, 7)]),
    (
        "a: x\n  b: c\nd: 1\n",
        "{a=x d=1}",
        &["2:4-2:5 this line goes on with the text of line 1 and cannot have a key of its own"],
        &[(3, 11)],
    ),
    ("a: @foo\nd: 1\n", "{d=1}", &["1:4-1:8 `@` cannot stand here"], &[(0, 7)]),
    ("a: \"x \\q\"\nd: 1\n", "{d=1}", &["1:7-1:10 a backslash is followed by a character that makes no escape"], &[(0, 9)]),
    ("a: 'x' y\nd: 1\n", "{d=1}", &["1:8-1:9 there is more text behind the closing quote"], &[(0, 8)]),
    ("a: {x: 1]\nd: 1\n", "{d=1}", &["1:4-1:7 this `{` is closed by a `]`"], &[(0, 9)]),
    ("a: }\nd: 1\n", "{d=1}", &["1:4-1:5 this bracket closes nothing"], &[(0, 4)]),
    ("a: 1\nfoo\nd: 1\n", "{a=1 d=1}", &["2:1-2:4 this line is neither a key nor a value"], &[(4, 8)]),
    ("a: 1\n- b\nd: 1\n", "{a=1 d=1}", &["2:1-2:2 a list item stands among the keys of a map"], &[(4, 8)]),
    ("- b\nd: 1\n- c\n", "[b c]", &["2:1-2:3 this line stands in a list and does not start with `- `"], &[(3, 8)]),
    (
        "a: %foo\nb: `x`\nc: 1\n",
        "{c=1}",
        &["1:4-1:8 `%` cannot stand here", "2:4-2:7 a backtick cannot stand here"],
        &[(0, 7), (0, 14)],
    ),
    ("a: {x: 1 y: 2}\nd: 1\n", "{d=1}", &["1:11-1:12 a `,` or `}` is missing here"], &[(0, 14)]),
    ("a: {\n  x: 1\n  y: 2\n}\nd: 1\n", "{d=1}", &["3:4-3:5 a `,` or `}` is missing here"], &[(0, 20)]),
    ("a: [1, 2\nb: 3\n", "{b=3}", &["1:4-1:5 this `[` is not closed before line 2, where something else begins"], &[(0, 8)]),
    ("a: {x: 1\n", "", &["1:4-1:5 this `{` is never closed"], &[(0, 8)]),
    ("a:\n  - b\n - c\nd: 1\n", "{a=[b] d=1}", &["3:2-3:3 a list item stands among the keys of a map"], &[(8, 13)]),
    (
        "paths:\n  /a:\n    get:\n      responses:\n        \"200\": x: y\n    post:\n      x: 1\n  /b: {}\n",
        "{paths={/a={get={responses=~} post={x=1}} /b={}}}",
        &["5:17-5:18 a key with its `:` cannot stand here"],
        &[(38, 58)],
    ),
    (
        "a: 1\n b: 2\nc: 3\n",
        "{a=1 c=3}",
        &["2:3-2:4 this line goes on with the text of line 1 and cannot have a key of its own"],
        &[(3, 10)],
    ),
    ("a:b\nc: 1\n", "{c=1}", &["1:1-1:4 there is no space behind the `:` of this key"], &[(0, 3)]),
    ("a:bääääääääääääääääääää\nc: 1\n", "{c=1}", &["1:1-1:22 there is no space behind the `:` of this key"], &[(0, 43)]),
    ("a: 1\nb\n", "{a=1}", &["2:1-2:2 this line is neither a key nor a value"], &[(4, 6)]),
    ("just text\n", "just text", &[], &[]),
    ("a:b\nc: 1\nd: 2\n", "{c=1 d=2}", &["1:1-1:4 there is no space behind the `:` of this key"], &[(0, 3)]),
    ("x: 1\na:b\nc: 1\n", "{x=1 c=1}", &["2:1-2:4 this line is neither a key nor a value"], &[(4, 8)]),
    ("a: [\n  {b: 1\n  c: 2}\n]\nd: 1\n", "{d=1}", &["3:4-3:5 a `,` or `}` is missing here"], &[(0, 22)]),
    ("a: \"x\n  y\" z\nb: 1\n", "{b=1}", &["1:4-1:6 this quote is closed in line 2 only, with more text behind it"], &[(0, 12)]),
    ("? [a, b]\n: c\n", "{[a b]=c}", &[], &[]),
    ("a: {b: \"x}\nc: 1\n", "{c=1}", &["1:8-1:11 this quote is never closed"], &[(0, 10)]),
    (
        "a:\n  b: [1,\n    2\n  c: 3\nd: [4]\n",
        "{a={c=3} d=[4]}",
        &["2:6-2:7 this `[` is not closed before line 4, where something else begins"],
        &[(2, 17)],
    ),
    ("a: *\nb: 1\n", "{b=1}", &["1:4-1:5 there is no name behind the `&` or `*`"], &[(0, 4)]),
    ("a: &\nb: 1\n", "{b=1}", &["1:4-1:5 there is no name behind the `&` or `*`"], &[(0, 4)]),
    ("a: !<x\nb: 1\n", "{b=1}", &["1:4-1:7 this tag is malformed"], &[(0, 6)]),
    ("a: x #c\n  y\nb: 1\n", "{b=1}", &["1:6-1:8 a comment stands between the lines of one value"], &[(0, 11)]),
    ("a: x# c\n", "{a=x# c}", &[], &[]),
    ("a: |x\n  t\nb: 1\n", "{b=1}", &["1:4-1:6 more stands behind the `|` or `>` than belongs there"], &[(0, 9)]),
    ("a: - b\nc: 1\n", "{c=1}", &["1:4-1:5 a list item cannot start here"], &[(0, 6)]),
    (
        "%FOO\na: 1\n",
        "",
        &["1:1-1:5 the document is complete before this", "2:1-2:3 the document is complete before this"],
        &[(0, 9), (0, 4)],
    ),
    ("a: 1\n%YAML 1.2\n---\nb: 2\n", "{a=1} --- {b=2}", &["2:1-2:6 the document is complete before this"], &[(4, 14)]),
    (
        "a: \"x\n---\nb: 1\n",
        "{b=1}",
        &["1:4-1:6 this quote is not closed on its line, and line 2 does not go on with the text"],
        &[(0, 5)],
    ),
    ("\"a\": 1,\n\"b\": 2\n", "{\"a\"=1, \"b\"=2}", &[], &[]),
    ("{a: 1, \"b\": [1, 2}\n", "", &["1:13-1:16 this `[` is closed by a `}`"], &[(0, 18)]),
    (
        "a: |\n    x\n  y\nb: 1\n",
        "{a=|\"x\\n\" b=1}",
        &["3:3-3:4 this line fits none of the levels of indentation around it"],
        &[(10, 14)],
    ),
    (
        "a: \"\\u12\"\nb: 1\n",
        "{b=1}",
        &["1:4-1:10 an escape has the wrong number of hexadecimal digits, or means no character"],
        &[(0, 9)],
    ),
    ("a: [\n  1, 2\n  ]]\nb: 1\n", "{b=1}", &["3:4-3:5 this bracket closes nothing"], &[(0, 16)]),
    (
        "a:\n  - x: 1\n    y: 2\n   z: 3\n  - w: 1\nb: 2\n",
        "{a=[{x=1 y=2} {w=1}] b=2}",
        &["4:4-4:6 this line stands in a list and does not start with `- `"],
        &[(20, 28)],
    ),
];

#[test]
fn yaml_is_read_and_mended() {
    for &(text, tree, expected, damage) in CASES {
        let file = file("a.yaml", text);
        assert_eq!(dump(&file), tree, "{text}");
        assert_eq!(faults(&file), expected, "{text}");
        assert!(file.faults().iter().all(|fault| fault.help.as_ref().is_some_and(|help| !help.is_empty())), "{text}");
        let ranges: Vec<(u32, u32)> = file.tree().damage().iter().map(|range| (range.start, range.end)).collect();
        assert_eq!(ranges, damage, "{text}");
    }
}

#[test]
fn badly_indented_text_in_quotes_is_one_fault_and_kept() {
    let text = "a:\n  b: \"one \\\"two\\\"\n  three,\n\n  four\" # c\n  c: 'it''s\n  five'\nd: 1\n";
    let file = file("a.yaml", text);
    assert_eq!(dump(&file), "{a={b=\"one \"two\" three,\nfour\" c='it's five'} d=1}");
    assert_eq!(file.tree().damage(), []);
    let said = "this line goes on with text in quotes and is indented no deeper than the key of that text";
    assert_eq!(faults(&file), [format!("3:3-3:9 {said}"), format!("7:3-7:8 {said}")]);
}

#[test]
fn spans_are_exact() {
    let cases: [(&str, &[&str]); 6] = [
        ("a:\n- 1\n-   b: 2\n- \n", &["a:\n- 1\n-   b: 2\n-", "a", "- 1\n-   b: 2\n-", "1", "b: 2", "b", "2", ""]),
        (
            "c: |  # note\n  text\n  more\n\nd: >-\n  x\n",
            &["c: |  # note\n  text\n  more\n\nd: >-\n  x", "c", "|  # note\n  text\n  more", "d", ">-\n  x"],
        ),
        ("a: |+\n\n\nb: |\nc: |2-\n\n", &["a: |+\n\n\nb: |\nc: |2-", "a", "|+", "b", "|", "c", "|2-"]),
        ("b: plain\n  more  # c\nc: 'it''s'\r\n", &["b: plain\n  more  # c\nc: 'it''s'", "b", "plain\n  more", "c", "'it''s'"]),
        (
            "d: [a, b: c, {x, y: }]",
            &["d: [a, b: c, {x, y: }]", "d", "[a, b: c, {x, y: }]", "a", "b: c", "b", "c", "{x, y: }", "x", "", "y", ""],
        ),
        ("a: &l !!seq # - x\n# - y\n- - z\n", &["a: &l !!seq # - x\n# - y\n- - z", "a", "- - z", "- z", "z"]),
    ];
    for (text, expected) in cases {
        assert_eq!(spans(&file("a.yaml", text)), expected, "{text}");
    }
}

#[test]
fn nothing_stands_behind_its_colon() {
    for (text, expected) in [
        ("a:\n", "1:3-1:3"),
        ("a: # c\nb: 1\n", "1:3-1:3"),
        ("a :\n", "1:4-1:4"),
        ("? a\n", "1:4-1:4"),
        ("{a}", "1:3-1:3"),
        ("{a: }", "1:4-1:4"),
        ("-\n", "1:2-1:2"),
    ] {
        let file = file("a.yaml", text);
        let nothing =
            (0..file.tree().len() as u32).map(|index| file.node(index)).find(|node| node.kind() == crate::syntax::Kind::Empty);
        assert_eq!(nothing.map(|node| place(&file, node.span())).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn reading_goes_on_behind_errors() {
    let entry = |n: usize| if n % 10 == 3 { format!("k{n}: a: b\n") } else { format!("k{n}: {n}\n") };
    let text: String = lines(0..60, entry);
    let file = file("a.yaml", &text);
    assert_eq!(file.faults().len(), 6);
    assert_eq!(file.roots().next().map(|root| root.entries().count()), Some(54));
}

#[test]
fn where_going_on_does_not_help_the_rest_is_in_doubt() {
    let text: String = lines(0..30, |n| format!("k{n}: a: b\n"));
    let file = file("a.yaml", &text);
    assert!((1..=11).contains(&file.faults().len()), "{:?}", faults(&file));
    assert!(file.is_damaged(file.source().span(text.len() as u32 - 2, text.len() as u32)));
}
