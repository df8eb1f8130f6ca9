//! `statusquo lsp`

use super::{Ending, Failure, Outcome};
use crate::lsp;

#[derive(Debug, clap::Args)]
pub(super) struct LspArgs {
    /// Ignored: standard input and output are all there is, and some clients ask for them
    #[arg(long, hide = true)]
    stdio: bool,
}

/// Serves until the client says good-bye.
pub(super) fn run(_: &LspArgs) -> Ending {
    match lsp::serve() {
        Ok(true) => Ok(Outcome::Clean),
        // The protocol wants 1 where `exit` comes without `shutdown`.
        Ok(false) => Ok(Outcome::Findings),
        Err(reason) => Err(vec![Failure::new(reason)]),
    }
}
