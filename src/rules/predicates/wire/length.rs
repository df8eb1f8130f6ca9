//! How long content was on the wire.

use super::sent::is_of_browser;
use crate::facts::Observed;
use crate::traffic::Body;

/// The length in bytes of what was sent; `None` where the recording may have it in another form: decoded, cut, a value that
/// was parsed, another character set, or nothing where there may have been something.
pub(super) fn of(exchange: &Observed<'_>) -> Option<u64> {
    let fields = exchange.fields();
    let is_coded = |name| super::members(fields.lines(name)).any(|coding| !coding.eq_ignore_ascii_case("identity"));
    if is_coded("content-encoding") || fields.has("transfer-encoding") || is_of_browser(&exchange.exchange.request.headers) {
        return None;
    }
    match &exchange.exchange.response.body {
        Body::Bytes(bytes) => Some(bytes.len() as u64),
        Body::Text(text) if keeps_length(exchange, text) => Some(text.len() as u64),
        Body::Lost { length, is_cut: false } => *length,
        _ => None,
    }
}

/// Whether a text that was read as UTF-8 is as long as its bytes were.
fn keeps_length(exchange: &Observed<'_>, text: &str) -> bool {
    let media_type = exchange.media_type();
    let charset = media_type.as_ref().and_then(|media_type| media_type.parameter("charset"));
    let is_utf8 = charset.is_none_or(|charset| charset.eq_ignore_ascii_case("utf-8"));
    is_utf8 && (charset.is_some() || text.is_ascii()) && !text.contains('\u{fffd}')
}
