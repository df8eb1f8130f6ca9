//! Our view of a 3.0 description against that of `openapiv3`: the same operations with the same status keys.
#![expect(clippy::disallowed_methods, reason = "a test reads its data from disk")]

mod support;

use std::collections::BTreeSet;

use openapiv3::{OpenAPI, ReferenceOr, StatusCode};
use statusquo::facts::{Role, api};
use statusquo::openapi::{Version, load, version_of};
use statusquo::provider::InMemory;
use support::{files_below, unpacked};

/// Method, template and status keys of every operation.
type Operations = BTreeSet<(String, String, BTreeSet<String>)>;

#[test]
fn openapiv3_sees_the_same_operations() {
    let Some(folder) = unpacked("corpus/specs.tar.xz", "corpus") else { return };
    let mut compared = 0;
    for path in files_below(&folder).into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "yaml")) {
        let bytes = std::fs::read(&path).expect("the file is there");
        if bytes.len() > 500_000 {
            continue;
        }
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let Some(ours) = ours(&text) else { continue };
        let Some(theirs) = theirs(&text) else { continue };
        assert_eq!(ours, theirs, "{}", path.display());
        compared += 1;
    }
    println!("{compared} descriptions compared");
    assert!(compared > 400, "{compared}");
}

/// `None` where the document is no 3.0 description, or references path items and whole responses maps, which `openapiv3` does not follow.
fn ours(text: &str) -> Option<Operations> {
    let project = load(&["a.yaml".to_owned()], &InMemory::new().with("a.yaml", text)).project;
    let file = project.file("a.yaml")?;
    let root = file.roots().next().filter(|_| file.faults().is_empty())?;
    let version = version_of(root)?.version.filter(|version| *version == Version::V3_0)?;
    let has_references = root.get("paths")?.entries().any(|path| path.value.get("$ref").is_some());
    // `openapiv3` leaves out paths that do not start with a slash.
    let is_odd = root.get("paths")?.entries().any(|path| path.key.text().is_none_or(|key| !key.starts_with(['/', 'x'])));
    if has_references || is_odd || file.roots().len() != 1 {
        return None;
    }
    let api = api(&project, version, root);
    let keys = |operation| api.responses_of(operation).iter().map(|response| response.text().to_owned()).collect();
    let served = api.operations.iter().filter(|operation| operation.role == Role::Server);
    Some(
        served
            .map(|operation| {
                (
                    operation.method.to_string(),
                    api.path_of(operation).map(|path| path.template.to_string()).unwrap_or_default(),
                    keys(operation),
                )
            })
            .collect(),
    )
}

/// `None` where `openapiv3` cannot read the document.
fn theirs(text: &str) -> Option<Operations> {
    let description: OpenAPI = serde_yaml::from_str(text).ok()?;
    let mut operations = Operations::new();
    for (template, item) in &description.paths.paths {
        let ReferenceOr::Item(item) = item else { continue };
        for (method, operation) in item.iter() {
            let mut keys: BTreeSet<String> = operation.responses.responses.keys().map(key).collect();
            keys.extend(operation.responses.default.as_ref().map(|_| "default".to_owned()));
            operations.insert((method.to_uppercase(), template.clone(), keys));
        }
    }
    Some(operations)
}

fn key(status: &StatusCode) -> String {
    match status {
        StatusCode::Code(code) => code.to_string(),
        StatusCode::Range(class) => format!("{class}XX"),
    }
}
