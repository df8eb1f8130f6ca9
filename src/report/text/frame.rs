//! One finding as a miette diagnostic.

use std::fmt;
use std::ops::Range;

use miette::{Diagnostic, LabeledSpan, SourceCode};

use super::super::{Report, before, clean};
use super::excerpt::Excerpt;
use crate::finding::{Finding, Related, Safety, Severity};
use crate::source::{Source, Span};

/// A finding with the lines it stands in.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    finding: &'a Finding,
    url: Option<&'a str>,
    message: String,
    help: Option<String>,
    excerpt: Option<Excerpt>,
    labels: Vec<LabeledSpan>,
}

impl<'a> Frame<'a> {
    /// The frame of a finding, and the related places that found no room in it.
    pub(super) fn new(report: &Report<'a>, finding: &'a Finding, url: Option<&'a str>, width: usize) -> (Self, Vec<&'a Related>) {
        let mut frame = Frame {
            finding,
            url,
            message: clean::sentence(&finding.message).into_owned(),
            help: finding.help.as_deref().map(|help| clean::sentence(help).into_owned()),
            excerpt: None,
            labels: Vec::new(),
        };
        let span = finding.span().or_else(|| before(finding).map(|place| place.span));
        let place = span.and_then(|span| Some((report.source(span.source)?, span)));
        let rest = match place {
            Some((source, span)) => frame.show(source, span, width),
            None => finding.related.iter().collect(),
        };
        (frame, rest)
    }

    fn show(&mut self, source: &Source, primary: Span, width: usize) -> Vec<&'a Related> {
        let here = |related: &&Related| related.span.source == primary.source;
        let also: Vec<_> = self.finding.related.iter().filter(here).map(|related| related.span).collect();
        let gutter = 8 + source.line_count().to_string().len();
        let mut excerpt = Excerpt::around(source, primary, &also, width.saturating_sub(gutter).max(20));
        self.labels.push(LabeledSpan::new_primary_with_span(None, span(excerpt.primary())));
        let mut rest = Vec::new();
        for related in &self.finding.related {
            match Some(related).filter(here).and_then(|related| excerpt.try_mark(source, related.span)) {
                Some(range) => self.labels.push(label(related, range)),
                None => rest.push(related),
            }
        }
        self.excerpt = Some(excerpt);
        rest
    }
}

impl fmt::Display for Frame<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Frame<'_> {}

impl Diagnostic for Frame<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        let is_fixable = self.finding.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe);
        let mark = if is_fixable { " [*]" } else { "" };
        Some(Box::new(format!("{}[{}]{mark}", self.finding.severity, self.finding.rule)))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.finding.severity {
            Severity::Note => miette::Severity::Advice,
            Severity::Warning => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        })
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn url<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.url.map(|url| Box::new(url) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.excerpt.as_ref()?;
        Some(Box::new(self.labels.iter().cloned()))
    }
}

fn label(related: &Related, range: Range<usize>) -> LabeledSpan {
    LabeledSpan::new_with_span(Some(clean::sentence(&related.message).into_owned()), span(range))
}

fn span(range: Range<usize>) -> (usize, usize) {
    (range.start, range.len())
}
