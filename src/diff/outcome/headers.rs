//! The header fields of two responses.

use std::collections::BTreeMap;

use super::compare::{Comparison, Like};
use super::header_texts::{RateLimit, is_other_serialisation, loss, rate_limit, serialisation, takes_in, way};
use super::response::{Meeting, place};
use super::schemas::allows_everything;
use super::{Change, Class, SchemaChange};
use crate::http::status;
use crate::openapi::{Header, Parameter};
use crate::syntax::Node;
use crate::words::listed;

impl<'a, 'o, 'n> Comparison<'a, '_, 'o, 'n> {
    /// Compares the header fields of two responses. What was said about shared ones counts for their other uses.
    pub(super) fn headers(&mut self, meeting: Meeting<'a, 'o, 'n>) {
        let Some((old, new)) = meeting.first_uses() else { return self.all_headers(meeting) };
        let cell = meeting.pair.cell;
        self.once(Like::Headers(old, new, cell.code(), cell.class()), meeting, |own| own.all_headers(meeting));
    }

    fn all_headers(&mut self, meeting: Meeting<'a, 'o, 'n>) {
        let mut old = by_name(self.old.headers_of(meeting.old));
        let mut new = by_name(self.new.headers_of(meeting.new));
        let common: Vec<String> = old.keys().filter(|name| new.contains_key(*name)).cloned().collect();
        for name in common {
            if let (Some(one), Some(other)) = (old.remove(&name), new.remove(&name)) {
                self.header(meeting, one, other);
            }
        }
        self.renamed_rate_limits(meeting, &mut old, &mut new);
        for header in old.into_values() {
            self.removed_header(meeting, header);
        }
        for header in new.into_values() {
            let message = format!("header `{}` is new", header.name());
            let change = Change::new("response-header-added", Class::Compatible, message)
                .word("header", header.name().to_ascii_lowercase());
            self.say(meeting, change.at(headers_key(meeting.old), header.key()));
        }
    }

    fn removed_header(&mut self, meeting: Meeting<'a, 'o, 'n>, header: Header<'o>) {
        let (name, required) = (header.name(), header.is_required());
        let if_match = has_if_match(self, meeting);
        let why = loss(&name, meeting.pair.cell.code(), meeting.pair.cell.class(), if_match);
        let always = if required { ", which every response had," } else { "" };
        let message = match why {
            Some(why) => format!("header `{name}`{always} is gone: {why}"),
            None => format!("header `{name}`{always} is gone"),
        };
        let class = if required { Class::Breaking } else { Class::Risky };
        let change = Change::new("response-header-removed", class, message).word("header", name.to_ascii_lowercase());
        self.say(meeting, change.at(header.key(), headers_key(meeting.new)));
    }

    /// One header field in both responses.
    fn header(&mut self, meeting: Meeting<'a, 'o, 'n>, old: Header<'o>, new: Header<'n>) {
        if old.target().is_none() || new.target().is_none() {
            return;
        }
        let name = new.name();
        let places = (definition(old), definition(new));
        let requirement = match (old.is_required(), new.is_required()) {
            (true, false) => Some(("response-header-became-optional", Class::Breaking, "may be missing now")),
            (false, true) => Some(("response-header-added", Class::Compatible, "is always there now")),
            _ => None,
        };
        if let Some((rule, class, what)) = requirement {
            let change = Change::new(rule, class, format!("header `{name}` {what}")).word("header", name.to_ascii_lowercase());
            self.say(meeting, change.at(places.0, places.1));
        }
        let changed = serialisation(old).zip(serialisation(new)).filter(|(one, other)| is_other_serialisation(one, other));
        if let Some((one, other)) = changed {
            let message = format!("header `{name}` was written {} and is written {}", way(&one), way(&other));
            let change = Change::new("response-header-serialisation-changed", Class::Breaking, message);
            let change = change.word("header", name.to_ascii_lowercase()).word("old", one).word("new", other);
            self.say(meeting, change.at(places.0, places.1));
            return;
        }
        self.header_schema(meeting, old, new);
    }

    /// The worst that is said about the schema; that it is narrower is nothing to say, and that it is wider is always.
    fn header_schema(&mut self, meeting: Meeting<'a, 'o, 'n>, old: Header<'o>, new: Header<'n>) {
        let (Some(one), Some(other)) = (old.schema().filter(|schema| !allows_everything(*schema)), new.schema()) else {
            return self.header_without_schema(meeting, old, new);
        };
        if takes_in(one, other) {
            return;
        }
        let found = self.between(one, other);
        let mode = self.options.mode;
        let is_wider = |change: &&SchemaChange<'_, '_>| change.class > Class::Compatible || mode.puts_up_with(change.rule);
        let worst = found.iter().filter(is_wider).rev().max_by_key(|change| change.class);
        let Some(worst) = worst else { return };
        let rule = if worst.rule == "schema-comparison-unknown" { worst.rule } else { "response-header-type-widened" };
        let message = format!("header `{}`: {}", new.name(), worst.message);
        let change =
            Change::new(rule, worst.class, message).word("header", new.name().to_ascii_lowercase()).word("change", worst.rule);
        let change = Change { witness: worst.witness.clone(), ..change };
        let change = worst.words.iter().fold(change, |change, (name, word)| change.word(name, word.as_str()));
        self.say(meeting, change.at(worst.old.unwrap_or(definition(old)), worst.new.unwrap_or(definition(new))));
    }

    /// A schema that is gone promises nothing any more.
    fn header_without_schema(&mut self, meeting: Meeting<'a, 'o, 'n>, old: Header<'o>, new: Header<'n>) {
        let had_one = old.schema().is_some_and(|schema| !allows_everything(schema));
        if had_one && serialisation(new).is_none_or(|text| !text.starts_with("content ")) {
            let name = new.name();
            let message = format!("header `{name}`: nothing says any more what it holds");
            let change = Change::new("response-header-type-widened", self.widened(Class::Risky), message);
            let change = change.word("header", name.to_ascii_lowercase());
            self.say(meeting, change.at(definition(old), definition(new)));
        }
    }

    /// Rate limits that only have other names now are one change.
    fn renamed_rate_limits(&mut self, meeting: Meeting<'a, 'o, 'n>, old: &mut Headers<'o>, new: &mut Headers<'n>) {
        for (from, to) in [(RateLimit::Custom, RateLimit::Standard), (RateLimit::Standard, RateLimit::Custom)] {
            let is_of = |family| move |name: &&String| rate_limit(name) == Some(family);
            if !old.keys().any(|name| is_of(from)(&name)) || !new.keys().any(|name| is_of(to)(&name)) {
                continue;
            }
            let gone: Vec<Header<'o>> = old.extract_if(.., |name, _| is_of(from)(&name)).map(|(_, header)| header).collect();
            let come: Vec<Header<'n>> = new.extract_if(.., |name, _| is_of(to)(&name)).map(|(_, header)| header).collect();
            let names = |list: Vec<String>| listed(&list, "and");
            let before = names(gone.iter().map(|header| format!("`{}`", header.name())).collect());
            let after = names(come.iter().map(|header| format!("`{}`", header.name())).collect());
            let change = Change::new("rate-limit-headers-renamed", Class::Risky, format!("{before} became {after}"));
            let change = change.word("old", before).word("new", after);
            self.say(meeting, change.at(gone.first().map(|header| header.key()), come.first().map(|header| header.key())));
        }
    }
}

/// Header fields by name in lower case; of equal names the last counts.
type Headers<'p> = BTreeMap<String, Header<'p>>;

/// `Content-Type` among the headers means nothing in any version.
fn by_name<'p>(headers: &[Header<'p>]) -> Headers<'p> {
    let named = headers.iter().map(|header| (header.name().to_ascii_lowercase(), *header));
    named.filter(|(name, _)| name != "content-type").collect()
}

/// The `headers` of a response, where it has some; else the response.
fn headers_key<'p>(response: &crate::facts::ResponseFact<'p>) -> Node<'p> {
    let own = response.definition.and_then(|definition| definition.0.node().entry("headers"));
    own.map_or_else(|| place(response), |entry| entry.key)
}

/// The key of a header's definition: its own, or that of the component.
fn definition(header: Header<'_>) -> Node<'_> {
    header.target().and_then(|target| target.node().own_key()).unwrap_or(header.key())
}

/// Whether clients send back an entity-tag: this operation or another one at its path takes `If-Match`.
fn has_if_match<'n>(comparison: &Comparison<'_, '_, '_, 'n>, meeting: Meeting<'_, '_, 'n>) -> bool {
    let new = comparison.new;
    let is_it = |parameter: &Parameter<'_>| {
        parameter.location().as_deref() == Some("header")
            && parameter.name().is_some_and(|name| name.eq_ignore_ascii_case("if-match"))
    };
    let operations = new.path_of(meeting.twins.new).map(|path| new.operations_of(path)).unwrap_or_default();
    let is_success = meeting.pair.cell.class() == Some(status::Class::Successful);
    is_success && operations.iter().any(|operation| new.parameters_of(operation).iter().any(is_it))
}
