//! Rows that are of one kind for many clauses: operations with the same method, role and status keys; their responses with the
//! same key, all of them with header fields or none. What a clause asks only of these is asked once for all of them.

use std::hash::Hash;
use std::sync::atomic::{AtomicU8, Ordering};

use rustc_hash::FxHashMap;

use super::rows::Running;
use crate::facts::{Api, OperationFact, ResponseFact, Role};
use crate::rules::{Reads, Row, Subject, is_settled};

/// What operations of one kind have in common.
type Common<'a> = (&'a str, Option<Role>, bool, Vec<&'a str>);

/// Rows that are alike.
struct Kind {
    /// They are responses without header fields.
    bare: bool,
    /// For each clause, by its position in the list of those that run, whether it says nothing about any of them.
    silent: Vec<AtomicU8>,
}

/// Nobody has asked yet.
const UNASKED: u8 = 0;
const SILENT: u8 = 1;
const SPEAKS: u8 = 2;

/// The kinds of the operations and responses of one description, with the clauses that are silent about them.
pub(super) struct Kinds {
    operations: Sorted,
    /// By the kind of the operation, too.
    uses: Sorted,
    /// Whatever the operation.
    responses: Sorted,
}

/// Rows, each with its kind.
#[derive(Default)]
struct Sorted {
    kinds: Vec<Kind>,
    of: Vec<u32>,
}

impl Kinds {
    /// Sorts the operations and responses by kind; so many clauses run.
    pub(super) fn of(clauses: usize, api: &Api<'_>) -> Self {
        let operations = Sorted::of(clauses, api.operations.iter().map(|operation| (common(api, operation), false)));
        let bare: Vec<bool> = api.responses.iter().map(|response| api.is_bare(response)).collect();
        let keys = || api.responses.iter().map(ResponseFact::text).zip(bare.iter().copied());
        let owner = |response: &ResponseFact<'_>| operations.of.get(response.operation).copied();
        let owners = api.responses.iter().map(owner);
        let uses = Sorted::of(clauses, keys().zip(owners).map(|((key, bare), owner)| ((key, bare, owner), bare)));
        let responses = Sorted::of(clauses, keys().map(|(key, bare)| ((key, bare), bare)));
        Kinds { operations, uses, responses }
    }

    /// Whether a clause, with its position, says nothing about a row for what it shares with others of its kind. The first row of
    /// a kind that is asked about answers for all of them; two threads that ask at once hear the same.
    pub(super) fn is_silent(&self, (position, one): (usize, &Running<'_>), row: &Row<'_, '_>) -> bool {
        let Some(kind) = self.kind_of(row.subject, one.clause.reads == Reads::Operation) else { return false };
        let Some(answer) = kind.silent.get(position) else { return false };
        match answer.load(Ordering::Relaxed) {
            UNASKED => {
                let is_silent = is_settled(one.clause, row, &one.part.options, kind.bare);
                answer.store(if is_silent { SILENT } else { SPEAKS }, Ordering::Relaxed);
                is_silent
            }
            known => known == SILENT,
        }
    }

    /// The kind of an operation, of a response as one operation uses it, or of a response whichever does.
    fn kind_of(&self, subject: Subject, per_use: bool) -> Option<&Kind> {
        match subject {
            Subject::Operation(index) => self.operations.kind(index),
            Subject::Response(index) if per_use => self.uses.kind(index),
            Subject::Response(index) => self.responses.kind(index),
            _ => None,
        }
    }
}

impl Sorted {
    /// Sorts rows by what those of a kind have in common; beside it, whether they are responses without header fields.
    fn of<K: Eq + Hash>(clauses: usize, rows: impl Iterator<Item = (K, bool)>) -> Sorted {
        let mut known: FxHashMap<K, u32> = FxHashMap::default();
        let mut sorted = Sorted::default();
        for (common, bare) in rows {
            let next = known.len() as u32;
            let kind = *known.entry(common).or_insert(next);
            sorted.of.push(kind);
            if kind == next {
                sorted.kinds.push(Kind { bare, silent: (0..clauses).map(|_| AtomicU8::new(UNASKED)).collect() });
            }
        }
        sorted
    }

    fn kind(&self, row: usize) -> Option<&Kind> {
        self.kinds.get(*self.of.get(row)? as usize)
    }
}

fn common<'a, 'p>(api: &'a Api<'p>, operation: &'a OperationFact<'p>) -> Common<'a> {
    let keys = api.responses_of(operation).iter().map(ResponseFact::text).collect();
    let role = api.path_of(operation).map(|path| path.role);
    (&operation.method, role, operation.lost_responses(), keys)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::super::rows::running;
    use super::*;
    use crate::finding::Severity;
    use crate::openapi::{load, version_of};
    use crate::provider::InMemory;
    use crate::rules::{Grade, Noun, RuleSet, Setting, Settings, Verdict, Witness, builtin, judge};

    /// Responses of each kind with all that rules look at, and each of these without it.
    fn many_alike() -> String {
        let mut paths = String::from("openapi: 3.1.0\ninfo: { title: Example, version: '1' }\npaths:\n");
        let names =
            ["Location", "Retry-After", "Sunset", "Deprecation", "Expires", "ETag", "Content-Range", "Authorization", "X-Next"];
        let headers =
            names.map(|name| format!("{name}: {{ schema: {{ type: boolean, format: date }}, example: nonsense }}")).join(", ");
        let content =
            "content: { application/json: { schema: { type: object, properties: { error: { type: string }, stack: {} } } } }";
        let bodies = ["", content];
        let parts = ["", &format!("headers: {{ {headers} }}"), "headers: { }", "headers: { $ref: '#/nowhere' }"];
        for (number, (body, part)) in bodies.iter().flat_map(|body| parts.map(|part| (body, part))).enumerate() {
            for (method, again) in ["get", "post", "put", "head"].into_iter().flat_map(|method| [(method, 1), (method, 2)]) {
                let _ = writeln!(paths, "  /{method}/{number}/{again}:\n    {method}:\n      responses:");
                for key in [
                    "200", "201", "206", "299", "304", "306", "404", "425", "429", "503", "510", "2XX", "4XX", "default", "wrong",
                ] {
                    let _ = writeln!(
                        paths,
                        "        '{key}': {{ description: Not Found, {part}{}{body} }}",
                        if part.is_empty() { "" } else { ", " }
                    );
                }
            }
        }
        paths
    }

    /// How many judgements were spared in a description; each of them finds nothing.
    fn spared(rules: &RuleSet, settings: &Settings, text: &str) -> usize {
        let name = "openapi.yaml".to_owned();
        let project = load(std::slice::from_ref(&name), &InMemory::new().with(&name, text)).project;
        let Some(root) = project.file(&name).and_then(|file| file.roots().next()) else { return 0 };
        let Some(version) = version_of(root).and_then(|key| key.version) else { return 0 };
        let api = crate::facts::api(&project, version, root);
        let parts = rules.parts(settings, Witness::Declared);
        let running = running(rules, &parts, Witness::Declared);
        let kinds = Kinds::of(running.len(), &api);
        let operations = (0..api.operations.len()).map(Subject::Operation);
        let mut spared = 0;
        for row in operations.chain((0..api.responses.len()).map(Subject::Response)).map(|subject| Row::declared(&api, subject)) {
            let noun = if row.response().is_some() { Noun::Response } else { Noun::Operation };
            for (position, one) in running.iter().enumerate().filter(|(_, one)| one.clause.noun == noun) {
                if kinds.is_silent((position, one), &row) {
                    let verdict = judge(one.clause, &row, &one.part.options, one.part.set, one.mutation);
                    let rule = rules.rules().get(one.rule).map(|rule| rule.id.as_str());
                    assert!(!matches!(verdict, Verdict::Fail { .. }), "{rule:?}: {verdict:?} in {:?}\n{text}", row.subject);
                    spared += 1;
                }
            }
        }
        spared
    }

    #[test]
    fn what_is_not_judged_would_have_passed() {
        let rules = builtin().0;
        let examples: Vec<String> = rules
            .iter()
            .flat_map(|rule| &rule.examples)
            .map(|example| String::from_utf8_lossy(&example.bytes()).into_owned())
            .collect();
        let rules = RuleSet::new(rules);
        let heard = Setting { declared: Some(Grade::On(Severity::Warning)), ..Setting::default() };
        let all = rules.rules().iter().map(|rule| (rule.id.as_str().to_owned(), heard.clone())).collect();
        let settings = Settings { rules: all, ..Settings::default() };
        assert!(spared(&rules, &settings, &many_alike()) > 10_000);
        let of_examples: usize = examples.iter().map(|text| spared(&rules, &settings, text)).sum();
        assert!(of_examples > 10_000, "{of_examples}");
    }
}
