//! What a header field is on the wire, and what clients lose without it.

use crate::http::status::Class;
use crate::openapi::{Header, Schema, Version};

/// Why clients need a header field on a status, as what they can no longer do.
pub(super) fn loss(name: &str, code: Option<u16>, class: Option<Class>, has_if_match: bool) -> Option<&'static str> {
    let is = |other: &str| name.eq_ignore_ascii_case(other);
    match code {
        Some(201) if is("Location") => Some("clients no longer learn where the new resource is"),
        Some(401) if is("WWW-Authenticate") => Some("clients no longer learn how to authenticate"),
        Some(405) if is("Allow") => Some("clients no longer learn which methods there are"),
        Some(206 | 416) if is("Content-Range") => Some("clients no longer learn which part they have"),
        Some(429 | 503) if is("Retry-After") => Some("clients no longer learn when to try again"),
        _ if is("Location") && class == Some(Class::Redirection) => Some("clients no longer learn where to go"),
        _ if is("ETag") && has_if_match => Some("clients have nothing to send in `If-Match` any more"),
        _ => None,
    }
}

/// How the text of a header field is made from its value, where that can be told: the same words mean the same text.
pub(super) fn serialisation(header: Header<'_>) -> Option<String> {
    let target = header.target()?;
    if target.version() != Version::V2_0 && target.get("schema").is_none() {
        let content = target.entries_of("content").next()?;
        let media_type = content.key.text()?.to_ascii_lowercase();
        // Text is written as it is, whichever way that is said.
        let is_text = media_type == "text/plain" && header.schema().is_some_and(is_scalar);
        return Some(if is_text { "text".to_owned() } else { format!("content {media_type}") });
    }
    let schema = header.schema()?;
    let types = schema.types();
    let [kind] = types.as_slice() else { return None };
    Some(match kind.as_ref() {
        "array" => format!("array {}", separator(header)),
        "object" if explodes(header) => "object, exploded".to_owned(),
        "object" => "object".to_owned(),
        _ => "text".to_owned(),
    })
}

fn is_scalar(schema: Schema<'_>) -> bool {
    let types = schema.types();
    !types.is_empty() && types.iter().all(|kind| matches!(kind.as_ref(), "string" | "integer" | "number" | "boolean"))
}

/// The way in which a header field is written, as a message says it.
pub(super) fn way(serialisation: &str) -> String {
    match serialisation.split_once(' ') {
        Some(("content", media_type)) => format!("as `{media_type}`"),
        Some(("array", separator)) => format!("as a list (`{separator}`)"),
        Some(_) => "as an exploded object".to_owned(),
        None if serialisation == "object" => "as an object".to_owned(),
        None => "as plain text".to_owned(),
    }
}

/// Whether a change from one to the other is one of serialisation, and not of what is serialised.
pub(super) fn is_other_serialisation(old: &str, new: &str) -> bool {
    let kind = |text: &str| text.split([' ', ',']).next().map(str::to_owned);
    old != new && (kind(old) == kind(new) || old.starts_with("content ") || new.starts_with("content "))
}

/// How deep lists in lists are looked into.
const DEEPEST: usize = 8;

/// Between the items of a list: 2.0 has several, also for the lists in it; since then it is the comma.
fn separator(header: Header<'_>) -> String {
    let Some(target) = header.target() else { return "simple".to_owned() };
    if target.version() != Version::V2_0 {
        return target.text("style").unwrap_or("simple".into()).into_owned();
    }
    let lists = std::iter::successors(Some(target.node()), |list| list.get("items")).take(DEEPEST);
    let formats: Vec<_> = lists.map(|list| list.get_str("collectionFormat").filter(|format| *format != "csv")).collect();
    let (own, inner) = formats.split_first().map_or((None, None), |(own, inner)| (own.clone(), inner.iter().flatten().next()));
    let own = own.unwrap_or("simple".into());
    inner.map_or(own.to_string(), |inner| format!("{own} of {inner}"))
}

fn explodes(header: Header<'_>) -> bool {
    header.target().and_then(|target| target.node().get("explode")?.as_bool()).unwrap_or(false)
}

/// Whether any text of the new schema is one of the old: `string` without limits takes in numbers and booleans.
pub(super) fn takes_in(old: Schema<'_>, new: Schema<'_>) -> bool {
    let limits = ["enum", "const", "pattern", "format", "minLength", "maxLength", "allOf", "anyOf", "oneOf", "not", "if"];
    let is_any_text = old.types() == ["string"] && limits.iter().all(|limit| old.keyword(limit).is_none());
    is_any_text && is_scalar(new) && !new.is_nullable()
}

/// Whether a name is one of the family of rate limits, and in which spelling.
pub(super) fn rate_limit(name: &str) -> Option<RateLimit> {
    let name = name.to_ascii_lowercase();
    let old = ["x-ratelimit", "x-rate-limit"].iter().any(|prefix| name.starts_with(prefix));
    if old { Some(RateLimit::Custom) } else { (name.starts_with("ratelimit")).then_some(RateLimit::Standard) }
}

/// The spelling of a rate limit header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RateLimit {
    /// `X-RateLimit-Remaining` and the like.
    Custom,
    /// `RateLimit` and `RateLimit-Policy` of the draft, and what it had before.
    Standard,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lost() {
        let redirect = Some(Class::Redirection);
        let table = [
            ("location", Some(201), None, false, true),
            ("Location", Some(200), None, false, false),
            ("Location", Some(302), redirect, false, true),
            ("Location", None, redirect, false, true),
            ("ETag", Some(200), None, true, true),
            ("ETag", Some(200), None, false, false),
            ("WWW-Authenticate", Some(401), None, false, true),
            ("WWW-Authenticate", Some(403), None, false, false),
            ("Allow", Some(405), None, false, true),
            ("Content-Range", Some(206), None, false, true),
            ("Retry-After", Some(429), None, false, true),
            ("Retry-After", Some(503), None, false, true),
            ("Retry-After", Some(404), None, false, false),
        ];
        for (name, code, class, has_if_match, expected) in table {
            assert_eq!(loss(name, code, class, has_if_match).is_some(), expected, "{name} {code:?}");
        }
    }

    #[test]
    fn families() {
        let table = [
            ("X-RateLimit-Limit", Some(RateLimit::Custom)),
            ("x-rate-limit-reset", Some(RateLimit::Custom)),
            ("RateLimit", Some(RateLimit::Standard)),
            ("RateLimit-Policy", Some(RateLimit::Standard)),
            ("X-Request-Id", None),
        ];
        for (name, expected) in table {
            assert_eq!(rate_limit(name), expected, "{name}");
        }
    }
}
