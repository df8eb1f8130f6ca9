//! A recording that a browser made of a server which breaks ten promises: the report names all ten.

use std::path::{Path, PathBuf};

use super::binary::{command, folder, said};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/traffic/shop").join(name)
}

/// The promises that server.mjs breaks: the rule, and the exchange that breaks it.
const BROKEN: [(&str, &str, &str, u16); 13] = [
    ("missing-required-response-header", "GET", "/api/orders", 200),
    ("created-without-location", "POST", "/api/orders", 201),
    ("response-schema-mismatch", "GET", "/api/orders/7", 200),
    ("undocumented-status-code", "GET", "/api/orders/9", 410),
    ("method-not-allowed-without-allow", "DELETE", "/api/orders/7", 405),
    ("success-with-error-body", "GET", "/api/search", 200),
    ("unauthorized-without-challenge", "GET", "/api/account", 401),
    ("undocumented-media-type", "GET", "/api/report", 200),
    ("response-leaks-internals", "GET", "/api/report", 500),
    ("unexpected-server-error", "GET", "/api/report", 500),
    ("found-redirect", "GET", "/api/old-orders/7", 302),
    ("too-many-requests-without-retry-after", "GET", "/api/stock", 429),
    ("undocumented-operation", "GET", "/api/admin/metrics", 200),
];

#[test]
fn every_broken_promise_is_named_with_its_exchange() {
    let (spec, recording) = (fixture("openapi.yaml"), fixture("shop.har"));
    let folder = folder(&[]);
    let arguments = ["check", recording.to_str().unwrap(), "--spec", spec.to_str().unwrap(), "--format", "json"];
    let (code, out, err) = said(&command(&folder, &arguments).output().unwrap());
    assert_eq!((code, err.as_str()), (Some(1), ""), "{out}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let findings = report["findings"].as_array().unwrap();
    for (rule, method, path, status) in BROKEN {
        let is_it = |finding: &&serde_json::Value| {
            let exchange = &finding["exchange"];
            let url = exchange["url"].as_str().unwrap_or_default();
            let without_query = url.split('?').next().unwrap_or_default();
            finding["rule"] == rule
                && exchange["method"] == method
                && without_query.ends_with(path)
                && exchange["status"] == status
        };
        assert!(findings.iter().any(|finding| is_it(&finding)), "{rule} at {method} {path} {status}\n{out}");
    }
    let loud: Vec<&serde_json::Value> = findings.iter().filter(|finding| finding["severity"] != "note").collect();
    let is_known = |finding: &serde_json::Value| BROKEN.iter().any(|(rule, ..)| finding["rule"] == *rule);
    assert!(loud.iter().all(|finding| is_known(finding)), "something else is loud: {loud:#?}");
}

#[test]
fn what_the_browser_sent_as_credentials_is_nowhere() {
    let (spec, recording) = (fixture("openapi.yaml"), fixture("shop.har"));
    for format in statusquo::report::Format::ALL {
        let folder = folder(&[]);
        let arguments =
            ["check", recording.to_str().unwrap(), "--spec", spec.to_str().unwrap(), "--format", format.word(), "--show-values"];
        let (_, out, err) = said(&command(&folder, &arguments).output().unwrap());
        for secret in ["eyJhbGci", "c2lnbmF0dXJl", "f81d4fae7dec11d0"] {
            assert!(!out.contains(secret) && !err.contains(secret), "{secret} in {}:\n{out}", format.word());
        }
    }
}
