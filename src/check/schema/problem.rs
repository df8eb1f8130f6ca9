//! What is wrong with a value, in words that do not give it away.

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

use super::lower::Place;
use super::misfits::is_behind_the_end;
use super::number::Number;
use super::tape::type_of;
use crate::syntax::Node;
use crate::traffic::mask;
use crate::words::listed;
use jsonschema::json::JsonNumber;

/// The most names or values that are listed.
const LISTED: usize = 6;

/// The problem that an error stands for, a clause without its subject: "is a string and must be an integer".
pub(super) fn problem(error: &ValidationError<'_>, place: Place<'_>, value: Option<Node<'_>>) -> String {
    if place.is_rewritten && matches!(error.kind(), Kind::FalseSchema) {
        return format!("has a value in `{}` that names none of the alternatives", discriminated(place));
    }
    match error.kind() {
        Kind::Type { kind } => format!("is {} and must be {}", kind_of(value), wanted(kind)),
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => none_fits(context, place, error.instance_path().as_str()),
        Kind::OneOfMultipleValid { context } => {
            let fitting = context.iter().filter(|branch| branch.is_empty()).count();
            format!("fits {fitting} of the {} alternatives of `oneOf` and must fit one", context.len())
        }
        Kind::Required { property } => lacking(&[property.as_str().unwrap_or_default().to_owned()]),
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            let shown: Vec<String> = unexpected.iter().map(|name| mask::member_name(name).to_owned()).collect();
            format!("has {}, which the schema does not allow", quoted(&shown))
        }
        Kind::PropertyNames { error } => format!("has a name that {}", problem(error, place, None)),
        Kind::FalseSchema => "is there and is never allowed".to_owned(),
        Kind::Not { .. } => "fits what `not` excludes".to_owned(),
        other => of_value(other).or_else(|| of_array(other)).unwrap_or_else(|| format!("breaks `{}`", other.keyword())),
    }
}

/// That an object lacks members.
pub(super) fn lacking(names: &[String]) -> String {
    format!("lacks {}", quoted(names))
}

/// Problems of texts and numbers, and of any value held against a list.
fn of_value(kind: &Kind) -> Option<String> {
    Some(match kind {
        Kind::Constant { expected_value } => format!("is not {}, the only value allowed", code(expected_value)),
        Kind::Enum { options } => format!("is none of {}", values(options)),
        Kind::Minimum { limit } => format!("is less than the `minimum` {limit}"),
        Kind::Maximum { limit } => format!("is more than the `maximum` {limit}"),
        Kind::ExclusiveMinimum { limit } => format!("is not more than {limit}, which `exclusiveMinimum` wants"),
        Kind::ExclusiveMaximum { limit } => format!("is not less than {limit}, which `exclusiveMaximum` wants"),
        Kind::MultipleOf { multiple_of } => format!("is no multiple of {multiple_of}"),
        Kind::MinLength { limit } => format!("has fewer characters than {limit}"),
        Kind::MaxLength { limit } => format!("has more characters than {limit}"),
        Kind::Pattern { pattern } => format!("does not match `{pattern}`"),
        Kind::Format { format } => format!("is no valid `{format}`"),
        _ => return None,
    })
}

/// Problems of arrays and of the number of members.
fn of_array(kind: &Kind) -> Option<String> {
    Some(match kind {
        Kind::MinItems { limit } => format!("has fewer items than {limit}"),
        Kind::MaxItems { limit } => format!("has more items than {limit}"),
        Kind::AdditionalItems { limit } => format!("has more items than the {limit} that are described"),
        Kind::UnevaluatedItems { .. } => "has items that are not described".to_owned(),
        Kind::UniqueItems => "repeats an item".to_owned(),
        Kind::Contains => "does not hold as many items as `contains` wants".to_owned(),
        Kind::MinProperties { limit } => format!("has fewer members than {limit}"),
        Kind::MaxProperties { limit } => format!("has more members than {limit}"),
        _ => return None,
    })
}

/// That no alternative fits, and which came nearest.
fn none_fits(context: &[Vec<ValidationError<'static>>], place: Place<'_>, pointer: &str) -> String {
    let count = context.len();
    let all = format!("fits none of the {count} alternatives");
    let is_whole = |branch: &[ValidationError<'static>]| !branch.is_empty() && !branch.iter().any(is_behind_the_end);
    let inside = |error: &ValidationError<'_>| error.instance_path().as_str().len() > pointer.len();
    let nearest = context.iter().enumerate().filter(|(_, branch)| is_whole(branch)).min_by_key(|(_, branch)| {
        (branch.iter().any(|error| matches!(error.kind(), Kind::Type { .. }) && !inside(error)), branch.len())
    });
    let Some((index, branch)) = nearest else { return all };
    let Some(error) = branch.first().filter(|error| inside(error) || matches!(error.kind(), Kind::Required { .. })) else {
        return all;
    };
    if matches!(error.kind(), Kind::AnyOf { .. } | Kind::OneOfNotValid { .. } | Kind::Type { .. }) {
        return format!("{all}; number {} is the nearest", index + 1);
    }
    let at = error.instance_path().as_str().get(pointer.len()..).filter(|rest| !rest.is_empty());
    let subject = at.map_or("it".to_owned(), |rest| format!("`{rest}`"));
    format!("{all}; number {} is the nearest, but {subject} {}", index + 1, problem(error, place_of_nothing(place), None))
}

/// Words for an inner error do not depend on the keyword around it.
fn place_of_nothing(place: Place<'_>) -> Place<'_> {
    Place { is_rewritten: false, ..place }
}

/// The name of the property that a `discriminator` looks at.
fn discriminated(place: Place<'_>) -> String {
    let text = place.value.get_str("propertyName");
    text.unwrap_or_else(|| "discriminator".into()).into_owned()
}

fn kind_of(value: Option<Node<'_>>) -> &'static str {
    let Some(value) = value else { return "of another type" };
    match type_of(value) {
        JsonType::Object => "an object",
        JsonType::Array => "an array",
        JsonType::Null => "null",
        JsonType::Boolean => "a boolean",
        JsonType::String => "a string",
        JsonType::Number | JsonType::Integer if Number::of(value).is_some_and(|number| number.is_integer()) => "an integer",
        JsonType::Number | JsonType::Integer => "a number",
    }
}

fn wanted(kind: &TypeKind) -> String {
    let with_article = |kind: JsonType| match kind {
        JsonType::Null => "null".to_owned(),
        JsonType::Array | JsonType::Object | JsonType::Integer => format!("an {kind}"),
        other => format!("a {other}"),
    };
    match kind {
        TypeKind::Single(kind) => with_article(*kind),
        TypeKind::Multiple(kinds) => {
            let mut all: Vec<String> = kinds.iter().map(with_article).collect();
            all.sort_by_key(|kind| kind == "null");
            listed(&all, "or")
        }
    }
}

fn quoted(names: &[String]) -> String {
    let mut shown: Vec<String> = names.iter().take(LISTED).map(|name| format!("`{name}`")).collect();
    if let Some(more) = names.len().checked_sub(LISTED).filter(|more| *more > 0) {
        shown.push(format!("{more} more"));
    }
    listed(&shown, "and")
}

fn values(options: &Value) -> String {
    let all = options.as_array().map(Vec::as_slice).unwrap_or_default();
    let shown: Vec<String> = all.iter().take(LISTED).map(code).collect();
    if all.len() > LISTED { format!("{} and {} more", shown.join(", "), all.len() - LISTED) } else { listed(&shown, "or") }
}

/// A value of the description as code, text without its quotes.
fn code(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    format!("`{}`", text.chars().take(60).collect::<String>())
}
