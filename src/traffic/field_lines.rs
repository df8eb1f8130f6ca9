//! Header field lines in the order of the wire.

use crate::http::media_type::MediaType;

/// Header field lines. Names are kept as recorded and ignore case when asked for (RFC 9110 §5.1).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FieldLines(Vec<(String, String)>);

impl FieldLines {
    /// Adds a line. Pseudo-header fields of HTTP/2 (`:status`) are no header fields and are left out.
    pub fn push(&mut self, name: String, value: String) {
        if !name.starts_with(':') {
            self.0.push((name, value));
        }
    }

    /// All lines.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The name of the line with this number.
    pub fn name(&self, line: usize) -> Option<&str> {
        self.0.get(line).map(|(name, _)| name.as_str())
    }

    /// The values of all lines with this name.
    pub fn lines<'f>(&'f self, name: &str) -> impl Iterator<Item = &'f str> {
        self.iter().filter(move |(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Whether there is a line with this name.
    pub fn has(&self, name: &str) -> bool {
        self.lines(name).next().is_some()
    }

    /// The value of a field: its lines joined by commas (RFC 9110 §5.2). `Set-Cookie` cannot be joined: its first line.
    pub fn value(&self, name: &str) -> Option<String> {
        let mut lines = self.lines(name).map(str::trim);
        let first = lines.next()?.to_owned();
        if name.eq_ignore_ascii_case("set-cookie") {
            return Some(first);
        }
        Some(lines.fold(first, |value, line| value + ", " + line))
    }

    /// The media type of the content: of several lines the last that can be read, as recipients do. `lines("content-type")`
    /// tells how many there are.
    pub fn media_type(&self) -> Option<MediaType<'_>> {
        self.lines("content-type").filter_map(|line| MediaType::parse(line.trim())).last()
    }

    /// Whether nothing was recorded.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(String, String)> for FieldLines {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(lines: I) -> Self {
        let mut fields = FieldLines::default();
        lines.into_iter().for_each(|(name, value)| fields.push(name, value));
        fields
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_but_not_cookies() {
        let lines = [(":status", "200"), ("Vary", " Accept"), ("vary", "Origin "), ("Set-Cookie", "a=1"), ("set-cookie", "b=2")];
        let fields: FieldLines = lines.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        assert_eq!(fields.value("VARY").as_deref(), Some("Accept, Origin"));
        assert_eq!(fields.value("set-cookie").as_deref(), Some("a=1"));
        assert_eq!(fields.value("allow"), None);
        assert!(!fields.has(":status") && fields.has("Set-Cookie"));
    }

    #[test]
    fn of_several_content_types_the_last_that_can_be_read_counts() {
        let of = |values: &[&str]| values.iter().map(|value| ("Content-Type".to_owned(), (*value).to_owned())).collect();
        for (values, essence) in [
            (&["text/plain", "application/json; charset=utf-8"][..], Some("application/json")),
            (&["Text/Plain ", "json"], Some("text/plain")),
            (&["json"], None),
            (&[], None),
        ] {
            let fields: FieldLines = of(values);
            assert_eq!(fields.media_type().map(|media_type| media_type.essence()).as_deref(), essence, "{values:?}");
            assert_eq!(fields.lines("content-type").count(), values.len());
        }
    }
}
