//! Rules: one YAML file each, compiled to conditions over facts.

mod builtin;
mod condition;
mod evaluate;
mod example;
mod fields;
mod keys;
mod load;
mod load_condition;
mod load_treatment;
mod message;
mod observed_fields;
mod option_maps;
mod options;
mod patterns;
mod predicates;
mod rule;
mod schema;
mod set;
mod severity;
mod treatment;
mod value;

#[cfg(feature = "cli")]
pub(crate) use builtin::builtin_ids;
pub use builtin::{BuiltIn, builtin, builtin_without_documents};
pub use condition::{Check, Condition, Literal};
pub use evaluate::{Evidence, Grounds, Mutation, Row, Subject, Verdict, evidence, is_settled, judge, selects};
pub use example::{Example, ExampleTraffic};
pub use fields::{Field, FieldKind, Noun};
pub use load::load;
pub use message::{Placeholders, Said, Template, filled_in};
pub use option_maps::{StatusesByMethod, StringsByStatus};
pub use options::{OptionKind, OptionValue, Options};
pub use patterns::compile_patterns;
pub use predicates::Reads;
pub use rule::{Clause, Documents, Level, Placement, Reference, Reporter, Rule};
pub use schema::{option_schema, option_schemas, rule_schema};
pub use set::{Override, Part, Preset, RuleSet, Setting, Settings};
pub use severity::{Grade, Severities, Witness};
pub use treatment::{Treatment, Verb, treatment};
pub use value::{Record, Value};
