//! A path of a description at one list of servers, with the operations that answer there.

use super::accept::Accepts;
use super::template::Template;
use super::url::Segment;
use super::{PathParameter, Target};
use crate::facts::{Api, OperationFact};
use crate::http::method::Method;

/// A path that can be asked for.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) target: Target,
    pub(super) template: Template,
    pub(super) operations: Vec<Asked>,
}

/// An operation of a path.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// The method as it stands on the wire.
    method: String,
    /// Its index in [`Api::operations`].
    pub(super) operation: usize,
    /// What its path parameters accept, in the order of the template; empty where that is anything.
    accepts: Vec<Accepts>,
}

impl Entry {
    /// The operation for a method, and whether it is that of GET, asked with HEAD.
    pub(super) fn operation(&self, method: &str) -> Option<(&Asked, bool)> {
        let known: &str = Method::find(method).map_or(method, |known| known.name());
        let find = |name: &str| self.operations.iter().find(|asked| asked.method == name);
        let own = find(method).or_else(|| find(known)).map(|asked| (asked, false));
        own.or_else(|| Some((find("GET").filter(|_| known == "HEAD")?, true)))
    }

    /// The values of its variables in a path that it matches.
    pub(super) fn parameters(&self, segments: &[Segment<'_>]) -> Vec<PathParameter> {
        let own = segments.len().checked_sub(self.template.segments.len()).and_then(|start| segments.get(start..));
        let pairs = self.template.segments.iter().zip(own.unwrap_or_default());
        let values = pairs.flat_map(|(pattern, segment)| {
            let captures = pattern.captures(&segment.decoded).unwrap_or_default();
            captures.into_iter().map(|value| text(value, segment)).collect::<Vec<_>>()
        });
        self.template.names.iter().cloned().zip(values).map(|(name, value)| PathParameter { name, value }).collect()
    }
}

impl Asked {
    pub(super) fn new<'p>(api: &Api<'p>, fact: &OperationFact<'p>, operation: usize, template: &Template) -> Asked {
        let parameters = if template.names.is_empty() { &[] } else { api.parameters_of(fact) };
        let accepts: Vec<_> = template.names.iter().map(|name| Accepts::of(parameters, name)).collect();
        let accepts = if accepts.iter().all(|accepts| *accepts == Accepts::Anything) { Vec::new() } else { accepts };
        Asked { method: method(fact), operation, accepts }
    }

    /// Whether its path parameters accept these values.
    pub(super) fn accepts(&self, values: &[PathParameter]) -> bool {
        self.accepts.iter().zip(values).all(|(accepts, parameter)| accepts.accepts(&parameter.value))
    }
}

/// The method as written below `additionalOperations`, where any token may stand; else in upper case.
fn method(fact: &OperationFact<'_>) -> String {
    let written = fact.key.text().unwrap_or_default();
    match Method::find(&written) {
        Some(method) => method.name().to_owned(),
        None => written.into_owned(),
    }
}

/// A value as text. One that is no UTF-8 stays as it was recorded.
fn text(value: &[u8], segment: &Segment<'_>) -> String {
    std::str::from_utf8(value).unwrap_or(segment.raw).to_owned()
}
