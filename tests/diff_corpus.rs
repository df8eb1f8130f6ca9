//! Real descriptions against themselves and against twins that say the same in another way: nothing changed.
#![expect(clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test says what it expects, and what it saw")]

#[path = "support/below.rs"]
mod below;
#[path = "support/bundle.rs"]
mod bundle;
#[path = "support/kind.rs"]
mod kind;
mod support;
#[path = "support/tree.rs"]
mod tree;
#[path = "support/twins.rs"]
mod twins;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use below::Below;
use rayon::prelude::*;
use statusquo::diff::{Mode, Options, compare};
use statusquo::facts::{Api, api};
use statusquo::openapi::{Project, load, version_of};
use statusquo::provider::{Provider, Refusal, joined};
use statusquo::syntax::{File, Node};
use support::{files_below, unpacked};
use tree::Tree;

/// How much a twin may be, in values.
const MOST_NODES: usize = 3_000_000;

/// The data, read once for all tests.
struct Corpus {
    below: Below,
    project: Project,
    /// The files that are descriptions of a known version.
    names: Vec<String>,
}

static CORPUS: LazyLock<Option<Corpus>> = LazyLock::new(|| {
    let folder = unpacked("corpus/specs.tar.xz", "corpus")?;
    let names = files_below(&folder).into_iter().filter_map(|path| Some(path.strip_prefix(&folder).ok()?.to_str()?.to_owned()));
    let yaml_or_json = |name: &String| [".yaml", ".yml", ".json"].iter().any(|ending| name.ends_with(ending));
    let names: Vec<String> = names.filter(yaml_or_json).collect();
    let below = Below(folder);
    let project = load(&names, &below).project;
    let names = names.into_iter().filter(|name| described(&project, name).is_some()).collect();
    Some(Corpus { below, project, names })
});

/// The description in a file; of several documents the first.
fn described<'p>(project: &'p Project, name: &str) -> Option<Api<'p>> {
    project.file(name)?.roots().find_map(|root| Some(api(project, version_of(root)?.version?, root)))
}

/// What comparisons came to.
#[derive(Debug, Default)]
struct Tally {
    descriptions: usize,
    operations: usize,
    /// Operations that could not be compared whole.
    hindered: usize,
    changes: Vec<String>,
    slowest: (Duration, String),
}

impl Tally {
    fn add(mut self, other: Tally) -> Tally {
        self.descriptions += other.descriptions;
        self.operations += other.operations;
        self.hindered += other.hindered;
        self.changes.extend(other.changes);
        self.slowest = self.slowest.max(other.slowest);
        self
    }

    /// Prints it. Nothing may have changed, and enough must have been compared for that to mean something.
    fn holds(&self, what: &str, started: Instant, descriptions: usize, operations: usize) {
        println!(
            "{what}: {} descriptions with {} operations ({} not whole) in {:.1?}; the slowest took {:.1?}: {}",
            self.descriptions,
            self.operations,
            self.hindered,
            started.elapsed(),
            self.slowest.0,
            self.slowest.1
        );
        assert!(self.changes.is_empty(), "{} changes\n{}", self.changes.len(), self.shown());
        assert!(self.descriptions >= descriptions && self.operations >= operations, "too few were compared");
    }

    /// A few changes of each description.
    fn shown(&self) -> String {
        let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, change) in self.changes.iter().filter_map(|change| change.split_once(": ")) {
            by_name.entry(name).or_default().push(change);
        }
        let some = by_name.into_iter().map(|(name, list)| format!("{name}\n    {}", list[..list.len().min(3)].join("\n    ")));
        some.collect::<Vec<_>>().join("\n")
    }
}

/// Compares one description with its twin, in two modes.
fn compared(name: &str, old: &Api<'_>, new: &Api<'_>) -> Tally {
    let started = Instant::now();
    let mut tally = Tally { descriptions: 1, ..Tally::default() };
    for mode in [Mode::Default, Mode::Strict] {
        let compared = compare(old, new, &Options { mode, ..Options::default() });
        (tally.operations, tally.hindered) = (compared.operations, compared.obstacles.len());
        tally.changes.extend(compared.changes.iter().map(|change| {
            let place = |node: Option<Node<'_>>| node.map(Node::pointer).unwrap_or_default();
            format!(
                "{name}: {mode:?} {} {} ({:?}) {} | {} | {}",
                change.rule,
                change.message,
                change.place,
                change.operations.first().map_or("", String::as_str),
                place(change.old),
                place(change.new)
            )
        }));
    }
    tally.slowest = (started.elapsed(), name.to_owned());
    tally
}

#[test]
fn every_description_is_the_same_as_itself() {
    let started = Instant::now();
    let Some(corpus) = &*CORPUS else { return };
    let again = load(&corpus.names, &corpus.below).project;
    let both = |name: &String| Some((described(&corpus.project, name)?, described(&again, name)?));
    let tallies = corpus.names.par_iter().filter_map(|name| both(name).map(|(old, new)| compared(name, &old, &new)));
    tallies.reduce(Tally::default, Tally::add).holds("the same", started, 1_400, 20_000);
}

/// Files that stand in for others, by the names of those, below the same folder.
struct Twins<'c> {
    below: &'c Below,
    texts: BTreeMap<String, Vec<u8>>,
}

const ENDINGS: [&str; 2] = [".twin.json", ".twin.yaml"];

impl Twins<'_> {
    /// The twin of a file, where there is one.
    fn of(&self, name: &str) -> Option<String> {
        ENDINGS.iter().map(|ending| format!("{name}{ending}")).find(|twin| self.texts.contains_key(twin))
    }
}

impl Provider for Twins<'_> {
    fn resolve(&self, from: &str, reference: &str) -> Result<String, Refusal> {
        self.of(&joined(from, reference)).map_or_else(|| self.below.resolve(from, reference), Ok)
    }

    fn read(&self, name: &str) -> Result<Vec<u8>, Refusal> {
        self.texts.get(name).cloned().map_or_else(|| self.below.read(name), Ok)
    }
}

/// Compares each description of which there is a twin with it.
fn twins_are_equal(what: &str, (descriptions, operations): (usize, usize), twin: impl Fn(&Corpus, &File) -> Option<Twin> + Sync) {
    let started = Instant::now();
    let Some(corpus) = &*CORPUS else { return };
    let files: Vec<&File> = reachable(corpus);
    let texts = files.par_iter().filter_map(|file| {
        let (name, twin) = (file.source().name(), twin(corpus, file)?);
        Some(match twin {
            Twin::Json(text) => (format!("{name}.twin.json"), text.into_bytes()),
            Twin::Yaml(text) => (format!("{name}.twin.yaml"), text.into_bytes()),
        })
    });
    let twins = Twins { below: &corpus.below, texts: texts.collect() };
    let pairs: Vec<(&String, String)> = corpus.names.iter().filter_map(|name| Some((name, twins.of(name)?))).collect();
    let names: Vec<String> = pairs.iter().map(|(_, twin)| twin.clone()).collect();
    let project = load(&names, &twins).project;
    let both = |name: &str, twin: &str| Some((described(&corpus.project, name)?, described(&project, twin)?));
    let tallies = pairs.par_iter().map(|(name, twin)| {
        let (old, new) = both(name, twin).unwrap_or_else(|| panic!("{name} has a twin that is no description"));
        compared(name, &old, &new)
    });
    tallies.reduce(Tally::default, Tally::add).holds(what, started, descriptions, operations);
}

enum Twin {
    Json(String),
    Yaml(String),
}

/// The descriptions and all files that they lead to, as far as their syntax is in order.
fn reachable(corpus: &Corpus) -> Vec<&File> {
    let mut open: Vec<&File> = corpus.names.iter().filter_map(|name| corpus.project.file(name)).collect();
    let mut seen: BTreeSet<u32> = open.iter().map(|file| file.source().id().0).collect();
    let mut all = Vec::new();
    while let Some(file) = open.pop() {
        open.extend(corpus.project.references_of(file).filter(|other| seen.insert(other.source().id().0)));
        all.push(file);
    }
    all.retain(|file| file.faults().is_empty() && file.roots().count() == 1);
    all
}

/// The tree of a description that leads to no other file.
fn lone_tree(corpus: &Corpus, file: &File) -> Option<Tree> {
    described(&corpus.project, file.source().name())?;
    let is_lone = corpus.project.references_of(file).next().is_none();
    let names_parts = ["\"$id\"", "$id:", "$anchor", "$dynamicRef"].iter().any(|word| file.source().text().contains(word));
    Tree::of(file.roots().next()?).filter(|_| is_lone && !names_parts)
}

#[test]
fn order_says_nothing() {
    twins_are_equal("in another order", (1_400, 18_000), |_, file| {
        let mut tree = Tree::of(file.roots().next()?)?;
        twins::reordered(&mut tree);
        Some(Twin::Json(tree.json()))
    });
}

#[test]
fn syntax_says_nothing() {
    twins_are_equal("YAML as JSON and JSON as YAML", (1_400, 18_000), |_, file| {
        let text = file.source().text();
        if text.trim_start().starts_with('{') {
            let value: serde_json::Value = serde_json::from_str(text).ok()?;
            return Some(Twin::Yaml(serde_yaml::to_string(&value).ok()?));
        }
        let mut value: serde_yaml::Value = serde_yaml::from_str(text).ok()?;
        value.apply_merge().ok()?;
        Some(Twin::Json(json(value).to_string()))
    });
}

/// What a YAML reader made of a file, as JSON.
fn json(value: serde_yaml::Value) -> serde_json::Value {
    let key = |key: serde_yaml::Value| match key {
        serde_yaml::Value::String(text) => text,
        serde_yaml::Value::Null => String::new(),
        other => json(other).to_string(),
    };
    match value {
        serde_yaml::Value::Null => serde_json::Value::Null,
        serde_yaml::Value::Bool(value) => value.into(),
        serde_yaml::Value::Number(number) => serde_json::to_value(number).expect("a number"),
        serde_yaml::Value::String(text) => text.into(),
        serde_yaml::Value::Sequence(items) => items.into_iter().map(json).collect(),
        serde_yaml::Value::Mapping(map) => {
            map.into_iter().map(|(name, value)| (key(name), json(value))).collect::<serde_json::Map<_, _>>().into()
        }
        serde_yaml::Value::Tagged(tagged) => json(tagged.value),
    }
}

#[test]
fn files_say_nothing() {
    twins_are_equal("in one file", (300, 6_000), |corpus, file| {
        described(&corpus.project, file.source().name())?;
        let (tree, outgoing) = bundle::bundled(&corpus.project, file)?;
        (outgoing > 0).then(|| Twin::Json(tree.json()))
    });
}

#[test]
fn references_say_nothing() {
    twins_are_equal("with schemas in place of references", (500, 10_000), |corpus, file| {
        let mut tree = lone_tree(corpus, file)?;
        let before = tree.clone();
        (twins::inlined(&mut tree, MOST_NODES) && tree != before).then(|| Twin::Json(tree.json()))
    });
}

#[test]
fn names_of_components_say_nothing() {
    twins_are_equal("with other names", (650, 10_000), |corpus, file| {
        let mut tree = lone_tree(corpus, file)?;
        let before = tree.clone();
        twins::renamed(&mut tree);
        (tree != before).then(|| Twin::Json(tree.json()))
    });
}

#[test]
fn a_part_of_all_of_says_what_its_owner_would() {
    twins_are_equal("with properties in allOf", (580, 8_000), |corpus, file| {
        // Who points at a property by its way through the schema would not find it any more.
        let has_ways = |tree: &Tree| twins::contains_reference(tree, &|reference| reference.contains("/properties/"));
        let mut tree = lone_tree(corpus, file).filter(|tree| !has_ways(tree))?;
        (twins::refactored(&mut tree) > 0).then(|| Twin::Json(tree.json()))
    });
}

#[test]
fn the_version_says_nothing() {
    twins_are_equal("as 3.1", (550, 6_000), |corpus, file| {
        let mut tree = lone_tree(corpus, file)?;
        let is_3_0 = tree.get("openapi").and_then(Tree::text).is_some_and(|version| version.starts_with("3.0"));
        is_3_0.then(|| {
            twins::raised(&mut tree);
            Twin::Json(tree.json())
        })
    });
}
