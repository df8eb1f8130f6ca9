//! The stream of a recording: elements are split off by one thread and judged by all, in order all the same.

use std::io;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use rayon::prelude::*;

use super::checker::{Checker, Judged};
use super::gathering::Gathering;
use super::sequence::Sequence;
use crate::facts::Neighbours;
use crate::traffic::{PlacedEntry, RawElement, Recording};

/// How much of a recording is worked on at once, in bytes.
const BATCH: usize = 8 << 20;

/// How many elements one thread takes at a time.
const CHUNK: usize = 16;

/// Judges the entries of a recording and takes in what is found. `goes_on` is told after each batch how many entries were
/// judged, and says whether to go on.
pub fn run<'p>(
    checker: &Checker<'_, 'p>,
    name: &str,
    recording: Recording<'_>,
    gathering: &mut Gathering<'p>,
    goes_on: &mut dyn FnMut(u64) -> bool,
) -> io::Result<()> {
    thread::scope(|scope| {
        // One batch is split off while the one before is judged.
        let (sender, batches) = sync_channel(1);
        scope.spawn(move || split(recording, &sender));
        judge(checker, name, &batches, gathering, goes_on)
    })
}

type Batch = io::Result<Vec<RawElement>>;

fn split(mut recording: Recording<'_>, batches: &std::sync::mpsc::SyncSender<Batch>) {
    loop {
        let (batch, is_last) = match recording.next_batch(BATCH) {
            Ok(Some(batch)) => (Ok(batch), false),
            Ok(None) => return,
            Err(error) => (Err(error), true),
        };
        // Whoever judges may have had enough.
        if batches.send(batch).is_err() || is_last {
            return;
        }
    }
}

fn judge<'p>(
    checker: &Checker<'_, 'p>,
    name: &str,
    batches: &Receiver<Batch>,
    gathering: &mut Gathering<'p>,
    goes_on: &mut dyn FnMut(u64) -> bool,
) -> io::Result<()> {
    let mut sequence = Sequence::default();
    for batch in batches {
        let entries = read(batch?);
        let neighbours = sequence.note_all(&entries);
        for (placed, judged) in entries.iter().zip(judge_all(checker, &entries, neighbours)) {
            gathering.take(checker, name, placed, judged);
        }
        if !goes_on(entries.len() as u64) {
            gathering.interrupt();
            return Ok(());
        }
    }
    Ok(())
}

fn read(batch: Vec<RawElement>) -> Vec<PlacedEntry> {
    let read: Vec<Vec<PlacedEntry>> = batch.into_par_iter().with_min_len(CHUNK).map(RawElement::into_entries).collect();
    read.into_iter().flatten().collect()
}

fn judge_all<'p>(checker: &Checker<'_, 'p>, entries: &[PlacedEntry], neighbours: Vec<Neighbours>) -> Vec<Judged<'p>> {
    let pairs = entries.par_iter().zip(neighbours).with_min_len(CHUNK);
    pairs.map(|(placed, neighbours)| checker.judge(placed, neighbours)).collect()
}
