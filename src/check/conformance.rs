//! What no rule file can say: whether header fields and bodies fit the schemas of the description.

use super::body_place::BodyPlace;
use super::breach::Words;
use super::checker::{Checker, Judged, Matched};
use super::rules::Outlook;
use super::schema::{Answer, Misfit};
use super::undescribed;
use crate::facts::Observed;
use crate::finding::Severity;
use crate::openapi::{Header, Schema};
use crate::source::Span;
use crate::traffic::mask;

const BODY: &str = "response-schema-mismatch";
const HEADER: &str = "response-header-schema-mismatch";

/// Holds what came against the schemas of the used response.
pub(super) fn judge<'p>(
    checker: &Checker<'_, 'p>,
    outlook: &Outlook<'_, 'p>,
    observed: &Observed<'_>,
    matched: &Matched,
    judged: &mut Judged<'p>,
) {
    let Some(response) = outlook.response else { return };
    for header in outlook.description.api.headers_of(response) {
        header_field(checker, outlook, observed, *header, judged);
    }
    // Where there may be no content, that there is some is the one thing to say.
    if observed.may_have_content() {
        body(checker, outlook, observed, matched, judged);
    }
}

fn header_field<'p>(
    checker: &Checker<'_, 'p>,
    outlook: &Outlook<'_, 'p>,
    observed: &Observed<'_>,
    header: Header<'p>,
    judged: &mut Judged<'p>,
) {
    let name = header.name();
    // `Content-Type` is described by `content`, and the lines of `Set-Cookie` cannot be joined.
    if ["content-type", "set-cookie"].iter().any(|other| name.eq_ignore_ascii_case(other)) {
        return;
    }
    let Some(value) = observed.fields().value(&name) else { return };
    match checker.schemas.header(header, &value) {
        Answer::Fits => {}
        Answer::Unknown(_) => judged.unknown.extend(unknown(checker, outlook, HEADER)),
        Answer::Misfits(misfits) => {
            let Some(misfit) = misfits.first() else { return };
            let shown = mask::field_value(&name, &value, checker.options.show_values);
            let told = told(outlook, observed, "a header field that does not fit");
            let message = format!("{told}: `{name}` {} ({shown})", misfit.problem);
            let words = Words::Ready(message, Some("send what the description promises, or correct its schema".to_owned()));
            add(checker, outlook, misfit, (HEADER, Severity::Error), words, &name, judged);
        }
    }
}

fn body<'p>(
    checker: &Checker<'_, 'p>,
    outlook: &Outlook<'_, 'p>,
    observed: &Observed<'_>,
    matched: &Matched,
    judged: &mut Judged<'p>,
) {
    let content = outlook.response.map(|response| outlook.description.api.content_of(response)).unwrap_or_default();
    let Some(media_type) = matched.media_type.and_then(|index| content.get(index)) else { return };
    let Some(schema) = media_type.whole_schema() else { return };
    let Some(root) = observed.json() else { return };
    undescribed::judge(checker, outlook, schema, root, judged);
    match checker.schemas.body(schema, root) {
        Answer::Fits => {}
        Answer::Unknown(_) => judged.unknown.extend(unknown(checker, outlook, BODY)),
        Answer::Misfits(misfits) => {
            let body = (schema, root.file().source().text());
            let told = told(outlook, observed, "a body");
            for misfit in &misfits {
                body_misfit(checker, outlook, body, misfit, &told, judged);
            }
        }
    }
}

fn body_misfit<'p>(
    checker: &Checker<'_, 'p>,
    outlook: &Outlook<'_, 'p>,
    (schema, text): (Schema<'p>, &str),
    misfit: &Misfit<'p>,
    told: &str,
    judged: &mut Judged<'p>,
) {
    let show_values = checker.options.show_values;
    let at = BodyPlace::of(schema, &misfit.instance, show_values);
    let place = if misfit.instance.is_empty() { "the body".to_owned() } else { format!("`{}`", at.shown) };
    let shown = mask::excerpt(text, &misfit.instance, show_values);
    let message = format!("{told} in which {place} {} ({shown})", misfit.problem);
    let help = if misfit.is_write_only {
        "leave it out of responses: it is `writeOnly`"
    } else {
        "send what the description promises, or correct its schema"
    };
    let severity = if misfit.is_write_only { Severity::Warning } else { Severity::Error };
    let words = Words::Ready(message, Some(help.to_owned()));
    add(checker, outlook, misfit, (BODY, severity), words, &at.folded, judged);
}

/// `GET /orders/{id} answered 200 with content`.
fn told(outlook: &Outlook<'_, '_>, observed: &Observed<'_>, what: &str) -> String {
    let operation = observed.operation.and_then(|operation| outlook.description.api.operations.get(operation));
    let label = operation.map_or("the server", |operation| operation.label.as_ref());
    format!("{label} answered {} with {what}", observed.exchange.response.status)
}

/// Adds a breach with the keyword that was broken as a related place.
fn add<'p>(
    checker: &Checker<'_, 'p>,
    outlook: &Outlook<'_, 'p>,
    misfit: &Misfit<'p>,
    (id, severity): (&str, Severity),
    words: Words,
    place: &str,
    judged: &mut Judged<'p>,
) {
    let keyword = misfit.keyword;
    let at = (keyword.file().source().id().0, keyword.index());
    // Names of members that are not described are data; everything else that is said tells one fault from another.
    let is_of_data = matches!(misfit.name.as_str(), "additionalProperties" | "unevaluatedProperties" | "propertyNames");
    let problem = if is_of_data { "" } else { misfit.problem.as_str() };
    let detail = format!("{place}\n{}\n{problem}\n{}:{}", misfit.name, at.0, at.1);
    let Some(mut breach) = checker.breach(outlook, id, severity, words, detail) else { return };
    let broken: (Span, String) = (keyword.span(), format!("`{}` is broken", misfit.name));
    breach.related.insert(0, broken);
    judged.breaches.push(breach);
}

fn unknown(checker: &Checker<'_, '_>, outlook: &Outlook<'_, '_>, id: &str) -> Option<(usize, Option<crate::openapi::NodeId>)> {
    let rule = checker.rules.index_of(id)?;
    Some((rule, outlook.response.and_then(crate::facts::ResponseFact::definition_id)))
}
