//! A million damaged texts, the fast YAML reader beside the full one: the two must agree on every one that both read.
//! `cargo bench --bench readers -- 3000000 7` tries three million with another seed. The texts are the project's own YAML
//! files, and the corpus where the tests have unpacked it.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a bench reads its data and prints its figures")]

#[path = "../tests/support/mutation.rs"]
mod mutation;

use std::path::Path;

use mutation::Chance;
use statusquo::syntax::compare_readers;

const ROUNDS: usize = 1_000_000;
const SEED: u64 = 0x5eed;
const LARGEST: usize = 64 << 10;

fn main() {
    let numbers: Vec<u64> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let rounds = numbers.first().map_or(ROUNDS, |&rounds| rounds as usize);
    let mut chance = Chance(numbers.get(1).copied().unwrap_or(SEED).max(1));
    let texts = texts();
    let (mut answered, mut different) = (0, 0);
    for _ in 0..rounds {
        let chosen = chance.below(texts.len());
        let text = chance.mutated(&texts[chosen]);
        match compare_readers(&text) {
            None => {}
            Some(Ok(())) => answered += 1,
            Some(Err(difference)) => {
                different += 1;
                println!("{difference}\n{text:?}");
            }
        }
    }
    println!("{rounds} damaged copies of {} texts: {answered} answered by the fast reader, {different} differently", texts.len());
    assert_eq!(different, 0, "the readers disagree");
}

fn texts() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [root.join("rules"), root.join("fixtures"), Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus")];
    let entries = folders.iter().flat_map(|folder| walkdir::WalkDir::new(folder).sort_by_file_name()).flatten();
    let is_yaml = |path: &Path| path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
    let paths = entries.map(walkdir::DirEntry::into_path).filter(|path| is_yaml(path));
    paths.filter_map(|path| std::fs::read_to_string(path).ok()).filter(|text| text.len() <= LARGEST).collect()
}
