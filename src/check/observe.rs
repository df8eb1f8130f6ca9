//! From an exchange to the described response that it used.

use crate::facts::{Api, Observed, OperationFact, ResponseFact};
use crate::http::media_type::MediaType;
use crate::http::status::StatusKey;

/// The described response for a status: the code, else its range, else `default` (contract of OpenAPI's Responses Object).
/// As an index of [`Api::responses`].
pub(super) fn used_response<'p>(api: &Api<'p>, operation: &OperationFact<'p>, status: u16) -> Option<usize> {
    let rank = |response: &ResponseFact<'_>| match response.status {
        StatusKey::Code(code) if code == status => Some(0),
        StatusKey::Range(class) if class.digit() == (status / 100) as u8 => Some(1),
        StatusKey::Default => Some(2),
        _ => None,
    };
    let responses = operation.responses.clone().zip(api.responses_of(operation));
    let ranked = responses.filter_map(|(index, response)| Some((rank(response)?, index)));
    ranked.min().map(|(_, index)| index)
}

/// The described media type that what came fits best: the most specific one that covers it, in whatever order they stand.
/// As an index into the content of the response.
pub(super) fn used_media_type<'p>(api: &Api<'p>, response: &ResponseFact<'p>, came: &MediaType<'_>) -> Option<usize> {
    let content = api.content_of(response);
    let fitting = api.named_like(response, came).into_iter().filter_map(|index| {
        let text = content.get(index)?.text()?;
        let described = MediaType::parse(&text)?;
        described.covers(came).then(|| (described.specificity(), std::cmp::Reverse(index)))
    });
    fitting.max().map(|(_, std::cmp::Reverse(index))| index)
}

/// The described response that an exchange used.
pub(super) fn response_of<'a, 'p>(api: &'a Api<'p>, observed: &Observed<'_>) -> Option<&'a ResponseFact<'p>> {
    api.responses.get(observed.response?)
}
