//! What is written where: files, standard output, the report, the exit code.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use super::binary::{command, folder, run, said};

const PLAIN: &str = "openapi: 3.0.3 # the version
info: { title: Example, version: \"1\" }
paths:
  /orders:
    delete:
      responses:
        204:
          description: Removed
          content: { application/json: {} }
        default: { description: What went wrong, content: { application/json: {} } }
";

const SAFE: &str = "openapi: 3.0.3 # the version
info: { title: Example, version: \"1\" }
paths:
  /orders:
    delete:
      responses:
        \"204\":
          description: Removed
        default: { description: What went wrong, content: { application/json: {} } }
";

const LIMITED: &str = "openapi: 3.0.3
info: { title: Example, version: \"1\" }
paths:
  /orders:
    get:
      responses:
        \"200\": { description: OK, content: { application/json: {} } }
        \"405\": { description: No, content: { application/json: {} } }
";

#[cfg(unix)]
#[test]
fn a_file_with_two_names_stays_one() {
    let folder = folder(&[("api.yaml", PLAIN)]);
    fs::hard_link(folder.path().join("api.yaml"), folder.path().join("other.txt")).unwrap();
    assert!(command(&folder, &["lint", "api.yaml", "--fix", "--no-config"]).output().unwrap().status.success());
    for name in ["api.yaml", "other.txt"] {
        assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), SAFE, "{name}");
    }
}

/// Runs the binary where no file may become larger than some kilobytes.
#[cfg(unix)]
fn limited(folder: &TempDir, arguments: &str) -> (Option<i32>, String, String) {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("trap '' XFSZ; ulimit -f 20; exec \"$0\" {arguments}"), env!("CARGO_BIN_EXE_statusquo")]);
    said(&command.current_dir(folder.path()).stdin(Stdio::null()).output().unwrap())
}

#[cfg(unix)]
#[test]
fn where_there_is_no_room_nothing_is_lost() {
    let large = format!("{PLAIN}{}", "# a comment\n".repeat(4_000));
    for has_other_name in [false, true] {
        let folder = folder(&[("api.yaml", &large)]);
        let path = |name| folder.path().join(name);
        if has_other_name {
            fs::hard_link(path("api.yaml"), path("other.txt")).unwrap();
        }
        let (code, out, err) = limited(&folder, "lint api.yaml --fix --no-config");
        assert!(code == Some(2) && err.contains("cannot write `api.yaml`"), "{out}{err}");
        assert_eq!(fs::read_to_string(path("api.yaml")).unwrap(), large);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1 + usize::from(has_other_name), "nothing is left beside it");
    }
}

#[cfg(unix)]
#[test]
fn a_baseline_that_cannot_be_written_stays() {
    let path = |number| format!("  /a{number}: {{ get: {{ responses: {{ \"299\": {{ description: a }} }} }} }}\n");
    let paths = (0..400).map(path).collect::<Vec<_>>().concat();
    let text = format!("openapi: 3.1.0\ninfo: {{ title: a, version: \"1\" }}\npaths:\n{paths}");
    let old = "version: 1\nfindings: []\n";
    let folder = folder(&[("api.yaml", &text), ("baseline.yaml", old)]);
    let (code, out, err) = limited(&folder, "lint api.yaml --no-config --baseline baseline.yaml --write-baseline");
    assert!(code == Some(2) && err.contains("cannot write the baseline `baseline.yaml`"), "{out}{err}");
    assert_eq!(fs::read_to_string(folder.path().join("baseline.yaml")).unwrap(), old);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left beside it");
}

#[test]
fn safe_fixes_are_written_and_the_rest_is_reported() {
    let folder = folder(&[("api.yaml", PLAIN)]);
    let (code, out, err) = said(&command(&folder, &["lint", "--fix", "--no-config"]).output().unwrap());
    assert_eq!(fs::read_to_string(folder.path().join("api.yaml")).unwrap(), SAFE, "{out}{err}");
    assert!(out.contains("2 findings fixed") && !out.contains("no-content-with-content"), "{out}{err}");
    assert_eq!(code, Some(0), "{out}{err}");
    let (_, out, _) = said(&command(&folder, &["lint", "--fix"]).output().unwrap());
    assert!(!out.contains("fixed"), "there is nothing left to fix: {out}");
}

#[test]
fn the_json_summary_counts_what_was_fixed() {
    for (arguments, expected) in [(&["--fix"][..], 2), (&[], 0)] {
        let folder = folder(&[("api.yaml", PLAIN)]);
        let (_, out, err) =
            said(&command(&folder, &[&["lint", "--no-config", "--format", "json"], arguments].concat()).output().unwrap());
        let report: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(report["summary"]["fixed"], expected, "{out}{err}");
    }
}

#[test]
fn what_can_be_fixed_is_marked() {
    let (_, out, _) = run(&[("api.yaml", PLAIN)], &["lint"]);
    assert!(out.contains("[no-content-with-content] [*]") && out.contains("[*] 2 can be fixed with `--fix`"), "{out}");
    let (_, out, _) = run(&[("api.yaml", LIMITED)], &["lint", "--only", "method-not-allowed-without-allow"]);
    assert!(out.contains("1 can be fixed with `--unsafe-fixes`") && !out.contains("[*]"), "{out}");
}

#[test]
fn unsafe_fixes_alone_fix_too() {
    let folder = folder(&[("api.yaml", LIMITED)]);
    let only = ["--only", "method-not-allowed-without-allow"];
    let (code, ..) = said(&command(&folder, &[&["lint", "--fix"][..], &only].concat()).output().unwrap());
    assert_eq!((code, fs::read_to_string(folder.path().join("api.yaml")).unwrap()), (Some(1), LIMITED.to_owned()));
    let (code, ..) = said(&command(&folder, &[&["lint", "--unsafe-fixes"][..], &only].concat()).output().unwrap());
    let text = fs::read_to_string(folder.path().join("api.yaml")).unwrap();
    assert!(text.contains("description: No, headers: { Allow: { description: The methods that work"), "{text}");
    assert_eq!(code, Some(0));
}

#[test]
fn a_dry_run_shows_a_diff_and_writes_nothing() {
    let folder = folder(&[("api.yaml", PLAIN)]);
    let (code, out, err) = said(&command(&folder, &["lint", "--dry-run"]).output().unwrap());
    assert_eq!(code, Some(1), "{err}");
    assert!(out.starts_with("--- a/api.yaml\n+++ b/api.yaml\n@@ "), "{out}");
    let changed: Vec<&str> = out.lines().skip(3).filter(|line| line.starts_with(['-', '+'])).collect();
    assert_eq!(changed, ["-        204:", "+        \"204\":", "-          content: { application/json: {} }"]);
    assert_eq!(fs::read_to_string(folder.path().join("api.yaml")).unwrap(), PLAIN);
    assert!(err.contains("2 findings in 1 file would be fixed"), "{err}");
}

#[test]
fn git_applies_the_diff_of_a_dry_run_whatever_the_files_are_called() {
    let old_mac = PLAIN.replace('\n', "\r");
    let endless = PLAIN.trim_end();
    let files = [
        ("a.yaml", PLAIN),
        ("with blank.yaml", PLAIN),
        ("ä/q \"uoted\" .yaml", PLAIN),
        ("mac.yaml", &old_mac),
        ("open.yaml", endless),
    ];
    let (shown, fixed) = (folder(&files), folder(&files));
    let (_, patch, _) = said(&command(&shown, &["lint", "--dry-run", "--no-config"]).output().unwrap());
    said(&command(&fixed, &["lint", "--fix", "--no-config"]).output().unwrap());
    let mut git = Command::new("git");
    git.args(["apply", "-"]).current_dir(shown.path()).stdin(Stdio::piped()).stderr(Stdio::piped());
    let mut git = git.env("GIT_CEILING_DIRECTORIES", shown.path().parent().unwrap()).spawn().unwrap();
    git.stdin.take().unwrap().write_all(patch.as_bytes()).unwrap();
    let output = git.wait_with_output().unwrap();
    assert!(output.status.success(), "{}{patch}", String::from_utf8_lossy(&output.stderr));
    for (name, text) in files {
        let is_now = |folder: &TempDir| fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(is_now(&shown) == is_now(&fixed) && is_now(&fixed) != text, "{name}: {patch}");
    }
}

#[test]
fn a_dry_run_writes_reports_that_have_a_file() {
    let folder = folder(&[("api.yaml", PLAIN)]);
    let (code, out, err) = said(&command(&folder, &["lint", "--dry-run", "--format", "concise=left.txt"]).output().unwrap());
    assert!(code == Some(1) && out.starts_with("--- a/api.yaml\n"), "{out}{err}");
    let left = fs::read_to_string(folder.path().join("left.txt")).unwrap();
    let (_, before, _) = said(&command(&folder, &["lint", "--format", "concise"]).output().unwrap());
    assert!(before.contains("[no-content-with-content]") && !left.contains("[no-content-with-content]"), "{before}{left}");
    let (code, out, err) = said(&command(&folder, &["lint", "--dry-run", "--format", "json"]).output().unwrap());
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("give the report a file: `--format json=FILE`"), "{err}");
}

#[test]
fn standard_input_comes_out_fixed() {
    let folder = folder(&[("shared.yaml", "Gone: { description: Removed, content: { application/json: {} } }\n")]);
    let text = PLAIN.replace("default:", "205: { $ref: 'shared.yaml#/Gone' }\n        default:");
    let mut child = command(&folder, &["lint", "-", "--stdin-filename", "api.yaml", "--fix", "--format", "concise"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let (code, out, err) = said(&child.wait_with_output().unwrap());
    assert_eq!(out, SAFE.replace("default:", "\"205\": { $ref: 'shared.yaml#/Gone' }\n        default:"));
    assert!(err.contains("[reset-content-with-content]"), "{err}");
    assert_eq!(code, Some(1), "the file that it references is not touched: {err}");
    assert!(fs::read_to_string(folder.path().join("shared.yaml")).unwrap().contains("content"));
}

#[test]
fn machines_are_told_of_fixes() {
    let (_, out, _) = run(&[("api.yaml", PLAIN)], &["lint", "--format", "json", "--only", "no-content-with-content"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    let fix = &report["findings"][0]["fix"];
    let edit = &fix["edits"][0];
    assert_eq!((&fix["safety"], &edit["file"], &edit["text"]), (&"safe".into(), &"api.yaml".into(), &"".into()), "{fix}");
    let bytes = |end: &str| usize::try_from(edit["span"][end]["offset"].as_u64().unwrap()).unwrap();
    assert_eq!(&PLAIN[bytes("start")..bytes("end")], "          content: { application/json: {} }\n");
    let (_, out, _) = run(&[("api.yaml", PLAIN)], &["lint", "--format", "sarif", "--only", "no-content-with-content"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    let fix = &report["runs"][0]["results"][0]["fixes"][0];
    assert_eq!(fix["description"]["text"], "remove the content");
    assert_eq!(fix["artifactChanges"][0]["replacements"][0]["deletedRegion"]["startLine"], 9);
}

#[cfg(unix)]
#[test]
fn permissions_and_symbolic_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder(&[("real/api.yaml", PLAIN)]);
    let real = folder.path().join("real/api.yaml");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&real, folder.path().join("link.yaml")).unwrap();
    let (code, out, err) = said(&command(&folder, &["lint", "--fix", "link.yaml"]).output().unwrap());
    assert_eq!(code, Some(0), "{out}{err}");
    assert!(fs::symlink_metadata(folder.path().join("link.yaml")).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&real).unwrap(), SAFE);
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(folder.path().join("real")).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn a_file_that_cannot_be_written_fails_the_run() {
    let folder = folder(&[("api.yaml", PLAIN)]);
    let path = folder.path().join("api.yaml");
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let (code, out, err) = said(&command(&folder, &["lint", "--fix"]).output().unwrap());
    assert_eq!(code, Some(2), "{out}{err}");
    assert!(err.contains("cannot write `api.yaml`: it is read-only") && out.contains("no-content-with-content"), "{out}{err}");
}
