//! Reading: the tree lies in the text, keys are found, the fast YAML reader answers like the full one, and JSON is what
//! `serde_json` takes for JSON.

use serde::de::IgnoredAny;
use statusquo::source::SourceId;
use statusquo::syntax::{FaultKind, File, compare_readers, read};

use super::assert_inside;

pub(super) fn hold(input: &[u8]) {
    for name in ["openapi.yaml", "openapi.json"] {
        let file = read(SourceId(0), name, input.to_vec());
        spans_lie_in_the_text(&file);
        keys_are_found(&file);
    }
    json_is_json(&read(SourceId(0), "openapi.json", input.to_vec()));
    if let Some(Err(difference)) = compare_readers(&String::from_utf8_lossy(input)) {
        panic!("the readers disagree: {difference}");
    }
}

fn spans_lie_in_the_text(file: &File) {
    let nodes = (0..file.tree().len() as u32).map(|index| file.node(index));
    for node in nodes {
        assert_inside(&[file.source()], node.span());
        let _ = (node.text(), node.scalar());
    }
    for fault in file.faults() {
        assert_inside(&[file.source()], fault.span);
        fault.related.iter().for_each(|related| assert_inside(&[file.source()], related.span));
    }
    for range in file.tree().damage() {
        assert_inside(&[file.source()], file.source().span(range.start, range.end));
    }
}

fn keys_are_found(file: &File) {
    let maps = (0..file.tree().len() as u32).map(|index| file.node(index)).filter(|node| node.is_map());
    for map in maps {
        for key in map.entries().filter_map(|entry| entry.key.text()) {
            assert!(map.get(&key).is_some(), "`{key}` is not found");
        }
    }
}

/// What is read without a complaint is JSON, and what is JSON is read so, unless it is nested too deep.
fn json_is_json(file: &File) {
    let has = |kind| file.faults().iter().any(|fault| fault.kind == kind);
    if has(FaultKind::Encoding) || has(FaultKind::Limit) {
        return;
    }
    let text = file.source().text();
    let is_json = serde_json::from_str::<IgnoredAny>(text.strip_prefix('\u{feff}').unwrap_or(text)).is_ok();
    assert_eq!(is_json, !has(FaultKind::Syntax), "JSON or not: {:?}", file.faults());
}
