//! What holds for every fix: files still parse, rounds end, a second run changes nothing, nothing but the edits changes,
//! comments stay, findings are cured and none are added.

use std::collections::BTreeMap;
use std::convert::Infallible;

use statusquo::finding::{Finding, Safety, TextEdit};
use statusquo::fix::{Examined, Fixed, Texts, run};
use statusquo::lint::{Job, Knowledge, is_description, lint_knowing};
use statusquo::openapi::load;
use statusquo::provider::{Provider, Refusal};
use statusquo::rules::{RuleSet, Settings};
use statusquo::source::{Source, SourceId};
use statusquo::syntax::{File, Format, Kind, parse};

/// Files of which some hold other texts.
struct Overlay<'p> {
    files: &'p dyn Provider,
    texts: &'p Texts,
}

impl Provider for Overlay<'_> {
    fn resolve(&self, from: &str, reference: &str) -> Result<String, Refusal> {
        self.files.resolve(from, reference)
    }

    fn read(&self, name: &str) -> Result<Vec<u8>, Refusal> {
        self.texts.get(name).map_or_else(|| self.files.read(name), |text| Ok(text.clone().into_bytes()))
    }
}

/// What a description looks like with these texts.
pub(crate) fn examine(name: &str, files: &dyn Provider, texts: &Texts, rules: &RuleSet) -> Examined {
    let project = load(&[name.to_owned()], &Overlay { files, texts }).project;
    let settings = Settings::default();
    let described = project.files().filter(|file| file.source().name() == name && file.roots().any(is_description));
    let jobs: Vec<Job<'_>> = described.map(|file| Job { file, settings: &settings }).collect();
    let outcome = lint_knowing(&project, rules, &jobs, &Knowledge { wants_fixes: true, ..Knowledge::default() });
    let all = vec![true; outcome.findings.len()];
    Examined::new(&project, outcome.findings, all, |_| true)
}

/// Fixes a description as far as is safe, or as far as rules know how, and says what does not hold.
pub(crate) fn fix(name: &str, files: &dyn Provider, rules: &RuleSet, safety: Safety) -> (Fixed, Vec<String>) {
    let fixed = fixed(name, files, &Texts::new(), rules, safety);
    if fixed.texts.is_empty() {
        return (fixed, Vec::new());
    }
    let before = examine(name, files, &Texts::new(), rules);
    let after = examine(name, files, &fixed.texts, rules);
    let mut broken = replayed(&before, &fixed);
    broken.extend(worse(&before.findings, &after.findings));
    broken.extend(not_cured(&before, &fixed, &after));
    let again = self::fixed(name, files, &fixed.texts, rules, safety);
    if !again.rounds.is_empty() {
        broken.push("a second run changes something".to_owned());
    }
    (fixed, broken.into_iter().map(|what| format!("{name}: {what}")).collect())
}

/// Rules of which more is left than was not fixed: each fix cures one finding of its rule.
fn not_cured(before: &Examined, fixed: &Fixed, after: &Examined) -> Vec<String> {
    let of_rule =
        |examined: &Examined, rule: &str| examined.findings.iter().filter(|finding| finding.rule.as_str() == rule).count();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for applied in fixed.rounds.iter().flatten() {
        *counts.entry(applied.rule.as_str()).or_default() += 1;
    }
    let told = counts.into_iter().map(|(rule, fixed)| (rule, of_rule(before, rule), fixed, of_rule(after, rule)));
    let wrong = told.filter(|(_, before, fixed, after)| after + fixed > *before);
    wrong.map(|(rule, before, fixed, after)| format!("`{rule}`: {before} findings, {fixed} fixed, {after} left")).collect()
}

fn fixed(name: &str, files: &dyn Provider, start: &Texts, rules: &RuleSet, safety: Safety) -> Fixed {
    let examine = |texts: &Texts| {
        let mut all = start.clone();
        all.extend(texts.clone());
        Ok::<_, Infallible>(self::examine(name, files, &all, rules))
    };
    run(safety, examine).unwrap_or_default()
}

/// Findings that are more than before: of their words, and of their place as well, where a status has another name by now.
fn worse(before: &[Finding], after: &[Finding]) -> Vec<String> {
    let words = |finding: &Finding| (finding.rule.clone(), finding.fingerprint.split('-').next().unwrap_or_default().to_owned());
    let place = |finding: &Finding| (finding.rule.clone(), finding.pointer().to_owned());
    let (gone, new) = unlike(before.iter().collect(), after.iter().collect(), words);
    let (_, new) = unlike(gone, new, place);
    new.iter().map(|finding| format!("`{}` is new", finding.rule)).collect()
}

/// What is left of both sides when one of the one goes with one of the other that has the same key.
fn unlike<'f, K: Ord>(
    before: Vec<&'f Finding>,
    after: Vec<&'f Finding>,
    key: impl Fn(&Finding) -> K,
) -> (Vec<&'f Finding>, Vec<&'f Finding>) {
    let mut known: BTreeMap<K, Vec<&Finding>> = BTreeMap::new();
    for finding in before {
        known.entry(key(finding)).or_default().push(finding);
    }
    let is_new = |finding: &&Finding| known.get_mut(&key(finding)).and_then(Vec::pop).is_none();
    let new = after.into_iter().filter(is_new).collect();
    (known.into_values().flatten().collect(), new)
}

/// Applies the edits once more, round by round, and looks at each step.
fn replayed(before: &Examined, fixed: &Fixed) -> Vec<String> {
    let mut texts: BTreeMap<&str, String> =
        before.sources.iter().map(|source| (source.name(), source.text().to_owned())).collect();
    let mut broken = Vec::new();
    for round in &fixed.rounds {
        let mut by_file: BTreeMap<&str, Vec<&TextEdit>> = BTreeMap::new();
        for (file, edit) in round.iter().flat_map(|applied| &applied.edits) {
            by_file.entry(file).or_default().push(edit);
        }
        for (file, mut edits) in by_file {
            edits.sort();
            edits.dedup();
            let Some(text) = texts.get_mut(file) else { continue };
            let step = Step::of(file, text, &edits);
            broken.extend(step.faults());
            *text = step.new;
        }
    }
    let differs = |(name, text): &(&String, &String)| texts.get(name.as_str()) != Some(*text);
    broken.extend(fixed.texts.iter().filter(differs).map(|(name, _)| format!("{name} is more than its edits")));
    broken
}

/// One round of one file.
struct Step<'e> {
    file: &'e str,
    old: String,
    new: String,
    edits: &'e [&'e TextEdit],
}

impl<'e> Step<'e> {
    fn of(file: &'e str, text: &str, edits: &'e [&'e TextEdit]) -> Self {
        let mut new = text.to_owned();
        for edit in edits.iter().rev() {
            new.replace_range(edit.span.range(), &edit.text);
        }
        Step { file, old: text.to_owned(), new, edits }
    }

    fn faults(&self) -> Vec<String> {
        let read = |text: &str| parse(Source::new(SourceId(0), self.file, text));
        let (old, new) = (read(&self.old), read(&self.new));
        let mut broken = Vec::new();
        if new.faults().len() > old.faults().len() {
            broken.push(format!("{:?}\n{}", new.faults().first(), self.new.len()));
        }
        broken.extend(self.edits.iter().filter_map(|edit| self.rewritten(edit)));
        if self.untouched_scalars(&old) != self.old_scalars(&new) {
            broken.push("a value changed that no edit touches".to_owned());
        }
        if old.format() == Format::Yaml {
            broken.extend(self.lost_comments(&old));
        }
        broken
    }

    /// A line that an edit takes out and writes again.
    fn rewritten(&self, edit: &TextEdit) -> Option<String> {
        let lines = |text: &str| text.split(['\n', '\r']).map(|line| line.trim().to_owned()).collect::<Vec<String>>();
        let kept = lines(self.old.get(edit.span.range())?);
        let again = lines(&edit.text).into_iter().find(|line| line.len() > 2 && kept.contains(line))?;
        Some(format!("an edit writes `{again}` again"))
    }

    /// The scalars of the old text that no edit touches.
    fn untouched_scalars(&self, old: &File) -> Vec<String> {
        let spans: Vec<(usize, usize)> =
            self.edits.iter().map(|edit| (edit.span.start as usize, edit.span.end as usize)).collect();
        scalars(old).filter(|(start, end, _)| !touches(&spans, *start, *end)).map(|(.., text)| text).collect()
    }

    /// The scalars of the new text that no edit wrote.
    fn old_scalars(&self, new: &File) -> Vec<String> {
        let mut shift = 0_i64;
        let written = self.edits.iter().map(|edit| {
            let start = usize::try_from(i64::from(edit.span.start) + shift).unwrap();
            shift += i64::try_from(edit.text.len()).unwrap() - i64::from(edit.span.end - edit.span.start);
            (start, start + edit.text.len())
        });
        let written: Vec<(usize, usize)> = written.collect();
        scalars(new).filter(|(start, end, _)| !touches(&written, *start, *end)).map(|(.., text)| text).collect()
    }

    /// Comments that went although they stand behind what was taken away.
    fn lost_comments(&self, old: &File) -> Vec<String> {
        let ends: Vec<(usize, usize)> = scalars(old).map(|(start, end, _)| (start, end)).collect();
        let mut lost = Vec::new();
        for edit in self.edits.iter().filter(|edit| edit.span.start < edit.span.end) {
            let range = edit.span.range();
            let inside = ends.get(..ends.partition_point(|(start, _)| *start < range.end)).unwrap_or_default();
            let final_end = inside.iter().rev().take_while(|(start, _)| *start >= range.start).map(|(_, end)| *end).max();
            let behind = final_end.map_or(range.start, |at| at + self.old[at..].find(['\n', '\r']).unwrap_or_default());
            let rest = self.old.get(behind..range.end).unwrap_or_default();
            lost.extend(rest.contains('#').then(|| format!("a comment went with {rest:?}")));
        }
        lost
    }
}

/// Every scalar that is written, with its bytes; what goes on behind the end of a block scalar counts for nothing.
fn scalars(file: &File) -> impl Iterator<Item = (usize, usize, String)> {
    let nodes = (0..file.tree().len() as u32).map(|index| file.node(index));
    let scalars = nodes.filter(|node| !matches!(node.kind(), Kind::Map | Kind::List | Kind::Empty));
    scalars.map(|node| {
        let span = node.span();
        let decoded = node.text().unwrap_or_default().into_owned();
        (span.start as usize, span.end as usize, decoded)
    })
}

/// Whether bytes lie in one of these stretches, which are sorted.
fn touches(stretches: &[(usize, usize)], start: usize, end: usize) -> bool {
    let before = stretches.partition_point(|(first, _)| *first < end);
    stretches[..before].iter().rev().take(3).any(|(_, last)| *last > start)
}
