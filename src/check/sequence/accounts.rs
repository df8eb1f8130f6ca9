//! Credentials that were refused with 401 and accepted before and behind it: they were good all the time.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Step;
use super::keys::{Asked, Keys};
use crate::http::method::Method;

/// How many accounts are told apart.
const MOST_ACCOUNTS: usize = 10_000;

/// How many requests that need credentials are remembered.
const MOST_PROTECTED: usize = 50_000;

/// How many refusals of one account wait for the proof that its credentials are good.
const MOST_REFUSED: usize = 1_000;

/// Accounts by the keys of their credentials.
#[derive(Debug, Default)]
pub(super) struct Accounts {
    keys: Keys,
    known: FxHashMap<u64, Account>,
    /// Requests that were answered 401 with whatever credentials, by method and URL.
    protected: FxHashSet<u64>,
}

#[derive(Debug, Default)]
struct Account {
    was_accepted: bool,
    /// The places of the refusals since.
    refused: Vec<usize>,
}

impl Accounts {
    /// The places that were told before mean nothing any more.
    pub(super) fn forget_places(&mut self) {
        self.known.values_mut().for_each(|account| account.refused.clear());
    }

    /// Takes in the exchange at a place: the places of earlier refusals that turn out to have refused good credentials.
    pub(super) fn note(&mut self, step: &Step<'_>, asked: &Asked, place: usize) -> Vec<usize> {
        if step.status == 401 {
            self.refuse(step, asked, place);
        } else if (200..300).contains(&step.status) && self.proves_credentials(step, asked) {
            return self.accept(step, asked);
        }
        Vec::new()
    }

    fn refuse(&mut self, step: &Step<'_>, asked: &Asked, place: usize) {
        if self.protected.len() >= MOST_PROTECTED {
            self.protected.clear();
        }
        self.protected.insert(self.keys.request(&step.exchange.request.method, &asked.url, 0));
        let Some(key) = self.keys.account(asked.origin, &step.exchange.request.headers) else { return };
        if let Some(account) = self.known.get_mut(&key).filter(|account| account.refused.len() < MOST_REFUSED) {
            account.refused.extend(account.was_accepted.then_some(place));
        }
    }

    /// Whether a success shows that the credentials are good: anybody may read what is public, but that was refused to others,
    /// or it changed something.
    fn proves_credentials(&self, step: &Step<'_>, asked: &Asked) -> bool {
        let changes = matches!(step.method, Some(Method::Put | Method::Patch | Method::Delete));
        let key = || self.keys.request(&step.exchange.request.method, &asked.url, 0);
        changes || !self.protected.is_empty() && self.protected.contains(&key())
    }

    fn accept(&mut self, step: &Step<'_>, asked: &Asked) -> Vec<usize> {
        let Some(key) = self.keys.account(asked.origin, &step.exchange.request.headers) else { return Vec::new() };
        if self.known.len() >= MOST_ACCOUNTS && !self.known.contains_key(&key) {
            self.known.clear();
        }
        let account = self.known.entry(key).or_default();
        account.was_accepted = true;
        std::mem::take(&mut account.refused)
    }
}
