//! The statuses of one operation: which are gone, which are new, which only changed their key.

use rustc_hash::FxHashSet;

use super::compare::{Comparison, Twins};
use super::outcomes::{Answer, Cell, Outcomes, cells};
use super::{Change, Class};
use crate::facts::ResponseFact;
use crate::http::status::{self, StatusKey};
use crate::syntax::Node;
use crate::words::listed;

/// Two responses that describe the same codes.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a, 'o, 'n> {
    pub(super) old: &'a ResponseFact<'o>,
    pub(super) new: &'a ResponseFact<'n>,
    /// The codes.
    pub(super) cell: Cell,
    /// Whether the status itself changed and may have taken the body along.
    pub(super) is_other_status: bool,
}

type Lost<'a, 'o> = (StatusKey, &'a ResponseFact<'o>);

/// What happened to the statuses of one operation.
#[derive(Default)]
struct Fates<'a, 'o, 'n> {
    lost: Vec<Lost<'a, 'o>>,
    gained: Vec<Lost<'a, 'n>>,
    /// Keys that fell to a range or `default`: their own, and what stands for them now.
    generalised: Vec<(&'a ResponseFact<'o>, &'a ResponseFact<'n>)>,
    /// Keys that came out of a range or `default`.
    specialised: Vec<(&'a ResponseFact<'o>, &'a ResponseFact<'n>)>,
    /// Whether codes fell from the old `default` to nothing.
    default_fell: bool,
    pairs: Vec<Pair<'a, 'o, 'n>>,
}

/// Says what happened to the statuses of an operation; what is left to compare are the responses behind them.
pub(super) fn compare<'a, 'o, 'n>(
    comparison: &mut Comparison<'a, '_, 'o, 'n>,
    twins: Twins<'a, 'o, 'n>,
    old: &Outcomes<'a, 'o>,
    new: &Outcomes<'a, 'n>,
) -> Vec<Pair<'a, 'o, 'n>> {
    let mut fates = Fates::default();
    for cell in cells(old, new) {
        fates.cell(cell, old, new);
    }
    let mut says = Says { comparison, twins, old, new };
    says.invalid();
    says.default(fates.default_fell);
    says.generalised(&fates.generalised);
    says.specialised(&fates.specialised);
    let changed = merged(&mut fates.lost, &mut fates.gained);
    for (lost, gained) in changed {
        says.changed(lost, gained);
        let cell = Cell::Code(gained.0.code().unwrap_or_default());
        fates.pairs.push(Pair { old: lost.1, new: gained.1, cell, is_other_status: true });
    }
    fates.lost.iter().for_each(|lost| says.lost(*lost));
    fates.gained.iter().for_each(|gained| says.gained(*gained));
    let mut seen = FxHashSet::default();
    // A `default` that stands for all answers is met as a success first.
    fates.pairs.retain(|pair| seen.insert((pair.old.key.index(), pair.new.key.index())));
    fates.pairs
}

impl<'a, 'o, 'n> Fates<'a, 'o, 'n> {
    fn cell(&mut self, cell: Cell, old: &Outcomes<'a, 'o>, new: &Outcomes<'a, 'n>) {
        match (old.answer(cell), new.answer(cell)) {
            (Answer::Exact(one), Answer::Exact(other)) | (Answer::Range(one), Answer::Range(other)) => {
                self.pair(cell, one, other);
            }
            (Answer::Default(one), Answer::Default(other))
                if cell.is_error() || old.default_is_error() == new.default_is_error() =>
            {
                self.pair(cell, one, other);
            }
            (Answer::Exact(one), Answer::Range(other) | Answer::Default(other))
            | (Answer::Range(one), Answer::Default(other)) => {
                self.generalised.push((one, other));
                self.pair(cell, one, other);
            }
            (Answer::Range(one) | Answer::Default(one), Answer::Exact(other)) | (Answer::Default(one), Answer::Range(other)) => {
                self.specialised.push((one, other));
                self.pair(cell, one, other);
            }
            (Answer::Exact(one) | Answer::Range(one), Answer::None) => self.lost(cell, one, new),
            (Answer::None, Answer::Exact(other) | Answer::Range(other)) => self.gained(cell, other),
            (Answer::Default(_), Answer::None) => self.default_fell = true,
            (Answer::None, Answer::Default(_) | Answer::None) | (Answer::Default(_), Answer::Default(_)) => {}
        }
    }

    fn pair(&mut self, cell: Cell, old: &'a ResponseFact<'o>, new: &'a ResponseFact<'n>) {
        self.pairs.push(Pair { old, new, cell, is_other_status: false });
    }

    /// A range whose codes are named one by one now is not gone.
    fn lost(&mut self, cell: Cell, old: &'a ResponseFact<'o>, new: &Outcomes<'a, 'n>) {
        let left = cell.class().filter(|_| cell.code().is_none()).and_then(|class| new.codes_of(class).next());
        match left.and_then(|code| new.exact.get(&code)) {
            Some(code) if !self.specialised.iter().any(|(range, _)| range.key == old.key) => self.specialised.push((old, code)),
            Some(_) => {}
            None => self.lost.push((old.status, old)),
        }
    }

    /// A range that takes up codes which were named one by one is said with those.
    fn gained(&mut self, cell: Cell, new: &'a ResponseFact<'n>) {
        let takes_up = cell.code().is_none() && self.generalised.iter().any(|(_, range)| range.key == new.key);
        if !takes_up {
            self.gained.push((new.status, new));
        }
    }
}

/// Takes out what is one change and not two: a success that became another, a redirect that became another.
fn merged<'a, 'o, 'n>(lost: &mut Vec<Lost<'a, 'o>>, gained: &mut Vec<Lost<'a, 'n>>) -> Vec<(Lost<'a, 'o>, Lost<'a, 'n>)> {
    let mut merged = Vec::new();
    lost.retain(|old| {
        let Some(kind) = kind(old.0) else { return true };
        let Some(position) = gained.iter().position(|new| self::kind(new.0) == Some(kind)) else { return true };
        merged.push((*old, gained.remove(position)));
        false
    });
    merged
}

/// Codes that may stand for each other: successes, and redirects to another URI.
fn kind(key: StatusKey) -> Option<status::Class> {
    key.code().filter(|code| matches!(code, 200..=299 | 301 | 302 | 303 | 307 | 308)).and_then(status::Class::of)
}

struct Says<'s, 'a, 'c, 'o, 'n> {
    comparison: &'s mut Comparison<'a, 'c, 'o, 'n>,
    twins: Twins<'a, 'o, 'n>,
    old: &'s Outcomes<'a, 'o>,
    new: &'s Outcomes<'a, 'n>,
}

impl<'a, 'o, 'n> Says<'_, 'a, '_, 'o, 'n> {
    fn add(&mut self, change: Change<'o, 'n>, status: &'a str) {
        self.comparison.gathering.add(change, self.twins.uses(Some(status), false));
    }

    /// Where something is gone from the new description.
    fn left(&self) -> Node<'n> {
        self.twins.new.operation.responses_entry().map_or(self.twins.new.key, |entry| entry.key)
    }

    /// Where something was not yet in the old description.
    fn before(&self) -> Node<'o> {
        self.twins.old.operation.responses_entry().map_or(self.twins.old.key, |entry| entry.key)
    }

    fn invalid(&mut self) {
        let message = |text: &str| format!("`{text}` is no status key and is not compared");
        let change = |text: &str| Change::new("invalid-status-key-ignored", Class::Compatible, message(text)).word("key", text);
        let (old, new) = (self.old, self.new);
        let texts = |list: &[&'a ResponseFact<'_>]| list.iter().map(|fact| fact.text().to_string()).collect::<FxHashSet<_>>();
        let (in_old, in_new) = (texts(&old.invalid), texts(&new.invalid));
        for fact in old.invalid.iter().copied().filter(|fact| !in_new.contains(fact.text())) {
            self.add(change(fact.text()).at(fact.key, self.left()), fact.text());
        }
        for fact in new.invalid.iter().copied().filter(|fact| !in_old.contains(fact.text())) {
            self.add(change(fact.text()).at(self.before(), fact.key), fact.text());
        }
    }

    fn default(&mut self, fell: bool) {
        match (self.old.default, self.new.default) {
            (Some(old), None) if fell => {
                let message = "`default` is gone: statuses that it described are described no more".to_owned();
                self.add(Change::new("default-response-removed", Class::Risky, message).at(old.key, self.left()), old.text());
            }
            (None, Some(new)) => {
                let message = "`default` is new and describes what the other keys do not".to_owned();
                let change = Change::new("default-response-added", self.widened(Class::Compatible), message);
                self.add(change.at(self.before(), new.key), new.text());
            }
            _ => {}
        }
    }

    /// Where other codes of the range may come now, those that switch on the code see them.
    fn generalised(&mut self, list: &[(&'a ResponseFact<'o>, &'a ResponseFact<'n>)]) {
        for (old, new) in list {
            let class = old.status.class();
            let is_switched_on = matches!(class, Some(status::Class::Successful | status::Class::Redirection));
            let was_wide =
                class.is_some_and(|class| self.old.ranges.contains_key(&class)) || !is_switched_on && self.old.default.is_some();
            let by_default = if is_switched_on { Class::Risky } else { Class::Compatible };
            let widened = if was_wide { Class::Compatible } else { self.widened(by_default) };
            let message = format!("`{}` is described only by `{}` now", old.text(), new.text());
            let change = Change::new("status-generalised", widened, message).at(old.key, new.key);
            let change = if widened > Class::Compatible {
                change.help(format!("keep `{}` beside `{}`", old.text(), new.text()))
            } else {
                change
            };
            self.add(change.word("old", old.text()).word("new", new.text()), old.text());
        }
    }

    fn specialised(&mut self, list: &[(&'a ResponseFact<'o>, &'a ResponseFact<'n>)]) {
        let mut said = FxHashSet::default();
        for (old, first) in list.iter().filter(|(old, _)| said.insert(old.key.index())) {
            let codes = list.iter().filter(|(other, _)| other.key == old.key).map(|(_, new)| format!("`{}`", new.text()));
            let codes = listed(&codes.collect::<Vec<_>>(), "and");
            let message = format!("what `{}` described is described by {codes} now", old.text());
            let change = Change::new("status-specialised", Class::Compatible, message).at(old.key, first.key);
            self.add(change.word("old", old.text()).word("new", codes), old.text());
        }
    }

    fn changed(&mut self, old: Lost<'a, 'o>, new: Lost<'a, 'n>) {
        let is_redirect = old.0.class() == Some(status::Class::Redirection);
        let (rule, class) =
            if is_redirect { ("redirect-semantics-changed", Class::Risky) } else { ("success-status-changed", Class::Breaking) };
        let content_before = !self.comparison.old.content_of(old.1).is_empty();
        let content_now = !self.comparison.new.content_of(new.1).is_empty();
        let effect = effect((old.0.code(), content_before), (new.0.code(), content_now));
        let message = format!("`{}` became `{}`{effect}", old.1.text(), new.1.text());
        let change = Change::new(rule, class, message).at(old.1.key, new.1.key);
        self.add(change.word("old", old.1.text()).word("new", new.1.text()), new.1.text());
    }

    fn lost(&mut self, (key, fact): Lost<'a, 'o>) {
        let Some((rule, class, effect)) = loss(key) else { return };
        let change = Change::new(rule, class, format!("`{}` is gone{effect}", fact.text())).at(fact.key, self.left());
        let change = match key.code() {
            Some(401) => change.help("describe the credentials that requests need under `security`"),
            _ => change,
        };
        self.add(change.word("status", fact.text()), fact.text());
    }

    fn gained(&mut self, (key, fact): Lost<'a, 'n>) {
        let Some((rule, class, effect)) = self.gain(key) else { return };
        let change = Change::new(rule, class, format!("`{}` is new{effect}", fact.text())).at(self.before(), fact.key);
        self.add(change.word("status", fact.text()), fact.text());
    }

    /// The class of what may come now and did not before. Who described nothing promised nothing, but a status that is new is
    /// new to who wants to hear of every one.
    fn widened(&self, class: Class) -> Class {
        let class = if self.old.is_empty() { Class::Compatible } else { class };
        self.comparison.options.mode.widened(class)
    }

    fn gain(&self, key: StatusKey) -> Option<(&'static str, Class, &'static str)> {
        let widened = |class| self.widened(class);
        let compatible = || widened(Class::Compatible);
        Some(match (key.class()?, key.code()) {
            // It comes only to those who asked for the other protocol; the other codes of the class are passed over by all.
            (_, Some(101)) => ("success-status-added", compatible(), ", for requests that ask for another protocol"),
            (status::Class::Informational, _) => return None,
            (status::Class::Successful, _) => {
                ("success-status-added", widened(Class::Risky), ": clients switch on the codes they know")
            }
            // Unlike other redirects it comes only to those who sent a precondition, and who does that asks for this very status
            // (RFC 9110, section 15.4.5): nobody meets it unprepared.
            (_, Some(304)) => ("redirect-status-added", compatible(), ""),
            (status::Class::Redirection, _) => ("redirect-status-added", widened(Class::Risky), ": clients have to follow it"),
            (_, Some(428)) if !self.old.is_empty() => {
                ("precondition-now-required", Class::Breaking, ": requests without a precondition are refused")
            }
            (_, Some(401)) if !self.security_was_added() => {
                ("error-status-added", widened(Class::Risky), ", and no credentials are asked for that were not asked for before")
            }
            _ => ("error-status-added", compatible(), ""),
        })
    }

    fn security_was_added(&self) -> bool {
        let was_required = self.comparison.old.security_of(self.twins.old).is_required();
        self.comparison.new.security_of(self.twins.new).is_required() && !was_required
    }
}

fn loss(key: StatusKey) -> Option<(&'static str, Class, &'static str)> {
    Some(match (key.class()?, key.code()) {
        // Who asked for the other protocol gives up without it.
        (_, Some(101)) => ("success-status-removed", Class::Breaking, ": nobody gets to the other protocol any more"),
        (status::Class::Informational, _) => return None,
        (_, Some(304 | 412 | 428)) => ("conditional-status-removed", Class::Risky, ": preconditions are no longer answered"),
        (status::Class::Successful, _) => ("success-status-removed", Class::Breaking, ""),
        (status::Class::Redirection, _) => ("redirect-status-removed", Class::Risky, ""),
        (_, Some(404 | 409 | 410 | 429)) => ("error-status-removed", Class::Risky, ", and nothing else describes it"),
        _ => ("error-status-removed", Class::Compatible, ""),
    })
}

/// What a change of the status means, where more is to be said than that; of each side the code and whether content is described.
fn effect((old, content_before): (Option<u16>, bool), (new, content_now): (Option<u16>, bool)) -> &'static str {
    let (Some(old), Some(new)) = (old, new) else { return "" };
    let keeps_method = |code| matches!(code, 307 | 308);
    match (old, new) {
        (200..=299, 204 | 205) if content_before => ": the body is gone",
        (204 | 205, 200..=299) if content_now => ": there is a body now",
        (200..=299, 202) => ": it is only taken on now, and done later",
        (202, 200..=299) => ": it is done at once now",
        (200..=299, 201) => ": something is created now",
        (200..=299, 206) => ": only a part may come now",
        (301..=303, new) if keeps_method(new) => ": the method is kept now",
        (old, 301..=303) if keeps_method(old) => ": clients may change the method to GET now",
        (301 | 308, _) => ": it is no longer permanent",
        (_, 301 | 308) => ": it is permanent now",
        _ => "",
    }
}
