//! One description while it is written.

use serde_json::{Value, json};

use super::binary::folder;
use super::client::{Client, edited, position};
use super::{CONFIG, PARTS, ROOT};

const FILES: [(&str, &str); 3] = [("openapi.yaml", ROOT), ("parts.yaml", PARTS), ("statusquo.yaml", CONFIG)];

/// A client in which the description is open.
fn opened() -> Client {
    let mut client = Client::ready(folder(&FILES));
    client.open("openapi.yaml", ROOT);
    assert_eq!(client.shown("openapi.yaml", &json!(1)), ["6:8 created-without-location"]);
    client
}

fn at(client: &Client, name: &str, text: &str, word: &str) -> Value {
    json!({ "textDocument": { "uri": client.uri(name) }, "position": position(text, word) })
}

fn actions(client: &mut Client, name: &str, text: &str, word: &str) -> Vec<Value> {
    let place = position(text, word);
    let params = json!({
        "textDocument": { "uri": client.uri(name) },
        "range": { "start": place, "end": place },
        "context": { "diagnostics": [] },
    });
    client.request("textDocument/codeAction", &params).as_array().unwrap().clone()
}

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|action| action["title"].as_str().unwrap()).collect()
}

fn labels(completion: &Value) -> Vec<&str> {
    completion.as_array().into_iter().flatten().map(|item| item["label"].as_str().unwrap()).collect()
}

/// The answer to an editor that asks for what is to be done on saving.
fn on_save(client: &mut Client, name: &str, kind: &str) -> Value {
    let place = json!({ "line": 0, "character": 0 });
    let context = json!({ "diagnostics": [], "only": [kind] });
    let range = json!({ "start": place, "end": place });
    client.request(
        "textDocument/codeAction",
        &json!({ "textDocument": { "uri": client.uri(name) }, "range": range, "context": context }),
    )
}

#[test]
fn what_is_safe_is_fixed_on_saving() {
    let text = "openapi: 3.0.3\ninfo: { title: a, version: '1' }\npaths:\n  /a:\n    delete:\n      responses:\n        204: { description: Removed, content: { application/json: {} } }\n        205: { description: Reset, content: { application/json: {} } }\n";
    let mut client = Client::ready(folder(&[("openapi.yaml", text)]));
    client.open("openapi.yaml", text);
    client.diagnostics("openapi.yaml", &json!(1));
    let uri = client.uri("openapi.yaml");
    let mut saved = text.to_owned();
    for version in 2..5 {
        let actions = on_save(&mut client, "openapi.yaml", "source.fixAll");
        let Some(action) = actions.as_array().and_then(|actions| actions.first()) else { break };
        assert_eq!(action["kind"], "source.fixAll.statusquo");
        saved = edited(&saved, &action["edit"]["changes"][&uri]);
        client.change("openapi.yaml", version, &saved);
        client.diagnostics("openapi.yaml", &json!(version));
    }
    let expected = "        \"204\": { description: Removed }\n        \"205\": { description: Reset }\n";
    assert!(saved.ends_with(expected), "{saved}");
    assert_eq!(on_save(&mut client, "openapi.yaml", "source.fixAll.statusquo"), Value::Null, "nothing is left");
    assert_eq!(on_save(&mut client, "openapi.yaml", "source.organizeImports"), Value::Null);
    assert_eq!(client.leave().0, Some(0));
}

#[test]
fn what_descriptions_share_is_fixed_if_all_of_them_want_it() {
    let user = |status: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{ title: a, version: '1' }}\npaths:\n  /a:\n    delete:\n      responses:\n        '{status}': {{ $ref: 'shared.yaml#/Gone' }}\n"
        )
    };
    let shared = "Gone: { description: Removed, content: { application/json: {} } }\nOther: { description: Other }\n";
    for (status, is_fixed) in [("204", true), ("200", false)] {
        let (own, other) = (user("204"), user(status));
        let mut client = Client::ready(folder(&[("a.yaml", &own), ("b.yaml", &other), ("shared.yaml", shared)]));
        for (name, text) in [("a.yaml", own.as_str()), ("b.yaml", &other), ("shared.yaml", shared)] {
            client.open(name, text);
        }
        let is_known = |found: &[Value]| found.iter().any(|one| one["code"] == "no-content-with-content");
        while !is_known(&client.diagnostics("shared.yaml", &json!(1))) {}
        let uri = client.uri("shared.yaml");
        let saved = on_save(&mut client, "shared.yaml", "source.fixAll");
        let expected = if is_fixed { shared.replace(", content: { application/json: {} }", "") } else { shared.to_owned() };
        let now = saved.as_array().map_or(shared.to_owned(), |all| edited(shared, &all[0]["edit"]["changes"][&uri]));
        assert_eq!(now, expected, "{status}: {saved}");
        assert_eq!(client.leave().0, Some(0));
    }
}

#[test]
fn a_fix_reaches_into_other_files() {
    let root = "openapi: 3.0.3\ninfo: { title: a, version: '1' }\npaths:\n  /b:\n    get:\n      responses:\n        200: { description: B, content: { text/plain: {} } }\n  /a: { $ref: a.yaml }\n";
    let path = "get:\n  responses:\n    200: { description: A, content: { text/plain: {} } }\n";
    let mut client = Client::ready(folder(&[("openapi.yaml", root), ("a.yaml", path)]));
    client.open("openapi.yaml", root);
    let found = client.diagnostics("openapi.yaml", &json!(1));
    let bare = found.iter().find(|one| one["code"] == "unquoted-status-code").unwrap();
    // With a part open it is looked for everything that uses it.
    client.open("a.yaml", path);
    let document = json!({ "uri": client.uri("openapi.yaml") });
    let params = json!({ "textDocument": document, "range": bare["range"], "context": { "diagnostics": [bare] } });
    let quoting = loop {
        let offered = client.request("textDocument/codeAction", &params);
        let preferred = offered.as_array().unwrap().iter().find(|action| action["isPreferred"] == true);
        if let Some(preferred) = preferred {
            break preferred.clone();
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    };
    for (name, text) in [("openapi.yaml", root), ("a.yaml", path)] {
        let uri = client.uri(name);
        assert_eq!(edited(text, &quoting["edit"]["changes"][&uri]), text.replace("200", "\"200\""), "{name}");
    }
    assert_eq!(client.leave().0, Some(0));
}

#[test]
fn diagnostics_come_and_go_while_the_text_changes() {
    let mut client = opened();
    let mended =
        ROOT.replace("description: Created", "description: Created, headers: { Location: { schema: { type: string } } }");
    client.change("openapi.yaml", 2, &mended);
    assert_eq!(client.shown("openapi.yaml", &json!(2)), [""; 0]);
    client.change("openapi.yaml", 3, &ROOT.replace("Created }", "Created"));
    let broken = client.diagnostics("openapi.yaml", &json!(3));
    assert!(broken.iter().any(|one| one["code"] == "syntax-error" && one["severity"] == 1), "{broken:?}");
    client.change("openapi.yaml", 4, ROOT);
    let found = client.diagnostics("openapi.yaml", &json!(4));
    assert_eq!((found[0]["severity"].clone(), found[0]["source"].clone()), (json!(2), json!("statusquo")));
    let url = found[0]["codeDescription"]["href"].as_str().unwrap();
    assert_eq!(url, "https://www.rfc-editor.org/rfc/rfc9110#section-9.3.3");
    assert!(found[0]["message"].as_str().unwrap().contains("\nhelp: declare a `Location` header"), "{found:?}");
    client.close("openapi.yaml");
    assert_eq!(client.shown("openapi.yaml", &Value::Null), [""; 0]);
    assert_eq!(client.leave(), (Some(0), String::new()));
}

#[test]
fn of_many_changes_only_the_last_is_judged() {
    const CHANGES: i32 = 60;
    let mut large = ROOT.split("components:").next().unwrap().to_owned();
    for path in 0..800 {
        let path = format!("  /things{path}:\n    get:\n      responses:\n        '200': {{ description: Things }}\n");
        large.push_str(&path);
    }
    let mut client = Client::ready(folder(&FILES));
    client.open("openapi.yaml", &large);
    for version in 2..=CHANGES {
        client.change("openapi.yaml", version, &large.replace("Created", &format!("Created {version}")));
    }
    client.diagnostics("openapi.yaml", &json!(CHANGES));
    let is_published = |message: &&Value| {
        message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == client.uri("openapi.yaml")
    };
    let published = client.heard.iter().filter(is_published).count();
    assert!(published < CHANGES as usize / 2, "{published} of {CHANGES} versions were judged");
    assert_eq!(client.leave().0, Some(0));
}

#[test]
fn hover_explains_statuses_and_rules() {
    let mut client = opened();
    let cases = [
        ("\"201", Some("# 201 Created\n")),
        ("\"302", Some("https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.3")),
        ("default", Some("# default\n")),
        ("title", None),
    ];
    for (word, expected) in cases {
        let params = at(&client, "openapi.yaml", ROOT, word);
        let hover = client.request("textDocument/hover", &params);
        let shown = hover["contents"]["value"].as_str();
        assert_eq!(shown.is_some(), expected.is_some(), "{word}: {hover}");
        assert!(shown.unwrap_or_default().contains(expected.unwrap_or_default()), "{word}: {hover}");
    }
    let suppressed = ROOT.replace("description: Created }", "description: Created } # statusquo: allow created-without-location");
    client.change("openapi.yaml", 2, &suppressed);
    client.open("statusquo.yaml", CONFIG);
    for (name, text) in [("openapi.yaml", suppressed.as_str()), ("statusquo.yaml", CONFIG)] {
        let params = at(&client, name, text, "created-without");
        let hover = client.request("textDocument/hover", &params);
        let shown = hover["contents"]["value"].as_str().unwrap_or_default();
        assert!(shown.starts_with("# created-without-location\n") && shown.contains("```yaml\n"), "{name}: {shown}");
    }
    assert_eq!(client.leave().0, Some(0));
}

#[test]
fn operations_are_symbols_with_their_responses() {
    let mut client = opened();
    let params = json!({ "textDocument": { "uri": client.uri("openapi.yaml") } });
    let symbols = client.request("textDocument/documentSymbol", &params);
    let children =
        |symbol: &Value| symbol["children"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect::<Vec<_>>();
    assert_eq!(symbols[0]["name"], "POST /orders");
    assert_eq!(children(&symbols[0]), ["201 Created", "302 Found", "default"]);
    assert_eq!(symbols[0]["range"]["start"], json!({ "line": 4, "character": 4 }));
    assert_eq!(symbols[0]["range"]["end"]["line"], 8);
    assert_eq!(client.leave().0, Some(0));
}

#[test]
fn statuses_rules_and_severities_are_completed() {
    let mut client = opened();
    let typed = ROOT.replace("        default:", "        4\n        default:");
    client.change("openapi.yaml", 2, &typed);
    let params = at(&client, "openapi.yaml", &typed, "        4");
    let completion = client.request("textDocument/completion", &params);
    let all = labels(&completion);
    assert!(all.contains(&"404") && all.contains(&"5XX") && all.contains(&"default") && !all.contains(&"418"), "{all:?}");
    let found = completion.as_array().unwrap().iter().find(|item| item["label"] == "404").unwrap();
    assert_eq!((&found["detail"], &found["textEdit"]["newText"]), (&json!("Not Found"), &json!("\"404\"")));
    assert!(edited(&typed, &json!([found["textEdit"]])).contains("\n        \"404\"\n"));
    let params = at(&client, "openapi.yaml", &typed, "    Pro");
    assert_eq!(client.request("textDocument/completion", &params), Value::Null, "names of components are no statuses");
    let typed = ROOT.replace("Created }", "Created } # statusquo: allow cre");
    client.change("openapi.yaml", 3, &typed);
    let params = at(&client, "openapi.yaml", &typed, "allow cre");
    assert!(labels(&client.request("textDocument/completion", &params)).contains(&"created-without-location"));
    let config = "rules:\n  found-redirect: n\n  cre\nextends: rec\nfail-on: ne\n";
    client.open("statusquo.yaml", config);
    let expected = [
        ("  cre", "created-without-location"),
        ("redirect: n", "note"),
        ("extends: rec", "recommended"),
        ("fail-on: ne", "never"),
    ];
    for (word, label) in expected {
        let params = at(&client, "statusquo.yaml", config, word);
        let completion = client.request("textDocument/completion", &params);
        assert!(labels(&completion).contains(&label), "{word}: {completion}");
    }
    assert_eq!(client.leave().0, Some(0));
}

#[test]
fn a_finding_can_be_fixed_or_allowed_where_it_stands() {
    let mut client = opened();
    let offered = actions(&mut client, "openapi.yaml", ROOT, "\"201");
    assert_eq!(
        titles(&offered),
        [
            "Declare `Location` (changes what is promised)",
            "Allow `created-without-location` here",
            "Set `created-without-location` to note in statusquo.yaml"
        ]
    );
    let uri = client.uri("openapi.yaml");
    let fixed = edited(ROOT, &offered[0]["edit"]["changes"][&uri]);
    client.change("openapi.yaml", 2, &fixed);
    assert_eq!(client.shown("openapi.yaml", &json!(2)), [""; 0], "{fixed}");
    let allowed = edited(ROOT, &offered[1]["edit"]["changes"][&uri]);
    assert!(allowed.contains("\n        # statusquo: allow created-without-location -- reason\n        \"201\""), "{allowed}");
    client.change("openapi.yaml", 3, &allowed);
    assert_eq!(client.shown("openapi.yaml", &json!(3)), [""; 0]);
    let json =
        "{\"openapi\": \"3.1.0\", \"paths\": {\"/a\": {\"post\": {\"responses\": {\"201\": {\"description\": \"Made\"}}}}}}";
    client.open("api.json", json);
    assert_eq!(client.shown("api.json", &json!(1)), ["0:61 created-without-location"]);
    let offered = actions(&mut client, "api.json", json, "\"201");
    let uri = client.uri("api.json");
    let allowed = edited(json, &offered[1]["edit"]["changes"][&uri]);
    assert!(allowed.contains("\"201\": {\"x-statusquo-allow\": [\"created-without-location\"], \"description\""), "{allowed}");
    client.change("api.json", 2, &allowed);
    assert_eq!(client.shown("api.json", &json!(2)), [""; 0]);
    assert_eq!(client.leave().0, Some(0));
}

#[test]
fn a_rule_can_be_set_to_note() {
    let mut client = opened();
    let offered = actions(&mut client, "openapi.yaml", ROOT, "\"201");
    let uri = client.uri("statusquo.yaml");
    let config = edited(CONFIG, &offered[2]["edit"]["changes"][&uri]);
    assert_eq!(config, CONFIG.replace("created-without-location: warning", "created-without-location: note"));
    client.open("statusquo.yaml", &config);
    let found = client.diagnostics("openapi.yaml", &json!(1));
    assert_eq!(found[0]["severity"], 3, "a configuration that is not saved counts");
    let offered = actions(&mut client, "openapi.yaml", ROOT, "\"201");
    assert_eq!(titles(&offered)[2], "Turn `created-without-location` off in statusquo.yaml");
    assert_eq!(client.leave().0, Some(0));
    let mut client = Client::ready(folder(&[("openapi.yaml", ROOT), ("parts.yaml", PARTS)]));
    client.open("openapi.yaml", ROOT);
    client.diagnostics("openapi.yaml", &json!(1));
    let offered = actions(&mut client, "openapi.yaml", ROOT, "\"201");
    let changes = &offered[2]["edit"]["documentChanges"];
    assert_eq!(changes[0], json!({ "kind": "create", "uri": client.uri("statusquo.yaml") }), "{offered:?}");
    assert_eq!(changes[1]["edits"][0]["newText"], "rules:\n  created-without-location: note\n");
    assert_eq!(client.leave().0, Some(0));
}
