//! What several tests share: outside data where it is there.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test that cannot prepare its data says so, and unpacks it with `tar`"
)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

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
