//! What several tests share: outside data where it is there, and the value of a node.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a test that cannot prepare its data says so")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use serde_json::{Map, Value};
use statusquo::syntax::{Node, Scalar};

/// Unpacks an archive of the `shared` folder beside the repository into `target`, once.
/// `None`, with a word on why, where there is no such folder.
pub(crate) fn unpacked(archive: &str, folder: &str) -> Option<PathBuf> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let beside = here.ancestors().skip(1).take(2).map(|parent| parent.join("shared").join(archive));
    let Some(archive) = beside.into_iter().find(|path| path.is_file()) else {
        println!("skipped: no {archive} here");
        return None;
    };
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    if !target.is_dir() {
        let partial = target.with_extension(std::process::id().to_string());
        std::fs::create_dir_all(&partial).expect("the target folder can be written");
        let status = Command::new("tar").arg("-xJf").arg(&archive).arg("-C").arg(&partial).status().expect("tar runs");
        assert!(status.success(), "tar unpacks {}", archive.display());
        if std::fs::rename(&partial, &target).is_err() {
            std::fs::remove_dir_all(&partial).expect("another test was faster");
        }
    }
    Some(target)
}

/// Every file below a folder, in order.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    walk.filter_map(Result::ok).filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

/// The value of a node as JSON; `budget` bounds what aliases may expand to.
pub(crate) fn to_json(node: Node<'_>, budget: &mut usize) -> Value {
    *budget = budget.saturating_sub(1);
    if *budget == 0 {
        return Value::Null;
    }
    if node.is_map() {
        let mut map = Map::new();
        for entry in node.entries() {
            map.insert(entry.key.text().unwrap_or_default().into_owned(), to_json(entry.value, budget));
        }
        return Value::Object(map);
    }
    if node.is_list() {
        return node.items().map(|item| to_json(item, budget)).collect();
    }
    match node.scalar() {
        None | Some(Scalar::Null) => Value::Null,
        Some(Scalar::Boolean(value)) => value.into(),
        Some(Scalar::Integer(number)) => number.into(),
        Some(Scalar::Float(number)) => number.into(),
        Some(Scalar::Text) => node.text().unwrap_or_default().into(),
    }
}

/// Whether two values are equal, `1` and `1.0` included; the last digits of a float may differ.
pub(crate) fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || close(one.as_f64(), other.as_f64()),
        (Value::Number(one), Value::String(other)) => is_zero_led(other) && close(one.as_f64(), other.parse().ok()),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len() && one.iter().all(|(key, value)| other.get(key).is_some_and(|other| same(value, other)))
        }
        _ => one == other,
    }
}

/// A number for YAML 1.2, text for `serde_yaml`.
fn is_zero_led(text: &str) -> bool {
    text.trim_start_matches(['-', '+']).starts_with('0') && text.parse::<f64>().is_ok()
}

fn close(one: Option<f64>, other: Option<f64>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    (one - other).abs() <= one.abs() * 1e-14
}
