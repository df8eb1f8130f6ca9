//! Findings that repeat one cause, gathered: the same rule, as severe, with the same next step.

use rustc_hash::FxHashMap;

use super::{Options, Report, clean};
use crate::finding::{Finding, RuleId, Severity};

/// The further places of a group that are shown unasked.
pub(super) const SHOWN: usize = 5;

/// Findings with one cause; never empty.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// The first in file order: the one that is shown whole.
    pub(super) first: &'a Finding,
    /// The others, in file order.
    pub(super) others: Vec<&'a Finding>,
}

/// A place of a group: a finding, or the first one in a file where a group goes through several.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// `openapi.yaml:14:9`
    pub(super) place: String,
    /// What is there: the operation and the status, or else the message.
    pub(super) what: String,
    /// The findings that it stands for.
    pub(super) count: usize,
}

/// The groups of a report, the worst first and then in file order. With `--all` each finding stands for itself.
///
/// A group goes through all files: whoever splits a description, or keeps forty of them, made one mistake and not forty.
pub(super) fn groups<'a>(report: &Report<'a>, options: &Options) -> Vec<Group<'a>> {
    grouped(report, options, |_| "")
}

/// The same where no group goes through several files.
pub(super) fn groups_by_file<'a>(report: &Report<'a>, options: &Options) -> Vec<Group<'a>> {
    grouped(report, options, |finding| report.location(finding).file)
}

fn grouped<'a>(report: &Report<'a>, options: &Options, part: impl Fn(&'a Finding) -> &'a str) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut known: FxHashMap<(&RuleId, Severity, String, &str), usize> = FxHashMap::default();
    for finding in report.told() {
        let help = shape(finding.help.as_deref().unwrap_or_default());
        let key = (&finding.rule, finding.severity, help, part(finding));
        let number = *known.entry(key).or_insert(groups.len());
        match groups.get_mut(number) {
            Some(group) => group.others.push(finding),
            None => groups.push(Group { first: finding, others: Vec::new() }),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.first.severity));
    if options.all { groups.into_iter().flat_map(Group::apart).collect() } else { groups }
}

impl<'a> Group<'a> {
    /// All findings of the group.
    pub(super) fn len(&self) -> usize {
        1 + self.others.len()
    }

    /// Where the others are, one for each file if they lie in several, and how many findings the list leaves out.
    pub(super) fn spots(&self, report: &Report<'a>) -> (Vec<Spot>, usize) {
        let file = |finding: &'a Finding| report.location(finding).file;
        let one_file = self.others.iter().all(|other| file(other) == file(self.first));
        let mut spots: Vec<(&str, Spot)> = Vec::new();
        let mut at: FxHashMap<&str, usize> = FxHashMap::default();
        for other in &self.others {
            let known = at.get(file(other)).copied().filter(|_| !one_file).and_then(|index| spots.get_mut(index));
            if let Some((_, spot)) = known {
                spot.count += 1;
            } else {
                at.insert(file(other), spots.len());
                spots.push((file(other), spot(report, other)));
            }
        }
        let left_out = spots.iter().skip(SHOWN).map(|(_, spot)| spot.count).sum();
        (spots.into_iter().take(SHOWN).map(|(_, spot)| spot).collect(), left_out)
    }

    fn apart(self) -> impl Iterator<Item = Group<'a>> {
        std::iter::once(self.first).chain(self.others).map(|first| Group { first, others: Vec::new() })
    }
}

impl Spot {
    /// What is there, with the number of further findings in the same file.
    pub(super) fn words(&self) -> String {
        match self.count {
            1 => self.what.clone(),
            count => format!("{}, and {} more in this file", self.what, count - 1),
        }
    }
}

fn spot<'a>(report: &Report<'a>, finding: &'a Finding) -> Spot {
    let at = report.location(finding);
    let place = format!("{}:{}:{}", clean::sentence(at.file), at.start.line, at.start.column);
    Spot { place, what: what(finding), count: 1 }
}

/// The operations that a report has to name beside the message.
pub(super) fn unnamed(finding: &Finding) -> &[String] {
    match finding.operations.as_slice() {
        [one] if finding.message.contains(one.as_str()) => &[],
        operations => operations,
    }
}

/// `POST /orders 201`; a group's findings differ in little else.
fn what(finding: &Finding) -> String {
    let first = finding.operations.split_first().filter(|_| finding.change.is_none());
    let Some((first, more)) = first else { return clean::sentence(&finding.message).into_owned() };
    let status = finding.status.as_ref().map(|status| format!(" {status}")).unwrap_or_default();
    let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
    clean::sentence(&format!("{first}{status}{more}")).into_owned()
}

/// A text without the words of the instance: what stands in backticks, numbers, methods.
fn shape(text: &str) -> String {
    let outside: Vec<&str> = text.split('`').step_by(2).collect();
    let is_instance = |word: &str| {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        word.starts_with(|first: char| first.is_ascii_digit())
            || word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase())
    };
    let words = outside.iter().flat_map(|part| part.split_whitespace());
    words.map(|word| if is_instance(word) { "·" } else { word }).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn the_words_of_an_instance_are_no_part_of_the_shape() {
        let alike = [
            ("answer 303, or repeat the PUT elsewhere", "answer 307, or repeat the POST elsewhere"),
            ("write `4XX`", "write `5XX`"),
            ("describe \"404\"", "describe \"409\""),
        ];
        for (one, other) in alike {
            assert_eq!(shape(one), shape(other));
        }
        assert_ne!(shape("declare a `Location` header"), shape("declare an `Allow` header"));
        assert_ne!(shape("take the key out"), shape("write the key"));
    }
}
