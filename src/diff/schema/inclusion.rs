//! How a new schema stands to an old one.

/// As sets of JSON values, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Inclusion {
    /// Some value of the new schema is none of the old one.
    NotIncluded,
    /// It cannot be told.
    Unknown,
    /// Every value of the new schema is one of the old one.
    Included,
}
