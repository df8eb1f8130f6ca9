//! What can be asked of recorded traffic alone.

mod content_coding;
mod content_length;
mod content_range;
mod content_type;
mod cut;
mod described;
mod framing;
mod length;
mod modified;
mod sent;
mod server;
mod trace;
mod upgrade;

pub(super) use content_coding::USES_UNASKED_CODING;
pub(super) use content_length::MISSTATES_LENGTH;
pub(super) use content_range::MISSTATES_RANGE;
pub(super) use content_type::MALFORMS_CONTENT_TYPE;
pub(super) use cut::BODY_IS_CUT;
pub(super) use described::{DESCRIBES_CONTENT, DESCRIBES_DOCUMENTS};
pub(super) use framing::{FRAMED_BY_FIELDS, HAS_RAW_FIELDS, MULTIPLEXED};
pub(super) use modified::MODIFIED_AFTER_DATE;
pub(super) use sent::SENT_BY_BROWSER;
pub(super) use server::TELLS_SOFTWARE;
pub(super) use trace::ECHOES_CREDENTIALS;
pub(super) use upgrade::SWITCHES_UNASKED;

use super::Judgement;
use crate::facts::Observed;
use crate::rules::evaluate::{Evidence, Row};
use crate::truth::Truth;

/// The answer about an exchange; unknown for any other row.
fn about<'p>(row: &Row<'_, 'p>, judge: impl FnOnce(&Observed<'_>) -> Judgement<'p>) -> Judgement<'p> {
    row.exchange().map_or_else(|| Judgement::plain(Truth::Unknown), judge)
}

/// True with words to show for it, or false.
fn shown<'p>(words: Option<Vec<(&'static str, String)>>) -> Judgement<'p> {
    let fault = |words| Judgement::shown(true, Evidence { words, ..Evidence::default() });
    words.map_or_else(|| Judgement::plain(false), fault)
}

/// The members of a field that is a list (RFC 9110 §5.6.1), whatever lines they stand on.
fn members<'x>(lines: impl Iterator<Item = &'x str>) -> impl Iterator<Item = &'x str> {
    lines.flat_map(|line| line.split(',')).map(str::trim).filter(|member| !member.is_empty())
}
