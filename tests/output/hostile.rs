//! A report whose every word comes from somebody who means harm.

use statusquo::finding::{Change, Class, Coverage, Finding, Observation, Place, Related, Severity, Sighting, Summary, Unjudged};
use statusquo::source::{Source, SourceId};

use crate::recorded::{numbers, row};
use crate::world::{World, finding, rule, span_of};

/// What ends texts and tags, what XML cannot hold, what drives terminals and turns directions.
pub(crate) const WORDS: &str = "]]> </script></style><script>alert(1)</script> \"'>&amp; \0\u{1}\u{b}\u{1b}[2J\u{1f}\u{7f}\u{85}\
\u{202e}\u{2066}\u{2028}\u{fffe}\r\n\t `<img src=x onerror=alert(2)>` -->";

/// A name that a file may have.
pub(crate) const NAME: &str = "./grüße an alle/<b onclick='x'>&\"]]>.yaml";

pub(crate) fn hostile() -> World {
    let source = Source::new(SourceId(0), NAME, format!("a: {WORDS}\nhere: {WORDS}\nb: {WORDS}\n"));
    let mut named = rule(WORDS, Some(Severity::Error), Some("javascript:alert(3)//https://\"><script>"));
    WORDS.clone_into(&mut named.summary);
    let findings: Vec<_> =
        Severity::ALL.into_iter().flat_map(|severity| [at_a_place(&source, severity), in_traffic(severity)]).collect();
    let unjudged = Unjudged { operation: WORDS.to_owned(), reason: WORDS.to_owned(), span: span_of(&source, "here") };
    let summary = Summary {
        files: 1,
        errors: 2,
        warnings: 2,
        notes: 2,
        unjudged: vec![unjudged],
        traffic: Some(numbers()),
        ..Summary::default()
    };
    let mut covered = row(WORDS, WORDS, Some(WORDS), 1);
    NAME.clone_into(&mut covered.description);
    let rows = vec![covered, row(WORDS, WORDS, None, 0)];
    World { sources: vec![source], findings, summary, rules: vec![named], coverage: Some(Coverage { rows }) }
}

fn at_a_place(source: &Source, severity: Severity) -> Finding {
    let span = span_of(source, "here");
    let mut one = finding(WORDS, severity, span, WORDS);
    one.help = Some(WORDS.to_owned());
    one.related = vec![Related { span: span_of(source, "b: "), message: WORDS.to_owned() }];
    one.operations = vec![WORDS.to_owned(), "GET /a".to_owned()];
    WORDS.clone_into(&mut one.fingerprint);
    one.change = Some(Box::new(Change {
        class: Class::Breaking,
        old: Some(Place { span, pointer: WORDS.to_owned(), document: None }),
        witness: Some(WORDS.to_owned()),
        part: None,
    }));
    one
}

fn in_traffic(severity: Severity) -> Finding {
    let mut one = finding(WORDS, severity, Source::new(SourceId(0), "", "").span(0, 0), WORDS);
    let first = Sighting {
        recording: NAME.to_owned(),
        line: u64::MAX,
        method: Some(WORDS.to_owned()),
        url: Some(WORDS.to_owned()),
        time: Some(WORDS.to_owned()),
        ..Sighting::default()
    };
    let listed = vec![(NAME.to_owned(), vec![0, 1])];
    one.primary = None;
    one.fingerprint = String::new();
    one.observation = Some(Box::new(Observation { first, response: Some(WORDS.to_owned()), count: 2, listed }));
    one
}
