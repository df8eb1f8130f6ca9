//! The rules over one exchange: the same engine and the same files as over a description.

use rustc_hash::FxHashMap;

use super::breach::{Breach, Words, detail};
use super::checker::{Checker, Judged, Matched};
use super::description::Description;
use super::observe::response_of;
use crate::facts::{Observed, ResponseFact, naming_key};
use crate::finding::Severity;
use crate::lint::rows::Running;
use crate::rules::{Evidence, Grounds, Mutation, Row, RuleSet, Verdict, Witness, evidence, judge as judge_row, selects};
use crate::source::{SourceId, Span};
use crate::syntax::Node;
use crate::truth::Truth;

/// What findings about an exchange look at in the description.
pub(super) struct Outlook<'d, 'p> {
    pub(super) description: &'d Description<'p>,
    /// The place: the used response, else its operation, else its path.
    pub(super) at: Option<Node<'p>>,
    /// The response that was used.
    pub(super) response: Option<&'d ResponseFact<'p>>,
}

impl<'d, 'p> Outlook<'d, 'p> {
    pub(super) fn of(description: &'d Description<'p>, matched: &Matched, observed: &Observed<'_>) -> Self {
        let response = response_of(&description.api, observed);
        let operation = matched.operation.and_then(|operation| description.api.operations.get(operation));
        let of_operation = || {
            let operation = operation?;
            Some(operation.operation.responses_entry().map_or(operation.key, |entry| entry.key))
        };
        let of_path = || Some(description.api.paths.get(matched.path?)?.key);
        let at = response.map(|response| response.key).or_else(of_operation).or_else(of_path);
        Outlook { description, at, response }
    }

    /// The file whose settings count.
    pub(super) fn file(&self) -> SourceId {
        self.at.map_or_else(|| self.description.file(), |node| node.file().source().id())
    }

    /// Where the used response is defined, if that is somewhere else.
    pub(super) fn related(&self) -> Vec<(Span, String)> {
        let shared = self.response.filter(|response| response.is_shared()).and_then(|response| response.definition);
        let place = |definition: crate::openapi::Response<'p>| {
            (naming_key(definition.0.node()).span(), "the response is defined here".to_owned())
        };
        shared.map(place).into_iter().collect()
    }
}

/// Judges an exchange by every rule that can speak about its status.
pub(super) fn judge<'p>(checker: &Checker<'_, 'p>, outlook: &Outlook<'_, 'p>, observed: &Observed<'_>, judged: &mut Judged<'p>) {
    let file = outlook.file();
    let row = Row::observed(&outlook.description.api, observed);
    let plan = outlook.description.plan(checker.rules, file, observed.status());
    for (place, &(rule, number)) in plan.iter().enumerate() {
        let earlier = plan.get(..place).unwrap_or_default();
        if number > 0 && is_taken(checker.rules, earlier, rule, &row, outlook) {
            continue;
        }
        let clause = checker.rules.rules().get(rule).and_then(|rule| rule.clauses().get(number));
        if let Some((clause, part)) = clause.zip(outlook.description.part(file, rule)) {
            judge_clause(outlook, &row, Running { rule, number, clause, part, mutation: Mutation::None, treats: false }, judged);
        }
    }
}

/// Whether an earlier clause of the same rule speaks about this exchange.
fn is_taken(rules: &RuleSet, earlier: &[(usize, usize)], rule: usize, row: &Row<'_, '_>, outlook: &Outlook<'_, '_>) -> bool {
    let same = earlier.iter().rev().take_while(|(other, _)| *other == rule);
    same.into_iter().any(|&(_, number)| {
        let clause = rules.rules().get(rule).and_then(|rule| rule.clauses().get(number));
        let part = outlook.description.part(outlook.file(), rule);
        clause.zip(part).is_some_and(|(clause, part)| selects(clause, row, &part.options) == Truth::True)
    })
}

fn judge_clause<'p>(outlook: &Outlook<'_, 'p>, row: &Row<'_, 'p>, one: Running<'_>, judged: &mut Judged<'p>) {
    match judge_row(one.clause, row, &one.part.options, one.part.set, one.mutation) {
        Verdict::NotSelected | Verdict::Pass => {}
        Verdict::Unknown => judged.unknown.push((one.rule, outlook.response.and_then(ResponseFact::definition_id))),
        Verdict::Fail { grade, grounds, entry } => {
            let Some(severity) = grade.severity() else { return };
            let set_by = one.set_by(entry, grade, Witness::Observed);
            let none = [Evidence::default()];
            let evidence = match grounds {
                Grounds::Shown(evidence) => evidence,
                Grounds::Withheld => evidence(one.clause, row, &one.part.options),
            };
            let evidence = if evidence.is_empty() { &none[..] } else { &evidence };
            judged.breaches.extend(evidence.iter().map(|item| Breach {
                rule: one.rule,
                severity,
                set_by: set_by.clone(),
                at: outlook.at,
                related: related(outlook, item),
                detail: detail(&item.words),
                words: Words::Clause(one.number, item.words.clone()),
            }));
        }
    }
}

/// The place that a predicate shows in the description explains the finding; the finding stands at the used response.
fn related<'p>(outlook: &Outlook<'_, 'p>, evidence: &Evidence<'p>) -> Vec<(Span, String)> {
    let at = evidence.at.filter(|node| Some(*node) != outlook.at).map(|node| (node.span(), "described here".to_owned()));
    let shown = evidence.related.iter().map(|(node, text)| (node.span(), text.clone()));
    outlook.related().into_iter().chain(at).chain(shown).collect()
}

/// Takes out the breaches of rules that yield to others which have spoken about the same exchange at least as loud.
pub(super) fn silence(rules: &RuleSet, breaches: &mut Vec<Breach<'_>>) {
    if breaches.len() < 2 {
        return;
    }
    let mut spoken: FxHashMap<usize, Severity> = FxHashMap::default();
    let mut order: Vec<usize> = breaches.iter().map(|breach| breach.rule).collect();
    order.sort_unstable();
    order.dedup();
    // What a rule yields to is asked before it, so that once is enough: a rule that is silent itself silences nobody.
    let is_silent = |spoken: &FxHashMap<usize, Severity>, breach: &Breach<'_>| {
        rules.yields_to(breach.rule).iter().any(|other| spoken.get(other).is_some_and(|loudness| *loudness >= breach.severity))
    };
    for &rule in rules.speaking_order().iter().filter(|rule| order.binary_search(rule).is_ok()) {
        for breach in breaches.iter().filter(|breach| breach.rule == rule) {
            if !is_silent(&spoken, breach) {
                let loudness = spoken.entry(rule).or_insert(breach.severity);
                *loudness = (*loudness).max(breach.severity);
            }
        }
    }
    breaches.retain(|breach| !is_silent(&spoken, breach));
}
