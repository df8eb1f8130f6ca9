//! From the text of a baseline to its entries; strictly, every complaint with its place.

use super::{Baseline, Entry, VERSION};
use crate::strict::{Complaint, closed_map, reading_complaints, text};
use crate::syntax::{File, Node};

const KEYS: [&str; 2] = ["version", "findings"];
const ENTRY_KEYS: [&str; 5] = ["file", "rule", "fingerprint", "operation", "message"];

/// Reads a baseline. With a complaint the tool must not go on: it would report or hide the wrong findings.
pub fn read(file: &File) -> Result<Baseline, Vec<Complaint>> {
    let mut complaints = reading_complaints(file);
    let mut baseline = Baseline::default();
    if complaints.is_empty() {
        match file.roots().next() {
            Some(root) => baseline.entries = root_entries(root, &mut complaints),
            None => complaints.push(empty(file)),
        }
    }
    if complaints.is_empty() { Ok(baseline) } else { Err(complaints) }
}

fn empty(file: &File) -> Complaint {
    let help = Some("write it with `--write-baseline`".to_owned());
    Complaint { span: file.source().span(0, 0), message: "the baseline is empty".to_owned(), help }
}

fn root_entries(root: Node<'_>, complaints: &mut Vec<Complaint>) -> Vec<Entry> {
    let map = closed_map(root, "a baseline", &KEYS, complaints);
    let get = |name: &str| map.iter().find(|(key, _)| key == name).map(|(_, entry)| entry.value);
    match get("version") {
        _ if !complaints.is_empty() => return Vec::new(),
        None => complaints.push(Complaint::at(root, "the baseline has no `version`").help(format!("write `version: {VERSION}`"))),
        Some(version) if version.raw() != VERSION.to_string() => {
            let message = format!("version {} of the baseline's format is not understood", version.raw());
            let help = format!("this program reads version {VERSION}; delete the file and write it anew with `--write-baseline`");
            complaints.push(Complaint::at(version, message).help(help));
        }
        Some(_) => {}
    }
    let findings = get("findings").filter(|findings| !findings.is_null());
    if let Some(findings) = findings.filter(|findings| !findings.is_list()) {
        complaints.push(Complaint::at(findings, "`findings` must be a list"));
    }
    findings.into_iter().flat_map(Node::items).filter_map(|item| entry(item, complaints)).collect()
}

fn entry(item: Node<'_>, complaints: &mut Vec<Complaint>) -> Option<Entry> {
    let map = closed_map(item, "an entry of the baseline", &ENTRY_KEYS, complaints);
    let mut get = |name: &str| {
        let (_, entry) = map.iter().find(|(key, _)| key == name)?;
        text(entry.value, &format!("`{name}`"), complaints)
    };
    let (file, rule, fingerprint) = (get("file"), get("rule"), get("fingerprint"));
    let (operation, message) = (get("operation"), get("message").unwrap_or_default());
    let has = |name: &str| map.iter().any(|(key, _)| key == name);
    for name in ["rule", "fingerprint"].into_iter().filter(|name| item.is_map() && !has(name)) {
        let help = "take the entry out, or delete the file and write it anew with `--write-baseline`";
        complaints.push(Complaint::at(item, format!("this entry has no `{name}`")).help(help));
    }
    Some(Entry { file, rule: rule?, operation, fingerprint: fingerprint?, message })
}
