//! The rules of a run, and what each configuration makes of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::inputs::{Inputs, LoadedConfig};
use super::request::Request;
use super::{Failure, RuleSetting};
use crate::config::{self, FailOn, RuleEntry, Spanned};
use crate::io::{self, name_of, name_under};
use crate::openapi::Project;
use crate::rules::{Grade, OptionValue, Override, Rule, RuleSet, Setting, Settings, builtin, load};
use crate::source::SourceId;
use crate::strict::{Complaint, advice, unknown_word};
use crate::syntax;

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
        let here = inputs.files.working_directory();
        let (rules, complaints) = builtin();
        if let Some((file, complaint)) = complaints.first() {
            return Err(vec![Failure::new(format!("the built-in rule {file} is broken: {}", complaint.message))]);
        }
        let builtin_ids: Vec<String> = rules.iter().map(|rule| rule.id.as_str().to_owned()).collect();
        let mut all = rules;
        let (mut own_ids, mut empty) = (Vec::new(), Vec::new());
        for config in &inputs.configs {
            let (own, without) = own_rules(config, here)?;
            empty.push(without);
            refuse_builtin(&own, &builtin_ids)?;
            own_ids.push(own.iter().map(|(_, rule)| rule.id.as_str().to_owned()).collect::<Vec<_>>());
            all.extend(own.into_iter().map(|(_, rule)| rule));
        }
        let rules = RuleSet::new(all);
        refuse_unknown(request, &rules)?;
        let every_own: Vec<&String> = own_ids.iter().flatten().collect();
        let settings =
            |config: Option<(&LoadedConfig, &Vec<String>)>| settings(request, &rules, config, &every_own, project, here);
        let by_config = inputs.configs.iter().zip(&own_ids).map(|pair| settings(Some(pair))).collect::<Result<_, _>>()?;
        let plain = settings(None)?;
        Ok(RuleBook { rules, by_config, empty, plain })
    }

    /// The settings that count for a file with this configuration.
    pub(super) fn settings(&self, config: Option<usize>) -> &Settings {
        &self.entry(config).0
    }

    /// From which severity on findings of a file with this configuration fail the run.
    pub(super) fn fail_on(&self, config: Option<usize>) -> FailOn {
        self.entry(config).1
    }

    /// The entries of a configuration's `rule-files` that hold no rule.
    pub(super) fn empty_rule_files(&self, config: usize) -> &[Spanned<String>] {
        self.empty.get(config).map(Vec::as_slice).unwrap_or_default()
    }

    fn entry(&self, config: Option<usize>) -> &(Settings, FailOn) {
        config.and_then(|index| self.by_config.get(index)).unwrap_or(&self.plain)
    }
}

/// Rules, each with the name of its file.
type NamedRules = Vec<(String, Rule)>;

/// The rules of a configuration's `rule-files`, and the entries that hold none.
fn own_rules(config: &LoadedConfig, here: &Path) -> Result<(NamedRules, Vec<Spanned<String>>), Vec<Failure>> {
    let (mut rules, mut empty) = (Vec::new(), Vec::new());
    for entry in &config.config.rule_files {
        let path = config.folder.join(&entry.value);
        let files = io::rule_files(&[path]).map_err(|troubles| {
            let reason = troubles.first().map(|trouble| trouble.reason.to_string()).unwrap_or_default();
            let help = Some("paths are relative to the folder of the configuration".to_owned());
            let complaint = Complaint { span: entry.span, message: format!("cannot read `{}`: {reason}", entry.value), help };
            vec![Failure::of_complaint(&complaint, config.file.source())]
        })?;
        empty.extend(files.is_empty().then(|| entry.clone()));
        rules.extend(load_rules(&files, here)?);
    }
    Ok((rules, empty))
}

/// Reads rule files; every mistake in any of them is said at once.
pub(super) fn load_rules(paths: &[PathBuf], here: &Path) -> Result<NamedRules, Vec<Failure>> {
    let mut rules = Vec::new();
    let mut failures = Vec::new();
    for path in paths {
        let name = name_of(path, here);
        match io::read(path) {
            Err(reason) => failures.push(Failure::unreadable(&io::Trouble { name, reason })),
            Ok(bytes) => {
                let file = syntax::read(SourceId(0), &name, bytes);
                match load(&file) {
                    Ok(rule) => rules.push((name, rule)),
                    Err(complaints) => failures.extend(complaints.iter().map(|one| Failure::of_complaint(one, file.source()))),
                }
            }
        }
    }
    if failures.is_empty() { Ok(rules) } else { Err(failures) }
}

fn refuse_builtin(own: &[(String, Rule)], builtin: &[String]) -> Result<(), Vec<Failure>> {
    let taken = own.iter().find(|(_, rule)| builtin.iter().any(|id| id == rule.id.as_str()));
    taken.map_or(Ok(()), |(file, rule)| {
        let title = format!("{file}: there is a built-in rule `{}` already", rule.id);
        Err(vec![Failure::new(title).help("give your rule another id, and set the built-in one to `off` if yours replaces it")])
    })
}

fn refuse_unknown(request: &Request, rules: &RuleSet) -> Result<(), Vec<Failure>> {
    let named = request.only.iter().map(|id| ("--only", id)).chain(request.rules.iter().map(|setting| ("--rule", &setting.id)));
    let unknown = named.filter(|(_, id)| rules.get(id).is_none());
    let ids = rules.ids();
    let failures: Vec<Failure> = unknown
        .map(|(flag, id)| Failure::new(format!("`{flag}` names `{id}`, and there is no such rule")).help(advice(id, &ids)))
        .chain(rules.complaints().iter().map(|complaint| Failure::new(complaint.message.clone())))
        .collect();
    if failures.is_empty() { Ok(()) } else { Err(failures) }
}

fn settings(
    request: &Request,
    rules: &RuleSet,
    config: Option<(&LoadedConfig, &Vec<String>)>,
    every_own: &[&String],
    project: &Project,
    here: &Path,
) -> Result<(Settings, FailOn), Vec<Failure>> {
    let mut settings = Settings { only: request.only.clone(), ..Settings::default() };
    // A rule of one configuration does not speak about the files of another.
    let foreign = every_own.iter().filter(|id| !config.is_some_and(|(_, own)| own.contains(id)));
    let off = Setting { declared: Some(Grade::Off), observed: Some(Grade::Off), ..Setting::default() };
    settings.rules.extend(foreign.map(|id| ((*id).clone(), off.clone())));
    if let Some((loaded, _)) = config {
        settings.presets.extend(loaded.config.extends.iter().map(|preset| preset.value));
        settings.rules.extend(configured(loaded, rules)?);
        settings.overrides = overrides(loaded, rules, project, here)?;
    }
    settings.presets.extend(&request.presets);
    settings.flags = request.rules.iter().map(flag).collect();
    let of_config = config.and_then(|(loaded, _)| loaded.config.fail_on.as_ref().map(|fail_on| fail_on.value));
    Ok((settings, request.fail_on.or(of_config).unwrap_or_default()))
}

fn flag(rule: &RuleSetting) -> (String, Setting) {
    let (grade, origin) = (Some(rule.level), Some(Arc::from("--rule")));
    (rule.id.clone(), Setting { declared: grade, observed: grade, origin, ..Setting::default() })
}

/// What a configuration says about rules in all files; every mistake in it is said at once.
fn configured(loaded: &LoadedConfig, rules: &RuleSet) -> Result<Vec<(String, Setting)>, Vec<Failure>> {
    let mut complaints = loaded.config.unknown_rules(&rules.ids());
    let settings = of_entries(loaded, &loaded.config.rules, rules, &mut complaints);
    refuse(loaded, &complaints)?;
    Ok(settings)
}

/// What it says about rules in some files, with the files of the run that are meant.
fn overrides(loaded: &LoadedConfig, rules: &RuleSet, project: &Project, here: &Path) -> Result<Vec<Override>, Vec<Failure>> {
    let mut complaints = Vec::new();
    let one = |one: &config::Override| {
        let names = project.files().map(|file| file.source().name());
        let is_meant = |name: &&str| !one.files.matching(&name_under(&here.join(name), &loaded.folder)).is_empty();
        let files = names.filter(is_meant).map(str::to_owned).collect();
        Override { files, rules: of_entries(loaded, &one.rules, rules, &mut complaints) }
    };
    let overrides = loaded.config.overrides.iter().map(one).collect();
    refuse(loaded, &complaints)?;
    Ok(overrides)
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

fn refuse(loaded: &LoadedConfig, complaints: &[Complaint]) -> Result<(), Vec<Failure>> {
    if complaints.is_empty() {
        return Ok(());
    }
    Err(complaints.iter().map(|complaint| Failure::of_complaint(complaint, loaded.file.source())).collect())
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
                if complaint.message.starts_with('`') {
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
