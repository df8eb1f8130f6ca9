//! What holds for any input at all. `cargo fuzz` looks for inputs that break these laws (see `fuzz/README.md`); a test holds
//! them on the seeds and on every input that ever broke one.

mod diff;
mod fix;
mod lint;
mod parse;
mod recording;
pub(crate) mod seeds;

use std::sync::LazyLock;

use statusquo::openapi::{Project, load};
use statusquo::provider::InMemory;
use statusquo::rules::{Preset, RuleSet, Settings, builtin};
use statusquo::source::{Source, Span};

/// A law panics where an input breaks it.
type Law = fn(&[u8]);

/// The laws by name: each is the name of a fuzz target, and of a folder of inputs that are kept.
pub(crate) const LAWS: [(&str, Law); 5] =
    [("parse", parse::hold), ("lint", lint::hold), ("fix", fix::hold), ("recording", recording::hold), ("diff", diff::hold)];

static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::new(builtin().0));

/// All rules speak, also those that are off by default.
static STRICT: LazyLock<Settings> =
    LazyLock::new(|| Settings { presets: Preset::from_word("strict").into_iter().collect(), ..Settings::default() });

/// A project of one file.
fn project(name: &str, bytes: &[u8]) -> Project {
    load(&[name.to_owned()], &InMemory::new().with(name, bytes)).project
}

/// The bytes lie in their text, from one character to another.
fn assert_inside(sources: &[&Source], span: Span) {
    let source = sources[span.source.index()];
    assert!(source.text().get(span.range()).is_some(), "{span:?} is no part of {}", source.name());
}
