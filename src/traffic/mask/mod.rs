//! What may be shown of a recording. Everything that reaches a report goes through here.
//!
//! Credentials never come out. Values of queries, header fields and bodies come out only where they are asked for.

mod excerpt;
mod name;
mod token;
mod url;

pub use excerpt::excerpt;
pub use name::{is_secret_name, member_name};
pub use url::url;

use token::without_tokens;

/// What stands in the place of something that is not shown.
pub const MASK: &str = "***";

/// The most characters of a value that are shown.
const LONGEST_EXCERPT: usize = 200;

/// Header fields whose values name kinds, lengths, times and rules, never people or secrets.
const PUBLIC_FIELDS: [&str; 27] = [
    "accept",
    "accept-encoding",
    "accept-language",
    "accept-patch",
    "accept-post",
    "accept-ranges",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-expose-headers",
    "access-control-max-age",
    "age",
    "allow",
    "cache-control",
    "connection",
    "content-encoding",
    "content-language",
    "content-length",
    "content-range",
    "content-type",
    "date",
    "deprecation",
    "expires",
    "last-modified",
    "retry-after",
    "sunset",
    "transfer-encoding",
    "vary",
];

/// The value of a header field as it may be shown: that of a secret never, that of a public field always, another one
/// by its length unless values are shown.
pub fn field_value(name: &str, value: &str, show_values: bool) -> String {
    if is_secret_name(name) {
        return MASK.to_owned();
    }
    if !show_values && !PUBLIC_FIELDS.iter().any(|field| field.eq_ignore_ascii_case(name)) {
        return format!("a value of {}", characters(value));
    }
    if ["location", "content-location", "referer"].iter().any(|field| field.eq_ignore_ascii_case(name)) {
        return shortened(&url(value, show_values));
    }
    shortened(&without_tokens(value))
}

/// `12 characters`.
fn characters(text: &str) -> String {
    match text.chars().count() {
        1 => "1 character".to_owned(),
        count => format!("{count} characters"),
    }
}

/// The beginning of a text; masking comes first, so that no half of a secret is left that no longer looks like one.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_EXCERPT) {
        Some(_) => text.chars().take(LONGEST_EXCERPT - 1).chain(['…']).collect(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
