#![expect(clippy::disallowed_methods, reason = "a build script is outside of the program")]

//! Lists the rule files for embedding, so that a new rule is one new file, and tells the tests how the compiler optimises.
//! With each file come the ranges of what judging needs: the rest is read when somebody asks for it.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rustc-env=STATUSQUO_OPT_LEVEL={}", env::var("OPT_LEVEL").unwrap_or_default());
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut files = Vec::new();
    collect(&root.join("rules"), &mut files)?;
    files.sort();
    let mut code = String::from("const FILES: &[(&str, &str, &[std::ops::Range<usize>])] = &[\n");
    for file in files {
        let name = file.strip_prefix(&root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let judged = judged(&fs::read_to_string(&file)?);
        let _ = writeln!(code, "    ({name:?}, include_str!({:?}), &{judged:?}),", file.to_string_lossy());
    }
    code.push_str("];\n");
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("rules.rs"), code)
}

/// The keys at the top of a rule that only tell of it: what `Loader::documents` reads, and the examples. A test compares the two.
const DOCUMENTS: [&str; 5] = ["since", "refs", "why", "wrong-when", "examples"];

/// The ranges of a rule file without the keys that only tell of the rule.
fn judged(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let (mut at, mut is_judged) = (0, true);
    for line in text.split_inclusive('\n') {
        if let Some((key, _)) = line.split_once(':').filter(|_| line.starts_with(|first: char| first.is_ascii_lowercase())) {
            is_judged = !DOCUMENTS.contains(&key);
        }
        let end = at + line.len();
        match ranges.last_mut().filter(|last| last.end == at) {
            _ if !is_judged => {}
            Some(last) => last.end = end,
            None => ranges.push(at..end),
        }
        at = end;
    }
    ranges
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            files.push(path);
        }
    }
    Ok(())
}
