//! Two descriptions, the one and the other side of a line `=====`; a text without that line is the old one, and the new one
//! is a damaged copy. Nothing differs from itself, and a comparison says the same a second time.

#[path = "../../support/mutation.rs"]
mod mutation;

use mutation::Chance;
use statusquo::diff::{Mode, Options, Pair, Sides, compare, diff};
use statusquo::facts::{Api, api};
use statusquo::finding::Finding;
use statusquo::openapi::{Project, version_of};
use statusquo::syntax::File;

use super::{RULES, STRICT, assert_inside, project};

/// Parts the old description from the new one.
pub(crate) const SEPARATOR: &str = "\n=====\n";

pub(super) fn hold(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let (old, new) = match text.split_once(SEPARATOR) {
        Some((old, new)) => (old.to_owned(), new.to_owned()),
        None => (text.to_string(), Chance(seed(input)).mutated(&text)),
    };
    let (old, new) = (project("old.yaml", old.as_bytes()), project("new.yaml", new.as_bytes()));
    for side in [&old, &new] {
        is_like_itself(side);
    }
    let findings = compared(&old, &new);
    let mut sources = new.sources();
    sources.extend(old.sources());
    for finding in &findings {
        let before = finding.change.as_ref().and_then(|change| change.old.as_ref()).map(|place| place.span);
        finding.span().into_iter().chain(before).for_each(|span| assert_inside(&sources, span));
    }
    assert_eq!(findings, compared(&old, &new), "a second run says something else");
}

/// A number that belongs to the bytes and is not 0.
fn seed(input: &[u8]) -> u64 {
    input.iter().fold(0x5eed, |seed: u64, byte| seed.wrapping_mul(31).wrapping_add(u64::from(*byte))) | 1
}

fn is_like_itself(project: &Project) {
    let apis: Vec<Api<'_>> =
        project.files().flat_map(File::roots).filter_map(|root| Some(api(project, version_of(root)?.version?, root))).collect();
    for api in &apis {
        for mode in [Mode::Default, Mode::Strict] {
            let changes = compare(api, api, &Options { mode, ..Options::default() }).changes;
            assert!(changes.is_empty(), "it differs from itself: {:?}", changes.first());
        }
    }
}

fn compared(old: &Project, new: &Project) -> Vec<Finding> {
    let pair = Pair { old: old.files().next(), new: new.files().next(), settings: &STRICT };
    let sides = Sides { old, new, first_old: new.sources().len() as u32 };
    diff(sides, &RULES, &[pair], &Options::default()).findings
}
