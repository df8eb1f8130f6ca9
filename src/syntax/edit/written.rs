//! Entries as they are written: aliases not followed, nothing merged in.

use std::ops::Range;

use super::super::{Kind, Node};

/// An entry of a map as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written<'t> {
    pub(super) key: Node<'t>,
    pub(super) value: Node<'t>,
}

/// The entries of a map as they are written.
pub(super) fn entries(map: Node<'_>) -> Vec<Written<'_>> {
    if !map.is_map() {
        return Vec::new();
    }
    let key = |index| {
        let key = map.file().node(index);
        Written { key, value: map.file().node(key.behind()) }
    };
    map.written_children().map(key).collect()
}

impl Written<'_> {
    /// Where its key starts.
    pub(super) fn start(&self) -> usize {
        self.key.span().start as usize
    }

    /// Behind its last byte.
    pub(super) fn end(&self) -> usize {
        if self.value.kind() != Kind::Empty {
            return self.value.span().end as usize;
        }
        let key_end = self.key.span().end as usize;
        let behind = self.key.file().source().text().get(key_end..).unwrap_or_default();
        let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        if behind.get(blanks..).is_some_and(|rest| rest.starts_with(':')) { key_end + blanks + 1 } else { key_end }
    }

    /// Whether it ends with a block scalar, which reaches as far as what follows lets it.
    pub(super) fn ends_with_block_scalar(&self) -> bool {
        let last = self.value.file().node(self.value.behind().saturating_sub(1));
        matches!(last.kind(), Kind::Literal | Kind::Folded)
    }

    /// Its nodes on the tape.
    pub(super) fn nodes(&self) -> Range<u32> {
        self.key.index()..self.value.behind()
    }
}

/// Whether a map is written in braces.
pub(super) fn is_flow(map: Node<'_>) -> bool {
    map.raw().starts_with('{')
}
