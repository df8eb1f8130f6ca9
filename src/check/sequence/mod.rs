//! What the exchanges of one recording say about each other, in the order of time.
//!
//! Nothing of a recording is kept but numbers, keyed hashes and the few short header values that are compared (`Earlier`).

mod accounts;
mod answers;
mod hops;
mod keys;
mod resources;
mod state;
mod writes;

use crate::facts::Neighbours;
use crate::http::method::Method;
use crate::http::{time, uri};
use crate::traffic::{Entry, Exchange, PlacedEntry};

use accounts::Accounts;
use hops::Hops;
use keys::{Asked, Keys};
use resources::{Resource, Resources};
use state::State;
use writes::{Last, Writes};

/// The exchanges of a recording so far.
#[derive(Debug, Default)]
pub struct Sequence {
    keys: Keys,
    resources: Resources,
    writes: Writes,
    hops: Hops,
    accounts: Accounts,
}

/// An exchange as it is compared with others.
struct Step<'x> {
    index: u64,
    /// In milliseconds since 1970, where the recording tells it.
    time: Option<i64>,
    method: Option<Method>,
    status: u16,
    exchange: &'x Exchange,
}

impl Sequence {
    /// Takes in the next entries of the recording: what is known around each. What only later ones tell is looked for among
    /// these entries.
    pub fn note_all(&mut self, entries: &[PlacedEntry]) -> Vec<Neighbours> {
        let mut all: Vec<Neighbours> = Vec::with_capacity(entries.len());
        self.accounts.forget_places();
        for placed in entries {
            let Entry::Exchange(exchange) = &placed.entry else {
                all.push(Neighbours::default());
                continue;
            };
            let step = Step::of(placed.index, exchange);
            let asked = self.keys.asked(exchange);
            let neighbours = self.note(&step, &asked);
            let place = all.len();
            all.push(neighbours.unwrap_or_default());
            for settled in self.accounts.note(&step, &asked, place) {
                if let Some(refused) = all.get_mut(settled) {
                    refused.accepted_credentials = Some(placed.index);
                }
            }
        }
        all
    }

    /// `None` where the exchange lies before another one that was seen of the same resource.
    fn note(&mut self, step: &Step<'_>, asked: &Asked) -> Option<Neighbours> {
        let last = self.writes.at(asked.origin);
        let selection = || self.keys.selection(&step.exchange.request.headers);
        let mut neighbours = self.resources.with(asked.resource, |resource| resource.note(step, last, selection))?;
        self.writes.note(asked.origin, step);
        self.note_created(step, asked);
        neighbours.circle = self.hops.note(step, asked, &self.keys);
        Some(neighbours)
    }

    fn note_created(&mut self, step: &Step<'_>, asked: &Asked) {
        let location = step.exchange.response.headers.lines("location").next();
        let Some(location) = location.filter(|_| step.method == Some(Method::Post) && step.status == 201) else { return };
        let created = self.keys.resource(&uri::resolved(&asked.url, location), asked.credentials);
        self.resources.with(created, |resource| resource.state = State::Created(step.index, step.time));
    }
}

impl<'x> Step<'x> {
    fn of(index: u64, exchange: &'x Exchange) -> Step<'x> {
        let method = Method::find(&exchange.request.method).filter(|method| method.name() == exchange.request.method);
        let time = exchange.time.as_deref().and_then(time::milliseconds);
        Step { index, time, method, status: exchange.response.status, exchange }
    }

    /// It comes out of a cache and tells of some earlier time.
    fn is_stale(&self) -> bool {
        self.exchange.response.headers.lines("age").any(|age| age.trim() != "0")
    }
}

impl Resource {
    fn note(&mut self, step: &Step<'_>, last: Last, selection: impl FnOnce() -> keys::Selection) -> Option<Neighbours> {
        if !self.goes_on(step.time) {
            return None;
        }
        let mut neighbours = Neighbours::default();
        self.state.note(step, last, &mut neighbours);
        if let Some(method @ (Method::Get | Method::Head)) = step.method {
            self.answers.note(method, step, last, selection(), &mut neighbours);
        }
        Some(neighbours)
    }
}

#[cfg(test)]
mod tests;
