//! Signs of an error and their weight.

use std::sync::LazyLock;

use regex::Regex;

use crate::rules::predicates::make;
use crate::syntax::Node;

/// One thing that speaks for an error.
#[derive(Clone, Debug)]
pub(super) struct Sign<'p> {
    /// What it adds to the score.
    pub(super) weight: u8,
    /// What it is, for the message.
    pub(super) text: String,
    /// Where it is to be seen.
    pub(super) at: Option<Node<'p>>,
}

/// What speaks for an error, taken together.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is found on its own and read on its own")]
pub(super) struct Signs<'p> {
    /// One by one.
    pub(super) list: Vec<Sign<'p>>,
    /// Whether the body is an envelope of errors by its members.
    pub(super) envelope: bool,
    /// Whether errors stand beside successes, so that no more than a note is due.
    pub(super) mixed: bool,
    /// Whether the body is a success that the media type of errors is named for, too.
    pub(super) labelled: bool,
    /// Whether the body is of a kind that has its own way with errors.
    pub(super) exempt: bool,
    /// Whether something that could decide was not to be seen.
    pub(super) incomplete: bool,
}

impl<'p> Signs<'p> {
    /// The sum of the weights; of a mixed body at most one.
    pub(super) fn score(&self) -> u8 {
        let sum = self.list.iter().map(|sign| sign.weight).fold(0, u8::saturating_add);
        if self.mixed { sum.min(1) } else { sum }
    }

    /// Adds what was found elsewhere.
    pub(super) fn extend(&mut self, other: Signs<'p>) {
        self.list.extend(other.list);
        self.envelope |= other.envelope;
        self.mixed |= other.mixed;
        self.labelled |= other.labelled;
        self.exempt |= other.exempt;
        self.incomplete |= other.incomplete;
    }
}

impl<'p> FromIterator<Sign<'p>> for Signs<'p> {
    fn from_iter<I: IntoIterator<Item = Sign<'p>>>(signs: I) -> Self {
        Signs { list: signs.into_iter().collect(), ..Signs::default() }
    }
}

/// An error that is the answer, not `Error logged` or `Failed payments`, which are what was asked for.
static NAMES_AN_ERROR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let patterns = [
        r"^\W*(error|failure|failed|invalid)(\s+(response|message|object|body|details?|code|case))?[\s*_`]*([.:;,!(\-–—]|$)",
        r"^\W*(error|failure|failed)\s+(occurred|while|when|during|in|on|to|if|with|due)\b",
        r"^\W*invalid\s+(request|input|parameters?|credentials?|data|token|api key|\w+ (id|name|key|token))\b",
        r"^\W*unsuccess?full?(\s+(response|request|call|operation))?\s*([.:;,!(]|$)",
        r"\bdue to an (unknown|unexpected|internal) error\b",
        r"\b200 with an error\b|\berrors? (are|is) (also )?returned (with|as) (a )?200\b",
    ];
    Regex::new(&format!("(?i){}", patterns.join("|"))).ok()
});

pub(in super::super) const PATTERNS: &[fn()] = &[|| make(&NAMES_AN_ERROR)];

/// A description that names an error.
pub(super) fn of_description(description: Node<'_>) -> Option<Sign<'_>> {
    let text = description.text()?;
    let lower = text.to_ascii_lowercase();
    // Most descriptions have none of the words.
    ["error", "fail", "invalid", "unsuccess"].iter().any(|word| lower.contains(word)).then_some(())?;
    let cue = NAMES_AN_ERROR.as_ref()?.find(&text)?.as_str().trim().to_owned();
    Some(Sign { weight: 1, text: format!("the description says `{cue}`"), at: Some(description) })
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
            assert_eq!(NAMES_AN_ERROR.as_ref().is_some_and(|regex| regex.is_match(text)), expected, "{text}");
        }
    }
}
