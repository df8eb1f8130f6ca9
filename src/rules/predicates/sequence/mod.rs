//! What an exchange is beside others of its recording.

mod circle;
mod credentials;
mod existence;
mod metadata;
mod negotiation;
mod other_method;

use super::{Arguments, Judgement, Predicate, Reads};

pub(super) use circle::LEADS_IN_CIRCLE;
pub(super) use credentials::REFUSES_GOOD_CREDENTIALS;
pub(super) use existence::{CREATES_WHAT_WAS_MISSING, MISSES_WHAT_WAS_CREATED, READS_WHAT_WAS_DELETED};
pub(super) use metadata::{DROPS_FIELDS, MISTELLS_LENGTH, SHARES_ENTITY_TAG};
pub(super) use negotiation::DEPENDS_ON_UNNAMED_FIELD;
pub(super) use other_method::DIFFERS_FROM_OTHER_METHOD;
