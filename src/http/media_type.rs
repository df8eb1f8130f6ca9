//! Media types and media ranges (RFC 9110, section 8.3.1 and 12.5.1).

use std::borrow::Cow;

/// A media type or range: `application/json; charset=utf-8`, `text/*`, `*/*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaType<'t> {
    /// The type, as written.
    pub kind: &'t str,
    /// The subtype, as written.
    pub subtype: &'t str,
    /// The parameters in order, values without their quotes.
    pub parameters: Vec<(&'t str, Cow<'t, str>)>,
}

impl<'t> MediaType<'t> {
    /// `application/json`, which most media types of a description are.
    const JSON: MediaType<'static> = MediaType { kind: "application", subtype: "json", parameters: Vec::new() };

    /// Reads a media type; `None` where it is none.
    pub fn parse(text: &'t str) -> Option<MediaType<'t>> {
        if text == "application/json" {
            return Some(MediaType::JSON);
        }
        let (essence, rest) = split_at_byte(text, b';').unwrap_or((text, ""));
        let (kind, subtype) = split_at_byte(essence.trim(), b'/')?;
        let valid = is_token(kind) && is_token(subtype) && (kind != "*" || subtype == "*");
        valid.then(|| parameters(rest)).flatten().map(|parameters| MediaType { kind, subtype, parameters })
    }

    /// `type/subtype` in lower case, without parameters.
    pub fn essence(&self) -> String {
        format!("{}/{}", self.kind, self.subtype).to_ascii_lowercase()
    }

    /// The value of a parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_ref())
    }

    /// Whether it is this `type/subtype`, whatever its parameters.
    pub fn is(&self, essence: &str) -> bool {
        let parts = essence.split_at_checked(self.kind.len());
        let subtype = parts.filter(|(kind, _)| self.is_kind(kind)).and_then(|(_, rest)| rest.strip_prefix('/'));
        subtype.is_some_and(|subtype| self.subtype.eq_ignore_ascii_case(subtype))
    }

    /// JSON by name or by suffix: `application/json`, `text/json`, `application/problem+json`.
    pub fn is_json(&self) -> bool {
        self.is("application/json") || self.is("text/json") || self.has_suffix("json")
    }

    /// XML by name or by suffix.
    pub fn is_xml(&self) -> bool {
        self.is("application/xml") || self.is("text/xml") || self.has_suffix("xml")
    }

    /// Problem details (RFC 9457), as JSON or XML.
    pub fn is_problem(&self) -> bool {
        self.is("application/problem+json") || self.is("application/problem+xml")
    }

    /// Whether it stands for many types.
    pub fn is_range(&self) -> bool {
        self.kind == "*" || self.subtype == "*"
    }

    /// How closely it describes a type; the most specific key of a `content` map wins.
    pub fn specificity(&self) -> usize {
        match (self.kind, self.subtype) {
            ("*", _) => 0,
            (_, "*") => 1,
            _ => 2 + self.parameters.len(),
        }
    }

    /// Whether a type lies inside this range: types agree or are `*`, and each parameter written here is there too.
    pub fn covers(&self, other: &MediaType<'_>) -> bool {
        let kind = self.kind == "*" || self.is_kind(other.kind);
        let subtype = self.subtype == "*" || self.subtype.eq_ignore_ascii_case(other.subtype);
        kind && subtype && self.parameters.iter().all(|(name, value)| same_value(name, value, other.parameter(name)))
    }

    fn is_kind(&self, kind: &str) -> bool {
        self.kind.eq_ignore_ascii_case(kind)
    }

    fn has_suffix(&self, suffix: &str) -> bool {
        self.subtype.rsplit_once('+').is_some_and(|(_, end)| end.eq_ignore_ascii_case(suffix))
    }
}

/// Whether a text is JSON's media type by name or suffix; false where it is no media type.
pub fn is_json(text: &str) -> bool {
    MediaType::parse(text).is_some_and(|media_type| media_type.is_json())
}

/// A charset ignores case; other parameters may mean it.
fn same_value(name: &str, value: &str, other: Option<&str>) -> bool {
    other.is_some_and(|other| other == value || name.eq_ignore_ascii_case("charset") && other.eq_ignore_ascii_case(value))
}

/// `; name=value` repeated; empty members are allowed, a member without `=` is not.
fn parameters(mut rest: &str) -> Option<Vec<(&str, Cow<'_, str>)>> {
    let mut parameters = Vec::new();
    loop {
        rest = rest.trim_start_matches([' ', '\t', ';']);
        if rest.is_empty() {
            return Some(parameters);
        }
        let (name, tail) = rest.split_once('=')?;
        let (value, tail) = if tail.starts_with('"') { quoted(tail)? } else { plain(tail) };
        if !is_token(name) || !tail.is_empty() && !tail.starts_with(';') {
            return None;
        }
        parameters.push((name, value));
        rest = tail;
    }
}

fn plain(text: &str) -> (Cow<'_, str>, &str) {
    let end = text.find(';').unwrap_or(text.len());
    let (value, tail) = text.split_at(end);
    (Cow::Borrowed(value.trim_end()), tail)
}

/// A quoted string, its `\` escapes undone, and what follows it.
fn quoted(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((Cow::Owned(value), text.get(at + 1..)?.trim_start())),
            '\\' => value.push(characters.next()?.1),
            _ => value.push(character),
        }
    }
    None
}

/// The parts before and behind the first of these bytes, which is ASCII. Names are short: that is found before a search has begun.
fn split_at_byte(text: &str, byte: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|other| other == byte)?;
    text.get(..at).zip(text.get(at + 1..))
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_types_and_parameters() {
        type Parts = (&'static str, &'static [(&'static str, &'static str)]);
        let table: [(&str, Option<Parts>); 15] = [
            ("application/json", Some(("application/json", &[]))),
            (" Application/JSON ", Some(("application/json", &[]))),
            ("text/html; charset=UTF-8", Some(("text/html", &[("charset", "UTF-8")]))),
            ("text/html;charset=\"utf-8\"", Some(("text/html", &[("charset", "utf-8")]))),
            ("a/b; x=\"q;\\\"e\" ; y=2;", Some(("a/b", &[("x", "q;\"e"), ("y", "2")]))),
            ("multipart/byteranges; boundary=3d6b", Some(("multipart/byteranges", &[("boundary", "3d6b")]))),
            ("*/*", Some(("*/*", &[]))),
            ("text/*", Some(("text/*", &[]))),
            ("*/json", None),
            ("json", None),
            ("application/", None),
            ("application /json", None),
            ("a/b; x", None),
            ("a/b; x=\"1", None),
            ("", None),
        ];
        for (text, expected) in table {
            let parsed = MediaType::parse(text);
            let shown = parsed.as_ref().map(|parsed| {
                (parsed.essence(), parsed.parameters.iter().map(|(name, value)| (*name, value.as_ref())).collect::<Vec<_>>())
            });
            assert_eq!(shown, expected.map(|(essence, parameters)| (essence.to_owned(), parameters.to_vec())), "{text}");
        }
    }

    #[test]
    fn json_and_its_family() {
        for text in ["application/json", "text/json; charset=utf-8", "application/problem+json", "application/vnd.a.b+JSON"] {
            assert!(is_json(text), "{text}");
        }
        for text in ["application/xml", "application/jsonp", "application/json-seq", "*/*", "application/*", "json"] {
            assert!(!is_json(text), "{text}");
        }
        let xml = |text| MediaType::parse(text).is_some_and(|media_type| media_type.is_xml());
        assert!(xml("text/xml") && xml("application/problem+xml") && !xml("text/html"));
        let problem = |text| MediaType::parse(text).is_some_and(|media_type| media_type.is_problem());
        assert!(problem("application/problem+json; charset=utf-8") && !problem("application/json"));
    }

    #[test]
    fn the_most_specific_key_wins() {
        let keys = ["*/*", "text/*", "text/plain", "text/plain;charset=utf-8"];
        let ranks = keys.map(|key| MediaType::parse(key).map(|key| key.specificity()));
        assert_eq!(ranks, [Some(0), Some(1), Some(2), Some(3)]);
    }

    #[test]
    fn ranges_cover() {
        let table = [
            ("*/*", "text/plain", true),
            ("text/*", "text/plain; charset=utf-8", true),
            ("text/*", "image/png", false),
            ("text/plain", "TEXT/Plain; charset=utf-8", true),
            ("text/plain; charset=utf-8", "text/plain", false),
            ("text/plain; charset=utf-8", "text/plain; Charset=UTF-8", true),
            ("a/b; profile=x", "a/b; profile=X", false),
        ];
        for (range, kind, expected) in table {
            let (Some(range), Some(kind)) = (MediaType::parse(range), MediaType::parse(kind)) else { panic!("{range} {kind}") };
            assert_eq!(range.covers(&kind), expected, "{range:?} {kind:?}");
        }
        assert!(MediaType::parse("text/*").is_some_and(|range| range.is_range()));
    }
}
