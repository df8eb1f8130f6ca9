//! `# statusquo: allow` and `x-statusquo-allow`.

use super::{ALLOW, Files, LOCATION, lines, messages, report, run, suppressed};

const UNUSED: &str = "unused-suppression";

/// An operation that hides its creation, with something put into three places of it.
fn creation(above: &str, beside: &str, inside: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{ title: a, version: '1' }}\npaths:\n  /a:\n    post:\n      responses:\n{above}        '201':{beside}\n\
         {inside}          description: Created\n        default: {{ description: Problem }}\n"
    )
}

#[test]
fn a_comment_covers_its_line_or_the_next_one() {
    let cases = [
        ("", " # statusquo: allow created-without-location -- the gateway adds it", "", true),
        ("        # statusquo: allow created-without-location\n", "", "", true),
        ("        # statusquo: allow ok-without-content, created-without-location\n        # and a word\n", "", "", true),
        ("        # statusquo: allow created-without-location\n\n", "", "", false),
        ("", "", "          # statusquo: allow created-without-location\n", false),
        ("        x-word: | # statusquo: allow created-without-location\n          text\n", "", "", false),
        ("        x-word: |\n          # statusquo: allow created-without-location\n", "", "", false),
        ("        x-word: '\n          # statusquo: allow created-without-location\n          '\n", "", "", false),
    ];
    for (above, beside, inside, silences) in cases {
        let text = creation(above, beside, inside);
        for text in [text.clone(), text.replace('\n', "\r\n"), format!("\u{feff}{text}")] {
            let report = report(&[("a.yaml", &text)], &[]);
            assert_eq!(lines(&report, &[LOCATION]).is_empty(), silences, "{text}");
            assert_eq!(suppressed(&report), u64::from(silences), "{text}");
        }
    }
    let (code, out, _) = run(&[("a.yaml", &creation("", "", ""))], &["lint", "--only", LOCATION]);
    assert!(code == Some(1) && !out.contains("suppressed"), "{out}");
    let text = creation("", " # statusquo: allow created-without-location", "");
    let (code, out, err) = run(&[("a.yaml", &text)], &["lint", "--only", LOCATION]);
    assert!(code == Some(0) && out.contains("no findings") && out.contains("1 suppressed") && err.is_empty(), "{out}{err}");
    let (_, _, err) = run(
        &[("a.yaml", &format!("{text}\n").replace("location\n", "location -- so it is\n"))],
        &["lint", "--only", LOCATION, "--verbose"],
    );
    assert_eq!(err, "note: `created-without-location` at a.yaml:7:9 is allowed there: so it is\n");
}

#[test]
fn an_extension_covers_its_object_and_what_is_below() {
    let yaml =
        |place: &str, value: &str| creation("", "", "").replace(place, &format!("{place}\n          x-statusquo-allow: {value}"));
    for value in ["created-without-location", "[created-without-location]", "{ created-without-location: the gateway adds it }"] {
        assert_eq!(suppressed(&report(&[("a.yaml", &yaml("'201':", value))], &[])), 1, "{value}");
    }
    for key in [
        "\"openapi\": \"3.0.3\"",
        "\"post\": {\"operationId\": \"x\"",
        "\"201\": {\"description\": \"x\"",
        "\"/a\": {\"summary\": \"x\"",
    ] {
        let text = r#"{"openapi": "3.0.3", "info": {"title": "a", "version": "1"}, "paths": {"/a": {"summary": "x", "post": {"operationId": "x",
            "responses": {"201": {"description": "x"}, "default": {"description": "y"}}}}}}"#;
        let text = text.replace(key, &format!("{key}, \"x-statusquo-allow\": [\"created-without-location\"]"));
        let report = report(&[("a.json", &text)], &[]);
        assert_eq!((suppressed(&report), lines(&report, &[LOCATION, UNUSED])), (1, vec![]), "{text}");
    }
    let other =
        creation("", "", "").replace("default:", "default:\n          x-statusquo-allow: [created-without-location]\n         ");
    let other = other.replace("          { description: Problem }", "          description: Problem");
    assert_eq!(
        lines(&report(&[("a.yaml", &other)], &[]), &[LOCATION, UNUSED]),
        ["7 created-without-location", "10 unused-suppression"]
    );
}

#[test]
fn swagger_is_covered_too() {
    let text = "swagger: '2.0'\ninfo: { title: a, version: '1' }\npaths:\n  /a:\n    post:\n      responses:\n        # statusquo: allow created-without-location\n        \
                '201': { description: Created }\n        default: { description: Problem }\n";
    assert_eq!(suppressed(&report(&[("a.yaml", text)], &[])), 1);
}

#[test]
fn a_comment_above_an_item_of_a_list_covers_it() {
    let text = "openapi: 3.0.3\ninfo: { title: a, version: '1' }\npaths:\n  /a:\n    get:\n      parameters:\n        # statusquo: allow unresolved-reference -- comes with the build\n        \
                - $ref: '#/components/parameters/Lost'\n      responses:\n        '200': { description: OK, content: { text/plain: {} } }\n        default: { description: Problem }\n";
    let report = report(&[("a.yaml", text)], &["--only", "unresolved-reference"]);
    assert_eq!((suppressed(&report), lines(&report, &["unresolved-reference"])), (1, vec![]));
}

/// Three operations that use one response, in one file or in two.
fn shared(uses: [&str; 3], component: &str) -> String {
    let paths: Vec<String> = uses
        .iter()
        .zip(["a", "b", "c"])
        .map(|(one, name)| format!("  /{name}:\n    get:\n      responses:\n{one}        default: {{ description: Problem }}\n"))
        .collect();
    format!(
        "openapi: 3.1.0\ninfo: {{ title: a, version: '1' }}\npaths:\n{}components:\n  responses:\n    NotAllowed:\n{component}      description: Method Not Allowed\n",
        paths.concat()
    )
}

const USE: &str = "        '405': { $ref: '#/components/responses/NotAllowed' }\n";

fn operations(text: &str, other: Files<'_>) -> (Vec<String>, u64, Vec<String>) {
    let files = [&[("a.yaml", text)], other].concat();
    let report = report(&files, &["--only", ALLOW, "--only", UNUSED]);
    let uses = |finding: &serde_json::Value| finding["operations"].to_string();
    let findings = report["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == ALLOW);
    (findings.map(uses).collect(), suppressed(&report), messages(&report, UNUSED))
}

#[test]
fn one_use_is_taken_out_of_a_merged_finding() {
    let all = r#"["GET /a","GET /b","GET /c"]"#.to_owned();
    assert_eq!(operations(&shared([USE; 3], ""), &[]), (vec![all], 0, vec![]));
    let cases = [
        USE.replace('\n', " # statusquo: allow method-not-allowed-without-allow\n"),
        format!("        # statusquo: allow method-not-allowed-without-allow\n{USE}"),
        "        '405':\n          # statusquo: allow method-not-allowed-without-allow\n          $ref: '#/components/responses/NotAllowed'\n".to_owned(),
        "        '405':\n          $ref: '#/components/responses/NotAllowed'\n          x-statusquo-allow: method-not-allowed-without-allow\n".to_owned(),
        format!("        x-statusquo-allow: method-not-allowed-without-allow\n{USE}"),
    ];
    for one in &cases {
        let rest = r#"["GET /a","GET /c"]"#.to_owned();
        assert_eq!(operations(&shared([USE, one, USE], ""), &[]), (vec![rest], 0, vec![]), "{one}");
        let none = operations(&shared([one, one, one], ""), &[]);
        assert_eq!(none, (vec![], 1, vec![]), "{one}");
    }
    let at_method =
        shared([USE; 3], "").replace("  /b:\n    get:", "  /b:\n    get: # statusquo: allow method-not-allowed-without-allow");
    assert_eq!(operations(&at_method, &[]).0, [r#"["GET /a","GET /c"]"#]);
    let at_component = shared([USE; 3], "      x-statusquo-allow: method-not-allowed-without-allow\n");
    assert_eq!(operations(&at_component, &[]), (vec![], 1, vec![]));
    let at_root = shared([USE; 3], "").replace("paths:", "x-statusquo-allow: method-not-allowed-without-allow\npaths:");
    assert_eq!(operations(&at_root, &[]), (vec![], 1, vec![]));
}

#[test]
fn uses_in_one_file_are_taken_out_of_a_finding_in_another() {
    let away = |text: String| {
        text.replace("#/components/responses/NotAllowed", "errors.yaml#/NotAllowed")
            .split("components:")
            .next()
            .unwrap()
            .to_owned()
    };
    let errors: Files<'_> = &[("errors.yaml", "NotAllowed:\n  description: Method Not Allowed\n")];
    let one = USE.replace(" }", ", x-statusquo-allow: [method-not-allowed-without-allow] }");
    let (found, count, unused) = operations(&away(shared([&one, USE, USE], "")), errors);
    assert_eq!((found, count, unused), (vec![r#"["GET /b","GET /c"]"#.to_owned()], 0, vec![]));
    let silent: Files<'_> = &[(
        "errors.yaml",
        "# statusquo: allow method-not-allowed-without-allow\nNotAllowed:\n  description: Method Not Allowed\n",
    )];
    assert_eq!(operations(&away(shared([USE; 3], "")), silent), (vec![], 1, vec![]));
    let at_root = away(shared([USE; 3], "")).replace("paths:", "x-statusquo-allow: method-not-allowed-without-allow\npaths:");
    let (found, count, unused) = operations(&at_root, errors);
    assert_eq!((found.len(), count, unused.len()), (1, 0, 1), "an extension covers what is placed in its own file");
}

#[test]
fn who_yields_to_a_suppressed_finding_stays_silent() {
    let text = "openapi: 3.0.3\ninfo: { title: a, version: '1' }\npaths:\n  /a:\n    get:\n      responses: # statusquo: allow missing-error-response\n        \
                '200': { description: OK, content: { text/plain: {} } }\n      parameters: [{ name: q, in: query, required: true, schema: { type: integer } }]\n";
    let kin = ["missing-error-response", "missing-client-error-response", "missing-server-error-response", "missing-bad-request"];
    let report = report(&[("a.yaml", text)], &[]);
    assert_eq!((suppressed(&report), lines(&report, &kin)), (1, vec![]));
    assert_eq!(
        lines(&super::report(&[("a.yaml", &text.replace(" # statusquo: allow missing-error-response", ""))], &[]), &kin).len(),
        1
    );
}

#[test]
fn a_suppression_that_does_nothing_is_a_finding() {
    let cases = [
        (
            "# statusquo: allow created-without-locatoin",
            "there is no rule `created-without-locatoin`, so nothing is silenced here | did you mean `created-without-location`?",
        ),
        (
            "# statusquo: allow ok-without-content because",
            "there is no rule `because`, so nothing is silenced here | `statusquo rules` lists them; a reason stands behind ` -- `",
        ),
        (
            "# statusquo: alow created-without-location",
            "`alow` is nothing that a comment can ask for | write `# statusquo: allow rule-id -- reason`",
        ),
        (
            "# statusquo: allow found-redirect",
            "`found-redirect` has nothing to say about line 7, so allowing it does nothing | remove it",
        ),
    ];
    for (comment, expected) in cases {
        let text = creation("", &format!(" {comment}"), "");
        let said = messages(&report(&[("a.yaml", &text)], &[]), UNUSED);
        assert!(said.contains(&expected.to_owned()), "{comment}: {said:?}");
    }
    let (code, ..) = run(&[("a.yaml", &creation("", " # statusquo: allow found-redirect", ""))], &["lint", "--only", UNUSED]);
    assert_eq!(code, Some(0), "`found-redirect` did not run");
    let misplaced = creation("", "", "          # statusquo: allow created-without-location\n");
    let said = messages(&report(&[("a.yaml", &misplaced)], &[]), UNUSED);
    assert_eq!(said.len(), 1);
    assert!(said[0].ends_with("remove it; the finding in line 7 needs it on its own line or right above"), "{said:?}");
}

#[test]
fn what_cannot_be_known_is_not_said() {
    let quiet = |files: Files<'_>, arguments: &[&str]| {
        let said = messages(&report(files, arguments), UNUSED);
        assert_eq!(said, Vec::<String>::new(), "{files:?} {arguments:?}");
    };
    let unused = creation("", " # statusquo: allow found-redirect", "");
    quiet(&[("a.yaml", &unused)], &["--rule", "found-redirect=off"]);
    quiet(&[("a.yaml", &unused)], &["--rule", "unused-suppression=off"]);
    quiet(&[("a.yaml", &format!("{unused}x-broken: \"\n"))], &[]);
    quiet(&[("a.yaml", &creation("", " # statusquo: allow of-our-own", ""))], &["--no-config"]);
    quiet(&[("a.yaml", &unused.replace("paths:\n", "paths:\n  /b: { $ref: 'https://example.com/b.yaml' }\n"))], &[]);
    quiet(&[("a.yaml", &creation("", " # statusquo: allow found-redirect, unused-suppression", ""))], &[]);
    // A file that other descriptions may use, too.
    let shared: Files<'_> = &[
        ("a.yaml", &creation("        '404': { $ref: 'errors.yaml#/A' }\n", "", "")),
        ("errors.yaml", "# statusquo: allow found-redirect\nA: { description: Not here }\n"),
    ];
    quiet(shared, &["a.yaml"]);
    quiet(shared, &["errors.yaml"]);
    assert_eq!(messages(&report(shared, &[]), UNUSED).len(), 1);
}
