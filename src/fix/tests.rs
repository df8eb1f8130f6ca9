//! Which fixes go together, and what becomes of those that do harm.

use std::convert::Infallible;

use super::*;
use crate::finding::{Finding, Fix, RuleId, Safety, Severity, TextEdit};
use crate::source::{Source, SourceId, Span};

fn span(start: u32, end: u32) -> Span {
    Span { source: SourceId(0), start, end }
}

fn fix(edits: &[(u32, u32, &str)], scope: Option<(u32, u32)>) -> Fix {
    let edits = edits.iter().map(|(start, end, text)| TextEdit { span: span(*start, *end), text: (*text).to_owned() });
    Fix {
        title: "change it".to_owned(),
        safety: Safety::Safe,
        edits: edits.collect(),
        scope: scope.map(|(start, end)| span(start, end)),
    }
}

#[test]
fn fixes_that_touch_wait() {
    let cases = [
        (vec![fix(&[(0, 2, "")], None), fix(&[(3, 4, "")], None)], vec![0, 1]),
        (vec![fix(&[(0, 2, "")], None), fix(&[(2, 4, "")], None)], vec![0]),
        (vec![fix(&[(5, 5, "a")], None), fix(&[(5, 5, "b")], None)], vec![0]),
        (vec![fix(&[(5, 5, "a")], None), fix(&[(5, 5, "a")], None)], vec![0, 1]),
        (vec![fix(&[(5, 6, "")], Some((0, 20))), fix(&[(9, 9, "x")], None), fix(&[(30, 31, "")], None)], vec![0, 2]),
        (vec![fix(&[(9, 9, "x")], None), fix(&[(5, 6, "")], Some((0, 20)))], vec![0]),
        (vec![fix(&[(0, 1, ""), (8, 9, "")], None), fix(&[(4, 5, "")], None), fix(&[(9, 10, "")], None)], vec![0, 1]),
    ];
    for (fixes, expected) in cases {
        assert_eq!(choose(fixes.iter().enumerate()), expected, "{fixes:?}");
    }
}

#[test]
fn edits_leave_everything_else() {
    let fix = fix(&[(0, 1, "A"), (2, 2, "-"), (4, 6, "")], None);
    assert_eq!(applied("abcdefg", &fix.edits), "Ab-cdg");
}

/// A world in which each `x` is a finding that its fix makes an `o`, and each `o` behind a `!` another finding.
fn examined(text: &str) -> Examined {
    let finding = |rule: &str, at: usize, fix| Finding {
        rule: RuleId::from(rule),
        severity: Severity::Note,
        set_by: None,
        message: "so it is".to_owned(),
        help: None,
        primary: Some(crate::finding::Place { span: span(at as u32, at as u32 + 1), pointer: String::new(), document: None }),
        related: Vec::new(),
        operations: Vec::new(),
        status: None,
        observation: None,
        change: None,
        fix,
        fingerprint: format!("{at}"),
    };
    let crosses =
        text.match_indices('x').map(|(at, _)| finding("cross", at, Some(fix(&[(at as u32, at as u32 + 1, "o")], None))));
    let bad = text.match_indices("!o").map(|(at, _)| finding("bad", at, None));
    let findings: Vec<Finding> = crosses.chain(bad).collect();
    Examined {
        may_be_fixed: vec![true; findings.len()],
        findings,
        sources: vec![Source::new(SourceId(0), "a", text)],
        may_be_changed: vec![true],
    }
}

#[test]
fn what_does_harm_is_left_out_and_said() {
    let start = "x, x, !x, x";
    let examine = |texts: &Texts| Ok::<_, Infallible>(examined(texts.get("a").map_or(start, String::as_str)));
    let Ok(fixed) = run(Safety::Safe, examine);
    assert_eq!(fixed.texts.get("a").map(String::as_str), Some("o, o, !x, o"));
    assert_eq!((fixed.count(), fixed.rounds.len()), (3, 1));
    let dropped: Vec<_> = fixed.dropped.iter().map(|one| (one.at.column, one.reason.as_str())).collect();
    assert_eq!(dropped, [(8, "it would add `bad`: so it is")]);
}
