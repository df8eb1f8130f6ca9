//! A description in many files and the same in one give the same findings, each where the fault is written.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads its data from disk")]

#[path = "support/below.rs"]
mod below;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use below::Below;
use serde_json::{Value, json};
use statusquo::finding::Finding;
use statusquo::lint::{Job, lint};
use statusquo::openapi::load;
use statusquo::provider::{InMemory, Provider, joined};
use statusquo::rules::{RuleSet, Settings, builtin};
use statusquo::source::SourceId;
use statusquo::syntax::{Entry, File, Node, Scalar, read};
use support::unpacked;

/// What is found in one description: each finding with the file and line of its place.
struct Findings(Vec<(String, usize, Finding)>);

impl Findings {
    fn of(name: &str, provider: &impl Provider) -> Self {
        let project = load(&[name.to_owned()], provider).project;
        let settings = Settings::default();
        let root = project.files().find(|file| file.source().name() == name).unwrap();
        let outcome = lint(&project, &RuleSet::new(builtin().0), &[Job { file: root, settings: &settings }]);
        assert_eq!(outcome.summary.judged, outcome.summary.operations, "{name}");
        let sources = project.sources();
        let placed = outcome.findings.into_iter().map(|finding| {
            let source = sources[finding.span().unwrap().source.index()];
            (source.name().to_owned(), source.position(finding.span().unwrap().start).line as usize, finding)
        });
        Findings(placed.collect())
    }

    /// Rule, status, severity, operations and message of each: all but the place.
    fn sayings(&self) -> Vec<String> {
        let saying = |(_, _, finding): &(String, usize, Finding)| {
            let Finding { rule, status, severity, operations, message, .. } = finding;
            format!("{rule} {status:?} {severity} {operations:?} {message}")
        };
        let mut sayings: Vec<String> = self.0.iter().map(saying).collect();
        sayings.sort();
        sayings
    }

    /// File, line and rule of each.
    fn places(&self) -> BTreeSet<(String, usize, String)> {
        self.0.iter().map(|(file, line, finding)| (file.clone(), *line, finding.rule.to_string())).collect()
    }
}

fn twins() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/twins");
    let mut twins: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    twins.sort();
    twins
}

/// The rules that the comments at the ends of lines name, with their places.
fn marks(folder: &Path) -> BTreeSet<(String, usize, String)> {
    let mut marks = BTreeSet::new();
    for path in support::files_below(folder) {
        let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        for (line, text) in std::fs::read_to_string(&path).unwrap().lines().enumerate() {
            let rules = text.rsplit_once("  # ").map(|(_, rules)| rules).unwrap_or_default();
            marks.extend(rules.split(' ').filter(|rule| !rule.is_empty()).map(|rule| (name.clone(), line + 1, rule.to_owned())));
        }
    }
    marks
}

#[test]
fn a_split_description_and_its_bundle_give_the_same_findings() {
    let twins = twins();
    assert!(twins.len() >= 3, "{twins:?}");
    for twin in twins {
        let split = Findings::of("openapi.yaml", &Below(twin.join("split")));
        let bundled = Findings::of("bundled.yaml", &Below(twin.clone()));
        assert_eq!(split.sayings(), bundled.sayings(), "{}", twin.display());
        assert!(split.0.len() >= 5, "{}: {}", twin.display(), split.0.len());
    }
}

#[test]
fn each_finding_stands_where_the_fault_is_written() {
    for twin in twins() {
        let marked = marks(&twin.join("split"));
        let found = Findings::of("openapi.yaml", &Below(twin.join("split"))).places();
        assert!(marked.is_subset(&found), "{}: {:?}", twin.display(), marked.difference(&found));
        assert!(marked.iter().any(|(file, ..)| file != "openapi.yaml"), "{}", twin.display());
        let in_bundle: BTreeSet<_> = marks(&twin).into_iter().filter(|(file, ..)| file == "bundled.yaml").collect();
        let found = Findings::of("bundled.yaml", &Below(twin.clone())).places();
        assert!(in_bundle.is_subset(&found), "{}: {:?}", twin.display(), in_bundle.difference(&found));
        assert_eq!(in_bundle.len(), marked.len(), "{}", twin.display());
    }
}

#[test]
fn a_large_tree_and_its_bundle_give_the_same_findings() {
    const ROOT: &str = "specification/DigitalOcean-public.v2.yaml";
    let Some(folder) = unpacked("corpus/specs.tar.xz", "corpus") else { return };
    let below = Below(folder.join("digitalocean"));
    let split = Findings::of(ROOT, &below);
    let bundle = Bundler::bundle(&below, ROOT);
    println!("{} findings in many files, {} bytes in one file", split.0.len(), bundle.len());
    let bundled = Findings::of("bundle.json", &InMemory::new().with("bundle.json", bundle));
    assert_eq!(split.sayings(), bundled.sayings());
    assert!(split.0.len() > 50 && split.0.iter().filter(|(file, ..)| file != ROOT).count() > 50);
}

/// Takes over what `$ref`s lead to in other files: operations in their place, all else below one key of the root.
/// It writes text, since the order of paths is part of what is compared.
struct Bundler<'a> {
    below: &'a Below,
    root: &'a str,
    files: BTreeMap<String, Rc<File>>,
    /// The local reference of each target that was taken over.
    names: BTreeMap<(String, String), String>,
    parts: Vec<String>,
}

impl<'a> Bundler<'a> {
    fn bundle(below: &'a Below, root: &'a str) -> String {
        let mut bundler = Bundler { below, root, files: BTreeMap::new(), names: BTreeMap::new(), parts: Vec::new() };
        let file = bundler.file(root);
        let whole = bundler.written(root, file.roots().next().unwrap());
        format!("{},\"x-bundled\":{{{}}}}}", whole.strip_suffix('}').unwrap(), bundler.parts.join(","))
    }

    fn file(&mut self, name: &str) -> Rc<File> {
        let read = || Rc::new(read(SourceId(0), name, self.below.read(name).unwrap()));
        Rc::clone(self.files.entry(name.to_owned()).or_insert_with(read))
    }

    /// A value as JSON with all its references local.
    fn written(&mut self, file: &str, node: Node<'_>) -> String {
        if let Some(reference) = node.get_str("$ref") {
            return self.local(file, &reference);
        }
        if node.is_list() {
            let items: Vec<String> = node.items().map(|item| self.written(file, item)).collect();
            return format!("[{}]", items.join(","));
        }
        if !node.is_map() {
            return scalar(node).to_string();
        }
        let entry = |entry: Entry<'_>| format!("{}:{}", json!(entry.key.text()), self.written(file, entry.value));
        let entries: Vec<String> = node.entries().map(entry).collect();
        format!("{{{}}}", entries.join(","))
    }

    fn local(&mut self, file: &str, reference: &str) -> String {
        let (path, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let target = if path.is_empty() { file.to_owned() } else { joined(file, path) };
        if target == self.root {
            return json!({ "$ref": format!("#{pointer}") }).to_string();
        }
        let parsed = self.file(&target);
        let node = behind(&parsed, pointer);
        if node.get("operationId").is_some() && node.get("responses").is_some() {
            return self.written(&target, node);
        }
        let place = (target.clone(), pointer.to_owned());
        if let Some(name) = self.names.get(&place) {
            return json!({ "$ref": name }).to_string();
        }
        // The last step stays as it was, since messages may name a component by it.
        let last = reference.rsplit('/').next().unwrap();
        let number = self.names.len();
        let name = format!("#/x-bundled/{number}/{last}");
        self.names.insert(place, name.clone());
        let part = format!("\"{number}\":{{{}:{}}}", json!(last), self.written(&target, node));
        self.parts.push(part);
        json!({ "$ref": name }).to_string()
    }
}

fn scalar(node: Node<'_>) -> Value {
    match node.scalar() {
        None | Some(Scalar::Null) => Value::Null,
        Some(Scalar::Boolean(value)) => value.into(),
        Some(Scalar::Integer(number)) => number.into(),
        Some(Scalar::Float(number)) => number.into(),
        Some(Scalar::Text) => json!(node.text()),
    }
}

/// What a JSON Pointer leads to.
fn behind<'f>(file: &'f File, pointer: &str) -> Node<'f> {
    let root = file.roots().next().unwrap();
    pointer.split('/').skip(1).fold(root, |node, step| {
        let step = step.replace("~1", "/").replace("~0", "~");
        node.get(&step).or_else(|| node.items().nth(step.parse().ok()?)).unwrap()
    })
}
