//! How many instructions the real binary takes for fixed inputs, as valgrind counts them: unlike time, that does not depend on the
//! mood of the machine. `benches/instructions.txt` has the numbers that are expected.
#![cfg(all(target_os = "linux", target_arch = "x86_64"))]
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests make the files that they look at")]

mod baseline;
#[path = "../support/binary.rs"]
#[expect(dead_code, reason = "the binary runs below valgrind here")]
mod binary;
#[path = "../support/generated.rs"]
#[expect(dead_code, reason = "it makes other descriptions, too")]
mod generated;
#[path = "../../examples/recording.rs"]
#[expect(dead_code, reason = "the example has a command line of its own")]
mod recording;

use std::path::Path;
use std::process::{Command, Stdio};

use baseline::{Baseline, Build};
use rayon::prelude::*;

/// Its words: `check` for a failure where nothing can be compared, `accept` for taking the numbers as those to expect.
const VARIABLE: &str = "STATUSQUO_INSTRUCTIONS";

const LINT: &str = "lint --no-config --jobs 1 --format json openapi";

const DIFF: &str = "diff --no-config --jobs 1 --format json old.yaml new.yaml";
const FIX: &str = "lint --no-config --jobs 1 --unsafe-fixes --dry-run openapi.yaml";
const CHECK: &str = "check --no-config --jobs 1 --format json --spec openapi.json run.har";

/// What the binary is to do, and the files that it is to do it with.
struct Input {
    name: &'static str,
    arguments: String,
    files: Vec<(&'static str, String)>,
}

/// Of about 100 KB, but for the smallest and for the fixes.
fn inputs() -> Vec<Input> {
    let three_lines = "openapi: 3.1.0\ninfo: { title: a, version: '1' }\npaths: {}\n".to_owned();
    let (old, json) = (generated::yaml(125), generated::json(300));
    let new = old.replace("9/{id}:", "9/other/{id}:");
    let mut har = Vec::new();
    recording::write_har(&mut har, 100_000, &[recording::Kind::Json, recording::Kind::Text]).unwrap();
    let traffic = [("run.har", String::from_utf8(har).unwrap()), ("openapi.json", recording::DESCRIPTION.to_owned())];
    let input = |name, arguments: &str, files: &[(&'static str, String)]| {
        let (arguments, files) = (arguments.to_owned(), files.to_vec());
        Input { name, arguments, files }
    };
    vec![
        input("three-lines", &format!("{LINT}.yaml"), &[("openapi.yaml", three_lines)]),
        input("yaml", &format!("{LINT}.yaml"), &[("openapi.yaml", old.clone())]),
        input("json", &format!("{LINT}.json"), &[("openapi.json", json)]),
        input("fixes", FIX, &[("openapi.yaml", generated::yaml(25))]),
        input("diff", DIFF, &[("old.yaml", old), ("new.yaml", new)]),
        input("recording", CHECK, &traffic),
    ]
}

#[test]
fn instructions_are_as_many_as_before() {
    let wish = std::env::var(VARIABLE).unwrap_or_default();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/instructions.txt");
    let mut baseline = Baseline::read(&std::fs::read_to_string(&path).unwrap());
    let Some(build) = build().filter(|build| wish == "accept" || baseline.knows(build)) else {
        assert!(wish.is_empty(), "there is no valgrind, or {} is about other builds", path.display());
        println!("skipped: there is no valgrind, or {} is about other builds", path.display());
        return;
    };
    let counted: Vec<(&str, u64)> = inputs().par_iter().map(|input| (input.name, counted(input))).collect();
    for (name, count) in &counted {
        println!("{name}: {count} instructions");
    }
    if wish == "accept" {
        baseline.take(&build, &counted);
        std::fs::write(&path, baseline.to_string()).unwrap();
        return;
    }
    let complaints = baseline.complaints(&build, &counted);
    assert!(
        complaints.is_empty(),
        "\n{}\n`valgrind --tool=callgrind` and `callgrind_annotate` show where they are. If that is as it should be:\n\
         {VARIABLE}=accept cargo test --all-features --test instructions\n",
        complaints.join("\n")
    );
}

/// What the numbers hold for; nothing where they cannot be counted.
fn build() -> Option<Build> {
    let said = |program: &str| String::from_utf8(Command::new(program).arg("--version").output().ok()?.stdout).ok();
    said("valgrind")?;
    let compiler = said("rustc")?.split(' ').nth(1)?.to_owned();
    Some(Build { compiler, level: env!("STATUSQUO_OPT_LEVEL").to_owned() })
}

/// The instructions of one run.
fn counted(input: &Input) -> u64 {
    let files: Vec<(&str, &str)> = input.files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let folder = binary::folder(&files);
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null", env!("CARGO_BIN_EXE_statusquo")]);
    command.args(input.arguments.split(' ')).current_dir(folder.path()).stdin(Stdio::null());
    let output = command.output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}: {err}", input.name);
    let collected = err.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    collected.unwrap_or_else(|| unreachable!("{}: {err}", input.name))
}
