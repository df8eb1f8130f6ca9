//! Fixes: from a failed judgement to changes of text, and from many of those to texts that are put right. No I/O.

mod apart;
mod edits;
mod groups;
mod harm;
mod headers;
mod keys;
mod reached;
mod remedy;
mod responses;
mod round;
mod run;
#[cfg(test)]
mod tests;
mod trial;

pub(crate) use edits::Workshop;
pub use groups::{Users, groups};
pub(crate) use remedy::Remedy;
pub use round::{applied, choose};
pub use run::{Applied, Dropped, Examined, Fixed, Texts, run};
