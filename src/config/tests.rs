//! Texts of configurations and what is said about them.

use super::*;
use crate::source::{Source, SourceId};
use crate::syntax;

const RULES: [&str; 3] = ["found-redirect", "created-without-location", "unquoted-status-code"];

fn read(text: &str) -> (Config, Vec<String>) {
    let file = syntax::parse(Source::new(SourceId(0), "statusquo.yaml", text));
    let (config, mut complaints) = load(&file);
    complaints.extend(config.unknown_rules(&RULES));
    let said = |complaint: &Complaint| {
        let position = file.source().position(complaint.span.start);
        let help = complaint.help.as_deref().map(|help| format!(" | {help}")).unwrap_or_default();
        format!("{}:{} {}{help}", position.line, position.column, complaint.message)
    };
    let said = complaints.iter().map(said).collect();
    (config, said)
}

#[test]
fn complaints_have_a_place_and_a_next_step() {
    let cases = [
        ("rule:\n  a: off\n", "1:1 `rule` is no key of the configuration | did you mean `rules`?"),
        ("override: []\n", "1:1 `override` is no key of the configuration | did you mean `overrides`?"),
        ("- rules\n", "1:1 the configuration must be a map"),
        ("extends: strickt\n", "1:10 `strickt` is no preset | did you mean `strict`?"),
        ("extends: [wire, {a: b}]\n", "1:17 a preset must be text"),
        ("rules:\n  found-redirct: off\n", "2:3 there is no rule `found-redirct` | did you mean `found-redirect`?"),
        ("rules:\n  found-redirect: warnning\n", "2:19 `warnning` is no severity | did you mean `warning`?"),
        ("rules:\n  found-redirect: warn\n", "2:19 `warn` is no severity | write `warning`"),
        ("rules:\n  found-redirect: No\n", "2:19 `No` is no severity | write `off`"),
        ("rules:\n  found-redirect: false\n", "2:19 `false` is no severity | write `off` to silence the rule"),
        (
            "rules:\n  found-redirect: true\n",
            "2:19 `true` is no severity | write `note`, `warning` or `error`, or remove the line to leave the rule as it is",
        ),
        ("rules:\n  found-redirect: 2\n", "2:19 `2` is no severity | possible here: `off`, `note`, `warning`, `error`"),
        ("rules:\n  found-redirect: [off]\n", "2:19 a severity must be a word | write `off`, `note`, `warning` or `error`"),
        (
            "rules:\n  - found-redirect\n",
            "2:3 `rules` must be a map | write `rule-id: severity`, one rule a line, such as `found-redirect: off`",
        ),
        (
            "rules:\n  found-redirect: { level: off }\n",
            "2:21 `level` is no key of `found-redirect` | possible here: `severity`, `options`, `declared`, `observed`; \
             an option of the rule stands under `options`",
        ),
        (
            "rules:\n  found-redirect: { severity: { declard: off } }\n",
            "2:33 `declard` is no key of `severity` | did you mean `declared`?",
        ),
        (
            "rules:\n  found-redirect: { severity: note, observed: off }\n",
            "2:37 `observed` stands beside `severity` | write `severity: { observed: … }`, or leave `severity` out",
        ),
        ("rules:\n  found-redirect: { options: [a] }\n", "2:30 `options` must be a map | write `name: value`, one option a line"),
        ("ignore: ['!a.yaml']\n", "1:10 `ignore` knows no exceptions with `!` | leave out the globs that cover the other files"),
        ("ignore: /\n", "1:9 `/` would match nothing | name a file, a folder or a glob"),
        ("fail-on: errors\n", "1:10 `errors` is no word for `fail-on` | did you mean `error`?"),
        ("fail-on: [error]\n", "1:10 `fail-on` must be a word"),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text).1, [expected], "{text}");
    }
}

#[test]
fn overrides_are_read_as_strictly() {
    let cases = [
        (
            "overrides: {}\n",
            "1:12 `overrides` must be a list | write `- { files: glob, rules: { rule-id: severity } }`, one override an item",
        ),
        (
            "overrides: [{files: '*.yaml'}]\n",
            "1:13 `rules` is missing from this override | an override has `files`, a glob or a list of them, and `rules` with their severities",
        ),
        (
            "overrides:\n  - files: a.yaml\n    rules: { found-redirct: off }\n",
            "3:14 there is no rule `found-redirct` | did you mean `found-redirect`?",
        ),
        (
            "overrides:\n  - files: '!a.yaml'\n    rules: {}\n",
            "2:12 `files` knows no exceptions with `!` | leave out the globs that cover the other files",
        ),
        ("baseline: [a]\n", "1:11 `baseline` must be text"),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text).1, [expected], "{text}");
    }
}

#[test]
fn a_glob_that_is_none_is_named() {
    let (_, said) = read("ignore:\n  - a\n  - 'b[c'\n");
    assert!(said.len() == 1 && said[0].starts_with("3:5 `b[c` is no glob: "), "{said:?}");
}

#[test]
fn faults_of_the_text_come_alone() {
    let (_, said) = read("rules: [\nnonsense: 1\n");
    assert!(!said.is_empty() && said.iter().all(|said| !said.contains("nonsense")), "{said:?}");
    let (_, said) = read("rules: {}\n---\nrules: {}\n");
    assert_eq!(said.len(), 1, "{said:?}");
}

#[test]
fn everything_that_can_be_said_is_read() {
    let text = r#"
extends: [recommended, wire]
rules:
  found-redirect: "off"
  created-without-location: { declared: note }
  unquoted-status-code:
    severity: { declared: warning, observed: error }
    options: { extra: [404, 4XX], flag: true }
rule-files: own
overrides:
  - files: [old/, "*.gen.yaml"]
    rules: { found-redirect: note }
ignore: [vendor/]
baseline: old.yaml
fail-on: never
"#;
    let (config, said) = read(text);
    assert_eq!(said, Vec::<String>::new());
    let words = |list: &[Spanned<String>]| list.iter().map(|word| word.value.clone()).collect::<Vec<_>>();
    let presets: Vec<Preset> = config.extends.iter().map(|preset| preset.value).collect();
    assert_eq!(presets, [Preset::Recommended, Preset::Wire]);
    assert_eq!(words(&config.rule_files), ["own"]);
    assert_eq!(config.fail_on.map(|fail_on| fail_on.value), Some(FailOn::Never));
    assert_eq!(config.ignore.matching("vendor/a.yaml"), [0]);
    assert_eq!(config.baseline.map(|file| file.value).as_deref(), Some("old.yaml"));
    assert_eq!(config.overrides[0].files.matching("a/b.gen.yaml"), [1]);
    assert_eq!(config.overrides[0].rules[0].levels, Levels::both(Grade::On(Severity::Note)));
    let note = Some(Grade::On(Severity::Note));
    let (warning, error) = (Some(Grade::On(Severity::Warning)), Some(Grade::On(Severity::Error)));
    let levels: Vec<Levels> = config.rules.iter().map(|rule| rule.levels).collect();
    let expected =
        [Levels::both(Grade::Off), Levels { declared: note, observed: None }, Levels { declared: warning, observed: error }];
    assert_eq!(levels, expected);
    let options = &config.rules[2].options;
    let names: Vec<&str> = options.iter().map(|(name, _)| name.value.as_str()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn nothing_written_is_no_complaint() {
    for text in ["", "# only a remark\n", "rules:\n", "rules: {}\n", "ignore: []\n"] {
        let (config, said) = read(text);
        assert_eq!((config.rules.len(), said), (0, Vec::new()), "{text}");
    }
}

#[test]
fn the_threshold_orders_severities() {
    let reached = |fail_on: FailOn| Severity::ALL.map(|severity| fail_on.is_reached_by(severity));
    assert_eq!(reached(FailOn::Error), [false, false, true]);
    assert_eq!(reached(FailOn::Warning), [false, true, true]);
    assert_eq!(reached(FailOn::Note), [true; 3]);
    assert_eq!(reached(FailOn::Never), [false; 3]);
}
