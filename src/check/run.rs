//! The stream of a recording: elements are split off by one thread and judged by all, in order all the same.

use std::io::Read;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use rayon::prelude::*;

use super::checker::{Checker, Judged};
use super::forwarding::{Batch, split};
use super::gathering::Gathering;
use super::sequence::Sequence;
use crate::facts::Neighbours;
use crate::traffic::{Limits, PlacedEntry, RawElement, RecordingError};

/// How many elements one thread takes at a time.
const CHUNK: usize = 8;

/// How long nobody is asked whether to go on.
const PATIENCE: Duration = Duration::from_millis(100);

/// Judges the entries of a recording and takes in what is found. `goes_on` is asked every now and then, with the number of
/// entries judged so far, whether to go on; a recording that is broken off is noted in what was gathered.
pub fn run<'p>(
    checker: &Checker<'_, 'p>,
    name: &str,
    stream: impl Read + Send + 'static,
    limits: Limits,
    gathering: &mut Gathering<'p>,
    goes_on: &mut dyn FnMut(u64) -> bool,
) -> Result<(), RecordingError> {
    // One batch is split off while the one before is judged. The thread is left alone where it waits for input that
    // nobody wants any more.
    let (sender, batches) = sync_channel(1);
    thread::spawn(move || split(stream, limits, sender));
    judge(checker, name, &batches, gathering, goes_on)
}

fn judge<'p>(
    checker: &Checker<'_, 'p>,
    name: &str,
    batches: &Receiver<Batch>,
    gathering: &mut Gathering<'p>,
    goes_on: &mut dyn FnMut(u64) -> bool,
) -> Result<(), RecordingError> {
    let mut sequence = Sequence::default();
    let mut count = 0;
    loop {
        match batches.recv_timeout(PATIENCE) {
            Ok(batch) => count += judge_batch(checker, name, batch?, &mut sequence, gathering),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
        if !goes_on(count) {
            gathering.interrupt();
            return Ok(());
        }
    }
}

fn judge_batch<'p>(
    checker: &Checker<'_, 'p>,
    name: &str,
    batch: Vec<RawElement>,
    sequence: &mut Sequence,
    gathering: &mut Gathering<'p>,
) -> u64 {
    let entries = read(batch);
    let neighbours = sequence.note_all(&entries);
    for (placed, judged) in entries.iter().zip(judge_all(checker, &entries, neighbours)) {
        gathering.take(checker, name, placed, judged);
    }
    entries.len() as u64
}

fn read(batch: Vec<RawElement>) -> Vec<PlacedEntry> {
    let read: Vec<Vec<PlacedEntry>> = batch.into_par_iter().with_min_len(CHUNK).map(RawElement::into_entries).collect();
    read.into_iter().flatten().collect()
}

fn judge_all<'p>(checker: &Checker<'_, 'p>, entries: &[PlacedEntry], neighbours: Vec<Neighbours>) -> Vec<Judged<'p>> {
    let pairs = entries.par_iter().zip(neighbours).with_min_len(CHUNK);
    pairs.map(|(placed, neighbours)| checker.judge(placed, neighbours)).collect()
}
