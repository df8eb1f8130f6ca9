//! Options that say something else for each status or for each method.

use super::options::{statuses, texts};
use crate::http::method::Method;
use crate::http::status::{StatusKey, StatusMatcher, StatusSet};
use crate::strict::{Complaint, unknown_word};
use crate::syntax::Node;

/// The key of what holds for every status or method.
const ANY: &str = "any";

/// Texts for each status: `{ "201": [Location], 4XX: [X-Request-Id] }`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StringsByStatus(Vec<(Scope<StatusMatcher>, Vec<String>)>);

/// Statuses for each method: `{ get: [200, 404], post: [201] }`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatusesByMethod(Vec<(Scope<Method>, StatusSet)>);

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Scope<T> {
    /// Everything.
    Any,
    /// Only this.
    Only(T),
}

impl StringsByStatus {
    /// How a value looks, for documentation and advice.
    pub(super) const SAMPLE: &'static str = "{ \"201\": [Location], 4XX: [X-Request-Id] }";

    pub(super) fn read(node: Node<'_>) -> Result<Self, Complaint> {
        let entries = entries(node, "strings-by-status", Self::SAMPLE)?;
        entries.into_iter().map(|(key, value)| Ok((status(key)?, texts(value)?))).collect::<Result<_, _>>().map(Self)
    }

    /// The texts of every entry that covers a status, each once: they add up.
    pub fn together(&self, status: StatusKey) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        for text in self.0.iter().filter(|(scope, _)| covers(*scope, status)).flat_map(|(_, texts)| texts) {
            if !found.contains(&text.as_str()) {
                found.push(text);
            }
        }
        found
    }

    /// The texts of the entry that is closest to a status: its own, that of its range, that of `any`.
    pub fn closest(&self, status: StatusKey) -> Option<&[String]> {
        let covering = self.0.iter().filter(|(scope, _)| covers(*scope, status));
        let closest = covering.min_by_key(|(scope, _)| match scope {
            Scope::Only(StatusMatcher::Code(_) | StatusMatcher::Default) => 0,
            Scope::Only(StatusMatcher::Range(_)) => 1,
            Scope::Any => 2,
        });
        closest.map(|(_, texts)| texts.as_slice())
    }
}

impl StatusesByMethod {
    /// How a value looks, for documentation and advice.
    pub(super) const SAMPLE: &'static str = "{ get: [200, 404], any: [500] }";

    pub(super) fn read(node: Node<'_>) -> Result<Self, Complaint> {
        let entries = entries(node, "statuses-by-method", Self::SAMPLE)?;
        entries.into_iter().map(|(key, value)| Ok((method(key)?, statuses(value)?))).collect::<Result<_, _>>().map(Self)
    }

    /// The statuses of a method and those of `any`: they add up.
    pub fn together(&self, method: &str) -> impl Iterator<Item = StatusMatcher> {
        let of_method = self.0.iter().filter(move |(scope, _)| match scope {
            Scope::Any => true,
            Scope::Only(only) => only.name() == method,
        });
        of_method.flat_map(|(_, set)| set.0.iter().copied())
    }

    /// The statuses of a method, where it has none of its own those of `any`.
    pub fn closest(&self, method: &str) -> Option<&StatusSet> {
        let own = self.0.iter().find(|(scope, _)| matches!(scope, Scope::Only(only) if only.name() == method));
        own.or_else(|| self.0.iter().find(|(scope, _)| *scope == Scope::Any)).map(|(_, set)| set)
    }
}

fn covers(scope: Scope<StatusMatcher>, status: StatusKey) -> bool {
    match scope {
        Scope::Any => true,
        Scope::Only(matcher) => status.relation(&matcher).is_true(),
    }
}

fn entries<'t>(node: Node<'t>, kind: &str, sample: &str) -> Result<Vec<(Node<'t>, Node<'t>)>, Complaint> {
    if node.is_map() {
        return Ok(node.entries().map(|entry| (entry.key, entry.value)).collect());
    }
    Err(Complaint::at(node, format!("a value of type {kind} is needed here")).help(format!("write a map such as `{sample}`")))
}

fn status(key: Node<'_>) -> Result<Scope<StatusMatcher>, Complaint> {
    let word = key.text().unwrap_or_default();
    if word == ANY {
        return Ok(Scope::Any);
    }
    StatusMatcher::parse(&word).map(Scope::Only).ok_or_else(|| {
        let help = "write a code such as 404, a range such as 4XX, `default`, or `any` for every response";
        Complaint::at(key, format!("`{word}` is no status")).help(help)
    })
}

fn method(key: Node<'_>) -> Result<Scope<Method>, Complaint> {
    let word = key.text().unwrap_or_default();
    if word == ANY {
        return Ok(Scope::Any);
    }
    Method::find(&word).map(Scope::Only).ok_or_else(|| {
        let names = Method::ALL.map(|method| method.name().to_ascii_lowercase());
        let known: Vec<&str> = names.iter().map(String::as_str).chain([ANY]).collect();
        unknown_word(key, &word, "method", &known)
    })
}

#[cfg(test)]
mod tests {
    use super::super::options::{OptionKind, OptionValue};
    use super::*;
    use crate::source::{Source, SourceId};
    use crate::syntax;

    fn read(kind: OptionKind, text: &str) -> Result<OptionValue, Complaint> {
        let file = syntax::parse(Source::new(SourceId(0), "option.yaml", text));
        kind.read(file.roots().next().unwrap())
    }

    #[test]
    fn texts_add_up_or_the_closest_decide() {
        let text = "{ any: [A], 4XX: [B, A], 404: C, default: [D] }";
        let Ok(OptionValue::StringsByStatus(map)) = read(OptionKind::StringsByStatus, text) else { panic!("{text}") };
        let table: [(&str, &[&str], &[&str]); 5] = [
            ("200", &["A"], &["A"]),
            ("404", &["A", "B", "C"], &["C"]),
            ("410", &["A", "B"], &["B", "A"]),
            ("4XX", &["A", "B"], &["B", "A"]),
            ("default", &["A", "D"], &["D"]),
        ];
        for (key, together, closest) in table {
            let status = StatusKey::parse(key);
            assert_eq!(map.together(status), together, "{key}");
            assert_eq!(map.closest(status).unwrap(), closest, "{key}");
        }
        assert_eq!(StringsByStatus::default().closest(StatusKey::Code(200)), None);
    }

    #[test]
    fn statuses_add_up_or_the_closest_decide() {
        let text = "{ any: [500], GET: [200, 404], post: 201 }";
        let Ok(OptionValue::StatusesByMethod(map)) = read(OptionKind::StatusesByMethod, text) else { panic!("{text}") };
        let together = |method| map.together(method).collect::<Vec<_>>();
        let set = |words: &[&'static str]| StatusSet::parse(words.iter().copied()).unwrap();
        assert_eq!(together("GET"), set(&["500", "200", "404"]).0);
        assert_eq!(together("PUT"), set(&["500"]).0);
        assert_eq!(map.closest("POST"), Some(&set(&["201"])));
        assert_eq!(map.closest("PUT"), Some(&set(&["500"])));
        assert_eq!(StatusesByMethod::default().closest("GET"), None);
    }

    #[test]
    fn mistakes_have_places_and_advice() {
        let table = [
            (OptionKind::Boolean, "1", 0, "a value of type boolean is needed here"),
            (OptionKind::Statuses, "{ a: b }", 0, "a value of type statuses is needed here"),
            (OptionKind::StringsByStatus, "{ 4xx: [A] }", 2, "`4xx` is no status"),
            (OptionKind::StringsByStatus, "[A]", 0, "a value of type strings-by-status is needed here"),
            (OptionKind::StringsByStatus, "{ 200: { a: b } }", 7, "a list of texts is needed here"),
            (OptionKind::StatusesByMethod, "{ gte: [200] }", 2, "`gte` is no method"),
            (OptionKind::StatusesByMethod, "{ get: [abc] }", 8, "`abc` is no status"),
        ];
        for (kind, text, start, message) in table {
            let complaint = read(kind, text).unwrap_err();
            assert_eq!((complaint.span.start, complaint.message.as_str()), (start, message), "{text}");
            assert!(complaint.help.is_some(), "{text}");
        }
        assert_eq!(
            read(OptionKind::StatusesByMethod, "{ gte: [200] }").unwrap_err().help.as_deref(),
            Some("did you mean `get`?")
        );
    }
}
