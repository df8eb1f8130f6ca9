//! Reports that are put together from pieces, so that not all findings of a run need be there at once.

use std::io;

pub(crate) use super::json::Frame;
use super::{Format, Report, concise, json};

/// Whether reports of this format are their findings one after the other, with nothing that depends on several of them but the
/// numbers.
pub(crate) fn is_made_of_pieces(format: Format) -> bool {
    matches!(format, Format::Concise | Format::Json | Format::Jsonl)
}

/// Writes the findings of a report as they stand in the whole.
pub(crate) fn write_piece(format: Format, report: &Report<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    match format {
        Format::Json => json::write_piece(report, out),
        Format::Jsonl => json::write_lines(report, out),
        _ => concise::write(report, out),
    }
}

/// What goes around pieces; the report holds the numbers and no findings.
pub(crate) fn frame(format: Format, report: &Report<'_>) -> io::Result<Frame> {
    if format == Format::Json { json::frame(report) } else { Ok(Frame::default()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Finding, Severity, Summary};
    use crate::report::{Options, write};

    fn finding(message: &str) -> Finding {
        Finding {
            rule: "rule".into(),
            severity: Severity::Note,
            set_by: None,
            message: message.to_owned(),
            help: None,
            primary: None,
            related: Vec::new(),
            operations: vec!["GET /".to_owned()],
            status: None,
            observation: None,
            change: None,
            fix: None,
            fingerprint: "0".to_owned(),
        }
    }

    fn report<'a>(findings: &'a [Finding], summary: &'a Summary) -> Report<'a> {
        Report { findings, sources: Vec::new(), summary, rules: &[], coverage: None }
    }

    fn piece(format: Format, report: &Report<'_>) -> Vec<u8> {
        let mut piece = Vec::new();
        assert!(write_piece(format, report, &mut piece).is_ok());
        piece
    }

    #[test]
    fn many_findings_make_the_same_document_in_pieces() {
        let findings: Vec<Finding> = (0..1_500).map(|number| finding(&number.to_string())).collect();
        let summary = Summary { notes: 1_500, ..Summary::default() };
        let mut whole = Vec::new();
        assert!(write(Format::Json, &report(&findings, &summary), &Options::default(), &mut whole).is_ok());
        let Frame { head, between, tail } = frame(Format::Json, &report(&[], &summary)).unwrap_or_default();
        let pieces: Vec<Vec<u8>> =
            findings.iter().map(|one| piece(Format::Json, &report(std::slice::from_ref(one), &summary))).collect();
        assert_eq!(String::from_utf8(whole), String::from_utf8([head, pieces.join(between), tail].concat()));
    }

    #[test]
    fn pieces_make_the_same_report() {
        let findings = ["one", "two\nlines", "three"].map(finding);
        let summary = Summary { notes: 3, ..Summary::default() };
        for format in Format::ALL.into_iter().filter(|format| is_made_of_pieces(*format)) {
            let mut whole = Vec::new();
            assert!(write(format, &report(&findings, &summary), &Options::default(), &mut whole).is_ok());
            let pieces = [&findings[..2], &findings[2..]].map(|part| piece(format, &report(part, &summary)));
            let Frame { head, between, tail } = frame(format, &report(&[], &summary)).unwrap_or_default();
            let parts = [head, pieces.join(between), tail].concat();
            assert_eq!(String::from_utf8(parts), String::from_utf8(whole), "{}", format.word());
        }
    }
}
