//! `statusquo schema rule|config`

use super::{Ending, Failure, Outcome, print};
use crate::config::config_schema;
use crate::rules::{RuleSet, builtin, rule_schema};

#[derive(Debug, clap::Args)]
pub(super) struct SchemaArgs {
    /// The files that the schema describes: rule files, or `statusquo.yaml`
    #[arg(value_enum)]
    subject: Subject,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Subject {
    Rule,
    Config,
}

/// Prints the JSON Schema with which editors complete and check these files.
pub(super) fn run(args: &SchemaArgs) -> Ending {
    let (rules, _) = builtin();
    let rules = RuleSet::new(rules);
    let schema = match args.subject {
        Subject::Rule => rule_schema(rules.rules()),
        Subject::Config => config_schema(rules.rules()),
    };
    let failure = |error| vec![Failure::new(format!("cannot write the schema: {error}"))];
    let text = serde_json::to_string_pretty(&schema).map_err(failure)?;
    print((text + "\n").as_bytes()).map_err(|failure| vec![failure])?;
    Ok(Outcome::Clean)
}
