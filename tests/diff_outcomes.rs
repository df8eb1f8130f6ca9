//! Real descriptions against themselves, and against what says the same in another order: nothing changed.

#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/value.rs"]
mod value;

use std::time::Instant;

use corpus::{Below, corpus, is_yaml_or_json};
use rayon::prelude::*;
use statusquo::diff::outcome::{CompareSchemas, compare};
use statusquo::diff::{Mode, Options, SchemaChange};
use statusquo::facts::{Api, api};
use statusquo::finding::Class;
use statusquo::lint::is_description;
use statusquo::openapi::{Project, Schema, load, version_of};
use statusquo::provider::{Provider, Refusal};
use statusquo::syntax::File;

fn apis<'p>(project: &'p Project, name: &str) -> Vec<Api<'p>> {
    let roots = project.file(name).into_iter().flat_map(File::roots);
    roots.filter_map(|root| Some(api(project, version_of(root)?.version?, root))).collect()
}

/// Stands in for the comparison of schemas: it compares what is written, `$ref`s not followed.
fn compared<'p>(old: Schema<'p>, new: Schema<'p>) -> Vec<SchemaChange<'p, 'p>> {
    let json = |schema: Schema<'p>| value::to_json(schema.view().node(), &mut 100_000);
    if value::same(&json(old), &json(new)) {
        return Vec::new();
    }
    vec![SchemaChange {
        rule: "response-type-changed",
        class: Class::Breaking,
        message: "it changed".to_owned(),
        old: Some(old.view().node()),
        new: Some(new.view().node()),
        place: String::new(),
        words: Vec::new(),
        witness: None,
    }]
}

fn texts<'o, 'n>(old: &Api<'o>, new: &Api<'n>, options: &Options, schemas: CompareSchemas<'_, 'o, 'n>) -> Vec<String> {
    let changes = compare(old, new, options, schemas).changes;
    changes.iter().map(|change| format!("{} {:?} {}", change.rule, change.operations, change.message)).collect()
}

#[test]
fn a_description_is_as_it_is() {
    let Some((below, names)) = corpus(is_yaml_or_json) else { return };
    let started = Instant::now();
    let counts: Vec<(usize, usize)> = names
        .par_iter()
        .map(|name| {
            let read = || load(std::slice::from_ref(name), &below).project;
            let (one, other) = (read(), read());
            let mut operations = 0;
            let (one, other) = (apis(&one, name), apis(&other, name));
            for (old, new) in one.iter().zip(&other) {
                for mode in [Mode::Default, Mode::Strict] {
                    let mut schemas = |old: Schema<'_>, new: Schema<'_>| {
                        assert_eq!(old.view().node().raw(), new.view().node().raw(), "{name}");
                        Vec::new()
                    };
                    let found = texts(old, new, &Options { mode, ..Options::default() }, &mut schemas);
                    assert_eq!(found, Vec::<String>::new(), "{name}");
                }
                operations += old.operations.len();
            }
            (one.len(), operations)
        })
        .collect();
    let (descriptions, operations) = counts.iter().fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
    println!("{descriptions} descriptions with {operations} operations in {:?}", started.elapsed());
    assert!(descriptions > 1_000 && operations > 20_000);
}

/// A folder in which one more file stands beside another.
struct With<'f> {
    below: &'f Below,
    name: String,
    bytes: Vec<u8>,
}

impl Provider for With<'_> {
    fn resolve(&self, from: &str, reference: &str) -> Result<String, Refusal> {
        self.below.resolve(from, reference)
    }

    fn read(&self, name: &str) -> Result<Vec<u8>, Refusal> {
        if name == self.name { Ok(self.bytes.clone()) } else { self.below.read(name) }
    }
}

/// The JSON of a description, its keys in the order of the alphabet.
fn sorted(below: &Below, name: &str) -> Option<String> {
    let project = load(&[name.to_owned()], below).project;
    let file = project.file(name).filter(|file| file.faults().is_empty() && file.roots().any(is_description))?;
    let mut budget = 2_000_000;
    let value = value::to_json(file.roots().next()?, &mut budget);
    (budget > 0 && file.roots().count() == 1).then(|| value.to_string())
}

#[test]
fn the_order_of_keys_says_nothing() {
    let Some((below, names)) = corpus(is_yaml_or_json) else { return };
    let compared: usize = names
        .par_iter()
        .filter_map(|name| {
            let text = sorted(&below, name)?;
            let twin = format!("{name}.sorted.json");
            let files = With { below: &below, name: twin.clone(), bytes: text.into_bytes() };
            let project = load(&[name.clone(), twin.clone()], &files).project;
            let (old, new) = (apis(&project, name), apis(&project, &twin));
            let found = texts(old.first()?, new.first()?, &Options::default(), &mut compared);
            assert_eq!(found, Vec::<String>::new(), "{name}");
            Some(1)
        })
        .sum();
    println!("{compared} descriptions");
    assert!(compared > 1_000);
}
