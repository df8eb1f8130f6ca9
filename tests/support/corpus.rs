//! The corpus of real descriptions.

#[path = "below.rs"]
mod below;
#[path = "mod.rs"]
mod support;

pub(crate) use below::Below;
use support::{files_below, unpacked};

/// The corpus with the names of those of its files that are wanted; `None`, with a word on why, where it is not there.
pub(crate) fn corpus(is_wanted: impl Fn(&str) -> bool) -> Option<(Below, Vec<String>)> {
    let folder = unpacked("corpus/specs.tar.xz", "corpus")?;
    let files = files_below(&folder);
    let names = files.iter().filter_map(|path| path.strip_prefix(&folder).ok()?.to_str());
    let names = names.filter(|name| is_wanted(name)).map(str::to_owned).collect();
    Some((Below(folder), names))
}

/// Whether a file may be a description by its name.
pub(crate) fn is_yaml_or_json(name: &str) -> bool {
    [".yaml", ".yml", ".json"].iter().any(|ending| name.ends_with(ending))
}
