//! Every guideline of the guides, and every check of other tools, has a rule that exists or a reason why none does.
#![expect(clippy::disallowed_methods, clippy::expect_used, reason = "tests read the fixtures")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use statusquo::rules::{Grade, Preset, Reporter, Rule, RuleSet, builtin};

/// Rules that the guides name and that only recorded traffic can show.
const COMES_WITH_CHECK: [(&str, &str); 4] = [
    ("response-leaks-internals", "it reads the bodies of errors that were sent"),
    ("response-schema-mismatch", "it holds a body that was sent against its schema"),
    ("undocumented-status-code", "it needs a status that was sent and is not described"),
    ("unexpected-server-error", "it needs a server error that was sent"),
];

/// A row of a table: where it is from, and its last cell.
struct Row {
    source: String,
    cell: String,
}

fn rows(name: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/coverage").join(name);
    let text = std::fs::read_to_string(path).expect("the table is part of the repository");
    let lines = text.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let cells = lines.map(|line| line.split(" | ").map(str::trim).collect::<Vec<_>>());
    let body = cells.filter(|cells| !cells.contains(&"rules, or none and why"));
    let row = |cells: Vec<&str>| Row { source: cells.join(" | "), cell: cells.last().copied().unwrap_or_default().to_owned() };
    body.map(row).collect()
}

/// The rules that a cell names in backticks.
fn named(cell: &str) -> BTreeSet<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

fn rules() -> RuleSet {
    RuleSet::new(builtin().0)
}

/// Rows that name something that does not exist, or neither name a rule nor give a reason.
fn unfounded(name: &str, rules: &RuleSet) -> Vec<String> {
    let exists = |id: &str| rules.get(id).is_some() || COMES_WITH_CHECK.iter().any(|(other, _)| *other == id);
    let is_founded = |row: &Row| match row.cell.strip_prefix("none: ") {
        Some(reason) => reason.len() > 5 && named(reason).is_empty(),
        None => row.cell.starts_with('`') && named(&row.cell).into_iter().all(exists),
    };
    rows(name).into_iter().filter(|row| !is_founded(row)).map(|row| format!("{name}: {}", row.source)).collect()
}

#[test]
fn every_guideline_has_a_rule_or_a_reason() {
    assert!(rows("guides.md").len() > 300);
    let unfounded = unfounded("guides.md", &rules());
    assert!(unfounded.is_empty(), "\n{}\n", unfounded.join("\n"));
}

#[test]
fn every_check_of_other_tools_has_a_rule_or_a_reason() {
    let codes: Vec<String> =
        rows("superset.md").iter().filter_map(|row| Some(row.source.split_once(' ')?.0.to_owned())).collect();
    let expected: Vec<String> = (1..=50).map(|number| format!("R{number:02}")).collect();
    assert_eq!(codes, expected);
    let unfounded = unfounded("superset.md", &rules());
    assert!(unfounded.is_empty(), "\n{}\n", unfounded.join("\n"));
}

/// Whether a rule can speak under `guides`: what the preset says, else any severity of its own.
fn speaks_under_guides(rule: &Rule) -> bool {
    match rule.presets.get(&Preset::Guides) {
        Some(level) => level.declared != Grade::Off,
        None => is_on(rule),
    }
}

fn is_on(rule: &Rule) -> bool {
    let of_clauses = rule.clauses().iter().flat_map(|clause| {
        let entries = clause.severities.entries.iter().map(|(level, _)| level.declared);
        entries.chain([clause.severities.base.declared])
    });
    of_clauses.chain([rule.severities.base.declared]).any(|grade| grade != Grade::Off)
}

/// The preset is what the table names: at its own severity, and off where it is off.
#[test]
fn the_preset_is_exactly_what_the_guides_name() {
    let table = rows("guides.md");
    let named: BTreeSet<&str> = table.iter().flat_map(|row| named(&row.cell)).collect();
    let rules = rules();
    let mut wrong = Vec::new();
    for rule in rules.rules().iter().filter(|rule| !matches!(rule.reporter, Reporter::Reader | Reporter::Lint | Reporter::Diff)) {
        let is_named = named.contains(rule.id.as_str());
        let speaks = speaks_under_guides(rule);
        if speaks && !is_named {
            wrong.push(format!("{} speaks under `guides`, and no guide names it: `guides: off`", rule.id));
        }
        if !speaks && is_named && is_on(rule) {
            wrong.push(format!("{} is named by a guide and silent under `guides`", rule.id));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// What one guide calls a must is an error under the preset.
#[test]
fn musts_of_the_guides_are_errors() {
    let rules = rules();
    let of_preset: BTreeMap<&str, &str> = rules
        .rules()
        .iter()
        .filter_map(|rule| Some((rule.id.as_str(), rule.presets.get(&Preset::Guides)?.declared.word())))
        .filter(|(_, word)| *word != "off")
        .collect();
    let musts = ["missing-not-acceptable", "missing-not-found", "missing-unsupported-media-type", "post-create-without-created"];
    assert_eq!(of_preset, musts.into_iter().map(|id| (id, "error")).collect());
}

/// The list of what is still to come does not outlive its coming.
#[test]
fn what_comes_with_check_has_not_come() {
    let rules = rules();
    let table = rows("guides.md");
    for (id, reason) in COMES_WITH_CHECK {
        assert!(rules.get(id).is_none(), "{id} exists: take it off the list ({reason})");
        assert!(table.iter().any(|row| named(&row.cell).contains(id)), "{id} is named by no guide");
    }
}

/// A rule of the house style is there because another tool has it, so the table says which check it stands for.
#[test]
fn every_rule_of_house_style_stands_for_a_check() {
    let table = rows("superset.md");
    let named: BTreeSet<&str> = table.iter().flat_map(|row| named(&row.cell)).collect();
    let rules = rules();
    let style = rules.rules().iter().filter(|rule| rule.subject == "house-style");
    let strays: Vec<&str> = style.map(|rule| rule.id.as_str()).filter(|id| !named.contains(id)).collect();
    assert!(strays.is_empty(), "not in superset.md: {strays:?}");
}
