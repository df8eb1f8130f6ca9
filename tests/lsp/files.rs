//! Descriptions in several files, configurations, several folders.

use serde_json::{Value, json};

use super::binary::folder;
use super::client::{Client, edited, initialization, position, write};
use super::{CONFIG, PARTS, ROOT};

const FILES: [(&str, &str); 3] = [("openapi.yaml", ROOT), ("parts.yaml", PARTS), ("statusquo.yaml", CONFIG)];
const MENDED: &str = "Moved: { description: Elsewhere, headers: { Location: { schema: { type: string } } } }\n";

fn watched(client: &mut Client, changes: &[(&str, u8)]) {
    let changes: Vec<Value> = changes.iter().map(|(name, kind)| json!({ "uri": client.uri(name), "type": kind })).collect();
    client.notify("workspace/didChangeWatchedFiles", &json!({ "changes": changes }));
}

#[test]
fn buffers_of_referenced_files_count() {
    let mut client = Client::ready(folder(&FILES));
    client.open("openapi.yaml", ROOT);
    assert_eq!(client.shown("parts.yaml", &Value::Null), ["0:0 redirect-without-location"]);
    client.open("parts.yaml", PARTS);
    assert_eq!(client.shown("parts.yaml", &json!(1)), ["0:0 redirect-without-location"]);
    client.change("parts.yaml", 2, MENDED);
    assert_eq!(client.shown("parts.yaml", &json!(2)), [""; 0]);
    client.close("parts.yaml");
    assert_eq!(client.shown("parts.yaml", &Value::Null), ["0:0 redirect-without-location"], "what is on the disk counts again");
    write(client.folder.path(), "parts.yaml", MENDED);
    watched(&mut client, &[("parts.yaml", 2)]);
    assert_eq!(client.shown("parts.yaml", &Value::Null), [""; 0]);
    assert_eq!(client.leave().0, Some(0));
}

#[test]
fn references_lead_there_and_back() {
    let mut client = Client::ready(folder(&FILES));
    client.open("openapi.yaml", ROOT);
    client.open("parts.yaml", PARTS);
    let at = |client: &Client, name: &str, text: &str, word: &str| {
        json!({
            "textDocument": { "uri": client.uri(name) },
            "position": position(text, word),
            "context": { "includeDeclaration": true },
        })
    };
    let here = at(&client, "openapi.yaml", ROOT, "responses/Prob");
    let target = client.request("textDocument/definition", &here);
    assert_eq!(
        (&target["uri"], &target["range"]["start"]),
        (&json!(client.uri("openapi.yaml")), &json!({ "line": 11, "character": 4 }))
    );
    let uses = [("openapi.yaml", ROOT, "parts.yaml#"), ("parts.yaml", PARTS, "Mov")].map(|(name, text, word)| {
        let params = at(&client, name, text, word);
        client.request("textDocument/references", &params)
    });
    let places: Vec<_> =
        uses[0].as_array().unwrap().iter().map(|one| (one["uri"].clone(), one["range"]["start"]["line"].clone())).collect();
    assert_eq!(places, [(json!(client.uri("openapi.yaml")), json!(7)), (json!(client.uri("parts.yaml")), json!(0))]);
    assert_eq!(uses[0], uses[1], "from a reference and from what it leads to");
    assert_eq!(client.leave().0, Some(0));
}

#[test]
fn a_fragment_is_judged_through_what_references_it() {
    let mut client = Client::ready(folder(&FILES));
    client.open("parts.yaml", PARTS);
    assert_eq!(client.shown("parts.yaml", &json!(1)), [""; 0], "nobody knows yet who uses it");
    assert_eq!(client.shown("parts.yaml", &json!(1)), ["0:0 redirect-without-location"]);
    client.change("parts.yaml", 2, MENDED);
    assert_eq!(client.shown("parts.yaml", &json!(2)), [""; 0]);
    client.close("parts.yaml");
    assert_eq!(client.shown("openapi.yaml", &Value::Null), [""; 0], "nothing is left of what led there");
    assert_eq!(client.leave().0, Some(0));
}

#[test]
fn references_follow_a_file_that_is_renamed() {
    let mut client = Client::ready(folder(&FILES));
    client.open("openapi.yaml", ROOT);
    client.diagnostics("parts.yaml", &Value::Null);
    let renamed = json!({ "files": [{ "oldUri": client.uri("parts.yaml"), "newUri": client.uri("common/moved.yaml") }] });
    let edit = client.request("workspace/willRenameFiles", &renamed);
    let uri = client.uri("openapi.yaml");
    let followed = edited(ROOT, &edit["changes"][&uri]);
    assert_eq!(followed, ROOT.replace("parts.yaml", "common/moved.yaml"));
    let path = client.folder.path().to_path_buf();
    std::fs::create_dir(path.join("common")).unwrap();
    std::fs::rename(path.join("parts.yaml"), path.join("common/moved.yaml")).unwrap();
    client.notify("workspace/didRenameFiles", &renamed);
    let lost = client.shown("openapi.yaml", &json!(1));
    assert!(lost.iter().any(|one| one.ends_with("unresolved-reference")), "{lost:?}");
    client.change("openapi.yaml", 2, &followed);
    assert_eq!(client.shown("common/moved.yaml", &Value::Null), ["0:0 redirect-without-location"]);
    assert_eq!(client.shown("openapi.yaml", &json!(2)), ["6:8 created-without-location"]);
    // The same without a word of the editor: the files are watched.
    std::fs::rename(path.join("common/moved.yaml"), path.join("parts.yaml")).unwrap();
    watched(&mut client, &[("common/moved.yaml", 3), ("parts.yaml", 1)]);
    assert!(client.shown("openapi.yaml", &json!(2)).iter().any(|one| one.ends_with("unresolved-reference")));
    assert_eq!(client.leave().0, Some(0));
}

#[test]
fn what_else_leads_to_a_renamed_file_follows_too() {
    let schema = "components:\n  schemas:\n    Pet:\n      oneOf: [{ $ref: 'cat.yaml#/Cat' }]\n      discriminator: { propertyName: kind, mapping: { cat: 'cat.yaml#/Cat', dog: Dog } }\n";
    let text = format!("openapi: 3.1.0\ninfo: {{ title: Pets, version: '1' }}\npaths: {{}}\n{schema}");
    let mut client = Client::ready(folder(&[("openapi.yaml", &text), ("cat.yaml", "Cat: { type: object }\n")]));
    client.open("openapi.yaml", &text);
    client.diagnostics("openapi.yaml", &json!(1));
    let renamed = json!({ "files": [{ "oldUri": client.uri("cat.yaml"), "newUri": client.uri("animals/cat.yaml") }] });
    let edit = client.request("workspace/willRenameFiles", &renamed);
    let uri = client.uri("openapi.yaml");
    assert_eq!(edited(&text, &edit["changes"][&uri]), text.replace("cat.yaml", "animals/cat.yaml"));
    assert_eq!(client.leave().0, Some(0));
}

#[test]
fn files_that_only_a_mapping_leads_to_follow_and_are_followed() {
    let pet = "Pet: { type: object, discriminator: { propertyName: kind, mapping: { dog: 'dog.yaml' } } }\n";
    let dog = "allOf: [{ $ref: 'pet.yaml#/Pet' }]\nexamples: { one: { externalValue: 'rex.json' } }\n";
    let text = "openapi: 3.1.0\ninfo: { title: Pets, version: '1' }\npaths: {}\ncomponents: { schemas: { Pet: { $ref: 'pet.yaml#/Pet' } } }\n";
    let files = [("openapi.yaml", text), ("pet.yaml", pet), ("dog.yaml", dog), ("rex.json", "{}\n")];
    let mut client = Client::ready(folder(&files));
    for (name, followers) in
        [("dog.yaml", vec!["pet.yaml"]), ("pet.yaml", vec!["dog.yaml", "openapi.yaml"]), ("rex.json", vec!["dog.yaml"])]
    {
        let renamed = json!({ "files": [{ "oldUri": client.uri(name), "newUri": client.uri(&format!("new-{name}")) }] });
        let edit = client.request("workspace/willRenameFiles", &renamed);
        for (other, text) in files {
            let uri = client.uri(other);
            let expected = if followers.contains(&other) { text.replace(name, &format!("new-{name}")) } else { text.to_owned() };
            let edits = &edit["changes"][&uri];
            let now = if edits.is_null() { text.to_owned() } else { edited(text, edits) };
            assert_eq!(now, expected, "{name}: {other}");
        }
    }
    assert_eq!(client.leave().0, Some(0));
}

#[test]
fn a_changed_configuration_counts_and_a_broken_one_is_said() {
    let mut client = Client::ready(folder(&FILES));
    client.open("openapi.yaml", ROOT);
    client.diagnostics("openapi.yaml", &json!(1));
    write(client.folder.path(), "statusquo.yaml", "rules: { created-without-location: error }\n");
    watched(&mut client, &[("statusquo.yaml", 2)]);
    let found = client.diagnostics("openapi.yaml", &json!(1));
    assert!(found.iter().any(|one| one["code"] == "created-without-location" && one["severity"] == 1), "{found:?}");
    client.open("statusquo.yaml", "# 🙂\nrules:\n  created-without-locatoin: off\n");
    let broken = client.diagnostics("statusquo.yaml", &json!(1));
    assert_eq!(broken.len(), 1, "{broken:?}");
    assert_eq!(broken[0]["range"]["start"], json!({ "line": 2, "character": 2 }));
    assert_eq!(broken[0]["range"]["end"], json!({ "line": 2, "character": 26 }));
    assert!(broken[0]["message"].as_str().unwrap().contains("did you mean `created-without-location`?"), "{broken:?}");
    client.change("openapi.yaml", 2, &format!("{ROOT}# more\n"));
    let found = client.diagnostics("openapi.yaml", &json!(2));
    assert!(found.iter().any(|one| one["code"] == "created-without-location"), "the rules from before go on: {found:?}");
    client.change("statusquo.yaml", 2, "rules:\n  created-without-location: off\n");
    assert_eq!(client.shown("statusquo.yaml", &json!(2)), [""; 0]);
    assert_eq!(client.leave().0, Some(0));
}

#[test]
fn every_folder_has_its_own_configuration_and_nothing_outside_is_shown() {
    let files = [
        ("one/openapi.yaml", ROOT),
        ("one/parts.yaml", PARTS),
        ("one/statusquo.yaml", CONFIG),
        ("two/openapi.yaml", &ROOT.replace("parts.yaml", "../one/parts.yaml")),
        ("two/statusquo.yaml", "rules: { created-without-location: off }\n"),
    ];
    let mut client = Client::start(folder(&files));
    let roots = [client.uri("one"), client.uri("two")];
    client.request("initialize", &initialization(&[&roots[0], &roots[1]], &["utf-16"]));
    client.open("two/openapi.yaml", files[3].1);
    let two = client.shown("two/openapi.yaml", &json!(1));
    assert!(two.iter().all(|one| !one.ends_with("created-without-location")), "{two:?}");
    client.open("one/openapi.yaml", ROOT);
    assert_eq!(client.shown("one/openapi.yaml", &json!(1)), ["6:8 created-without-location"]);
    let before = client.heard.iter().take_while(|message| message["params"]["uri"] != client.uri("one/openapi.yaml"));
    let shown: Vec<_> = before.filter_map(|message| message["params"]["uri"].as_str()).collect();
    assert_eq!(shown, [client.uri("two/openapi.yaml")], "the file of the other project is not shown");
    client.notify(
        "workspace/didChangeWorkspaceFolders",
        &json!({ "event": { "added": [], "removed": [{ "uri": roots[0], "name": "one" }] } }),
    );
    client.change("one/openapi.yaml", 2, &format!("{ROOT}# still open\n"));
    assert_eq!(
        client.shown("one/openapi.yaml", &json!(2)),
        ["6:8 created-without-location"],
        "a file outside of all folders has its own project"
    );
    assert_eq!(client.leave().0, Some(0));
}

#[test]
fn of_a_file_outside_of_all_folders_only_what_it_references_is_looked_at() {
    let files = [
        ("ours/statusquo.yaml", CONFIG),
        ("theirs/openapi.yaml", ROOT),
        ("theirs/parts.yaml", PARTS),
        ("theirs/statusquo.yaml", CONFIG),
    ];
    let mut client = Client::start(folder(&files));
    let root = client.uri("ours");
    client.request("initialize", &initialization(&[&root], &["utf-16"]));
    let renamed = json!({ "files": [{ "oldUri": client.uri("theirs/parts.yaml"), "newUri": client.uri("theirs/moved.yaml") }] });
    client.open("theirs/parts.yaml", PARTS);
    assert_eq!(client.shown("theirs/parts.yaml", &json!(1)), [""; 0]);
    assert_eq!(client.request("workspace/willRenameFiles", &renamed), Value::Null, "nobody read the folder");
    client.open("theirs/openapi.yaml", ROOT);
    assert_eq!(client.shown("theirs/parts.yaml", &json!(1)), ["0:0 redirect-without-location"]);
    let edit = client.request("workspace/willRenameFiles", &renamed);
    let followed = edited(ROOT, &edit["changes"][&client.uri("theirs/openapi.yaml")]);
    assert_eq!(followed, ROOT.replace("parts.yaml", "moved.yaml"));
    client.close("theirs/openapi.yaml");
    assert_eq!(client.shown("theirs/parts.yaml", &json!(1)), [""; 0]);
    assert_eq!(client.leave().0, Some(0));
}
