//! The catalogue of rules is a contract: these ids exist, at these severities, under these presets.

use std::fmt::Write as _;

use statusquo::rules::{Grade, Level, Reporter, Rule, RuleSet, builtin};

/// One rule a line: the id, its severity (`declared/observed` where they differ), with `also` those it has in some cases
/// (exemptions aside), and behind `|` what presets make of it. What only traffic can show comes with `check` and is not here.
const CATALOGUE: &str = "
no-responses error also warning | wire off, guides off
missing-success-response warning | wire off
default-only-response warning | wire off, guides off
default-as-success note | wire off, guides off
unquoted-status-code note | strict warning, guides off
invalid-status-code-key error
lowercase-status-range error | guides off
unregistered-status-code error
vendor-status-code warning/note
reserved-status-code warning
deprecated-status-code warning
temporary-status-code note | guides off
duplicate-status-code error | guides off
status-range-overlap note | guides off
description-contradicts-status warning
missing-error-response warning | wire off, guides off
missing-client-error-response note | wire off
missing-server-error-response note | wire off
no-default-response off | strict note
status-code-laundry-list off | guides off

informational-response-documented warning also note
informational-with-content error
switching-protocols-without-upgrade warning/error | strict error, wire off/error
switched-to-unoffered-protocol error | guides off

success-with-error-body error also note
ok-without-content warning also note | wire off/warning
created-without-location warning also note | wire off/warning
created-on-safe-method error
post-create-without-created note | wire off, guides error
put-create-without-created note/warning | wire off/warning
accepted-without-monitor warning also note | wire off/warning
accepted-on-safe-method note
non-authoritative-from-origin note
no-content-with-content error
reset-content-with-content error
reset-content-in-api off
content-length-on-no-content error also note
head-with-content error | guides off
partial-content-without-content-range warning/error | strict error, wire off/error
range-status-without-range-parameter note/warning | wire off/warning
partial-content-on-unsafe-method error also note
range-support-without-accept-ranges note | wire off
multi-status-without-item-status warning | wire off/warning
webdav-status-outside-webdav note also warning
im-used-without-im note | wire off/note, guides off
ok-without-validator off | strict note
failure-flag-under-success note also warning | guides off

redirect-without-location warning/error also note | wire off/error
found-redirect warning also note
method-rewriting-redirect warning also note
multiple-choices-without-alternatives note | wire off/note
not-modified-with-content error
not-modified-without-validator warning | wire off/warning
not-modified-without-precondition note/error | wire off/error
not-modified-on-unsafe-method error
not-modified-missing-metadata note/warning | wire off/warning
invalid-location warning
redirect-in-api off | strict note, guides off

generic-bad-request-only warning | wire off
bad-request-describes-specific-error warning
missing-bad-request note | wire off
missing-unauthorized warning | wire off
missing-forbidden note | wire off
unauthorized-without-security note | wire off
unauthorized-without-challenge note/error | strict warning/error, wire off/error
unauthorized-forbidden-confusion warning
forbidden-without-unauthorized note | wire off
missing-not-found warning | wire off, guides error
method-not-allowed-without-allow warning/error | strict error, wire off/error
method-not-allowed-on-declared-method note
allow-header-mismatch warning also note
not-acceptable-without-negotiation note
proxy-authentication-without-challenge warning/error | strict error, wire off/error
infrastructure-status-documented note
request-timeout-describes-server-timeout note
conflict-on-safe-method warning
gone-without-not-found note | wire off
body-status-without-request-body warning
unsupported-media-type-without-accept off also note | wire off
precondition-status-without-precondition warning | wire off/warning
precondition-without-validator warning also note | wire off
range-not-satisfiable-without-content-range warning | wire off/warning
expectation-failed-without-expect note | wire off/note
unprocessable-without-input note
validation-status-inconsistent note
too-early-without-early-data note | wire off
upgrade-required-without-upgrade warning/error | strict error, wire off/error
too-many-requests-without-retry-after warning | wire off/warning
missing-too-many-requests off | strict note
rate-limit-headers-inconsistent note
uncacheable-status-cached error
legal-reasons-without-blocked-by warning | wire off/warning
payment-required-reserved note
cacheable-error-without-cache-control off | wire off

error-schema-exposes-internals warning also note
error-example-leaks-internals error
service-unavailable-without-retry-after note | wire off/note
gateway-status-from-origin off
not-implemented-on-declared-method warning also error
network-authentication-from-origin warning

error-without-content note | wire off/note
error-without-schema note | wire off/note
inconsistent-error-envelope warning
inconsistent-error-media-type note
error-media-type-not-machine-readable warning also note
error-response-reuses-success-schema warning also note
error-body-without-message note | wire off/note
error-body-without-code note | wire off/note
problem-details-wrong-media-type note | guides off
invalid-problem-details error | guides off
problem-status-mismatch error | guides off

content-type-response-header warning also note | guides off
invalid-retry-after warning
negotiated-response-without-vary off | guides off
content-range-on-wrong-status note | guides off
location-on-wrong-status off | guides off
sunset-before-deprecation error | guides off
invalid-deprecation-header warning | guides off
deprecated-operation-without-sunset-headers off | guides off
preference-applied-without-prefer note | wire off/note, guides off
options-without-allow note | wire off/note, guides off
head-differs-from-get note | wire off/note, guides off

precondition-without-failure-status note | wire off, guides off
not-modified-extra-metadata note | guides off
partial-content-missing-metadata note/warning | wire off/warning, guides off
unexpected-success-for-method note also warning | guides off
invalid-http-date warning also note | guides off
invalid-entity-tag warning | guides off
missing-date off | guides off
last-modified-after-date warning | guides off
invalid-content-range error | guides off
invalid-content-length error | guides off
unacceptable-content-encoding warning | guides off
trace-echoes-credentials error | guides off

empty-response-body error also note | guides off
undocumented-body note | guides off
invalid-content-type warning | guides off
body-truncated note | guides off
server-header-leaks-version note | guides off

unexpected-server-error warning also error
response-leaks-internals error
undocumented-media-type error | guides off
missing-content-type warning | guides off
malformed-response-body error | guides off
missing-required-response-header error | guides off
invalid-challenge warning | guides off

invalid-entry note | guides off
ambiguous-path-template note | guides off
response-schema-mismatch error
response-header-schema-mismatch error | guides off
response-never-observed note | guides off
invalid-request-accepted off
undocumented-response-property off

redirect-loop error
etag-shared-across-encodings note | guides off
content-length-differs-from-get warning | guides off
resource-readable-after-delete warning | guides off
created-resource-not-found warning | guides off

operation-removed error
operation-added note

success-status-removed error
redirect-status-removed warning
conditional-status-removed warning
error-status-removed warning
success-status-added warning
redirect-status-added warning
error-status-added warning
precondition-now-required error
status-generalised warning
status-specialised note
default-response-removed warning
default-response-added note
success-status-changed error
redirect-semantics-changed warning
invalid-status-key-ignored note

response-media-type-removed error
response-media-type-added warning
response-media-type-generalised error
response-media-type-specialised note
error-media-type-changed warning
response-media-type-changed error
response-body-removed error
response-body-added note
response-schema-removed warning
response-schema-added note

response-header-removed error
response-header-became-optional error
response-header-added note
response-header-type-widened error
response-header-serialisation-changed error
rate-limit-headers-renamed warning

response-type-widened error
response-type-changed error
response-became-nullable error
response-property-became-optional error
response-property-removed error
response-property-added-to-closed-object warning
response-property-deprecated note
response-object-opened warning
response-enum-value-added warning
response-enum-removed warning
response-constraint-loosened warning
response-pattern-changed warning
response-format-changed error
response-union-widened error
response-union-narrowed note
response-discriminator-changed error
response-schema-opened warning
unsatisfiable-schema warning
schema-comparison-unknown warning
error-envelope-changed error
";

fn rules() -> RuleSet {
    RuleSet::new(builtin().0)
}

fn grades(level: Level) -> String {
    match (level.declared, level.observed) {
        (declared, observed) if declared == observed => declared.word().to_owned(),
        (declared, observed) => format!("{}/{}", declared.word(), observed.word()),
    }
}

/// A rule as a line of the catalogue.
fn line(rule: &Rule) -> String {
    let base = rule.severities.base;
    let mut line = format!("{} {}", rule.id, grades(base));
    let of_clauses = rule.clauses().iter().flat_map(|clause| {
        let entries = clause.severities.entries.iter().map(|(level, _)| level.declared);
        entries.chain([clause.severities.base.declared])
    });
    let mut also: Vec<Grade> = of_clauses.filter(|grade| *grade != base.declared && *grade != Grade::Off).collect();
    also.sort_unstable();
    also.dedup();
    if !also.is_empty() {
        let words: Vec<&str> = also.into_iter().map(Grade::word).collect();
        let _ = write!(line, " also {}", words.join(" "));
    }
    let presets: Vec<String> =
        rule.presets.iter().map(|(preset, level)| format!("{} {}", preset.word(), grades(*level))).collect();
    if !presets.is_empty() {
        let _ = write!(line, " | {}", presets.join(", "));
    }
    line
}

#[test]
fn every_rule_of_the_catalogue_is_as_stated() {
    let rules = rules();
    let mut wrong = Vec::new();
    for stated in CATALOGUE.lines().filter(|line| !line.is_empty()) {
        let id = stated.split(' ').next().unwrap_or_default();
        let is = rules.get(id).map_or_else(|| "no such rule".to_owned(), line);
        if is != stated {
            wrong.push(format!("stated: {stated}\n    is: {is}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// What was read, and what a configuration does not do, is no matter of taste: no preset leaves it out.
#[test]
fn presets_keep_what_comes_before_any_rule() {
    for rule in rules().rules().iter().filter(|rule| matches!(rule.reporter, Reporter::Reader | Reporter::Lint)) {
        assert!(rule.presets.is_empty(), "{}", line(rule));
    }
}
