//! The steps of JSON Pointers (RFC 6901): `~` is written `~0` in them, and `/` is written `~1`.

use std::borrow::Cow;

/// The name that a step stands for.
pub fn unescaped(step: &str) -> Cow<'_, str> {
    if step.contains('~') { Cow::Owned(step.replace("~1", "/").replace("~0", "~")) } else { Cow::Borrowed(step) }
}

/// The step that leads to a name.
pub fn escaped(name: &str) -> Cow<'_, str> {
    if !name.contains(['~', '/']) {
        return Cow::Borrowed(name);
    }
    let mut step = String::with_capacity(name.len() + 8);
    push_escaped(&mut step, name);
    Cow::Owned(step)
}

/// Adds the step that leads to a name.
pub(super) fn push_escaped(pointer: &mut String, name: &str) {
    for part in name.split_inclusive(['~', '/']) {
        let (plain, special) = match (part.strip_suffix('~'), part.strip_suffix('/')) {
            (Some(plain), _) => (plain, "~0"),
            (_, Some(plain)) => (plain, "~1"),
            (None, None) => (part, ""),
        };
        pointer.push_str(plain);
        pointer.push_str(special);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_come_back_as_names() {
        for (name, step) in [("/orders/{id}", "~1orders~1{id}"), ("~1", "~01"), ("a~/b", "a~0~1b"), ("plain", "plain")] {
            assert_eq!(escaped(name), step);
            assert_eq!(unescaped(step), name);
        }
    }
}
