//! The JSON and YAML test suites of the community, where they are at hand.
#![expect(clippy::disallowed_methods, reason = "a test reads its data from disk")]

mod support;
#[path = "support/value.rs"]
mod value;

use std::path::Path;

use serde_json::Value;
use statusquo::source::SourceId;
use statusquo::syntax::{FaultKind, File, read};
use support::{files_below, unpacked};
use value::{same, to_json};

/// The invalid cases that the parser underneath accepts: 9C9N is a flow list whose second line is not indented, which
/// most readers take.
const ACCEPTED_THOUGH_INVALID: [&str; 1] = ["9C9N"];

#[test]
fn json_verdicts() {
    let Some(folder) = unpacked("suites/json-test-suite.tar.xz", "json-test-suite") else { return };
    let files = files_below(&folder);
    assert!(files.len() > 300, "{} files", files.len());
    for path in files {
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        let file = read(SourceId(0), &name, std::fs::read(&path).expect("a readable file"));
        let broken = |kind| matches!(kind, FaultKind::Syntax | FaultKind::Encoding | FaultKind::Limit);
        let faults: Vec<_> = file.faults().iter().filter(|fault| broken(fault.kind)).collect();
        match &name[..2] {
            "y_" => assert!(faults.is_empty(), "{name}: {faults:?}"),
            "n_" => assert!(!faults.is_empty(), "{name} was accepted"),
            _ => {}
        }
        if name.starts_with("y_") {
            assert_eq!(file.roots().len(), 1, "{name}");
        }
    }
}

#[test]
fn json_values() {
    let Some(folder) = unpacked("suites/json-test-suite.tar.xz", "json-test-suite") else { return };
    for path in files_below(&folder) {
        let bytes = std::fs::read(&path).expect("a readable file");
        let Ok(expected) = serde_json::from_slice::<Value>(&bytes) else { continue };
        let file = read(SourceId(0), "a.json", bytes);
        let value = to_json(file.roots().next().expect("a root"), &mut 10_000);
        assert!(same(&value, &expected), "{}: {value} is not {expected}", path.display());
    }
}

#[test]
fn yaml_verdicts_and_values() {
    let Some(folder) = unpacked("suites/yaml-test-suite.tar.xz", "yaml-test-suite") else { return };
    let (mut invalid, mut valued, mut wrong) = (0, 0, Vec::new());
    for path in files_below(&folder).into_iter().filter(|path| path.file_name().is_some_and(|name| name == "in.yaml")) {
        let case = path.parent().expect("a file lies in a folder");
        let name = case.strip_prefix(&folder).expect("it is below").to_string_lossy().replace('\\', "/");
        let file = read(SourceId(0), "in.yaml", std::fs::read(&path).expect("a readable file"));
        let refused = file.faults().iter().any(|fault| fault.kind == FaultKind::Syntax);
        let is_invalid = case.join("error").exists();
        invalid += usize::from(is_invalid);
        if is_invalid && refused == ACCEPTED_THOUGH_INVALID.contains(&name.as_str()) {
            wrong.push(format!("{name} is invalid; refused: {refused}"));
        }
        if !is_invalid && refused {
            wrong.push(format!("{name} is valid: {:?}", file.faults()));
        }
        if let Some(expected) = values(&case.join("in.json")).filter(|_| !is_invalid && !refused) {
            valued += 1;
            wrong.extend(difference(&file, &expected).map(|difference| format!("{name}: {difference}")));
        }
    }
    assert!(invalid > 80 && valued > 250, "{invalid} invalid cases, {valued} with a value");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The values that stand one behind the other in a file.
fn values(path: &Path) -> Option<Vec<Value>> {
    let text = std::fs::read_to_string(path).ok()?;
    serde_json::Deserializer::from_str(&text).into_iter().collect::<Result<_, _>>().ok()
}

fn difference(file: &File, expected: &[Value]) -> Option<String> {
    let values: Vec<Value> = file.roots().map(|root| to_json(root, &mut 10_000)).collect();
    let equal = values.len() == expected.len() && values.iter().zip(expected).all(|(one, other)| same(one, other));
    (!equal).then(|| format!("{values:?} is not {expected:?}"))
}
