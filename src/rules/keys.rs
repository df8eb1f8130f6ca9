//! The keys of rule files, each with a sentence on what it means: the loader accepts these, and the JSON Schema shows them.

/// A key and what it means.
pub(super) type Key = (&'static str, &'static str);

/// The keys of a rule.
pub(super) const RULE: &[Key] = &[
    ("id", "Names the flaw in kebab-case and reads well after \"allow\"; the file has the same name"),
    ("summary", "One sentence that says what is wrong"),
    (
        "severity",
        "A word, a word for each witness, or a list: the first entry whose test holds decides, the last one has no test",
    ),
    ("presets", "Severities that presets set, where they differ"),
    ("since", "The version that introduced the rule"),
    ("refs", "What the rule rests on; the first one is linked from findings"),
    ("why", "Why the rule exists, for `statusquo explain`"),
    ("wrong-when", "When it is right to do what the rule reports"),
    ("options", "Values that the configuration may set, by name"),
    ("select", "The rows that are judged"),
    ("where", "Which of the rows are judged; all if it is left out"),
    ("require", "What must hold for them; without it every selected row is a finding"),
    ("at", "Where the finding points, if not at the row"),
    ("message", "What is wrong here, with placeholders such as {operation} and {status}"),
    ("help", "What to do about it: the next step"),
    ("clauses", "For a rule that judges several kinds of row; what a clause leaves out comes from the rule"),
    ("fix", "What cures a finding: one verb under `safe`, one under `unsafe`; the safe one is taken where its `when` holds"),
    ("yields-to", "Rules that are more telling: this one is silent where one of them has spoken"),
    ("reported-by", "The engine that makes the findings, for rules that no row can decide"),
    ("examples", "What is reported and what is not; `statusquo test` runs them"),
    ("$schema", "The schema for editors"),
];

/// The keys that a clause may have of its own.
pub(super) const CLAUSE: &[&str] = &["select", "where", "require", "severity", "at", "message", "help"];

/// The keys that have no meaning beside `reported-by`.
pub(super) const OF_ROWS: &[&str] = &["select", "where", "require", "clauses", "at", "fix"];

/// The words of `reported-by`.
pub(super) const REPORTERS: &[&str] = &["reader", "lint", "check", "diff"];

/// The key beside the verb of a fix.
pub(super) const WHEN: Key = ("when", "The rows that it is for; all if it is left out");

/// The keys of an option.
pub(super) const OPTION: &[Key] =
    &[("type", "The type of its value"), ("default", "Its value where the configuration says nothing"), ("doc", "What it does")];

/// The keys of a reference.
pub(super) const REFERENCE: &[Key] = &[
    ("rfc", "The number of an RFC"),
    ("section", "The section in it"),
    ("oas", "A version of the OpenAPI specification"),
    ("title", "The title of anything else"),
    ("url", "Where that can be read"),
    ("level", "How strongly it speaks"),
    ("guide", "The guide that says so"),
];

/// How strongly a reference speaks.
pub(super) const LEVELS: &[&str] = &["must", "defined", "should", "may"];

/// The keys of `at`.
pub(super) const PLACE: &[&str] = &["method", "status"];

/// The witnesses that may have a severity each.
pub(super) const WITNESSES: &[&str] = &["declared", "observed"];

/// The keys of an example.
pub(super) const EXAMPLE: &[Key] = &[
    (
        "fail",
        "What is shown, in a few words: it is reported exactly on the lines that end with `# error`, `# warning` or `# note`",
    ),
    ("pass", "What is shown, in a few words: it is not reported, and would be without `where` or with `require` turned round"),
    ("openapi", "A whole description"),
    ("paths", "The paths of a description"),
    ("operation", "The methods of a path"),
    ("responses", "The responses of an operation"),
    ("fixed", "The same text once the rule's fix was applied"),
    ("exchange", "A request with its response, as in a line of a recording; it may stand beside a description"),
    ("exchanges", "Several of them, in the order of a recording"),
    ("at", "JSON Pointers that are reported, where the text cannot carry marks"),
    ("options", "Options of the rule that differ from their defaults"),
    ("encoding", "How the description is stored"),
];

/// The keys of an example that hold a description; one of them is needed, or traffic.
pub(super) const FRAMES: &[&str] = &["openapi", "paths", "operation", "responses"];

/// The keys of an example that hold recorded traffic; the marks are then at `status`.
pub(super) const RECORDINGS: &[&str] = &["exchange", "exchanges"];

/// The encodings of an example.
pub(super) const ENCODINGS: &[&str] = &["utf-8", "latin-1"];

/// The words beside fields in a condition.
pub(super) const ALGEBRA: &[Key] = &[
    ("all", "Every one of these holds"),
    ("any", "One of these holds"),
    ("not", "This does not hold"),
    ("holds", "A predicate holds"),
];

/// The keys of a table.
pub(super) fn words(keys: &[Key]) -> Vec<&'static str> {
    keys.iter().map(|(key, _)| *key).collect()
}
