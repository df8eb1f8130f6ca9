//! Adding entries to a map.

use super::key::quotation_mark;
use super::render::Style;
use super::written::{Written, entries, is_flow};
use super::{Edited, Hindrance, Snippet, check, edit, lines};
use crate::finding::TextEdit;
use crate::syntax::{Format, Kind, Node};

/// Adds entries to a map: behind the entry with the key `after` where there is one, else at the end.
pub fn insert(map: Node<'_>, after: Option<Node<'_>>, added: &[(String, Snippet)]) -> Edited {
    check(map)?;
    let own = entries(map);
    if own.iter().any(|entry| added.iter().any(|(key, _)| entry.key.is_text(key))) {
        return Err(Hindrance::Exists);
    }
    let text = map.file().source().text();
    let anchor = after.and_then(|key| own.iter().find(|entry| entry.key == key)).or(own.last());
    match anchor {
        None => filled(map, text, added),
        Some(anchor) if is_flow(map) => behind_in_flow(map, text, &own, anchor, added),
        Some(anchor) => behind_in_block(map, text, &own, anchor, added),
    }
}

/// New lines below those of an entry.
fn behind_in_block(map: Node<'_>, text: &str, own: &[Written<'_>], anchor: &Written<'_>, added: &[(String, Snippet)]) -> Edited {
    let column = lines::column(text, map.span().start as usize);
    let line_break = lines::line_break(text, map.span().start as usize);
    let unit = unit(map, own, text, column);
    let style = Style::Block { column, unit, line_break: line_break.to_owned(), mark: quotation_mark(map) };
    let indented: Vec<String> = added.iter().map(|(key, value)| format!("{:column$}{}", "", style.entry(key, value))).collect();
    let new = indented.join(line_break);
    let at = lines::behind(text, anchor.end());
    // The blank lines behind a block scalar may be part of it.
    let at = if anchor.ends_with_block_scalar() { lines::behind_blank_ones(text, at) } else { at };
    let is_open_end = at == text.len() && !text.ends_with(['\n', '\r']);
    match is_open_end {
        // Without a line break at the end the scalar says something else than with one.
        true if anchor.ends_with_block_scalar() => Err(Hindrance::Layout),
        true => Ok(vec![edit(map, at..at, format!("{line_break}{new}"))]),
        false => Ok(vec![edit(map, at..at, format!("{new}{line_break}"))]),
    }
}

/// How much deeper inner keys stand: as inside of this map, else as below the root.
fn unit(map: Node<'_>, own: &[Written<'_>], text: &str, column: usize) -> usize {
    let deeper = |entries: &[Written<'_>], column: usize| {
        let is_block = |entry: &&Written<'_>| entry.value.is_map() && !is_flow(entry.value);
        let inner = entries.iter().find(is_block)?;
        lines::column(text, inner.value.span().start as usize).checked_sub(column).filter(|unit| (1..=8).contains(unit))
    };
    deeper(own, column).or_else(|| deeper(&entries(map.root()?), 0)).unwrap_or(2)
}

/// Behind an entry in braces, with a comma before the new ones.
fn behind_in_flow(map: Node<'_>, text: &str, own: &[Written<'_>], anchor: &Written<'_>, added: &[(String, Snippet)]) -> Edited {
    let Some(first) = own.first() else { return Err(Hindrance::Missing) };
    let style = flow_style(map, text, first);
    let before = match &style {
        Lines::One(Style::Json { is_spaced: false }) => ",".to_owned(),
        Lines::One(_) => ", ".to_owned(),
        Lines::Many(_, start) => format!(",{start}"),
    };
    let entries: Vec<String> = added.iter().map(|(key, value)| style.style().entry(key, value)).collect();
    let new = format!("{before}{}", entries.join(&before));
    match comment_behind(map, text, anchor) {
        Some(comment) if matches!(style, Lines::Many(..)) => Ok(around_comment(map, anchor, &comment, &new)),
        _ => Ok(vec![edit(map, anchor.end()..anchor.end(), new)]),
    }
}

/// How the entries in braces are laid out: on one line, or each on its own, which starts with this.
enum Lines {
    One(Style),
    Many(Style, String),
}

impl Lines {
    fn style(&self) -> &Style {
        match self {
            Lines::One(style) | Lines::Many(style, _) => style,
        }
    }
}

fn flow_style(map: Node<'_>, text: &str, first: &Written<'_>) -> Lines {
    let is_json = map.file().format() == Format::Json || first.key.kind() == Kind::Double;
    let opening = text.get(map.span().start as usize + 1..first.start()).unwrap_or_default();
    let Some(at) = opening.rfind(['\n', '\r']) else {
        let colon = text.get(first.key.span().end as usize..).unwrap_or_default();
        let is_spaced = map.file().format() == Format::Yaml || colon.starts_with(": ") || colon.starts_with(" :");
        return Lines::One(if is_json { Style::Json { is_spaced } } else { Style::Flow });
    };
    let indent = opening.get(at + 1..).unwrap_or_default();
    let line_break = lines::line_break(text, map.span().start as usize);
    let start = format!("{line_break}{indent}");
    if !is_json {
        return Lines::Many(Style::Flow, start);
    }
    let closing = lines::before(text, (map.span().end as usize).saturating_sub(1));
    let unit = indent.strip_prefix(closing).filter(|unit| !unit.is_empty()).unwrap_or("  ");
    let style = Style::JsonLines { indent: indent.to_owned(), unit: unit.to_owned(), line_break: line_break.to_owned() };
    Lines::Many(style, start)
}

/// A comment at the end of an entry's line: where it ends, and whether a comma stands before it.
struct Behind {
    end: usize,
    has_comma: bool,
}

fn comment_behind(map: Node<'_>, text: &str, anchor: &Written<'_>) -> Option<Behind> {
    if map.file().format() == Format::Json {
        return None;
    }
    let end = lines::end(text, anchor.end());
    let rest = text.get(anchor.end()..end)?.trim_start();
    let behind_comma = rest.strip_prefix(',').map(str::trim_start);
    behind_comma.unwrap_or(rest).starts_with('#').then_some(Behind { end, has_comma: behind_comma.is_some() })
}

/// The comment stays with its entry: the comma goes before it, the new entries behind it.
fn around_comment(map: Node<'_>, anchor: &Written<'_>, comment: &Behind, new: &str) -> Vec<TextEdit> {
    let lines = new.strip_prefix(',').unwrap_or(new);
    if comment.has_comma {
        return vec![edit(map, comment.end..comment.end, format!("{lines},"))];
    }
    vec![edit(map, anchor.end()..anchor.end(), ","), edit(map, comment.end..comment.end, lines)]
}

/// The first entries of `{}`.
fn filled(map: Node<'_>, text: &str, added: &[(String, Snippet)]) -> Edited {
    let range = map.span().range();
    if !is_flow(map) || !lines::is_blank(text.get(range.start + 1..range.end.saturating_sub(1)).unwrap_or("-")) {
        return Err(Hindrance::Layout);
    }
    let all =
        |style: &Style, between: &str| added.iter().map(|(key, value)| style.entry(key, value)).collect::<Vec<_>>().join(between);
    if map.file().format() == Format::Yaml {
        return Ok(vec![edit(map, range, format!("{{ {} }}", all(&Style::Flow, ", ")))]);
    }
    let rest = text.get(range.end..).unwrap_or_default();
    if !rest.strip_prefix(',').unwrap_or(rest).starts_with(['\n', '\r']) {
        let is_spaced = text.get(..range.start).is_some_and(|before| before.ends_with(' '));
        let comma = if is_spaced { ", " } else { "," };
        return Ok(vec![edit(map, range, format!("{{{}}}", all(&Style::Json { is_spaced }, comma)))]);
    }
    let line = lines::before(text, range.start);
    let indent = line.get(..line.len() - line.trim_start().len()).unwrap_or_default();
    let unit = if indent.starts_with('\t') { "\t" } else { json_unit(text) };
    let line_break = lines::line_break(text, range.start).to_owned();
    let inner = format!("{indent}{unit}");
    let style = Style::JsonLines { indent: inner.clone(), unit: unit.to_owned(), line_break: line_break.clone() };
    let entries = all(&style, &format!(",{line_break}{inner}"));
    Ok(vec![edit(map, range, format!("{{{line_break}{inner}{entries}{line_break}{indent}}}"))])
}

/// What stands before the first key of a file that stands on a line of its own.
fn json_unit(text: &str) -> &str {
    let indented = text.lines().find(|line| line.starts_with([' ', '\t']) && !line.trim().is_empty());
    indented.and_then(|line| line.get(..line.len() - line.trim_start().len())).unwrap_or("  ")
}
