//! Runs the real binary in a folder of its own.

use std::fs;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// Runs the binary in a folder with these files.
pub(crate) fn run(files: &[(&str, &str)], arguments: &[&str]) -> (Option<i32>, String, String) {
    let folder = folder(files);
    let output = command(&folder, arguments).stdin(Stdio::null()).output().unwrap();
    said(&output)
}

pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

pub(crate) fn command(folder: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_statusquo"));
    command.args(arguments).current_dir(folder.path()).env_remove("CLICOLOR_FORCE");
    command
}

pub(crate) fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}
