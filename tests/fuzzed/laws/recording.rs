//! Recordings against the description of the shop: entries do not depend on how the bytes arrive, and findings are the same
//! a second time.

use std::io::{Cursor, Read};
use std::sync::LazyLock;

use statusquo::check::{Checker, Gathering, Options, Outcome, Sequence};
use statusquo::finding::Finding;
use statusquo::lint::Job;
use statusquo::openapi::Project;
use statusquo::traffic::{Form, Limits, PlacedEntry, Recording, RecordingError};

use super::{RULES, STRICT, assert_inside, project};

static SHOP: LazyLock<Project> =
    LazyLock::new(|| project("shop.yaml", include_bytes!("../../../fixtures/traffic/shop/openapi.yaml")));

static OPTIONS: LazyLock<Options> =
    LazyLock::new(|| Options { is_described: true, assert_formats: true, show_values: true, ..Options::default() });

static CHECKER: LazyLock<Checker<'static, 'static>> = LazyLock::new(|| {
    let jobs: Vec<Job<'_>> = SHOP.files().map(|file| Job { file, settings: &STRICT }).collect();
    Checker::new(&SHOP, &RULES, &jobs, &OPTIONS)
});

pub(super) fn hold(input: &[u8]) {
    for limits in [Limits::default(), Limits { string: 40, element: 400 }] {
        let Ok((form, entries)) = read(Cursor::new(input), limits) else { continue };
        let size = 1 + input.len() % 7;
        match read(Pieces { rest: input, size }, limits) {
            // The form is told as soon as it can be: what follows may look like another one.
            Ok((other, _)) | Err(RecordingError::NoEntries(other)) if other != form => {}
            in_pieces => assert_eq!(entries, in_pieces.expect("the same form").1, "in pieces of {size} bytes it is another"),
        }
        assert!(entries.iter().zip(0..).all(|(placed, index)| placed.index == index), "entries are not counted through");
        let outcome = checked(&entries);
        let spans = outcome.lint.findings.iter().filter_map(Finding::span);
        spans.for_each(|span| assert_inside(&SHOP.sources(), span));
        assert_eq!(outcome.lint.findings, checked(&entries).lint.findings, "a second run says something else");
    }
}

/// The form and the entries; those in front of a failure to read count.
fn read(reader: impl Read + Send, limits: Limits) -> Result<(Form, Vec<PlacedEntry>), RecordingError> {
    let mut recording = Recording::open(reader, limits)?;
    Ok((recording.form(), std::iter::from_fn(|| recording.next_entry().ok().flatten()).collect()))
}

fn checked(entries: &[PlacedEntry]) -> Outcome {
    let mut gathering = Gathering::default();
    let neighbours = Sequence::default().note_all(entries);
    for (placed, neighbours) in entries.iter().zip(neighbours) {
        gathering.take(&CHECKER, "run", placed, CHECKER.judge(placed, neighbours));
    }
    gathering.finish(&CHECKER, &SHOP)
}

/// Bytes that arrive a few at a time.
struct Pieces<'b> {
    rest: &'b [u8],
    size: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let length = self.size.min(into.len());
        self.rest.read(&mut into[..length])
    }
}
