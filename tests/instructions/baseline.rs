//! The numbers that are expected, as they are written in a file.

use std::collections::BTreeMap;
use std::fmt;

/// How much more or less is no news, as a share.
const TOLERANCE: f64 = 0.05;

const HEAD: &str = "\
# Instructions of the binary of the tests, as `tests/instructions` counts them. Five percent more or less are accepted.
# rustc opt-level input instructions
";

/// What numbers hold for: another compiler makes other instructions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Build {
    pub(crate) compiler: String,
    pub(crate) level: String,
}

/// The numbers by build and input.
pub(crate) struct Baseline(BTreeMap<(Build, String), u64>);

impl Baseline {
    pub(crate) fn read(text: &str) -> Self {
        let line = |line: &str| {
            let [compiler, level, input, count] = line.split(' ').collect::<Vec<_>>().try_into().ok()?;
            let build = Build { compiler: compiler.to_owned(), level: level.to_owned() };
            Some(((build, input.to_owned()), count.parse().ok()?))
        };
        Baseline(text.lines().filter(|line| !line.starts_with('#')).filter_map(line).collect())
    }

    pub(crate) fn knows(&self, build: &Build) -> bool {
        self.0.keys().any(|(known, _)| known == build)
    }

    /// Puts these numbers in place of those that it has for a build. Those of other compilers are old.
    pub(crate) fn take(&mut self, build: &Build, counted: &[(&str, u64)]) {
        self.0.retain(|(known, _), _| known.compiler == build.compiler && known.level != build.level);
        self.0.extend(counted.iter().map(|(input, count)| ((build.clone(), (*input).to_owned()), *count)));
    }

    /// What is not as it was.
    pub(crate) fn complaints(&self, build: &Build, counted: &[(&str, u64)]) -> Vec<String> {
        let Build { compiler, level } = build;
        let complaint = |(input, count): &(&str, u64)| {
            let Some(expected) = self.0.get(&(build.clone(), (*input).to_owned())) else {
                return Some(format!("{input}: {count} instructions, and nobody said how many to expect"));
            };
            let change = difference(*expected, *count);
            let words = format!("of rustc {compiler} with opt-level {level}");
            let more = if change > 0.0 { "more" } else { "less" };
            let percent = change.abs() * 100.0;
            (change.abs() > TOLERANCE).then(|| {
                format!("{input}: {count} instructions {words}, {percent:.1} % {more} than the {expected} that are expected")
            })
        };
        counted.iter().filter_map(complaint).collect()
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share")]
fn difference(expected: u64, count: u64) -> f64 {
    count as f64 / expected as f64 - 1.0
}

impl fmt::Display for Baseline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEAD)?;
        self.0
            .iter()
            .try_for_each(|((Build { compiler, level }, input), count)| writeln!(f, "{compiler} {level} {input} {count}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(compiler: &str, level: &str) -> Build {
        Build { compiler: compiler.to_owned(), level: level.to_owned() }
    }

    #[test]
    fn more_than_a_few_percent_are_told() {
        let baseline = Baseline::read("# a b\n1.95.0 2 yaml 1000\n1.95.0 1 yaml 2000\n");
        let complaints = |count| baseline.complaints(&build("1.95.0", "2"), &[("yaml", count)]);
        assert!(complaints(1_049).is_empty() && complaints(951).is_empty());
        let words = "instructions of rustc 1.95.0 with opt-level 2";
        assert_eq!(complaints(1_060), [format!("yaml: 1060 {words}, 6.0 % more than the 1000 that are expected")]);
        assert_eq!(complaints(900), [format!("yaml: 900 {words}, 10.0 % less than the 1000 that are expected")]);
        let unknown = baseline.complaints(&build("1.95.0", "2"), &[("diff", 7)]);
        assert_eq!(unknown, ["diff: 7 instructions, and nobody said how many to expect"]);
        assert!(!baseline.knows(&build("1.96.0", "2")));
    }

    #[test]
    fn new_numbers_take_the_place_of_old_ones() {
        let mut baseline = Baseline::read("1.94.0 2 yaml 1\n1.95.0 1 yaml 2\n1.95.0 2 json 3\n");
        baseline.take(&build("1.95.0", "2"), &[("yaml", 4)]);
        assert_eq!(baseline.to_string(), format!("{HEAD}1.95.0 1 yaml 2\n1.95.0 2 yaml 4\n"));
    }
}
