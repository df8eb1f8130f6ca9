//! `statusquo test RULES…`

use std::path::Path;

use super::{Ending, Failure, Outcome, print};
use crate::io::{self, name_of};
use crate::lint::check_examples;
use crate::rules::{Rule, RuleSet, builtin, load};
use crate::source::SourceId;
use crate::syntax;

#[derive(Debug, clap::Args)]
pub(super) struct TestArgs {
    /// Rule files, or folders of them
    #[arg(value_name = "RULES", required = true)]
    pub(super) paths: Vec<std::path::PathBuf>,
}

/// Loads the rule files and runs the examples in them.
pub(super) fn run(args: &TestArgs) -> Ending {
    let here = io::working_directory().map_err(|error| vec![Failure::new(io::plain_words(&error))])?;
    let paths =
        io::rule_files(&args.paths).map_err(|failures| failures.iter().map(super::inputs::cannot_read).collect::<Vec<_>>())?;
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

/// Reads rule files; every mistake in any of them is said at once.
pub(super) fn load_rules(paths: &[std::path::PathBuf], here: &Path) -> Result<Vec<(String, Rule)>, Vec<Failure>> {
    let mut rules = Vec::new();
    let mut failures = Vec::new();
    for path in paths {
        let name = name_of(path, here);
        match io::read(path) {
            Err(reason) => failures.push(super::inputs::cannot_read(&io::Trouble { name, reason })),
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
