//! A schema made ready to be asked, and how it is asked.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use jsonschema::{PatternOptions, Validator};

use super::lower::{Asked, Lowered, Side, lower};
use super::misfits::misfits;
use super::tape::{Item, Tape, Work};
use super::write_only::write_only;
use super::{Answer, Misfit};
use crate::openapi::Schema;
use crate::syntax::Node;

/// The most memory that a pattern of a description may cost, in bytes.
const PATTERN_SIZE: usize = 1 << 20;

/// How many looks at values one question may cost for each node of the instance, and at the least.
const LOOKS_PER_NODE: u64 = 256;
const LEAST_LOOKS: u64 = 100_000;

/// How many errors are gathered for one instance, those of alternatives included.
const ERRORS: u32 = 2_000;

/// How many schemas may be entered inside each other. Threads have stacks of 2 MiB, and these need
/// less than three quarters of that.
const DEEPEST: u64 = 3_000;

/// A schema that can be asked.
pub(super) struct Compiled<'p> {
    schema: Schema<'p>,
    /// What the instances have for which it is made; none where it is for all.
    asked: Option<Asked>,
    assert_formats: bool,
    /// The lenient reading, or why there is none.
    lenient: Result<Lenient<'p>, Cow<'static, str>>,
    /// The strict reading, compiled once it is needed.
    strict: OnceLock<Option<Validator<Tape>>>,
}

struct Lenient<'p> {
    lowered: Lowered<'p>,
    validator: Validator<Tape>,
}

impl<'p> Lenient<'p> {
    fn misfits(&self, instance: Node<'_>) -> Vec<Misfit<'p>> {
        let work = Work::new(looks(instance), ERRORS);
        misfits(&self.lowered, instance, self.validator.iter_errors(Item::Node(instance, &work)))
    }
}

impl fmt::Debug for Compiled<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Compiled").field("schema", &self.schema).finish_non_exhaustive()
    }
}

impl<'p> Compiled<'p> {
    /// Lowers and compiles a schema.
    pub(super) fn new(schema: Schema<'p>, asked: Option<Asked>, assert_formats: bool) -> Self {
        let lenient = lower(schema, Side::Lenient, asked.as_ref()).and_then(|lowered| {
            let validator = compile(&lowered, assert_formats).ok_or(Cow::Borrowed("the schema could not be compiled"))?;
            Ok(Lenient { lowered, validator })
        });
        Compiled { schema, asked, assert_formats, lenient, strict: OnceLock::new() }
    }

    /// How many schemas it holds, both readings counted.
    pub(super) fn size(&self) -> usize {
        self.lenient.as_ref().map_or(1, |Lenient { lowered, .. }| lowered.size * if lowered.doubts.is_empty() { 1 } else { 2 })
    }

    /// Holds an instance against it.
    pub(super) fn judge(&self, instance: Node<'_>) -> Answer<'p> {
        let lenient = match &self.lenient {
            Ok(lenient) => lenient,
            Err(why) => return Answer::Unknown(why.clone()),
        };
        if is_unreadable(instance) {
            return Answer::Unknown(Cow::Borrowed("the value could not be read whole"));
        }
        if lenient.lowered.chain * depth_of(instance, DEEPEST / lenient.lowered.chain.max(1)) > DEEPEST {
            return Answer::Unknown(Cow::Borrowed("the value is nested too deeply for this schema"));
        }
        let Some(fits) = ask(&lenient.validator, instance) else { return too_much() };
        let mut found = if fits { Vec::new() } else { lenient.misfits(instance) };
        if !fits && found.is_empty() {
            return too_much();
        }
        if lenient.lowered.has_write_only {
            found.extend(write_only(self.schema, instance));
        }
        if found.is_empty() { self.judge_strictly(&lenient.lowered, instance) } else { Answer::Misfits(found) }
    }

    /// What fits the lenient reading fits if it fits the strict one too.
    fn judge_strictly(&self, lowered: &Lowered<'p>, instance: Node<'_>) -> Answer<'p> {
        let Some(first) = lowered.doubts.first() else { return Answer::Fits };
        let lowered = || lower(self.schema, Side::Strict, self.asked.as_ref()).ok();
        let strict = self.strict.get_or_init(|| compile(&lowered()?, self.assert_formats));
        match strict.as_ref().and_then(|strict| ask(strict, instance)) {
            Some(true) => Answer::Fits,
            _ => Answer::Unknown(first.clone()),
        }
    }
}

/// Whether a pattern is one that the linear engine understands.
pub(super) fn is_understood(pattern: &str) -> bool {
    let schema = serde_json::json!({ "pattern": pattern });
    jsonschema::options_for::<Tape>().with_pattern_options(patterns()).build(&schema).is_ok()
}

/// The engine without backtracking: its time grows with the length of the text, whatever the pattern.
fn patterns() -> PatternOptions<jsonschema::Regex> {
    PatternOptions::regex().size_limit(PATTERN_SIZE).dfa_size_limit(PATTERN_SIZE)
}

fn compile(lowered: &Lowered<'_>, assert_formats: bool) -> Option<Validator<Tape>> {
    let options = jsonschema::options_for::<Tape>().with_draft(lowered.draft).with_pattern_options(patterns());
    options.should_validate_formats(assert_formats).should_ignore_unknown_formats(true).build(&lowered.document).ok()
}

/// Whether an instance is valid; `None` where the work was too much.
fn ask(validator: &Validator<Tape>, instance: Node<'_>) -> Option<bool> {
    let work = Work::new(looks(instance), 0);
    let answer = validator.is_valid(Item::Node(instance, &work));
    (!work.is_used_up()).then_some(answer)
}

/// Whether something is wrong with the text of a value, a key that stands there twice included.
fn is_unreadable(instance: Node<'_>) -> bool {
    let span = instance.span();
    let faults = instance.file().faults();
    instance.is_damaged() || faults.iter().any(|fault| fault.span.start < span.end && span.start <= fault.span.end)
}

fn looks(instance: Node<'_>) -> u64 {
    LEAST_LOOKS + LOOKS_PER_NODE * instance.file().tree().len() as u64
}

fn too_much<'p>() -> Answer<'p> {
    Answer::Unknown(Cow::Borrowed("holding the value against this schema takes too much work"))
}

/// How deep lists and maps nest in a value, the value itself counted; some depth above `enough` where it is deeper.
fn depth_of(node: Node<'_>, enough: u64) -> u64 {
    if enough >= crate::syntax::MAXIMUM_DEPTH as u64 {
        return 1;
    }
    measured(node, enough)
}

fn measured(node: Node<'_>, enough: u64) -> u64 {
    if enough == 0 {
        return 1;
    }
    let members = node.entries().map(|entry| entry.value).chain(node.items());
    1 + members.filter(|inner| inner.is_map() || inner.is_list()).map(|inner| measured(inner, enough - 1)).max().unwrap_or(0)
}
