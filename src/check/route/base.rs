//! Where the paths of a description begin: `servers`, or `host` and `basePath` of 2.0.

use std::borrow::Cow;

use super::origin::OriginPattern;
use super::pattern::{Pattern, find_outside, name, split_outside, variables};
use crate::openapi::{Version, View};
use crate::syntax::{Entry, Node};

/// How many URLs the values of its variables may make of one server. Beyond, a variable stands for any text.
const MOST_URLS: usize = 64;

/// How many variables of a server are looked at.
const MOST_VARIABLES: usize = 16;

/// The URL of a server, taken apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Base {
    /// None where it is not known, as with a relative URL, or may be any.
    pub(super) origin: Option<OriginPattern>,
    /// The segments in front of every path.
    pub(super) path: Vec<Pattern>,
}

impl Base {
    /// Reads a URL, absolute or relative, which may have variables.
    pub(super) fn parse(url: &str) -> Base {
        let url = url.trim();
        let url = url.split_at_checked(find_outside(url, &['?', '#']).unwrap_or(url.len())).map_or(url, |(front, _)| front);
        let (scheme, behind) = match url.split_once("://") {
            Some((scheme, behind)) => (Some(scheme), Some(behind)),
            None => (None, url.strip_prefix("//")),
        };
        let Some(behind) = behind else { return Base { origin: None, path: segments(url) } };
        let end = find_outside(behind, &['/']).unwrap_or(behind.len());
        let (authority, path) = behind.split_at_checked(end).unwrap_or((behind, ""));
        Base { origin: OriginPattern::new(scheme, authority), path: segments(path) }
    }
}

/// The segments of a base path: slashes at its ends and dots mean nothing.
fn segments(path: &str) -> Vec<Pattern> {
    let segments = split_outside(path, '/').filter(|segment| !matches!(*segment, "" | "." | ".."));
    segments.map(|segment| Pattern::parse(segment, &mut Vec::new())).collect()
}

/// The bases of a whole description.
pub(super) fn of_description(root: View<'_>) -> Vec<Base> {
    let bases = match root.version() {
        Version::V2_0 => of_host(root),
        _ => root.get("servers").map(of_servers).unwrap_or_default(),
    };
    if bases.is_empty() { vec![Base::parse("/")] } else { bases }
}

/// The bases of a list of servers.
pub(super) fn of_servers(list: View<'_>) -> Vec<Base> {
    let servers = list.node().items().filter_map(|server| list.with(server).target());
    servers.flat_map(urls).map(|url| Base::parse(&url)).collect()
}

fn of_host(root: View<'_>) -> Vec<Base> {
    let path = root.text("basePath").unwrap_or_default();
    let path = format!("/{}", path.trim_start_matches('/'));
    let Some(host) = root.text("host").filter(|host| !host.is_empty()) else { return vec![Base::parse(&path)] };
    let schemes: Vec<_> = root.node().get("schemes").into_iter().flat_map(Node::items).filter_map(Node::text).collect();
    if schemes.is_empty() {
        return vec![Base::parse(&format!("//{host}{path}"))];
    }
    schemes.iter().map(|scheme| Base::parse(&format!("{scheme}://{host}{path}"))).collect()
}

/// The URL of a server with all values of its variables.
fn urls(server: View<'_>) -> Vec<String> {
    let Some(url) = server.text("url") else { return Vec::new() };
    let mut urls = vec![url.into_owned()];
    for variable in server.entries_of("variables").take(MOST_VARIABLES) {
        let Some(name) = variable.key.text().map(|name| format!("{{{name}}}")) else { continue };
        let values = values(variable);
        if !values.is_empty() && urls.len() * values.len() <= MOST_URLS {
            urls = urls.iter().flat_map(|url| values.iter().map(|value| url.replace(&name, value))).collect();
        }
    }
    urls.into_iter().map(|url| if begins_with_origin(server, &url) { format!("//{url}") } else { url }).collect()
}

/// Whether a URL begins with a variable for scheme and host, as in `{endpoint}/v1`.
fn begins_with_origin(server: View<'_>, url: &str) -> bool {
    let Some(first) = variables(url).into_iter().next().filter(|first| first.start == 0) else { return false };
    let variable = server.get("variables").and_then(|variables| variables.node().get(name(url, &first)));
    let default = variable.and_then(|variable| variable.get_str("default")).filter(|default| !default.is_empty());
    !url.contains("://") && default.is_none_or(|default| default == "localhost" || default.contains(['.', ':']))
}

/// The values of a variable: those of its `enum`, else a default that is more than a segment.
fn values(variable: Entry<'_>) -> Vec<Cow<'_, str>> {
    let listed: Vec<_> = variable.value.get("enum").into_iter().flat_map(Node::items).filter_map(Node::text).collect();
    let default = || variable.value.get_str("default").filter(|default| default.contains('/'));
    if listed.is_empty() { default().into_iter().collect() } else { listed }
}
