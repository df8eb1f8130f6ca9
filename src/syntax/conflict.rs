//! The marks that git leaves where two versions did not fit together: one fault each, in place of what follows from them.

use std::ops::Range;

use super::{Fault, FaultKind, File};

const BEGIN: &str = "<<<<<<< ";
const END: &str = ">>>>>>> ";

/// Says of each conflict what it is, where it broke the grammar. Inside a text in a block it may be harmless.
pub(super) fn explain(file: &mut File) {
    if !file.faults.iter().any(|fault| fault.kind == FaultKind::Syntax) {
        return;
    }
    for conflict in conflicts(file.source.text()) {
        let inside = |fault: &Fault| conflict.contains(&(fault.span.start as usize));
        if !file.faults.iter().any(|fault| inside(fault) && fault.kind == FaultKind::Syntax) {
            continue;
        }
        let follows = |fault: &Fault| inside(fault) && matches!(fault.kind, FaultKind::Syntax | FaultKind::DuplicateKey);
        file.faults.retain(|fault| !follows(fault));
        file.faults.push(fault(file, &conflict));
    }
    file.faults.sort_by_key(|fault| (fault.span.start, fault.span.end));
}

fn fault(file: &File, conflict: &Range<usize>) -> Fault {
    let source = &file.source;
    let start = conflict.start as u32;
    Fault {
        kind: FaultKind::Syntax,
        span: source.span(start, start + BEGIN.len() as u32 - 1),
        message: "this is a conflict marker of git: two versions of what follows stand here one after the other".to_owned(),
        help: Some("keep one of them, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`".to_owned()),
        related: Vec::new(),
        node: None,
    }
}

/// From each line that begins a conflict to the end of the one that ends it.
fn conflicts(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = None;
    for begin in line_starts(text) {
        let line = text.get(begin..).unwrap_or_default();
        if line.starts_with(BEGIN) {
            open = open.or(Some(begin));
        } else if line.starts_with(END)
            && let Some(start) = open.take()
        {
            found.push(start..begin + line.find('\n').unwrap_or(line.len()));
        }
    }
    found
}

fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1))
}

#[cfg(test)]
mod tests {
    use crate::source::{Source, SourceId};
    use crate::syntax::parse;

    fn faults(name: &str, text: &str) -> Vec<(u32, String)> {
        let file = parse(Source::new(SourceId(0), name, text));
        let said = |fault: &super::Fault| (file.source().position(fault.span.start).line, fault.message.clone());
        file.faults().iter().map(said).collect()
    }

    #[test]
    fn a_conflict_is_one_fault_that_says_what_it_is() {
        let yaml =
            "openapi: 3.1.0\npaths:\n<<<<<<< HEAD\n  /a: {}\n  /b: {}\n=======\n  /a: {}\n  /c: [}\n>>>>>>> other\ninfo: {}\n";
        let json = "{\n  \"openapi\": \"3.1.0\",\n<<<<<<< HEAD\n  \"a\": 1\n=======\n  \"a\": 2\n>>>>>>> other\n}\n";
        for (name, text) in [("a.yaml", yaml), ("a.json", json)] {
            let found = faults(name, text);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].0 == 3 && found[0].1.contains("conflict marker of git"), "{found:?}");
        }
    }

    #[test]
    fn marks_in_a_text_are_text() {
        assert_eq!(faults("a.yaml", "a: |\n  x\n  <<<<<<< HEAD\n  >>>>>>> b\nb: 1\n"), []);
        let elsewhere = faults("a.yaml", "a: [\nb: 1\n");
        assert!(elsewhere.len() == 1 && !elsewhere[0].1.contains("git"), "{elsewhere:?}");
    }
}
