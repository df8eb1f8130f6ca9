//! The fast YAML reader beside the full one: where it answers, the two tapes are equal, spans and texts included.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    reason = "a test reads its data from disk, and ends at the first difference"
)]

#[path = "support/mutation.rs"]
mod mutation;
mod support;

use std::path::Path;

use mutation::Chance;
use statusquo::source::{Source, SourceId};
use statusquo::syntax::{Format, compare_readers, parse};
use support::{files_below, unpacked};

/// How many damaged texts are tried; `cargo bench --bench readers` tries a million.
const MUTATIONS: usize = 10_000;

/// The largest text that is damaged, in bytes.
const LARGEST_DAMAGED: usize = 64 << 10;

/// What share of the bytes of sound YAML the fast reader has to answer, in percent.
const SHARE: f64 = 98.0;

#[test]
fn equal_on_every_file_of_the_project() {
    let answered = own_texts().iter().filter(|(name, text)| answers(name, text)).count();
    assert!(answered > 200, "{answered} files were answered");
}

#[test]
fn equal_on_the_corpus_of_which_it_answers_nearly_all() {
    let Some(folder) = unpacked("corpus/specs.tar.xz", "corpus") else { return };
    let (mut answered, mut sound) = (0, 0);
    for (name, text) in yaml_texts(&folder) {
        if answers(&name, &text) {
            answered += text.len();
            sound += text.len();
        } else if is_sound_yaml(&name, &text) {
            sound += text.len();
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a share")]
    let share = answered as f64 * 100.0 / sound as f64;
    println!("{answered} of {sound} bytes answered, {share:.2} %");
    assert!(share >= SHARE, "{share} %");
}

#[test]
fn equal_on_the_yaml_test_suite() {
    let Some(folder) = unpacked("suites/yaml-test-suite.tar.xz", "yaml-test-suite") else { return };
    let texts = yaml_texts(&folder);
    let answered = texts.iter().filter(|(name, text)| answers(name, text)).count();
    println!("{answered} of {} files answered", texts.len());
    assert!(answered > 50, "{answered} files were answered");
}

#[test]
fn equal_on_damaged_texts() {
    let mut texts = own_texts();
    texts.extend(unpacked("corpus/specs.tar.xz", "corpus").iter().flat_map(|folder| yaml_texts(folder)));
    texts.retain(|(_, text)| text.len() <= LARGEST_DAMAGED);
    let mut chance = Chance(0x5eed_5eed_5eed_5eed);
    let mut answered = 0;
    for _ in 0..MUTATIONS {
        let (name, text) = &texts[chance.below(texts.len())];
        answered += usize::from(answers(name, &chance.mutated(text)));
    }
    println!("{answered} of {MUTATIONS} damaged texts answered");
    assert!(answered > MUTATIONS / 10, "{answered} texts were answered");
}

/// Whether the fast reader answers; that it answers like the full one is asserted.
fn answers(name: &str, text: &str) -> bool {
    match compare_readers(text) {
        Some(Err(difference)) => panic!("{name}: {difference} in {text:?}"),
        answer => answer.is_some(),
    }
}

fn is_sound_yaml(name: &str, text: &str) -> bool {
    let file = parse(Source::new(SourceId(0), name, text));
    file.format() == Format::Yaml && file.faults().is_empty()
}

fn own_texts() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    ["rules", "fixtures"].iter().flat_map(|folder| yaml_texts(&root.join(folder))).collect()
}

fn yaml_texts(folder: &Path) -> Vec<(String, String)> {
    let is_yaml = |path: &Path| path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
    let paths = files_below(folder).into_iter().filter(|path| is_yaml(path));
    paths.filter_map(|path| Some((path.display().to_string(), std::fs::read_to_string(&path).ok()?))).collect()
}
