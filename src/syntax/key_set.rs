//! Which keys a map may have, in one number.

use super::tree::key_hash;

/// Some of the keys that a map has, and most of those that it has not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeySet(u64);

impl KeySet {
    /// That of a map of which nothing is known.
    pub(super) const ALL: KeySet = KeySet(u64::MAX);

    const fn bit(hash: u16) -> u64 {
        1 << (hash & 63)
    }

    /// Those of some names.
    pub(crate) const fn of(mut names: &[&str]) -> KeySet {
        let mut bits = 0;
        while let [name, rest @ ..] = names {
            bits |= KeySet::bit(key_hash(name));
            names = rest;
        }
        KeySet(bits)
    }

    /// Takes in the key with this hash.
    #[inline]
    pub(super) fn add(&mut self, hash: u16) {
        self.0 |= KeySet::bit(hash);
    }

    /// Whether a map may have a key; if not, it has not.
    #[inline]
    pub(crate) fn may_have(self, key: &str) -> bool {
        self.0 & KeySet::bit(key_hash(key)) != 0
    }

    /// The same for any of some keys.
    #[inline]
    pub(crate) fn may_have_any(self, keys: KeySet) -> bool {
        self.0 & keys.0 != 0
    }
}
