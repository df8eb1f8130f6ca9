//! The examples of a rule as they are written: what must be reported, and what must not.

use std::fmt::Write as _;

use super::keys;
use crate::finding::Severity;
use crate::strict::{Complaint, closed_map, unknown_word};
use crate::syntax::{Entry, Node};

/// One example of a rule.
#[derive(Clone, Debug)]
pub struct Example {
    /// What it shows, in a few words.
    pub title: String,
    /// Whether the rule must speak.
    pub fails: bool,
    /// The snippets as written in the rule, for documentation.
    pub snippet: String,
    /// The whole description: the snippet in its frame.
    pub description: String,
    /// Whether the description is stored as Latin-1 and not as UTF-8.
    pub is_latin_1: bool,
    /// The line of the description on which the snippet starts, from 0.
    pub first_line: u32,
    /// The line of the rule file on which the snippet starts, from 1.
    pub line: u32,
    /// Marked lines of the description (from 1) with the severity that must be reported there.
    pub marks: Vec<(u32, Severity)>,
    /// Pointers that must be reported, where the snippet cannot carry marks.
    pub pointers: Vec<String>,
    /// Options of the rule that differ from their defaults, as written.
    pub options: Vec<(String, String)>,
    /// The whole description once the rule's fixes were applied, where the example says so.
    pub fixed: Option<String>,
    /// Recorded traffic, where the example is about some; the description is what it is held against.
    pub traffic: Option<ExampleTraffic>,
}

/// The recorded traffic of an example, as YAML: one exchange, or a list of them.
#[derive(Clone, Debug)]
pub struct ExampleTraffic {
    /// The snippet as written in the rule.
    pub snippet: String,
    /// Whether there is a description beside it.
    pub is_described: bool,
}

/// Reads one example.
pub(super) fn read(node: Node<'_>, complaints: &mut Vec<Complaint>) -> Option<Example> {
    let entries = closed_map(node, "an example", &keys::words(keys::EXAMPLE), complaints);
    let find = |name: &str| entries.iter().find(|(key, _)| key == name).map(|(_, entry)| *entry);
    let (fails, title) = match (find("fail"), find("pass")) {
        (Some(entry), None) => (true, entry),
        (None, Some(entry)) => (false, entry),
        _ => {
            complaints.push(Complaint::at(node, "an example needs either `fail` or `pass` with a few words on what it shows"));
            return None;
        }
    };
    let Some(material) = Material::find(find) else {
        let help = "`exchange` or `exchanges` may stand beside a description, or alone";
        let message = "an example needs one of `openapi`, `paths`, `operation` and `responses`";
        complaints.push(Complaint::at(node, message).help(help));
        return None;
    };
    let mut example = material.example(title.value.text()?.into_owned(), fails)?;
    example.fixed = find("fixed").and_then(|entry| material.fixed(entry, fails, complaints));
    example.is_latin_1 = find("encoding").is_some_and(|entry| is_latin_1(entry, complaints));
    example.pointers = find("at").map(texts).unwrap_or_default();
    example.options = find("options").map(options).unwrap_or_default();
    example.pointers.sort();
    complaints.extend(example.wrong_marks(title.key));
    Some(example)
}

/// What an example shows: a description in one of the frames, recorded traffic, or both.
struct Material<'t> {
    described: Option<(&'static str, Entry<'t>)>,
    traffic: Option<Entry<'t>>,
}

impl<'t> Material<'t> {
    /// Finds it among the keys; `None` if there is nothing, or more than one of a kind.
    fn find(find: impl Fn(&str) -> Option<Entry<'t>>) -> Option<Self> {
        let mut frames = keys::FRAMES.iter().filter_map(|name| Some((*name, find(name)?)));
        let mut recordings = keys::RECORDINGS.iter().filter_map(|name| find(name));
        let material = Material { described: frames.next(), traffic: recordings.next() };
        let is_one_of_each = frames.next().is_none() && recordings.next().is_none();
        (is_one_of_each && (material.described.is_some() || material.traffic.is_some())).then_some(material)
    }

    fn example(&self, title: String, fails: bool) -> Option<Example> {
        let text = |entry: Entry<'t>| entry.value.as_str().map(std::borrow::Cow::into_owned);
        let described = self.described.map_or(Some(String::new()), |(_, entry)| text(entry))?;
        let (description, first_line) = framed(self.described.map_or("paths", |(frame, _)| frame), &described);
        let traffic = match self.traffic {
            Some(entry) => Some(ExampleTraffic { snippet: text(entry)?, is_described: self.described.is_some() }),
            None => None,
        };
        Some(Example {
            title,
            fails,
            marks: marks(traffic.as_ref().map_or(&description, |traffic| &traffic.snippet)),
            snippet: shown(&described, traffic.as_ref()),
            first_line: if traffic.is_some() { 0 } else { first_line },
            line: line_of_text(self.traffic.or(self.described.map(|(_, entry)| entry))?),
            description,
            is_latin_1: false,
            pointers: Vec::new(),
            options: Vec::new(),
            fixed: None,
            traffic,
        })
    }
}

impl<'t> Material<'t> {
    /// The description once it is fixed, in the same frame.
    fn fixed(&self, entry: Entry<'t>, fails: bool, complaints: &mut Vec<Complaint>) -> Option<String> {
        let Some((frame, _)) = self.described.filter(|_| fails) else {
            complaints.push(Complaint::at(entry.key, "`fixed` is for a failing example that is a description"));
            return None;
        };
        Some(framed(frame, &entry.value.as_str()?).0)
    }
}

impl Example {
    /// What is wrong where a failing example has no marks, or a passing one has some.
    fn wrong_marks(&self, place: Node<'_>) -> Option<Complaint> {
        let is_marked = !self.marks.is_empty() || !self.pointers.is_empty();
        let what = if self.fails {
            "a failing example needs marks such as `# warning` at the end of the lines to be reported"
        } else {
            "a passing example has no marks"
        };
        (is_marked != self.fails).then(|| Complaint::at(place, what))
    }

    /// The description without the marks at the ends of lines.
    pub fn unmarked(&self) -> String {
        let is_mark = |mark: &str| Severity::from_word(mark.trim()).is_some();
        let unmarked = |line: &str| match line.rsplit_once("# ") {
            Some((text, mark)) if is_mark(mark) => format!("{}\n", text.trim_end()),
            _ => format!("{line}\n"),
        };
        self.description.lines().map(unmarked).collect()
    }

    /// The bytes of the description. Letters that Latin-1 does not have become question marks there.
    pub fn bytes(&self) -> Vec<u8> {
        if self.is_latin_1 {
            return self.description.chars().map(|letter| u8::try_from(letter).unwrap_or(b'?')).collect();
        }
        self.description.clone().into_bytes()
    }
}

/// The text of an example for readers: the description, then the traffic.
fn shown(described: &str, traffic: Option<&ExampleTraffic>) -> String {
    let parts = [described, traffic.map_or("", |traffic| &traffic.snippet)];
    parts.map(str::trim_end).into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The line of the rule file on which a snippet starts: below the `|`, or where it stands in quotation marks.
fn line_of_text(entry: Entry<'_>) -> u32 {
    let first = entry.value.file().source().position(entry.value.span().start).line;
    first + u32::from(!entry.value.raw().starts_with(['"', '\'']))
}

fn is_latin_1(entry: Entry<'_>, complaints: &mut Vec<Complaint>) -> bool {
    let word = entry.value.text().unwrap_or_default();
    if !keys::ENCODINGS.contains(&word.as_ref()) {
        complaints.push(unknown_word(entry.value, &word, "encoding", keys::ENCODINGS));
    }
    word == "latin-1"
}

fn texts(entry: Entry<'_>) -> Vec<String> {
    entry.value.items().filter_map(|item| item.text().map(std::borrow::Cow::into_owned)).collect()
}

fn options(entry: Entry<'_>) -> Vec<(String, String)> {
    entry.value.entries().filter_map(|option| Some((option.key.text()?.into_owned(), option.value.raw().to_owned()))).collect()
}

/// The snippet inside the smallest valid description, and the number of lines in front of it.
fn framed(frame: &str, snippet: &str) -> (String, u32) {
    const HEAD: &str = "openapi: 3.1.0\ninfo: { title: Example, version: '1' }\npaths:\n";
    let (frame, indent) = match frame {
        "openapi" => (String::new(), 0),
        "paths" => (HEAD.to_owned(), 2),
        "operation" => (format!("{HEAD}  /examples:\n"), 4),
        _ => (format!("{HEAD}  /examples:\n    get:\n      responses:\n"), 8),
    };
    let mut description = frame.clone();
    for line in snippet.lines() {
        let padding = if line.is_empty() { 0 } else { indent };
        let _ = writeln!(description, "{:padding$}{line}", "");
    }
    (description, frame.lines().count() as u32)
}

/// The severities at the ends of lines: `# warning`.
fn marks(description: &str) -> Vec<(u32, Severity)> {
    let mark = |line: &str| Severity::from_word(line.rsplit_once("# ")?.1.trim());
    (1..).zip(description.lines()).filter_map(|(number, line)| Some((number, mark(line)?))).collect()
}
