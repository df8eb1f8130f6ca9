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
    let finding = |rule: &str, at: usize, fix: Option<Fix>| Finding {
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
        fix: fix.map(Box::new),
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
        ..Examined::default()
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

/// A finding without a fix, at a place of its own.
fn complaint(rule: &str, pointer: &str, message: String) -> Finding {
    let place = crate::finding::Place { span: span(0, 1), pointer: pointer.to_owned(), document: None };
    let mut finding = examined("x").findings.remove(0);
    finding.fix = None;
    finding.primary = Some(place);
    finding.fingerprint.clone_from(&message);
    Finding { rule: RuleId::from(rule), message, ..finding }
}

/// The same world, and more to be said about its text.
fn with(text: &str, more: impl IntoIterator<Item = Finding>) -> Examined {
    let mut examined = examined(text);
    examined.findings.extend(more);
    examined.may_be_fixed.resize(examined.findings.len(), true);
    examined
}

#[test]
fn other_words_at_the_same_place_are_no_new_finding() {
    let examine = |texts: &Texts| {
        let text = texts.get("a").map_or("x, x", String::as_str);
        Ok::<_, Infallible>(with(text, [complaint("tells", "/paths", format!("{} are left", text.matches('x').count()))]))
    };
    let Ok(fixed) = run(Safety::Safe, examine);
    assert_eq!((fixed.texts.get("a").map(String::as_str), fixed.dropped), (Some("o, o"), Vec::new()));
}

#[test]
fn a_stubborn_place_keeps_no_other_from_being_fixed() {
    let start = "x ".repeat(40) + "?x" + &" x".repeat(40);
    let mut looks = 0;
    let Ok(fixed) = run(Safety::Safe, |texts: &Texts| {
        looks += 1;
        let text = texts.get("a").map_or(start.as_str(), String::as_str);
        // It is said at the start of the file, where other changes are nearer.
        Ok::<_, Infallible>(with(text, text.contains("?o").then(|| complaint("far", "/info", "it is broken".to_owned()))))
    });
    let expected = "o ".repeat(40) + "?x" + &" o".repeat(40);
    assert_eq!(fixed.texts.get("a"), Some(&expected));
    let dropped: Vec<_> = fixed.dropped.iter().map(|one| (one.at.column, one.reason.as_str())).collect();
    assert_eq!(dropped, [(82, "it would add `far`: it is broken")]);
    assert!(looks < 40, "{looks} looks at the file");
}

#[test]
fn where_everything_does_harm_it_ends_soon() {
    let start = "!x ".repeat(2_000);
    let mut looks = 0;
    let Ok(fixed) = run(Safety::Safe, |texts: &Texts| {
        looks += 1;
        Ok::<_, Infallible>(examined(texts.get("a").map_or(start.as_str(), String::as_str)))
    });
    assert_eq!((fixed.texts.len(), fixed.dropped.len()), (0, 2_000));
    assert!(looks < 60, "{looks} looks at the file");
}

#[test]
fn what_did_harm_is_tried_again_when_others_have_changed_the_text() {
    // `D` may only stand where `A` does, `B` never; both are said where `a` is nearest, which is blamed first.
    let examine = |texts: &Texts| {
        let text = texts.get("a").map_or("abcd", String::as_str);
        let finding = |at: usize, letter: char| {
            let (at, mut finding) = (at as u32, complaint("small", "", letter.to_string()));
            finding.fix = Some(Box::new(fix(&[(at, at + 1, &letter.to_uppercase().to_string())], None)));
            finding.primary.iter_mut().for_each(|place| place.span = span(at, at + 1));
            finding
        };
        let small = text.char_indices().filter(|(_, letter)| letter.is_lowercase()).map(|(at, letter)| finding(at, letter));
        let early = (text.contains('D') && text.contains('a')).then(|| complaint("early", "/a", "too early".to_owned()));
        let never = text.contains('B').then(|| complaint("never", "/b", "never".to_owned()));
        let mut all = with(text, small.chain(early).chain(never));
        all.sources = vec![Source::new(SourceId(0), "a", text)];
        Ok::<_, Infallible>(all)
    };
    let Ok(fixed) = run(Safety::Safe, examine);
    assert_eq!(fixed.texts.get("a").map(String::as_str), Some("AbCD"));
    let dropped: Vec<_> = fixed.dropped.iter().map(|one| (one.at.column, one.reason.as_str())).collect();
    assert_eq!(dropped, [(2, "it would add `never`: never")]);
}

#[test]
fn a_finding_that_nobody_hears_of_is_no_harm() {
    let examine = |texts: &Texts| {
        let mut all = examined(texts.get("a").map_or("!x", String::as_str));
        all.silenced = all.findings.iter().map(|finding| finding.rule.as_str() == "bad").collect();
        Ok::<_, Infallible>(all)
    };
    let Ok(fixed) = run(Safety::Safe, examine);
    assert_eq!((fixed.texts.get("a").map(String::as_str), fixed.dropped), (Some("!o"), Vec::new()));
}

/// The same world in several files that have nothing to do with each other.
fn apart<'t>(files: impl Iterator<Item = (&'t str, &'t str)>) -> Examined {
    let mut all = Examined::default();
    for (number, (name, text)) in files.enumerate() {
        let id = SourceId(number as u32);
        for mut finding in examined(text).findings {
            finding.primary.iter_mut().for_each(|place| place.span.source = id);
            finding.fix.iter_mut().flat_map(|fix| &mut fix.edits).for_each(|edit| edit.span.source = id);
            all.findings.push(finding);
        }
        all.sources.push(Source::new(id, name, text));
    }
    all.may_be_changed = vec![true; all.sources.len()];
    all.may_be_fixed = vec![true; all.findings.len()];
    all
}

/// What becomes of files called `0`, `1` and so on, with what is said beside, and how often they are looked at.
fn fixed_apart(files: &[&str], more: impl Fn(&Examined) -> Option<Finding>) -> (Vec<String>, Fixed, usize) {
    let names: Vec<String> = (0..files.len()).map(|number| number.to_string()).collect();
    let mut looks = 0;
    let Ok(fixed) = run(Safety::Safe, |texts: &Texts| {
        looks += 1;
        let text = |name: &'_ String, start| texts.get(name).map_or(start, String::as_str);
        let mut all = apart(names.iter().zip(files).map(|(name, start)| (name.as_str(), text(name, *start))));
        all.findings.extend(more(&all));
        all.may_be_fixed.resize(all.findings.len(), true);
        Ok::<_, Infallible>(all)
    });
    let after = names.iter().zip(files).map(|(name, start)| fixed.texts.get(name).map_or(*start, String::as_str).to_owned());
    (after.collect(), fixed, looks)
}

#[test]
fn files_that_have_nothing_to_do_with_each_other_are_tried_at_once() {
    let files = ["x", "!x", "x !x"].repeat(100);
    let (after, fixed, looks) = fixed_apart(&files, |_| None);
    assert_eq!(after, ["o", "!x", "o !x"].repeat(100));
    assert_eq!((fixed.count(), fixed.dropped.len()), (200, 200));
    assert!(looks < 12, "{looks} looks at the files");
}

#[test]
fn what_should_have_nothing_to_do_with_each_other_and_does_harm_together_is_tried_alone() {
    // Two files must not both be changed, and what is said about it has no place.
    let clash = |all: &Examined| {
        let changed = [0, 2].iter().all(|&file| all.sources.get(file).is_some_and(|source| source.text() == "o"));
        changed.then(|| Finding { primary: None, ..complaint("clash", "", "they are at odds".to_owned()) })
    };
    let (after, fixed, _) = fixed_apart(&["x", "x", "x", "!x", "x"], clash);
    let changed: Vec<bool> = after.iter().map(|text| text == "o").collect();
    assert_eq!(changed.iter().filter(|changed| **changed).count(), 3, "{after:?}");
    assert!(!(changed[0] && changed[2]) && changed[1] && changed[4], "{after:?}");
    assert_eq!(fixed.dropped.len(), 2);
}
