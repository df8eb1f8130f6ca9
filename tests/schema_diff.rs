//! Every response schema of every real description is the same as itself.
//! The data is read from outside of the repository; where it is missing the test says so.
#![expect(clippy::expect_used, reason = "a test says what it expects")]

#[path = "support/corpus.rs"]
mod corpus;

use std::sync::Mutex;
use std::time::{Duration, Instant};

use corpus::{corpus, is_yaml_or_json};
use rayon::prelude::*;
use statusquo::diff::Mode;
use statusquo::diff::schema::{Comparer, Inclusion};
use statusquo::facts::api;
use statusquo::openapi::{Project, load, version_of};
use statusquo::syntax::File;

/// What was said, all in all.
#[derive(Default)]
struct Tally {
    schemas: usize,
    unknown: Vec<String>,
    changed: Vec<String>,
    slowest: (Duration, String),
}

#[test]
fn every_response_schema_is_the_same_as_itself() {
    let Some((below, names)) = corpus(is_yaml_or_json) else { return };
    let project = load(&names, &below).project;
    let tally = Mutex::new(Tally::default());
    let files: Vec<&File> = project.files().collect();
    files.par_iter().for_each(|file| look_at(&project, file, &tally));
    let tally = tally.into_inner().expect("no test failed inside");
    println!(
        "{} uses of schemas, {} unknown; the slowest description took {:?}",
        tally.schemas,
        tally.unknown.len(),
        tally.slowest
    );
    for line in tally.unknown.iter().take(40) {
        println!("UNKNOWN {line}");
    }
    assert!(
        tally.changed.is_empty(),
        "{}\n{}",
        tally.changed.len(),
        tally.changed.iter().take(40).cloned().collect::<Vec<_>>().join("\n")
    );
    assert!(tally.schemas > 10_000 && tally.unknown.len() < tally.schemas / 1_000, "{} {}", tally.schemas, tally.unknown.len());
}

fn look_at(project: &Project, file: &File, tally: &Mutex<Tally>) {
    let Some(root) = file.roots().next() else { return };
    let Some(version) = version_of(root).and_then(|key| key.version) else { return };
    let api = api(project, version, root);
    let start = Instant::now();
    let mut comparer = Comparer::new(Mode::Default);
    let mut own = Tally::default();
    for operation in &api.operations {
        for response in api.responses_of(operation) {
            for medium in api.content_of(response) {
                let Some(schema) = medium.schema() else { continue };
                own.schemas += 1;
                let (inclusion, changes) = comparer.compare(schema, schema);
                let place = || format!("{}{}", file.source().name(), schema.view().node().pointer());
                own.changed.extend(
                    changes.first().map(|change| format!("{} {} '{}': {}", place(), change.rule, change.place, change.message)),
                );
                own.unknown.extend((inclusion != Inclusion::Included).then(|| format!("{} {inclusion:?}", place())));
            }
        }
    }
    let mut tally = tally.lock().expect("no test failed inside");
    let took = start.elapsed();
    if took > tally.slowest.0 {
        tally.slowest = (took, file.source().name().to_owned());
    }
    tally.schemas += own.schemas;
    tally.changed.extend(own.changed);
    tally.unknown.extend(own.unknown);
}
