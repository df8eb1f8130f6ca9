//! Recorded traffic against the description: exchanges and rules to findings. No I/O beside the stream it is given.
//!
//! An exchange finds its operation (`route`) and the described response that it used (`observe`). It is judged by the rules
//! (`rules`), and by what no rule file can say: an undescribed path (`unmatched`), a body that does not fit its schema
//! (`conformance`). What is found is gathered as the recordings stream by (`gathering`); in the end it becomes findings.

mod body_place;
mod breach;
mod checker;
mod conformance;
mod coverage;
mod description;
mod findings;
mod forwarding;
mod gathering;
mod observe;
mod options;
mod origins;
pub mod route;
mod rules;
mod run;
pub mod schema;
mod sequence;
mod undescribed;
mod unmatched;

pub use checker::{Checker, Judged};
pub use findings::Outcome;
pub use gathering::Gathering;
pub use options::Options;
pub use run::run;
pub use sequence::Sequence;
