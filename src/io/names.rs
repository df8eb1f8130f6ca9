//! Paths to the names that reports show.

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

/// The name of a path that the user or a walk gave: relative to the working directory, `.` and `..` resolved.
pub fn name_of(path: &Path, working_directory: &Path) -> String {
    let path = if leaves_upwards(path) { real_or_lexical(path, working_directory) } else { working_directory.join(path) };
    let path = without_dots(&path);
    let inside = if path.starts_with(working_directory) { None } else { seen_from_inside(&path, working_directory) };
    let name = name_under(&inside.unwrap_or(path), working_directory);
    if name.is_empty() { ".".to_owned() } else { name }
}

/// The name of an absolute path: relative to `folder` where it lies inside it, else absolute; `/` on every system.
pub fn name_under(path: &Path, folder: &Path) -> String {
    let shown = path.strip_prefix(folder).unwrap_or(path).to_string_lossy();
    let shown = if cfg!(windows) { Cow::Owned(shown.replace('\\', "/")) } else { shown };
    // Windows writes canonical paths as `\\?\C:\…`; nobody wants to read that.
    shown.strip_prefix("//?/").unwrap_or(&shown).to_owned()
}

/// The name of an absolute path as seen from a folder, with `..` where it lies outside; `/` on every system.
pub fn name_from(path: &Path, folder: &Path) -> String {
    let (path, folder) = (without_dots(path), without_dots(folder));
    let common = path.components().zip(folder.components()).take_while(|(one, other)| one == other).count();
    if common == 0 {
        return name_under(&path, &folder);
    }
    let ups = folder.components().skip(common).map(|_| "..".to_owned());
    let downs = path.components().skip(common).map(|step| step.as_os_str().to_string_lossy().into_owned());
    ups.chain(downs).collect::<Vec<_>>().join("/")
}

/// The same file by a path through the working directory, where one was given that only starts differently:
/// `/tmp/…` is `/private/tmp/…` on macOS, and on Windows a real path starts with `\\?\`.
fn seen_from_inside(path: &Path, working_directory: &Path) -> Option<PathBuf> {
    let real = super::real_path(path.parent()?).ok()?.join(path.file_name()?);
    real.starts_with(working_directory).then_some(real)
}

/// Behind a symbolic link, `..` is not where the words say: the file system has to tell.
fn real_or_lexical(path: &Path, working_directory: &Path) -> PathBuf {
    super::real_path(path).unwrap_or_else(|_| working_directory.join(path))
}

fn leaves_upwards(path: &Path) -> bool {
    path.components().any(|component| component == Component::ParentDir)
}

/// The path without `.` and `..`, by its words alone.
pub(super) fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_working_directory_has_a_name_too() {
        assert_eq!(name_of(Path::new("."), Path::new("/a")), ".");
    }

    #[test]
    fn names_lead_from_a_folder_to_a_file() {
        let name = |path: &str, folder: &str| name_from(Path::new(path), Path::new(folder));
        assert_eq!(name("/a/b/c.yaml", "/a/b"), "c.yaml");
        assert_eq!(name("/a/b/c.yaml", "/a/d/e"), "../../b/c.yaml");
        assert_eq!(name("/a/b/../c.yaml", "/a/./b"), "../c.yaml");
    }
}
