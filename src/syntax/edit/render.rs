//! Values in the styles that descriptions are written in.

use super::super::Scalar;
use super::Snippet;

/// How entries are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// YAML, a key in each line.
    Block {
        /// The column of the keys.
        column: usize,
        /// How much deeper inner keys stand.
        unit: usize,
        /// How lines end.
        line_break: String,
        /// The quotation mark of keys that need one.
        mark: char,
    },
    /// YAML in braces, on one line.
    Flow,
    /// JSON on one line, with or without blanks.
    Json {
        /// Whether a blank stands behind `:` and `,`.
        is_spaced: bool,
    },
    /// JSON with a key in each line.
    JsonLines {
        /// What stands before the keys.
        indent: String,
        /// How much more stands before inner keys.
        unit: String,
        /// How lines end.
        line_break: String,
    },
}

impl Style {
    /// An entry; in block style whole lines without the last line break, indented but for the first.
    pub(super) fn entry(&self, key: &str, value: &Snippet) -> String {
        match self {
            Style::Block { column, unit, line_break, mark } => {
                let mut text = String::new();
                block_entry(key, value, *column, *unit, (line_break, *mark), &mut text);
                text
            }
            Style::Flow => format!("{}: {}", yaml_text(key, '"'), flow(value)),
            Style::Json { is_spaced } => format!("{}:{}{}", json_text(key), blank(*is_spaced), json(value, *is_spaced)),
            Style::JsonLines { indent, unit, line_break } => {
                format!("{}: {}", json_text(key), json_lines(value, indent, unit, line_break))
            }
        }
    }
}

fn block_entry(key: &str, value: &Snippet, column: usize, unit: usize, style: (&str, char), text: &mut String) {
    text.push_str(&yaml_text(key, style.1));
    text.push(':');
    let Snippet::Map(entries) = value else {
        text.push(' ');
        text.push_str(&flow(value));
        return;
    };
    if entries.is_empty() || is_reference(entries) {
        text.push(' ');
        text.push_str(&flow(value));
        return;
    }
    for (key, value) in entries {
        text.push_str(style.0);
        text.extend(std::iter::repeat_n(' ', column + unit));
        block_entry(key, value, column + unit, unit, style, text);
    }
}

/// A `$ref` alone is written in one line, as most people do.
fn is_reference(entries: &[(String, Snippet)]) -> bool {
    matches!(entries, [(key, _)] if key == "$ref")
}

fn flow(value: &Snippet) -> String {
    match value {
        Snippet::Text(text) => yaml_text(text, '"'),
        Snippet::Word(word) => word.clone(),
        Snippet::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Snippet::Map(entries) if entries.is_empty() => "{}".to_owned(),
        Snippet::Map(entries) => {
            let entries: Vec<String> = entries.iter().map(|(key, value)| Style::Flow.entry(key, value)).collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

fn json(value: &Snippet, is_spaced: bool) -> String {
    let comma = format!(",{}", blank(is_spaced));
    match value {
        Snippet::Text(text) => json_text(text),
        Snippet::Word(word) => word.clone(),
        Snippet::List(items) => {
            format!("[{}]", items.iter().map(|item| json(item, is_spaced)).collect::<Vec<_>>().join(&comma))
        }
        Snippet::Map(entries) => {
            let style = Style::Json { is_spaced };
            let entries: Vec<String> = entries.iter().map(|(key, value)| style.entry(key, value)).collect();
            format!("{{{}}}", entries.join(&comma))
        }
    }
}

fn json_lines(value: &Snippet, indent: &str, unit: &str, line_break: &str) -> String {
    let inner = format!("{indent}{unit}");
    let style = Style::JsonLines { indent: inner.clone(), unit: unit.to_owned(), line_break: line_break.to_owned() };
    let (open, lines, close): (_, Vec<String>, _) = match value {
        Snippet::Map(entries) => ('{', entries.iter().map(|(key, value)| style.entry(key, value)).collect(), '}'),
        Snippet::List(items) => ('[', items.iter().map(|item| json_lines(item, &inner, unit, line_break)).collect(), ']'),
        _ => return json(value, true),
    };
    if lines.is_empty() {
        return format!("{open}{close}");
    }
    let lines = lines.join(&format!(",{line_break}{inner}"));
    format!("{open}{line_break}{inner}{lines}{line_break}{indent}{close}")
}

fn blank(is_spaced: bool) -> &'static str {
    if is_spaced { " " } else { "" }
}

fn json_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Text as YAML: plain where every reader takes it for text, else in quotation marks.
pub(super) fn yaml_text(text: &str, mark: char) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let is_simple = !text.contains(char::is_control);
    if is_simple && (mark == '\'' || text.contains(['"', '\\'])) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    json_text(text)
}

fn is_plain(text: &str) -> bool {
    // YAML 1.1 takes these for booleans.
    let is_switch = ["y", "n", "yes", "no", "on", "off"].iter().any(|word| text.eq_ignore_ascii_case(word));
    let is_harmless = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, ' ' | '-' | '_' | '.' | '/' | '(' | ')');
    let name = text.strip_prefix('$').unwrap_or(text);
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && !name.ends_with(' ')
        && name.chars().all(is_harmless)
        && !is_switch
        && Scalar::of_plain(text) == Scalar::Text
}
