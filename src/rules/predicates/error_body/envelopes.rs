//! `mixes-error-envelopes`: errors of one description that look different, in clusters.

use std::cell::OnceCell;
use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use super::place;
use crate::facts::{Api, Kind, Member, ResponseFact, Role, Shape, is_error};
use crate::openapi::NodeId;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::predicates::cues::HEALTH;
use crate::rules::predicates::error_evidence::envelope::{is_about_errors, is_envelope};
use crate::rules::predicates::{Arguments, Judgement, Predicate, Reads, strings};
use crate::syntax::Node;
use crate::words::{any_word, plain};

pub(in crate::rules::predicates) const MIXES_ERROR_ENVELOPES: Predicate = Predicate {
    name: "mixes-error-envelopes",
    noun: Noun::Document,
    doc: "Error bodies fall into clusters that have not the same members; each but the largest is shown. `besides` names schemas that have no vote.",
    arguments: &[("besides", crate::rules::options::OptionKind::Strings)],
    words: &["shape", "usual", "total"],
    reads: Reads::Definition,
    run,
};

/// The most shapes that are compared with each other.
const MOST_SHAPES: usize = 1_000;
/// The most places that one finding shows.
const SHOWN: usize = 20;
/// The most members that a message names.
const NAMED: usize = 6;

/// Members that clients read to learn what went wrong.
const CORE: [&str; 12] = [
    "message",
    "messages",
    "msg",
    "detail",
    "details",
    "title",
    "reason",
    "reasons",
    "description",
    "faultstring",
    "code",
    "type",
];
/// Members whose own members say what this error is about, not how errors are told.
const CONTENTS: [&str; 2] = ["detail", "details"];
/// Such members that may hold anything.
const PAYLOADS: [&str; 14] = [
    "data",
    "meta",
    "metadata",
    "params",
    "parameters",
    "context",
    "body",
    "result",
    "response",
    "content",
    "payload",
    "info",
    "extensions",
    "debug",
];

/// The members of a body down to the second level: path and kind, sorted.
type Print = Vec<(String, Kind)>;

/// A shape with the uses that have it.
struct Cluster<'a, 'p> {
    print: Print,
    shape: &'a Shape<'p>,
    is_list: bool,
    uses: Vec<&'a ResponseFact<'p>>,
}

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let besides = strings(arguments, "besides");
    if !has_many_shapes(row.api, besides) {
        return Judgement::plain(false);
    }
    let clusters = merged(prints(row.api, besides));
    let total: usize = clusters.iter().map(|cluster| cluster.uses.len()).sum();
    // Of equal clusters the one that comes first is the usual one.
    let Some(usual) = clusters.iter().rev().max_by_key(|cluster| cluster.uses.len()) else { return Judgement::plain(false) };
    let others = clusters.iter().filter(|cluster| !std::ptr::eq(*cluster, usual));
    let evidence: Vec<Evidence<'p>> = others.filter_map(|cluster| shown(cluster, usual, total)).collect();
    Judgement::found(evidence)
}

/// Whether any two errors look different at all. In most descriptions they do not.
fn has_many_shapes(api: &Api<'_>, besides: &[String]) -> bool {
    let mut shapes = Shapes::default();
    let errors = (0..api.responses.len()).filter(|&index| api.responses.get(index).is_some_and(|fact| is_error(api, fact)));
    let numbers = errors.flat_map(|index| api.error_bodies().held(index)).filter(|held| held.is_readable);
    numbers.filter_map(|held| shapes.number(api, held.id, besides)).any(|number| number > 0)
}

/// The shapes of all errors, those with equal members together, in document order.
fn prints<'a, 'p>(api: &'a Api<'p>, besides: &[String]) -> Vec<Cluster<'a, 'p>> {
    let mut shapes = Shapes::default();
    for path in api.paths.iter().filter(|path| path.role == Role::Server && !speaks_of_health(&path.template)) {
        let gives_tokens = OnceCell::new();
        for index in api.operations_of(path).iter().flat_map(|operation| operation.responses.clone()) {
            let Some(response) = api.responses.get(index).filter(|response| is_error(api, response)) else { continue };
            let mut numbers: Vec<usize> = Vec::new();
            for held in api.error_bodies().held(index).iter().filter(|held| held.is_readable) {
                let number = shapes.number(api, held.id, besides);
                numbers.extend(number.filter(|number| !numbers.contains(number)));
            }
            for number in numbers {
                let Some(cluster) = shapes.clusters.get_mut(number) else { continue };
                if !is_token_error(&cluster.print, || *gives_tokens.get_or_init(|| gives_tokens_out(&path.template))) {
                    cluster.uses.push(response);
                }
            }
        }
    }
    shapes.clusters.retain(|cluster| !cluster.uses.is_empty());
    shapes.clusters
}

/// What is said about health has a shape of its own.
fn speaks_of_health(template: &str) -> bool {
    any_word(template, |word| HEALTH.contains(&word) || matches!(word, "ready" | "live"))
}

/// The shapes that were met, each schema looked at once.
#[derive(Default)]
struct Shapes<'a, 'p> {
    clusters: Vec<Cluster<'a, 'p>>,
    known: FxHashMap<Print, usize>,
    of_schema: FxHashMap<NodeId, Option<usize>>,
}

impl<'a, 'p> Shapes<'a, 'p> {
    /// The number of the shape of a schema, where it has one that can be compared.
    fn number(&mut self, api: &'a Api<'p>, id: NodeId, besides: &[String]) -> Option<usize> {
        if let Some(number) = self.of_schema.get(&id) {
            return *number;
        }
        let number = self.new_number(api, id, besides);
        self.of_schema.insert(id, number);
        number
    }

    /// Alternatives are described on purpose, and what also serves successes is no envelope of errors.
    fn new_number(&mut self, api: &'a Api<'p>, id: NodeId, besides: &[String]) -> Option<usize> {
        let bodies = api.error_bodies();
        let body =
            bodies.body(id).filter(|body| !bodies.serves_success(id) && !body.names.iter().any(|name| besides.contains(name)))?;
        let [shape] = &*body.shapes else { return None };
        if !shape.complete || !tells_of_error(shape) || self.clusters.len() >= MOST_SHAPES {
            return None;
        }
        let print = print_of(shape, body.is_list);
        let number = *self.known.entry(print.clone()).or_insert(self.clusters.len());
        if number == self.clusters.len() {
            self.clusters.push(Cluster { print, shape, is_list: body.is_list, uses: Vec::new() });
        }
        Some(number)
    }
}

/// Whether it says what went wrong. Other bodies are not told in another way, they are something else.
fn tells_of_error(shape: &Shape<'_>) -> bool {
    is_envelope(shape.names()) || shape.names().any(is_core)
}

/// Members that may hold anything.
fn is_payload(name: &str) -> bool {
    plain(name).is_among(&PAYLOADS)
}

/// Members that say what went wrong.
fn is_core(name: &str) -> bool {
    is_about_errors(name) || plain(name).is_among(&CORE)
}

fn print_of(shape: &Shape<'_>, is_list: bool) -> Print {
    let mut print: Print = Vec::new();
    for member in &shape.members {
        let is_payload = is_payload(&member.name);
        print.push((member.name.to_string(), if is_payload { Kind::Unknown } else { member.kind }));
        if !is_payload && !plain(&member.name).is_among(&CONTENTS) {
            print.extend(member.members.iter().map(|inner| (format!("{}.{}", member.name, inner.name), inner.kind)));
        }
    }
    if is_list {
        print.push((String::new(), Kind::List));
    }
    print.sort_unstable();
    print.dedup();
    print
}

/// RFC 6749, section 5.2, gives the errors of token endpoints a shape of their own.
fn is_token_error(print: &Print, gives_tokens: impl FnOnce() -> bool) -> bool {
    let has = |name: &str| print.iter().any(|(path, _)| path == name);
    has("error") && (has("error_description") || gives_tokens())
}

fn gives_tokens_out(template: &str) -> bool {
    let path = plain(template);
    ["oauth", "token", "authorize"].iter().any(|word| path.contains(word))
}

/// Shapes of which one has all members of the other are one cluster.
fn merged<'a, 'p>(prints: Vec<Cluster<'a, 'p>>) -> Vec<Cluster<'a, 'p>> {
    let mut owners: Vec<usize> = (0..prints.len()).collect();
    for (one, left) in prints.iter().enumerate() {
        for (other, right) in prints.iter().enumerate().skip(one + 1) {
            if owner(&owners, one) != owner(&owners, other) && are_kin(left, right) {
                let (from, to) = (owner(&owners, other), owner(&owners, one));
                if let Some(slot) = owners.get_mut(from) {
                    *slot = to;
                }
            }
        }
    }
    let mut clusters: Vec<(usize, usize, Cluster<'a, 'p>)> = Vec::new();
    for (number, print) in prints.into_iter().enumerate() {
        let root = owner(&owners, number);
        match clusters.iter_mut().find(|(other, ..)| *other == root) {
            Some((_, most, cluster)) => absorb(most, cluster, print),
            None => clusters.push((root, print.uses.len(), print)),
        }
    }
    clusters.into_iter().map(|(.., cluster)| cluster).collect()
}

/// Adds the uses of another shape; the shape with the most of them is the one that is shown.
fn absorb<'a, 'p>(most: &mut usize, cluster: &mut Cluster<'a, 'p>, other: Cluster<'a, 'p>) {
    let Cluster { print, shape, is_list, uses } = other;
    if uses.len() > *most {
        *most = uses.len();
        (cluster.print, cluster.shape, cluster.is_list) = (print, shape, is_list);
    }
    cluster.uses.extend(uses);
}

fn owner(owners: &[usize], mut number: usize) -> usize {
    while let Some(&next) = owners.get(number).filter(|next| **next != number) {
        number = next;
    }
    number
}

/// Whether one shape extends the other, or both extend one and the same core that no error has alone.
fn are_kin(one: &Cluster<'_, '_>, other: &Cluster<'_, '_>) -> bool {
    extends(one, other) || extends(other, one) || share_core(one, other)
}

/// Whether half of the smaller shape is in both, with a member that says what went wrong, and nothing contradicts.
fn share_core(one: &Cluster<'_, '_>, other: &Cluster<'_, '_>) -> bool {
    if one.is_list != other.is_list {
        return false;
    }
    let common: Vec<(&Member<'_>, &Member<'_>)> =
        one.shape.members.iter().filter_map(|member| Some((member, other.shape.get(&member.name)?))).collect();
    let agree = common.iter().all(|(left, right)| are_read_alike(left, right));
    let says = common.iter().any(|(member, _)| is_core(&member.name));
    agree && says && common.len() * 2 >= one.shape.members.len().min(other.shape.members.len())
}

/// Whether two members of one name have the same kind, and what both describe inside has, too.
fn are_read_alike(one: &Member<'_>, other: &Member<'_>) -> bool {
    if is_payload(&one.name) {
        return true;
    }
    let alike = |left: Kind, right: Kind| left == right || left == Kind::Unknown || right == Kind::Unknown;
    if !alike(one.kind, other.kind) || plain(&one.name).is_among(&CONTENTS) {
        return alike(one.kind, other.kind);
    }
    let twin = |name: &str| other.members.iter().find(|member| member.name == name);
    let common: Vec<(Kind, Kind)> =
        one.members.iter().filter_map(|member| Some((member.kind, twin(&member.name)?.kind))).collect();
    let apart = common.is_empty() && !one.members.is_empty() && !other.members.is_empty();
    !apart && common.iter().all(|(left, right)| alike(*left, *right))
}

/// Whether one shape has all members that the other has. What tells nothing about its own members contradicts none.
fn extends(more: &Cluster<'_, '_>, less: &Cluster<'_, '_>) -> bool {
    let kind_in =
        |name: &str| more.print.binary_search_by(|(path, _)| path.as_str().cmp(name)).ok().and_then(|at| more.print.get(at));
    less.print.iter().all(|(path, kind)| match kind_in(path) {
        Some((_, other)) => other == kind || *other == Kind::Unknown || *kind == Kind::Unknown,
        None => path.split_once('.').is_some_and(|(outer, _)| more.shape.get(outer).is_some_and(Member::is_open)),
    })
}

fn shown<'p>(cluster: &Cluster<'_, 'p>, usual: &Cluster<'_, 'p>, total: usize) -> Option<Evidence<'p>> {
    let first = cluster.uses.iter().min_by_key(|response| response.operation)?;
    let mut places: Vec<Node<'p>> = Vec::new();
    for response in &cluster.uses {
        let place = place(response);
        if places.len() <= SHOWN && !places.contains(&place) {
            places.push(place);
        }
    }
    let at = place(first);
    let others = places.into_iter().filter(|place| *place != at).take(SHOWN);
    let related = others.map(|place| (place, "has the same shape".to_owned())).collect();
    let total = format!("{} of {total} error responses", cluster.uses.len());
    let words = vec![("shape", told(cluster)), ("usual", told(usual)), ("total", total)];
    Some(Evidence { at: Some(at), related, words, ..Evidence::default() })
}

/// A shape in words: `{code: number, errors: [{field, message}]}`.
fn told(cluster: &Cluster<'_, '_>) -> String {
    let mut parts: Vec<String> = cluster.shape.members.iter().take(NAMED).map(told_member).collect();
    if cluster.shape.members.len() > NAMED {
        parts.push("…".to_owned());
    }
    let object = format!("{{{}}}", parts.join(", "));
    if cluster.is_list { format!("`[{object}]`") } else { format!("`{object}`") }
}

fn told_member(member: &Member<'_>) -> String {
    let mut inner: Vec<&str> = member.members.iter().take(NAMED).map(|member| member.name.as_ref()).collect();
    if member.members.len() > NAMED {
        inner.push("…");
    }
    let value = match (member.kind, inner.is_empty()) {
        (Kind::List, false) => format!("[{{{}}}]", inner.join(", ")),
        (_, false) => format!("{{{}}}", inner.join(", ")),
        (kind, true) => word(kind).to_owned(),
    };
    let mut text = member.name.to_string();
    if !value.is_empty() {
        let _ = write!(text, ": {value}");
    }
    text
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Unknown => "",
        Kind::Text => "string",
        Kind::Number => "number",
        Kind::Boolean => "boolean",
        Kind::List => "list",
        Kind::Object => "object",
    }
}
