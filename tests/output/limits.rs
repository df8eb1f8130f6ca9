//! Large files, long lines and odd spans.

use std::time::{Duration, Instant};

use statusquo::finding::{Finding, Related, Severity, Summary};
use statusquo::report::{Format, Options};
use statusquo::source::{Source, SourceId};

use crate::world::{World, finding, span_of};

#[test]
fn five_thousand_findings_in_ten_megabytes() {
    let lines = many_lines();
    let minified = many(&"{\"some key\":\"some välue\"},".repeat(400_000));
    for world in [lines, minified] {
        for format in Format::ALL {
            let started = Instant::now();
            let text = world.write(format, &Options { all: true, ..Options::default() });
            let (took, size) = (started.elapsed(), text.len());
            println!("{:>8} {took:?} for {size} bytes", format.word());
            // Checkstyle names a file once.
            let each = if format == Format::Checkstyle { "<error " } else { "large.yaml" };
            assert!(text.matches(each).count() >= 5_000 && size < 20_000_000, "{format:?}: {size}");
            assert!(took < Duration::from_secs(5), "{format:?} took {took:?}");
        }
    }
}

/// Five thousand findings in many lines.
pub(crate) fn many_lines() -> World {
    many(&"  some key: some value\n".repeat(450_000))
}

/// Five thousand findings, each with a related place far away, spread evenly over a text.
fn many(text: &str) -> World {
    let source = Source::new(SourceId(0), "large.yaml", text);
    let step = (text.len() / 5_001) as u32;
    let one = |number: u32| {
        let boundary = |offset: u32| text.floor_char_boundary(offset as usize) as u32;
        let at = |offset: u32| source.span(boundary(offset), boundary(offset) + 1);
        let mut one = finding("far", Severity::Warning, at(number * step), "too much of it");
        one.related.push(Related { span: at((5_000 - number) * step), message: "the other end".to_owned() });
        one
    };
    let findings: Vec<_> = (0..5_000).map(one).collect();
    let summary = Summary { files: 1, warnings: 5_000, ..Summary::default() };
    World { sources: vec![source], findings, rules: Vec::new(), summary, coverage: None }
}

#[test]
fn every_span_can_be_shown() {
    let text = "\u{feff}a\u{7}b: ü\r\n\r\n\tc\n  d: 🙂🙂\rx\n\nlast";
    let source = Source::new(SourceId(0), "odd\nname.yaml", text);
    let boundaries: Vec<u32> =
        (0..=text.len() + 3).filter(|&at| at > text.len() || text.is_char_boundary(at)).map(|at| at as u32).collect();
    let pairs = || {
        boundaries.iter().flat_map(|&start| boundaries.iter().map(move |&end| (start, end))).filter(|(start, end)| start <= end)
    };
    let with = |(start, end): (u32, u32), (from, to): (u32, u32)| {
        let mut one = finding("odd", Severity::Note, source.span(start, end), "somewhere");
        one.related.push(Related { span: source.span(from, to), message: "elsewhere".to_owned() });
        one
    };
    let findings: Vec<Finding> = pairs().flat_map(|here| pairs().step_by(7).map(move |there| with(here, there))).collect();
    let count = findings.len();
    let world = World {
        sources: vec![Source::new(SourceId(0), source.name(), text)],
        findings,
        rules: Vec::new(),
        summary: Summary::default(),
        coverage: None,
    };
    for color in [false, true] {
        let text = world.write(Format::Text, &Options { all: true, color, width: 0, ..Options::default() });
        assert_eq!(text.matches("somewhere").count(), count);
        assert_eq!(text.matches("elsewhere").count(), count);
        assert!(!text.contains(['\u{7}', '\r']));
    }
}

#[test]
fn a_minified_file_does_not_flood_the_terminal() {
    let text = format!("{{\"{}\":1,\"here\":\u{1b}[2J{}}}", "ä".repeat(50_000), "b".repeat(50_000));
    let source = Source::new(SourceId(0), "a.json", text);
    let mut one = finding("long", Severity::Error, span_of(&source, "\"here\""), "in the middle");
    one.related.push(Related { span: source.span(1, 4), message: "far away on the same line".to_owned() });
    let summary = Summary { files: 1, errors: 1, ..Summary::default() };
    let world = World { sources: vec![source], findings: vec![one], rules: Vec::new(), summary, coverage: None };
    let text = world.write(Format::Text, &Options { width: 60, ..Options::default() });
    let expected = format!(
        "error[long]\n\n  x in the middle\n   ,-[a.json:1:50007]\n 1 | …{}\":1,\"here\":?[2J{}…\n   : {}^^^^^^\n   `----\n  related: a.json:1:2 far away on the same line\n\nerror    1  long\n\n1 error in 1 file\n",
        "ä".repeat(13),
        "b".repeat(23),
        " ".repeat(18),
    );
    assert_eq!(text, expected);
}
