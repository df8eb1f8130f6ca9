//! `$ref`: reading the reference and following it, within a file and across files.

use std::borrow::Cow;

use super::Project;
use super::view::NodeId;
use crate::http::percent;
use crate::http::uri::{split_scheme, without_slash_before_drive};
use crate::syntax::{File, Node, Scalar, unescaped};

/// The longest chain of `$ref`s that is followed.
const LONGEST_CHAIN: usize = 64;

/// How often one pointer may lead through other `$ref`s.
const DEEPEST_POINTER: usize = 8;

/// Why a chain of `$ref`s has no target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken<'p> {
    /// Nothing stands where this `$ref` (its value) points.
    Missing(Node<'p>),
    /// The chain comes back to where it was.
    Circular(Node<'p>),
    /// The `$ref` is a URL, or otherwise nothing that can be found locally; what it means is unknown.
    Remote(Node<'p>),
    /// The `$ref` leads out of the project.
    OutsideProject(Node<'p>),
    /// Nothing was found, but part of the file could not be read or it names its parts in ways that are not understood.
    Unknown(Node<'p>),
}

impl<'p> Broken<'p> {
    /// The value of the `$ref` that leads nowhere.
    pub fn reference(self) -> Node<'p> {
        match self {
            Broken::Missing(node)
            | Broken::Circular(node)
            | Broken::Remote(node)
            | Broken::OutsideProject(node)
            | Broken::Unknown(node) => node,
        }
    }
}

/// Why one `$ref` leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    Missing,
    Remote,
    OutsideProject,
    Unknown,
}

impl Why {
    fn of(self, reference: Node<'_>) -> Broken<'_> {
        match self {
            Why::Missing => Broken::Missing(reference),
            Why::Remote => Broken::Remote(reference),
            Why::OutsideProject => Broken::OutsideProject(reference),
            Why::Unknown => Broken::Unknown(reference),
        }
    }
}

/// Where a chain of `$ref`s ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'p> {
    /// At this node.
    Found(Node<'p>),
    /// Nowhere.
    Broken(Broken<'p>),
}

/// A chain of `$ref`s, followed to its end.
#[derive(Clone, Debug)]
pub struct Followed<'p> {
    /// Where it ends.
    pub target: Target<'p>,
    /// The `$ref` values on the way.
    pub hops: Vec<Node<'p>>,
}

impl<'p> Followed<'p> {
    /// The node at the end.
    pub fn found(&self) -> Option<Node<'p>> {
        match self.target {
            Target::Found(node) => Some(node),
            Target::Broken(_) => None,
        }
    }
}

/// Follows a node that may be a Reference Object until it is none.
pub(super) fn follow<'p>(project: &'p Project, start: Node<'p>) -> Followed<'p> {
    let mut node = start;
    let mut hops: Vec<Node<'p>> = Vec::new();
    while let Some(reference) = reference_in(node) {
        if hops.contains(&reference) || hops.len() >= LONGEST_CHAIN {
            return Followed { target: Target::Broken(Broken::Circular(reference)), hops };
        }
        hops.push(reference);
        match resolve(project, reference) {
            Ok(next) => node = next,
            Err(broken) => return Followed { target: Target::Broken(broken), hops },
        }
    }
    Followed { target: Target::Found(node), hops }
}

/// What a node that may be a Reference Object stands for; `None` where its chain of `$ref`s leads nowhere.
pub(super) fn target<'p>(project: &'p Project, start: Node<'p>) -> Option<Node<'p>> {
    let mut node = start;
    for _ in 0..LONGEST_CHAIN {
        let Some(reference) = reference_in(node) else { return Some(node) };
        node = resolve(project, reference).ok()?;
    }
    reference_in(node).is_none().then_some(node)
}

/// The value of `$ref` if the node is a map that has one that is text.
pub(super) fn reference_in(node: Node<'_>) -> Option<Node<'_>> {
    node.reference().filter(|value| value.scalar() == Some(Scalar::Text))
}

/// One step: from the value of a `$ref` to what it points at.
fn step<'p>(project: &'p Project, reference: Node<'p>, depth: usize) -> Result<Node<'p>, Why> {
    let text = reference.as_str().unwrap_or_default();
    // A syntax fault in the reference itself has been reported as one.
    let Some((path, fragment)) = split(&text).filter(|_| !is_in_doubt(reference, &text)) else {
        return Err(Why::Unknown);
    };
    let base = base(project, reference, path)?;
    let found = match fragment.as_ref() {
        "" => Some(base),
        pointer if pointer.starts_with('/') => at_pointer(project, base, pointer, depth).or_else(|| {
            // By the letter a pointer in a part with an `$id` leads nowhere else. Many mean the whole file.
            let whole = reference.root().filter(|root| path.is_empty() && *root != base)?;
            at_pointer(project, whole, pointer, depth)
        }),
        anchor => project.anchor(base, anchor),
    };
    found.ok_or_else(|| not_found(project, base, &fragment))
}

/// What the fragment of a reference is looked for in.
fn base<'p>(project: &'p Project, reference: Node<'p>, path: &str) -> Result<Node<'p>, Why> {
    if path.is_empty() {
        return project.part_around(reference).or_else(|| reference.root()).ok_or(Why::Missing);
    }
    if let Some(part) = project.identified(reference, path) {
        return Ok(part);
    }
    let file = target_file(project, reference, path)?;
    file.roots().next().ok_or(if file.faults().is_empty() { Why::Missing } else { Why::Unknown })
}

/// The file a reference leads to.
fn target_file<'p>(project: &'p Project, reference: Node<'p>, path: &str) -> Result<&'p File, Why> {
    if is_remote(path) {
        return Err(Why::Remote);
    }
    match project.referenced(reference.file().source().name(), path) {
        Some(Ok(file)) => Ok(file),
        Some(Err(crate::provider::Refusal::OutsideProject)) => Err(Why::OutsideProject),
        _ if project.has_own_base(reference.file()) => Err(Why::Unknown),
        _ => Err(Why::Missing),
    }
}

fn is_in_doubt(reference: Node<'_>, text: &str) -> bool {
    text.contains(char::is_control) || reference.is_damaged()
}

fn not_found(project: &Project, root: Node<'_>, fragment: &str) -> Why {
    let damaged = !root.file().tree().damage().is_empty();
    let renamed = !fragment.starts_with('/') && project.has_own_base(root.file());
    if damaged || renamed { Why::Unknown } else { Why::Missing }
}

/// A reference as path and fragment, percent escapes decoded. `None` where the escapes are no UTF-8.
pub(super) fn split(reference: &str) -> Option<(&str, Cow<'_, str>)> {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    Some((path, percent_decoded(fragment)?))
}

/// The path that a `file:` URL of this machine means (RFC 8089): it is looked for like one that is written without the scheme.
pub(super) fn path_of_file_url(url: &str) -> Option<&str> {
    let (scheme, rest) = split_scheme(url);
    scheme.filter(|scheme| scheme.eq_ignore_ascii_case("file"))?;
    let path = match rest.strip_prefix("//") {
        Some(rest) => rest.get(rest.find('/')?..).filter(|path| matches!(rest.strip_suffix(path), Some("" | "localhost")))?,
        None => rest,
    };
    Some(without_slash_before_drive(path))
}

/// Whether a reference's path is a URL that is never fetched: it has a scheme or an authority, and is no file of this machine.
pub(super) fn is_remote(path: &str) -> bool {
    if path.starts_with("//") {
        return true;
    }
    if path_of_file_url(path).is_some() {
        return false;
    }
    // A single letter is a drive of Windows, not a scheme.
    split_scheme(path).0.is_some_and(|scheme| scheme.len() > 1)
}

/// RFC 3986 percent escapes decoded; `None` where the result is no UTF-8.
pub(super) fn percent_decoded(text: &str) -> Option<Cow<'_, str>> {
    match percent::decoded(text) {
        Cow::Borrowed(_) => Some(Cow::Borrowed(text)),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
    }
}

/// The node at a JSON Pointer (RFC 6901). Where the document as written has no such step and the map
/// is itself a `$ref`, the step is looked for behind it, as readers that resolve while they go do.
fn at_pointer<'p>(project: &'p Project, root: Node<'p>, pointer: &str, depth: usize) -> Option<Node<'p>> {
    let mut node = root;
    for step in pointer.split('/').skip(1) {
        let step = unescaped(step);
        node = match node.child(&step) {
            Some(child) => child,
            None => behind(project, node, depth)?.child(&step)?,
        };
    }
    Some(node)
}

/// What a map with a `$ref` stands for, a few levels deep.
fn behind<'p>(project: &'p Project, node: Node<'p>, depth: usize) -> Option<Node<'p>> {
    let reference = reference_in(node).filter(|_| depth < DEEPEST_POINTER)?;
    step(project, reference, depth + 1).ok()
}

/// Follows the value of one `$ref`, one step.
pub fn resolve<'p>(project: &'p Project, reference: Node<'p>) -> Result<Node<'p>, Broken<'p>> {
    let target = match project.step_of(reference) {
        None => step(project, reference, 0),
        Some(known) => {
            let known = *known.get_or_init(|| step(project, reference, 0).map(NodeId::of));
            known.and_then(|target| project.node(target).ok_or(Why::Missing))
        }
    };
    target.map_err(|why| why.of(reference))
}

/// The references of a circle that a node's chain of `$ref`s runs into, if the node's own `$ref` is part of it.
pub fn circle<'p>(project: &'p Project, holder: Node<'p>) -> Option<Vec<Node<'p>>> {
    // Most chains end somewhere.
    let followed = target(project, holder).is_none().then(|| follow(project, holder))?;
    let Target::Broken(Broken::Circular(back)) = followed.target else { return None };
    let first = followed.hops.iter().position(|hop| *hop == back)?;
    followed.hops.get(first..).filter(|circle| circle.contains(&back)).map(<[_]>::to_vec)
}

/// The step of a pointer that leads nowhere.
#[derive(Clone, Debug)]
pub struct LostStep<'p> {
    /// The step.
    pub step: String,
    /// Where it was looked for, as a phrase.
    pub place: String,
    /// The map that does not have it.
    map: Option<Node<'p>>,
}

impl<'p> LostStep<'p> {
    /// What is there instead.
    pub fn known(&self) -> impl Iterator<Item = Cow<'p, str>> {
        self.map.into_iter().flat_map(Node::entries).filter_map(|entry| entry.key.text())
    }
}

/// Where a reference that leads nowhere gets lost; `None` where already its file is missing.
pub fn lost_step<'p>(project: &'p Project, reference: Node<'p>) -> Option<LostStep<'p>> {
    let text = reference.as_str()?;
    let (path, fragment) = split(&text)?;
    let root = if path.is_empty() { reference.root()? } else { base(project, reference, path).ok()? };
    let file = if path.is_empty() { String::new() } else { format!(" of `{}`", root.file().source().name()) };
    if !fragment.starts_with('/') {
        return Some(LostStep { step: fragment.into_owned(), place: format!("among the anchors{file}"), map: None });
    }
    let mut node = root;
    let mut walked = String::new();
    for step in fragment.split('/').skip(1) {
        let step = unescaped(step);
        let Some(child) = node.child(&step) else {
            let place = if walked.is_empty() { format!("at the root{file}") } else { format!("in `{walked}`{file}") };
            return Some(LostStep { step: step.into_owned(), place, map: Some(node) });
        };
        node = child;
        walked.push('/');
        walked.push_str(&step);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_split_and_decoded() {
        assert_eq!(
            split("a%20b.yaml#/x~1y%7B").map(|(path, fragment)| (path, fragment.into_owned())),
            Some(("a%20b.yaml", "/x~1y{".into()))
        );
        assert_eq!(split("#").map(|(path, fragment)| (path, fragment.into_owned())), Some(("", String::new())));
        assert_eq!(split("#%ff"), None);
        assert_eq!(percent_decoded("100%").as_deref(), Some("100%"));
    }

    #[test]
    fn urls_are_remote() {
        for url in ["https://example.com/a.yaml", "//example.com/a", "urn:uuid:1", "file://elsewhere/a", "file://a"] {
            assert!(is_remote(url), "{url}");
        }
        for (url, path) in [
            ("file:///etc/passwd", "/etc/passwd"),
            ("file://localhost/a.yaml", "/a.yaml"),
            ("FILE:/a.yaml", "/a.yaml"),
            ("file:../a.yaml", "../a.yaml"),
            ("file:///C:/a.yaml", "C:/a.yaml"),
        ] {
            assert_eq!((path_of_file_url(url), is_remote(url)), (Some(path), false), "{url}");
        }
        for path in ["a.yaml", "./a:b.yaml", "C:\\a.yaml", "/a.yaml", "../x"] {
            assert!(!is_remote(path), "{path}");
        }
    }
}
