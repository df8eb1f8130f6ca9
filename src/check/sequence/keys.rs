//! What exchanges are known by: keyed hashes, from which neither URLs nor credentials can be had back.

use std::hash::{BuildHasher, RandomState};

use crate::http::uri;
use crate::traffic::{Credentials, Exchange, FieldLines};

/// Makes keys. They mean something within one run only.
#[derive(Debug, Default)]
pub(super) struct Keys {
    hasher: RandomState,
}

/// Whom an exchange asked, for what, and as whom.
#[derive(Debug)]
pub(super) struct Asked {
    /// The URL in its one spelling.
    pub(super) url: String,
    /// Its origin.
    pub(super) origin: u64,
    /// Which credentials came with the request; those without any have one key, those of which it is not known another.
    pub(super) credentials: u64,
    /// The URL as asked for with these credentials.
    pub(super) resource: u64,
}

/// What a request asks for beside the URL: those that differ may get different representations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Selection {
    pub(super) media_type: u64,
    pub(super) encoding: u64,
    pub(super) language: u64,
    pub(super) rest: u64,
}

/// Header fields that carry credentials.
const CREDENTIALS: [&str; 4] = ["authorization", "cookie", "x-api-key", "api-key"];

/// Schemes whose credentials are the same with each request.
const LASTING: [&str; 4] = ["basic", "bearer", "token", "apikey"];

/// Other header fields that select a representation.
const SELECTING: [&str; 7] =
    ["origin", "prefer", "x-requested-with", "user-agent", "api-version", "x-api-version", "accept-version"];

impl Keys {
    /// The keys of an exchange.
    pub(super) fn asked(&self, exchange: &Exchange) -> Asked {
        let url = uri::normalised(&exchange.request.url);
        let origin = self.hasher.hash_one(uri::origin(&url));
        let credentials = self.credentials(exchange);
        Asked { origin, credentials, resource: self.resource(&url, credentials), url }
    }

    /// The key of a URL in its one spelling, as asked for with these credentials.
    pub(super) fn resource(&self, url: &str, credentials: u64) -> u64 {
        self.hasher.hash_one((url, credentials))
    }

    /// The key of a request by its method.
    pub(super) fn request(&self, method: &str, url: &str, credentials: u64) -> u64 {
        self.hasher.hash_one((method, url, credentials))
    }

    /// The key of credentials that are the same with each request, at an origin: of an account there. Cookies are none: a
    /// session that is over may be begun again under the same one.
    pub(super) fn account(&self, origin: u64, fields: &FieldLines) -> Option<u64> {
        let is_lasting = |value: &&str| {
            let scheme = value.split_once(' ').map_or("", |(scheme, _)| scheme);
            LASTING.iter().any(|lasting| lasting.eq_ignore_ascii_case(scheme))
        };
        let key = || fields.lines("x-api-key").next().or_else(|| fields.lines("api-key").next());
        match fields.lines("authorization").next() {
            Some(value) => Some(self.hasher.hash_one((origin, value))).filter(|_| is_lasting(&value)),
            None => key().map(|value| self.hasher.hash_one((origin, value))),
        }
    }

    /// What a request asks for beside the URL.
    pub(super) fn selection(&self, fields: &FieldLines) -> Selection {
        let mut selection = Selection { media_type: 0, encoding: 0, language: 0, rest: 0 };
        for (name, value) in fields.iter() {
            let is = |other: &str| other.eq_ignore_ascii_case(name);
            let part = match name.len() {
                6 if is("accept") => &mut selection.media_type,
                15 if is("accept-encoding") => &mut selection.encoding,
                15 if is("accept-language") => &mut selection.language,
                _ if SELECTING.iter().any(|other| is(other)) => &mut selection.rest,
                _ => continue,
            };
            // Lines may come in any order.
            *part = part.wrapping_add(self.hasher.hash_one((name.len(), value)));
        }
        selection
    }

    fn credentials(&self, exchange: &Exchange) -> u64 {
        let is_one = |name: &str| CREDENTIALS.iter().any(|other| other.eq_ignore_ascii_case(name));
        let lines = exchange.request.headers.iter().filter(|(name, _)| is_one(name));
        let sum = lines.fold(0u64, |sum, (name, value)| sum.wrapping_add(self.hasher.hash_one((name.len(), value))));
        match exchange.credentials {
            _ if sum != 0 => sum,
            Credentials::None => 0,
            Credentials::Unknown => 1,
            Credentials::Present => 2,
        }
    }
}

/// Whether a selection tells all that a `Vary` says the representation depends on.
pub(super) fn covers(vary: &str) -> bool {
    const OTHERS: [&str; 3] = ["accept", "accept-encoding", "accept-language"];
    let known = |name: &str| {
        let mut names = SELECTING.iter().chain(&OTHERS).chain(&CREDENTIALS);
        name.is_empty() || names.any(|other| other.eq_ignore_ascii_case(name))
    };
    vary.split(',').all(|name| known(name.trim()))
}
