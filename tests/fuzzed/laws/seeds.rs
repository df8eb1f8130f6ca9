//! What fuzzing starts from: the examples of all rules and the fixtures.
#![expect(clippy::disallowed_methods, reason = "fixtures are on disk")]

#[path = "../../support/tree.rs"]
#[expect(dead_code, reason = "it is only written here")]
mod tree;

use std::path::Path;

use statusquo::rules::Example;
use statusquo::source::{Source, SourceId};
use statusquo::syntax::parse;
use tree::Tree;

use super::RULES;
use super::diff::SEPARATOR;

/// The inputs that a law starts from.
pub(crate) fn of(law: &str) -> Vec<Vec<u8>> {
    match law {
        "recording" => recordings(),
        "diff" => pairs(),
        _ => descriptions(),
    }
}

/// The examples and the fixtures, every third one in JSON.
fn descriptions() -> Vec<Vec<u8>> {
    let examples = RULES.rules().iter().flat_map(|rule| &rule.examples);
    let mut texts: Vec<Vec<u8>> =
        examples.map(|example| if example.is_latin_1 { example.bytes() } else { example.unmarked().into_bytes() }).collect();
    texts.extend(fixtures());
    for text in texts.iter_mut().step_by(3) {
        if let Some(json) = as_json(&String::from_utf8_lossy(text)) {
            *text = json.into_bytes();
        }
    }
    texts
}

/// The YAML files that the tests of the program look at.
fn fixtures() -> impl Iterator<Item = Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().find(|folder| folder.join("fixtures").is_dir());
    let walk = root.map(|root| walkdir::WalkDir::new(root.join("fixtures")).sort_by_file_name());
    let files = walk.into_iter().flatten().flatten().map(walkdir::DirEntry::into_path);
    let is_yaml = |path: &Path| path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
    files.filter(move |path| is_yaml(path)).filter_map(|path| std::fs::read(path).ok())
}

/// The traffic of the examples, as lines.
fn recordings() -> Vec<Vec<u8>> {
    let examples = RULES.rules().iter().flat_map(|rule| &rule.examples);
    examples.filter_map(|example| Some(as_lines(&example.traffic.as_ref()?.snippet)?.into_bytes())).collect()
}

/// What fails beside what passes, and what is fixed.
fn pairs() -> Vec<Vec<u8>> {
    let mut pairs = Vec::new();
    for rule in RULES.rules() {
        let texts: Vec<String> = rule.examples.iter().map(Example::unmarked).collect();
        pairs.extend(texts.windows(2).map(|pair| pair.join(SEPARATOR)));
        let fixed = rule.examples.iter().zip(&texts).filter_map(|(example, text)| Some((text, example.fixed.as_ref()?)));
        pairs.extend(fixed.map(|(text, fixed)| format!("{text}{SEPARATOR}{fixed}")));
    }
    pairs.into_iter().map(String::into_bytes).collect()
}

fn as_json(text: &str) -> Option<String> {
    let file = parse(Source::new(SourceId(0), "seed.yaml", text));
    Some(Tree::of(file.roots().next()?)?.json())
}

/// One exchange or a list of them, each on a line of its own.
fn as_lines(text: &str) -> Option<String> {
    let file = parse(Source::new(SourceId(0), "seed.yaml", text));
    let tree = Tree::of(file.roots().next()?)?;
    let exchanges = if tree.items().is_empty() { std::slice::from_ref(&tree) } else { tree.items() };
    Some(exchanges.iter().map(|exchange| exchange.json() + "\n").collect())
}
