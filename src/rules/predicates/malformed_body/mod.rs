//! `body-is-malformed`: a body that cannot be read as what its media type says.

mod xml;

use super::content_type::is_textual;
use super::{Arguments, Judgement, Predicate, Reads};
use crate::facts::Observed;
use crate::http::media_type::MediaType;
use crate::rules::evaluate::{Evidence, Row};
use crate::rules::fields::Noun;
use crate::source::{Source, SourceId};
use crate::syntax::FaultKind;
use crate::traffic::{Body, mask};
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "body-is-malformed",
    noun: Noun::Exchange,
    doc: "The body does not parse as the JSON or XML that its media type says, or is no UTF-8 where its charset says so. Unknown where it \
          may be cut short, or is a stream of several values.",
    arguments: &[],
    words: &["came", "shown"],
    reads: Reads::Definition,
    run,
};

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let Some(observed) = row.exchange().filter(|observed| observed.may_have_content()) else { return Judgement::plain(false) };
    let place = match &observed.exchange.response.body {
        Body::Text(text) => fault(observed, text),
        Body::Bytes(bytes) => breaks_charset(observed, bytes),
        Body::Lost { .. } | Body::Unknown | Body::Undecodable => Place::Untold,
        Body::Empty | Body::Value(_) | Body::Encoded(_) => Place::Nowhere,
    };
    match place {
        Place::Nowhere => Judgement::plain(false),
        Place::Untold => Judgement::plain(Truth::Unknown),
        Place::At(shown) => {
            let came = observed.media_type().map(|came| came.essence()).unwrap_or_default();
            let words = vec![("came", mask::field_value("Content-Type", &came, false)), ("shown", shown)];
            Judgement::shown(true, Evidence { words, ..Evidence::default() })
        }
    }
}

/// Where a body is broken.
enum Place {
    Nowhere,
    Untold,
    At(String),
}

fn fault(observed: &Observed<'_>, text: &str) -> Place {
    let offset = if observed.is_json() { json_fault(observed) } else { xml_fault(observed, text) };
    let Some(offset) = offset else { return Place::Nowhere };
    if is_stream(observed) || is_cut(observed, text) || is_guarded(text) || is_replaced(text, offset) {
        return Place::Untold;
    }
    let position = Source::new(SourceId(0), "body", text).position(u32::try_from(offset).unwrap_or_default());
    Place::At(format!("at line {}, column {}", position.line, position.column))
}

/// A key that stands twice is no fault of the grammar, and past our limits a body may still be right.
fn json_fault(observed: &Observed<'_>) -> Option<usize> {
    let faults = observed.json_file()?.faults();
    faults.iter().find(|fault| fault.kind == FaultKind::Syntax).map(|fault| fault.span.start as usize)
}

fn xml_fault(observed: &Observed<'_>, text: &str) -> Option<usize> {
    observed.media_type().filter(MediaType::is_xml).and_then(|_| xml::fault(text))
}

/// Values one after the other, which some send as if they were one.
fn is_stream(observed: &Observed<'_>) -> bool {
    const WORDS: [&str; 5] = ["stream", "seq", "ndjson", "jsonl", "x-ndjson"];
    observed.media_type().is_some_and(|came| {
        let subtype = came.subtype.to_ascii_lowercase();
        subtype.split(['.', '+', '-']).any(|part| WORDS.contains(&part)) || came.parameter("stream").is_some()
    })
}

/// Whether the end of a body seems to be missing from the recording: it is shorter than was said, or ends in a mark.
fn is_cut(observed: &Observed<'_>, text: &str) -> bool {
    let is_coded = observed.fields().has("Content-Encoding");
    let said: Option<usize> = observed.fields().lines("Content-Length").last().and_then(|length| length.trim().parse().ok());
    let end = text.trim_end();
    !is_coded && said.is_some_and(|said| said > text.len())
        || ["...", "…", "[truncated]", "(truncated)", "<truncated>", "... (truncated)"].iter().any(|mark| end.ends_with(mark))
}

/// A prefix that keeps other pages from running the JSON as a script; clients of such an API take it off.
fn is_guarded(text: &str) -> bool {
    [")]}'", ")]}", "while(1);", "while (1);", "for(;;);", "for (;;);"].iter().any(|guard| text.trim_start().starts_with(guard))
}

/// Whether something stands at a place that was put into the recording for a value that nobody shall see: `<TOKEN>`, `***`.
fn is_replaced(text: &str, offset: usize) -> bool {
    let rest = text.get(offset..).unwrap_or_default();
    let name = rest.strip_prefix(['<', '[']).and_then(|rest| rest.split(['>', ']']).next()).unwrap_or_default();
    let is_name = !name.is_empty() && name.chars().all(|letter| letter.is_ascii_uppercase() || "_- ".contains(letter));
    offset > 0 && (is_name || rest.starts_with("***"))
}

/// Bytes that are no UTF-8 although their charset says so. Where a coding was not undone they are no text yet.
fn breaks_charset(observed: &Observed<'_>, bytes: &[u8]) -> Place {
    if !is_textual(observed) {
        return Place::Nowhere;
    }
    let media_type = observed.media_type();
    let says_utf8 =
        media_type.as_ref().and_then(|came| came.parameter("charset")).is_some_and(|name| name.eq_ignore_ascii_case("utf-8"));
    let is_packed = bytes.starts_with(&[0x1f, 0x8b]) || bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]);
    if !says_utf8 || is_packed || observed.fields().has("Content-Encoding") {
        return Place::Untold;
    }
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    Place::At(format!("at byte {valid}, where it is no UTF-8"))
}
