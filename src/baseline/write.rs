//! A baseline as text: one line for each finding, sorted, so that a change shows as the lines that changed.

use std::fmt::Write as _;

use super::{Baseline, Entry, VERSION};

const HEADER: &str = "\
# Findings that were there before: with `--baseline` on this file only new ones are reported.
# `--write-baseline` writes it, `--prune` drops what is fixed.
";

/// The text of a baseline, as YAML, or as JSON for a file whose name ends so.
pub fn write(baseline: &Baseline, as_json: bool) -> String {
    let quote = if as_json { "\"" } else { "" };
    let mut lines: Vec<String> = baseline.entries.iter().map(|entry| fields(entry, quote)).collect();
    lines.sort();
    if as_json { json(&lines) } else { yaml(&lines) }
}

fn yaml(lines: &[String]) -> String {
    if lines.is_empty() {
        return format!("{HEADER}version: {VERSION}\nfindings: []\n");
    }
    let lines: Vec<String> = lines.iter().map(|line| format!("  - {{ {line} }}\n")).collect();
    format!("{HEADER}version: {VERSION}\nfindings:\n{}", lines.concat())
}

fn json(lines: &[String]) -> String {
    let end = if lines.is_empty() { "" } else { "\n  " };
    let lines: Vec<String> = lines.iter().map(|line| format!("\n    {{{line}}}")).collect();
    format!("{{\n  \"version\": {VERSION},\n  \"findings\": [{}{end}]\n}}\n", lines.join(","))
}

/// The fields on one line; `quote` stands around their names.
fn fields(entry: &Entry, quote: &str) -> String {
    let fields = [
        ("file", entry.file.as_ref()),
        ("rule", Some(&entry.rule)),
        ("operation", entry.operation.as_ref()),
        ("message", Some(&entry.message)),
        ("fingerprint", Some(&entry.fingerprint)),
    ];
    let written = fields.into_iter().filter_map(|(name, value)| Some(format!("{quote}{name}{quote}: {}", quoted(value?))));
    written.collect::<Vec<_>>().join(", ")
}

/// A text in double quotes, escaped as JSON and YAML both understand.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\u{2028}' | '\u{2029}' | '\u{feff}' => drop(write!(quoted, "\\u{:04x}", u32::from(letter))),
            letter if letter.is_control() => drop(write!(quoted, "\\u{:04x}", u32::from(letter))),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
