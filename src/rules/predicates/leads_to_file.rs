//! Whether a redirect leads to a file.

use super::super::evaluate::Row;
use super::super::fields::Noun;
use super::cues::redirect_has_word;
use super::{Arguments, Judgement, Predicate};

pub(super) const PREDICATE: Predicate = Predicate {
    name: "leads-to-file",
    noun: Noun::Response,
    doc: "The redirect leads to a file, often on another host: the path, the summary, the operationId or its own description speaks of a download, an image, an export …",
    arguments: &[],
    words: &[],
    reads_operation: true,
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
    Judgement::plain(redirect_has_word(row, &WORDS))
}
