//! What was answered to GET and HEAD of one resource, for requests that asked for the same and for others.

use std::sync::Arc;

use super::Step;
use super::keys::{Selection, covers};
use super::writes::Last;
use crate::facts::{Earlier, Neighbours, Other};
use crate::http::method::Method;

/// How many selections of a resource are told apart.
const MOST: usize = 3;

/// The answers of one resource.
#[derive(Debug, Default)]
pub(super) struct Answers {
    selections: Vec<Selected>,
}

#[derive(Debug)]
struct Selected {
    by: Selection,
    /// The last 200 to GET.
    full: Option<Arc<Earlier>>,
    /// The last answer to GET that HEAD would have got as well.
    get: Option<Arc<Earlier>>,
    /// The last answer to HEAD that GET would have got as well.
    head: Option<Arc<Earlier>>,
}

impl Answers {
    /// How many answers are kept.
    pub(super) fn count(&self) -> usize {
        let kept = |selected: &Selected| [&selected.full, &selected.get, &selected.head].into_iter().flatten().count();
        self.selections.iter().map(kept).sum()
    }

    /// Takes in an answer to GET or HEAD: what it is compared with.
    pub(super) fn note(&mut self, method: Method, step: &Step<'_>, last: Last, by: Selection, neighbours: &mut Neighbours) {
        if method == Method::Get && step.status == 200 {
            neighbours.others = self.others(by);
        }
        if let Some(same) = self.selections.iter().find(|selected| selected.by == by) {
            neighbours.full_answer.clone_from(&same.full);
            let other = if method == Method::Get { &same.head } else { &same.get };
            let is_compared = is_of_resource(step.status) || step.status == 200;
            neighbours.other_method = other.clone().filter(|other| is_compared && !last.is_behind(other.index));
        }
        if is_of_resource(step.status) {
            self.keep(method, step, by);
        }
    }

    fn others(&self, by: Selection) -> Vec<Other> {
        let others = self.selections.iter().filter(|selected| selected.by != by && selected.by.rest == by.rest);
        let other = |selected: &Selected| {
            Some(Other {
                answer: selected.full.clone()?,
                by_media_type: selected.by.media_type != by.media_type,
                by_encoding: selected.by.encoding != by.encoding,
                by_language: selected.by.language != by.language,
            })
        };
        others.filter_map(other).collect()
    }

    fn keep(&mut self, method: Method, step: &Step<'_>, by: Selection) {
        let earlier = Arc::new(Earlier::of(step.index, &step.exchange.response));
        // A representation that depends on more than what is compared may be another one next time.
        let is_told = !earlier.has("vary") || earlier.vary.as_deref().is_some_and(covers);
        let place = self.selections.iter().position(|selected| selected.by == by);
        let mut selected = match place {
            Some(place) => self.selections.remove(place),
            None => Selected { by, full: None, get: None, head: None },
        };
        if method == Method::Get {
            selected.get = Some(earlier.clone()).filter(|_| is_told);
            if step.status == 200 {
                selected.full = Some(earlier).filter(|_| is_told);
            }
        } else {
            selected.head = Some(earlier).filter(|_| is_told);
        }
        // The one that was asked for last comes last.
        self.selections.push(selected);
        if self.selections.len() > MOST {
            self.selections.remove(0);
        }
    }
}

/// Whether a status tells of the resource, whatever the method. Conditions, parts and credentials are matters of the single
/// request, what went wrong in the server of nobody, and a server may well allow GET alone.
fn is_of_resource(status: u16) -> bool {
    (200..500).contains(&status) && !matches!(status, 206 | 304 | 401 | 405 | 407 | 408 | 412 | 416 | 421 | 425 | 428 | 429)
}
