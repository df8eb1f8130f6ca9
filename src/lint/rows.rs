//! Every rule over every row of one description.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::allowance::{Allowance, most_hits};
use super::groups::{Groups, Uses};
use super::hit::{At, Component, Hit, Use, Words};
use super::kinds::Kinds;
use super::pieces::Pieces;
use super::unknown::Unknown;
use crate::facts::{Api, OperationFact, ResponseFact, Role, naming_key};
use crate::finding::Severity;
use crate::fix::Remedy;
use crate::http::status::StatusKey;
use crate::openapi::NodeId;
use crate::rules::{
    Clause, Evidence, Grade, Grounds, Mutation, Noun, Part, Placement, Row, RuleSet, Subject, Verdict, Witness, judge, selects,
};
use crate::source::Span;
use crate::syntax::Node;
use crate::truth::Truth;

/// From this many operations on the operations of one description are judged in parallel.
const PARALLEL: usize = 64;

/// How many references on the way to what is at fault a finding shows; chains of them are short, or made to be long.
const MOST_HOPS: usize = 4;

/// Why an operation is not judged whose response has faults that are told often enough.
pub(super) const TOO_MANY: &str = "a response that shares very many faults with others";

/// What the rules say about one description.
#[derive(Debug, Default)]
pub(super) struct Judged<'p> {
    pub(super) hits: Pieces<Hit<'p>>,
    pub(super) unknown: Unknown,
    /// The operations for which a rule was not asked any more.
    pub(super) left_out: Vec<usize>,
}

/// By the kind of operation, what is not said of its uses of a response: nothing, or that nobody can tell.
type Quiet = FxHashMap<usize, Truth>;

/// A clause that runs, with its rule and the rule's part in the run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Running<'r> {
    pub(crate) rule: usize,
    pub(crate) number: usize,
    pub(crate) clause: &'r Clause,
    pub(crate) part: &'r Part,
    pub(crate) mutation: Mutation,
    /// Whether fixes are asked for.
    pub(crate) treats: bool,
}

impl Running<'_> {
    /// What set a grade, if it is the base and not the rule's own.
    pub(crate) fn set_by(&self, entry: usize, grade: Grade, witness: Witness) -> Option<Arc<str>> {
        let severities = &self.clause.severities;
        let is_own = entry < severities.entries.len() || grade == severities.base.of(witness);
        if is_own { None } else { self.part.origin.clone() }
    }
}

/// Judges all rows of a description.
pub(super) fn judge_all<'p>(rules: &RuleSet, parts: &[Option<Part>], api: &Api<'p>, treats: bool) -> Judged<'p> {
    let mut running = running(rules, parts, Witness::Declared);
    for one in &mut running {
        one.treats = treats;
    }
    let kinds = Kinds::of(running.len(), api);
    let whole = || Judged::of_document(&running, api);
    let paths = || Judged::each(api, 0..api.paths.len(), |judged, index| judged.path(&running, api, index));
    let operations =
        || Judged::each(api, 0..api.operations.len(), |judged, index| judged.operation(&running, &kinds, api, index));
    let responses = || {
        let groups = Groups::of(api);
        let by_status = by_status(&running, &groups, api);
        Judged::each(api, 0..groups.len(), |judged, index| judged.group(&by_status, &kinds, api, &groups.uses(index, api)))
    };
    let (above, below) = rayon::join(|| rayon::join(whole, paths), || rayon::join(operations, responses));
    Judged::joined(vec![above.0, above.1, below.0, below.1])
}

/// The clauses that can speak at all.
pub(crate) fn running<'r>(rules: &'r RuleSet, parts: &'r [Option<Part>], witness: Witness) -> Vec<Running<'r>> {
    let mut running = Vec::new();
    for (index, (rule, part)) in rules.rules().iter().zip(parts).enumerate() {
        let Some(part) = part else { continue };
        for (number, clause) in rule.clauses().iter().enumerate() {
            let base = clause.severities.base_under(part.set, witness);
            if clause.is_about(witness) && (base != Grade::Off || !clause.severities.entries.is_empty()) {
                running.push(Running { rule: index, number, clause, part, mutation: Mutation::None, treats: false });
            }
        }
    }
    running
}

/// The response clauses that can speak, by status.
type ByStatus<'r> = FxHashMap<StatusKey, Speaking<'r>>;

/// Some of the clauses, and their positions in the list of those that run.
#[derive(Default)]
struct Speaking<'r> {
    clauses: Vec<Running<'r>>,
    positions: Vec<usize>,
}

/// The response clauses that can speak about each status: a rule about 405 costs nothing on a 200, and says nothing about
/// a `4XX` or `default` that may or may not be one.
fn by_status<'r>(running: &[Running<'r>], groups: &Groups, api: &Api<'_>) -> ByStatus<'r> {
    let keys = groups.first_uses().filter_map(|first| api.responses.get(first)).map(|response| response.status);
    let mut by_status: ByStatus<'r> = FxHashMap::default();
    for key in keys {
        by_status.entry(key).or_insert_with(|| {
            let can_speak = |(_, one): &(usize, &Running<'_>)| {
                one.clause.noun == Noun::Response && one.clause.statuses().is_none_or(|set| set.relation(key) == Truth::True)
            };
            let (positions, clauses) = running.iter().enumerate().filter(can_speak).map(|(at, one)| (at, *one)).unzip();
            Speaking { clauses, positions }
        });
    }
    by_status
}

impl<'p> Judged<'p> {
    /// Runs over a range of rows, in parallel where there are many, results in order all the same.
    fn each(api: &Api<'p>, range: std::ops::Range<usize>, one: impl Fn(&mut Judged<'p>, usize) + Sync) -> Judged<'p> {
        if api.operations.len() < PARALLEL {
            let mut judged = Judged::default();
            range.for_each(|index| one(&mut judged, index));
            return judged;
        }
        let chunks: Vec<usize> = range.clone().step_by(PARALLEL).collect();
        let parts: Vec<Judged<'p>> = chunks
            .into_par_iter()
            .map(|first| {
                let mut part = Judged::default();
                (first..(first + PARALLEL).min(range.end)).for_each(|index| one(&mut part, index));
                part
            })
            .collect();
        Judged::joined(parts)
    }

    fn joined(parts: Vec<Judged<'p>>) -> Judged<'p> {
        let mut all = Judged::default();
        for Judged { hits, unknown, left_out } in parts {
            all.hits.append(hits);
            all.unknown.append(unknown);
            all.left_out.extend(left_out);
        }
        all
    }

    /// The clauses about the whole description, each of which may look at all of it, in parallel.
    fn of_document(running: &[Running<'_>], api: &Api<'p>) -> Judged<'p> {
        if api.root_is_cut_off() {
            return Judged::default();
        }
        let row = Row::declared(api, Subject::Document);
        let clauses: Vec<&Running<'_>> = running.iter().filter(|one| one.clause.noun == Noun::Document).collect();
        let judged = clauses.into_par_iter().map(|one| {
            let mut judged = Judged::default();
            judged.judge(running, *one, &row, &[row.subject], &mut Allowance::for_uses(1));
            judged
        });
        Judged::joined(judged.collect::<Vec<_>>())
    }

    fn path(&mut self, running: &[Running<'_>], api: &Api<'p>, index: usize) {
        let row = Row::declared(api, Subject::Path(index));
        if row.path().is_some_and(|path| !path.is_unreadable()) {
            self.row(running, &row);
        }
    }

    fn row(&mut self, running: &[Running<'_>], row: &Row<'_, 'p>) {
        for one in running.iter().filter(|one| one.clause.noun == noun_of(row.subject)) {
            self.judge(running, *one, row, &[row.subject], &mut Allowance::for_uses(1));
        }
    }

    fn operation(&mut self, running: &[Running<'_>], kinds: &Kinds, api: &Api<'p>, index: usize) {
        let Some(operation) = api.operations.get(index) else { return };
        if operation.is_damaged() {
            return;
        }
        let row = Row::declared(api, Subject::Operation(index));
        for (number, one) in running.iter().enumerate().filter(|(_, one)| one.clause.noun == Noun::Operation) {
            if !kinds.is_silent((number, one), &row) {
                self.judge(running, *one, &row, &[row.subject], &mut Allowance::for_uses(1));
            }
        }
    }

    fn group(&mut self, by_status: &ByStatus<'_>, kinds: &Kinds, api: &Api<'p>, uses: &Uses<'_, 'p>) {
        let Some(speaking) = uses.first().and_then(|response| by_status.get(&response.status)) else { return };
        for (one, &position) in speaking.clauses.iter().zip(&speaking.positions) {
            let mut allowance = Allowance::for_uses(uses.len());
            let mut quiet = Quiet::default();
            // The first stands for those that share what is read.
            for (sharing, row) in uses.sharing(one.clause.shares).filter_map(|sharing| sharing.with_row(api)) {
                match sharing.kind.and_then(|kind| quiet.get(&kind)) {
                    _ if allowance.is_used_up() || !sharing.has_room => self.leave_out(&row, sharing.uses),
                    Some(Truth::Unknown) => self.note(*one, &row),
                    Some(_) => {}
                    None if kinds.is_silent((position, one), &row) => {}
                    None => {
                        let fails = self.judge(&speaking.clauses, *one, &row, sharing.uses, &mut allowance);
                        quiet.extend(sharing.kind.filter(|_| fails != Truth::True).map(|kind| (kind, fails)));
                    }
                }
            }
        }
    }

    /// Takes note that a clause cannot tell about a row.
    fn note(&mut self, one: Running<'_>, row: &Row<'_, 'p>) {
        if let Some(place) = place_id(row) {
            self.unknown.note(one.rule, place);
        }
    }

    fn leave_out(&mut self, row: &Row<'_, 'p>, uses: &[Subject]) {
        let operations = |subject: &Subject| match *subject {
            Subject::Operation(operation) => operation..operation + 1,
            Subject::Path(path) => row.api.paths.get(path).map(|path| path.operations.clone()).unwrap_or_default(),
            subject => row.at(subject).response().map(|response| response.operation..response.operation + 1).unwrap_or_default(),
        };
        self.left_out.extend(uses.iter().flat_map(operations));
    }

    /// Judges one row on behalf of all its uses: whether they fail.
    fn judge(
        &mut self,
        running: &[Running<'_>],
        one: Running<'_>,
        row: &Row<'_, 'p>,
        uses: &[Subject],
        allowance: &mut Allowance,
    ) -> Truth {
        if one.number > 0 && is_taken(running, one, row) {
            return Truth::False;
        }
        match judge(one.clause, row, &one.part.options, one.part.set, one.mutation) {
            Verdict::NotSelected | Verdict::Pass => Truth::False,
            Verdict::Unknown => {
                self.note(one, row);
                Truth::Unknown
            }
            Verdict::Fail { grade, grounds, entry } => {
                let Some(severity) = grade.severity() else { return Truth::False };
                let set_by = one.set_by(entry, grade, Witness::Declared);
                for ((number, &subject), grounds) in uses.iter().enumerate().zip(std::iter::repeat_n(grounds, uses.len())) {
                    let mut made = 0;
                    let most = most_hits(row);
                    let hits = hits(one, row, subject, severity, grounds).take(most).inspect(|_| made += 1);
                    self.hits.extend(hits.map(|hit| Hit { set_by: set_by.clone(), ..hit }));
                    if made == most {
                        self.leave_out(row, &[subject]);
                    }
                    allowance.take(made);
                    if allowance.is_used_up() {
                        self.leave_out(row, uses.get(number + 1..).unwrap_or_default());
                        break;
                    }
                }
                Truth::True
            }
        }
    }
}

/// Whether an earlier clause of the same rule and noun speaks about this row.
pub(crate) fn is_taken(running: &[Running<'_>], one: Running<'_>, row: &Row<'_, '_>) -> bool {
    let first = running.partition_point(|other| other.rule < one.rule);
    let clauses = running.get(first..).unwrap_or_default().iter();
    let earlier = clauses.take_while(|other| other.rule == one.rule && other.number < one.number);
    earlier
        .into_iter()
        .any(|other| other.clause.noun == one.clause.noun && selects(other.clause, row, &other.part.options) == Truth::True)
}

fn noun_of(subject: Subject) -> Noun {
    match subject {
        Subject::Document => Noun::Document,
        Subject::Path(_) => Noun::Path,
        Subject::Operation(_) => Noun::Operation,
        Subject::Response(_) => Noun::Response,
        Subject::Exchange => Noun::Exchange,
    }
}

/// Whether a failed judgement of a row comes to a finding.
pub(crate) fn comes_to_finding(one: Running<'_>, row: &Row<'_, '_>, severity: Severity) -> bool {
    severity_in(row, severity).is_some() && place(one.clause, row).is_some()
}

/// How bad it is here: what a client answers to a callback is milder.
fn severity_in(row: &Row<'_, '_>, severity: Severity) -> Option<Severity> {
    match row.role() {
        Some(Role::Callback | Role::Webhook) => severity.milder(),
        _ => Some(severity),
    }
}

/// The findings of one failed judgement of a row for one of its uses: one for each piece of evidence.
fn hits<'p>(
    one: Running<'_>,
    judged: &Row<'_, 'p>,
    subject: Subject,
    severity: Severity,
    grounds: Grounds<'p>,
) -> impl Iterator<Item = Hit<'p>> {
    let row = judged.at(subject);
    let severity = severity_in(&row, severity);
    let withheld = matches!(grounds, Grounds::Withheld).then_some(Words::Withheld(one.number, judged.subject));
    let evidence = grounds.shown();
    let alone = evidence.is_empty().then(Evidence::default);
    let hits = evidence.into_iter().chain(alone).filter_map(move |item| hit(one, &row, severity?, item));
    hits.map(move |hit| match &withheld {
        Some(words) => Hit { words: words.clone(), ..hit },
        None => hit,
    })
}

fn hit<'p>(one: Running<'_>, row: &Row<'_, 'p>, severity: Severity, evidence: Evidence<'p>) -> Option<Hit<'p>> {
    let place = place(one.clause, row)?;
    let response = place.response;
    // What stands at the use of a shared response does not point into the component.
    let stays = one.clause.placement == Placement::Use && response.is_some_and(ResponseFact::is_shared);
    let at = evidence.at.filter(|_| !stays).unwrap_or(place.node);
    let mut related: Vec<(Span, String)> = evidence.related.into_iter().map(|(node, text)| (node.span(), text)).collect();
    if let Some(response) = response {
        related.extend(hops(response, place.at_use));
    }
    // A component stands for itself, however many ways lead to it.
    if response.is_none_or(|response| place.at_use || !response.is_shared()) {
        ways(row, &mut related);
    }
    let subject_response = match row.subject {
        Subject::Response(index) => Some(index as u32),
        _ => None,
    };
    let words = Words::Clause(one.number, evidence.words);
    Some(Hit {
        related,
        operation: row.operation().map(|operation| use_of(row, operation)),
        template: row.path().map(|path| path.template.clone()),
        response: subject_response,
        status: response.and_then(|response| response.key.text()),
        component: response.filter(|response| response.is_shared()).and_then(|response| component(response, place.at_use)),
        is_of_description: evidence.is_of_description,
        remedy: if one.treats { Remedy::of(one.clause, one.number, row, &one.part.options).map(Box::new) } else { None },
        ..Hit::new(one.rule, severity, At::Node(at), words)
    })
}

fn use_of(row: &Row<'_, '_>, operation: &OperationFact<'_>) -> Use {
    let number = match row.subject {
        Subject::Operation(index) => index,
        _ => row.response().map_or(0, |response| response.operation),
    };
    Use::of(number, operation)
}

/// Name of a shared response and the pointer of its definition, for findings that stand at the definition.
fn component(response: &ResponseFact<'_>, at_use: bool) -> Option<Box<Component>> {
    let node = response.definition?.0.node();
    let pointer = if at_use { String::new() } else { node.pointer() };
    // A component that is a whole file is known by its name, whichever folder the run was started in.
    let is_file = !at_use && pointer.is_empty();
    let of_file = || node.file().source().name().rsplit('/').next().map(str::to_owned);
    Some(Box::new(Component { name: response.component()?, pointer: if is_file { of_file()? } else { pointer } }))
}

/// The places on the way to a shared response, or where it is defined if the finding stands at its use.
fn hops(response: &ResponseFact<'_>, at_use: bool) -> Vec<(Span, String)> {
    if at_use {
        let definition = response.definition.filter(|_| response.is_shared());
        return definition
            .map(|definition| (naming_key(definition.0.node()).span(), "the response is defined here".to_owned()))
            .into_iter()
            .collect();
    }
    let hop = |node: &Node<'_>| (node.span(), format!("used here as `{}`", response.text()));
    response.hops.iter().take(1).map(hop).collect()
}

/// The references on the way to a path item and to the responses of an operation, where these stand elsewhere.
fn ways(row: &Row<'_, '_>, ways: &mut Vec<(Span, String)>) {
    if let Some(path) = row.path() {
        let hops = path.item.0.followed().hops;
        ways.extend(hops.iter().take(MOST_HOPS).map(|hop| (hop.span(), format!("used here as `{}`", path.template))));
    }
    if let Some(operation) = row.operation()
        && let Some(responses) = operation.operation.responses_entry()
    {
        let hops = operation.operation.0.with(responses.value).followed().hops;
        let what = |hop: &Node<'_>| (hop.span(), format!("used here as the responses of {}", operation.label));
        ways.extend(hops.iter().take(MOST_HOPS).map(what));
    }
}

/// Where a clause's findings about a row stand.
struct Place<'a, 'p> {
    node: Node<'p>,
    /// The response that is spoken about.
    response: Option<&'a ResponseFact<'p>>,
    /// Whether the place is the use of a response, not its definition.
    at_use: bool,
}

fn place<'a, 'p>(clause: &Clause, row: &Row<'a, 'p>) -> Option<Place<'a, 'p>> {
    if let Placement::Row { method, status } = &clause.placement
        && let Some(found) = inner_row(row, method.as_deref(), status.as_ref())
    {
        return Some(found);
    }
    let at_use = clause.placement == Placement::Use;
    if let Some(response) = row.response() {
        let at_use = at_use || !response.is_shared() || response.definition.is_none();
        let node = if at_use { response.key } else { response.own_place() };
        return Some(Place { node, response: Some(response), at_use });
    }
    let node = match row.subject {
        Subject::Document => {
            let root = row.api.root.node();
            root.entry("openapi").or_else(|| root.entry("swagger"))?.key
        }
        Subject::Exchange => return None,
        Subject::Path(_) => row.path()?.key,
        _ => {
            let operation = row.operation()?;
            operation.operation.responses_entry().map_or(operation.key, |entry| entry.key)
        }
    };
    Some(Place { node, response: None, at_use: false })
}

/// The first row inside the selected one with this method and status.
fn inner_row<'a, 'p>(
    row: &Row<'a, 'p>,
    method: Option<&str>,
    status: Option<&crate::http::status::StatusMatcher>,
) -> Option<Place<'a, 'p>> {
    let operations: &'a [OperationFact<'p>] = match row.subject {
        Subject::Document => &row.api.operations,
        Subject::Path(_) => row.api.operations_of(row.path()?),
        _ => std::slice::from_ref(row.operation()?),
    };
    let mut matching = operations.iter().filter(|operation| method.is_none_or(|method| operation.method == method));
    let Some(status) = status else {
        return matching.next().map(|operation| Place { node: operation.key, response: None, at_use: false });
    };
    let response = matching.find_map(|operation| {
        row.api.responses_of(operation).iter().find(|response| response.status.relation(status) == Truth::True)
    })?;
    Some(Place { node: response.key, response: Some(response), at_use: true })
}

fn place_id(row: &Row<'_, '_>) -> Option<NodeId> {
    let node = match row.subject {
        Subject::Document => row.api.root.node(),
        Subject::Path(_) => row.path()?.key,
        Subject::Operation(_) => row.operation()?.key,
        Subject::Response(_) => row.response()?.key,
        Subject::Exchange => return None,
    };
    Some(row.api.root.with(node).id())
}
