//! Work that all threads do at once and whose results are taken in the order of its pieces.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::iter::Peekable;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{panicking, sleep};
use std::time::Duration;

/// How long a thread waits that has nothing to do before it looks again.
const NAP: Duration = Duration::from_micros(100);

/// What a piece counts at least, so that no great number of them waits behind a slow one.
const LEAST: usize = 16 << 10;

/// Works through pieces, each with its size, on all threads. `make` makes something of a piece; `take` takes that, in the order of
/// the pieces, and gives what is left to do about it; `finish` does so, in any order. The first error ends it.
///
/// The pieces under way have no more than `at_once` together, besides the largest of them: it may be larger than that, and the
/// others do not wait for it.
pub(super) fn in_order<P: Send, M: Send, T: Send, E: Send>(
    pieces: impl Iterator<Item = (usize, P)> + Send,
    at_once: usize,
    make: impl Fn(P) -> M + Sync,
    take: impl FnMut(M) -> Result<Option<T>, E> + Send,
    finish: impl Fn(T) -> Result<(), E> + Sync,
) -> Result<(), E> {
    let pieces = pieces.map(|(size, piece)| (size.max(LEAST), piece));
    let belt = Mutex::new(Belt::new(pieces, at_once, take));
    rayon::broadcast(|_| {
        let _watch = Watch(|| locked(&belt).is_over = true);
        loop {
            let next = locked(&belt).next();
            match next {
                Next::Make(ticket, piece) => {
                    let result = make(piece);
                    locked(&belt).put(ticket, result);
                }
                Next::Finish(ticket, left) => {
                    let end = finish(left);
                    locked(&belt).leave(ticket, end);
                }
                Next::Wait => help_or_nap(),
                Next::End => break,
            }
        }
    });
    belt.into_inner().unwrap_or_else(PoisonError::into_inner).error.map_or(Ok(()), Err)
}

/// The size of a piece and its number, from 0.
type Ticket = (usize, usize);

/// What is under way.
struct Belt<P, I: Iterator<Item = (usize, P)>, M, T, E, Take> {
    pieces: Peekable<I>,
    at_once: usize,
    take: Take,
    /// How many were begun, and how many of what was made of them were taken.
    begun: usize,
    taken: usize,
    /// The pieces under way by their sizes, and the size of all together.
    under_way: BTreeSet<Ticket>,
    size: usize,
    /// What was made before its turn, by number.
    made: BTreeMap<usize, (Ticket, M)>,
    /// What is left to do.
    left: VecDeque<(Ticket, T)>,
    is_over: bool,
    error: Option<E>,
}

/// What a thread is to do.
enum Next<P, T> {
    Make(Ticket, P),
    Finish(Ticket, T),
    Wait,
    End,
}

impl<P, I, M, T, E, Take> Belt<P, I, M, T, E, Take>
where
    I: Iterator<Item = (usize, P)>,
    Take: FnMut(M) -> Result<Option<T>, E>,
{
    fn new(pieces: I, at_once: usize, take: Take) -> Self {
        let (under_way, made, left) = Default::default();
        let pieces = pieces.peekable();
        Belt { pieces, at_once, take, begun: 0, taken: 0, under_way, size: 0, made, left, is_over: false, error: None }
    }

    fn next(&mut self) -> Next<P, T> {
        if self.is_over {
            return Next::End;
        }
        if let Some((ticket, left)) = self.left.pop_front() {
            return Next::Finish(ticket, left);
        }
        match self.pieces.peek().map(|&(size, _)| size) {
            None if self.under_way.is_empty() => Next::End,
            Some(size) if self.has_room(size) => self.begin(),
            _ => Next::Wait,
        }
    }

    fn has_room(&self, size: usize) -> bool {
        let largest = self.under_way.last().map_or(0, |&(size, _)| size).max(size);
        self.size + size - largest <= self.at_once
    }

    fn begin(&mut self) -> Next<P, T> {
        let Some((size, piece)) = self.pieces.next() else { return Next::End };
        let ticket = (size, self.begun);
        self.begun += 1;
        self.under_way.insert(ticket);
        self.size += size;
        Next::Make(ticket, piece)
    }

    /// Takes in what was made of a piece, and of those behind it that waited for it.
    fn put(&mut self, ticket: Ticket, made: M) {
        self.made.insert(ticket.1, (ticket, made));
        while let Some((ticket, made)) = self.made.remove(&self.taken).filter(|_| !self.is_over) {
            self.taken += 1;
            match (self.take)(made) {
                Ok(Some(left)) => self.left.push_back((ticket, left)),
                Ok(None) => self.leave(ticket, Ok(())),
                Err(error) => self.leave(ticket, Err(error)),
            }
        }
    }

    /// A piece is done with.
    fn leave(&mut self, ticket: Ticket, end: Result<(), E>) {
        self.under_way.remove(&ticket);
        self.size -= ticket.0;
        self.is_over |= end.is_err();
        self.error = self.error.take().or(end.err());
    }
}

/// What a lock holds. A thread that failed with it has left it whole.
pub(super) fn locked<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Does a part of what another thread has begun, if there is one.
fn help_or_nap() {
    if rayon::yield_now() != Some(rayon::Yield::Executed) {
        sleep(NAP);
    }
}

/// Ends the work of all where that of one thread broke off, or they would wait for what never comes.
struct Watch<End: Fn()>(End);

impl<End: Fn()> Drop for Watch<End> {
    fn drop(&mut self) {
        if panicking() {
            (self.0)();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// The numbers that were taken, in their order, and those that were finished.
    fn worked(sizes: &[usize], at_once: usize, fails_at: Option<usize>) -> (Vec<usize>, Vec<usize>, Result<(), usize>) {
        let mut taken = Vec::new();
        let finished = Mutex::new(Vec::new());
        let (under_way, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let (sizes, at_once) = (sizes.iter().map(|size| size * LEAST).collect::<Vec<_>>(), at_once * LEAST);
        let end = in_order(
            sizes.iter().copied().enumerate().map(|(number, size)| (size, (number, size))),
            at_once,
            |(number, size)| {
                most.fetch_max(under_way.fetch_add(size, Ordering::SeqCst) + size, Ordering::SeqCst);
                sleep(NAP * (number as u32 % 7));
                (number, size)
            },
            |(number, size)| {
                taken.push(number);
                if Some(number) == fails_at { Err(number) } else { Ok((number % 3 != 0).then_some((number, size))) }
            },
            |(number, size)| {
                under_way.fetch_sub(size, Ordering::SeqCst);
                locked(&finished).push(number);
                Ok(())
            },
        );
        let largest = sizes.iter().max().copied().unwrap_or_default();
        let untold: usize = sizes.iter().step_by(3).sum();
        assert!(most.into_inner() <= at_once + largest + untold);
        let mut finished = finished.into_inner().unwrap_or_default();
        finished.sort_unstable();
        (taken, finished, end)
    }

    #[test]
    fn all_are_taken_in_order_and_finished() {
        let sizes: Vec<usize> = (0..200).map(|number| if number % 50 == 9 { 500 } else { number % 13 }).collect();
        let (taken, finished, end) = worked(&sizes, 20, None);
        assert_eq!((taken, end), ((0..200).collect(), Ok(())));
        assert_eq!(finished, (0..200).filter(|number| number % 3 != 0).collect::<Vec<_>>());
        assert_eq!(worked(&[], 20, None), (Vec::new(), Vec::new(), Ok(())));
    }

    #[test]
    fn an_error_ends_it() {
        let (taken, finished, end) = worked(&[1; 1000], 20, Some(30));
        assert_eq!((taken, end), ((0..=30).collect(), Err(30)));
        assert!(finished.iter().all(|&number| number < 30));
    }

    #[test]
    fn a_thread_that_breaks_off_ends_it() {
        let make = |number: usize| assert_ne!(number, 30, "broken");
        let work = || in_order((0..1000).map(|number| (1, number)), 4, make, |()| Ok(Some(())), |()| Ok::<(), ()>(()));
        assert!(catch_unwind(AssertUnwindSafe(work)).is_err());
    }
}
