//! The resources of a recording that were seen last: no more than fit into a few megabytes, whatever the recording holds.

use rustc_hash::FxHashMap;

use super::answers::Answers;
use super::state::State;

/// How many resources are remembered.
const MOST_RESOURCES: usize = 50_000;

/// How many answers are remembered for all of them together.
const MOST_ANSWERS: usize = 60_000;

/// What is known of a resource.
#[derive(Debug, Default)]
pub(super) struct Resource {
    /// Whether it is there.
    pub(super) state: State,
    /// What GET and HEAD were answered.
    pub(super) answers: Answers,
    latest: Option<i64>,
}

impl Resource {
    /// Whether a time lies not before those that were seen.
    pub(super) fn goes_on(&mut self, time: Option<i64>) -> bool {
        let goes_on = self.latest.zip(time).is_none_or(|(latest, time)| time >= latest);
        if goes_on {
            self.latest = time.or(self.latest);
        }
        goes_on
    }
}

/// Resources by their keys. Those that were not asked for since the hand last came by make room for new ones ("clock").
#[derive(Debug, Default)]
pub(super) struct Resources {
    places: FxHashMap<u64, usize>,
    slots: Vec<Slot>,
    free: Vec<usize>,
    hand: usize,
    answers: usize,
}

#[derive(Debug, Default)]
struct Slot {
    key: u64,
    is_used: bool,
    is_recent: bool,
    resource: Resource,
}

impl Resources {
    /// Looks at a resource and changes what is known of it.
    pub(super) fn with<T>(&mut self, key: u64, change: impl FnOnce(&mut Resource) -> T) -> T {
        let known = self.places.get(&key).copied();
        let place = known.unwrap_or_else(|| self.take_place(key));
        let Some(slot) = self.slots.get_mut(place) else { return change(&mut Resource::default()) };
        // Only what was asked for again has shown that it may be once more.
        slot.is_recent = known.is_some();
        let before = slot.resource.answers.count();
        let result = change(&mut slot.resource);
        self.answers = self.answers + slot.resource.answers.count() - before;
        while self.answers > MOST_ANSWERS || self.places.len() > MOST_RESOURCES {
            self.forget_one();
        }
        result
    }

    fn take_place(&mut self, key: u64) -> usize {
        let place = self.free.pop().unwrap_or_else(|| {
            self.slots.push(Slot::default());
            self.slots.len() - 1
        });
        if let Some(slot) = self.slots.get_mut(place) {
            *slot = Slot { key, is_used: true, is_recent: false, resource: Resource::default() };
        }
        self.places.insert(key, place);
        place
    }

    fn forget_one(&mut self) {
        // In two rounds the hand meets one that is not recent: the first has seen to that.
        for _ in 0..=self.slots.len() * 2 {
            self.hand = if self.hand + 1 < self.slots.len() { self.hand + 1 } else { 0 };
            let Some(slot) = self.slots.get_mut(self.hand).filter(|slot| slot.is_used) else { continue };
            if !std::mem::take(&mut slot.is_recent) {
                let gone = std::mem::take(slot);
                self.places.remove(&gone.key);
                self.answers -= gone.resource.answers.count();
                self.free.push(self.hand);
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_again_stays() {
        let mut resources = Resources::default();
        for key in 0..200_000 {
            resources.with(key, |resource| resource.state = State::Missing(key));
            resources.with(7, |_| ());
        }
        assert_eq!(resources.with(7, |resource| resource.state), State::Missing(7));
        assert_eq!(resources.with(8, |resource| resource.state), State::Unknown);
        assert_eq!(resources.with(199_999, |resource| resource.state), State::Missing(199_999));
        assert!(resources.places.len() <= MOST_RESOURCES && resources.slots.len() <= MOST_RESOURCES + 1);
    }

    #[test]
    fn time_goes_on() {
        let mut resource = Resource::default();
        for (time, goes_on) in
            [(Some(5), true), (Some(5), true), (Some(4), false), (None, true), (Some(4), false), (Some(6), true)]
        {
            assert_eq!(resource.goes_on(time), goes_on, "{time:?}");
        }
    }
}
