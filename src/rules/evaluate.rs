//! Judging one row by one clause.

use std::cell::{Cell, RefCell};

use super::condition::{Bound, Check, Condition, Literal};
use super::fields::{self, Field, FieldKind, Noun};
use super::observed_fields::Part;
use super::options::{OptionValue, Options};
use super::predicates::Reads;
use super::rule::Clause;
use super::severity::Witness;
use super::severity::{Decision, Grade};
use super::value::{List, Record, Value};
use crate::facts::{Api, Observed, OperationFact, PathFact, ResponseFact, Role};
use crate::http::media_type;
use crate::http::status::StatusKey;
use crate::syntax::Node;
use crate::truth::Truth;

/// From how many items on a list in a shared response is looked through once for each question, not for each use.
const LONG: usize = 32;

/// Which row of a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The description.
    Document,
    /// The path with this index.
    Path(usize),
    /// The operation with this index.
    Operation(usize),
    /// The response with this index.
    Response(usize),
    /// The exchange at hand: what came, not what is described.
    Exchange,
}

/// A row with the description it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a, 'p> {
    /// The description.
    pub api: &'a Api<'p>,
    /// The row.
    pub subject: Subject,
    /// The exchange at hand, where traffic is judged.
    observed: Option<&'a Observed<'a>>,
}

impl<'a, 'p> Row<'a, 'p> {
    /// A row of a description.
    pub fn declared(api: &'a Api<'p>, subject: Subject) -> Row<'a, 'p> {
        Row { api, subject, observed: None }
    }

    /// The row of an exchange beside the description it belongs to.
    pub fn observed(api: &'a Api<'p>, exchange: &'a Observed<'a>) -> Row<'a, 'p> {
        Row { api, subject: Subject::Exchange, observed: Some(exchange) }
    }

    /// Another row beside this one: of the same description, or the exchange at hand.
    #[must_use]
    pub fn at(&self, subject: Subject) -> Row<'a, 'p> {
        Row { subject, ..*self }
    }

    /// The exchange, if the row is one.
    pub fn exchange(&self) -> Option<&'a Observed<'a>> {
        self.observed.filter(|_| self.subject == Subject::Exchange)
    }

    /// Who tells of it.
    pub fn witness(&self) -> Witness {
        if self.subject == Subject::Exchange { Witness::Observed } else { Witness::Declared }
    }

    /// The response, if the row is one.
    pub fn response(&self) -> Option<&'a ResponseFact<'p>> {
        match self.subject {
            Subject::Response(index) => self.api.responses.get(index),
            _ => None,
        }
    }

    /// The operation, if the row is one, a response of one or an exchange with one.
    pub fn operation(&self) -> Option<&'a OperationFact<'p>> {
        match self.subject {
            Subject::Operation(index) => self.api.operations.get(index),
            Subject::Exchange => self.api.operations.get(self.exchange()?.operation?),
            _ => self.response().and_then(|response| self.api.operation_of(response)),
        }
    }

    /// The path, if the row is one or belongs to one: an exchange also where its method is not described.
    pub fn path(&self) -> Option<&'a PathFact<'p>> {
        match self.subject {
            Subject::Path(index) => self.api.paths.get(index),
            Subject::Exchange => self.api.paths.get(self.exchange()?.path?),
            _ => self.operation().and_then(|operation| self.api.path_of(operation)),
        }
    }

    /// Who answers; unknown for a whole description.
    pub fn role(&self) -> Option<Role> {
        self.path().map(|path| path.role)
    }
}

/// What a predicate shows for its answer: one finding each.
#[derive(Clone, Debug, Default)]
pub struct Evidence<'p> {
    /// The place, if it is another than the row's.
    pub at: Option<Node<'p>>,
    /// Further places with what is to be seen there.
    pub related: Vec<(Node<'p>, String)>,
    /// Named texts for the message.
    pub words: Vec<(&'static str, String)>,
    /// It speaks about the whole description: which of its operations comes first tells nothing.
    pub is_of_description: bool,
}

/// The outcome of a clause for a row.
#[derive(Clone, Debug)]
pub enum Verdict<'p> {
    /// The clause does not speak about this row.
    NotSelected,
    /// All is well.
    Pass,
    /// It cannot be told.
    Unknown,
    /// A finding, one for each piece of evidence, or one without.
    Fail {
        /// How bad.
        grade: Grade,
        /// Which entry of the severity list decided.
        entry: usize,
        /// What the deciding predicate shows.
        grounds: Grounds<'p>,
    },
}

/// What a failure rests on.
#[derive(Clone, Debug)]
pub enum Grounds<'p> {
    /// These places and words.
    Shown(Vec<Evidence<'p>>),
    /// One piece of evidence that is nothing but words, which [`evidence`] makes for those who want them.
    Withheld,
}

impl<'p> Grounds<'p> {
    /// What there is to see already.
    pub fn shown(self) -> Vec<Evidence<'p>> {
        match self {
            Grounds::Shown(evidence) => evidence,
            Grounds::Withheld => Vec::new(),
        }
    }

    fn is_none(&self) -> bool {
        matches!(self, Grounds::Shown(evidence) if evidence.is_empty())
    }
}

/// A deliberate fault in a rule. An example that passes must fail under one of them, or it proves nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mutation {
    /// The rule as it is.
    #[default]
    None,
    /// `where` is dropped: every row is judged.
    WithoutWhere,
    /// `require` is negated.
    NegatedRequire,
    /// The conditional entries of `severity` are dropped.
    WithoutExemptions,
}

impl Mutation {
    /// The faults that examples are tried against.
    pub const ALL: [Mutation; 3] = [Mutation::WithoutWhere, Mutation::NegatedRequire, Mutation::WithoutExemptions];
}

/// Judges a row. `set` is the severity from preset or configuration.
pub fn judge<'p>(clause: &Clause, row: &Row<'_, 'p>, options: &Options, set: Option<Grade>, mutation: Mutation) -> Verdict<'p> {
    let selecting = Evaluation::new(row, options);
    let selects = clause.selects.as_ref().filter(|_| mutation != Mutation::WithoutWhere);
    let selected = selects.map_or(Truth::True, |condition| selecting.row(condition, row));
    if selected == Truth::False {
        return Verdict::NotSelected;
    }
    let requiring = Evaluation::new(row, options);
    let required = clause.requires.as_ref().map_or(Truth::False, |condition| requiring.row(condition, row));
    let required = if mutation == Mutation::NegatedRequire { !required } else { required };
    match (selected, required) {
        (_, Truth::True) => Verdict::Pass,
        (Truth::True, Truth::False) => {
            let Decision { grade, entry } = match mutation {
                Mutation::WithoutExemptions => clause.severities.base_decision(set, row.witness()),
                _ => clause.severities.decide(row, options, set),
            };
            let required = requiring.into_grounds(clause.requires.as_ref(), row);
            let grounds = if required.is_none() { selecting.into_grounds(selects, row) } else { required };
            Verdict::Fail { grade, entry, grounds }
        }
        _ => Verdict::Unknown,
    }
}

/// All that a failure of a row rests on.
pub fn evidence<'p>(clause: &Clause, row: &Row<'_, 'p>, options: &Options) -> Vec<Evidence<'p>> {
    let shown = |condition: Option<&Condition>| condition.map(|condition| shown(condition, row, options)).unwrap_or_default();
    let required = shown(clause.requires.as_ref());
    if required.is_empty() { shown(clause.selects.as_ref()) } else { required }
}

/// Whether a clause says nothing about a row for what it shares with all rows of its kind, those without header fields where
/// it is `bare`: it does not speak about them, or what it asks for they have. Where an operation has its part in it that goes
/// also for what cannot be told: a rule about 406 says nothing of a `default` that may be one.
pub fn is_settled(clause: &Clause, row: &Row<'_, '_>, options: &Options, bare: bool) -> bool {
    let doubt_settles = clause.noun == Noun::Operation || clause.reads == Reads::Operation;
    let is = |condition: &Condition, wanted: Truth| {
        condition.is_about_kind(bare) && {
            let truth = truth_of(condition, row, options);
            truth == wanted || doubt_settles && truth == Truth::Unknown
        }
    };
    let is_unselected = |condition: &Condition| is(condition, Truth::False);
    let selects = match &clause.selects {
        Some(Condition::All(parts)) => parts.iter().any(is_unselected),
        other => other.as_ref().is_some_and(is_unselected),
    };
    selects || clause.requires.as_ref().is_some_and(|condition| is(condition, Truth::True))
}

/// Whether a clause speaks about a row.
pub fn selects(clause: &Clause, row: &Row<'_, '_>, options: &Options) -> Truth {
    clause.selects.as_ref().map_or(Truth::True, |condition| truth_of(condition, row, options))
}

/// The truth of a condition about a row, evidence aside.
pub(super) fn truth_of(condition: &Condition, row: &Row<'_, '_>, options: &Options) -> Truth {
    Evaluation::new(row, options).row(condition, row)
}

/// All evidence for the answer to a condition.
fn shown<'p>(condition: &Condition, row: &Row<'_, 'p>, options: &Options) -> Vec<Evidence<'p>> {
    let asked = Evaluation { shows: true, ..Evaluation::new(row, options) };
    asked.row(condition, row);
    asked.evidence.into_inner()
}

/// One evaluation of one condition; gathers the evidence of predicates on the way.
struct Evaluation<'e, 'a, 'p> {
    row: &'e Row<'a, 'p>,
    options: &'e Options,
    evidence: RefCell<Vec<Evidence<'p>>>,
    /// Whether words are wanted also where making them is work, and how many pieces of evidence were withheld.
    shows: bool,
    withheld: Cell<usize>,
}

/// What a condition is asked of.
#[derive(Clone, Copy)]
enum Asked<'e, 'a, 'p> {
    Row(&'e Row<'a, 'p>),
    Record(&'e Record<'a>),
}

impl Asked<'_, '_, '_> {
    /// The use of a shared response that stands for this one, where a field is a list with so many items that its uses should
    /// not look through it again.
    fn long_list(&self, field: Field) -> Option<usize> {
        let (Asked::Row(row), Field::Headers | Field::Content | Field::Links) = (self, field) else { return None };
        let response = row.response()?;
        let like = if field == Field::Content { row.api.like(response)? } else { response.first_use()? };
        let length = match field {
            Field::Headers => row.api.headers_of(response).len(),
            Field::Content => row.api.content_of(response).len(),
            _ => response.definition?.0.entries_of("links").take(LONG).count(),
        };
        (length >= LONG).then_some(like)
    }
}

impl<'e, 'a, 'p> Evaluation<'e, 'a, 'p> {
    fn new(row: &'e Row<'a, 'p>, options: &'e Options) -> Self {
        Evaluation { row, options, evidence: RefCell::default(), shows: false, withheld: Cell::new(0) }
    }

    /// What the answer to a condition rests on. Where not all of it can be made later it is made now.
    fn into_grounds(self, condition: Option<&Condition>, row: &Row<'a, 'p>) -> Grounds<'p> {
        match (self.withheld.get(), condition) {
            (1, _) if self.evidence.borrow().is_empty() => Grounds::Withheld,
            (1.., Some(condition)) => Grounds::Shown(shown(condition, row, self.options)),
            _ => Grounds::Shown(self.evidence.into_inner()),
        }
    }

    fn row(&self, condition: &Condition, row: &Row<'a, 'p>) -> Truth {
        self.condition(condition, Asked::Row(row))
    }

    fn condition(&self, condition: &Condition, asked: Asked<'_, 'a, 'p>) -> Truth {
        match condition {
            Condition::All(parts) => Truth::all(parts.iter().map(|part| self.condition(part, asked))),
            Condition::Any(parts) => Truth::any(parts.iter().map(|part| self.condition(part, asked))),
            Condition::Not(part) => !self.condition(part, asked),
            Condition::Option(name) => Truth::from(self.options.is_on(name)),
            Condition::Field(_, Field::Headers, Check::Has(literals)) if asked_exchange(asked).is_some() => {
                asked_exchange(asked).map_or(Truth::Unknown, |exchange| has_field(exchange, literals))
            }
            Condition::Field(_, field, check) => {
                let ask = || self.check(check, &self.value(*field, asked));
                match asked.long_list(*field).filter(|_| check.is_plain()) {
                    Some(like) => self.row.api.answer(std::ptr::from_ref(check).addr(), like, ask),
                    None => ask(),
                }
            }
            Condition::Holds(predicate, arguments) => {
                let row = match asked {
                    Asked::Row(row) => *row,
                    Asked::Record(_) => *self.row,
                };
                let judgement = (predicate.run)(&row, &super::predicates::Arguments::new(arguments, self.options, self.shows));
                self.withheld.set(self.withheld.get() + usize::from(judgement.is_withheld));
                self.evidence.borrow_mut().extend(judgement.evidence);
                judgement.truth
            }
        }
    }

    fn value(&self, field: Field, asked: Asked<'_, 'a, 'p>) -> Value<'a> {
        match asked {
            Asked::Row(row) => fields::of_row(row, field),
            Asked::Record(record) => fields::of_record(self.row, record, field),
        }
    }

    fn check(&self, check: &Check, value: &Value<'a>) -> Truth {
        match (check, value) {
            (Check::Every(checks), _) => Truth::all(checks.iter().map(|check| self.check(check, value))),
            (_, Value::Unknown) => Truth::Unknown,
            (Check::Present, _) => !is_absent(value),
            (Check::Absent, _) => is_absent(value),
            (Check::Status(set), Value::Status(key)) => set.relation(*key),
            (Check::Status(set), Value::Answers(keys)) => set.answered_by(self.statuses(keys)),
            (Check::Is(literals), _) => Truth::from(literals.iter().any(|literal| is(literal, value))),
            (Check::IsOption(name, kind), _) => self.is_option(name, *kind, value),
            (Check::Matches(pattern), Value::Text(text)) => Truth::from(pattern.is_match(text)),
            (Check::AtLeast(bound), _) => self.compared(value, bound, |size, bound| size >= bound),
            (Check::AtMost(bound), _) => self.compared(value, bound, |size, bound| size <= bound),
            (Check::Has(literals), Value::List(items)) => Truth::any(items.iter().map(|item| self.is_named(literals, &item))),
            (Check::HasOption(name, kind), Value::List(items)) => {
                Truth::any(items.iter().map(|item| self.is_option(name, *kind, &self.name_of(&item))))
            }
            (Check::Some(check), Value::List(List::Rows(rows, subject))) if let Check::Test(condition) = &**check => {
                Truth::any(rows.clone().map(|index| self.row(condition, &self.row.at(subject(index)))))
            }
            (Check::Each(check), Value::List(items)) => Truth::all(items.iter().map(|item| self.check(check, &item))),
            (Check::Some(check), Value::List(items)) => Truth::any(items.iter().map(|item| self.check(check, &item))),
            (Check::Test(condition), Value::Record(Record::Row(subject))) => self.row(condition, &self.row.at(*subject)),
            (Check::Test(condition), Value::Record(record)) => self.condition(condition, Asked::Record(record)),
            _ => Truth::False,
        }
    }

    fn is_option(&self, name: &str, kind: FieldKind, value: &Value<'a>) -> Truth {
        match (self.options.0.get(name), value) {
            (_, Value::Unknown) => Truth::Unknown,
            (Some(OptionValue::Statuses(set)), Value::Status(key)) => set.relation(*key),
            (Some(OptionValue::Statuses(set)), Value::Answers(keys)) => set.answered_by(self.statuses(keys)),
            (Some(OptionValue::Strings(texts)), _) => Truth::from(texts.iter().any(|text| is(&kind.literal(text), value))),
            (Some(OptionValue::String(text)), _) => Truth::from(is(&kind.literal(text), value)),
            (Some(OptionValue::Regex(pattern)), Value::Text(text)) => Truth::from(pattern.is_match(text)),
            (Some(OptionValue::Boolean(flag)), _) => Truth::from(is(&Literal::Boolean(*flag), value)),
            (Some(OptionValue::Number(number)), _) => Truth::from(is(&Literal::Number(*number), value)),
            _ => Truth::False,
        }
    }

    /// The status keys of the responses with these indexes.
    fn statuses(&self, responses: &std::ops::Range<usize>) -> impl Iterator<Item = StatusKey> {
        self.row.api.responses.get(responses.clone()).into_iter().flatten().map(|response| response.status)
    }

    fn compared(&self, value: &Value<'a>, bound: &Bound, holds: fn(f64, f64) -> bool) -> Truth {
        let bound = match bound {
            Bound::Number(number) => Some(*number),
            Bound::Option(name) => self.options.number(name),
        };
        size(value).zip(bound).map_or(Truth::Unknown, |(size, bound)| Truth::from(holds(size, bound)))
    }

    /// Whether an item is one of the literals, or has one of them for its name.
    fn is_named(&self, literals: &[Literal], item: &Value<'a>) -> Truth {
        match self.name_of(item) {
            Value::Unknown => Truth::Unknown,
            name => Truth::from(literals.iter().any(|literal| is(literal, &name))),
        }
    }

    /// What an item of a list goes by.
    fn name_of(&self, item: &Value<'a>) -> Value<'a> {
        match item {
            Value::Record(Record::MediaType(_) | Record::Observed(Part::Content(_))) => {
                self.value_of_item(item, Field::MediaType)
            }
            Value::Record(Record::Row(Subject::Response(_))) => self.value_of_item(item, Field::Key),
            Value::Record(Record::Row(Subject::Operation(_))) => self.value_of_item(item, Field::Method),
            Value::Record(Record::Row(_)) => self.value_of_item(item, Field::Template),
            Value::Record(_) => self.value_of_item(item, Field::Name),
            other => other.clone(),
        }
    }

    fn value_of_item(&self, item: &Value<'a>, field: Field) -> Value<'a> {
        match item {
            Value::Record(record) => fields::of_record(self.row, record, field),
            _ => Value::Unknown,
        }
    }
}

/// The exchange, if it is one that is asked.
fn asked_exchange<'a>(asked: Asked<'_, 'a, '_>) -> Option<&'a Observed<'a>> {
    match asked {
        Asked::Row(row) => row.exchange(),
        Asked::Record(_) => None,
    }
}

/// The question that most rules ask of an exchange, without making a list of all its fields.
fn has_field(exchange: &Observed<'_>, literals: &[Literal]) -> Truth {
    Truth::any(literals.iter().map(|literal| match literal {
        Literal::Name(name) | Literal::Text(name) => Truth::from(exchange.has_field(name)),
        _ => Truth::False,
    }))
}

fn is_absent(value: &Value<'_>) -> Truth {
    match value {
        Value::Unknown => Truth::Unknown,
        Value::Absent => Truth::True,
        Value::List(items) if items.is_empty() => Truth::True,
        Value::List(List::Values(items)) if items.iter().all(|item| matches!(item, Value::Unknown)) => Truth::Unknown,
        Value::Answers(keys) => Truth::from(keys.is_empty()),
        _ => Truth::False,
    }
}

fn is(literal: &Literal, value: &Value<'_>) -> bool {
    match (literal, value) {
        (Literal::Text(text), Value::Text(other)) => text == other,
        (Literal::Name(text), Value::Text(other)) => text.eq_ignore_ascii_case(other),
        (Literal::MediaType(text), Value::Text(other)) => {
            media_type::MediaType::parse(other).is_some_and(|media_type| media_type.is(text))
        }
        (Literal::Boolean(flag), Value::Boolean(other)) => flag == other,
        (Literal::Number(number), Value::Number(other)) => (number - other).abs() < f64::EPSILON,
        _ => false,
    }
}

#[expect(clippy::cast_precision_loss, reason = "lengths of lists in a description are far below 2^52")]
fn size(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Number(number) => Some(*number),
        Value::List(items) => Some(items.len() as f64),
        Value::Answers(keys) => Some(keys.len() as f64),
        Value::Absent => Some(0.0),
        _ => None,
    }
}
