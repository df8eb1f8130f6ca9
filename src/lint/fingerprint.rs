//! Fingerprints: what stays the same when the file around a finding changes.

use rustc_hash::FxHashMap;

use crate::finding::Finding;
use crate::syntax::{Node, unescaped};

/// FNV-1a over the parts, each ended by a byte that no UTF-8 text has. Stable across releases by definition.
pub(crate) fn fingerprint(parts: &[&str]) -> String {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain(std::iter::once(0xff)));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    hexadecimal(hash)
}

/// Sixteen digits. A large run has very many.
fn hexadecimal(number: u64) -> String {
    let digit = |place: u32| char::from_digit((number >> (4 * place)) as u32 & 0xf, 16);
    (0..16).rev().filter_map(digit).collect()
}

/// Equal fingerprints get an ordinal, in file order.
pub(crate) fn number_equal_ones<'f>(findings: impl Iterator<Item = &'f mut Finding>) {
    Ordinals::default().number(findings);
}

/// Tells equal fingerprints apart, also where not all findings of a run are there at once.
#[derive(Debug, Default)]
pub(crate) struct Ordinals {
    seen: FxHashMap<u64, usize>,
}

impl Ordinals {
    /// Numbers what comes next in file order; ordinals from before are replaced.
    pub(crate) fn number<'f>(&mut self, findings: impl Iterator<Item = &'f mut Finding>) {
        for finding in findings {
            finding.fingerprint.truncate(finding.mark().len());
            // All fingerprints are sixteen hexadecimal digits.
            let hash = u64::from_str_radix(&finding.fingerprint, 16).unwrap_or_default();
            let count = self.seen.entry(hash).or_insert(0);
            *count += 1;
            if *count > 1 {
                finding.fingerprint = format!("{}-{count}", finding.fingerprint);
            }
        }
    }
}

/// A pointer in which the items of lists have no number: one more item before this one changes nothing.
pub(crate) fn lasting_pointer(node: Node<'_>, pointer: &str) -> String {
    let mut lasting = String::new();
    let mut at = node.root();
    for step in pointer.split('/').skip(1) {
        lasting.push('/');
        lasting.push_str(if at.is_some_and(Node::is_list) { "-" } else { step });
        at = at.and_then(|at| at.child(&unescaped(step)));
    }
    lasting
}

/// `GET /orders/{}`: OpenAPI says that templates which differ only in the names of their parameters are the same path.
pub(crate) fn lasting_operation(label: &str) -> String {
    let mut lasting = String::with_capacity(label.len());
    let mut rest = label;
    while let Some((before, name)) = rest.split_once('{') {
        lasting.push_str(before);
        lasting.push('{');
        // A name without an end goes to the end.
        rest = name.find(['{', '}']).and_then(|end| name.get(end..)).unwrap_or_default();
    }
    lasting.push_str(rest);
    lasting
}

/// The ordinal of a finding among those with an equal fingerprint.
#[cfg(feature = "cli")]
pub(crate) fn ordinal(finding: &Finding) -> usize {
    finding.fingerprint.split_once('-').and_then(|(_, ordinal)| ordinal.parse().ok()).unwrap_or(1)
}

/// A message without its numbers, such as those of lines; what stands in backticks is a name and stays.
pub(super) fn without_numbers(message: &str) -> String {
    let mut is_name = false;
    let mut words = message.to_owned();
    words.retain(|letter| {
        is_name ^= letter == '`';
        is_name || !letter.is_ascii_digit()
    });
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_are_sixteen_digits() {
        for number in [0, 1, 0xabc, u64::MAX, 0x0123_4567_89ab_cdef] {
            assert_eq!(hexadecimal(number), format!("{number:016x}"));
        }
    }

    #[test]
    fn parts_do_not_run_together() {
        assert_eq!(fingerprint(&["a", "b"]), fingerprint(&["a", "b"]));
        assert_ne!(fingerprint(&["a", "b"]), fingerprint(&["ab", ""]));
    }

    #[test]
    fn the_names_of_path_parameters_go() {
        for (label, expected) in [
            ("GET /orders/{id}/items/{item}", "GET /orders/{}/items/{}"),
            ("POST /orders", "POST /orders"),
            ("GET /a/{id", "GET /a/{"),
            ("GET /a}/b", "GET /a}/b"),
            ("GET /{a{b}c}/{", "GET /{{}c}/{"),
        ] {
            assert_eq!(lasting_operation(label), expected);
        }
    }

    #[test]
    fn only_numbers_outside_of_names_go() {
        let message = "the key `v1` stands here again, first in line 12";
        assert_eq!(without_numbers(message), "the key `v1` stands here again, first in line ");
    }
}
