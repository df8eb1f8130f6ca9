//! A sign of life for people who wait: on a terminal, after a second, never in a pipe.

use std::io::IsTerminal;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// How long nothing is shown: most runs are over by then.
const PATIENCE: Duration = Duration::from_secs(1);

/// Does some work, with a spinner on standard error if it takes long and somebody is there to see it.
pub(super) fn with_spinner<T: Send>(wanted: bool, what: &'static str, work: impl FnOnce() -> T + Send) -> T {
    if !wanted || !std::io::stderr().is_terminal() {
        return work();
    }
    thread::scope(|scope| {
        let (done, waiting) = channel::<()>();
        scope.spawn(move || {
            if waiting.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                let spinner = ProgressBar::new_spinner().with_message(what);
                spinner.enable_steady_tick(Duration::from_millis(100));
                // Ends when the sender is dropped.
                let _ = waiting.recv();
                spinner.finish_and_clear();
            }
        });
        let outcome = work();
        drop(done);
        outcome
    })
}

/// How far a recording is read: a bar where its size is known, else a spinner.
pub(super) struct ByteBar {
    bar: Option<ProgressBar>,
    since: Instant,
    is_shown: bool,
}

impl ByteBar {
    /// A bar for a recording of this size, where somebody is there to see it and has waited `since` then.
    pub(super) fn new(wanted: bool, name: &str, size: Option<u64>, since: Instant) -> ByteBar {
        let bar = (wanted && std::io::stderr().is_terminal())
            .then(|| ProgressBar::with_draw_target(size, indicatif::ProgressDrawTarget::hidden()));
        let template =
            if size.is_some() { "{prefix} {bar:30} {bytes}/{total_bytes}, {msg}" } else { "{prefix} {spinner} {bytes}, {msg}" };
        if let (Some(bar), Ok(style)) = (&bar, ProgressStyle::with_template(template)) {
            bar.set_style(style);
            bar.set_prefix(name.to_owned());
        }
        ByteBar { bar, since, is_shown: false }
    }

    /// Shows how many bytes were read and how many entries judged; nothing during the first second.
    pub(super) fn show(&mut self, bytes: u64, entries: u64) {
        let Some(bar) = &self.bar else { return };
        if !self.is_shown && self.since.elapsed() > PATIENCE {
            self.is_shown = true;
            bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
        }
        bar.set_position(bytes);
        bar.set_message(format!("{entries} entries"));
    }
}

impl Drop for ByteBar {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
