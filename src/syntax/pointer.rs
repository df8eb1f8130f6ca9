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
    let mut rest = name;
    while let Some((plain, special, behind)) = memchr::memchr2(b'~', b'/', rest.as_bytes()).and_then(|at| parted(rest, at)) {
        pointer.push_str(plain);
        pointer.push_str(if special == "~" { "~0" } else { "~1" });
        rest = behind;
    }
    pointer.push_str(rest);
}

/// What stands before, at and behind a letter of ASCII.
fn parted(text: &str, at: usize) -> Option<(&str, &str, &str)> {
    Some((text.get(..at)?, text.get(at..=at)?, text.get(at + 1..)?))
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
