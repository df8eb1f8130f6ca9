//! Splitting a recording into batches of elements. What is complete is handed over before the stream waits for more, so that
//! a recording that comes slowly is judged as it comes.

use std::io::{self, Read};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::traffic::{Limits, RawElement, Recording, RecordingError};

/// How much of a recording is worked on at once, in bytes.
const BATCH: usize = 4 << 20;

/// Elements for others to judge, or why there are no more.
pub(super) type Batch = Result<Vec<RawElement>, RecordingError>;

/// Splits a recording until it ends, or until nobody takes its batches any more.
pub(super) fn split(stream: impl Read + Send, limits: Limits, batches: SyncSender<Batch>) {
    let outlet = Outlet { pending: Arc::default(), batches };
    if let Err(error) = split_into(&outlet, stream, limits) {
        // What came before the trouble is judged all the same.
        let _ = outlet.forward();
        let _ = outlet.batches.send(Err(error));
    }
}

fn split_into(outlet: &Outlet, stream: impl Read + Send, limits: Limits) -> Result<(), RecordingError> {
    let stream = Forwarding { stream, outlet: outlet.clone(), may_wait: false };
    let mut recording = Recording::open(stream, limits)?;
    while let Some(element) = recording.next_raw()? {
        if outlet.push(element) >= BATCH {
            outlet.forward()?;
        }
    }
    Ok(outlet.forward()?)
}

/// Where elements wait until there are enough of them.
#[derive(Clone)]
struct Outlet {
    pending: Arc<Mutex<(Vec<RawElement>, usize)>>,
    batches: SyncSender<Batch>,
}

impl Outlet {
    fn pending(&self) -> MutexGuard<'_, (Vec<RawElement>, usize)> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds an element; how many bytes wait now.
    fn push(&self, element: RawElement) -> usize {
        let mut pending = self.pending();
        pending.1 += element.size();
        pending.0.push(element);
        pending.1
    }

    /// Hands over what waits; an error if nobody is there to take it.
    fn forward(&self) -> io::Result<()> {
        let (elements, _) = std::mem::take(&mut *self.pending());
        if elements.is_empty() {
            return Ok(());
        }
        self.batches.send(Ok(elements)).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

/// A stream that forwards what is complete before it may have to wait: a file fills what it is given, a pipe does not.
struct Forwarding<R> {
    stream: R,
    outlet: Outlet,
    may_wait: bool,
}

impl<R: Read> Read for Forwarding<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.may_wait {
            self.outlet.forward()?;
        }
        let length = self.stream.read(into)?;
        self.may_wait = length < into.len();
        Ok(length)
    }
}
