//! `statusquo test RULES…`

use super::rule_book::load_rules;
use super::{Ending, Failure, Outcome, print};
use crate::io;
use crate::lint::check_examples;
use crate::rules::{RuleSet, builtin};

#[derive(Debug, clap::Args)]
pub(super) struct TestArgs {
    /// Rule files, or folders of them
    #[arg(value_name = "RULES", required = true)]
    pub(super) paths: Vec<std::path::PathBuf>,
}

/// Loads the rule files and runs the examples in them.
pub(super) fn run(args: &TestArgs) -> Ending {
    let here = io::working_directory().map_err(|error| vec![Failure::new(io::plain_words(&error))])?;
    let paths = io::rule_files(&args.paths).map_err(|failures| failures.iter().map(Failure::unreadable).collect::<Vec<_>>())?;
    let own = load_rules(&paths, &here)?;
    let names: Vec<(String, String)> = own.iter().map(|(file, rule)| (file.clone(), rule.id.as_str().to_owned())).collect();
    let (mut rules, _) = builtin();
    rules.extend(own.into_iter().map(|(_, rule)| rule));
    let rules = RuleSet::new(rules);
    let mut problems = Vec::new();
    for (file, id) in &names {
        problems.extend(
            check_examples(&rules, id).into_iter().map(|problem| format!("{file}:{}: {}\n", problem.line, problem.message)),
        );
    }
    let examples: usize = names.iter().filter_map(|(_, id)| rules.get(id)).map(|rule| rule.examples.len()).sum();
    let summary = format!("{} rules, {examples} examples, {} problems\n", names.len(), problems.len());
    print((problems.concat() + &summary).as_bytes()).map_err(|failure| vec![failure])?;
    Ok(if problems.is_empty() { Outcome::Clean } else { Outcome::Findings })
}
