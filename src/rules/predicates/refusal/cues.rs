//! Which reason a refusal gives: who asks is not known, or who asks may not.

use super::words::{
    CREDENTIALS, FORBIDDEN_BY_NAME, KEY_MENTIONED, Lazy, OTHER, PERMISSION, PERMISSION_MENTIONED, TAKEN_BACK,
    UNAUTHORIZED_BY_NAME,
};
use crate::facts::Cue;

/// Why a request was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// 401: who asks is not known.
    Credentials,
    /// 403: who asks may not.
    Permission,
}

impl Reason {
    /// What a cue is, in words.
    pub(super) fn words(self, cue: &Cue) -> String {
        match (self, cue.by_name) {
            (_, true) => format!("this is the name of {}", self.right_status()),
            (Reason::Credentials, _) => "this is about who asks".to_owned(),
            (Reason::Permission, _) => "this is about what they may do".to_owned(),
        }
    }

    /// What the text does, for the message.
    pub(super) fn claim(self, cue: &Cue) -> String {
        let words = &cue.words;
        match (self, cue.by_name) {
            (_, true) => format!("goes by the name `{words}`"),
            (Reason::Credentials, _) => format!("speaks of who is asking (`{words}`)"),
            (Reason::Permission, _) => format!("speaks of what the caller may do (`{words}`)"),
        }
    }

    /// The status of the other reason, under which this one is out of place.
    fn wrong_status(self) -> &'static str {
        match self {
            Reason::Credentials => "403",
            Reason::Permission => "401",
        }
    }

    fn right_status(self) -> &'static str {
        match self {
            Reason::Credentials => "401",
            Reason::Permission => "403",
        }
    }
}

/// What some texts under the status of the other reason say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Said {
    /// Nothing about a reason.
    #[default]
    Nothing,
    /// This reason and no other: the number of the text, and the words.
    Reason(usize, Cue),
    /// Another reason, or both.
    Other,
}

/// Looks for a reason in texts that stand under the status of the other one.
pub(super) fn said<'t>(reason: Reason, texts: impl Iterator<Item = &'t str>) -> Said {
    let mut said = Said::Nothing;
    for (number, text) in texts.enumerate() {
        let text = tidy(text);
        if is_other(reason, &text) {
            return Said::Other;
        }
        if said == Said::Nothing {
            said = cue(reason, &text).map_or(Said::Nothing, |cue| Said::Reason(number, cue));
        }
    }
    said
}

/// Without the marks of markup and with plain apostrophes.
fn tidy(text: &str) -> String {
    let text = text.replace('’', "'").replace(['`', '*', '_', '"', '\n', '\r'], " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cue(reason: Reason, text: &str) -> Option<Cue> {
    let (cues, name) = match reason {
        Reason::Credentials => (&CREDENTIALS, &UNAUTHORIZED_BY_NAME),
        Reason::Permission => (&PERMISSION, &FORBIDDEN_BY_NAME),
    };
    let found = |regex, by_name| first(regex, text).map(|words| Cue { words, by_name });
    found(cues, false).or_else(|| found(name, true))
}

/// Another reason, both, or a text that sets the two statuses against each other.
fn is_other(reason: Reason, text: &str) -> bool {
    let compares = text.contains(reason.right_status()) && !text.starts_with(reason.wrong_status());
    let opposite = match reason {
        Reason::Credentials => first(&PERMISSION, text).is_some() || is_match(&PERMISSION_MENTIONED, text),
        Reason::Permission => first(&CREDENTIALS, text).is_some() || is_match(&KEY_MENTIONED, text),
    };
    compares || opposite || is_match(&OTHER, text)
}

fn is_match(regex: &Lazy, text: &str) -> bool {
    regex.is_match(text)
}

/// The first match that no word before it takes back.
fn first(regex: &Lazy, text: &str) -> Option<String> {
    let taken_back = |start: usize| text.get(..start).is_some_and(|before| is_match(&TAKEN_BACK, before));
    let found = regex.find_all(text).find(|found| !taken_back(found.start))?;
    Some(without_ends(text.get(found)?).to_owned())
}

/// Without the marks around it and the small words that only helped to find it: `No token was`.
fn without_ends(cue: &str) -> &str {
    let mut rest = cue.trim_matches(|letter: char| !letter.is_alphanumeric());
    while let Some(end) = [" or", " and", " was", " were", " is"].into_iter().find(|end| rest.to_lowercase().ends_with(end)) {
        rest = rest.get(..rest.len() - end.len()).unwrap_or_default();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(reason: Reason, text: &str) -> Option<String> {
        match said(reason, [text].into_iter()) {
            Said::Reason(_, cue) => Some(cue.words),
            _ => None,
        }
    }

    #[test]
    fn credentials_under_403() {
        let cues = [
            ("Missing or invalid access token", "Missing or invalid access token"),
            ("Forbidden. Invalid API key.", "Invalid API key"),
            ("The token is missing or expired", "token is missing"),
            ("Session has expired", "Session has expired"),
            ("User is not logged in", "not logged in"),
            ("Not authenticated", "Not authenticated"),
            ("Unauthenticated", "Unauthenticated"),
            ("Authentication is required", "Authentication is required"),
            ("Authentication failed", "Authentication failed"),
            ("lacks valid authentication credentials for the target", "lacks valid authentication credentials"),
            ("Unauthorized", "Unauthorized"),
            ("403 Unauthorized: see below", "403 Unauthorized"),
            ("Wrong password", "Wrong password"),
            ("No token provided", "No token provided"),
            ("Missing or invalid management token", "Missing or invalid management token"),
            ("Invalid internal API key", "Invalid internal API key"),
            ("You must provide a valid API key", "provide a valid API key"),
            ("No api_key or it's not valid", "No api key"),
            ("No token was sent and they are required.", "No token"),
            ("Auth error", "Auth error"),
        ];
        for (text, cue) in cues {
            assert_eq!(of(Reason::Credentials, text).as_deref(), Some(cue), "{text}");
        }
        let none = [
            "Forbidden",
            "You do not have permission to delete users",
            "Missing token or insufficient permissions",
            "The access token lacks the required scope",
            "Authenticated, but the role does not allow this",
            "CSRF token missing",
            "Invalid API key or IP address not on the list",
            "No authentication required, but the plan does not include this",
            "Unlike 401, an expired token is not the reason",
            "Unauthorized to access this resource",
            "The user is not authorized to see this, invalid token",
            "Invitation token expired",
            "Token is valid but the account is suspended",
            "No session with this id belongs to the caller",
            "Invalid page token",
            "Missing authorization",
            "The request is not authenticated as the app that provided the field",
            "invalid request token or OTP token",
            "Your Heroku API key is invalid.",
            "Supplied API key is not valid for this request",
        ];
        for text in none {
            assert_eq!(of(Reason::Credentials, text), None, "{text}");
        }
    }

    #[test]
    fn permissions_under_401() {
        let cues = [
            ("You do not have permission to delete users", "not have permission"),
            ("Unauthorized: insufficient permissions", "insufficient permissions"),
            ("Insufficient scope", "Insufficient scope"),
            ("Access denied", "Access denied"),
            ("You are not allowed to do this", "not allowed"),
            ("The user is not an administrator", "not an administrator"),
            ("Requires the admin role", "Requires the admin role"),
            ("Admin privileges required", "privileges required"),
            ("Forbidden", "Forbidden"),
            ("You don't have access to this project", "don't have access"),
        ];
        for (text, cue) in cues {
            assert_eq!(of(Reason::Permission, text).as_deref(), Some(cue), "{text}");
        }
        let none = [
            "The API credential used in the request is invalid or does not have the right permissions",
            "Unauthorized",
            "Access denied: missing token",
            "Not authenticated or not allowed",
            "The user is not authorized",
            "Unauthorized. Scopes are explained below.",
            "Not logged in. With a login but without permission the answer is 403.",
            "Insufficient authentication",
            "Access denied, no token provided",
            "Access denied due to missing or invalid authorization.",
            "Authorization information is missing or invalid",
            "Access denied. Auth error.",
            "The response for invalid key or permission denied.",
        ];
        for text in none {
            assert_eq!(of(Reason::Permission, text), None, "{text}");
        }
    }
}
