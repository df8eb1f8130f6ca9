//! Very many descriptions that one file ties together: what a fix does in one of them is no matter of the others.

use super::binary::{command, folder, said};

/// How many there are.
const MANY: usize = 200;

/// Of every four descriptions the first has a fix that would do harm, the others one each that does none. All have the same
/// operation, and a path out of the same file.
fn description(number: usize) -> String {
    let response = if number.is_multiple_of(4) { "4xx: { description: Refused }" } else { "\"201\": { description: Made }" };
    format!(
        "openapi: 3.0.3\ninfo: {{ title: Tied, version: \"1\" }}\npaths:\n  /things:\n    post:\n      responses:\n        {response}\n  \
         /shared: {{ $ref: 'shared.yaml#/paths/~1shared' }}\n"
    )
}

/// What ties them together, with a fix of its own.
const SHARED: &str = "openapi: 3.0.3\ninfo: { title: Shared, version: \"1\" }\npaths:\n  /shared:\n    post:\n      responses:\n        \
                      \"201\": { description: Made }\n";

#[test]
fn each_is_fixed_as_if_it_were_alone() {
    let names: Vec<String> = (0..MANY).map(|number| format!("{number}.yaml")).collect();
    let texts: Vec<String> = (0..MANY).map(description).collect();
    let mut files: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
    files.push(("shared.yaml", SHARED));
    let folder = folder(&files);
    let only = "created-without-location,lowercase-status-range,error-without-content";
    let arguments = ["lint", "--unsafe-fixes", "--verbose", "--only", only];
    let (code, _, err) = said(&command(&folder, &arguments).output().unwrap());
    assert_eq!(err.matches("is not fixed: it would add `error-without-content`").count(), MANY / 4, "{err}");
    for (number, (name, before)) in files.into_iter().enumerate() {
        let after = std::fs::read_to_string(folder.path().join(name)).unwrap();
        let is_harmful = number.is_multiple_of(4) && name != "shared.yaml";
        assert_eq!(after == before, is_harmful, "{name}: {after}\n{err}");
        assert_eq!(after.contains("Location"), !is_harmful, "{name}: {after}");
    }
    assert_eq!(code, Some(1));
}
