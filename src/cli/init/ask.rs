//! Whether files that are there may be replaced.

use std::io::{self, IsTerminal, Write};

use super::plan::{Action, Plan};
use crate::cli::Failure;

/// Asks on a terminal about each file that would be replaced, and refuses elsewhere.
pub(super) fn about_replacing(plans: &mut [Plan], force: bool) -> Result<(), Vec<Failure>> {
    let mut replaced = plans.iter_mut().filter(|plan| plan.action == Action::Replace && !force).peekable();
    if replaced.peek().is_none() {
        return Ok(());
    }
    if io::stdin().is_terminal() && io::stderr().is_terminal() {
        replaced.filter(|plan| !agrees(&plan.target.name)).for_each(|plan| plan.action = Action::Leave("as you said"));
        return Ok(());
    }
    let failure = |plan: &mut Plan| Failure::new(format!("`{}` is there already, and nothing was written", plan.target.name));
    Err(replaced.map(failure).map(|failure| failure.help("give `--force` to replace it, or move it away")).collect())
}

/// Anything but a yes is a no.
fn agrees(name: &str) -> bool {
    let mut answer = String::new();
    let asked = write!(anstream::stderr(), "`{name}` is there already. Replace it? [y/N] ");
    let read = asked.and_then(|()| io::stdin().read_line(&mut answer));
    read.is_ok() && matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}
