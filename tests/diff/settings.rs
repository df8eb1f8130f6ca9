//! Modes, configuration and suppressions.

use super::{OLD, changed, classes, diff, run};

#[test]
fn modes() {
    let looser = OLD.replace("        note: { type: string }\n", "").replace("[open, paid]", "[open, paid, sent]");
    for (mode, expected) in [
        (&[][..], ["risky response-property-removed", "risky response-enum-value-added"]),
        (&["--strict"], ["risky response-property-removed", "breaking response-enum-value-added"]),
        (&["--lenient"], ["compatible response-property-removed", "compatible response-enum-value-added"]),
    ] {
        let (code, out, _) = diff(OLD, &looser, &[mode, &["--format", "json"]].concat());
        let mut found = classes(&out);
        found.sort_by_key(|line| std::cmp::Reverse(line.ends_with("removed")));
        assert_eq!(found, expected, "{mode:?}");
        assert_eq!(code, Some(i32::from(!mode.contains(&"--lenient"))), "notes do not fail a run");
    }
}

/// A header field that is wider is told in every mode.
#[test]
fn modes_of_header_fields() {
    let with = |values: &str| {
        let headers = format!("headers: {{ X-State: {{ schema: {{ type: string, enum: {values} }} }} }}");
        OLD.replace("description: The order\n", &format!("description: The order\n          {headers}\n"))
    };
    for (mode, expected) in [(&[][..], "risky"), (&["--strict"], "breaking"), (&["--lenient"], "compatible")] {
        let (_, out, _) = diff(&with("[open]"), &with("[open, paid]"), &[mode, &["--format", "json"]].concat());
        assert_eq!(classes(&out), [format!("{expected} response-header-type-widened")], "{mode:?}");
        let (_, out, _) = diff(&with("[open, paid]"), &with("[open]"), &[mode, &["--format", "json"]].concat());
        assert_eq!(classes(&out), Vec::<String>::new(), "{mode:?}");
    }
}

#[test]
fn prefixes_that_mean_nothing() {
    let moved = OLD.replace("  /orders", "  /api/v2/orders");
    let (_, out, _) = diff(OLD, &moved, &["--format", "concise"]);
    assert!(out.contains("operation-removed"), "{out}");
    let (code, out, _) = diff(OLD, &moved, &["--strip-prefix", "/api/v2", "--format", "concise"]);
    assert_eq!((code, out.as_str()), (Some(0), ""));
}

#[test]
fn severities() {
    let (code, out, _) =
        diff(OLD, &changed(), &["--rule", "response-type-changed=note", "--rule", "response-enum-value-added=off"]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("note[response-type-changed]") && !out.contains("response-enum-value-added"), "{out}");
    let (code, _, _) = diff(OLD, &changed(), &["--fail-on", "never"]);
    assert_eq!(code, Some(0));
    let changed = changed();
    let files =
        [("old.yaml", OLD), ("new.yaml", changed.as_str()), ("statusquo.yaml", "rules:\n  response-type-changed: warning\n")];
    let (_, out, _) = run(&files, &["diff", "old.yaml", "new.yaml", "--format", "concise"]);
    assert!(out.contains("warning: `/id`"), "{out}");
}

#[test]
fn the_new_description_may_allow_a_change() {
    let comment = changed()
        .replace("        id: {", "        # statusquo: allow response-type-changed -- ids were never numbers\n        id: {");
    let (_, out, _) = diff(OLD, &comment, &[]);
    assert!(!out.contains("response-type-changed") && out.contains("1 suppressed"), "{out}");
    // One of the two operations that use it: the other one is left.
    let extension = changed().replacen("    get:\n", "    get:\n      x-statusquo-allow: [response-type-changed]\n", 1);
    let (_, out, _) = diff(OLD, &extension, &["--format", "concise"]);
    assert!(out.contains("error: PUT /orders/{id} 200: `/id`: the type is string"), "{out}");
}
