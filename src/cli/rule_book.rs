//! The rules of a run, and what each configuration makes of them.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::inputs::{self, Input, Inputs, LoadedConfig};
use super::own_rules::OwnRules;
use super::request::Request;
use super::{Failure, RuleSetting};
use crate::config::{self, FailOn, GlobLists, RuleEntry, Spanned};
use crate::finding::Finding;
use crate::io::{self, Files, name_under};
use crate::lint::{self, Outcome};
use crate::openapi::Project;
use crate::rules::{BuiltIn, Grade, OptionValue, Override, Rule, RuleSet, Setting, Settings, builtin_without_documents};
use crate::strict::{Complaint, advice, unknown_word};

/// All rules, with the settings of each configuration of the run.
#[derive(Debug)]
pub(super) struct RuleBook {
    /// The built-in rules and those of all configurations.
    pub(super) rules: RuleSet,
    by_config: Vec<(Settings, FailOn)>,
    /// For each configuration the entries of `rule-files` that hold no rule.
    empty: Vec<Vec<Spanned<String>>>,
    /// Where there is no configuration.
    plain: (Settings, FailOn),
}

impl RuleBook {
    /// Loads the rules that the configurations name and checks every id.
    pub(super) fn load(request: &Request, inputs: &Inputs, project: &Project) -> Result<RuleBook, Vec<Failure>> {
        RuleBook::of(builtin_without_documents(), request, inputs, project)
    }

    /// The same with the built-in rules and what is to be complained about them, as they were loaded.
    pub(super) fn of(builtin: BuiltIn, request: &Request, inputs: &Inputs, project: &Project) -> Result<RuleBook, Vec<Failure>> {
        let here = inputs.files.working_directory();
        let (rules, complaints) = builtin;
        if let Some((file, complaint)) = complaints.first() {
            return Err(vec![Failure::new(format!("the built-in rule {file} is broken: {}", complaint.message))]);
        }
        let mut own = OwnRules::default();
        let read = inputs.configs.iter().map(|config| own_rules(config, &inputs.files, &mut own));
        let (own_ids, empty): (Vec<Vec<String>>, Vec<_>) = read.unzip();
        own.refuse_taken(|own| rules.iter().any(|rule| rule.id == own.rule.id));
        let broken = own.broken_ids();
        let (rules, mut failures) = own.join(rules);
        let known: Vec<&str> = rules.ids().into_iter().chain(broken.iter().map(String::as_str)).collect();
        failures.extend(unknown(request, &known));
        let every_own: Vec<&String> = own_ids.iter().flatten().collect();
        let mut by_config = Vec::new();
        for (index, (loaded, own)) in inputs.configs.iter().zip(&own_ids).enumerate() {
            let configured = configured(loaded, &rules, &known, &mut failures);
            let concerned = || concerned(inputs, project, index);
            let overrides = overrides(loaded, &rules, concerned, here, &mut failures);
            by_config.push(settings(request, &every_own, own, Some(Said { loaded, rules: configured, overrides })));
        }
        let plain = settings(request, &every_own, &[], None);
        if failures.is_empty() { Ok(RuleBook { rules, by_config, empty, plain }) } else { Err(failures) }
    }

    /// The built-in rules as they are.
    pub(super) fn plain(request: &Request) -> RuleBook {
        let plain = settings(request, &[], &[], None);
        RuleBook { rules: RuleSet::new(builtin_without_documents().0), by_config: Vec::new(), empty: Vec::new(), plain }
    }

    /// The settings that count for a file with this configuration.
    pub(super) fn settings(&self, config: Option<usize>) -> &Settings {
        &self.entry(config).0
    }

    /// From which severity on findings of a file with this configuration fail the run.
    pub(super) fn fail_on(&self, config: Option<usize>) -> FailOn {
        self.entry(config).1
    }

    /// Whether any finding fails the run; `chosen` are the descriptions of the jobs.
    pub(super) fn fails(&self, chosen: &[&Input], outcome: &Outcome) -> bool {
        let fails = |finding: &Finding, input: &&Input| self.fail_on(input.config).is_reached_by(finding.severity);
        let mut told = outcome.findings.iter().zip(&outcome.jobs);
        told.any(|(finding, jobs)| jobs.iter().filter_map(|&job| chosen.get(job)).any(|input| fails(finding, input)))
    }

    /// The entries of a configuration's `rule-files` that hold no rule.
    pub(super) fn empty_rule_files(&self, config: usize) -> &[Spanned<String>] {
        self.empty.get(config).map(Vec::as_slice).unwrap_or_default()
    }

    fn entry(&self, config: Option<usize>) -> &(Settings, FailOn) {
        config.and_then(|index| self.by_config.get(index)).unwrap_or(&self.plain)
    }
}

/// Users' rules where no description is at hand: those that the configuration of the working directory names.
pub(super) fn own_rules_here() -> Result<OwnRules, Vec<Failure>> {
    let mut own = OwnRules::default();
    let files = Files::new(&inputs::here()?, false);
    if let Some(config) = inputs::config_here(&files)? {
        own_rules(&config, &files, &mut own);
        own.failures.extend(config.complaints.iter().map(|complaint| Failure::of_complaint(complaint, config.file.source())));
    }
    Ok(own)
}

/// Reads a configuration's `rule-files`: the ids of the rules in them, and the entries that hold none.
fn own_rules(config: &LoadedConfig, files: &Files, own: &mut OwnRules) -> (Vec<String>, Vec<Spanned<String>>) {
    let (mut ids, mut empty) = (Vec::new(), Vec::new());
    for entry in &config.config.rule_files {
        let path = match config.path(entry, files) {
            Ok(path) => path,
            Err(failure) => {
                own.failures.push(failure);
                continue;
            }
        };
        match io::rule_files(&[path]) {
            Ok(paths) => {
                empty.extend(paths.is_empty().then(|| entry.clone()));
                ids.extend(own.read(&paths, files.working_directory()));
            }
            Err(troubles) => {
                let reason = troubles.first().map(|trouble| trouble.reason.to_string()).unwrap_or_default();
                let help = Some("paths are relative to the folder of the configuration".to_owned());
                let complaint = Complaint { span: entry.span, message: format!("cannot read `{}`: {reason}", entry.value), help };
                own.failures.push(Failure::of_complaint(&complaint, config.file.source()));
            }
        }
    }
    (ids, empty)
}

/// Ids on the command line that are no rule's.
fn unknown(request: &Request, known: &[&str]) -> Vec<Failure> {
    let named = request.only.iter().map(|id| ("--only", id)).chain(request.rules.iter().map(|setting| ("--rule", &setting.id)));
    let unknown = named.filter(|(_, id)| !known.contains(&id.as_str()));
    let failure = |(flag, id): (&str, &String)| {
        let help = Some(advice(id, known)).filter(|advice| advice.ends_with('?'));
        Failure::new(format!("`{flag}` names `{id}`, and there is no such rule"))
            .help(help.unwrap_or_else(|| "`statusquo rules` lists them".to_owned()))
    };
    unknown.map(failure).collect()
}

/// What a configuration says about rules: in all files, and in some.
struct Said<'c> {
    loaded: &'c LoadedConfig,
    rules: Vec<(String, Setting)>,
    overrides: Vec<Override>,
}

/// The settings under a configuration; `own` are the rules of its own.
fn settings(request: &Request, every_own: &[&String], own: &[String], config: Option<Said<'_>>) -> (Settings, FailOn) {
    let mut settings = Settings { only: request.only.clone(), ..Settings::default() };
    // A rule of one configuration does not speak about the files of another.
    let own: FxHashSet<&String> = own.iter().collect();
    let foreign = every_own.iter().filter(|id| !own.contains(**id));
    let off = Setting { declared: Some(Grade::Off), observed: Some(Grade::Off), ..Setting::default() };
    settings.rules.extend(foreign.map(|id| ((*id).clone(), off.clone())));
    let mut fail_on = None;
    if let Some(Said { loaded, rules, overrides }) = config {
        settings.presets.extend(loaded.config.extends.iter().map(|preset| preset.value));
        settings.rules.extend(rules);
        settings.overrides = overrides;
        fail_on = loaded.config.fail_on.as_ref().map(|fail_on| fail_on.value);
    }
    settings.presets.extend(&request.presets);
    settings.flags = request.rules.iter().map(flag).collect();
    (settings, request.fail_on.or(fail_on).unwrap_or_default())
}

fn flag(rule: &RuleSetting) -> (String, Setting) {
    let (grade, origin) = (Some(rule.level), Some(Arc::from("--rule")));
    (rule.id.clone(), Setting { declared: grade, observed: grade, origin, ..Setting::default() })
}

/// What a configuration says about rules in all files; every mistake in the file is said at once, in its order.
fn configured(loaded: &LoadedConfig, rules: &RuleSet, known: &[&str], failures: &mut Vec<Failure>) -> Vec<(String, Setting)> {
    let mut complaints = loaded.complaints.clone();
    complaints.extend(loaded.config.unknown_rules(known));
    let settings = of_entries(loaded, &loaded.config.rules, rules, &mut complaints);
    complaints.sort_by_key(|complaint| complaint.span.start);
    failures.extend(complaints.iter().map(|complaint| Failure::of_complaint(complaint, loaded.file.source())));
    settings
}

/// The names of the files that those with a configuration are or reach.
fn concerned<'p>(inputs: &Inputs, project: &'p Project, config: usize) -> Vec<&'p str> {
    let own = inputs.candidates.iter().filter(|input| input.config == Some(config));
    let files = lint::reachable_from(project, own.filter_map(|input| project.file(&input.name)));
    files.into_iter().map(|file| file.source().name()).collect()
}

/// What it says about rules in some files, with those that are meant.
fn overrides<'p>(
    loaded: &LoadedConfig,
    rules: &RuleSet,
    concerned: impl FnOnce() -> Vec<&'p str>,
    here: &Path,
    failures: &mut Vec<Failure>,
) -> Vec<Override> {
    let mut complaints = Vec::new();
    let one = |one: &config::Override| Override {
        files: BTreeSet::new(),
        rules: of_entries(loaded, &one.rules, rules, &mut complaints),
    };
    let mut overrides: Vec<Override> = loaded.config.overrides.iter().map(one).collect();
    let globs = GlobLists::of(loaded.config.overrides.iter().map(|one| &one.files));
    let names = if overrides.is_empty() { Vec::new() } else { concerned() };
    for name in names {
        for index in globs.matching(&name_under(&here.join(name), &loaded.folder)) {
            overrides.get_mut(index).into_iter().for_each(|one| _ = one.files.insert(name.to_owned()));
        }
    }
    failures.extend(complaints.iter().map(|complaint| Failure::of_complaint(complaint, loaded.file.source())));
    overrides
}

fn of_entries(
    loaded: &LoadedConfig,
    entries: &[RuleEntry],
    rules: &RuleSet,
    complaints: &mut Vec<Complaint>,
) -> Vec<(String, Setting)> {
    let known = entries.iter().filter_map(|entry| Some((entry, rules.get(&entry.id.value)?)));
    known.map(|(entry, rule)| (entry.id.value.clone(), setting(loaded, entry, rule, complaints))).collect()
}

fn setting(loaded: &LoadedConfig, entry: &RuleEntry, rule: &Rule, complaints: &mut Vec<Complaint>) -> Setting {
    let source = loaded.file.source();
    let at = source.position(entry.id.span.start);
    let origin = Some(Arc::from(format!("{}:{}:{}", source.name(), at.line, at.column)));
    let (declared, observed) = (entry.levels.declared, entry.levels.observed);
    let mut setting = Setting { declared, observed, origin, ..Setting::default() };
    for (name, node) in &entry.options {
        match option(loaded, rule, &name.value, *node) {
            Ok(value) => drop(setting.options.insert(name.value.clone(), value)),
            Err(mut complaint) => {
                // A value has its own place; a name that is no option is wrong where it stands.
                if rule.options.iter().all(|(other, ..)| *other != name.value) {
                    complaint.span = name.span;
                }
                complaints.push(complaint);
            }
        }
    }
    setting
}

fn option(loaded: &LoadedConfig, rule: &Rule, name: &str, node: u32) -> Result<OptionValue, Complaint> {
    let value = loaded.file.node(node);
    let Some((_, kind, ..)) = rule.options.iter().find(|(other, ..)| other == name) else {
        let known: Vec<&str> = rule.options.iter().map(|(name, ..)| name.as_str()).collect();
        let what = format!("option of `{}`", rule.id);
        let nothing = || Complaint::at(value, format!("`{}` has no options", rule.id)).help("remove `options` here");
        return Err(if known.is_empty() { nothing() } else { unknown_word(value, name, &what, &known) });
    };
    kind.read(value)
}
