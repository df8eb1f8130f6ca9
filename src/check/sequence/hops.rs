//! Chains of redirects: whether one comes back to where it has been.

use std::collections::VecDeque;

use super::Step;
use super::keys::{Asked, Keys};
use crate::facts::Circle;
use crate::http::uri;

/// How many chains are followed at once: browsers follow several.
const MOST_CHAINS: usize = 32;

/// How many hops of a chain are remembered.
const MOST_HOPS: usize = 5;

/// How far behind a redirect the request that follows it may lie, in entries.
const FARTHEST: u64 = 50;

/// The redirects that wait for the request that follows them.
#[derive(Debug, Default)]
pub(super) struct Hops {
    waiting: VecDeque<Chain>,
}

#[derive(Debug)]
struct Chain {
    /// The key of the request that follows.
    expects: u64,
    /// The keys of the requests so far, with their positions in the recording.
    hops: Vec<(u64, u64)>,
}

impl Hops {
    /// Takes in an exchange: where its redirect leads to, if the chain has been there.
    pub(super) fn note(&mut self, step: &Step<'_>, asked: &Asked, keys: &Keys) -> Option<Circle> {
        while self.waiting.front().is_some_and(|chain| chain.is_over(step.index)) {
            self.waiting.pop_front();
        }
        let redirect = redirect(step);
        if redirect.is_none() && self.waiting.is_empty() {
            return None;
        }
        let key = keys.request(&step.exchange.request.method, &asked.url, asked.credentials);
        let place = self.waiting.iter().position(|chain| chain.expects == key);
        let mut hops = place.and_then(|place| self.waiting.remove(place)).map(|chain| chain.hops).unwrap_or_default();
        let (method, location) = redirect?;
        if hops.len() >= MOST_HOPS {
            hops.remove(0);
        }
        hops.push((key, step.index));
        let expects = keys.request(method, &uri::resolved(&asked.url, location), asked.credentials);
        let circle = hops.iter().position(|(hop, _)| *hop == expects);
        let circle = circle.and_then(|place| Some(Circle { index: hops.get(place)?.1, hops: hops.len() - place }));
        self.waiting.push_back(Chain { expects, hops });
        if self.waiting.len() > MOST_CHAINS {
            self.waiting.pop_front();
        }
        circle
    }
}

impl Chain {
    fn is_over(&self, index: u64) -> bool {
        self.hops.last().is_some_and(|(_, last)| index.saturating_sub(*last) > FARTHEST)
    }
}

/// With which method and where a redirect leads to. One that sets a cookie, or asks to wait, changes what the next request
/// meets, so that it may well lead to the same place.
fn redirect<'x>(step: &Step<'x>) -> Option<(&'x str, &'x str)> {
    let method = step.exchange.request.method.as_str();
    let next = match (step.status, method) {
        (301 | 302, "POST") => "GET",
        (303, method) if method != "HEAD" => "GET",
        (301 | 302 | 303 | 307 | 308, method) => method,
        _ => return None,
    };
    let fields = &step.exchange.response.headers;
    let changes = fields.has("set-cookie") || fields.has("retry-after");
    let location = fields.lines("location").next().filter(|location| !changes && !location.trim().is_empty());
    Some((next, location?))
}
