//! The words of refusals, as patterns.

use std::sync::LazyLock;

use crate::pattern::Pattern;

/// A pattern that is compiled on first use.
pub(super) type Lazy = LazyLock<Pattern>;

const LACKING: &str = "(?:missing|invalid|expired|bad|wrong|incorrect|revoked|malformed|unknown|unrecogni[sz]ed|rejected|lacks?|lacking|without|absent|non-?existent)";
const CREDENTIAL: &str = "(?:(?:access|bearer|auth[a-z0-9]*|id|security|refresh|session|jwt|api|user)[- ]?)?(?:tokens?|credentials?|api[- ]?keys?|access[- ]?keys?|jwts?|sessions?|certificates?|signatures?|passwords?|logins?|usernames?|authentication|authorization (?:header|token|information)|auth header|auth)";
const GAP: &str = r"(?:(?:an?|the|any|your|valid|user|client|supplied|provided|proper|correct|or|in)\s+){0,3}";
/// How a credential came: `used in the request`, `sent by the client`.
const SENT: &str = r"(?:(?:used|sent|given|supplied|provided|presented|passed|specified|included)\s+(?:(?:in|with|by|for|to|as)\s+(?:(?:the|this|your|a)\s+)?\w+\s+)?)?";
/// What kind of credential, such as `internal` or `device attestation`.
const KIND: &str = r"(?:(?:internal|external|public|private|admin|administrative|management|service|account|device|app|application|client|server|bot|integration|partner|tenant|attestation|master|root|org|organization|project|workspace|platform|jwt|x-api-key|hmac|request|basic)\s+){0,2}";

/// Missing or bad credentials.
pub(super) static CREDENTIALS: Lazy = LazyLock::new(|| {
    let bad = "(?:missing|invalid|expired|wrong|incorrect|revoked|malformed|absent|unknown|rejected|required|not (?:valid|provided|supplied|present|found|sent|given|set|included|recogni[sz]ed))";
    alternatives(&[
        &format!(r"{LACKING}(?:(?:\s*,\s*|\s*/\s*|\s+)(?:(?:or|and)\s+)?{LACKING})*\s+{GAP}{KIND}{CREDENTIAL}\b"),
        &format!(
            r"no\s+{GAP}{KIND}{CREDENTIAL}\s*(?:[.,;:)(]|$|(?:or|and|provided|supplied|given|sent|present|found|specified|included|in (?:the )?(?:request|header\w*)|was|were|is)\b)"
        ),
        &format!(r"{CREDENTIAL}\s+{SENT}(?:(?:is|are|was|were|has|have|been|either|supplied|provided)\s+){{0,4}}{bad}\b"),
        &format!(r"(?:requires?|needs?|must|provide|supply|include|present|send|with) {GAP}valid {CREDENTIAL}\b"),
        r"not\s+(?:currently\s+)?(?:logged|signed)[- ]?in\b",
        r"(?:not|n't|never)\s+(?:been\s+)?(?:properly\s+|correctly\s+)?authenticated\b",
        r"(?:unauthenticated|non-authenticated)\b",
        r"authentication\s+(?:is\s+|was\s+|has\s+)?(?:required|failed|needed|failure|error|missing)\b",
        r"auth\s+(?:error|failed|failure|required)\b",
        r"(?:failed|unable|could not|cannot|failure)\s+(?:to\s+)?(?:be\s+)?authenticated?\b",
        r"(?:login|log in|sign in)\s+(?:is\s+)?(?:required|needed|first|failed)\b",
        r"(?:requires?|needs?|must|please)\s+(?:an?\s+|user\s+|valid\s+|be\s+)?(?:authentication|authenticated?|log(?:ged)?[- ]?in|sign(?:ed)?[- ]?in)\b",
        r"insufficient\s+(?:authentication|credentials)\b",
    ])
});

/// A missing permission.
pub(super) static PERMISSION: Lazy = LazyLock::new(|| {
    alternatives(&[
        r"(?:insufficient|missing|lacks?|lacking|without|no|not|n't|\w+n't have|require[sd]?|inadequate|necessary|sufficient|enough|appropriate|proper)(?:\s+\w+){0,4}?\s+(?:permissions?|privileges?|roles?|scopes?|rights)\b",
        r"(?:permissions?|privileges?|access)\s+(?:(?:is|are|was|has|been)\s+)*(?:denied|refused|insufficient|not granted|forbidden)\b",
        r"(?:permissions?|privileges?|scopes?|roles?|rights)\s+(?:is\s+|are\s+)?(?:insufficient|missing|required|needed|not sufficient)\b",
        r"(?:not|\w+n't|never)\s+(?:be\s+)?(?:allowed|permitted|entitled|privileged)\b",
        r"den(?:y|ies|ied)\s+access\b",
        r"insufficient\s+(?:access|authorization)\b",
        r"(?:not|\w+n't)\s+(?:an?|the)\s+(?:\w+\s+)?(?:admin\w*|owner|member)\b",
        r"only\s+(?:for\s+|an?\s+|the\s+)?(?:admin\w*|owners?|members?)\b",
        r"(?:admin\w*|owners?|members?)\s+only\b",
        r"(?:do|does|did)(?:\s+not|n't)\s+have\s+(?:\w+\s+)?access\b",
    ])
});

/// A key that may be a credential, beside a permission.
pub(super) static KEY_MENTIONED: Lazy =
    LazyLock::new(|| compiled(&format!(r"\b{LACKING}(?:\s+(?:or|and)\s+{LACKING})?\s+{GAP}keys?\b")));

/// Words of permissions, whatever is said about them.
pub(super) static PERMISSION_MENTIONED: Lazy = LazyLock::new(|| {
    alternatives(&[
        r"(?:permissions?|permitted|privileges?|privileged|roles?|scopes?|allowed|entitled|denied|insufficient|access rights?|owners?|admin\w*)\b",
        r"(?:un|not\s+|n't\s+)authori[sz]ed\s+(?:to|for)\b",
        r"(?:user|client|caller|you|request)\s+(?:is|are|was)(?:\s+not|n't)\s+authori[sz]ed\b",
    ])
});

/// A 403 that goes by the name of 401: the whole text, or what stands before a mark.
pub(super) static UNAUTHORIZED_BY_NAME: Lazy = LazyLock::new(|| compiled(&by_name("un-?authori[sz]ed")));

/// A 401 that goes by the name of 403.
pub(super) static FORBIDDEN_BY_NAME: Lazy = LazyLock::new(|| compiled(&by_name("forbidden")));

/// What stands before a cue that is only mentioned: `no authentication required`, `regardless of permissions`.
pub(super) static TAKEN_BACK: Lazy = LazyLock::new(|| {
    compiled(r"\b(?:no|regardless of(?: the)?|unrelated to|rather than(?: the)?|instead of(?: the)?)\s+(?:\w+\s+)?$")
});

/// Reasons that are neither: forged requests, places, plans, tokens that stand for no login, closed accounts, a second
/// factor, a good credential of somebody else, a key for another service.
pub(super) static OTHER: Lazy = LazyLock::new(|| {
    alternatives(&[
        r"(?:csrf|xsrf|captcha|ip|ips|white-?list(?:ed)?|allow-?list(?:ed)?|black-?list(?:ed)?|firewall|waf|geo\w*|countr(?:y|ies)|region)\b",
        r"(?:plans?|subscriptions?|tiers?|quotas?|licen[cs]es?|billing|payments?|trial|rate[- ]limit\w*|throttl\w*|limit (?:reached|exceeded))\b",
        r"(?:cors|origin|referr?er|user-agent|https|invit\w+|password[- ]reset|reset (?:token|code|password)|confirmation|activation)\b",
        r"(?:(?:email|e-mail|phone|account|hub)[- .]verif\w+|verify[- ]token|verification (?:code|token)|(?:page|next|continuation|upload|push|share|payment|card|download) tokens?|suspended|banned|locked|disabled|deactivated)\b",
        r"(?:otp|two-?factor|2fa|mfa|one-time \w+|request tokens?|authenticated as|valid for (?:this|that|the|these|use))\b",
        r"your\s+(?-i:[A-Z][a-z]+)\s+api[- ]?keys?\b",
        // Who is asked, or what they may do? The word is used for both.
        r"(?:missing|invalid|no|incorrect|lack\w*)(?:\s+\w+){0,2}\s+authori[sz]ation(?:[^\w\s]|$)",
    ])
});

/// Compiles each of them.
pub(in super::super) const PATTERNS: &[fn()] = &[
    || CREDENTIALS.compile_places(),
    || PERMISSION.compile_places(),
    || KEY_MENTIONED.compile(),
    || PERMISSION_MENTIONED.compile(),
    || UNAUTHORIZED_BY_NAME.compile_places(),
    || FORBIDDEN_BY_NAME.compile_places(),
    || TAKEN_BACK.compile(),
    || OTHER.compile(),
];

fn by_name(name: &str) -> String {
    format!(r"^\W*(?:40[13]\W+)?(?:http\s+)?{name}(?:\s+(?:error|request|response))?\s*(?:[.:;,!\-(]|–|—|$)")
}

fn alternatives(patterns: &[&str]) -> Pattern {
    compiled(&format!(r"\b(?:{})", patterns.join("|")))
}

fn compiled(pattern: &str) -> Pattern {
    Pattern::trusted(format!("(?i){pattern}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        let all = [
            &CREDENTIALS,
            &KEY_MENTIONED,
            &PERMISSION,
            &PERMISSION_MENTIONED,
            &UNAUTHORIZED_BY_NAME,
            &FORBIDDEN_BY_NAME,
            &TAKEN_BACK,
            &OTHER,
        ];
        assert!(all.iter().all(|pattern| pattern.is_sound()));
    }
}
