//! Examples about recorded traffic: their exchanges held against their description, as `check` does.

use super::{NAME, project_of, settings_of};
use crate::check::{Checker, Gathering, Options, Sequence};
use crate::facts::Neighbours;
use crate::finding::{Finding, Observation};
use crate::lint::Job;
use crate::rules::{Clause, Example, ExampleTraffic, Part, Row, Rule, RuleSet, Witness};
use crate::source::{Source, SourceId};
use crate::syntax::{File, Node, parse};
use crate::traffic::{PlacedEntry, RecordingPlace, exchange_at};

/// What the rule alone reports about the traffic of an example, each with the line of the snippet that holds the status.
pub(super) fn reported(rules: &RuleSet, rule: &Rule, example: &Example) -> Vec<(u32, Finding)> {
    let Some(traffic) = &example.traffic else { return Vec::new() };
    let file = file_of(traffic);
    let lines: Vec<u32> = exchanges(&file).map(line_of).collect();
    let findings = with_checker(rules, rule, example, |checker, project| {
        let mut gathering = Gathering::default();
        each_entry(&file, |placed, neighbours| {
            let judged = checker.judge(placed, neighbours);
            gathering.take(checker, "example", placed, judged);
        });
        gathering.finish(checker, project).lint.findings
    });
    let line = |finding: &Finding| {
        let index = finding.observation.as_ref().map(|observation| observation.first.index);
        index.and_then(|index| lines.get(usize::try_from(index).ok()?)).copied().unwrap_or(1)
    };
    let of_rule = findings.into_iter().flatten().filter(|finding| finding.rule == rule.id);
    of_rule.flat_map(|finding| marked_lines(&finding, &lines, line(&finding))).collect()
}

/// A finding that several exchanges show counts on the line of each.
fn marked_lines(finding: &Finding, lines: &[u32], first: u32) -> Vec<(u32, Finding)> {
    let listed = finding.observation.as_deref().into_iter().flat_map(Observation::beside_first);
    let mut marked: Vec<u32> = listed.filter_map(|index| lines.get(usize::try_from(*index).ok()?).copied()).collect();
    if marked.is_empty() {
        marked.push(first);
    }
    marked.into_iter().map(|line| (line, finding.clone())).collect()
}

/// Looks at every exchange of an example as a row, for each clause that can speak about traffic.
pub(super) fn each_row(
    rules: &RuleSet,
    rule: &Rule,
    example: &Example,
    mut look: impl FnMut(usize, &Clause, &Row<'_, '_>, &Part),
) {
    let Some(traffic) = &example.traffic else { return };
    let parts = rules.parts(&settings_of(rule, example), Witness::Observed);
    let Some(part) = rules.index_of(rule.id.as_str()).and_then(|index| parts.get(index)?.as_ref()) else { return };
    let file = file_of(traffic);
    with_checker(rules, rule, example, |checker, _| {
        each_entry(&file, |placed, neighbours| {
            checker.with_row(placed, neighbours, |row| {
                let clauses = rule.clauses().iter().enumerate().filter(|(_, clause)| clause.is_about(Witness::Observed));
                clauses.for_each(|(number, clause)| look(number, clause, row, part));
            });
        });
    });
}

fn with_checker<T>(
    rules: &RuleSet,
    rule: &Rule,
    example: &Example,
    then: impl for<'p> FnOnce(&Checker<'_, 'p>, &'p crate::openapi::Project) -> T,
) -> Option<T> {
    let project = project_of(example);
    let settings = settings_of(rule, example);
    let jobs = [Job { file: project.file(NAME)?, settings: &settings }];
    let is_described = example.traffic.as_ref().is_some_and(|traffic| traffic.is_described);
    let options = Options { is_described, ..Options::default() };
    Some(then(&Checker::new(&project, rules, &jobs, &options), &project))
}

fn each_entry(file: &File, mut look: impl FnMut(&PlacedEntry, Neighbours)) {
    let placed = |(index, node)| PlacedEntry { index, place: RecordingPlace::default(), entry: exchange_at(node) };
    let entries: Vec<PlacedEntry> = (0..).zip(exchanges(file)).map(placed).collect();
    let neighbours = Sequence::default().note_all(&entries);
    entries.iter().zip(neighbours).for_each(|(placed, neighbours)| look(placed, neighbours));
}

fn file_of(traffic: &ExampleTraffic) -> File {
    parse(Source::new(SourceId(0), "exchanges.yaml", traffic.snippet.clone()))
}

fn exchanges(file: &File) -> impl Iterator<Item = Node<'_>> {
    let root = file.roots().next();
    let (list, one) = (root.filter(|root| root.is_list()), root.filter(|root| !root.is_list()));
    list.into_iter().flat_map(Node::items).chain(one)
}

/// The line of the status, or of the exchange where that is missing.
fn line_of(exchange: Node<'_>) -> u32 {
    let status = exchange.get("response").and_then(|response| response.entry("status")).map(|entry| entry.key);
    let place = status.unwrap_or(exchange);
    place.file().source().position(place.span().start).line
}
