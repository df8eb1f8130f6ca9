//! Whether the editor is still there: one that was killed may leave standard input open.

use std::thread;
use std::time::Duration;

use crate::io::is_running;

/// How often it is looked.
const INTERVAL: Duration = Duration::from_secs(2);

/// Ends the server when this process is gone.
pub(super) fn watch(process: u32) {
    thread::spawn(move || {
        while is_running(process) {
            thread::sleep(INTERVAL);
        }
        end();
    });
}

#[expect(clippy::exit, reason = "the protocol wants it, and the thread that reads waits for ever")]
fn end() -> ! {
    std::process::exit(1)
}
