//! Whether a text is well-formed XML, as far as its tags go.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Where a text stops to be well-formed, in bytes: tags that do not match, attributes that cannot be read, text without a root element.
pub(super) fn fault(text: &str) -> Option<usize> {
    let mut reader = Reader::from_str(text);
    let (mut depth, mut roots) = (0_usize, 0_usize);
    loop {
        let is_root = depth == 0;
        let Ok(event) = reader.read_event() else { return Some(position(reader.error_position(), text)) };
        let here = || position(reader.buffer_position(), text);
        match event {
            Event::Start(tag) | Event::Empty(tag) if has_odd_attribute(&tag) => return Some(here()),
            Event::Start(_) => (depth, roots) = (depth + 1, roots + usize::from(is_root)),
            Event::Empty(_) => roots += usize::from(is_root),
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Text(text) if is_root && !text.chars().all(|letter| letter.is_ascii_whitespace() || letter == '\u{feff}') => {
                return Some(here());
            }
            Event::CData(_) | Event::GeneralRef(_) if is_root => return Some(here()),
            Event::Eof => return (depth > 0 || roots != 1).then(here),
            _ => {}
        }
    }
}

/// Names that stand twice are not looked for: that takes time with the square of their number.
fn has_odd_attribute(tag: &BytesStart<'_>) -> bool {
    tag.attributes().with_checks(false).any(|attribute| attribute.is_err())
}

fn position(offset: u64, text: &str) -> usize {
    usize::try_from(offset).map_or(text.len(), |offset| offset.min(text.len()))
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn well_formed() {
        for text in [
            "<a/>",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- c --><a b='1'><c>&amp;x<![CDATA[<]]></c></a>\n",
            "\u{feff}<a></a>",
            "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
            "<a xmlns:b=\"urn:b\"><b:c/></a >",
        ] {
            assert_eq!(fault(text), None, "{text}");
        }
    }

    #[test]
    fn not_well_formed() {
        for text in ["", "plain", "<a>", "<a></b>", "</a>", "<a/><b/>", "<a b=1/>", "&amp;", "<a", "<a/> and more", "{\"a\": 1}"]
        {
            assert!(fault(text).is_some(), "{text}");
        }
    }
}
