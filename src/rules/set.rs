//! All rules of a run, and what configuration makes of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::options::{OptionValue, Options};
use super::rule::{Level, Rule};
use super::severity::{Grade, Witness};
use crate::finding::{RuleDescription, RuleId, Severity};
use crate::strict::{Complaint, advice};

/// A named choice of severities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Preset {
    /// Every rule at its own severity.
    #[default]
    Recommended,
    /// What HTTP requires is an error.
    Strict,
    /// Only what the description says and HTTP forbids.
    Wire,
    /// What the guides on status codes ask for.
    Guides,
}

impl Preset {
    /// All presets.
    pub const ALL: [Preset; 4] = [Preset::Recommended, Preset::Strict, Preset::Wire, Preset::Guides];

    /// The word used in rules and configuration.
    pub fn word(self) -> &'static str {
        match self {
            Preset::Recommended => "recommended",
            Preset::Strict => "strict",
            Preset::Wire => "wire",
            Preset::Guides => "guides",
        }
    }

    /// The preset with this word.
    pub fn from_word(word: &str) -> Option<Preset> {
        Preset::ALL.into_iter().find(|preset| preset.word() == word)
    }
}

/// What configuration says about one rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Setting {
    /// The severity in descriptions.
    pub declared: Option<Grade>,
    /// The severity in recorded traffic.
    pub observed: Option<Grade>,
    /// Options that differ from their defaults.
    pub options: BTreeMap<String, OptionValue>,
    /// Where it is written, in words: `statusquo.yaml:4:3`, `--rule`.
    pub origin: Option<Arc<str>>,
}

impl Setting {
    /// The severity for what this witness tells.
    fn of(&self, witness: Witness) -> Option<Grade> {
        match witness {
            Witness::Declared => self.declared,
            Witness::Observed => self.observed,
        }
    }
}

/// What configuration says about rules where findings stand in some files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Override {
    /// The names of the files.
    pub files: BTreeSet<String>,
    /// Settings by rule id, the last one wins.
    pub rules: Vec<(String, Setting)>,
}

/// What configuration makes of all rules: presets first, then settings, each over the one before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// Presets in the order they are extended.
    pub presets: Vec<Preset>,
    /// Settings by rule id, the last one wins.
    pub rules: Vec<(String, Setting)>,
    /// Settings for some files, over those for all.
    pub overrides: Vec<Override>,
    /// Settings of the command line, over everything else.
    pub flags: Vec<(String, Setting)>,
    /// Only these rules run, if any is named.
    pub only: Vec<String>,
}

/// All rules of a run.
#[derive(Debug, Default)]
pub struct RuleSet {
    rules: Vec<Rule>,
    by_id: FxHashMap<String, usize>,
    /// For each rule the rules before which it is silent.
    yields: Vec<Vec<usize>>,
    /// Every rule behind those it yields to.
    order: Vec<usize>,
}

/// A rule's part in a run: the severity set from outside and the options in force. `None` if it does not run.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The severity set from outside.
    pub set: Option<Grade>,
    /// Where that severity comes from, in words.
    pub origin: Option<Arc<str>>,
    /// The options in force.
    pub options: Options,
}

impl RuleSet {
    /// A set of rules, sorted by id. A later rule of the same id replaces an earlier one.
    pub fn new(rules: Vec<Rule>) -> RuleSet {
        let mut sorted: BTreeMap<String, Rule> = BTreeMap::new();
        sorted.extend(rules.into_iter().map(|rule| (rule.id.as_str().to_owned(), rule)));
        let by_id: FxHashMap<String, usize> = sorted.keys().cloned().enumerate().map(|(index, id)| (id, index)).collect();
        let rules: Vec<Rule> = sorted.into_values().collect();
        let targets = |rule: &Rule| rule.yields_to.iter().filter_map(|id| by_id.get(id.as_str()).copied()).collect();
        let yields: Vec<Vec<usize>> = rules.iter().map(targets).collect();
        let order = speaking_order(&yields);
        RuleSet { rules, by_id, yields, order }
    }

    /// The rules (by index) before which a rule is silent.
    pub fn yields_to(&self, rule: usize) -> &[usize] {
        self.yields.get(rule).map(Vec::as_slice).unwrap_or_default()
    }

    /// The rules (by index) in an order in which each comes behind those it yields to.
    pub fn speaking_order(&self) -> &[usize] {
        &self.order
    }

    /// Mistakes that no single rule file shows, with the rule that makes them: it yields to one that does not exist, or to
    /// itself in a circle.
    pub fn complaints(&self) -> Vec<(RuleId, Complaint)> {
        let ids = self.ids();
        let mut complaints = Vec::new();
        for (index, rule) in self.rules.iter().enumerate() {
            let complain =
                |message: String, help: String| (rule.id.clone(), Complaint { span: rule.id_span, message, help: Some(help) });
            for id in rule.yields_to.iter().filter(|id| self.index_of(id.as_str()).is_none()) {
                complaints
                    .push(complain(format!("`yields-to` names `{id}`, and there is no such rule"), advice(id.as_str(), &ids)));
            }
            if self.reaches(index, index) {
                let message = format!("`{}` yields to itself in a circle", rule.id);
                complaints.push(complain(message, "take one rule out of the `yields-to` lists that form it".to_owned()));
            }
        }
        complaints
    }

    fn reaches(&self, from: usize, to: usize) -> bool {
        let mut seen = FxHashSet::default();
        let mut open = self.yields_to(from).to_vec();
        while let Some(rule) = open.pop() {
            if rule == to {
                return true;
            }
            if seen.insert(rule) {
                open.extend(self.yields_to(rule));
            }
        }
        false
    }

    /// The rules, sorted by id.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The ids, sorted.
    pub fn ids(&self) -> Vec<&str> {
        self.rules.iter().map(|rule| rule.id.as_str()).collect()
    }

    /// The index of a rule.
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// A rule.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.rules.get(self.index_of(id)?)
    }

    /// What reports tell about the rules.
    pub fn descriptions(&self) -> Vec<RuleDescription> {
        self.rules.par_iter().map(Rule::description).collect()
    }

    /// The same about the rules with these ids, in the same order.
    pub fn descriptions_of<'i>(&self, ids: impl Iterator<Item = &'i RuleId>) -> Vec<RuleDescription> {
        let wanted: BTreeSet<usize> = ids.filter_map(|id| self.index_of(id.as_str())).collect();
        wanted.into_iter().filter_map(|index| self.rules.get(index)).map(Rule::description).collect()
    }

    /// Each rule's part under these settings, by index, where no override holds.
    pub fn parts(&self, settings: &Settings, witness: Witness) -> Vec<Option<Part>> {
        self.parts_under(settings, &[], witness)
    }

    /// Each rule's part, by index, where these overrides of the settings hold.
    pub fn parts_under(&self, settings: &Settings, overrides: &[usize], witness: Witness) -> Vec<Option<Part>> {
        let overrides = overrides.iter().filter_map(|&index| settings.overrides.get(index)).flat_map(|one| &one.rules);
        let (first, last) = (by_rule(&settings.rules), by_rule(overrides.chain(&settings.flags)));
        let part_of = |rule: &Rule| {
            let [first, last] = [&first, &last].map(|by_rule| by_rule.get(rule.id.as_str()).map_or(&[][..], Vec::as_slice));
            part(rule, settings, (first, last), witness)
        };
        self.rules.iter().map(part_of).collect()
    }
}

/// What is set for each rule that something is set for, in order.
type ByRule<'s> = FxHashMap<&'s str, Vec<&'s Setting>>;

fn by_rule<'s>(settings: impl IntoIterator<Item = &'s (String, Setting)>) -> ByRule<'s> {
    let mut by_rule = ByRule::default();
    for (id, setting) in settings {
        by_rule.entry(id.as_str()).or_default().push(setting);
    }
    by_rule
}

/// Rules that `--only` does not leave out: what they report was not checked, and must not look clean.
const ALWAYS: [&str; 4] = ["syntax-error", "invalid-encoding", "limit-exceeded", "unsupported-version"];

/// The part of a rule; `first` are its settings for all files, `last` those over them.
fn part(rule: &Rule, settings: &Settings, (first, last): (&[&Setting], &[&Setting]), witness: Witness) -> Option<Part> {
    let asked_for = settings.only.iter().any(|id| id == rule.id.as_str());
    let chosen = settings.only.is_empty() || asked_for || ALWAYS.contains(&rule.id.as_str());
    let (set, origin) = preset_grade(rule, settings, witness).unzip();
    let mut part = Part { set, origin, options: rule.defaults.clone() };
    part.take(first, witness);
    if asked_for && part.set.unwrap_or(rule.grade_for(witness)) == Grade::Off && rule.severities.entries.is_empty() {
        // A rule that is off and asked for by name speaks as a note, save where an override or a flag says otherwise.
        (part.set, part.origin) = (Some(Grade::On(Severity::Note)), Some(Arc::from("--only")));
    }
    part.take(last, witness);
    let silent = part.set == Some(Grade::Off);
    (chosen && !silent).then_some(part)
}

impl Part {
    fn take(&mut self, settings: &[&Setting], witness: Witness) {
        for setting in settings {
            let grade = setting.of(witness);
            if grade.is_some() {
                (self.set, self.origin) = (grade, setting.origin.clone());
            }
            if !setting.options.is_empty() {
                Arc::make_mut(&mut self.options.0).extend(setting.options.clone());
            }
        }
    }
}

fn preset_grade(rule: &Rule, settings: &Settings, witness: Witness) -> Option<(Grade, Arc<str>)> {
    let mut levels = settings.presets.iter().rev().filter_map(|preset| Some((preset, rule.presets.get(preset)?)));
    levels.next().map(|(preset, level): (&Preset, &Level)| (level.of(witness), Arc::from(format!("preset {}", preset.word()))))
}

/// Depth first: what a rule yields to comes before it. A circle is broken anywhere; `complaints` reports it.
fn speaking_order(yields: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(yields.len());
    let mut seen = vec![false; yields.len()];
    for rule in 0..yields.len() {
        visit(rule, yields, &mut seen, &mut order);
    }
    order
}

fn visit(rule: usize, yields: &[Vec<usize>], seen: &mut [bool], order: &mut Vec<usize>) {
    if seen.get(rule).copied().unwrap_or(true) {
        return;
    }
    if let Some(seen) = seen.get_mut(rule) {
        *seen = true;
    }
    for &other in yields.get(rule).into_iter().flatten() {
        visit(other, yields, seen, order);
    }
    order.push(rule);
}
