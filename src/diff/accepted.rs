//! The file of accepted changes: which ones, why, and until when.

use crate::finding::Finding;
use crate::http::time;
use crate::source::Span;
use crate::strict::{Complaint, closed_map, reading_complaints, text, unknown_word};
use crate::syntax::{File, Node};

const KEYS: [&str; 4] = ["fingerprint", "rule", "reason", "expires"];

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// Changes that somebody has looked at and found fine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// One for each change.
    pub entries: Vec<Entry>,
}

/// One accepted change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it is written.
    pub span: Span,
    /// The fingerprint of the change, as reports show it.
    pub fingerprint: String,
    /// The id of its rule, for whoever reads the file.
    pub rule: Option<String>,
    /// Why it is fine.
    pub reason: String,
    /// The first second, since 1970, in which it is accepted no more; none where it stays accepted.
    pub end: Option<i64>,
}

impl Entry {
    /// Whether it stands for this finding.
    pub fn is(&self, finding: &Finding) -> bool {
        self.fingerprint == finding.fingerprint && self.rule.as_deref().is_none_or(|rule| rule == finding.rule.as_str())
    }

    /// Whether its time has passed, `now` in seconds since 1970.
    pub fn has_expired(&self, now: i64) -> bool {
        self.end.is_some_and(|end| end <= now)
    }
}

/// Reads the file: `accepted:` with a list of `{fingerprint, rule, reason, expires}`, where these are the rules that compare
/// descriptions. All mistakes are told at once.
pub fn read(file: &File, rules: &[&str]) -> Result<Accepted, Vec<Complaint>> {
    let mut complaints = reading_complaints(file);
    let mut accepted = Accepted::default();
    if let Some(root) = file.roots().next().filter(|root| root.is_map() || complaints.is_empty() && !is_empty(*root)) {
        for (_, entry) in closed_map(root, "a file of accepted changes", &["accepted"], &mut complaints) {
            list(entry.value, rules, &mut accepted, &mut complaints);
        }
    }
    if complaints.is_empty() { Ok(accepted) } else { Err(complaints) }
}

fn is_empty(node: Node<'_>) -> bool {
    node.raw().trim().is_empty()
}

fn list(node: Node<'_>, rules: &[&str], accepted: &mut Accepted, complaints: &mut Vec<Complaint>) {
    if !node.is_list() && !is_empty(node) {
        complaints.push(Complaint::at(node, "`accepted` must be a list").help("write `- fingerprint: …` below it"));
    }
    for item in node.items() {
        accepted.entries.extend(entry(item, rules, complaints));
    }
}

fn entry(node: Node<'_>, rules: &[&str], complaints: &mut Vec<Complaint>) -> Option<Entry> {
    let before = complaints.len();
    let entries = closed_map(node, "an accepted change", &KEYS, complaints);
    let value = |key: &str| entries.iter().find(|(name, _)| name == key).map(|(_, entry)| entry.value);
    let fingerprint = value("fingerprint").and_then(Node::text).filter(|text| !text.trim().is_empty());
    let wrong = match &fingerprint {
        None => Some("`fingerprint` is missing".to_owned()),
        Some(text) => (!is_fingerprint(text.trim())).then(|| format!("`{}` is no fingerprint", text.trim())),
    };
    if let Some(wrong) = wrong.filter(|_| node.is_map()) {
        let complaint = Complaint::at(value("fingerprint").unwrap_or(node), wrong);
        complaints.push(complaint.help("copy it from the report: text with `--verbose`, Markdown and JSON show it"));
    }
    let reason = value("reason").and_then(|value| text(value, "a reason", complaints));
    if reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) && node.is_map() {
        let place = value("reason").or_else(|| value("fingerprint")).unwrap_or(node);
        complaints.push(Complaint::at(place, "there is no reason").help("add `reason:` with why this change is fine"));
    }
    let end = value("expires").and_then(|value| end(value, complaints));
    let rule = value("rule").and_then(|value| Some((value, text(value, "a rule", complaints)?)));
    if let Some((value, rule)) = rule.as_ref().filter(|(_, rule)| !rules.contains(&rule.as_str())) {
        complaints.push(unknown_word(*value, rule, "rule that compares descriptions", rules));
    }
    let rule = rule.map(|(_, rule)| rule);
    let span = value("fingerprint").unwrap_or(node).span();
    let fingerprint = fingerprint?.trim().to_owned();
    (complaints.len() == before).then(|| Entry { span, fingerprint, rule, reason: reason.unwrap_or_default(), end })
}

/// Sixteen hexadecimal digits, and a number where several have the same.
fn is_fingerprint(text: &str) -> bool {
    let (digits, number) = text.split_once('-').unwrap_or((text, "1"));
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    digits.len() == 16 && digits.bytes().all(is_digit) && number.parse::<u32>().is_ok()
}

/// The end of a day, in UTC.
fn end(node: Node<'_>, complaints: &mut Vec<Complaint>) -> Option<i64> {
    let text = node.text().unwrap_or_default();
    let is_date = text.len() == 10 && text.bytes().filter(|byte| *byte == b'-').count() == 2;
    let start = Some(format!("{text}T00:00:00Z")).filter(|_| is_date).and_then(|text| time::milliseconds(&text));
    if start.is_none() {
        let complaint = Complaint::at(node, format!("`{text}` is no date"));
        complaints.push(complaint.help("write the last day on which it is accepted, such as `2027-06-30`"));
    }
    start.map(|start| start.div_euclid(1000) + DAY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;
    use crate::syntax::read as parse;

    fn read_text(text: &str) -> Result<Accepted, Vec<String>> {
        let file = parse(SourceId(0), "accepted.yaml", text.as_bytes().to_vec());
        read(&file, &["operation-removed", "response-type-changed"])
            .map_err(|complaints| complaints.into_iter().map(|complaint| complaint.message).collect())
    }

    #[test]
    fn entries_have_a_reason_and_may_have_an_end() {
        let text = "accepted:\n- fingerprint: 0123456789012345\n  rule: operation-removed\n  reason: nobody calls it\n  expires: 2027-06-30\n- { fingerprint: 12e4567890123456-2, reason: fine }\n";
        let accepted = read_text(text).unwrap();
        let [one, other] = accepted.entries.as_slice() else { panic!("{accepted:?}") };
        assert_eq!((one.fingerprint.as_str(), one.rule.as_deref()), ("0123456789012345", Some("operation-removed")));
        let last_day = time::milliseconds("2027-06-30T23:59:59Z").unwrap() / 1000;
        assert!(!one.has_expired(last_day) && one.has_expired(last_day + 1));
        assert_eq!((other.fingerprint.as_str(), other.end), ("12e4567890123456-2", None));
    }

    #[test]
    fn nothing_is_fine() {
        for text in ["", "# nothing yet\n", "accepted:\n", "accepted: []\n", "{}\n"] {
            assert_eq!(read_text(text), Ok(Accepted::default()), "{text:?}");
        }
    }

    #[test]
    fn mistakes_are_told() {
        let table = [
            ("accepted:\n- fingerprint: 0123456789abcdef\n", "there is no reason"),
            ("accepted:\n- fingerprint: 0123456789abcdef\n  reason: ' '\n", "there is no reason"),
            ("accepted:\n- reason: fine\n", "`fingerprint` is missing"),
            ("accepted:\n- a1\n", "an accepted change must be a map"),
            ("accepted:\n- fingerprint: 0123456789abcdef\n  reason: fine\n  expires: soon\n", "`soon` is no date"),
            ("accepted:\n- fingerprint: 0123456789abcdef\n  reason: fine\n  expires: 2027-13-01\n", "`2027-13-01` is no date"),
            ("accepted:\n- fingerprint: 0123456789abcdef\n  reason: fine\n  expires: 2027-02-30\n", "`2027-02-30` is no date"),
            (
                "accepted:\n- fingerprint: 0123456789abcdef\n  reason: fine\n  until: 2027-01-01\n",
                "`until` is no key of an accepted change",
            ),
            ("accepted:\n- { fingerprint: 0123456789abcde, reason: fine }\n", "`0123456789abcde` is no fingerprint"),
            ("accepted:\n- { fingerprint: 0123456789ABCDEF, reason: fine }\n", "`0123456789ABCDEF` is no fingerprint"),
            ("accepted:\n- { fingerprint: 0123456789abcdef-x, reason: fine }\n", "`0123456789abcdef-x` is no fingerprint"),
            (
                "accepted:\n- { fingerprint: 0123456789abcdef, rule: operation-remved, reason: fine }\n",
                "`operation-remved` is no rule that compares descriptions",
            ),
            ("accepted: a1\n", "`accepted` must be a list"),
            ("- a1\n", "a file of accepted changes must be a map"),
            ("ignored: []\n", "`ignored` is no key of a file of accepted changes"),
        ];
        for (text, expected) in table {
            assert_eq!(read_text(text), Err(vec![expected.to_owned()]), "{text}");
        }
    }
}
