//! `statusquo test RULES…`

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::own_rules::{OwnRule, OwnRules};
use super::{Ending, Failure, Outcome, print};
use crate::examples::{Problem, check_examples};
use crate::io;
use crate::rules::{RuleSet, builtin};
use crate::source::Source;
use crate::words::counted;

#[derive(Debug, clap::Args)]
pub(super) struct TestArgs {
    /// Rule files, or folders of them
    #[arg(value_name = "RULES", required = true)]
    pub(super) paths: Vec<PathBuf>,
}

/// A file with a rule in it, and the rule's id.
struct Tested {
    id: String,
    source: Source,
}

/// Loads the rule files and runs the examples in them.
pub(super) fn run(args: &TestArgs) -> Ending {
    let here = io::working_directory().map_err(|error| vec![Failure::new(io::plain_words(&error))])?;
    let paths = io::rule_files(&args.paths).map_err(|failures| failures.iter().map(Failure::unreadable).collect::<Vec<_>>())?;
    if paths.is_empty() {
        let help = "a rule is a file with the ending `.yaml` or `.yml`";
        return Err(vec![Failure::new("there are no rule files to test").help(help)]);
    }
    let (tested, rules) = load(&paths, &here)?;
    let mut report = String::new();
    let mut count = 0;
    for one in &tested {
        for problem in check_examples(&rules, &one.id) {
            count += 1;
            write(&mut report, &problem, &one.source);
        }
    }
    let examples: usize = tested.iter().filter_map(|one| rules.get(&one.id)).map(|rule| rule.examples.len()).sum();
    let numbers = [(tested.len(), "rule"), (examples, "example"), (count, "problem")];
    let _ = writeln!(report, "{}", numbers.map(|(number, noun)| counted(number, noun)).join(", "));
    print(report.as_bytes()).map_err(|failure| vec![failure])?;
    Ok(if count == 0 { Outcome::Clean } else { Outcome::Findings })
}

fn load(paths: &[PathBuf], here: &Path) -> Result<(Vec<Tested>, RuleSet), Vec<Failure>> {
    let (builtin, _) = builtin();
    let mut own = OwnRules::default();
    own.read(paths, here);
    let is_itself = |own: &OwnRule, folder: &str| folder_of(&here.join(&own.name)) == folder;
    own.refuse_taken(|own| builtin.iter().any(|rule| rule.id == own.rule.id && !is_itself(own, &rule.subject)));
    let source = |own: &OwnRule| Source::new(own.file.source().id(), own.name.as_str(), own.file.source().text());
    let tested = own.rules.iter().map(|own| Tested { id: own.rule.id.as_str().to_owned(), source: source(own) }).collect();
    let (rules, failures) = own.join(builtin);
    if failures.is_empty() { Ok((tested, rules)) } else { Err(failures) }
}

/// The folder that a built-in rule has its subject from: whoever works on one tests its file.
fn folder_of(path: &Path) -> String {
    path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// `rules/a.yaml:12: Missing: …`, the line itself, and what was expected against what was found.
fn write(report: &mut String, problem: &Problem, source: &Source) {
    let _ = writeln!(report, "{}:{}: {}", source.name(), problem.line, problem.message);
    if !problem.difference.is_empty() {
        let text = source.slice(source.line_range(problem.line));
        let _ = writeln!(report, "  {} | {}", problem.line, text.trim_end());
    }
    for line in &problem.difference {
        let _ = writeln!(report, "    {line}");
    }
    if let Some(help) = &problem.help {
        let _ = writeln!(report, "  help: {help}");
    }
}
