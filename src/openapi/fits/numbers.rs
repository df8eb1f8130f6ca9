//! Keywords about numbers.

use super::{Own, Path, Question};
use crate::syntax::{KeySet, Node, Scalar};
use crate::truth::Truth;

impl<'p> Question<'p> {
    pub(super) fn number(&mut self, own: Own<'p>, value: Node<'p>, scalar: Scalar, path: &Path<'_>) -> Truth {
        const LIMITING: KeySet = KeySet::of(&["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf"]);
        if !own.keys.may_have_any(LIMITING) {
            return Truth::True;
        }
        let Some(number) = scalar.number() else { return Truth::True };
        let lower = self.bound(own, (value, number), ("minimum", "exclusiveMinimum"), path, |number, bound| number < bound);
        let upper = self.bound(own, (value, number), ("maximum", "exclusiveMaximum"), path, |number, bound| number > bound);
        lower.and(upper).and(self.multiple(own, value, number, path))
    }

    /// A bound and its exclusive form: until 3.0 a flag beside it, since 3.1 a number of its own.
    fn bound(
        &mut self,
        own: Own<'p>,
        (value, number): (Node<'p>, f64),
        (plain, exclusive): (&str, &str),
        path: &Path<'_>,
        breaks: fn(f64, f64) -> bool,
    ) -> Truth {
        let touches = |bound: f64| (number - bound).abs() < f64::EPSILON;
        let word = if plain == "minimum" { "less" } else { "more" };
        if let Some(bound) = own.number(plain) {
            if breaks(number, bound) {
                return self.misfit(value, || format!("{} is {number}, {word} than the {plain} of {bound}", path.words()));
            }
            if own.is_on(exclusive) && !own.is_modern() && touches(bound) {
                return self.misfit(value, || format!("{} is {number}, which {exclusive} excludes", path.words()));
            }
        }
        match own.number(exclusive) {
            Some(_) if !own.is_modern() => Truth::Unknown,
            Some(bound) if breaks(number, bound) || touches(bound) => {
                self.misfit(value, || format!("{} is {number}, and {exclusive} is {bound}", path.words()))
            }
            _ => Truth::True,
        }
    }

    fn multiple(&mut self, own: Own<'p>, value: Node<'p>, number: f64, path: &Path<'_>) -> Truth {
        let Some(step) = own.number("multipleOf").filter(|step| *step > 0.0) else { return Truth::True };
        let steps = number / step;
        let distance = (steps - steps.round()).abs();
        if distance < f64::EPSILON {
            return Truth::True;
        }
        // Fractions such as 0.1 have no exact form: close enough is unknown.
        if distance < 1e-6 || steps.abs() > 1e9 {
            return Truth::Unknown;
        }
        self.misfit(value, || format!("{} is {number}, which is no multiple of {step}", path.words()))
    }
}
