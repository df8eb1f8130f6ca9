//! Three values: what is known to hold, known to fail, and what a description does not tell.

use std::ops::Not;

/// Kleene's three values. A finding needs truth; what is unknown never becomes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// Known to fail.
    False,
    /// Cannot be told from what is there.
    Unknown,
    /// Known to hold.
    True,
}

impl Truth {
    /// Both hold: the lesser of the two.
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }

    /// One of them holds: the greater of the two.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }

    /// Each of them holds; true of nothing.
    pub fn all(values: impl IntoIterator<Item = Truth>) -> Truth {
        decided(values, Truth::False, Truth::and)
    }

    /// Some of them holds; false of nothing.
    pub fn any(values: impl IntoIterator<Item = Truth>) -> Truth {
        decided(values, Truth::True, Truth::or)
    }

    /// Whether it is known to hold.
    pub fn is_true(self) -> bool {
        self == Truth::True
    }

    /// Whether it is known to fail.
    pub fn is_false(self) -> bool {
        self == Truth::False
    }

    /// Whether it cannot be told.
    pub fn is_unknown(self) -> bool {
        self == Truth::Unknown
    }
}

impl Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(known: bool) -> Self {
        if known { Truth::True } else { Truth::False }
    }
}

impl From<Option<bool>> for Truth {
    fn from(known: Option<bool>) -> Self {
        known.map_or(Truth::Unknown, Truth::from)
    }
}

/// Folds from the neutral value and stops at the first value that decides.
fn decided(values: impl IntoIterator<Item = Truth>, deciding: Truth, join: fn(Truth, Truth) -> Truth) -> Truth {
    let mut result = !deciding;
    for value in values {
        result = join(result, value);
        if result == deciding {
            break;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, False, True, Unknown};

    #[test]
    fn kleene_tables() {
        let table = [
            (True, True, True, True),
            (True, Unknown, Unknown, True),
            (True, False, False, True),
            (Unknown, Unknown, Unknown, Unknown),
            (Unknown, False, False, Unknown),
            (False, False, False, False),
        ];
        for (left, right, and, or) in table {
            assert_eq!((left.and(right), right.and(left)), (and, and), "{left:?} and {right:?}");
            assert_eq!((left.or(right), right.or(left)), (or, or), "{left:?} or {right:?}");
        }
        assert_eq!([!True, !Unknown, !False], [False, Unknown, True]);
    }

    #[test]
    fn many_values() {
        assert_eq!((Truth::all([]), Truth::any([])), (True, False));
        assert_eq!((Truth::all([True, Unknown]), Truth::any([False, Unknown])), (Unknown, Unknown));
        assert_eq!((Truth::all([Unknown, False]), Truth::any([Unknown, True])), (False, True));
        let endless = || std::iter::repeat_n(Unknown, 3).chain([False, True]).chain(std::iter::repeat(Unknown));
        assert_eq!((Truth::all(endless()), Truth::any(endless())), (False, True));
    }

    #[test]
    fn from_what_is_known() {
        assert_eq!([Truth::from(true), Truth::from(Some(false)), Truth::from(None)], [True, False, Unknown]);
        assert!(True.is_true() && False.is_false() && Unknown.is_unknown());
        assert!(!Unknown.is_true() && !Unknown.is_false() && !True.is_unknown());
    }
}
