//! Completion: status codes among responses, rule ids and severities in configurations, rule ids in suppressions.

use std::ops::Range;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionParams, CompletionResponse, CompletionTextEdit, Documentation, MarkupContent,
    MarkupKind, TextEdit,
};

use super::context::{Context, context, word_at};
use super::positions::Lines;
use super::server::Server;
use super::workspace::is_config;
use crate::config::FailOn;
use crate::http::status::{Class, Registration, registered};
use crate::rules::{Grade, Preset, Rule, RuleSet};
use crate::suppress::{COMMENT, EXTENSION};

/// A word that may stand here.
struct Word {
    text: String,
    detail: String,
    documentation: String,
    kind: CompletionItemKind,
}

/// What may be typed at a position.
pub(super) fn completion(server: &Server, params: &CompletionParams) -> Option<CompletionResponse> {
    let spot = server.spot(&params.text_document_position)?;
    let (source, offset) = (spot.file.source(), spot.offset as usize);
    let before = source.text().get(..offset)?;
    let around = context(before);
    let rules = spot.workspace.subject(source.name())?.rules.set();
    let is_key = is_status_place(&around);
    let words = if is_key {
        statuses()
    } else if is_config(source.name()) {
        in_config(&around, rules)
    } else if is_suppression(before, &around) {
        ids(rules)
    } else {
        return None;
    };
    let range = with_quotes(source.text(), word_at(source.text(), offset));
    let written = source.slice(range.clone());
    let quote = written.chars().next().filter(|first| matches!(first, '"' | '\''));
    let lines = Lines::of(source.text(), server.client.encoding);
    let range = lines.range(source.span(range.start as u32, range.end as u32));
    let items = words.into_iter().map(|word| {
        let text = match quote.or(is_key.then_some('"')) {
            Some(quote) => format!("{quote}{}{quote}", word.text),
            None => word.text.clone(),
        };
        let filter = if quote.is_some() { text.clone() } else { word.text.clone() };
        word.item(TextEdit { range, new_text: text }, filter)
    });
    Some(CompletionResponse::Array(items.collect()))
}

impl Word {
    fn item(self, edit: TextEdit, filter: String) -> CompletionItem {
        let documentation = MarkupContent { kind: MarkupKind::Markdown, value: self.documentation };
        CompletionItem {
            label: self.text,
            kind: Some(self.kind),
            detail: Some(self.detail),
            documentation: Some(Documentation::MarkupContent(documentation)),
            filter_text: Some(filter),
            text_edit: Some(CompletionTextEdit::Edit(edit)),
            ..CompletionItem::default()
        }
    }
}

/// A key in the responses of an operation; those of the components have names.
fn is_status_place(around: &Context) -> bool {
    let mut owners = around.keys.iter().rev();
    let is_inside = owners.next().is_some_and(|key| key == "responses");
    !around.is_comment && is_inside && owners.next().is_some_and(|owner| owner != "components") && around.key.is_none()
}

fn is_suppression(before: &str, around: &Context) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let comment = line.rsplit_once('#').map(|(_, comment)| comment.trim_start());
    let said = comment.and_then(|comment| comment.strip_prefix(COMMENT)).map(str::trim_start);
    let is_list = said.is_some_and(|said| said.starts_with("allow ") && !said.contains("--"));
    is_list || around.keys.last().or(around.key.as_ref()).is_some_and(|key| key == EXTENSION)
}

fn in_config(around: &Context, rules: &RuleSet) -> Vec<Word> {
    match (around.keys.last().map(String::as_str), &around.key) {
        (Some("rules"), None) => ids(rules),
        (Some("rules"), Some(_)) => choices(Grade::WORDS, "severity"),
        (_, Some(key)) if key == "severity" => choices(Grade::WORDS, "severity"),
        (None, Some(key)) if key == "fail-on" => choices(FailOn::WORDS, "from which severity on findings fail the run"),
        (None, Some(key)) if key == "extends" => choices(Preset::ALL.map(Preset::word), "preset"),
        (Some("extends"), None) => choices(Preset::ALL.map(Preset::word), "preset"),
        _ => Vec::new(),
    }
}

fn statuses() -> Vec<Word> {
    let is_current = |registration| matches!(registration, Registration::Registered | Registration::Temporary);
    let codes = registered().filter(|known| is_current(known.registration)).map(|known| Word {
        text: known.code.to_string(),
        detail: known.name.to_owned(),
        documentation: known.meaning.to_owned(),
        kind: CompletionItemKind::ENUM_MEMBER,
    });
    let ranges = Class::ALL.into_iter().map(|class| Word {
        text: format!("{}XX", class.digit()),
        detail: format!("any {}", class.word()),
        documentation: "Every code of this class without a key of its own.".to_owned(),
        kind: CompletionItemKind::ENUM,
    });
    let rest = Word {
        text: "default".to_owned(),
        detail: "any other status".to_owned(),
        documentation: "Every status without a key of its own, in practice the errors.".to_owned(),
        kind: CompletionItemKind::ENUM,
    };
    codes.chain(ranges).chain([rest]).collect()
}

fn ids(rules: &RuleSet) -> Vec<Word> {
    let word = |rule: &Rule| Word {
        text: rule.id.as_str().to_owned(),
        detail: rule.summary.clone(),
        documentation: rule.documents().why.clone(),
        kind: CompletionItemKind::VALUE,
    };
    rules.rules().iter().map(word).collect()
}

fn choices<const COUNT: usize>(words: [&str; COUNT], detail: &str) -> Vec<Word> {
    let word = |word: &str| Word {
        text: word.to_owned(),
        detail: detail.to_owned(),
        documentation: String::new(),
        kind: CompletionItemKind::KEYWORD,
    };
    words.iter().map(|text| word(text)).collect()
}

/// A word with the quotes around it, as far as they are there.
fn with_quotes(text: &str, word: Range<usize>) -> Range<usize> {
    let bytes = text.as_bytes();
    let quote = word.start.checked_sub(1).and_then(|at| bytes.get(at)).filter(|byte| matches!(byte, b'"' | b'\''));
    let Some(quote) = quote else { return word };
    let end = word.end + usize::from(bytes.get(word.end) == Some(quote));
    word.start - 1..end
}
