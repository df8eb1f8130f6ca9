//! Values of rule options as written, until the rule that has the option says what they must be.

use crate::source::Span;
use crate::syntax::{Node, Scalar};

/// The value of an option and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionValue {
    /// Where it is written.
    pub span: Span,
    /// What it is.
    pub shape: Shape,
}

/// What an option's value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A text, number, boolean or null: its meaning, and its words (`4XX`, `404`).
    Scalar(Scalar, String),
    /// A list.
    List(Vec<OptionValue>),
    /// A map; no option takes one.
    Map,
}

impl OptionValue {
    /// The value of a node.
    pub(super) fn of(node: Node<'_>) -> Self {
        let shape = match (node.scalar(), node.text()) {
            (Some(scalar), Some(text)) => Shape::Scalar(scalar, text.into_owned()),
            _ if node.is_list() => Shape::List(node.items().map(OptionValue::of).collect()),
            _ => Shape::Map,
        };
        OptionValue { span: node.span(), shape }
    }
}
