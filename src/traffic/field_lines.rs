//! Header field lines in the order of the wire.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::http::media_type::MediaType;

/// Up to how many lines one is looked for among them one by one.
const FEW: usize = 32;

/// Header field lines. Names are kept as recorded and ignore case when asked for (RFC 9110 §5.1).
#[derive(Clone, Debug, Default)]
pub struct FieldLines {
    all: Vec<(String, String)>,
    /// The positions of the lines with each name in lower case, where there are many.
    positions: OnceLock<FxHashMap<String, Vec<usize>>>,
}

impl PartialEq for FieldLines {
    fn eq(&self, other: &Self) -> bool {
        self.all == other.all
    }
}

impl FieldLines {
    /// Adds a line. Pseudo-header fields of HTTP/2 (`:status`) are no header fields and are left out.
    pub fn push(&mut self, name: String, value: String) {
        if !name.starts_with(':') {
            self.all.push((name, value));
            self.positions.take();
        }
    }

    /// All lines.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.all.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The name of the line with this number.
    pub fn name(&self, line: usize) -> Option<&str> {
        self.all.get(line).map(|(name, _)| name.as_str())
    }

    /// The values of all lines with this name.
    pub fn lines<'f>(&'f self, name: &str) -> impl Iterator<Item = &'f str> {
        let found = (self.all.len() > FEW).then(|| self.positions_of(name));
        let (few, found) = found.map_or((self.all.as_slice(), [].as_slice()), |found| ([].as_slice(), found));
        let among_few = few.iter().filter(move |(other, _)| other.eq_ignore_ascii_case(name));
        among_few.chain(found.iter().filter_map(|&line| self.all.get(line))).map(|(_, value)| value.as_str())
    }

    fn positions_of(&self, name: &str) -> &[usize] {
        let positions = self.positions.get_or_init(|| {
            let mut positions: FxHashMap<String, Vec<usize>> = FxHashMap::default();
            for (line, (name, _)) in self.all.iter().enumerate() {
                positions.entry(name.to_ascii_lowercase()).or_default().push(line);
            }
            positions
        });
        positions.get(&name.to_ascii_lowercase()).map(Vec::as_slice).unwrap_or_default()
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
        self.all.is_empty()
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
    fn among_many_lines_the_same_are_found() {
        let line = |at: usize| (format!("X-{}", at % 30), at.to_string());
        let mut fields: FieldLines = (0..90).map(line).collect();
        assert_eq!(fields.lines("x-7").collect::<Vec<_>>(), ["7", "37", "67"]);
        assert!(!fields.has("x-30"));
        fields.push("x-30".to_owned(), "new".to_owned());
        assert_eq!(fields.value("X-30").as_deref(), Some("new"));
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
