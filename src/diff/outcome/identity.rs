//! Which operation of the new description is which of the old one.

use std::collections::VecDeque;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Options;
use crate::facts::{Api, OperationFact, Role};
use crate::openapi::{Version, View};
use crate::syntax::Node;

/// How many base paths of a description are looked at.
const MOST_BASES: usize = 16;

/// The operations of two descriptions, as indexes of [`Api::operations`].
#[derive(Debug, Default)]
pub(super) struct Matched {
    /// The same operation in the old and in the new description, in the order of the new one.
    pub(super) pairs: Vec<(usize, usize)>,
    /// Those that only the old one has.
    pub(super) removed: Vec<usize>,
    /// Those that only the new one has.
    pub(super) added: Vec<usize>,
}

/// Matches by method and path: as it is written, else without the names of its parameters and without the prefixes that mean
/// nothing, else behind the base path. What clients answer, in callbacks and webhooks, is no promise to them.
pub(super) fn matched(old: &Api<'_>, new: &Api<'_>, options: &Options) -> Matched {
    let (mut removed, mut added) = (served(old), served(new));
    let mut pairs = Vec::new();
    let (old_bases, new_bases) = (bases(old.root), bases(new.root));
    let plain = |template: &str, _: &[String]| vec![template.to_owned()];
    let nameless = |template: &str, _: &[String]| vec![stripped(&nameless(template), options)];
    let based = |template: &str, bases: &[String]| {
        let template = self::nameless(template);
        bases.iter().map(|base| stripped(&format!("{base}{template}"), options)).collect()
    };
    let passes: [Names<'_>; 3] = [&plain, &nameless, &based];
    for names in passes {
        let old_keys = removed.iter().map(|index| keys(old, *index, |template| names(template, &old_bases))).collect();
        let new_keys = added.iter().map(|index| keys(new, *index, |template| names(template, &new_bases))).collect();
        pair_up((&mut removed, old_keys), (&mut added, new_keys), &mut pairs);
    }
    pairs.sort_unstable_by_key(|&(_, index)| rank(new, index));
    Matched { pairs, removed, added }
}

/// The path without the names of its parameters: `/users/{}`.
pub(in crate::diff) fn nameless(template: &str) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((front, behind)) = rest.split_once('{') {
        let Some((_, tail)) = behind.split_once('}') else { break };
        text.push_str(front);
        text.push_str("{}");
        rest = tail;
    }
    text + rest
}

/// The method, and the path in one of its forms.
type Key = (String, String);

/// The forms of a template behind the base paths of its description.
type Names<'a> = &'a dyn Fn(&str, &[String]) -> Vec<String>;

/// One description's operations that have no match yet, and the keys of each.
type Side<'a> = (&'a mut Vec<usize>, Vec<Vec<Key>>);

/// Pairs what has a key in common, each operation once; what finds no partner stays.
fn pair_up(old: Side<'_>, new: Side<'_>, pairs: &mut Vec<(usize, usize)>) {
    let mut open: FxHashMap<Key, VecDeque<usize>> = FxHashMap::default();
    for (index, keys) in old.0.iter().zip(old.1) {
        for key in keys {
            open.entry(key).or_default().push_back(*index);
        }
    }
    let mut taken = FxHashSet::default();
    let mut new_keys = new.1.into_iter();
    new.0.retain(|index| {
        let partner = new_keys.next().into_iter().flatten().find_map(|key| {
            let waiting = open.get_mut(&key)?;
            std::iter::from_fn(|| waiting.pop_front()).find(|candidate| !taken.contains(candidate))
        });
        taken.extend(partner);
        pairs.extend(partner.map(|partner| (partner, *index)));
        partner.is_none()
    });
    old.0.retain(|index| !taken.contains(index));
}

fn keys(api: &Api<'_>, index: usize, names: impl Fn(&str) -> Vec<String>) -> Vec<Key> {
    let operation = api.operations.get(index);
    let path = operation.and_then(|operation| Some((operation, api.path_of(operation)?)));
    let keys = path.map(|(operation, path)| (operation.method.to_string(), names(&path.template)));
    keys.into_iter().flat_map(|(method, names)| names.into_iter().map(move |name| (method.clone(), name))).collect()
}

fn served(api: &Api<'_>) -> Vec<usize> {
    let is_served = |(_, operation): &(usize, &OperationFact<'_>)| operation.role == Role::Server;
    api.operations.iter().enumerate().filter(is_served).map(|(index, _)| index).collect()
}

fn rank(api: &Api<'_>, index: usize) -> usize {
    api.operations.get(index).map_or(usize::MAX, |operation| operation.rank)
}

fn stripped(path: &str, options: &Options) -> String {
    let without = |prefix: &String| {
        let prefix = nameless(prefix);
        let rest = path.strip_prefix(prefix.trim_end_matches('/'))?;
        let is_whole = rest.is_empty() || rest.starts_with('/');
        is_whole.then(|| if rest.is_empty() { "/" } else { rest }.to_owned())
    };
    options.strip_prefix.iter().find_map(without).unwrap_or_else(|| path.to_owned())
}

/// Where the paths of a description begin, without a slash at the end.
fn bases(root: View<'_>) -> Vec<String> {
    let mut bases: Vec<String> = if root.version() == Version::V2_0 {
        root.text("basePath").into_iter().map(|path| base(&path)).collect()
    } else {
        let servers = root.get("servers").into_iter().flat_map(|list| list.node().items().map(move |item| list.with(item)));
        servers.take(MOST_BASES).filter_map(View::target).filter_map(url).map(|url| base(&url)).collect()
    };
    if bases.is_empty() {
        bases.push(String::new());
    }
    bases.dedup();
    bases
}

/// The URL of a server, its variables at their defaults.
fn url(server: View<'_>) -> Option<String> {
    let mut url = server.text("url")?.into_owned();
    for variable in server.entries_of("variables").take(MOST_BASES) {
        if let (Some(name), Some(default)) = (variable.key.text(), variable.value.get("default").and_then(Node::text)) {
            url = url.replace(&format!("{{{name}}}"), &default);
        }
    }
    Some(url)
}

fn base(url: &str) -> String {
    let behind = url.split_once("://").map_or(url, |(_, behind)| behind);
    let path = behind.find('/').and_then(|slash| behind.get(slash..)).unwrap_or("");
    nameless(path.split(['?', '#']).next().unwrap_or_default()).trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parameters_do_not_count() {
        let cases = [
            ("/users/{id}", "/users/{}"),
            ("/a/{b}/c/{d}.{e}", "/a/{}/c/{}.{}"),
            ("/open/{id", "/open/{id"),
            ("/plain", "/plain"),
        ];
        for (template, expected) in cases {
            assert_eq!(nameless(template), expected);
        }
    }

    #[test]
    fn base_paths() {
        let cases = [
            ("https://api.example.com/v1/", "/v1"),
            ("https://api.example.com", ""),
            ("/v2", "/v2"),
            ("/", ""),
            ("https://{host}/{tenant}/api?x=1", "/{}/api"),
        ];
        for (url, expected) in cases {
            assert_eq!(base(url), expected, "{url}");
        }
    }
}
