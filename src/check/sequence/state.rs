//! Whether a resource is there, as far as a recording tells.

use super::Step;
use super::writes::Last;
use crate::facts::Neighbours;
use crate::http::method::Method;

/// What was last seen of a resource, with the exchange that shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing that others are held against.
    #[default]
    Unknown,
    /// There was none.
    Missing(u64),
    /// It was deleted, and the server said that it is done.
    Deleted(u64),
    /// A 201 said where it is, at that time.
    Created(u64, Option<i64>),
}

/// How long a resource that nobody deletes is believed to be there, in milliseconds: carts and sessions end by themselves.
const BELIEVED: i64 = 600_000;

/// How much of the answer to a DELETE is looked at, in bytes.
const LOOKED_AT: usize = 65_536;

/// Beginnings of words that say that the resource was only marked, or will be deleted later.
const NOT_YET: [&str; 12] = [
    "deleting",
    "pending",
    "schedul",
    "queue",
    "progress",
    "cancel",
    "archiv",
    "inactive",
    "deactivat",
    "disabl",
    "trash",
    "restor",
];

impl State {
    /// Takes in an exchange: what it shows together with what was seen before.
    pub(super) fn note(&mut self, step: &Step<'_>, last: Last, neighbours: &mut Neighbours) {
        match step.method {
            Some(Method::Get) => self.note_get(step, last, neighbours),
            Some(Method::Head) if (200..300).contains(&step.status) => self.forget_absence_or_creation(),
            Some(method) if method.is_safe() => {}
            // What was refused changed nothing.
            _ if (400..500).contains(&step.status) => {}
            Some(Method::Put) => {
                neighbours.found_missing = self.is_missing(last).filter(|_| matches!(step.status, 200 | 204));
                *self = State::Unknown;
            }
            Some(Method::Delete) if is_done(step) => *self = State::Deleted(step.index),
            _ => *self = State::Unknown,
        }
    }

    fn note_get(&mut self, step: &Step<'_>, last: Last, neighbours: &mut Neighbours) {
        match (step.status, *self) {
            (404, State::Created(created, at)) => {
                let is_late = step.time.zip(at).is_some_and(|(now, at)| now.saturating_sub(at) > BELIEVED);
                neighbours.created = Some(created).filter(|_| !is_late && last.delete <= Some(created) && !step.is_stale());
            }
            (404 | 410, _) if !step.is_stale() => *self = State::Missing(step.index),
            (200..300, State::Deleted(deleted)) => {
                neighbours.deleted = Some(deleted).filter(|_| last.write <= Some(deleted) && !step.is_stale());
            }
            (200..300, _) => *self = State::Unknown,
            _ => {}
        }
    }

    fn forget_absence_or_creation(&mut self) {
        if !matches!(self, State::Deleted(_)) {
            *self = State::Unknown;
        }
    }

    /// Where it was found missing, if nothing was written at the origin since that may have made it.
    fn is_missing(self, last: Last) -> Option<u64> {
        match self {
            State::Missing(index) => Some(index).filter(|_| last.write <= Some(index)),
            _ => None,
        }
    }
}

/// Whether a DELETE says that the resource is gone now: by 204, or by a 200 whose content does not speak of later.
fn is_done(step: &Step<'_>) -> bool {
    let body = &step.exchange.response.body;
    let speaks_of_later = |text: &str| {
        let text = text.get(..text.floor_char_boundary(LOOKED_AT)).unwrap_or_default().to_ascii_lowercase();
        NOT_YET.iter().any(|word| text.contains(word))
    };
    match step.status {
        204 => true,
        200 => body.is_present() == Some(false) || body.text().is_some_and(|text| !speaks_of_later(text)),
        _ => false,
    }
}
