//! The globs of `ignore` and `overrides`.

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};

use super::Spanned;

/// Files, as globs relative to the configuration's folder. A glob without a slash in it means the name
/// at any depth, and one that matches a folder covers all that is in it, as in a `.gitignore`.
#[derive(Clone, Debug, Default)]
pub struct Globs {
    written: Vec<Spanned<String>>,
    patterns: Patterns,
}

impl Globs {
    /// The globs as written.
    pub fn globs(&self) -> &[Spanned<String>] {
        &self.written
    }

    /// The indices of the globs that match a file: a path relative to the configuration's folder, with `/`.
    pub fn matching(&self, path: &str) -> Vec<usize> {
        self.patterns.matching(path)
    }

    /// The set of these globs, and for each that is none its index and why.
    pub(super) fn of(globs: Vec<Spanned<String>>) -> (Self, Vec<(usize, String)>) {
        let (patterns, mut refused) = Patterns::of(globs.iter().enumerate());
        refused.dedup_by_key(|(index, _)| *index);
        (Globs { written: globs, patterns }, refused)
    }
}

/// Several lists of globs, looked through at once.
#[derive(Clone, Debug, Default)]
pub struct GlobLists(Patterns);

impl GlobLists {
    /// Those of these lists.
    pub fn of<'g>(lists: impl Iterator<Item = &'g Globs>) -> Self {
        let all = lists.enumerate().flat_map(|(list, globs)| globs.written.iter().map(move |glob| (list, glob)));
        GlobLists(Patterns::of(all).0)
    }

    /// The indices of the lists that match a file: a path relative to the configuration's folder, with `/`.
    pub fn matching(&self, path: &str) -> Vec<usize> {
        self.0.matching(path)
    }
}

/// What globs mean. Very many are too large for one set.
#[derive(Clone, Debug, Default)]
struct Patterns(Vec<Set>);

/// Patterns that are looked through at once.
#[derive(Clone, Debug)]
struct Set {
    set: GlobSet,
    /// For each pattern of the set, whose it is.
    owners: Vec<usize>,
}

/// How many patterns are tried as one set.
const TOGETHER: usize = 1_000;

/// How long a glob may be, in bytes.
const LONGEST: usize = 1_000;

impl Patterns {
    /// Those of globs, each with the number of its owner, and for each pattern that is none its owner and why.
    fn of<'g>(globs: impl Iterator<Item = (usize, &'g Spanned<String>)>) -> (Self, Vec<(usize, String)>) {
        let (mut sound, mut refused) = (Vec::new(), Vec::new());
        for (owner, glob) in globs {
            if glob.value.len() > LONGEST {
                refused.push((owner, format!("it is longer than {LONGEST} bytes")));
                continue;
            }
            for pattern in patterns(&glob.value) {
                match GlobBuilder::new(&pattern).literal_separator(true).build() {
                    Ok(pattern) => sound.push((owner, pattern)),
                    Err(error) => refused.push((owner, error.kind().to_string())),
                }
            }
        }
        let mut all = Patterns::default();
        sound.chunks(TOGETHER).for_each(|some| all.add(some, &mut refused));
        (all, refused)
    }

    /// Adds patterns as one set, as two where that would be too large.
    fn add(&mut self, patterns: &[(usize, Glob)], refused: &mut Vec<(usize, String)>) {
        let mut builder = GlobSetBuilder::new();
        for (_, pattern) in patterns {
            builder.add(pattern.clone());
        }
        match (builder.build(), patterns) {
            (Ok(set), _) => self.0.push(Set { set, owners: patterns.iter().map(|(owner, _)| *owner).collect() }),
            (Err(error), [(owner, _)]) => refused.push((*owner, error.kind().to_string())),
            (Err(_), _) => {
                let (one, other) = patterns.split_at(patterns.len() / 2);
                self.add(one, refused);
                self.add(other, refused);
            }
        }
    }

    /// The owners of those that match, in order.
    fn matching(&self, path: &str) -> Vec<usize> {
        let of_set = |set: &'_ Set| {
            let matching = set.set.matches(path).into_iter();
            matching.filter_map(|at| set.owners.get(at).copied()).collect::<Vec<_>>()
        };
        let mut owners: Vec<usize> = self.0.iter().flat_map(of_set).collect();
        owners.dedup();
        owners
    }
}

/// The glob itself and everything below it, at any depth if it names no folder.
fn patterns(glob: &str) -> Vec<String> {
    let (from_here, inner) = (glob.strip_prefix("./").or(glob.strip_prefix('/')), glob.trim_end_matches('/'));
    let only_folders = inner.len() < glob.len();
    let inner = from_here.unwrap_or(inner).trim_end_matches('/');
    let inner = if from_here.is_some() || inner.contains('/') { inner.to_owned() } else { format!("**/{inner}") };
    let below = format!("{inner}/**");
    if only_folders { vec![below] } else { vec![inner, below] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceId, Span};

    #[test]
    fn very_many_globs_are_as_good_as_few() {
        let span = Span { source: SourceId(0), start: 0, end: 0 };
        let many = (0..6_000).map(|number| format!("service-{number}/*/{{api,internal}}-[a-z]*.yaml"));
        let globs = many.chain(["vendor".to_owned()]).map(|value| Spanned { value, span }).collect();
        let (globs, refused) = Globs::of(globs);
        assert_eq!(refused, []);
        assert_eq!(globs.matching("x/vendor/a.yaml"), [6_000]);
        assert_eq!(globs.matching("service-5999/x/api-y.yaml"), [5_999]);
        assert_eq!(globs.matching("service-1/x/other.yaml"), [] as [usize; 0]);
    }

    fn matches(glob: &str, path: &str) -> bool {
        let span = Span { source: SourceId(0), start: 0, end: 0 };
        let (globs, refused) = Globs::of(vec![Spanned { value: glob.to_owned(), span }]);
        assert_eq!(refused, []);
        !globs.matching(path).is_empty()
    }

    #[test]
    fn globs_read_like_a_gitignore() {
        let cases = [
            ("vendor", "vendor/a.yaml", true),
            ("vendor", "x/vendor/y/a.yaml", true),
            ("vendor/", "vendor/a.yaml", true),
            ("vendor/", "vendor", false),
            ("/vendor", "x/vendor/a.yaml", false),
            ("./vendor", "vendor/a.yaml", true),
            ("*.gen.yaml", "a/b.gen.yaml", true),
            ("api/*.yaml", "api/a.yaml", true),
            ("api/*.yaml", "api/v1/a.yaml", false),
            ("api/**/*.yaml", "api/v1/a.yaml", true),
            ("api/v1", "api/v10/a.yaml", false),
            ("{a,b}.yaml", "x/b.yaml", true),
        ];
        for (glob, path, expected) in cases {
            assert_eq!(matches(glob, path), expected, "{glob} on {path}");
        }
    }
}
