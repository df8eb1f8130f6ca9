//! What the fast reader answers, that it answers like the full one, and what it leaves to that.

use crate::syntax::yaml::compare_readers;

#[test]
fn it_answers_what_descriptions_are_written_in() {
    let cases = [
        "a: 1\n",
        "\u{feff}# c\n---\na: 1",
        "--- # c\r\na:\r\n  b: ü\r\n\r\n  c: 'd'\r\n",
        "a:\n- b\n-   c: d\n    e: f\n- - g\n  - h\n-\n- # c\n-\n  - i\n",
        "a:\n  b:\nc: # d\ne:\n  # f\n",
        "'a b': \"c\"\n\"d\" : e # f\ng#h: i #\n<<: j\n-k: ?l\n:m: n:o\n",
        "a: b\n  c # d\ne:\n  f\n\n\n  - g\n  h\n",
        "a: 'b''c\n\n   d'\ne: \"f\\n\\u00e9\\U0001F600\\x41 \\\n    \\ g\n  h \n\n  \"\n",
        "a: |\n  b\n\n   c\n  d  \n\ne: >-\n\n   f\n   g\n     h\n\n   i\n\nj: |2+\n    k\n\nl: >\n m\n",
        "a: {}\nb: []\nc: [d, 'e', g]\n",
        "a: {b: c, 'd': [e, {f: g}], \"h\":i, j: k\n,}\nl: [ # m\n  n, # o\n]\n",
        "? a long key\n: b\n? c\n: - d\n",
        "{\"a\": [1,\n2], b: c}\n",
        "- a\n- b: c\n  d:\n  - e\n",
    ];
    for text in cases {
        assert_eq!(compare_readers(text), Some(Ok(())), "{text:?}");
    }
}

#[test]
fn it_declines_what_may_be_wrong_or_is_rare() {
    let cases = [
        "",
        "# c\n",
        "a: b: c\n",
        "a: b\n c: d\n",
        "a: 'b\nc'\n",
        "a: 'b' c\n",
        "a: [b\n",
        "a: {b}\n",
        "a:\n\t- b\n",
        "a: \"\\q\"\n",
        "a: \"\\ud83d\\ude00\"\n",
        "a: b\n---\nc: d\n",
        "a: b\n...\n",
        "%YAML 1.2\n---\na: b\n",
        "a: &b c\nd: *b\n",
        "a: !!str b\n",
        "a: @b\n",
        "a: b\u{0}\n",
        "a: b\u{7f}\n",
        "a: \u{85}\n",
        "a: \u{feff}\n",
        "a: b\rc: d\n",
        "a: |\n   \n  b\n",
        "a: - b\n",
        "a\n: b\n",
        "[a]: b\n",
    ];
    for text in cases {
        assert_eq!(compare_readers(text), None, "{text:?}");
    }
}
