//! Reading our own YAML files (rules, configuration) strictly: closed keys, places, suggestions.

use crate::source::Span;
use crate::syntax::{Entry, File, Node};

/// The longest word, in bytes, for which a similar one is looked for.
const LONGEST: usize = 120;

/// Something wrong in a rule file or configuration: the tool cannot do its job with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Where.
    pub span: Span,
    /// What is wrong, one sentence, lower case, no final stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Complaint {
    /// A complaint about a node.
    pub fn at(node: Node<'_>, message: impl Into<String>) -> Self {
        Complaint { span: node.span(), message: message.into(), help: None }
    }

    /// The same with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The complaints about a file that come from reading it at all.
pub fn reading_complaints(file: &File) -> Vec<Complaint> {
    let complaint =
        |fault: &crate::syntax::Fault| Complaint { span: fault.span, message: fault.message.clone(), help: fault.help.clone() };
    file.faults().iter().map(complaint).collect()
}

/// The entries of a map whose keys must be among `known`; everything else becomes a complaint with a suggestion.
/// `what` names the map in the complaint: "a rule", "the configuration".
pub fn closed_map<'t>(node: Node<'t>, what: &str, known: &[&str], complaints: &mut Vec<Complaint>) -> Vec<(String, Entry<'t>)> {
    if !node.is_map() {
        complaints.push(Complaint::at(node, format!("{what} must be a map")));
        return Vec::new();
    }
    let mut entries = Vec::new();
    for entry in node.entries() {
        let Some(key) = entry.key.text() else { continue };
        if known.contains(&key.as_ref()) {
            entries.push((key.into_owned(), entry));
        } else {
            complaints.push(unknown_word(entry.key, &key, &format!("key of {what}"), known));
        }
    }
    entries
}

/// A complaint about a word that is none of the known ones, with the nearest of them or all if they are few.
pub fn unknown_word(node: Node<'_>, word: &str, what: &str, known: &[&str]) -> Complaint {
    Complaint::at(node, format!("`{word}` is no {what}")).help(advice(word, known))
}

/// Of how many words that hold a misspelt one all are named.
const FEW: usize = 4;

/// "did you mean …?", or the list of what is possible.
pub fn advice(word: &str, known: &[&str]) -> String {
    near_words(word, known).unwrap_or_else(|| match known.len() {
        41.. => format!("there are {} possible words, none of them close to this one", known.len()),
        _ => format!("possible here: {}", words_of(known, ", ")),
    })
}

/// The known words that another one most likely meant, as a question: one that is misspelt, or a few that it is a part of.
pub fn near_words(word: &str, known: &[&str]) -> Option<String> {
    if let Some(near) = nearest(word, known) {
        return Some(format!("did you mean `{near}`?"));
    }
    let of_it: Vec<&str> = known.iter().copied().filter(|known| word.len() > 2 && known.contains(word)).collect();
    (1..=FEW).contains(&of_it.len()).then(|| format!("did you mean {}?", words_of(&of_it, " or ")))
}

fn words_of(words: &[&str], between: &str) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(between)
}

/// The known word that a misspelt one most likely meant. Nobody misspells the longest ones, and comparing costs time with the
/// product of lengths: it is spared where the letters alone are too different.
pub fn nearest<'w>(word: &str, known: &[&'w str]) -> Option<&'w str> {
    if word.len() > LONGEST {
        return None;
    }
    let (lower, letters, most) = (word.to_lowercase(), letters(word), 1 + word.len() / 5);
    // A letter has up to four bytes.
    let most_bytes = if word.is_ascii() { most } else { 4 * most };
    let may_be_near = |other: &&str| other.len().abs_diff(word.len()) <= most_bytes && difference(&letters, other) <= most_bytes;
    let near = known.iter().copied().filter(may_be_near).map(|other| {
        let distance = strsim::damerau_levenshtein(&lower, &other.to_lowercase());
        (other, distance)
    });
    near.min_by_key(|&(_, distance)| distance).filter(|&(_, distance)| distance <= most).map(|(near, _)| near)
}

/// How often each letter is there; some share a place.
fn letters(word: &str) -> [i16; 32] {
    let mut letters = [0; 32];
    word.bytes().for_each(|byte| letters[usize::from(byte & 31)] += 1);
    letters
}

/// How many letters of one word are not in the other, at the least.
fn difference(letters: &[i16; 32], other: &str) -> usize {
    let mut left = *letters;
    other.bytes().for_each(|byte| left[usize::from(byte & 31)] -= 1);
    let (more, less) = left.iter().fold((0, 0), |(more, less), count| (more + (*count).max(0), less - (*count).min(0)));
    usize::from(i16::max(more, less).unsigned_abs())
}

/// The text of a node that must be text.
pub fn text(node: Node<'_>, what: &str, complaints: &mut Vec<Complaint>) -> Option<String> {
    let text = node.as_str();
    if text.is_none() {
        complaints.push(Complaint::at(node, format!("{what} must be text")));
    }
    text.map(std::borrow::Cow::into_owned)
}

/// The texts of a node that must be a list of texts; a single text counts as a list of one.
pub fn texts(node: Node<'_>, what: &str, complaints: &mut Vec<Complaint>) -> Vec<String> {
    if !node.is_list() {
        return text(node, what, complaints).into_iter().collect();
    }
    node.items().filter_map(|item| text(item, what, complaints)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_word_leads_to_the_nearest() {
        let known = ["created-without-location", "found-redirect", "größe", "Schema", "id"];
        let long = "a".repeat(LONGEST + 1);
        let table = [
            ("created-without-locatoin", Some("created-without-location")),
            ("found-redirekt", Some("found-redirect")),
            ("groesse", None),
            ("größen", Some("größe")),
            ("grösse", Some("größe")),
            ("SHCEMA", Some("Schema")),
            ("ids", Some("id")),
            ("something-else", None),
            ("", None),
            (&long, None),
        ];
        for (word, expected) in table {
            assert_eq!(nearest(word, &known), expected, "{word}");
        }
    }

    #[test]
    fn letters_never_differ_more_than_words() {
        let words = ["", "a", "ab", "ba", "abc", "acb", "axc", "created", "craeted", "create", "redirect", "directer"];
        for (one, other) in words.iter().flat_map(|one| words.iter().map(move |other| (one, other))) {
            let least = difference(&letters(one), other);
            assert!(least <= strsim::damerau_levenshtein(one, other), "{one} {other}: {least}");
        }
    }
}
