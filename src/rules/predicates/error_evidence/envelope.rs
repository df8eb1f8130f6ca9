//! Which members an envelope of errors has.

use crate::words::{Plain, each_word, has_word, plain};

/// What envelopes of errors are made of, without separators and in lower case.
const VOCABULARY: [&str; 58] = [
    "code",
    "correlationid",
    "data",
    "detail",
    "details",
    "documentationurl",
    "faultcode",
    "faultstring",
    "help",
    "helpurl",
    "hint",
    "hints",
    "httpcode",
    "httpstatus",
    "httpstatuscode",
    "instance",
    "issuccess",
    "iserror",
    "message",
    "messages",
    "method",
    "moreinfo",
    "msg",
    "ok",
    "operationid",
    "path",
    "reason",
    "reasons",
    "cause",
    "causes",
    "request",
    "requestid",
    "result",
    "returncode",
    "retryable",
    "severity",
    "source",
    "stack",
    "stacktrace",
    "status",
    "statuscode",
    "statusmessage",
    "statustext",
    "subcode",
    "succeeded",
    "success",
    "successful",
    "target",
    "text",
    "time",
    "timestamp",
    "title",
    "trace",
    "traceid",
    "trackingid",
    "transactionid",
    "type",
    "violations",
];

/// Names with one of these words are about errors.
const ERROR_WORDS: [&str; 8] = ["error", "errors", "err", "errno", "errmsg", "errcode", "exception", "fault"];

/// Members that carry what was asked for.
const PAYLOAD: [&str; 9] = ["data", "result", "results", "payload", "response", "content", "items", "value", "records"];

/// Members that only bodies with a way of their own have: JSON-RPC, long-running operations, reports on validity, JSON:API.
const FOREIGN: [&str; 9] =
    ["jsonrpc", "done", "valid", "isvalid", "warnings", "jsonapi", "progress", "percentcomplete", "extensions"];

/// Whether a member is part of envelopes.
pub(in crate::rules::predicates) fn is_in_vocabulary(name: &str) -> bool {
    is_word_of_envelopes(name, &plain(name))
}

fn is_word_of_envelopes(name: &str, plain: &Plain<'_>) -> bool {
    plain.is_among(&VOCABULARY) || speaks_of_errors(name, plain) || name.starts_with(['_', '@'])
}

/// Whether a member is about errors by its name.
pub(in crate::rules::predicates) fn is_about_errors(name: &str) -> bool {
    speaks_of_errors(name, &plain(name))
}

fn speaks_of_errors(name: &str, plain: &Plain<'_>) -> bool {
    // A look at three letters spares most names that at their words.
    let letters = plain.as_bytes();
    let may_have_word = || letters.windows(3).any(|letters| matches!(letters, b"err" | b"exc" | b"fau"));
    letters.starts_with(b"err") || may_have_word() && has_word(name, &ERROR_WORDS)
}

/// Whether a member carries what was asked for.
pub(in crate::rules::predicates) fn is_payload(name: &str) -> bool {
    is_name_of_payload(&plain(name))
}

/// The same of a name in plain letters.
pub(super) fn is_name_of_payload(plain: &Plain<'_>) -> bool {
    plain.is_among(&PAYLOAD)
}

/// Whether a body with these members is an envelope: there are some, and at most one comes from elsewhere.
/// What has an identity and a status is a resource, such as a failed job, however few members it shows.
pub(in crate::rules::predicates) fn is_envelope<'n>(names: impl IntoIterator<Item = &'n str>) -> bool {
    let (mut inside, mut outside) = (0, 0);
    let (mut has_identity, mut has_status) = (false, false);
    for name in names {
        let plain = plain(name);
        let is_inside = is_word_of_envelopes(name, &plain);
        *(if is_inside { &mut inside } else { &mut outside }) += 1;
        has_identity |= !is_inside && plain.as_bytes().ends_with(b"id") && names_an_identity(name);
        has_status |= plain.is_among(&["status", "state"]);
        if outside > 1 || has_identity && has_status {
            return false;
        }
    }
    inside > outside
}

fn names_an_identity(name: &str) -> bool {
    let mut is_identity = false;
    each_word(name, |word| {
        is_identity = matches!(word, "id" | "uuid" | "guid");
        true
    });
    is_identity
}

/// Whether a body has its own way with errors, so that they mean nothing here.
pub(in crate::rules::predicates) fn is_foreign<'n>(names: impl IntoIterator<Item = &'n str>) -> bool {
    names.into_iter().any(|name| is_foreign_name(&plain(name)))
}

/// Whether it has one for a member of this name, in plain letters.
pub(super) fn is_foreign_name(plain: &Plain<'_>) -> bool {
    plain.is_among(&FOREIGN)
}

/// The word in a component's name that says it is an error: `ApiErrorResponse` is one, `ErrorList` is not.
pub(in crate::rules::predicates) fn names_an_error(component: &str) -> bool {
    const KINDS: [&str; 6] = ["error", "errors", "fault", "exception", "problem", "failure"];
    const SUFFIXES: [&str; 17] = [
        "response", "model", "dto", "object", "body", "result", "schema", "message", "envelope", "payload", "details", "detail",
        "json", "resp", "res", "type", "info",
    ];
    let mut is_error = false;
    each_word(component, |word| {
        let core = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
        if !core.is_empty() && core != "v" && !SUFFIXES.contains(&core) {
            is_error = KINDS.contains(&core);
        }
        true
    });
    is_error
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_envelope_is() {
        let cases: [(&[&str], bool); 12] = [
            (&["code", "message"], true),
            (&["error"], true),
            (&["errorCode", "error_message", "requestId"], true),
            (&["success", "message", "userId"], true),
            (&["id", "status", "amount"], false),
            (&["id", "status", "error"], false),
            (&["jobId", "error", "status", "message"], false),
            (&["requestId", "status", "message"], true),
            (&["userId", "message"], false),
            (&["type", "title", "status", "detail", "instance", "balance"], true),
            (&["name"], false),
            (&[], false),
        ];
        for (names, expected) in cases {
            assert_eq!(is_envelope(names.iter().copied()), expected, "{names:?}");
        }
    }

    #[test]
    fn what_is_called_an_error() {
        let cases = [
            ("Error", true),
            ("ApiErrorResponse", true),
            ("error_model", true),
            ("ProblemDetails", true),
            ("ValidationError400", true),
            ("SOAPFault", true),
            ("ErrorV2", true),
            ("ErrorList", false),
            ("ErrorLog", false),
            ("Terror", false),
            ("Response", false),
            ("FailureRate", false),
        ];
        for (name, expected) in cases {
            assert_eq!(names_an_error(name), expected, "{name}");
        }
    }
}
