//! `never-gives-entity-tags` and its kin: where the tag for `If-Match` is to come from.

use super::body_has_member::has_member;
use super::{Arguments, Judgement, Predicate, Reads, strings};
use crate::facts::{Api, PathFact, ResponseFact, Role};
use crate::http::status::{Class, StatusKey};
use crate::rules::fields::Noun;
use crate::rules::options::OptionKind;
use crate::rules::{Evidence, Row};
use crate::truth::Truth;

pub(super) const NEVER_GIVES: Predicate = Predicate {
    name: "never-gives-entity-tags",
    noun: Noun::Document,
    doc: "At least ten paths take `If-Match` or `If-None-Match`, and no response of the description declares an `ETag`; shows the first path and how many there are.",
    arguments: &[],
    words: &["total"],
    reads: Reads::Operation,
    run: never_gives,
};

pub(super) const ONE_OF_MANY: Predicate = Predicate {
    name: "is-one-of-many-without-entity-tags",
    noun: Noun::Path,
    doc: "Many paths of the description take entity tags and nothing gives one, so that it is said once for all of them.",
    arguments: &[],
    words: &[],
    reads: Reads::Operation,
    run: one_of_many,
};

pub(super) const OWNER_GIVES: Predicate = Predicate {
    name: "owner-gives-entity-tag",
    noun: Noun::Path,
    doc: "A path further up, such as `/pools/{id}` of `/pools/{id}/resize`, gives the tag: an `ETag` header, or a member of the body with one of these names.",
    arguments: &[("names", OptionKind::Strings)],
    words: &[],
    reads: Reads::Operation,
    run: owner_gives,
};

/// The most places that are shown.
const SHOWN: usize = 20;

fn never_gives<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let tags = row.api.entity_tags();
    let mut keys = tags.takers.iter().filter_map(|index| row.api.paths.get(*index)).map(|path| path.key);
    let Some(first) = keys.next().filter(|_| tags.are_never_given()) else { return Judgement::plain(false) };
    let related = keys.take(SHOWN).map(|key| (key, "and here".to_owned())).collect();
    let words = vec![("total", tags.takers.len().to_string())];
    Judgement::shown(true, Evidence { at: Some(first), related, words, ..Evidence::default() })
}

fn one_of_many<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    Judgement::plain(row.api.entity_tags().are_never_given())
}

fn owner_gives<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(path) = row.path() else { return Judgement::plain(Truth::Unknown) };
    let names = strings(arguments, "names");
    let owners = row.api.paths.iter().filter(|other| other.role == Role::Server && is_below(&path.template, &other.template));
    Judgement::plain(Truth::any(owners.map(|owner| gives_tag(row.api, owner, names))))
}

/// Whether a path is below another one. A `#` is no part of a path, but some descriptions tell operations apart by it.
fn is_below(path: &str, owner: &str) -> bool {
    path.strip_prefix(owner.trim_end_matches('/')).is_some_and(|rest| rest.starts_with(['/', '#']))
}

fn gives_tag<'p>(api: &Api<'p>, path: &PathFact<'p>, names: &[String]) -> Truth {
    let reads = api.operations_of(path).iter().filter(|operation| matches!(operation.method.as_ref(), "GET" | "HEAD"));
    let is_success = |status: StatusKey| match status {
        StatusKey::Code(code) => Class::of(code) == Some(Class::Successful),
        StatusKey::Range(class) => class == Class::Successful,
        StatusKey::Default | StatusKey::Invalid => false,
    };
    let successes = reads.flat_map(|operation| api.responses_of(operation)).filter(|response| is_success(response.status));
    Truth::any(successes.map(|response| of_response(api, response, names)))
}

fn of_response<'p>(api: &Api<'p>, response: &ResponseFact<'p>, names: &[String]) -> Truth {
    let by_body = api.content_of(response).iter().filter_map(|media_type| media_type.schema());
    // What cannot be seen of a body further up is no reason to doubt.
    Truth::from(
        response.header(api, "ETag").is_some() || by_body.into_iter().any(|schema| has_member(schema, names, 1).is_true()),
    )
}

#[cfg(test)]
mod tests {
    use super::is_below;

    #[test]
    fn only_whole_segments_are_owners() {
        assert!(is_below("/pools/{id}/resize", "/pools/{id}"));
        assert!(is_below("/pools/{id}#If-Match", "/pools/{id}"));
        assert!(!is_below("/pools/{id}", "/pools/{id}"));
        assert!(!is_below("/poolsides", "/pools"));
    }
}
