//! The layers of the house: a module uses its own and lower layers, never a higher one. And no room is too large.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read the sources themselves")]

use std::fs;
use std::path::{Path, PathBuf};

/// Every top-level module with its layer.
const LAYERS: [(&str, u8); 29] = [
    ("source", 0),
    ("finding", 0),
    ("http", 0),
    ("truth", 0),
    ("words", 0),
    ("pattern", 0),
    ("provider", 0),
    ("syntax", 1),
    ("strict", 1),
    ("openapi", 2),
    ("traffic", 2),
    ("facts", 3),
    ("rules", 4),
    ("lint", 5),
    ("check", 5),
    ("diff", 5),
    ("config", 5),
    ("suppress", 5),
    ("baseline", 5),
    ("examples", 5),
    ("fix", 5),
    ("report", 6),
    ("io", 7),
    ("library", 7),
    ("cli", 7),
    ("lsp", 7),
    ("probe", 7),
    ("main", 7),
    ("lib", 7),
];

/// The most lines of a source file.
const MOST_LINES: usize = 500;

#[test]
fn no_module_uses_a_higher_layer() {
    let mut violations = Vec::new();
    for (name, text) in sources() {
        violations.extend(violations_of(&module_of(&name), &text).into_iter().map(|violation| format!("src/{name}:{violation}")));
    }
    assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
}

#[test]
fn no_file_is_too_long() {
    let lengths = sources().into_iter().map(|(name, text)| (name, text.lines().count()));
    let long: Vec<String> =
        lengths.filter(|(_, lines)| *lines > MOST_LINES).map(|(name, lines)| format!("src/{name}: {lines} lines")).collect();
    assert!(long.is_empty(), "split what has more than {MOST_LINES} lines:\n{}\n", long.join("\n"));
}

#[test]
fn violations_are_found() {
    let planted = [
        ("syntax", "use crate::rules::RuleSet;", 1),
        ("openapi", "use crate::{source::Span, report::{Report, json}, syntax};", 1),
        ("facts", "fn f() -> crate::lint::Outcome { crate::cli::run() }", 2),
        ("http", "use crate::{\n    truth::Truth,\n    syntax::Node,\n};", 1),
        ("words", "pub(crate) use crate::nowhere::Thing;", 1),
        ("nowhere", "use crate::source::Span;", 1),
        ("rules", "use crate::source::Span; use crate::facts::Api; use crate::rules::Rule;", 0),
        ("lint", "use crate::config::Config;", 0),
        ("http", "// use crate::cli;\n/// See [`crate::cli`].\nuse crate::truth::Truth;", 0),
        ("truth", "let text = \"not::crate::cli::run\"; mycrate::cli::run();", 0),
    ];
    for (module, text, expected) in planted {
        let found = violations_of(module, text);
        assert_eq!(found.len(), expected, "{module}: {text}\n{found:?}");
    }
    assert_eq!(violations_of("syntax", "\n\nuse crate::lint::lint;"), ["3: `syntax` (layer 1) uses `lint` (layer 5)"]);
}

#[test]
fn files_belong_to_modules() {
    let names = [("words.rs", "words"), ("http/status/key.rs", "http"), ("lint/mod.rs", "lint"), ("main.rs", "main")];
    for (name, module) in names {
        assert_eq!(module_of(name), module);
    }
    assert!(sources().len() > 50, "the sources were not found");
}

/// What a module's text uses that it must not, each with its line.
fn violations_of(module: &str, text: &str) -> Vec<String> {
    let Some(own) = layer_of(module) else {
        return vec![format!("1: `{module}` has no layer yet: give it one in tests/layers.rs")];
    };
    let mut violations = Vec::new();
    for (line, used) in uses(text) {
        match layer_of(&used) {
            Some(layer) if layer <= own => {}
            Some(layer) => violations.push(format!("{line}: `{module}` (layer {own}) uses `{used}` (layer {layer})")),
            None => violations.push(format!("{line}: `{module}` uses `{used}`, which has no layer yet")),
        }
    }
    violations
}

fn layer_of(module: &str) -> Option<u8> {
    LAYERS.iter().find(|(name, _)| *name == module).map(|(_, layer)| *layer)
}

/// The top-level modules that follow each `crate::`, with the line, comments left out.
fn uses(text: &str) -> Vec<(usize, String)> {
    let code: String = text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
    let mut uses = Vec::new();
    for (start, found) in code.match_indices("crate::") {
        let is_path_start = !code[..start].ends_with(|before: char| before.is_alphanumeric() || matches!(before, '_' | ':'));
        if is_path_start {
            let line = code[..start].lines().count().max(1) + usize::from(code[..start].ends_with('\n'));
            uses.extend(first_steps(&code[start + found.len()..]).into_iter().map(|step| (line, step)));
        }
    }
    uses
}

/// The first step of a path, or of each path in `{…}`.
fn first_steps(path: &str) -> Vec<String> {
    let Some(group) = path.strip_prefix('{') else {
        return vec![path.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()];
    };
    let mut depth = 0;
    let inside = group.chars().take_while(|letter| {
        depth += i32::from(*letter == '{') - i32::from(*letter == '}');
        depth >= 0
    });
    let inside: String = inside.collect();
    top_level_items(&inside).iter().map(|item| item.split("::").next().unwrap_or_default().trim().to_owned()).collect()
}

/// The items of a list, split at the commas that stand in no inner `{…}`.
fn top_level_items(list: &str) -> Vec<String> {
    let mut depth = 0;
    let separated = list.chars().map(|letter| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        if letter == ',' && depth == 0 { '\u{0}' } else { letter }
    });
    let separated: String = separated.collect();
    separated.split('\u{0}').filter(|item| !item.trim().is_empty()).map(str::to_owned).collect()
}

/// The top-level module of a file below `src`.
fn module_of(name: &str) -> String {
    name.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned()
}

/// Every source file with its text, by its path below `src`.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut open = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = open.pop() {
        let entries: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        for path in entries {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                sources.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    sources.sort();
    sources
}
