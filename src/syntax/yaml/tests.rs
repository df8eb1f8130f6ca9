use crate::syntax::testing::{dump, faults, file, spans};
#[test]
fn look() {
    for text in [
        "a:\n- 1\n-   b: 2\n- \nc: |  # comment\n  text\n  more\n\nd: >-\n  x\ne:\n",
        "a:\n# c - x\n- - x\n  - y\n-\n   z\nb: &l !!seq # x\n- x\n",
        "x:\n- a:\n  - 1\n  -\n    b: 1\n  c: |+\n\n\n- ? k\n  : v\n",
        "a: |\nb: |\n  # | x\n\n  y  \n# c |\nc: !!str | # > a\n\n  t\n",
        "a: # c\nb : \n? c\n? d # x\n: e\nf: &x\ng: {h, i: , j: [k: ]}\n",
        "\u{feff}a: \"q\\n\"   # c\nb: plain\n  more  \n\nc: 'it''s'\r\nd: [a, b: c, {x, y: }]\n",
        "a: !!str 12\nb: ! 13\nc: !x 14\nd: !!str\n!!str 5 : x\n",
        "a: &r [1, *r]\nb: *r\nc: *nope\nd: 1\n",
        "--- |\n  foo\n...\n---\n# only\n--- a\n",
        "",
        "# c\n",
        "---\n",
        "key: [a,\n b\nother: 1\nfoo: 2\n",
        "key: \"abc\nother: 1\nfoo: 'x'\n",
        "key: 'abc\n",
        "p:\n  key: \"abc\n  other: \"x\"\nfoo: 'x'\n",
        "a:\n  b: 1\n c: 2\n d: 4\ne: 3\n",
        "a:\n    b: 1\n  c: 2\n  d: 4\ne: 3\n",
        "a:\n\tb: 1\n\tc: 2\nd: 1\n",
        "a: b: c\nd: 1\n",
        "a: x\n  b: c\nd: 1\n",
        "a: @foo\nd: 1\n",
        "a: \"x \\q\"\nd: 1\n",
        "a: 'x' y\nd: 1\n",
        "a: {x: 1]\nd: 1\n",
        "a: }\nd: 1\n",
        "a: 1\nfoo\nd: 1\n",
        "a: 1\n- b\nd: 1\n",
        "- b\nd: 1\n- c\n",
        "a: %foo\nb: `x`\nc: 1\n",
        "a: {x: 1 y: 2}\nd: 1\n",
        "a: {\n  x: 1\n  y: 2\n}\nd: 1\n",
        "a: [1, 2\nb: 3\n",
        "a: {x: 1\n",
        "a:\n  - b\n - c\nd: 1\n",
        "paths:\n  /a:\n    get:\n      responses:\n        \"200\": x: y\n    post:\n      x: 1\n  /b: {}\n",
        "a: 1\n b: 2\nc: 3\n",
        "a:b\nc: 1\n",
        "a: 1\nb\n",
        "just text\n",
        "a: *\nb: 1\n",
        "a: &\nb: 1\n",
        "a: !<x\nb: 1\n",
        "a: x #c\n  y\nb: 1\n",
        "a: x# c\n",
        "a: |x\n  t\nb: 1\n",
        "a: - b\nc: 1\n",
        "%FOO\na: 1\n",
        "a: 1\n%YAML 1.2\n---\nb: 2\n",
        "a: \"x\n---\nb: 1\n",
        "\"a\": 1,\n\"b\": 2\n",
        "{a: 1, \"b\": [1, 2}\n",
        "a: |\n    x\n  y\nb: 1\n",
        "a: \"\\u12\"\nb: 1\n",
        "a: [\n  1, 2\n  ]]\nb: 1\n",
        "a:\n  - x: 1\n    y: 2\n   z: 3\n  - w: 1\nb: 2\n",
    ] {
        let file = file("a.yaml", text);
        println!("{text:?}\n   {}   damage {:?}", dump(&file), file.tree().damage());
        println!("   {:?}", spans(&file));
        for (line, fault) in faults(&file).iter().zip(file.faults()) {
            println!(
                "   {line}   HELP {}  {:?}",
                fault.help.as_ref().unwrap(),
                fault.related.iter().map(|r| crate::syntax::testing::place(&file, r.span)).collect::<Vec<_>>()
            );
        }
    }
}
