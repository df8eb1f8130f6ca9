//! One exchange of a recording as a row that rules judge: the second witness beside the description.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::Neighbours;
use crate::http::media_type::MediaType;
use crate::http::status::StatusKey;
use crate::source::{Source, SourceId};
use crate::syntax::{File, Node, parse};
use crate::traffic::{Credentials, Exchange, FieldLines};

/// An exchange with what is known around it.
#[derive(Debug)]
pub struct Observed<'x> {
    /// What was recorded.
    pub exchange: &'x Exchange,
    /// The described path it belongs to, as an index of [`super::Api::paths`]: there is one also where the method is not described.
    pub path: Option<usize>,
    /// The operation it belongs to, as an index of [`super::Api::operations`].
    pub operation: Option<usize>,
    /// The described response that it used, as an index of [`super::Api::responses`].
    pub response: Option<usize>,
    /// The described media type that it used, as an index into the content of the response.
    pub described_media_type: Option<usize>,
    /// Whether the request carried credentials.
    pub credentials: Credentials,
    /// What the recording shows of the same resource.
    pub neighbours: Neighbours,
    json: OnceLock<Option<File>>,
}

impl<'x> Observed<'x> {
    /// An exchange that belongs to no operation.
    pub fn new(exchange: &'x Exchange) -> Self {
        Observed {
            exchange,
            path: None,
            operation: None,
            response: None,
            described_media_type: None,
            credentials: exchange.credentials,
            neighbours: Neighbours::default(),
            json: OnceLock::new(),
        }
    }

    /// The status on the wire; codes outside of 100 to 599 are none.
    pub fn status(&self) -> StatusKey {
        match self.exchange.response.status {
            code @ 100..=599 => StatusKey::Code(code),
            _ => StatusKey::Invalid,
        }
    }

    /// The header field lines of the response.
    pub fn fields(&self) -> &'x FieldLines {
        &self.exchange.response.headers
    }

    /// Whether the response has a header field; `None` where not all of them were recorded.
    pub fn has_field(&self, name: &str) -> Option<bool> {
        let has = self.fields().has(name);
        (has || self.exchange.response.has_all_headers).then_some(has)
    }

    /// Whether content came. `None` where the recording does not tell, or has none although `Content-Length` announced some:
    /// then it was not kept. (HEAD and 304 announce the length that a GET would have.)
    pub fn has_content(&self) -> Option<bool> {
        let response = &self.exchange.response;
        let is_present = response.body.is_present();
        let may_announce = is_present == Some(false) && response.status != 304 && self.exchange.request.method != "HEAD";
        let announced =
            || self.fields().lines("content-length").any(|line| line.trim().parse().is_ok_and(|length: u64| length > 0));
        is_present.filter(|_| !(may_announce && announced()))
    }

    /// Whether a response like this may have content at all (RFC 9110 §6.4.1). Where it may not, that it has is the one thing to say.
    pub fn may_have_content(&self) -> bool {
        let status = self.exchange.response.status;
        let method = self.exchange.request.method.as_str();
        let opens_tunnel = method == "CONNECT" && status / 100 == 2;
        method != "HEAD" && status >= 200 && !matches!(status, 204 | 205 | 304) && !opens_tunnel
    }

    /// Whether a header field that is not among those of the request was not sent. That is not so where none were recorded or
    /// only some of the response's, nor where a browser shows what it meant to send: what it sends has an `Accept-Encoding`.
    pub fn has_all_request_fields(&self) -> bool {
        let fields = &self.exchange.request.headers;
        let is_browser = fields.lines("user-agent").any(|agent| agent.starts_with("Mozilla/"));
        let is_provisional = is_browser && !fields.has("accept-encoding");
        !fields.is_empty() && self.exchange.response.has_all_headers && !is_provisional
    }

    /// The media type of the response.
    pub fn media_type(&self) -> Option<MediaType<'x>> {
        self.fields().media_type()
    }

    /// Whether the body is JSON by its media type: `application/json`, `+json` (RFC 6839 §3.1).
    pub fn is_json(&self) -> bool {
        self.media_type().is_some_and(|media_type| media_type.is_json())
    }

    /// The text of the body, if it was recorded.
    pub fn text(&self) -> Option<Cow<'x, str>> {
        self.exchange.response.body.text().map(Cow::Borrowed)
    }

    /// The body as a tree, where its media type says JSON and it can be read as such.
    pub fn json(&self) -> Option<Node<'_>> {
        self.json_file().filter(|file| file.faults().is_empty())?.roots().next()
    }

    /// The body as it was read, with what is wrong with it, where its media type says JSON.
    pub fn json_file(&self) -> Option<&File> {
        let read = || {
            // A part of a document is none (RFC 9110, section 15.3.7).
            let is_part = self.exchange.response.status == 206;
            let text = self.text().filter(|text| self.is_json() && !is_part && !text.is_empty())?;
            Some(parse(Source::new(SourceId(0), "body.json", text)))
        };
        self.json.get_or_init(read).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traffic::{Body, Protocol, Request, Response};

    fn exchange(method: &str, status: u16) -> Exchange {
        let (headers, body) = (FieldLines::default(), Body::Unknown);
        let request = Request { method: method.to_owned(), url: "/".to_owned(), headers: headers.clone(), body: body.clone() };
        let protocol = Protocol::Unknown;
        let response = Response { status, headers, body, protocol, is_raw: false, has_all_headers: false };
        Exchange { time: None, request, response, credentials: Credentials::Unknown }
    }

    #[test]
    fn what_may_have_content() {
        for (method, status, expected) in [
            ("GET", 200, true),
            ("GET", 404, true),
            ("GET", 103, false),
            ("GET", 204, false),
            ("GET", 205, false),
            ("GET", 304, false),
            ("HEAD", 200, false),
            ("HEAD", 404, false),
            ("CONNECT", 200, false),
            ("CONNECT", 299, false),
            ("CONNECT", 407, true),
        ] {
            let exchange = exchange(method, status);
            assert_eq!(Observed::new(&exchange).may_have_content(), expected, "{method} {status}");
        }
    }
}
