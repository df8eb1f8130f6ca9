use super::testing::{dump, faults, file, lines};
use super::{FaultKind, File, Format, Node, read};
use crate::source::SourceId;

#[test]
fn the_name_and_the_text_choose_the_reader() {
    let cases = [
        ("a.json", "{}", Format::Json, 0),
        ("a.JSON", "a: 1", Format::Json, 1),
        ("a.yaml", "{}", Format::Json, 0),
        ("a.yaml", "{a: 1}", Format::Yaml, 0),
        ("<stdin>", "{\"a\": [1,]}", Format::Yaml, 0),
        ("<stdin>", "{\"a\": [1 2], \"b\": {}}", Format::Yaml, 0),
        ("<stdin>", "{\"a\": [1, 2}", Format::Json, 1),
        ("<stdin>", "{\"a\": \"b\" \"c\": 1}", Format::Json, 1),
        ("<stdin>", "  \n[\"a\"]", Format::Json, 0),
        ("<stdin>", "a: 1", Format::Yaml, 0),
        ("a.yaml", "{a: 'b', c: [d, 'e'}", Format::Yaml, 1),
    ];
    for (name, text, format, faults) in cases {
        let file = file(name, text);
        assert_eq!((file.format(), file.faults().len()), (format, faults), "{name} {text} {:?}", file.faults());
    }
}

#[test]
fn bytes_that_are_no_utf8_are_faults() {
    let file = read(SourceId(0), "a.yaml", b"a: gr\xfcn\nb: 2\n".to_vec());
    assert_eq!(faults(&file), ["1:6-1:7 the byte 0xFC is no UTF-8"]);
    assert_eq!(dump(&file), "{a=gr?n b=2}");
    assert!(file.is_damaged(file.source().span(5, 6)));
    let file = read(SourceId(0), "a.yaml", b"a: gr\xfcn\nb: gr\xe1\n".to_vec());
    assert_eq!(faults(&file), ["1:6-1:7 2 bytes of this file are no UTF-8, the first of them 0xFC"]);
    assert!(file.is_damaged(file.source().span(13, 14)));
}

#[test]
fn other_encodings_are_one_fault() {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    for bytes in [utf16("\u{feff}a: 1\n"), utf16("{\"a\": [1]}")] {
        let file: File = read(SourceId(0), "a.json", bytes);
        assert_eq!(faults(&file), ["1:1-1:2 this file is UTF-16LE, not UTF-8"]);
        assert_eq!(file.faults().first().map(|fault| fault.kind), Some(FaultKind::Encoding));
        assert_eq!(file.roots().len(), 0);
    }
}

#[test]
fn duplicate_keys_are_reported_with_the_first() {
    let many: String = lines(0..40, |n| format!("k{}: {n}\n", n % 39));
    let cases = [
        ("a.json", "{\"a\": 1, \"b\": 2, \"\\u0061\": 3}", "1:18-1:26 the key `a` stands here a second time, first in line 1"),
        ("a.yaml", "a: 1\nb: 2\n\"a\": 3\n", "3:1-3:4 the key `a` stands here a second time, first in line 1"),
        ("a.yaml", "200: {}\n'200': {}\n", "2:1-2:6 the key `200` stands here a second time, first in line 1"),
        ("a.yaml", many.as_str(), "40:1-40:3 the key `k0` stands here a second time, first in line 1"),
    ];
    for (name, text, expected) in cases {
        let file = file(name, text);
        assert_eq!(faults(&file), [expected], "{text}");
        assert_eq!(file.faults()[0].kind, FaultKind::DuplicateKey);
        assert_eq!(file.faults()[0].related.len(), 1);
    }
    for text in ["<<: {a: 1}\n<<: {b: 2}\n", "&x a: 1\n&y b: 2\n*x : 1\n"] {
        let duplicates = file("a.yaml", text).faults().len();
        assert_eq!(duplicates, usize::from(text.starts_with('&')), "{text}");
    }
}

#[test]
fn merged_entries_stand_behind_the_own_ones() {
    let file = file("a.yaml", "x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\nz:\n  <<: [*x, *y]\n  c: 5\n");
    let z = file.roots().next().and_then(|root| root.get("z")).expect("z is there");
    let entries: Vec<String> = z.entries().map(|entry| format!("{}={}", entry.key.raw(), entry.value.raw())).collect();
    assert_eq!(entries, ["c=5", "a=1", "b=2"]);
    assert_eq!(z.get("b").map(Node::raw), Some("2"));
}
