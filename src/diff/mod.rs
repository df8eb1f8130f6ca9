//! Whether a new description breaks the clients of an old one: what may arrive that never could, and what was promised and
//! is gone.

pub mod accepted;
mod change;
mod detail;
mod findings;
mod introduced;
pub mod outcome;
mod part;
mod run;
pub mod schema;
pub mod step;
mod unread;
pub mod versions;

pub use change::{Change, Compared, Hindered, Mode, Options, SchemaChange};
pub use introduced::introduced;
pub use run::{Pair, Sides, diff};

use crate::facts::Api;
use schema::Comparer;

/// What a new description changes for the clients of an old one; see [`outcome::compare`].
pub fn compare<'o, 'n>(old: &Api<'o>, new: &Api<'n>, options: &Options) -> Compared<'o, 'n> {
    let mut comparer = Comparer::new(options.mode);
    outcome::compare(old, new, options, &mut |old, new| comparer.compare(old, new).1)
}
