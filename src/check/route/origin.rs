//! Scheme, host and port of a URL (RFC 6454, section 4).

use super::pattern::{Pattern, find_outside};

/// Who was asked.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    scheme: Option<String>,
    host: String,
    port: Option<String>,
}

/// The origins of a server, as its description writes them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct OriginPattern {
    /// None where it may be any.
    scheme: Option<String>,
    host: Pattern,
    /// None where none is written and none follows from the scheme.
    port: Option<Pattern>,
}

impl Origin {
    /// Of a scheme and an authority.
    pub(super) fn new(scheme: Option<&str>, authority: &str) -> Origin {
        let scheme = scheme.map(str::to_ascii_lowercase);
        let (host, port) = split_port(authority);
        let port = port.or_else(|| default_port(scheme.as_deref())).map(str::to_owned);
        Origin { host: host.to_lowercase(), port, scheme }
    }
}

impl OriginPattern {
    /// Of a scheme and an authority, both of which may have variables. `None` where it may be any.
    pub(super) fn new(scheme: Option<&str>, authority: &str) -> Option<OriginPattern> {
        let scheme = scheme.filter(|scheme| !scheme.contains('{')).map(str::to_ascii_lowercase);
        let (host, port) = split_port(authority);
        let pattern = |text: &str| Pattern::parse(&text.to_lowercase(), &mut Vec::new());
        let (host, written) = (pattern(host), port.map(pattern));
        if scheme.is_none() && written.is_none() && host.is_variable() {
            return None;
        }
        let port = written.or_else(|| default_port(scheme.as_deref()).map(pattern));
        Some(OriginPattern { scheme, host, port })
    }

    /// Whether an origin is one of these. What one side does not tell is equal to all.
    pub(super) fn matches(&self, origin: &Origin) -> bool {
        let same_scheme = match (&self.scheme, &origin.scheme) {
            (Some(own), Some(other)) => own == other,
            _ => true,
        };
        same_scheme && self.host.matches(origin.host.as_bytes()) && self.matches_port(origin)
    }

    fn matches_port(&self, origin: &Origin) -> bool {
        match (&self.port, &origin.port) {
            (Some(own), Some(other)) => own.matches(other.as_bytes()),
            (Some(own), None) => is_default(|port| own.matches(port.as_bytes())),
            (None, Some(other)) => is_default(|port| other == port),
            (None, None) => true,
        }
    }
}

fn default_port(scheme: Option<&str>) -> Option<&'static str> {
    match scheme? {
        "http" | "ws" => Some("80"),
        "https" | "wss" => Some("443"),
        _ => None,
    }
}

fn is_default(is_port: impl Fn(&str) -> bool) -> bool {
    is_port("80") || is_port("443")
}

/// Host and port of an authority, user information left out.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    let authority = authority.rsplit('@').next().unwrap_or_default();
    let host_end = authority.rfind(']').map_or(0, |bracket| bracket + 1);
    let behind = authority.get(host_end..).unwrap_or_default();
    match find_outside(behind, &[':']).and_then(|colon| authority.split_at_checked(host_end + colon)) {
        Some((host, port)) => (host, Some(port.trim_start_matches(':')).filter(|port| !port.is_empty())),
        None => (authority, None),
    }
}
