//! Whether a redirect leads to a file.

use super::super::evaluate::Row;
use super::super::fields::Noun;
use super::cues::redirect_has_word;
use super::{Arguments, Judgement, Predicate, Reads};
use crate::http::uri;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "leads-to-file",
    noun: Noun::Response,
    doc: "The redirect leads to a file, often on another host: the path, the summary, the operationId, its own description or where it led speaks of a download, an image, an export …",
    arguments: &[],
    words: &[],
    reads: Reads::Operation,
    run,
};

const WORDS: [&str; 36] = [
    "download",
    "downloads",
    "file",
    "files",
    "image",
    "images",
    "picture",
    "pictures",
    "pic",
    "screenshot",
    "tile",
    "tiles",
    "photo",
    "photos",
    "avatar",
    "avatars",
    "thumbnail",
    "thumbnails",
    "icon",
    "icons",
    "media",
    "asset",
    "assets",
    "archive",
    "archives",
    "attachment",
    "attachments",
    "export",
    "exports",
    "raw",
    "zip",
    "tarball",
    "zipball",
    "pdf",
    "csv",
    "cdn",
];

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let target = || row.exchange().and_then(|exchange| exchange.fields().lines("location").next());
    Judgement::plain(redirect_has_word(row, &WORDS) || target().is_some_and(has_extension))
}

/// Whether a URL ends like the name of a file that is no page.
fn has_extension(url: &str) -> bool {
    let name = uri::path(url).rsplit('/').next().unwrap_or_default();
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    let is_page = ["html", "htm", "php", "asp", "aspx", "jsp", "json", "xml"].contains(&extension.to_ascii_lowercase().as_str());
    let is_short = (2..=5).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    !stem.is_empty() && is_short && extension.bytes().any(|byte| byte.is_ascii_alphabetic()) && !is_page
}

#[cfg(test)]
mod tests {
    use super::has_extension;

    #[test]
    fn names_of_files() {
        for url in ["https://cdn.example.com/a/b.png?x=1", "/a.tar.gz", "/clip.mp4"] {
            assert!(has_extension(url), "{url}");
        }
        for url in ["https://example.com", "/v1.2", "/a.html", "/a/b.json", "/.env", "/a?b=c.png", "/users/ann.example"] {
            assert!(!has_extension(url), "{url}");
        }
    }
}
