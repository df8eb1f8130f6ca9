//! What the tool says when it cannot do its job. Findings are something else: these go to standard error.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::io::{GitError, Trouble};
use crate::provider::Refusal;
use crate::report::clean::{is_unsafe, sentence};
use crate::source::{Source, Span};
use crate::strict::Complaint;
use crate::syntax::Fault;
use crate::words::counted;

/// How many characters of a line are shown around the place: a minified file is one line.
const WINDOW: usize = 120;

/// How many failures are told one by one.
const MOST_TOLD: usize = 100;

const RED: Style = AnsiColor::Red.on_default().bold();
const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
const BLUE: Style = AnsiColor::Blue.on_default().bold();
const BOLD: Style = Style::new().bold();

/// A reason why the tool could not do its job, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong, one sentence, lower case, no final stop.
    pub title: String,
    /// Where, if it is a place in a file.
    pub place: Option<Box<Place>>,
    /// What to do about it.
    pub help: Option<String>,
    /// Lines of the tool's own to copy, shown as they are.
    pub lines: Option<String>,
}

/// A place in a file, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Name of the file.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The text of the line, or the part of it around the place.
    pub text: String,
    /// How many characters of `text` stand in front of the place.
    pub before: usize,
    /// How many characters it covers in `text`, at least one.
    pub width: usize,
}

impl Failure {
    /// A failure without a place.
    pub fn new(title: impl Into<String>) -> Self {
        Failure { title: title.into(), place: None, help: None, lines: None }
    }

    /// The same with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with lines to copy.
    #[must_use]
    pub(super) fn lines(mut self, lines: impl Into<String>) -> Self {
        self.lines = Some(lines.into());
        self
    }

    /// A file that could not be read.
    pub(super) fn unreadable(trouble: &Trouble) -> Self {
        let failure = Failure::new(format!("cannot read `{}`: {}", trouble.name, trouble.reason));
        match &trouble.reason {
            Refusal::Missing => failure.help("check the path; it is relative to the working directory"),
            Refusal::TooLarge => failure.help("a description this large is most likely something else"),
            Refusal::Unreadable(reason) if reason.contains("pipe") => {
                failure.help("name a file; a description can be piped in, with `-` in place of the name")
            }
            _ => failure,
        }
    }

    /// A complaint about a place in this source.
    pub fn of_complaint(complaint: &Complaint, source: &Source) -> Self {
        Failure::at(complaint.message.clone(), complaint.span, complaint.help.clone(), source)
    }

    /// What follows from something wrong in this source, with the place and the advice of that.
    pub(super) fn of_fault(title: String, fault: &Fault, source: &Source) -> Self {
        Failure::at(title, fault.span, fault.help.clone(), source)
    }

    fn at(title: String, span: Span, help: Option<String>, source: &Source) -> Self {
        let place = Place::in_source(source, span.start, span.end);
        Failure { title, place: Some(Box::new(place)), help, lines: None }
    }
}

impl Place {
    /// The place of these bytes; what goes on behind the end of the line is left out.
    fn in_source(source: &Source, start: u32, end: u32) -> Self {
        let position = source.position(start);
        let range = source.line_range(position.line);
        let at = (start as usize).clamp(range.start, range.end);
        // A line may be a whole file, with very many places in it.
        let front = source.slice(range.start..at).trim_start_matches('\u{feff}');
        let mut text: Vec<char> = front.chars().rev().take(WINDOW / 2).collect();
        text.reverse();
        let before = text.len();
        text.extend(source.slice(at..range.end).trim_start_matches('\u{feff}').chars().take(WINDOW - before));
        let covered =
            source.slice(start as usize..end as usize).chars().take_while(|character| !matches!(character, '\n' | '\r'));
        let width = covered.take(WINDOW).count().clamp(1, (text.len() - before).max(1));
        let text = text.into_iter().collect();
        Place { file: source.name().to_owned(), line: position.line, column: position.column, text, before, width }
    }
}

/// What git said.
pub(super) fn of_git(error: GitError) -> Vec<Failure> {
    let failure = Failure::new(error.message);
    vec![match error.help {
        Some(help) => failure.help(help),
        None => failure,
    }]
}

/// Says these failures on standard error.
pub(super) fn tell(failures: &[Failure]) {
    let mut out = anstream::stderr().lock();
    for failure in failures.iter().take(MOST_TOLD) {
        // Nobody is left to tell if this cannot be written.
        let _ = write(failure, RED, "error", &mut out);
    }
    if let Some(more) = failures.len().checked_sub(MOST_TOLD).filter(|more| *more > 0) {
        let failure = Failure::new(format!("{} like these", counted(more, "more error")));
        let _ = write(&failure, RED, "error", &mut out);
    }
}

/// Says something that does not stop the run, on standard error.
pub(super) fn warn(failure: &Failure) {
    let _ = write(failure, YELLOW, "warning", &mut anstream::stderr().lock());
}

/// Says something that is good to know, on standard error.
pub(super) fn remark(failure: &Failure) {
    let _ = write(failure, BLUE, "note", &mut anstream::stderr().lock());
}

/// Words of configurations, descriptions and file names may be among what is said: none of them drives the terminal, or
/// begins a line that a runner takes for a command.
fn write(failure: &Failure, style: Style, word: &str, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{style}{word}{style:#}{BOLD}: {}{BOLD:#}", sentence(&failure.title))?;
    let margin = failure.place.as_ref().map_or(1, |place| place.line.to_string().len());
    if let Some(place) = &failure.place {
        write_place(place, margin, style, out)?;
    }
    if let Some(help) = &failure.help {
        writeln!(out, "{:margin$} {BLUE}={BLUE:#} {BOLD}help{BOLD:#}: {}", "", sentence(help))?;
    }
    match &failure.lines {
        Some(lines) => writeln!(out, "\n{lines}"),
        None => Ok(()),
    }
}

fn write_place(place: &Place, margin: usize, style: Style, out: &mut impl Write) -> io::Result<()> {
    // Tabs stay tabs, so that the caret stands under its character whatever their width.
    let indent: String = place.text.chars().take(place.before).map(|one| if one == '\t' { '\t' } else { ' ' }).collect();
    let carets = "^".repeat(place.width);
    let file = sentence(&place.file);
    let text: String = place.text.chars().map(|one| if is_unsafe(one) { '?' } else { one }).collect();
    writeln!(out, "{:margin$}{BLUE}-->{BLUE:#} {file}:{}:{}", "", place.line, place.column)?;
    writeln!(out, "{:margin$} {BLUE}|{BLUE:#}", "")?;
    writeln!(out, "{BLUE}{} |{BLUE:#} {text}", place.line)?;
    writeln!(out, "{:margin$} {BLUE}|{BLUE:#} {indent}{style}{carets}{style:#}", "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceId, Span};

    fn shown(text: &str, word: &str) -> String {
        let source = Source::new(SourceId(0), "statusquo.yaml", text);
        let start = text.find(word).expect("the word is in the text") as u32;
        let span = Span { source: SourceId(0), start, end: start + word.len() as u32 };
        let complaint = Complaint { span, message: "`x` is wrong".to_owned(), help: Some("write `y`".to_owned()) };
        let mut out = anstream::StripStream::new(Vec::new());
        write(&Failure::of_complaint(&complaint, &source), RED, "error", &mut out).expect("memory takes everything");
        String::from_utf8(out.into_inner()).expect("text")
    }

    #[test]
    fn a_complaint_shows_its_line() {
        let expected = "\
error: `x` is wrong
  --> statusquo.yaml:12:7
   |
12 | \t\"ä\":\tx # \u{1F600}
   | \t    \t^
   = help: write `y`
";
        assert_eq!(shown(&format!("{}\t\"ä\":\tx # \u{1F600}\n", "\n".repeat(11)), "x"), expected);
    }

    #[test]
    fn nothing_of_a_file_drives_the_terminal() {
        let text = "red\u{1b}[31m\u{202e}\u{9b}2J:\n";
        let source = Source::new(SourceId(0), "a\n::error::b.yaml", text);
        let span = Span { source: SourceId(0), start: 0, end: 3 };
        let (message, help) = ("there is no `\u{1b}]0;x\u{7}`\n::error::c".to_owned(), Some("\r\n::warning::d".to_owned()));
        let mut out = Vec::new();
        write(&Failure::of_complaint(&Complaint { span, message, help }, &source), Style::new(), "error", &mut out)
            .expect("memory takes everything");
        let expected = "\
error\u{1b}[1m: there is no `?]0;x?` ::error::c\u{1b}[0m
 -->a ::error::b.yaml:1:1
  |
1 | red?[31m??2J:
  | ^^^
  = help:  ::warning::d
";
        let shown = anstream::adapter::strip_str(&String::from_utf8(out).expect("text")).to_string();
        assert_eq!(shown, anstream::adapter::strip_str(expected).to_string().replace(" -->a", " --> a"));
    }

    #[test]
    fn a_place_at_the_end_and_one_of_many_lines_have_a_caret() {
        assert!(shown("a:\n  b\n  c\n", "b\n  c").contains("2 |   b\n  |   ^\n"));
        let long = format!("{}here{}", "a".repeat(5000), "b".repeat(5000));
        let text = shown(&long, "here");
        assert!(text.contains(":1:5001\n"), "{text}");
        assert!(text.lines().all(|line| line.len() < 140), "{text}");
        assert!(text.contains("^^^^\n"), "{text}");
    }
}
