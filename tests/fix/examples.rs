//! Every example of every rule, fixed in each style that descriptions are written in.

use rayon::prelude::*;
use statusquo::finding::Safety;
use statusquo::provider::InMemory;
use statusquo::rules::{RuleSet, builtin};

use super::binary::{command, folder, said};
use super::fix_law;

/// The same description in another style, with its name.
fn styles(text: &str) -> Vec<(&'static str, String)> {
    let mut styles =
        vec![("api.yaml", text.to_owned()), ("api.yaml", text.replace('\n', "\r\n")), ("api.yaml", format!("\u{feff}{text}"))];
    let value: Result<serde_yaml::Value, _> = serde_yaml::from_str(text);
    if let Some(value) = value.ok().and_then(|value| serde_json::to_value(value).ok()) {
        styles.push(("api.json", serde_json::to_string(&value).unwrap()));
        styles.push(("api.json", serde_json::to_string_pretty(&value).unwrap()));
        styles.push(("api.json", serde_json::to_string_pretty(&value).unwrap().replace("  ", "\t")));
        styles.push(("api.yaml", serde_yaml::to_string(&value).unwrap()));
    }
    styles
}

#[test]
fn examples_are_fixed_in_every_style() {
    let rules = RuleSet::new(builtin().0);
    let examples: Vec<_> =
        rules.rules().iter().flat_map(|rule| rule.examples.iter().map(move |example| (&rule.id, example))).collect();
    let described = examples.par_iter().filter(|(_, example)| example.traffic.is_none() && !example.is_latin_1);
    let outcomes: Vec<(usize, Vec<String>)> = described
        .flat_map(|(id, example)| styles(&example.unmarked()).into_par_iter().map(move |style| (id, example, style)))
        .flat_map_iter(|one| [(one.clone(), Safety::Safe), (one, Safety::Unsafe)])
        .map(|((id, example, (name, text)), safety)| {
            let (fixed, broken) = fix_law::fix(name, &InMemory::new().with(name, text), &rules, safety);
            (fixed.count(), broken.into_iter().map(|what| format!("{id}, {}: {what}", example.title)).collect())
        })
        .collect();
    let broken: Vec<&String> = outcomes.iter().flat_map(|(_, broken)| broken).collect();
    assert!(
        broken.is_empty(),
        "{} broken\n{}",
        broken.len(),
        broken.iter().take(10).map(|one| one.as_str()).collect::<Vec<_>>().join("\n")
    );
    let fixed: usize = outcomes.iter().map(|(count, _)| count).sum();
    assert!(outcomes.len() > 2_000 && fixed > 1_000, "{fixed} fixes in {} descriptions", outcomes.len());
}

/// What is fixed in a description does not depend on what else is in the run.
#[test]
fn together_examples_are_fixed_as_each_alone() {
    let rules = RuleSet::new(builtin().0);
    let examples = rules.rules().iter().flat_map(|rule| &rule.examples);
    let described = examples.filter(|example| example.traffic.is_none() && !example.is_latin_1);
    let texts: Vec<(String, String)> =
        described.enumerate().map(|(number, example)| (format!("{number}.yaml"), example.unmarked())).collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = folder(&files);
    let (_, _, err) = said(&command(&folder, &["lint", "--no-config", "--quiet", "--unsafe-fixes", "."]).output().unwrap());
    let differs = |(name, text): &&(&str, &str)| {
        let (fixed, _) = fix_law::fix(name, &InMemory::new().with(name, *text), &rules, Safety::Unsafe);
        let alone = fixed.texts.get(*name).map_or(*text, String::as_str);
        std::fs::read_to_string(folder.path().join(name)).unwrap() != alone
    };
    let differing: Vec<&&str> = files.par_iter().filter(differs).map(|(name, _)| name).collect();
    assert!(files.len() > 300 && differing.is_empty(), "{differing:?} of {}\n{err}", files.len());
}
