//! What packages are made of: one version everywhere, names that fit together, manual pages and completions.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests make the files that they look at")]

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

#[path = "support/binary.rs"]
mod binary;

use binary::{command, folder, run, said};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const VERSION: &str = env!("CARGO_PKG_VERSION");

fn text(name: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(name)).unwrap().replace("\r\n", "\n")
}

fn platforms() -> Vec<Value> {
    serde_json::from_str(&text("packaging/npm/platforms.json")).unwrap()
}

/// The wheel has the version of the crate, because it says no other.
#[test]
fn the_wheel_has_no_version_of_its_own() {
    let project = text("pyproject.toml");
    assert!(project.contains("dynamic = [\"version\"]") && !project.contains("\nversion ="), "{project}");
    assert!(project.contains("\nname = \"statusquo\"\n") && project.contains("bindings = \"bin\""), "{project}");
    assert!(project.contains(&format!("description = \"{}\"", env!("CARGO_PKG_DESCRIPTION"))), "{project}");
}

#[test]
fn the_extension_of_visual_studio_code_has_the_version_of_the_crate() {
    for name in ["package.json", "package-lock.json"] {
        let package: Value = serde_json::from_str(&text(&format!("editors/vscode/{name}"))).unwrap();
        assert_eq!(package["version"], VERSION, "{name}");
    }
    assert!(text("README.md").contains(&format!("statusquo-{VERSION}.vsix")), "the README names the file that is packed");
}

#[test]
fn the_npm_packages_have_the_version_of_the_crate() {
    let folder = folder(&[("a binary", "it"), ("other.exe", "it")]);
    let binaries = ["x86_64-unknown-linux-gnu=a binary", "x86_64-pc-windows-msvc=other.exe"];
    let script = Path::new(ROOT).join("packaging/npm/build.mjs");
    let Ok(output) = Command::new("node").arg(script).arg("out").args(binaries).current_dir(folder.path()).output() else {
        println!("skipped: there is no node");
        return;
    };
    assert_eq!(said(&output), (Some(0), String::new(), String::new()));
    let read = |name: &str| -> Value {
        serde_json::from_str(&fs::read_to_string(folder.path().join("out").join(name).join("package.json")).unwrap()).unwrap()
    };
    let main = read("statusquo");
    assert_eq!((main["name"].as_str(), main["version"].as_str()), (Some("statusquo"), Some(VERSION)));
    assert!(main.get("scripts").is_none(), "nothing runs on install");
    let optional = main["optionalDependencies"].as_object().unwrap();
    assert_eq!(optional.len(), platforms().len());
    for platform in platforms() {
        assert_eq!(optional[platform["package"].as_str().unwrap()], VERSION);
    }
    let linux = read("statusquo-linux-x64");
    assert_eq!((linux["name"].as_str(), linux["version"].as_str()), (Some("@statusquo/linux-x64"), Some(VERSION)));
    assert_eq!((&linux["os"][0], &linux["cpu"][0], &linux["libc"][0]), (&"linux".into(), &"x64".into(), &"glibc".into()));
    assert!(folder.path().join("out/statusquo-win32-x64/bin/statusquo.exe").is_file());
    for name in ["bin/statusquo.js", "platforms.json", "README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        assert!(folder.path().join("out/statusquo").join(name).is_file(), "{name}");
    }
}

/// Every binary that a release builds has an npm package, and each package a binary.
#[test]
fn the_release_builds_what_the_packages_name() {
    let release: Value = serde_yaml::from_str(&text(".github/workflows/release.yml")).unwrap();
    let built = release["jobs"]["build"]["strategy"]["matrix"]["include"].as_array().unwrap();
    let mut built: Vec<&str> = built.iter().map(|one| one["target"].as_str().unwrap()).collect();
    let platforms = platforms();
    let mut named: Vec<&str> = platforms.iter().map(|one| one["target"].as_str().unwrap()).collect();
    built.sort_unstable();
    named.sort_unstable();
    assert_eq!(built, named);
    let install = text("packaging/action/install");
    for line in install.lines().filter_map(|line| line.trim().split_once(") archive=")) {
        let target = line.1.split('.').next().unwrap();
        assert!(named.contains(&target), "the action asks for {target}, which no release has");
    }
}

#[test]
fn an_archive_holds_the_binary_its_pages_and_completions() {
    let folder = folder(&[]);
    let script = Path::new(ROOT).join("packaging/archive");
    if cfg!(windows) {
        println!("skipped: the script is for a Unix shell");
        return;
    }
    let mut command = Command::new(script);
    command.args(["some-target", env!("CARGO_BIN_EXE_statusquo"), "out"]).current_dir(folder.path());
    let name = format!("statusquo-{VERSION}-some-target");
    assert_eq!(said(&command.output().unwrap()), (Some(0), format!("{name}.tar.gz\n"), String::new()));
    let list = Command::new("tar").args(["-tzf", &format!("out/{name}.tar.gz")]).current_dir(folder.path()).output().unwrap();
    let list = said(&list).1;
    for file in [
        "statusquo",
        "README.md",
        "CHANGELOG.md",
        "LICENSE-MIT",
        "completions/_statusquo",
        "man/statusquo.1",
        "man/statusquo-lint.1",
    ] {
        assert!(list.lines().any(|line| line == format!("{name}/{file}")), "{file} in {list}");
    }
    // What `cargo binstall` looks for is what is there.
    let manifest = text("Cargo.toml");
    assert!(manifest.contains("/v{ version }/{ name }-{ version }-{ target }{ archive-suffix }\""));
    assert!(manifest.contains("bin-dir = \"{ name }-{ version }-{ target }/{ bin }{ binary-ext }\""));
}

/// They are sound, have findings of many kinds, and say the same in JSON, in JSON of one line, and in YAML.
#[test]
fn a_release_learns_from_descriptions_as_people_write_them() {
    let folder = folder(&[]);
    let script = Path::new(ROOT).join("packaging/descriptions.py");
    let Ok(output) = Command::new("python3").arg(script).arg(".").current_dir(folder.path()).output() else {
        println!("skipped: there is no Python");
        return;
    };
    assert_eq!(said(&output), (Some(0), String::new(), String::new()));
    let findings = |name: &str| -> Vec<(Value, Value)> {
        let (code, report, err) = said(&command(&folder, &["lint", "--no-config", "--format", "json", name]).output().unwrap());
        assert_eq!((code, err.as_str()), (Some(1), ""), "{name}");
        let report: Value = serde_json::from_str(&report).unwrap();
        report["findings"].as_array().unwrap().iter().map(|one| (one["rule"].clone(), one["pointer"].clone())).collect()
    };
    let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let names: Vec<String> = names.filter_map(|name| name.strip_suffix(".json").map(str::to_owned)).collect();
    assert!(names.len() > 3, "{names:?}");
    // The largest one takes its time and has nothing that the others have not.
    for name in names.iter().filter(|name| !name.starts_with("600-") && !name.ends_with("-in-one-line")) {
        let json = findings(&format!("{name}.json"));
        for other in [format!("{name}.yaml"), format!("{name}-in-one-line.json")] {
            assert_eq!(json, findings(&other), "{other}");
        }
        let rules: HashSet<String> = json.iter().map(|(rule, _)| rule.to_string()).collect();
        assert!(rules.len() > 5 && !rules.contains("\"unresolved-reference\""), "{name}: {rules:?}");
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let (code, list, _) = run(&[], &["man", "--list"]);
    let (_, help, _) = run(&[], &["--help"]);
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let listed: Vec<&str> = listed.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect();
    assert_eq!((code, list.lines().collect::<Vec<_>>()), (Some(0), listed.clone()));
    assert!(listed.contains(&"lint") && listed.contains(&"man"), "{listed:?}");
    let (_, page, _) = run(&[], &["man"]);
    assert!(page.contains(".TH statusquo 1") && page.contains("statusquo\\-lint(1)"), "{page}");
    for name in listed {
        let (code, page, err) = run(&[], &["man", name]);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{name}");
        assert!(page.contains(&format!(".TH statusquo-{name} 1  \"statusquo {VERSION}\"")), "{page}");
        assert!(page.contains(".SH SYNOPSIS") && page.contains(".SH OPTIONS"), "{page}");
    }
    let (code, out, err) = run(&[], &["man", "nothing"]);
    assert!(code == Some(2) && out.is_empty() && err.contains("there is no manual page for `nothing`"), "{err}");
}

/// A version that is released stands in the changelog, and its tag is that of the manifest.
#[test]
fn notes_are_those_of_the_version() {
    if cfg!(windows) {
        println!("skipped: the script is for a Unix shell");
        return;
    }
    let project = folder(&[
        ("packaging/notes", &text("packaging/notes")),
        ("Cargo.toml", "[package]\nversion = \"1.2.3\"\n"),
        (
            "CHANGELOG.md",
            "# Changelog\n\n## [Unreleased]\n\n- later\n\n## [1.2.3] - 2027-01-01\n\n- now\n\n## [1.2.2] - 2026-12-01\n\n- before\n",
        ),
    ]);
    let notes = |arguments: &[&str]| {
        said(&Command::new("bash").arg("packaging/notes").args(arguments).current_dir(project.path()).output().unwrap())
    };
    assert_eq!(notes(&["v1.2.3"]), (Some(0), "\n- now\n".to_owned(), String::new()));
    let (code, out, err) = notes(&["v1.2.4"]);
    assert!(code == Some(1) && out.is_empty() && err.contains("not that of version 1.2.3"), "{out}{err}");
    fs::write(project.path().join("CHANGELOG.md"), "## [Unreleased]\n\n- later\n").unwrap();
    assert!(notes(&[]).2.contains("no section about 1.2.3"));
}
