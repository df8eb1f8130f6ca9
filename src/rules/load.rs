//! Rule files to rules: closed keys, every mistake with its place.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashSet;

use super::condition::Condition;
use super::example;
use super::fields::Noun;
use super::keys;
use super::load_condition::{Scope, condition};
use super::load_treatment::treatments;
use super::message::{Said, Template};
use super::options::{OptionKind, OptionValue, Options};
use super::predicates::Reads;
use super::rule::{Clause, Documents, Placement, Reference, Reporter, Rule};
use super::set::Preset;
use super::severity::{Grade, Level, Severities};
use super::treatment::Treatment;
use crate::finding::RuleId;
use crate::http::status::StatusMatcher;
use crate::strict::{Complaint, closed_map, reading_complaints, text, texts, unknown_word};
use crate::syntax::{Entry, File, Node};

/// Reads one rule file.
pub fn load(file: &File) -> Result<Rule, Vec<Complaint>> {
    load_from(file, Extent::Whole, false)
}

/// Reads the file of a built-in rule, whose patterns are known to be right.
pub(super) fn load_builtin(file: &File, extent: Extent) -> Result<Rule, Vec<Complaint>> {
    load_from(file, extent, true)
}

/// How much of a rule a file has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of it.
    Whole,
    /// All but what tells of the rule.
    Judged,
}

/// Counts in what earlier clauses read to find the rows that they take.
fn count_earlier(clauses: &mut [Clause]) {
    for number in 1..clauses.len() {
        let (earlier, later) = clauses.split_at_mut(number);
        let Some(clause) = later.first_mut() else { return };
        let rivals = earlier.iter().filter(|earlier| earlier.noun == clause.noun);
        let taken = rivals.filter_map(|rival| rival.selects.as_ref()).map(Condition::reads);
        clause.shares = taken.fold(clause.shares, Reads::max);
    }
}

fn load_from(file: &File, extent: Extent, is_builtin: bool) -> Result<Rule, Vec<Complaint>> {
    let mut complaints = reading_complaints(file);
    let Some(root) = file.roots().next() else {
        if !complaints.is_empty() {
            return Err(complaints);
        }
        let span = file.source().span(0, 0);
        let help = Some("write a rule with `id`, `summary`, `severity`, `select`, `message` and `examples`".to_owned());
        return Err(vec![Complaint { span, message: "the file is empty".to_owned(), help }]);
    };
    let rule = Loader::new(root, is_builtin, &mut complaints).rule(file, extent);
    let mut seen = FxHashSet::default();
    // What several clauses have from the top level is read for each of them.
    complaints.retain(|complaint| seen.insert((complaint.span.start, complaint.span.end, complaint.message.clone())));
    match rule {
        Some(rule) if complaints.is_empty() => Ok(rule),
        _ => Err(complaints),
    }
}

struct Loader<'t, 'c> {
    root: Node<'t>,
    entries: BTreeMap<String, Entry<'t>>,
    is_builtin: bool,
    complaints: &'c mut Vec<Complaint>,
}

impl<'t, 'c> Loader<'t, 'c> {
    fn new(root: Node<'t>, is_builtin: bool, complaints: &'c mut Vec<Complaint>) -> Self {
        let entries = closed_map(root, "a rule", &keys::words(keys::RULE), complaints).into_iter().collect();
        Loader { root, entries, is_builtin, complaints }
    }

    fn rule(&mut self, file: &File, extent: Extent) -> Option<Rule> {
        let id = self.id(file);
        let options = self.options();
        let reporter = self.reporter(&options);
        let severities = self.severities(self.entries.get("severity").copied(), &Scope::nothing(&options));
        let summary = self.required_text("summary");
        let documents = (extent == Extent::Whole).then(|| self.documents());
        let base = severities.as_ref().map_or(Level::both(Grade::Off), |severities| severities.base);
        let (presets, examples) = (self.presets(base), self.examples());
        let yields_to = self.texts("yields-to").iter().map(|id| RuleId::from(id.as_str())).collect();
        let help = self.template("help");
        // Everything was read, so everything was complained about.
        let (id, mut reporter, severities) = (id?, reporter?, severities?);
        if let Reporter::Clauses(clauses) = &mut reporter {
            for clause in clauses {
                clause.severities.of_rule = severities.base;
            }
        }
        Some(Rule {
            id_span: id.span(),
            id: RuleId::from(id.text()?.as_ref()),
            summary,
            documents: documents.map_or_else(OnceLock::new, OnceLock::from),
            subject: subject_of(file.source().name()),
            presets,
            defaults: Options(Arc::new(options.iter().map(|(name, _, value, _)| (name.clone(), value.clone())).collect())),
            options,
            yields_to,
            reporter,
            severities,
            help,
            examples,
        })
    }

    /// What the build script leaves out of the text that judging needs.
    fn documents(&mut self) -> Documents {
        Documents {
            why: self.required_text("why").trim().to_owned(),
            wrong_when: self.text("wrong-when").map(|text| text.trim().to_owned()),
            since: self.text("since").unwrap_or_default(),
            references: self.references(),
        }
    }

    fn id(&mut self, file: &File) -> Option<Node<'t>> {
        let Some(entry) = self.entries.get("id").copied() else {
            self.complaints.push(
                Complaint::at(self.root, "a rule needs an `id`").help("name the flaw, in kebab-case: `created-without-location`"),
            );
            return None;
        };
        let id = text(entry.value, "the id of a rule", self.complaints)?;
        let is_kebab =
            !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !is_kebab {
            self.complaints.push(
                Complaint::at(entry.value, format!("`{id}` is no id")).help("write it in kebab-case: `created-without-location`"),
            );
        }
        let stem = file.source().name().rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(stem, _)| stem);
        if stem.is_some_and(|stem| stem != id) {
            let message = format!("the id `{id}` differs from the file's name");
            self.complaints.push(Complaint::at(entry.value, message).help(format!("rename the file to `{id}.yaml`")));
        }
        Some(entry.value)
    }

    fn reporter(&mut self, options: &OptionList) -> Option<Reporter> {
        let Some(entry) = self.entries.get("reported-by").copied() else {
            return Some(Reporter::Clauses(self.clauses(options)));
        };
        for key in keys::OF_ROWS {
            if let Some(entry) = self.entries.get(*key) {
                self.complaints.push(Complaint::at(entry.key, format!("`{key}` has no meaning beside `reported-by`")));
            }
        }
        match entry.value.text().as_deref() {
            Some("reader") => Some(Reporter::Reader),
            Some("lint") => Some(Reporter::Lint),
            Some("check") => Some(Reporter::Check),
            Some("diff") => Some(Reporter::Diff),
            other => {
                let word = other.unwrap_or_default();
                self.complaints.push(unknown_word(entry.value, word, "engine", keys::REPORTERS));
                None
            }
        }
    }

    fn clauses(&mut self, options: &OptionList) -> Vec<Clause> {
        let Some(list) = self.entries.get("clauses").copied() else {
            let entries = self.entries.clone();
            return self.clause(self.root, &entries, options).into_iter().collect();
        };
        let mut clauses = Vec::new();
        for item in list.value.items() {
            let own = closed_map(item, "a clause", keys::CLAUSE, self.complaints);
            let mut entries = self.entries.clone();
            entries.extend(own);
            clauses.extend(self.clause(item, &entries, options));
        }
        if clauses.is_empty() {
            self.complaints.push(Complaint::at(list.key, "`clauses` must be a list of at least one clause"));
        }
        count_earlier(&mut clauses);
        clauses
    }

    fn clause(&mut self, at: Node<'t>, entries: &BTreeMap<String, Entry<'t>>, options: &OptionList) -> Option<Clause> {
        let Some(noun) = self.noun(at, entries.get("select").copied()) else {
            for key in ["message", "help"] {
                self.said(at, entries.get(key).copied(), key, None);
            }
            return None;
        };
        let mut scope = Scope { noun, options, words: Vec::new(), trusts_patterns: self.is_builtin };
        let before = self.complaints.len();
        let selects = self.condition(entries.get("where").copied(), &mut scope);
        let requires = self.condition(entries.get("require").copied(), &mut scope);
        // The words of a predicate that was not understood are not known.
        let words = (self.complaints.len() == before).then_some(scope.words.as_slice());
        let severities = self.severities(entries.get("severity").copied(), &scope);
        let placement = entries.get("at").map_or(Placement::Thing, |entry| self.placement(entry.value));
        let message = self.said(at, entries.get("message").copied(), "message", words);
        let help = self.said(at, entries.get("help").copied(), "help", words);
        let treatments = self.treatments(entries.get("fix").copied(), &scope);
        let severities = severities?;
        let graded = severities.entries.iter().map(|(_, condition)| condition);
        let conditions = selects.iter().chain(&requires).chain(graded);
        let placed = if placement == Placement::Use { Reads::Operation } else { Reads::Key };
        let reads = conditions.map(Condition::reads).fold(placed, Reads::max);
        Some(Clause { noun, selects, requires, severities, placement, message, help, reads, shares: reads, treatments })
    }

    /// Recorded traffic has come; there is nothing to fix in it.
    fn treatments(&mut self, entry: Option<Entry<'t>>, scope: &Scope<'_>) -> Vec<Treatment> {
        let entry = entry.filter(|_| scope.noun != Noun::Exchange);
        entry.map(|entry| treatments(entry.value, scope, self.complaints)).unwrap_or_default()
    }

    fn noun(&mut self, at: Node<'t>, entry: Option<Entry<'t>>) -> Option<Noun> {
        let words: Vec<&str> = Noun::SELECTABLE.iter().map(|(word, _)| *word).collect();
        let Some(entry) = entry else {
            self.complaints.push(Complaint::at(at, "`select` is missing").help(crate::strict::advice("", &words)));
            return None;
        };
        let word = text(entry.value, "`select`", self.complaints)?;
        let noun = Noun::SELECTABLE.iter().find(|(other, _)| *other == word).map(|(_, noun)| *noun);
        if noun.is_none() {
            self.complaints.push(unknown_word(entry.value, &word, "kind of row", &words));
        }
        noun
    }

    fn condition(&mut self, entry: Option<Entry<'t>>, scope: &mut Scope<'_>) -> Option<Condition> {
        condition(entry?.value, scope, self.complaints)
    }

    /// A word, `{declared: …, observed: …}`, or a list of either where all but the last have a test.
    fn severities(&mut self, entry: Option<Entry<'t>>, scope: &Scope<'_>) -> Option<Severities> {
        let Some(entry) = entry else {
            self.complaints.push(Complaint::at(self.root, "`severity` is missing").help("write error, warning, note or off"));
            return None;
        };
        if !entry.value.is_list() {
            return self.level(entry.value).map(Severities::plain);
        }
        let items: Vec<Node<'t>> = entry.value.items().collect();
        let Some((&base, conditional)) = items.split_last() else {
            self.complaints.push(Complaint::at(entry.key, "`severity` must not be empty"));
            return None;
        };
        // The rule's own list is read once without a noun, for its base, and once for each clause.
        let entries = if scope.is_nothing() { Vec::new() } else { self.graded(conditional, scope) };
        let base = self.level(base)?;
        Some(Severities { entries, base, of_rule: base })
    }

    fn graded(&mut self, items: &[Node<'t>], scope: &Scope<'_>) -> Vec<(Level, Condition)> {
        let mut entries = Vec::new();
        for item in items {
            for entry in closed_map(*item, "an entry of `severity`", &Grade::WORDS, self.complaints) {
                let (word, entry) = entry;
                let mut scope = scope.about(scope.noun);
                let condition = condition(entry.value, &mut scope, self.complaints);
                entries.extend(Grade::from_word(&word).map(Level::both).zip(condition));
            }
        }
        entries
    }

    fn level(&mut self, node: Node<'t>) -> Option<Level> {
        self.level_over(node, None)
    }

    /// A severity; a witness that it does not name has that of `base`, or the same as the other.
    fn level_over(&mut self, node: Node<'t>, base: Option<Level>) -> Option<Level> {
        if !node.is_map() {
            return self.grade(node).map(Level::both);
        }
        let entries: BTreeMap<_, _> = closed_map(node, "a severity", keys::WITNESSES, self.complaints).into_iter().collect();
        let mut one = |name: &str| entries.get(name).and_then(|entry| self.grade(entry.value));
        let (declared, observed) = (one("declared"), one("observed"));
        let rest = base.unwrap_or(Level::both(declared.or(observed)?));
        Some(Level { declared: declared.unwrap_or(rest.declared), observed: observed.unwrap_or(rest.observed) })
    }

    fn grade(&mut self, node: Node<'t>) -> Option<Grade> {
        let word = node.text().unwrap_or_default();
        let grade = Grade::from_word(&word);
        if grade.is_none() {
            self.complaints.push(unknown_word(node, &word, "severity", &Grade::WORDS));
        }
        grade
    }

    fn placement(&mut self, node: Node<'t>) -> Placement {
        if node.is_text("use") {
            return Placement::Use;
        }
        let entries: BTreeMap<_, _> = closed_map(node, "`at`", keys::PLACE, self.complaints).into_iter().collect();
        let method = entries.get("method").and_then(|entry| entry.value.text()).map(|text| text.to_ascii_uppercase());
        let status = entries.get("status").and_then(|entry| {
            let matcher = StatusMatcher::parse(&entry.value.text()?);
            if matcher.is_none() {
                self.complaints.push(
                    Complaint::at(entry.value, "this is no status").help("write a code such as 403 or a range such as 2XX"),
                );
            }
            matcher
        });
        Placement::Row { method, status }
    }

    fn options(&mut self) -> OptionList {
        let Some(entry) = self.entries.get("options").copied() else { return Vec::new() };
        entry.value.entries().filter_map(|option| self.option(option)).collect()
    }

    fn option(&mut self, option: Entry<'t>) -> Option<(String, OptionKind, OptionValue, String)> {
        let fields: BTreeMap<_, _> =
            closed_map(option.value, "an option", &keys::words(keys::OPTION), self.complaints).into_iter().collect();
        let mut field = |name: &str| {
            let found = fields.get(name).map(|entry| entry.value);
            if found.is_none() {
                self.complaints.push(Complaint::at(option.key, format!("this option needs `{name}`")));
            }
            found
        };
        let (kind, default, doc) = (field("type"), field("default"), field("doc"));
        let (kind, default, doc) = (kind?, default?, doc?);
        let words: Vec<&str> = OptionKind::WORDS.iter().map(|(word, _)| *word).collect();
        let word = kind.text()?;
        let Some(&(_, kind)) = OptionKind::WORDS.iter().find(|(other, _)| *other == word) else {
            self.complaints.push(unknown_word(kind, &word, "type of an option", &words));
            return None;
        };
        let default = kind.read(default).map_err(|complaint| self.complaints.push(complaint)).ok()?;
        Some((option.key.text()?.into_owned(), kind, default, doc.text()?.into_owned()))
    }

    /// A preset that names one witness leaves the other as the rule has it.
    fn presets(&mut self, base: Level) -> BTreeMap<Preset, Level> {
        let words: Vec<&str> = Preset::ALL.iter().map(|preset| preset.word()).collect();
        let Some(entry) = self.entries.get("presets").copied() else { return BTreeMap::new() };
        let entries = closed_map(entry.value, "`presets`", &words, self.complaints);
        entries
            .into_iter()
            .filter_map(|(word, entry)| Preset::from_word(&word).zip(self.level_over(entry.value, Some(base))))
            .collect()
    }

    fn references(&mut self) -> Vec<Reference> {
        let Some(entry) = self.entries.get("refs").copied() else { return Vec::new() };
        entry.value.items().filter_map(|item| self.reference(item)).collect()
    }

    fn reference(&mut self, node: Node<'t>) -> Option<Reference> {
        let fields: BTreeMap<_, _> =
            closed_map(node, "a reference", &keys::words(keys::REFERENCE), self.complaints).into_iter().collect();
        let get = |name: &str| fields.get(name).and_then(|entry| entry.value.text()).map(std::borrow::Cow::into_owned);
        let level = get("level");
        if let Some(word) = level.as_deref().filter(|word| !keys::LEVELS.contains(word)) {
            self.complaints.push(unknown_word(node, word, "level of a reference", keys::LEVELS));
        }
        let (title, url) = match (get("rfc"), get("oas"), get("title"), get("url")) {
            (Some(rfc), ..) => rfc_reference(&rfc, get("section").as_deref()),
            (_, Some(version), ..) => oas_reference(&version, get("section").as_deref()),
            (_, _, Some(title), Some(url)) => (title, url),
            _ => {
                let help = "write `rfc` and `section`, `oas` and `section`, or `title` and `url`";
                self.complaints.push(Complaint::at(node, "this reference names nothing").help(help));
                return None;
            }
        };
        Some(Reference { title, url, level })
    }

    fn examples(&mut self) -> Vec<example::Example> {
        let Some(entry) = self.entries.get("examples").copied() else { return Vec::new() };
        entry.value.items().filter_map(|item| example::read(item, self.complaints)).collect()
    }

    fn template(&mut self, key: &str) -> Template {
        // The clauses complain about its placeholders; here it is only kept as the general text.
        self.entries.get(key).map(|entry| Said::read(entry.value, None, &mut Vec::new()).declared).unwrap_or_default()
    }

    fn said(&mut self, at: Node<'t>, entry: Option<Entry<'t>>, key: &str, words: Option<&[&'static str]>) -> Said {
        if let Some(entry) = entry {
            return Said::read(entry.value, words, self.complaints);
        }
        self.complaints.push(Complaint::at(at, format!("`{key}` is missing")));
        Said::default()
    }

    fn text(&mut self, key: &str) -> Option<String> {
        let entry = self.entries.get(key).copied()?;
        text(entry.value, &format!("`{key}`"), self.complaints)
    }

    fn required_text(&mut self, key: &str) -> String {
        if !self.entries.contains_key(key) {
            self.complaints.push(Complaint::at(self.root, format!("`{key}` is missing")));
        }
        self.text(key).unwrap_or_default()
    }

    fn texts(&mut self, key: &str) -> Vec<String> {
        let Some(entry) = self.entries.get(key).copied() else { return Vec::new() };
        texts(entry.value, &format!("`{key}`"), self.complaints)
    }
}

/// Name, type, default and meaning of each option.
pub(super) type OptionList = Vec<(String, OptionKind, OptionValue, String)>;

fn rfc_reference(rfc: &str, section: Option<&str>) -> (String, String) {
    let url = format!("https://www.rfc-editor.org/rfc/rfc{rfc}");
    match section {
        Some(section) => (format!("RFC {rfc}, section {section}"), format!("{url}#section-{section}")),
        None => (format!("RFC {rfc}"), url),
    }
}

fn oas_reference(version: &str, section: Option<&str>) -> (String, String) {
    let full = match version {
        "2.0" => "v2.0",
        "3.0" => "v3.0.4",
        "3.1" => "v3.1.1",
        _ => "v3.2.0",
    };
    let url = format!("https://spec.openapis.org/oas/{full}.html");
    match section {
        Some(section) => (format!("OpenAPI {version}, {section}"), format!("{url}#{}", section.to_lowercase().replace(' ', "-"))),
        None => (format!("OpenAPI {version}"), url),
    }
}

/// The folder of a rule file: its subject.
fn subject_of(name: &str) -> String {
    name.rsplit('/').nth(1).unwrap_or("rules").to_owned()
}
