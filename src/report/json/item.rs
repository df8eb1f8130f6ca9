//! A finding as an object in one line.

use std::io;

use super::change;
use super::object::Object;
use crate::finding::{Finding, Fix, Place, Related, RuleDescription, TextEdit};
use crate::report::Report;
use crate::report::escaped::write_text;
use crate::report::observed::Observed;
use crate::source::{Position, Span};

/// A finding of a report, and its rule.
pub(super) struct Item<'a> {
    pub(super) report: &'a Report<'a>,
    pub(super) rule: Option<&'a RuleDescription>,
    pub(super) finding: &'a Finding,
}

impl Item<'_> {
    /// Writes it without a line break.
    pub(super) fn write(&self, out: &mut Vec<u8>) -> io::Result<()> {
        let Item { report, rule, finding } = self;
        Object::write(out, |object| {
            object.text("rule", finding.rule.as_str())?;
            object.text("severity", finding.severity.word())?;
            object.text("message", &finding.message)?;
            object.optional("help", finding.help.as_deref())?;
            object.optional("url", rule.and_then(|rule| rule.url.as_deref()))?;
            self.place(object)?;
            object.list("operations", &finding.operations, |operation, out| write_text(operation, out))?;
            object.optional("status", finding.status.as_deref())?;
            object.list("related", &finding.related, |related, out| also(report, related, out))?;
            object.either("fix", finding.fix.as_deref(), |fix, out| cure(report, fix, out))?;
            object.text("fingerprint", &finding.fingerprint)?;
            finding.observation.as_deref().map_or(Ok(()), |observation| object.members_of(&Observed::from(observation)))?;
            finding.change.as_deref().map_or(Ok(()), |change| change::write(report, finding, change, object))
        })
    }

    fn place(&self, object: &mut Object<'_>) -> io::Result<()> {
        match &self.finding.primary {
            Some(found) => place(self.report, found, object),
            None => ["file", "span", "pointer"].into_iter().try_for_each(|key| object.optional(key, None)),
        }
    }
}

/// File, span, pointer and document.
pub(super) fn place(report: &Report<'_>, place: &Place, object: &mut Object<'_>) -> io::Result<()> {
    range(report, place.span, object)?;
    object.text("pointer", &place.pointer)?;
    place.document.map_or(Ok(()), |document| object.value("document", &document))
}

/// File and span.
fn range(report: &Report<'_>, span: Span, object: &mut Object<'_>) -> io::Result<()> {
    let at = report.locate(span);
    object.text("file", at.file)?;
    Object::write(object.member("span"), |object| {
        point("start", at.start, span.start, object)?;
        point("end", at.end, span.end, object)
    })
}

fn point(key: &'static str, position: Position, offset: u32, object: &mut Object<'_>) -> io::Result<()> {
    Object::write(object.member(key), |object| {
        object.value("line", &position.line)?;
        object.value("column", &position.column)?;
        object.value("offset", &offset)
    })
}

fn also(report: &Report<'_>, related: &Related, out: &mut Vec<u8>) -> io::Result<()> {
    Object::write(out, |object| {
        range(report, related.span, object)?;
        object.text("message", &related.message)
    })
}

fn cure(report: &Report<'_>, fix: &Fix, out: &mut Vec<u8>) -> io::Result<()> {
    Object::write(out, |object| {
        object.text("safety", fix.safety.word())?;
        object.list("edits", &fix.edits, |edit, out| rewrite(report, edit, out))
    })
}

fn rewrite(report: &Report<'_>, edit: &TextEdit, out: &mut Vec<u8>) -> io::Result<()> {
    Object::write(out, |object| {
        range(report, edit.span, object)?;
        object.text("text", &edit.text)
    })
}
