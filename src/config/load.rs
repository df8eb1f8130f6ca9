//! From the tree of a configuration file to [`Config`].

use super::{Config, FailOn, Globs, Levels, Override, RuleEntry, Spanned};
use crate::rules::{Grade, Preset};
use crate::strict::{Complaint, closed_map, reading_complaints, text, unknown_word};
use crate::syntax::{Entry, File, Node, Scalar};

/// The keys of a configuration.
pub(super) const KEYS: [&str; 7] = ["extends", "rules", "rule-files", "overrides", "ignore", "baseline", "fail-on"];

/// The keys of one override.
pub(super) const OVERRIDE_KEYS: [&str; 2] = ["files", "rules"];

/// The keys of what stands at a rule's id.
pub(super) const RULE_KEYS: [&str; 4] = ["severity", "options", "declared", "observed"];

/// The witnesses that may have a severity each.
pub(super) const WITNESSES: [&str; 2] = ["declared", "observed"];

/// Words of other linters and what they are here.
const SYNONYMS: [(&str, &str); 10] = [
    ("warn", "warning"),
    ("info", "note"),
    ("hint", "note"),
    ("information", "note"),
    ("err", "error"),
    ("none", "off"),
    ("no", "off"),
    ("ignore", "off"),
    ("disable", "off"),
    ("disabled", "off"),
];

/// Reads a configuration. What is wrong becomes a complaint, and the tool must not go on with what is left.
/// Rule ids are checked by [`Config::unknown_rules`], once the rule files are loaded.
pub fn load(file: &File) -> (Config, Vec<Complaint>) {
    let mut complaints = reading_complaints(file);
    let mut config = Config::default();
    if complaints.is_empty() {
        let mut roots = file.roots();
        if let Some(root) = roots.next().filter(|root| !root.is_null()) {
            read_root(root, &mut config, &mut complaints);
        }
        complaints.extend(roots.map(one_document));
        complaints.sort_by_key(|complaint| complaint.span.start);
    }
    (config, complaints)
}

fn one_document(second: Node<'_>) -> Complaint {
    Complaint::at(second, "the configuration is one YAML document, this is a second one").help("remove the line with `---`")
}

fn read_root(root: Node<'_>, config: &mut Config, complaints: &mut Vec<Complaint>) {
    for (key, Entry { value, .. }) in closed_map(root, "the configuration", &KEYS, complaints) {
        // A key above lines that are all commented out says nothing.
        if value.is_null() {
            continue;
        }
        match key.as_str() {
            "extends" => config.extends = presets(value, complaints),
            "rules" => config.rules = rules(value, complaints),
            "rule-files" => config.rule_files = spanned_texts(value, "a rule file", complaints),
            "overrides" => config.overrides = overrides(value, complaints),
            "ignore" => config.ignore = globs(value, "ignore", complaints),
            "baseline" => {
                config.baseline = text(value, "`baseline`", complaints).map(|file| Spanned { value: file, span: value.span() });
            }
            _ => config.fail_on = fail_on(value, complaints),
        }
    }
}

fn presets(node: Node<'_>, complaints: &mut Vec<Complaint>) -> Vec<Spanned<Preset>> {
    let mut presets = Vec::new();
    for_each_text(node, "a preset", complaints, |item, word, complaints| match Preset::from_word(&word) {
        Some(preset) => presets.push(Spanned { value: preset, span: item.span() }),
        None => complaints.push(unknown_word(item, &word, "preset", &Preset::ALL.map(Preset::word))),
    });
    presets
}

fn rules(node: Node<'_>, complaints: &mut Vec<Complaint>) -> Vec<RuleEntry> {
    if !node.is_map() {
        let help = "write `rule-id: severity`, one rule a line, such as `found-redirect: off`";
        complaints.push(Complaint::at(node, "`rules` must be a map").help(help));
    }
    node.entries().filter_map(|entry| rule(entry, complaints)).collect()
}

fn rule(entry: Entry<'_>, complaints: &mut Vec<Complaint>) -> Option<RuleEntry> {
    let id = Spanned { value: text(entry.key, "a rule id", complaints)?, span: entry.key.span() };
    let mut rule = RuleEntry { id, levels: Levels::default(), options: Vec::new() };
    if !entry.value.is_map() {
        rule.levels = Levels::both(level(entry.value, complaints)?);
        return Some(rule);
    }
    let known = rule_keys(entry.value, &rule.id.value, complaints);
    let has_severity = known.iter().any(|(key, _)| key == "severity");
    for (key, Entry { key: at, value, .. }) in known {
        match key.as_str() {
            "severity" => rule.levels = levels(value, complaints),
            "options" => rule.options = options(value, complaints),
            witness if has_severity => complaints.push(beside_severity(at, witness)),
            witness => set(&mut rule.levels, witness, level(value, complaints)),
        }
    }
    Some(rule)
}

/// The known keys of a rule's map. Most unknown ones are options that stand one level too high.
fn rule_keys<'t>(node: Node<'t>, id: &str, complaints: &mut Vec<Complaint>) -> Vec<(String, Entry<'t>)> {
    let before = complaints.len();
    let known = closed_map(node, &format!("`{id}`"), &RULE_KEYS, complaints);
    let helps = complaints.iter_mut().skip(before).filter_map(|complaint| complaint.help.as_mut());
    for help in helps.filter(|help| help.starts_with("possible here")) {
        help.push_str("; an option of the rule stands under `options`");
    }
    known
}

fn beside_severity(at: Node<'_>, witness: &str) -> Complaint {
    Complaint::at(at, format!("`{witness}` stands beside `severity`"))
        .help(format!("write `severity: {{ {witness}: … }}`, or leave `severity` out"))
}

/// A word, or a map with one for each witness.
fn levels(node: Node<'_>, complaints: &mut Vec<Complaint>) -> Levels {
    if !node.is_map() {
        return level(node, complaints).map(Levels::both).unwrap_or_default();
    }
    let mut levels = Levels::default();
    for (witness, entry) in closed_map(node, "`severity`", &WITNESSES, complaints) {
        set(&mut levels, &witness, level(entry.value, complaints));
    }
    levels
}

fn set(levels: &mut Levels, witness: &str, level: Option<Grade>) {
    let place = if witness == "declared" { &mut levels.declared } else { &mut levels.observed };
    *place = level;
}

fn level(node: Node<'_>, complaints: &mut Vec<Complaint>) -> Option<Grade> {
    let word = node.text().unwrap_or_default();
    let level = Grade::from_word(&word);
    if level.is_none() {
        complaints.push(no_level(node, &word));
    }
    level
}

fn no_level(node: Node<'_>, word: &str) -> Complaint {
    match (node.scalar(), SYNONYMS.iter().find(|(other, _)| word.eq_ignore_ascii_case(other))) {
        (None, _) => Complaint::at(node, "a severity must be a word").help("write `off`, `note`, `warning` or `error`"),
        (Some(Scalar::Null), _) => {
            Complaint::at(node, "a severity is missing here").help("write `off`, `note`, `warning` or `error`")
        }
        (Some(Scalar::Boolean(false)), _) => {
            Complaint::at(node, format!("`{word}` is no severity")).help("write `off` to silence the rule")
        }
        (Some(Scalar::Boolean(true)), _) => Complaint::at(node, format!("`{word}` is no severity"))
            .help("write `note`, `warning` or `error`, or remove the line to leave the rule as it is"),
        (_, Some((_, meant))) => Complaint::at(node, format!("`{word}` is no severity")).help(format!("write `{meant}`")),
        _ => unknown_word(node, word, "severity", &Grade::WORDS),
    }
}

fn options(node: Node<'_>, complaints: &mut Vec<Complaint>) -> Vec<(Spanned<String>, u32)> {
    if !node.is_map() {
        complaints.push(Complaint::at(node, "`options` must be a map").help("write `name: value`, one option a line"));
    }
    let option = |entry: Entry<'_>| {
        let name = text(entry.key, "the name of an option", complaints)?;
        Some((Spanned { value: name, span: entry.key.span() }, entry.value.index()))
    };
    node.entries().filter_map(option).collect()
}

fn overrides(node: Node<'_>, complaints: &mut Vec<Complaint>) -> Vec<Override> {
    if !node.is_list() {
        let help = "write `- { files: glob, rules: { rule-id: severity } }`, one override an item";
        complaints.push(Complaint::at(node, "`overrides` must be a list").help(help));
    }
    node.items().map(|item| one_override(item, complaints)).collect()
}

fn one_override(item: Node<'_>, complaints: &mut Vec<Complaint>) -> Override {
    let mut one = Override::default();
    let known = closed_map(item, "an override", &OVERRIDE_KEYS, complaints);
    for key in OVERRIDE_KEYS.iter().filter(|key| item.is_map() && item.get(key).is_none_or(Node::is_null)) {
        let help = "an override has `files`, a glob or a list of them, and `rules` with their severities";
        complaints.push(Complaint::at(item, format!("`{key}` is missing from this override")).help(help));
    }
    for (key, Entry { value, .. }) in known.into_iter().filter(|(_, entry)| !entry.value.is_null()) {
        match key.as_str() {
            "files" => one.files = globs(value, "files", complaints),
            _ => one.rules = rules(value, complaints),
        }
    }
    one
}

fn globs(node: Node<'_>, key: &str, complaints: &mut Vec<Complaint>) -> Globs {
    let mut globs = Vec::new();
    for_each_text(node, "a glob", complaints, |item, glob, complaints| {
        if glob.starts_with('!') {
            let help = "leave out the globs that cover the other files";
            complaints.push(Complaint::at(item, format!("`{key}` knows no exceptions with `!`")).help(help));
        } else if glob.trim_matches('/').is_empty() {
            complaints.push(Complaint::at(item, format!("`{glob}` would match nothing")).help("name a file, a folder or a glob"));
        } else {
            globs.push(Spanned { value: glob, span: item.span() });
        }
    });
    let (globs, refused) = Globs::of(globs);
    for (index, why) in refused {
        if let Some(glob) = globs.globs().get(index) {
            let shown: String = glob.value.chars().take(100).collect();
            let message = format!("`{shown}` is no glob: {why}");
            complaints.push(Complaint { span: glob.span, message, help: None });
        }
    }
    globs
}

fn fail_on(node: Node<'_>, complaints: &mut Vec<Complaint>) -> Option<Spanned<FailOn>> {
    let word = node.text().unwrap_or_default();
    let fail_on = FailOn::from_word(&word);
    match fail_on {
        None if node.scalar().is_none() => complaints.push(Complaint::at(node, "`fail-on` must be a word")),
        None => complaints.push(unknown_word(node, &word, "word for `fail-on`", &FailOn::WORDS)),
        Some(_) => {}
    }
    Some(Spanned { value: fail_on?, span: node.span() })
}

fn spanned_texts(node: Node<'_>, what: &str, complaints: &mut Vec<Complaint>) -> Vec<Spanned<String>> {
    let mut found = Vec::new();
    for_each_text(node, what, complaints, |item, text, _| found.push(Spanned { value: text, span: item.span() }));
    found
}

/// Every text of a list, or the one text that stands in place of a list.
fn for_each_text<'t>(
    node: Node<'t>,
    what: &str,
    complaints: &mut Vec<Complaint>,
    mut take: impl FnMut(Node<'t>, String, &mut Vec<Complaint>),
) {
    let items = if node.is_list() { node.items().collect() } else { vec![node] };
    for item in items {
        if let Some(text) = text(item, what, complaints) {
            take(item, text, complaints);
        }
    }
}
