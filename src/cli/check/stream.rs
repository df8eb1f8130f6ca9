//! The recordings of a run, one after the other, with a sign of life and a way to stop.

use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

use super::request::CheckRequest;
use super::subject::Subject;
use crate::check::{Checker, Gathering, run};
use crate::cli::progress::ByteBar;
use crate::cli::request::Chatter;
use crate::cli::{Failure, failure};
use crate::io::{Stream, Trouble, open_recording, plain_words, recordings, stdin_recording};
use crate::provider::Refusal;
use crate::traffic::RecordingError;

/// The name of standard input in reports.
const STDIN: &str = "<stdin>";

/// The recordings of a run.
pub(super) struct Recordings {
    found: Vec<Found>,
    failures: Vec<Failure>,
}

/// A recording before it is opened.
struct Found {
    name: String,
    /// `None` is standard input.
    path: Option<PathBuf>,
    /// Whether the user named it, and so wants to hear if it is none.
    is_named: bool,
}

impl Recordings {
    /// Finds the recordings; an error if there are none at all.
    pub(super) fn find(request: &CheckRequest, subject: &Subject) -> Result<Recordings, Vec<Failure>> {
        let discovery = recordings(&request.recordings, subject.inputs.files.working_directory());
        let failures: Vec<Failure> = discovery.failures.iter().map(Failure::unreadable).collect();
        let files = discovery.candidates.into_iter();
        let mut found: Vec<Found> =
            files.map(|file| Found { name: file.name, path: Some(file.real), is_named: file.named }).collect();
        if request.reads_stdin {
            found.push(Found { name: STDIN.to_owned(), path: None, is_named: true });
        }
        if found.is_empty() {
            let help = "recordings end in .har, .json, .jsonl, .ndjson, .yaml or .gz; others can be named one by one";
            let nothing = Failure::new("there are no recordings to check").help(help);
            return Err(failures.into_iter().chain([nothing]).collect());
        }
        Ok(Recordings { found, failures })
    }

    /// Judges every recording; what could not be read is told in the end.
    pub(super) fn judge<'p>(
        mut self,
        request: &CheckRequest,
        checker: &Checker<'_, 'p>,
        gathering: &mut Gathering<'p>,
    ) -> Vec<Failure> {
        let stop = Arc::new(AtomicBool::new(false));
        stop_on_interrupt(&stop);
        let since = Instant::now();
        for found in &self.found {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            match found.judge(request, checker, gathering, (&stop, since)) {
                Ok(()) => {}
                Err(Obstacle::Recording(RecordingError::UnknownForm | RecordingError::NoEntries(_))) if !found.is_named => {
                    if request.lint.chatter == Chatter::Verbose {
                        failure::warn(&Failure::new(format!("`{}` was passed over: it is no recording", found.name)));
                    }
                }
                Err(obstacle) => self.failures.push(obstacle.said(&found.name)),
            }
        }
        if stop.load(Ordering::Relaxed) {
            self.failures.push(Failure::new("the run was interrupted; the report tells what was found up to then"));
        }
        self.failures
    }
}

impl Found {
    fn judge<'p>(
        &self,
        request: &CheckRequest,
        checker: &Checker<'_, 'p>,
        gathering: &mut Gathering<'p>,
        (stop, since): (&AtomicBool, Instant),
    ) -> Result<(), Obstacle> {
        let (stream, size) = match &self.path {
            None => (stdin_recording(), None),
            Some(path) => open_recording(path).map_err(Obstacle::Closed)?,
        };
        let counter = Arc::new(AtomicU64::new(0));
        let counting = Counting { stream, counter: Arc::clone(&counter) };
        let mut bar = ByteBar::new(request.lint.chatter != Chatter::Quiet, &self.name, size, since);
        let mut goes_on = |entries: u64| {
            bar.show(counter.load(Ordering::Relaxed), entries);
            !stop.load(Ordering::Relaxed)
        };
        run(checker, &self.name, counting, request.limits, gathering, &mut goes_on).map_err(Obstacle::Recording)
    }
}

/// A stream that tells how much of it was read.
struct Counting {
    stream: Stream,
    counter: Arc<AtomicU64>,
}

impl Read for Counting {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.stream.read(into)?;
        self.counter.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

/// The first Ctrl-C ends the reading, so that what was found is reported; the second ends the program.
fn stop_on_interrupt(stop: &Arc<AtomicBool>) {
    let stop = Arc::clone(stop);
    // Where no handler can be set, Ctrl-C ends the program at once, as it always did.
    let _ = ctrlc::set_handler(move || {
        if stop.swap(true, Ordering::Relaxed) {
            crate::cli::end_at_once();
        }
    });
}

/// Why a recording was not judged to its end.
enum Obstacle {
    /// It could not be opened.
    Closed(Refusal),
    /// It could not be read.
    Recording(RecordingError),
}

impl Obstacle {
    /// What is wrong, and what to do.
    fn said(self, name: &str) -> Failure {
        match self {
            Obstacle::Closed(reason) => Failure::unreadable(&Trouble { name: name.to_owned(), reason }),
            Obstacle::Recording(RecordingError::Io(error)) => {
                Failure::new(format!("cannot read `{name}` to its end: {}", plain_words(&error)))
                    .help("what came before was judged; record it again")
            }
            Obstacle::Recording(RecordingError::UnknownForm) => Failure::new(format!("`{name}` is no recording that is known"))
                .help("HAR 1.2, one exchange a line (NDJSON), Pact contracts, VCR cassettes and Postman collections are; a description goes behind `--spec`"),
            Obstacle::Recording(RecordingError::NotUtf8) => {
                Failure::new(format!("`{name}` is not UTF-8")).help(format!("convert it: iconv -f UTF-16 -t UTF-8 {name}"))
            }
            Obstacle::Recording(RecordingError::NoEntries(form)) => {
                Failure::new(format!("`{name}` looks like {}, and its list of entries is missing", form.words()))
                    .help("record it again: it may have been cut off")
            }
        }
    }
}
