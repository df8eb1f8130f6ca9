//! `identifies-something`: the path of an operation names a thing that may not exist.

use std::borrow::Cow;

use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::OperationFact;
use crate::openapi::Parameter;
use crate::rules::fields::Noun;
use crate::rules::{Evidence, Row};
use crate::truth::Truth;
use crate::words::words;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "identifies-something",
    noun: Noun::Operation,
    doc: "A variable of the path names something that may not exist: it is no enumeration, and no setting such as a version or a locale.",
    arguments: &[],
    words: &["parameters"],
    reads: Reads::Operation,
    run,
};

/// Variables that choose how to answer, or ask for something that always has an answer.
const SETTINGS: [&str; 50] = [
    "tenant",
    "version",
    "v",
    "locale",
    "lang",
    "language",
    "culture",
    "region",
    "environment",
    "env",
    "stage",
    "format",
    "ext",
    "extension",
    "query",
    "q",
    "search",
    "term",
    "keyword",
    "date",
    "year",
    "month",
    "day",
    "week",
    "from",
    "to",
    "start",
    "end",
    "since",
    "until",
    "page",
    "limit",
    "offset",
    "size",
    "width",
    "height",
    "lat",
    "lon",
    "lng",
    "latitude",
    "longitude",
    "x",
    "y",
    "z",
    "zoom",
    "amount",
    "currency",
    "type",
    "kind",
    "status",
];

/// What is left of a name such as `tenantId` or `languageCode` is what it is about.
const SUFFIXES: [&str; 5] = ["id", "name", "code", "key", "slug"];

fn run<'p>(row: &Row<'_, 'p>, arguments: &Arguments<'_>) -> Judgement<'p> {
    let Some(operation) = row.operation() else { return Judgement::plain(Truth::Unknown) };
    let (truth, named) = identified(row, operation);
    if !arguments.shows {
        return Judgement::withheld(truth);
    }
    let words = vec![("parameters", described(&named))];
    Judgement::shown(truth, Evidence { words, ..Evidence::default() })
}

/// How many variables of a path are looked at.
const MOST_VARIABLES: usize = 64;

/// Whether the path names something that may not exist, and the variables that do.
pub(super) fn identified<'p>(row: &Row<'_, 'p>, operation: &OperationFact<'p>) -> (Truth, Vec<String>) {
    let template = row.path().map(|path| path.template.clone()).unwrap_or_default();
    let parameters = row.api.parameters_of(operation);
    let all = variables(&template);
    // What a path is about stands at its end.
    let first = all.len().saturating_sub(MOST_VARIABLES);
    let variables: Vec<(&str, Truth)> =
        all.into_iter().skip(first).map(|variable| (variable.name, variable.identifies(parameters))).collect();
    let unseen = if first > 0 { Truth::Unknown } else { Truth::False };
    let truth = Truth::any(variables.iter().map(|(_, truth)| *truth).chain([unseen]));
    (truth, variables.into_iter().filter(|(_, truth)| truth.is_true()).map(|(name, _)| name.to_owned()).collect())
}

/// "path parameters `owner` and `repo`"
pub(super) fn described(names: &[String]) -> String {
    let plural = if names.len() > 1 { "s" } else { "" };
    let all = names.iter().map(|name| Cow::Borrowed(name.as_str()));
    super::can_fail::names(all).map_or_else(String::new, |names| format!("path parameter{plural} {names}"))
}

/// A variable of a path template and the literal segment before it.
#[derive(Debug, PartialEq, Eq)]
struct Variable<'a> {
    before: &'a str,
    name: &'a str,
}

fn variables(template: &str) -> Vec<Variable<'_>> {
    let mut before = "";
    let mut variables = Vec::new();
    for segment in template.split('/') {
        let names = segment.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
        variables.extend(names.map(|(name, _)| Variable { before, name }));
        before = segment;
    }
    variables
}

impl Variable<'_> {
    fn identifies(&self, parameters: &[Parameter<'_>]) -> Truth {
        if self.is_setting() {
            return Truth::False;
        }
        let mut unseen = false;
        for parameter in parameters {
            let (Some(name), Some(location)) = (parameter.name(), parameter.location()) else {
                unseen = true;
                continue;
            };
            if location == "path" && name == self.name {
                return !is_limited(*parameter);
            }
        }
        if unseen { Truth::Unknown } else { Truth::True }
    }

    /// `/{version}/users` is a setting, `/versions/{version}` names one of them.
    fn is_setting(&self) -> bool {
        let mut words = words(self.name);
        if words.len() > 1 && words.last().is_some_and(|last| SUFFIXES.contains(&last.as_str())) {
            words.pop();
        }
        let Some(subject) = words.last().filter(|last| SETTINGS.contains(&last.as_str())) else { return false };
        let is_collection = self.before.to_lowercase().ends_with(&format!("{subject}s"));
        !is_collection
    }
}

/// Whether only certain values are allowed: then every one of them exists.
fn is_limited(parameter: Parameter<'_>) -> Truth {
    let Some(schema) = parameter.schema() else { return Truth::False };
    if schema.target().is_none() {
        return Truth::Unknown;
    }
    let schema = schema.alone();
    Truth::from(!schema.pinned_values().is_empty() || schema.types().iter().any(|name| name == "boolean"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_with_what_stands_before_them() {
        let found =
            |template| variables(template).into_iter().map(|variable| (variable.before, variable.name)).collect::<Vec<_>>();
        assert_eq!(found("/users/{id}/posts/{post}.{format}"), [("users", "id"), ("posts", "post"), ("posts", "format")]);
        assert_eq!(found("/v{version}/{a}"), [("", "version"), ("v{version}", "a")]);
        assert_eq!(found("/users/{broken"), []);
    }

    #[test]
    fn settings_are_no_things() {
        let cases = [
            ("", "version", true),
            ("v", "apiVersion", true),
            ("versions", "version", false),
            ("", "tenantId", true),
            ("tenants", "tenantId", false),
            ("users", "id", false),
            ("docs", "languageCode", true),
            ("files", "fileFormat", true),
            ("orders", "orderId", false),
            ("", "subscriptionId", false),
        ];
        for (before, name, expected) in cases {
            assert_eq!(Variable { before, name }.is_setting(), expected, "{before}/{name}");
        }
    }
}
