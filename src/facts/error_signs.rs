//! What speaks for a response that carries an error.

use crate::syntax::Node;

/// One thing that speaks for an error.
#[derive(Clone, Debug)]
pub struct Sign<'p> {
    /// What it adds to the score.
    pub weight: u8,
    /// What it is, for the message.
    pub text: String,
    /// Where it is to be seen.
    pub at: Option<Node<'p>>,
}

/// What speaks for an error, taken together.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is found on its own and read on its own")]
pub struct Signs<'p> {
    /// One by one.
    pub list: Vec<Sign<'p>>,
    /// Whether the body is an envelope of errors by its members.
    pub envelope: bool,
    /// Whether errors stand beside successes, so that no more than a note is due.
    pub mixed: bool,
    /// Whether the body is a success that the media type of errors is named for, too.
    pub labelled: bool,
    /// Whether the body is of a kind that has its own way with errors.
    pub exempt: bool,
    /// Whether something that could decide was not to be seen.
    pub incomplete: bool,
    /// Whether other responses of the operation were asked.
    pub asks_operation: bool,
}

impl<'p> Signs<'p> {
    /// The sum of the weights; of a mixed body at most one.
    pub fn score(&self) -> u8 {
        let sum = self.list.iter().map(|sign| sign.weight).fold(0, u8::saturating_add);
        if self.mixed { sum.min(1) } else { sum }
    }

    /// Adds what was found elsewhere.
    pub fn extend(&mut self, other: Signs<'p>) {
        self.list.extend(other.list);
        self.envelope |= other.envelope;
        self.mixed |= other.mixed;
        self.labelled |= other.labelled;
        self.exempt |= other.exempt;
        self.incomplete |= other.incomplete;
        self.asks_operation |= other.asks_operation;
    }
}

impl<'p> FromIterator<Sign<'p>> for Signs<'p> {
    fn from_iter<I: IntoIterator<Item = Sign<'p>>>(signs: I) -> Self {
        Signs { list: signs.into_iter().collect(), ..Signs::default() }
    }
}
