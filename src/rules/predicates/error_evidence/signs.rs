//! Descriptions that name an error.

use std::sync::LazyLock;

use crate::facts::{Sign, Signs};
use crate::pattern::Pattern;
use crate::syntax::Node;

/// An error that is the answer, not `Error logged` or `Failed payments`, which are what was asked for.
static NAMES_AN_ERROR: LazyLock<Pattern> = LazyLock::new(|| {
    let patterns = [
        r"^\W*(error|failure|failed|invalid)(\s+(response|message|object|body|details?|code|case))?[\s*_`]*([.:;,!(\-]|–|—|$)",
        r"^\W*(error|failure|failed)\s+(occurred|while|when|during|in|on|to|if|with|due)\b",
        r"^\W*invalid\s+(request|input|parameters?|credentials?|data|token|api key|\w+ (id|name|key|token))\b",
        r"^\W*unsuccess?full?(\s+(response|request|call|operation))?\s*([.:;,!(]|$)",
        r"\bdue to an (unknown|unexpected|internal) error\b",
        r"\b200 with an error\b|\berrors? (are|is) (also )?returned (with|as) (a )?200\b",
    ];
    Pattern::trusted(format!("(?i){}", patterns.join("|")))
});

/// What a description counts.
const WEIGHT: u8 = 1;

pub(in super::super) const PATTERNS: &[fn()] = &[|| NAMES_AN_ERROR.compile_places()];

/// A description that names an error.
pub(super) fn of_description(description: Node<'_>) -> Option<Sign<'_>> {
    let text = description.text()?;
    let lower = text.to_ascii_lowercase();
    // Most descriptions have none of the words.
    ["error", "fail", "invalid", "unsuccess"].iter().any(|word| lower.contains(word)).then_some(())?;
    let cue = text.get(NAMES_AN_ERROR.find(&text)?)?.trim().to_owned();
    Some(Sign { weight: WEIGHT, text: format!("the description says `{cue}`"), at: Some(description) })
}

/// What stands for a description that names an error until it is filled in: the only sign without a text.
pub(super) fn stand_in<'p>() -> Sign<'p> {
    Sign { weight: WEIGHT, text: String::new(), at: None }
}

/// The signs with what the description says in place of what stands for it.
pub(super) fn filled_in<'p>(mut signs: Signs<'p>, described: Option<Sign<'p>>) -> Signs<'p> {
    if let Some((place, sign)) = signs.list.iter_mut().find(|sign| sign.text.is_empty()).zip(described) {
        *place = sign;
    }
    signs
}

#[cfg(test)]
mod tests {
    use super::NAMES_AN_ERROR;

    #[test]
    fn descriptions_that_name_an_error() {
        let cases = [
            ("Error", true),
            ("Error while saving", true),
            ("Failed to save", true),
            ("Invalid request", true),
            ("Error response (always under 200)", true),
            ("Failure: see the code", true),
            ("**Error Code**: `200`, no permission", true),
            ("Unsuccessful response", true),
            ("Access granted, but nothing was done due to an unknown error", true),
            ("Unsuccessful payments", false),
            ("Error logged successfully", false),
            ("Error details by day", false),
            ("Failed payments of the month", false),
            ("Errors", false),
            ("The user, or an error", false),
        ];
        for (text, expected) in cases {
            assert_eq!(NAMES_AN_ERROR.is_match(text), expected, "{text}");
        }
    }
}
