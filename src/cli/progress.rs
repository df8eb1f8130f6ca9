//! A sign of life for people who wait: on a terminal, after a second, never in a pipe.

use std::io::IsTerminal;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use indicatif::ProgressBar;

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
