//! Judging one entry of a recording.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::breach::{Breach, Words};
use super::description::Description;
use super::observe::{used_media_type, used_response};
use super::options::Options;
use super::route::{Route, RouteOptions, Router, Target};
use super::rules::Outlook;
use super::{conformance, rules, unmatched};
use crate::facts::{Neighbours, Observed};
use crate::finding::Severity;
use crate::http::uri;
use crate::lint::{Job, Profiles};
use crate::openapi::{NodeId, Project};
use crate::rules::{Row, RuleSet, Witness};
use crate::traffic::{Body, Credentials, Entry, Exchange, PlacedEntry};

use super::schema::Schemas;

/// Everything that entries are judged by. Shared by all threads.
pub struct Checker<'r, 'p> {
    pub(super) rules: &'r RuleSet,
    pub(super) options: &'r Options,
    pub(super) descriptions: Vec<Description<'p>>,
    pub(super) schemas: Schemas<'p>,
    /// The query parameters that the descriptions call API keys.
    pub(super) api_keys: BTreeSet<String>,
    router: Router,
    /// The same with every path at the root, made when the first recording asks for it.
    behind_base: OnceLock<Router>,
}

/// What is to be said about one entry.
#[derive(Debug, Default)]
pub struct Judged<'p> {
    pub(super) breaches: Vec<Breach<'p>>,
    pub(super) kind: Kind,
    /// The judgements that came out unknown: the rule and the described response.
    pub(super) unknown: Vec<(usize, Option<NodeId>)>,
}

/// What an entry is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// No exchange.
    #[default]
    Skipped,
    /// It cannot be read.
    Broken,
    /// Left out on request.
    Ignored,
    /// A request with its response.
    Exchange(Matched),
}

/// How an exchange stands to the descriptions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Matched {
    /// The description whose rules and settings count.
    pub(super) description: usize,
    /// The operation it belongs to, as an index of the description's operations.
    pub(super) operation: Option<usize>,
    /// The described path it belongs to, where the path is described.
    pub(super) path: Option<usize>,
    /// Whether the origin is known to serve the description.
    pub(super) is_ours: bool,
    /// The response that was used.
    pub(super) response: Option<usize>,
    /// The media type that was used, as an index into the content of the response.
    pub(super) media_type: Option<usize>,
    /// Content came and is not recorded.
    pub(super) lacks_body: bool,
    /// Its path is not described and it was answered with 404, as it should be.
    pub(super) is_unknown_path: bool,
}

impl<'r, 'p> Checker<'r, 'p> {
    /// Gets ready to judge traffic against the descriptions of all jobs. There must be one: without a description it is
    /// an empty one, and [`Options::is_described`] is off.
    pub fn new(project: &'p Project, rules: &'r RuleSet, jobs: &[Job<'p>], options: &'r Options) -> Self {
        let profiles = Profiles::of_each(rules, project, jobs.iter().map(|job| job.settings), Witness::Observed);
        let of_job = |(number, (job, profiles))| Description::of_job(project, number, job, profiles);
        let descriptions: Vec<Description<'p>> = jobs.iter().zip(&profiles).enumerate().flat_map(of_job).collect();
        let route = RouteOptions { servers: options.servers.clone(), strict_host: options.strict_host };
        let apis: Vec<_> = descriptions.iter().map(|description| &description.api).collect();
        let router = Router::new(&apis, &route);
        Checker {
            rules,
            options,
            schemas: Schemas::new(options.assert_formats),
            router,
            behind_base: OnceLock::new(),
            api_keys: api_keys(&descriptions),
            descriptions,
        }
    }

    /// Judges one entry.
    pub fn judge(&self, placed: &PlacedEntry, neighbours: Neighbours) -> Judged<'p> {
        match &placed.entry {
            Entry::Skipped(_) => Judged::default(),
            Entry::Broken(why) => self.broken(why),
            Entry::Exchange(exchange) if self.is_ignored(exchange) => Judged { kind: Kind::Ignored, ..Judged::default() },
            Entry::Exchange(exchange) => self.exchange(exchange, neighbours),
        }
    }

    /// Looks at an entry as the row that rules judge, if it is an exchange.
    pub fn with_row(&self, placed: &PlacedEntry, neighbours: Neighbours, look: impl FnOnce(&Row<'_, 'p>)) {
        let Entry::Exchange(exchange) = &placed.entry else { return };
        let route = self.route(exchange);
        let (matched, observed) = self.observe(exchange, neighbours, &route);
        if let Some(description) = self.descriptions.get(matched.description) {
            look(&Row::observed(&description.api, &observed));
        }
    }

    /// Finds who answers. Contracts and collections write paths behind the base path of the server, test runs in front of it.
    fn route(&self, exchange: &Exchange) -> Route {
        let request = &exchange.request;
        let route = self.router.route(&request.method, &request.url);
        let is_found = matches!(route, Route::Operation { .. } | Route::Method { .. } | Route::Unknown);
        if is_found || !request.url.starts_with('/') || request.url.starts_with("//") {
            return route;
        }
        let behind_base = || {
            let apis: Vec<_> = self.descriptions.iter().map(|description| &description.api).collect();
            Router::new(&apis, &RouteOptions { servers: vec!["/".to_owned()], strict_host: false })
        };
        let behind = self.behind_base.get_or_init(behind_base).route(&request.method, &request.url);
        if matches!(behind, Route::Operation { .. } | Route::Method { .. }) { behind } else { route }
    }

    fn broken(&self, why: &str) -> Judged<'p> {
        let help = "record it again, or take the entry out; the others were judged".to_owned();
        let words = Words::Ready(why.to_owned(), Some(help));
        let breach = self.descriptions.first().and_then(|description| {
            let outlook = Outlook { description, at: None, response: None };
            self.breach(&outlook, "invalid-entry", Severity::Note, words, why.to_owned())
        });
        Judged { breaches: breach.into_iter().collect(), kind: Kind::Broken, ..Judged::default() }
    }

    fn is_ignored(&self, exchange: &Exchange) -> bool {
        let path = || uri::path(&exchange.request.url);
        self.options.ignored.contains(exchange.response.status)
            || !self.options.ignored_paths.is_empty() && self.options.ignored_paths.is_match(path())
    }

    fn exchange(&self, exchange: &Exchange, neighbours: Neighbours) -> Judged<'p> {
        let route = self.route(exchange);
        let (matched, observed) = self.observe(exchange, neighbours, &route);
        let Some(description) = self.descriptions.get(matched.description) else { return Judged::default() };
        let outlook = Outlook::of(description, &matched, &observed);
        let mut judged = Judged::default();
        unmatched::judge(self, &outlook, &observed, &route, &mut judged);
        rules::judge(self, &outlook, &observed, &mut judged);
        self.forbid(&outlook, &observed, &mut judged);
        self.undecodable(&outlook, &observed, &mut judged);
        conformance::judge(self, &outlook, &observed, &matched, &mut judged);
        rules::silence(self.rules, &mut judged.breaches);
        let is_unknown_path = matched.path.is_none() && exchange.response.status == 404;
        judged.kind = Kind::Exchange(Matched { is_unknown_path, ..matched });
        judged
    }

    /// A status that must not appear is an error, described or not; that is then all there is to say about the status.
    fn forbid(&self, outlook: &Outlook<'_, 'p>, observed: &Observed<'_>, judged: &mut Judged<'p>) {
        const RULE: &str = "undocumented-status-code";
        let status = observed.exchange.response.status;
        if !self.options.forbidden.contains(status) {
            return;
        }
        judged.breaches.retain(|breach| Some(breach.rule) != self.rules.index_of(RULE));
        let message = format!("{status} was answered, which `--forbid-status` forbids");
        let help = "see why the server answered so; the status is not to appear in this recording".to_owned();
        let words = Words::Ready(message, Some(help));
        judged.breaches.extend(self.breach(outlook, RULE, Severity::Error, words, "forbidden".to_owned()));
    }

    /// A body that the recording holds in a broken form: the rest of the exchange was judged.
    fn undecodable(&self, outlook: &Outlook<'_, 'p>, observed: &Observed<'_>, judged: &mut Judged<'p>) {
        if observed.exchange.response.body != Body::Undecodable {
            return;
        }
        let message = "the body is recorded as Base64, and is none: it was not judged".to_owned();
        let help = "record it again; the rest of the exchange was judged".to_owned();
        let words = Words::Ready(message.clone(), Some(help));
        judged.breaches.extend(self.breach(outlook, "invalid-entry", Severity::Note, words, message));
    }

    /// Finds the place of an exchange in the descriptions.
    fn observe<'x>(&self, exchange: &'x Exchange, neighbours: Neighbours, route: &Route) -> (Matched, Observed<'x>) {
        let mut observed = Observed::new(exchange);
        observed.neighbours = neighbours;
        observed.credentials = self.credentials(exchange);
        let mut matched = Matched { lacks_body: lacks_body(&observed), ..Matched::default() };
        match route {
            Route::Operation { target, operation, borrows_get, .. } => {
                matched.take(target);
                // What refuses HEAD as a method says nothing about GET.
                let is_refused = *borrows_get && exchange.response.status == 405;
                matched.operation = Some(*operation).filter(|_| !is_refused);
            }
            Route::Method { target, .. } => matched.take(target),
            Route::Path { api, same_origin, .. } => (matched.description, matched.is_ours) = (*api, *same_origin),
            Route::OutsideBase { api } => (matched.description, matched.is_ours) = (*api, true),
            Route::Foreign | Route::Unknown => {}
        }
        (observed.path, observed.operation) = (matched.path, matched.operation);
        self.find_response(&mut matched, &mut observed);
        (matched, observed)
    }

    fn find_response(&self, matched: &mut Matched, observed: &mut Observed<'_>) {
        let Some(description) = self.descriptions.get(matched.description) else { return };
        let api = &description.api;
        let Some(operation) = matched.operation.and_then(|operation| api.operations.get(operation)) else { return };
        matched.response = used_response(api, operation, observed.exchange.response.status);
        observed.response = matched.response;
        let response = matched.response.and_then(|response| api.responses.get(response));
        // HEAD tells of the content that GET has.
        let has_content =
            || observed.exchange.response.body.is_present() != Some(false) || observed.exchange.request.method == "HEAD";
        let came = observed.media_type().filter(|_| has_content());
        matched.media_type = response.zip(came).and_then(|(response, came)| used_media_type(api, response, &came));
        observed.described_media_type = matched.media_type;
    }

    fn credentials(&self, exchange: &Exchange) -> Credentials {
        match exchange.credentials {
            Credentials::Unknown if self.options.credentials_recorded => Credentials::None,
            told => told,
        }
    }

    /// A breach of a rule that is not made of clauses; `None` if it does not run.
    pub(super) fn breach(
        &self,
        outlook: &Outlook<'_, 'p>,
        id: &str,
        own: Severity,
        words: Words,
        detail: String,
    ) -> Option<Breach<'p>> {
        let rule = self.rules.index_of(id)?;
        let file = outlook.file();
        let (severity, set_by) = outlook.description.severity(self.rules, file, rule, own)?;
        Some(Breach { rule, severity, set_by, at: outlook.at, related: outlook.related(), words, detail })
    }
}

impl Matched {
    fn take(&mut self, target: &Target) {
        self.description = target.api;
        self.path = Some(target.path);
        self.is_ours = true;
    }
}

/// The names of query parameters that carry API keys.
fn api_keys(descriptions: &[Description<'_>]) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for api in descriptions.iter().map(|description| &description.api) {
        for operation in &api.operations {
            let schemes = api.security_of(operation).schemes().filter_map(|scheme| scheme.definition);
            let in_query = schemes.filter(|scheme| scheme.text("in").is_some_and(|place| place == "query"));
            keys.extend(in_query.filter_map(|scheme| scheme.text("name")).map(std::borrow::Cow::into_owned));
        }
    }
    keys
}

/// Content came, and its text is not there.
fn lacks_body(observed: &Observed<'_>) -> bool {
    let body = &observed.exchange.response.body;
    observed.may_have_content() && matches!(body, Body::Unknown | Body::Lost { .. } | Body::Undecodable)
}
