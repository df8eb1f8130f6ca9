//! Predicates: verbs of the rule language that are written in Rust, one file each.

mod allow;
mod api_has_word;
mod bare_status_key;
mod bare_status_keys;
mod belongs_to_operation;
mod body_has_member;
mod body_links_to_itself;
mod browser_flow;
mod cacheable;
mod can_fail;
mod constrains_input;
mod content_type;
mod counts_up;
mod creates_many;
mod cues;
mod declares_header;
mod drops_headers;
mod entity_tags;
mod error_body;
mod error_evidence;
mod expects_specific_errors;
mod has_content;
mod has_extension;
mod has_item_path;
mod head_differs;
mod header_type_differs;
mod house;
mod identifies;
mod invalid_status_key;
mod lacks_credentials;
mod leads_to_file;
mod malformed_body;
mod malforms_challenge;
mod malforms_header;
mod malforms_location;
mod many_equal_errors;
mod monitor;
mod names_another_status;
mod needs_credentials;
mod needs_scopes;
mod offers_choice;
mod omits_responses;
mod path_matches;
mod paths_have_word;
mod rate_limit_dialects;
mod rate_limits_differ;
mod refusal;
mod registration_expires;
mod repeats_its_range;
mod repeats_status_key;
mod request_fits;
mod required_headers;
mod retries_early;
mod sends;
mod sequence;
mod speaks_of_specific_error;
mod speaks_webdav;
mod sunsets_early;
mod takes_header;
mod tells_item_status;
mod unexplained_unauthorized;
mod unofficial_status;
mod validation_statuses;
mod wire;

use std::sync::LazyLock;

use super::evaluate::{Evidence, Row};
use super::fields::Noun;
use super::options::{OptionKind, OptionValue, Options};
use crate::truth::Truth;

/// A predicate: what it asks, of what, with which arguments, and what it shows.
pub struct Predicate {
    /// The name in `holds`.
    pub name: &'static str,
    /// The row it asks about.
    pub noun: Noun,
    /// What it asks, one sentence.
    pub doc: &'static str,
    /// Its arguments.
    pub arguments: &'static [(&'static str, OptionKind)],
    /// The words its evidence has, for messages.
    pub words: &'static [&'static str],
    /// What of a response its answer depends on.
    pub reads: Reads,
    /// The question.
    pub run: for<'p> fn(&Row<'_, 'p>, &Arguments<'_>) -> Judgement<'p>,
}

/// What of a response the answer of a predicate depends on, each with what stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reads {
    /// Its status key.
    Key,
    /// Its header fields.
    Headers,
    /// All of its definition; in 2.0 its content is also what the operation produces.
    Definition,
    /// The description that stands beside a `$ref` in place of the definition's.
    Response,
    /// The operation that uses it.
    Operation,
}

impl Predicate {
    /// Whether rows of a noun can be asked: an exchange has what a response has.
    pub(super) fn asks_about(&self, noun: Noun) -> bool {
        self.noun == noun || self.noun == Noun::Response && noun == Noun::Exchange
    }
}

impl std::fmt::Debug for Predicate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// The answer of a predicate.
#[derive(Clone, Debug)]
pub struct Judgement<'p> {
    /// The answer.
    pub truth: Truth,
    /// What it rests on: one item per place, cluster or pair.
    pub evidence: Vec<Evidence<'p>>,
    /// Whether there is evidence that was not wanted: one piece, and nothing but words.
    pub is_withheld: bool,
}

impl<'p> Judgement<'p> {
    /// An answer with nothing to show.
    pub(super) fn plain(truth: impl Into<Truth>) -> Self {
        Judgement { truth: truth.into(), evidence: Vec::new(), is_withheld: false }
    }

    /// That something was found, or not.
    pub(super) fn found(evidence: Vec<Evidence<'p>>) -> Self {
        let truth = Truth::from(!evidence.is_empty());
        Judgement::resting_on(evidence, truth)
    }

    /// An answer that rests on this.
    pub(super) fn resting_on(evidence: Vec<Evidence<'p>>, truth: Truth) -> Self {
        Judgement { truth, evidence, is_withheld: false }
    }

    /// An answer that rests on one piece of evidence with nothing but words, which nobody asked for.
    pub(super) fn withheld(truth: impl Into<Truth>) -> Self {
        Judgement { is_withheld: true, ..Judgement::plain(truth) }
    }

    /// An answer that rests on one piece of evidence.
    pub(super) fn shown(truth: impl Into<Truth>, evidence: Evidence<'p>) -> Self {
        Judgement { truth: truth.into(), evidence: vec![evidence], is_withheld: false }
    }
}

/// The arguments of one call, with the options they may refer to.
#[derive(Debug)]
pub struct Arguments<'a> {
    given: &'a [(&'static str, OptionValue)],
    options: &'a Options,
    /// Whether evidence is wanted beside the answer. Most rows pass, and nobody reads what their answers rest on.
    pub(super) shows: bool,
}

impl<'a> Arguments<'a> {
    pub(super) fn new(given: &'a [(&'static str, OptionValue)], options: &'a Options, shows: bool) -> Self {
        Arguments { given, options, shows }
    }

    /// The value of an argument; a reference to an option is looked up.
    pub(super) fn get(&self, name: &str) -> Option<&'a OptionValue> {
        let (_, value) = self.given.iter().find(|(other, _)| *other == name)?;
        match value {
            OptionValue::String(text) => match text.strip_prefix("option:") {
                Some(option) => self.options.0.get(option),
                None => Some(value),
            },
            value => Some(value),
        }
    }
}

/// The texts of an argument that is a list of such.
fn strings<'a>(arguments: &Arguments<'a>, name: &str) -> &'a [String] {
    match arguments.get(name) {
        Some(OptionValue::Strings(texts)) => texts,
        _ => &[],
    }
}

/// How many schemas one question about a body may still look at: alternatives of alternatives are made to be many. What lies
/// behind is unknown.
struct Looks(u32);

impl Default for Looks {
    fn default() -> Self {
        Looks(2_000)
    }
}

impl Looks {
    /// Whether there is another one.
    fn take(&mut self) -> bool {
        let has_one = self.0 > 0;
        self.0 = self.0.saturating_sub(1);
        has_one
    }
}

/// All predicates.
pub(super) const ALL: &[Predicate] = &[
    bare_status_key::PREDICATE,
    bare_status_keys::PREDICATE,
    can_fail::PREDICATE,
    invalid_status_key::PREDICATE,
    many_equal_errors::PREDICATE,
    names_another_status::PREDICATE,
    omits_responses::PREDICATE,
    registration_expires::PREDICATE,
    repeats_its_range::PREDICATE,
    repeats_status_key::PREDICATE,
    unofficial_status::PREDICATE,
    body_links_to_itself::PREDICATE,
    browser_flow::PREDICATE,
    creates_many::PREDICATE,
    has_content::PREDICATE,
    leads_to_file::PREDICATE,
    needs_credentials::PREDICATE,
    needs_scopes::PREDICATE,
    unexplained_unauthorized::OF_DOCUMENT,
    unexplained_unauthorized::OF_OPERATION,
    error_evidence::ERROR_EVIDENCE,
    refusal::SPEAKS_OF_PERMISSION,
    refusal::SPEAKS_OF_CREDENTIALS,
    monitor::SHOWS_PROGRESS,
    allow::ALLOW_DIFFERS,
    declares_header::PREDICATE,
    drops_headers::PREDICATE,
    error_evidence::HAS_SUCCESS_FLAG,
    has_item_path::PREDICATE,
    header_type_differs::PREDICATE,
    speaks_webdav::PREDICATE,
    takes_header::PREDICATE,
    tells_item_status::PREDICATE,
    api_has_word::PREDICATE,
    body_has_member::PREDICATE,
    cacheable::PREDICATE,
    constrains_input::PREDICATE,
    expects_specific_errors::PREDICATE,
    has_extension::PREDICATE,
    identifies::PREDICATE,
    rate_limit_dialects::PREDICATE,
    speaks_of_specific_error::PREDICATE,
    validation_statuses::PREDICATE,
    head_differs::PREDICATE,
    malforms_header::PREDICATE,
    offers_choice::PREDICATE,
    sunsets_early::PREDICATE,
    house::listed::LACKS_LISTED_HEADER,
    house::listed::DECLARES_FORBIDDEN_HEADER,
    house::listed::DECLARES_UNLISTED_HEADER,
    house::listed::LACKS_LISTED_STATUS,
    house::listed::STATUS_UNLISTED,
    house::listed::STATUS_UNLISTED_FOR_METHOD,
    house::members::LACKS_LISTED_MEMBER,
    house::media::HAS_UNLISTED_CONTENT,
    house::media::HAS_WILDCARD_CONTENT,
    house::media::HAS_CONTENT_WITHOUT_SCHEMA,
    house::media::ACCEPTS_ANOTHER_TYPE,
    house::header_names::HEADER_NAME_MATCHES,
    house::header_names::HEADER_CASE_DIFFERS,
    house::body_shape::BODY_IS_NO_OBJECT,
    house::body_shape::BODY_IS_OPEN,
    house::paging::IS_PAGED,
    house::paging::TELLS_NEXT_PAGE,
    house::one_schema::SCHEMA_DIFFERS_FROM_GET,
    house::phrase::DESCRIPTION_IS_NO_PHRASE,
    house::examples::HAS_CONTENT_WITHOUT_EXAMPLE,
    house::examples::HAS_HEADER_WITHOUT_EXAMPLE,
    house::misfits::SHOWS_MISFIT,
    house::unused::LEAVES_COMPONENTS_UNUSED,
    house::links::LINKS_TO_NO_OPERATION,
    house::secrets::SHOWS_SECRET,
    house::security::SAYS_SECURITY,
    error_body::EXPLAINS_ERROR,
    error_body::EXPOSES_INTERNALS,
    error_body::LACKS_SCHEMA,
    error_body::LEAKS_INTERNALS,
    error_body::MISTYPES_PROBLEM,
    error_body::MIXES_ERROR_ENVELOPES,
    error_body::MIXES_ERROR_MEDIA_TYPES,
    error_body::NAMES_ERROR,
    error_body::REPEATS_SUCCESS_SCHEMA,
    error_body::SERVES_IN_PUBLIC,
    error_body::SHOWS_ANOTHER_STATUS,
    error_body::SHOWS_UNLABELLED_PROBLEM,
    counts_up::PREDICATE,
    entity_tags::NEVER_GIVES,
    entity_tags::ONE_OF_MANY,
    entity_tags::OWNER_GIVES,
    paths_have_word::PREDICATE,
    belongs_to_operation::PREDICATE,
    path_matches::PREDICATE,
    wire::BODY_IS_CUT,
    wire::DESCRIBES_CONTENT,
    wire::DESCRIBES_DOCUMENTS,
    wire::ECHOES_CREDENTIALS,
    wire::FRAMED_BY_FIELDS,
    wire::HAS_RAW_FIELDS,
    wire::MALFORMS_CONTENT_TYPE,
    wire::MISSTATES_LENGTH,
    wire::MISSTATES_RANGE,
    wire::MODIFIED_AFTER_DATE,
    wire::MULTIPLEXED,
    wire::SENT_BY_BROWSER,
    wire::SWITCHES_UNASKED,
    wire::TELLS_SOFTWARE,
    wire::USES_UNASKED_CODING,
    allow::SENT_ALLOW_DIFFERS,
    content_type::LACKS_CONTENT_TYPE,
    content_type::MEDIA_TYPE_UNDESCRIBED,
    error_body::SENDS_INTERNALS,
    malformed_body::PREDICATE,
    malforms_challenge::MALFORMS_CHALLENGE,
    malforms_challenge::OFFERS_NO_DESCRIBED_SCHEME,
    malforms_location::PREDICATE,
    rate_limits_differ::PREDICATE,
    lacks_credentials::PREDICATE,
    request_fits::PREDICATE,
    required_headers::PREDICATE,
    retries_early::PREDICATE,
    sends::IS_SEEN_TO_SEND,
    sends::SENDS,
    sends::SENDS_NO_CONTENT,
    sequence::CREATES_WHAT_WAS_MISSING,
    sequence::DEPENDS_ON_UNNAMED_FIELD,
    sequence::DIFFERS_FROM_OTHER_METHOD,
    sequence::DROPS_FIELDS,
    sequence::LEADS_IN_CIRCLE,
    sequence::MISSES_WHAT_WAS_CREATED,
    sequence::MISTELLS_LENGTH,
    sequence::READS_WHAT_WAS_DELETED,
    sequence::REFUSES_GOOD_CREDENTIALS,
    sequence::SHARES_ENTITY_TAG,
];

/// Each compiles one pattern of a predicate, or those that it asks together.
pub(super) const PATTERNS: [&[fn()]; 5] = [
    refusal::PATTERNS,
    names_another_status::PATTERNS,
    error_body::PATTERNS,
    speaks_of_specific_error::PATTERNS,
    error_evidence::PATTERNS,
];

/// Makes what is made on first use.
fn make<T>(lazy: &LazyLock<T>) {
    LazyLock::force(lazy);
}

/// The predicate with this name.
pub(super) fn find(name: &str) -> Option<&'static Predicate> {
    ALL.iter().find(|predicate| predicate.name == name)
}
