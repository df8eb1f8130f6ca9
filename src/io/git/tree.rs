//! The folders of a revision, from tree objects and from the index.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

/// What a name in a folder stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// What it is.
    pub(super) kind: Kind,
    /// The id of its object, in hexadecimal. Folders of the index have none.
    pub(super) id: String,
}

/// What can be in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Folder,
    File,
    /// A symbolic link; its content is the path it leads to.
    Link,
    /// A commit of another repository.
    Module,
    /// A file of the index that has several versions, for the user to choose.
    Conflict,
}

/// The entries of a folder by their names. A name that is no UTF-8 has replacement characters, and is found by them.
pub(super) type Folder = BTreeMap<String, Entry>;

/// Folders by their paths from the root, which is the empty path.
pub(super) type Folders = FxHashMap<String, Arc<Folder>>;

/// The entries of a tree object, each of which is mode, space, name, zero byte and an id of so many bytes.
/// `None` if it is damaged.
pub(super) fn entries(mut bytes: &[u8], id_length: usize) -> Option<Folder> {
    let mut folder = Folder::new();
    while !bytes.is_empty() {
        let (head, rest) = bytes.split_at_checked(memchr::memchr(0, bytes)?)?;
        let (id, rest) = rest.get(1..)?.split_at_checked(id_length)?;
        let (mode, name) = head.split_at_checked(memchr::memchr(b' ', head)?)?;
        let name = String::from_utf8_lossy(name.get(1..)?).into_owned();
        folder.insert(name, Entry { kind: kind(mode), id: hexadecimal(id) });
        bytes = rest;
    }
    Some(folder)
}

/// The folders of an index as `git ls-files --stage -z` lists it.
pub(super) fn folders(listing: &[u8]) -> Folders {
    let mut folders: FxHashMap<String, Folder> = FxHashMap::default();
    folders.insert(String::new(), Folder::new());
    for (path, entry) in listing.split(|byte| *byte == 0).filter_map(listed) {
        insert(&mut folders, &path, entry);
    }
    folders.into_iter().map(|(path, folder)| (path, Arc::new(folder))).collect()
}

/// One line of the listing: mode, id and stage, a tab, and the path.
fn listed(line: &[u8]) -> Option<(String, Entry)> {
    let line = String::from_utf8_lossy(line);
    let (about, path) = line.split_once('\t')?;
    let [mode, id, stage] = about.split(' ').collect::<Vec<_>>()[..] else { return None };
    let kind = if stage == "0" { kind(mode.as_bytes()) } else { Kind::Conflict };
    Some((path.to_owned(), Entry { kind, id: id.to_owned() }))
}

/// Puts an entry into its folder, and the folder into those above it until one is known.
fn insert(folders: &mut FxHashMap<String, Folder>, path: &str, entry: Entry) {
    let (mut path, mut entry) = (path, entry);
    loop {
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        let is_known = folders.contains_key(above);
        folders.entry(above.to_owned()).or_default().insert(name.to_owned(), entry);
        if is_known {
            return;
        }
        (path, entry) = (above, Entry { kind: Kind::Folder, id: String::new() });
    }
}

fn kind(mode: &[u8]) -> Kind {
    match mode {
        b"40000" | b"040000" => Kind::Folder,
        b"120000" => Kind::Link,
        b"160000" => Kind::Module,
        _ => Kind::File,
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_trees_are_none() {
        let whole = b"100644 a b.yaml\0\x01\x02\x03\x04";
        assert_eq!(entries(whole, 4).unwrap()["a b.yaml"], Entry { kind: Kind::File, id: "01020304".to_owned() });
        assert_eq!(entries(b"", 4), Some(Folder::new()));
        for length in 1..whole.len() {
            assert_eq!(entries(&whole[..length], 4), None, "{length}");
        }
    }

    #[test]
    fn the_index_becomes_folders() {
        let folders = folders(b"100644 aa 0\ta/b/c.yaml\x00120000 bb 0\ta/d\x00100644 cc 2\te\x00100644 dd 3\te\0");
        let kinds = |path: &str| folders[path].iter().map(|(name, entry)| (name.clone(), entry.kind)).collect::<Vec<_>>();
        assert_eq!(kinds(""), [("a".to_owned(), Kind::Folder), ("e".to_owned(), Kind::Conflict)]);
        assert_eq!(kinds("a"), [("b".to_owned(), Kind::Folder), ("d".to_owned(), Kind::Link)]);
        assert_eq!(kinds("a/b"), [("c.yaml".to_owned(), Kind::File)]);
    }
}
