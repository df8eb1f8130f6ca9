//! The steps of JSON Pointers (RFC 6901): `~` is written `~0` in them, and `/` is written `~1`.

use std::borrow::Cow;

/// The name that a step stands for.
pub fn unescaped(step: &str) -> Cow<'_, str> {
    if step.contains('~') { Cow::Owned(step.replace("~1", "/").replace("~0", "~")) } else { Cow::Borrowed(step) }
}

/// The step that leads to a name.
pub fn escaped(name: &str) -> Cow<'_, str> {
    if name.contains(['~', '/']) { Cow::Owned(name.replace('~', "~0").replace('/', "~1")) } else { Cow::Borrowed(name) }
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
