//! URIs of the protocol and paths of the file system.

use std::path::{Path, PathBuf};

use lsp_types::Uri;

use crate::http::{percent, uri};
use crate::io;
use crate::report::uri_reference;

/// The path of a `file:` URI, symbolic links followed as far as it exists. Nothing else is a file.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    written_path_of(uri).map(|path| real(&path))
}

/// The same as written.
pub(super) fn written_path_of(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_str().strip_prefix("file://")?;
    let path = rest.get(rest.find('/')?..)?;
    let path = String::from_utf8(percent::decoded(path).into_owned()).ok()?;
    Some(PathBuf::from(uri::without_slash_before_drive(&path)))
}

/// The URI of an absolute path.
pub(super) fn uri_of(path: &Path) -> Option<Uri> {
    uri_reference(&io::name_under(path, Path::new(""))).parse().ok()
}

/// A path whose folders are real, so that two ways to one file are the same.
pub(super) fn real(path: &Path) -> PathBuf {
    io::real_path(path).unwrap_or_else(|_| match path.file_name() {
        Some(name) => io::folder_of(path).join(name),
        None => path.to_path_buf(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_and_paths_lead_to_each_other() {
        let cases = [
            ("file:///nowhere/a%20b.yaml", Some("/nowhere/a b.yaml")),
            ("file:///nowhere/gr%C3%BC%C3%9Fe.yaml", Some("/nowhere/grüße.yaml")),
            ("file://localhost/nowhere/a.yaml", Some("/nowhere/a.yaml")),
            ("file:///c%3A/apis/a.yaml", Some("c:/apis/a.yaml")),
            ("untitled:Untitled-1", None),
        ];
        for (uri, path) in cases {
            let uri: Uri = uri.parse().unwrap();
            assert_eq!(written_path_of(&uri), path.map(PathBuf::from), "{}", uri.as_str());
        }
        let uri = uri_of(Path::new("/nowhere/a b.yaml")).unwrap();
        assert_eq!(uri.as_str(), "file:///nowhere/a%20b.yaml");
    }
}
