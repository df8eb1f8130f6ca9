//! `# statusquo: allow rule-id, rule-id -- reason`

use std::ops::Range;

use super::{Allowance, COMMENT, Mistake, Scope, Suppressions};
use crate::syntax::{Comment, File};

/// How a comment of ours is written.
const FORM: &str = "write `# statusquo: allow rule-id -- reason`";

pub(super) fn read(file: &File, found: &mut Suppressions) {
    let mut block = 0..0;
    for comment in file.comments_with(COMMENT) {
        match allowed(&comment) {
            Ok(list) => {
                let scope = scope(file, &comment, &mut block);
                let reason = reason(&comment);
                found.allowances.extend(list.into_iter().map(|(rule, at)| Allowance {
                    span: file.source().span(at, at + rule.len() as u32),
                    rule: rule.to_owned(),
                    node: None,
                    reason: reason.clone(),
                    scope: scope.clone(),
                }));
            }
            Err(message) => found.mistakes.push(Mistake { span: comment.span, message, help: FORM.to_owned() }),
        }
    }
}

/// The ids that a comment names, each with its offset in the file.
fn allowed<'t>(comment: &Comment<'t>) -> Result<Vec<(&'t str, u32)>, String> {
    let said = comment.text.strip_prefix(COMMENT).unwrap_or_default().trim_start();
    let (verb, rest) = said.split_once([' ', '\t']).unwrap_or((said, ""));
    if verb != "allow" {
        return Err(if verb.is_empty() {
            "this comment does not say what it wants".to_owned()
        } else {
            format!("`{verb}` is nothing that a comment can ask for")
        });
    }
    let ids = rest.split("--").next().unwrap_or_default();
    let offset = |id: &str| comment.span.start + (id.as_ptr().addr() - comment.text.as_ptr().addr()) as u32;
    let ids: Vec<_> = ids.split([',', ' ', '\t']).filter(|id| !id.is_empty()).map(|id| (id, offset(id))).collect();
    if ids.is_empty() { Err("this comment allows nothing: the rule is missing".to_owned()) } else { Ok(ids) }
}

fn reason(comment: &Comment<'_>) -> Option<String> {
    let (_, reason) = comment.text.split_once("--")?;
    Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty())
}

/// Its own line, or, where it stands alone, the next one that is no comment: the end of the block of comments that was read
/// last, if it is part of that.
fn scope(file: &File, comment: &Comment<'_>, block: &mut Range<u32>) -> Scope {
    let source = file.source();
    let own = source.position(comment.span.start).line;
    let is_comment = |line: &u32| source.slice(source.line_range(*line)).trim_start().starts_with('#');
    if comment.is_alone && !block.contains(&own) {
        *block = own..(own + 1..=source.line_count()).find(|line| !is_comment(line)).unwrap_or(own);
    }
    let number = if comment.is_alone && block.start < block.end { block.end } else { own };
    let bytes = source.line_range(number);
    Scope::Line { number, bytes: bytes.start as u32..bytes.end as u32 }
}
