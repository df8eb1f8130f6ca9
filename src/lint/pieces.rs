//! Long lists in pieces: what several threads found is put in a row, and none of it is copied.

/// How long a piece grows before the next one begins.
const LENGTH: usize = 256;

/// Items in a row.
#[derive(Debug)]
pub(super) struct Pieces<T>(Vec<Vec<T>>);

impl<T> Default for Pieces<T> {
    fn default() -> Self {
        Pieces(Vec::new())
    }
}

impl<T> Pieces<T> {
    /// Adds an item behind the others.
    pub(super) fn push(&mut self, item: T) {
        if let Some(last) = self.0.last_mut().filter(|last| last.len() < LENGTH) {
            last.push(item);
            return;
        }
        // Behind a full piece there will be much more.
        let mut next = Vec::with_capacity(if self.0.is_empty() { 1 } else { LENGTH });
        next.push(item);
        self.0.push(next);
    }

    /// Adds others behind its own.
    pub(super) fn append(&mut self, others: Pieces<T>) {
        self.0.extend(others.0.into_iter().filter(|piece| !piece.is_empty()));
    }

    /// The number of items.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    /// The items in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().flatten()
    }

    /// The items in order, to be changed.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().flatten()
    }

    /// The pieces, to be worked on side by side.
    pub(super) fn pieces_mut(&mut self) -> &mut [Vec<T>] {
        &mut self.0
    }

    /// Keeps the items for which this holds; it is asked in order.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
        for piece in &mut self.0 {
            piece.retain(&mut keep);
        }
    }
}

impl<T> Extend<T> for Pieces<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        items.into_iter().for_each(|item| self.push(item));
    }
}

impl<T> FromIterator<Pieces<T>> for Pieces<T> {
    fn from_iter<I: IntoIterator<Item = Pieces<T>>>(lists: I) -> Self {
        lists.into_iter().fold(Pieces::default(), |mut all, list| {
            all.append(list);
            all
        })
    }
}

impl<T> IntoIterator for Pieces<T> {
    type Item = T;
    type IntoIter = std::iter::Flatten<std::vec::IntoIter<Vec<T>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stay_in_order_over_many_pieces() {
        let numbers = |range: std::ops::Range<usize>| {
            let mut pieces = Pieces::default();
            pieces.extend(range);
            pieces
        };
        let mut all: Pieces<usize> = [numbers(0..3), numbers(3..3), numbers(3..600), numbers(600..1_000)].into_iter().collect();
        all.push(1_000);
        assert_eq!(all.len(), 1_001);
        assert!(all.iter().copied().eq(0..=1_000));
        all.retain(|number| number % 2 == 0);
        all.iter_mut().for_each(|number| *number += 1);
        assert!(all.into_iter().eq((0..=1_000).filter(|number| number % 2 == 0).map(|number| number + 1)));
    }
}
