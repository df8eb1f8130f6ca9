//! A failed judgement before merging: one rule, one place, one use.

use std::borrow::Cow;
use std::sync::Arc;

use super::made_by::MadeBy;
use crate::facts::OperationFact;
use crate::finding::Severity;
use crate::fix::Remedy;
use crate::rules::Subject;
use crate::source::Span;
use crate::syntax::Node;

/// Where a hit points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At<'p> {
    /// At a node.
    Node(Node<'p>),
    /// At a place where no node is, such as a syntax error.
    Span(Span),
}

impl At<'_> {
    /// The bytes.
    pub(super) fn span(self) -> Span {
        match self {
            At::Node(node) => node.span(),
            At::Span(span) => span,
        }
    }
}

/// Texts of a hit that are not made from a rule's templates.
#[derive(Clone, Debug)]
pub(super) enum Words {
    /// The clause's templates with these words filled in.
    Clause(usize, Vec<(&'static str, String)>),
    /// The same with words that are still to be made from the evidence about this row.
    Withheld(usize, Subject),
    /// A ready message and advice, from the reader.
    Ready(Box<(String, Option<String>)>),
}

impl Words {
    /// A ready message and advice.
    pub(super) fn ready(message: String, help: Option<String>) -> Self {
        Words::Ready(Box::new((message, help)))
    }

    /// The words for the clause's templates.
    pub(super) fn named(&self) -> &[(&'static str, String)] {
        match self {
            Words::Clause(_, words) => words,
            Words::Withheld(..) | Words::Ready(..) => &[],
        }
    }
}

/// One failed judgement.
#[derive(Clone, Debug)]
pub(super) struct Hit<'p> {
    /// The rule's index in its set.
    pub(super) rule: usize,
    /// How bad, after configuration and the step down for callbacks.
    pub(super) severity: Severity,
    /// What set the severity, where it is not the rule's own.
    pub(super) set_by: Option<Arc<str>>,
    /// Where.
    pub(super) at: At<'p>,
    /// Further places.
    pub(super) related: Vec<(Span, String)>,
    /// What it says.
    pub(super) words: Words,
    /// The operation that fails: its number in the description, its label and its method.
    pub(super) operation: Option<Use>,
    /// The path that it is about: `/orders`; `None` for a whole description.
    pub(super) template: Option<Cow<'p, str>>,
    /// The response's number in the description, where the rule judges responses.
    pub(super) response: Option<u32>,
    /// The status key as written.
    pub(super) status: Option<Cow<'p, str>>,
    /// The shared component it points at.
    pub(super) component: Option<Box<Component>>,
    /// It is about the whole description, not about the operation that it was met at.
    pub(super) is_of_description: bool,
    /// The jobs that found it.
    pub(super) jobs: MadeBy,
    /// The suppressions that cover it.
    pub(super) allowed: Box<[usize]>,
    /// What the rule does about it, where somebody asked for that.
    pub(super) remedy: Option<Box<Remedy<'p>>>,
}

impl<'p> Hit<'p> {
    /// A hit that is about a place and nothing else.
    pub(super) fn new(rule: usize, severity: Severity, at: At<'p>, words: Words) -> Self {
        Hit {
            rule,
            severity,
            set_by: None,
            at,
            related: Vec::new(),
            words,
            operation: None,
            template: None,
            response: None,
            status: None,
            component: None,
            is_of_description: false,
            jobs: MadeBy::default(),
            allowed: Box::default(),
            remedy: None,
        }
    }
}

/// A component as messages need it.
#[derive(Clone, Debug)]
pub(super) struct Component {
    pub(super) name: String,
    /// Empty where the finding stands at its use.
    pub(super) pointer: String,
}

/// An operation as messages need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Use {
    /// Its number in the description.
    pub(super) number: u32,
    /// Its rank in document order.
    pub(super) rank: u32,
    /// `GET /orders`.
    pub(super) label: Arc<str>,
    /// `GET`.
    pub(super) method: Cow<'static, str>,
}

impl Use {
    /// The operation with this number.
    pub(super) fn of(number: usize, operation: &OperationFact<'_>) -> Use {
        let (number, rank) = (number as u32, operation.rank as u32);
        Use { number, rank, label: operation.label.clone(), method: operation.method.clone() }
    }
}
