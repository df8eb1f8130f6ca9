//! Whether the version of a description was raised as far as its changes ask for.

use semver::Version;

use crate::finding::Class;

/// How far one version is from the one before, in the words of Semantic Versioning 2.0.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// It is lower.
    Back,
    /// It is the same; what follows a `+` does not count.
    None,
    /// Only what is in front of or behind the patch number: a pre-release of the same version, or its release.
    PreRelease,
    /// The third number.
    Patch,
    /// The second number.
    Minor,
    /// The first number.
    Major,
}

impl Step {
    /// The word of reports.
    pub fn word(self) -> &'static str {
        match self {
            Step::Back => "back",
            Step::None => "none",
            Step::PreRelease => "pre-release",
            Step::Patch => "patch",
            Step::Minor => "minor",
            Step::Major => "major",
        }
    }

    /// The step from one version to another.
    pub fn between(old: &Version, new: &Version) -> Step {
        let (one, other) = ((old.major, old.minor, old.patch), (new.major, new.minor, new.patch));
        match one.cmp(&other) {
            std::cmp::Ordering::Greater => Step::Back,
            std::cmp::Ordering::Equal => match old.pre.cmp(&new.pre) {
                std::cmp::Ordering::Equal => Step::None,
                // `2.0.0-rc.1` to `2.0.0` is further on; the numbers in front of it were raised before.
                std::cmp::Ordering::Less => Step::PreRelease,
                std::cmp::Ordering::Greater => Step::Back,
            },
            std::cmp::Ordering::Less if one.0 != other.0 => Step::Major,
            std::cmp::Ordering::Less if one.1 != other.1 => Step::Minor,
            std::cmp::Ordering::Less => Step::Patch,
        }
    }

    /// The least step that a change of this class asks for. Before 1.0.0 the second number stands for the first: a minor step
    /// may break, a patch may add.
    pub fn asked_for(old: &Version, worst: Option<Class>) -> Step {
        let is_young = old.major == 0;
        match worst {
            Some(Class::Breaking) if is_young => Step::Minor,
            Some(Class::Breaking) => Step::Major,
            Some(_) if is_young => Step::Patch,
            Some(_) => Step::Minor,
            None => Step::None,
        }
    }

    /// Whether this step is as far as that one asks for. Within a pre-release everything may change.
    pub fn is_enough(self, asked_for: Step) -> bool {
        self == Step::PreRelease || self >= asked_for
    }
}

/// A version as descriptions write it: `v1.2` is 1.2.0. None where it is no semantic version, such as a date.
pub fn version(text: &str) -> Option<Version> {
    let text = text.trim().trim_start_matches(['v', 'V']);
    let (numbers, rest) = text.split_at(text.find(['-', '+']).unwrap_or(text.len()));
    if !numbers.contains('.') && rest.starts_with('-') {
        return None;
    }
    let missing = match numbers.split('.').count() {
        1 => ".0.0",
        2 => ".0",
        _ => "",
    };
    Version::parse(&format!("{numbers}{missing}{rest}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        for (text, expected) in [
            ("1.2.3", Some("1.2.3")),
            ("v1.2", Some("1.2.0")),
            ("3", Some("3.0.0")),
            (" 1.0-beta+7 ", Some("1.0.0-beta+7")),
            ("2024-01-31", None),
            ("1.2.3.4", None),
            ("latest", None),
            ("", None),
        ] {
            assert_eq!(version(text).map(|version| version.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn steps() {
        let table = [
            ("1.2.3", "1.2.3", Step::None),
            ("1.2.3", "1.2.3+build", Step::None),
            ("1.2.3", "1.2.4", Step::Patch),
            ("1.2.3", "1.3.0", Step::Minor),
            ("1.2.3", "2.0.0", Step::Major),
            ("1.2.3", "2.0.0-rc.1", Step::Major),
            ("2.0.0-rc.1", "2.0.0-rc.2", Step::PreRelease),
            ("2.0.0-rc.1", "2.0.0", Step::PreRelease),
            ("2.0.0", "2.0.0-rc.1", Step::Back),
            ("1.2.3", "1.1.9", Step::Back),
        ];
        for (old, new, expected) in table {
            assert_eq!(Step::between(&version(old).unwrap(), &version(new).unwrap()), expected, "{old} {new}");
        }
    }

    #[test]
    fn what_changes_ask_for() {
        let table = [
            ("1.2.3", Some(Class::Breaking), Step::Major),
            ("1.2.3", Some(Class::Risky), Step::Minor),
            ("1.2.3", Some(Class::Compatible), Step::Minor),
            ("1.2.3", None, Step::None),
            ("0.2.3", Some(Class::Breaking), Step::Minor),
            ("0.2.3", Some(Class::Risky), Step::Patch),
        ];
        for (old, worst, expected) in table {
            assert_eq!(Step::asked_for(&version(old).unwrap(), worst), expected, "{old} {worst:?}");
        }
    }
}
