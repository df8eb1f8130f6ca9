//! `mixes-error-envelopes`: errors of one description that look different, in clusters.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use super::{is_readable, place};
use crate::facts::{Api, Kind, Member, ResponseFact, Role, Shape, is_error};
use crate::openapi::{NodeId, Schema};
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::rules::predicates::error_evidence::envelope::{is_about_errors, is_envelope};
use crate::rules::predicates::{Arguments, Judgement, Predicate, strings};
use crate::syntax::Node;
use crate::words::{has_word, plain};

pub(in crate::rules::predicates) const MIXES_ERROR_ENVELOPES: Predicate = Predicate {
    name: "mixes-error-envelopes",
    noun: Noun::Document,
    doc: "Error bodies fall into clusters that have not the same members; each but the largest is shown. `besides` names schemas that have no vote.",
    arguments: &[("besides", crate::rules::options::OptionKind::Strings)],
    words: &["shape", "usual", "total"],
    reads_operation: false,
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
const CONTENTS: [&str; 16] = [
    "data",
    "detail",
    "details",
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
    let clusters = merged(prints(row.api, strings(arguments, "besides")));
    let total: usize = clusters.iter().map(|cluster| cluster.uses.len()).sum();
    // Of equal clusters the one that comes first is the usual one.
    let Some(usual) = clusters.iter().rev().max_by_key(|cluster| cluster.uses.len()) else { return Judgement::plain(false) };
    let others = clusters.iter().filter(|cluster| !std::ptr::eq(*cluster, usual));
    let evidence: Vec<Evidence<'p>> = others.filter_map(|cluster| shown(cluster, usual, total)).collect();
    Judgement { truth: (!evidence.is_empty()).into(), evidence }
}

/// The shapes of all errors, those with equal members together, in document order.
fn prints<'a, 'p>(api: &'a Api<'p>, besides: &[String]) -> Vec<Cluster<'a, 'p>> {
    let mut clusters: Vec<Cluster<'a, 'p>> = Vec::new();
    let mut known: FxHashMap<Print, usize> = FxHashMap::default();
    let mut of_schema: FxHashMap<NodeId, Option<usize>> = FxHashMap::default();
    for response in api.responses.iter().filter(|response| votes(api, response)) {
        let mut numbers: Vec<usize> = Vec::new();
        let readable = api.content_of(response).iter().filter(|media_type| is_readable(**media_type));
        for schema in readable.filter_map(|media_type| media_type.schema()).filter(|schema| !is_named(*schema, besides)) {
            let Some(id) = schema.alone().id() else { continue };
            let number = *of_schema.entry(id).or_insert_with(|| number(api, schema, &mut clusters, &mut known));
            numbers.extend(number.filter(|number| !numbers.contains(number)));
        }
        for number in numbers {
            if let Some(cluster) = clusters.get_mut(number).filter(|cluster| !is_token_error(api, response, &cluster.print)) {
                cluster.uses.push(response);
            }
        }
    }
    clusters.retain(|cluster| !cluster.uses.is_empty());
    clusters
}

/// Errors of what the API itself answers; what is said about health has a shape of its own.
fn votes<'p>(api: &Api<'p>, response: &ResponseFact<'p>) -> bool {
    const HEALTH: [&str; 12] = [
        "health",
        "healthz",
        "healthcheck",
        "heartbeat",
        "liveness",
        "livez",
        "readiness",
        "readyz",
        "ready",
        "live",
        "ping",
        "actuator",
    ];
    let Some(operation) = api.operation_of(response).filter(|operation| operation.role == Role::Server) else { return false };
    is_error(api, response) && api.path_of(operation).is_some_and(|path| !has_word(&path.template, &HEALTH))
}

/// The number of the shape of a schema, where it has one that can be compared: alternatives are described on purpose.
fn number<'a, 'p>(
    api: &'a Api<'p>,
    schema: Schema<'p>,
    clusters: &mut Vec<Cluster<'a, 'p>>,
    known: &mut FxHashMap<Print, usize>,
) -> Option<usize> {
    let bodies = api.error_bodies();
    let body = bodies.body(schema).filter(|_| !bodies.serves_success(schema))?;
    let [shape] = body.shapes.as_slice() else { return None };
    if !shape.complete || !tells_of_error(shape) || clusters.len() >= MOST_SHAPES {
        return None;
    }
    let print = print_of(shape, body.is_list);
    let number = *known.entry(print.clone()).or_insert(clusters.len());
    if number == clusters.len() {
        clusters.push(Cluster { print, shape, is_list: body.is_list, uses: Vec::new() });
    }
    Some(number)
}

/// Whether it says what went wrong. Other bodies are not told in another way, they are something else.
fn tells_of_error(shape: &Shape<'_>) -> bool {
    is_envelope(shape.names()) || shape.names().any(is_core)
}

/// Members that say what went wrong.
fn is_core(name: &str) -> bool {
    is_about_errors(name) || CORE.contains(&plain(name).as_str())
}

fn is_named(schema: Schema<'_>, names: &[String]) -> bool {
    let items = schema.items();
    let components = [schema.component_name(), schema.alone().component_name(), items.and_then(Schema::component_name)];
    components.into_iter().flatten().any(|component| names.iter().any(|name| *name == component))
}

fn print_of(shape: &Shape<'_>, is_list: bool) -> Print {
    let mut print: Print = Vec::new();
    for member in &shape.members {
        print.push((member.name.to_string(), member.kind));
        if !CONTENTS.contains(&plain(&member.name).as_str()) {
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
fn is_token_error<'p>(api: &Api<'p>, response: &ResponseFact<'p>, print: &Print) -> bool {
    let has = |name: &str| print.iter().any(|(path, _)| path == name);
    let template = || api.operation_of(response).and_then(|operation| api.path_of(operation)).map(|path| plain(&path.template));
    has("error")
        && (has("error_description")
            || template().is_some_and(|path| ["oauth", "token", "authorize"].iter().any(|word| path.contains(word))))
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
    let alike = |left: Kind, right: Kind| left == right || left == Kind::Unknown || right == Kind::Unknown;
    if !alike(one.kind, other.kind) || CONTENTS.contains(&plain(&one.name).as_str()) {
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
    Some(Evidence { at: Some(at), related, words })
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
