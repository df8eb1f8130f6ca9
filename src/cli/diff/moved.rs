//! Descriptions that moved without git being told of it: what is gone is paired with what is new and most like it.

use std::hash::{BuildHasher, BuildHasherDefault};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

/// How many pairs are held against each other at most.
const MOST: usize = 1_000;

/// For each new text the old one that it most likely is, by index; each stands for one at most. As git does, two texts are
/// taken for one where they share half of their lines.
pub(super) fn pairs(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    if old.len().saturating_mul(new.len()) > MOST {
        return Vec::new();
    }
    let (old, new): (Vec<Lines>, Vec<Lines>) = (old.iter().map(Lines::of).collect(), new.iter().map(Lines::of).collect());
    let all = (0..old.len()).flat_map(|one| (0..new.len()).map(move |other| (one, other)));
    let like = all.filter_map(|(one, other)| Some((old.get(one)?.shared(new.get(other)?)?, one, other)));
    let mut like: Vec<(usize, usize, usize)> = like.collect();
    like.sort_by_key(|&(share, one, other)| (std::cmp::Reverse(share), one, other));
    let mut taken = (FxHashSet::default(), FxHashSet::default());
    like.retain(|&(_, one, other)| {
        let is_free = !taken.0.contains(&one) && !taken.1.contains(&other);
        is_free && taken.0.insert(one) && taken.1.insert(other)
    });
    like.into_iter().map(|(_, one, other)| (one, other)).collect()
}

/// How often each line is there.
struct Lines {
    counts: FxHashMap<u64, usize>,
    total: usize,
}

impl Lines {
    fn of(text: &&str) -> Lines {
        let hasher = BuildHasherDefault::<FxHasher>::default();
        let mut lines = Lines { counts: FxHashMap::default(), total: 0 };
        for line in text.lines().map(str::trim_end) {
            *lines.counts.entry(hasher.hash_one(line)).or_default() += 1;
            lines.total += 1;
        }
        lines
    }

    /// How many of a hundred lines both have; none where that is less than half.
    fn shared(&self, other: &Lines) -> Option<usize> {
        let both = |(line, count): (&u64, &usize)| (*count).min(other.counts.get(line).copied().unwrap_or_default());
        let share = self.counts.iter().map(both).sum::<usize>() * 200 / (self.total + other.total).max(1);
        (share >= 50).then_some(share)
    }
}

#[cfg(test)]
mod tests {
    use super::pairs;

    /// Old texts, new texts, and the pairs.
    type Row<'t> = (&'t [&'t str], &'t [&'t str], &'t [(usize, usize)]);

    #[test]
    fn what_is_most_alike_is_the_same() {
        let (one, other) = ("a\nb\nc\nd\n", "e\nf\ng\nh\n");
        let table: [Row<'_>; 6] = [
            (&[one, other], &[other, one], &[(0, 1), (1, 0)]),
            (&[one], &["a\r\nb\r\nx\r\ny\r\n"], &[(0, 0)]),
            (&[one], &["a\nx\ny\nz\n"], &[]),
            (&[one, "a\nb\nc\n"], &["a\nb\nc\n"], &[(1, 0)]),
            (&[one], &[one, one], &[(0, 0)]),
            (&[], &[one], &[]),
        ];
        for (old, new, expected) in table {
            assert_eq!(pairs(old, new), expected, "{old:?} {new:?}");
        }
        assert_eq!(pairs(&["a"; 100], &["a"; 100]), [], "that many are left to git");
    }
}
