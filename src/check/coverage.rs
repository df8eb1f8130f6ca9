//! Which described responses the traffic used.

use rustc_hash::FxHashMap;

use super::checker::Matched;
use super::description::Description;
use crate::facts::{OperationFact, ResponseFact, Role};
use crate::finding::{Coverage, CoverageRow};
use crate::http::status::StatusKey;

/// A described response under a media type: description, response, media type.
type Used = (usize, usize, Option<usize>);

/// How often each described response was used.
#[derive(Debug, Default)]
pub(super) struct Tally {
    seen: FxHashMap<Used, u64>,
    codes: FxHashMap<(Used, u16), u64>,
    /// All uses of a response, whatever its media type, or without content: description and response.
    used: FxHashMap<(usize, usize), u64>,
}

impl Tally {
    /// Notes an exchange.
    pub(super) fn note(&mut self, matched: &Matched, status: u16) {
        let Some(response) = matched.response else { return };
        let used = (matched.description, response, matched.media_type);
        *self.seen.entry(used).or_default() += 1;
        *self.codes.entry((used, status)).or_default() += 1;
        *self.used.entry((matched.description, response)).or_default() += 1;
    }

    /// Whether a described response was used as it is described.
    pub(super) fn is_used(&self, description: &Description<'_>, number: usize, response: usize) -> bool {
        let content = description.api.responses.get(response).map_or(0, |fact| description.api.content_of(fact).len());
        let seen = |media_type: usize| self.seen.contains_key(&(number, response, Some(media_type)));
        if content == 0 { self.used.contains_key(&(number, response)) } else { (0..content).any(seen) }
    }

    /// A row for each described response and media type.
    pub(super) fn coverage(&self, descriptions: &[Description<'_>]) -> Coverage {
        let mut rows = Vec::new();
        for (number, description) in descriptions.iter().enumerate() {
            for operation in description.api.operations.iter().filter(|operation| operation.role == Role::Server) {
                rows.extend(self.rows(number, description, operation));
            }
        }
        Coverage { rows }
    }

    fn rows<'p>(&self, number: usize, description: &Description<'p>, operation: &OperationFact<'p>) -> Vec<CoverageRow> {
        let responses = operation.responses.clone().zip(description.api.responses_of(operation));
        let mut rows = Vec::new();
        for (index, response) in responses.filter(|(_, response)| response.status != StatusKey::Invalid) {
            let content = description.api.content_of(response);
            if content.is_empty() {
                rows.push(self.row(description, operation, response, (number, index, None), None));
            }
            for (place, media_type) in content.iter().enumerate() {
                let name = media_type.text().map(std::borrow::Cow::into_owned);
                rows.push(self.row(description, operation, response, (number, index, Some(place)), name));
            }
        }
        rows
    }

    fn row(
        &self,
        description: &Description<'_>,
        operation: &OperationFact<'_>,
        response: &ResponseFact<'_>,
        used: Used,
        media_type: Option<String>,
    ) -> CoverageRow {
        // What has no content is used by whatever comes with that status.
        let seen = if media_type.is_none() && used.2.is_none() { self.used.get(&(used.0, used.1)) } else { self.seen.get(&used) };
        CoverageRow {
            description: description.api.root.node().file().source().name().to_owned(),
            operation: operation.label.to_string(),
            response: response.text().to_owned(),
            media_type,
            seen: seen.copied().unwrap_or(0),
            codes: if matches!(response.status, StatusKey::Code(_)) { Vec::new() } else { self.codes_of(used) },
        }
    }

    fn codes_of(&self, used: Used) -> Vec<(u16, u64)> {
        let own = self.codes.iter().filter(|((other, _), _)| *other == used);
        let mut codes: Vec<(u16, u64)> = own.map(|((_, code), count)| (*code, *count)).collect();
        codes.sort_unstable();
        codes
    }
}
