//! The library as other programs use it, where its documentation shows too little to hold: errors, files, silence.
#![expect(clippy::disallowed_methods, reason = "tests make the files that they look at")]

use std::fs;

use statusquo::{Error, Format, Linter, Severity};

/// Its one finding that fails a run is `found-redirect`, at line 7.
const DESCRIPTION: &str = include_str!("../fixtures/bare-redirect.yaml");

/// The lines of a report, as editors read them.
fn lines(report: &statusquo::Report) -> Vec<String> {
    report.findings().map(|finding| finding.to_string()).collect()
}

#[test]
fn a_finding_tells_all_about_itself() {
    let report = statusquo::lint("orders.yaml", DESCRIPTION).unwrap();
    let finding = report.findings().find(|finding| finding.rule() == "found-redirect").unwrap();
    assert_eq!((finding.file(), finding.line(), finding.column()), ("orders.yaml", 7, 9));
    assert_eq!(&DESCRIPTION[finding.range()], "'302'");
    assert_eq!((finding.pointer(), finding.status()), ("/paths/~1orders/get/responses/302", Some("302")));
    assert_eq!((finding.severity(), finding.operations()), (Severity::Warning, ["GET /orders".to_owned()].as_slice()));
    assert!(finding.message().contains("302") && finding.help().unwrap().contains("303") && !finding.fingerprint().is_empty());
    assert!(finding.url().unwrap().ends_with("#section-15.4.3"), "{:?}", finding.url());
    assert_eq!(finding.to_string(), format!("orders.yaml:7:9: warning: {} [found-redirect]", finding.message()));
}

#[test]
fn a_report_is_what_the_program_writes() {
    let report = statusquo::lint("orders.yaml", DESCRIPTION).unwrap();
    let mut concise = Vec::new();
    report.write(Format::Concise, &mut concise).unwrap();
    assert_eq!(String::from_utf8(concise).unwrap(), lines(&report).join("\n") + "\n");
    assert!(report.to_string().contains("warning[found-redirect]") && !report.to_string().contains('\u{1b}'));
    assert_eq!((report.summary().operations, report.summary().files), (1, 1));
}

#[test]
fn severities_decide_what_passes() {
    let passes = |linter: Linter| {
        let report = linter.lint_sources([("a.yaml", DESCRIPTION)]).unwrap();
        (report.passes(), report.passes_below(Severity::Error))
    };
    let only_notes =
        |linter: Linter| linter.rule("found-redirect", Severity::Note).unwrap().off("redirect-without-location").unwrap();
    assert_eq!(passes(Linter::new()), (false, true));
    assert_eq!(passes(Linter::new().rule("found-redirect", Severity::Error).unwrap()), (false, false));
    assert_eq!(passes(only_notes(Linter::new())), (true, true));
}

#[test]
fn what_was_not_looked_at_is_no_clean_report() {
    let none = |name: &str| Error::NoDescription { name: name.to_owned() };
    assert_eq!(statusquo::lint("a.yaml", "type: object\n").unwrap_err(), none("a.yaml"));
    assert_eq!(statusquo::lint("a.yaml", "").unwrap_err(), none("a.yaml"));
    assert_eq!(Linter::new().lint_sources::<&str, &str>([]).unwrap_err(), none(""));
    let error = Linter::new().off("found-redirct").unwrap_err();
    assert_eq!(error.to_string(), "there is no rule `found-redirct`; did you mean `found-redirect`?");
    let error = statusquo::lint_files(["nowhere/openapi.yaml"]).unwrap_err();
    assert_eq!(error.to_string(), "cannot read `nowhere/openapi.yaml`: there is no such file");
}

/// A description that does not parse is one with a finding.
#[test]
fn what_does_not_parse_does_not_pass() {
    let report = statusquo::lint("a.yaml", format!("{DESCRIPTION}  broken: [\n")).unwrap();
    assert!(!report.passes() && report.findings().any(|finding| finding.rule() == "syntax-error"), "{report}");
}

#[test]
fn files_and_folders_are_read_with_what_they_reference() {
    let folder = tempfile::tempdir().unwrap();
    let shared = DESCRIPTION.replace("{ description: Elsewhere }", "{ $ref: 'shared.yaml#/Moved' }");
    for (name, text) in [
        ("api/openapi.yaml", shared.as_str()),
        ("api/shared.yaml", "Moved: { description: Elsewhere }\n"),
        ("values.yaml", "a: 1\n"),
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let of_folder = statusquo::lint_files([folder.path()]).unwrap();
    let of_file = statusquo::lint_files([folder.path().join("api/openapi.yaml")]).unwrap();
    assert!(lines(&of_folder).iter().any(|line| line.contains("[found-redirect]")), "{of_folder}");
    assert_eq!((lines(&of_folder), of_folder.summary().files), (lines(&of_file), 2));
    let named = Linter::new().lint_files([folder.path().join("api/openapi.yaml"), folder.path().join("values.yaml")]);
    assert!(matches!(named, Err(Error::NoDescription { name }) if name.ends_with("values.yaml")), "a named file is to be linted");
}
