//! Where a file may have references: every `$ref` that is one, none that is data.

use super::reference::reference_in;
use crate::syntax::Node;

/// How deep a file is searched; the readers accept no deeper nesting.
const DEEPEST: usize = crate::syntax::MAXIMUM_DEPTH + 1;

/// A `$ref` in a position where references are understood.
#[derive(Clone, Copy, Debug)]
pub struct Site<'p> {
    /// The value of the `$ref`.
    pub reference: Node<'p>,
    /// The map that holds it.
    pub holder: Node<'p>,
}

/// What the keys of a map are.
#[derive(Clone, Copy, PartialEq)]
enum Keys {
    /// Keywords of OpenAPI or JSON Schema.
    Keywords,
    /// Names the author chose, so many levels down from here.
    Names(u8),
    /// Names of Example Objects, whose `value` is data.
    Examples,
    /// Keywords of one Example Object.
    Example,
}

/// Tells of all reference sites of a document, in document order.
pub fn each_reference_site<'p>(root: Node<'p>, mut tell: impl FnMut(Site<'p>)) {
    visit(root, root.referring(), Keys::Keywords, 0, &mut tell);
}

/// `referring` are the maps inside the node that may have a `$ref`, as indexes on the tape.
fn visit<'p>(node: Node<'p>, referring: &'p [u32], keys: Keys, depth: usize, tell: &mut impl FnMut(Site<'p>)) {
    if depth > DEEPEST || referring.is_empty() {
        return;
    }
    let mut rest = Rest { referring, behind: node.index() };
    if node.is_list() {
        for item in node.items() {
            visit(item, rest.inside(item), Keys::Keywords, depth + 1, tell);
        }
        return;
    }
    let may_be_one = !matches!(keys, Keys::Names(_) | Keys::Examples) || node.entries().nth(1).is_none();
    if let Some(reference) = reference_in(node).filter(|_| may_be_one) {
        tell(Site { reference, holder: node });
    }
    for entry in node.entries() {
        let inside = rest.inside(entry.value);
        // What an alias stands for is visited where it is written.
        if inside.is_empty() || entry.alias.is_some() || !node.contains(entry.key) {
            continue;
        }
        let Some(key) = entry.key.text() else { continue };
        if let Some(below) = keys_below(keys, &key, entry.value) {
            visit(entry.value, inside, below, depth + 1, tell);
        }
    }
}

/// The maps inside a node that may have a `$ref`, from some place on.
struct Rest<'p> {
    referring: &'p [u32],
    /// Index of the node behind the last one that was asked for.
    behind: u32,
}

impl<'p> Rest<'p> {
    /// Those inside one of the node's children. Most are asked for one after the other; what an alias or `<<` takes in from before
    /// is looked up.
    fn inside(&mut self, child: Node<'p>) -> &'p [u32] {
        if child.index() < self.behind {
            return child.referring();
        }
        self.behind = child.behind();
        let before = self.referring.iter().take_while(|&&index| index < child.index()).count();
        let rest = self.referring.get(before..).unwrap_or_default();
        let count = rest.iter().take_while(|&&index| index < self.behind).count();
        let (inside, rest) = rest.split_at_checked(count).unwrap_or_default();
        self.referring = rest;
        inside
    }
}

/// What the keys of the map under a key are; `None` where everything below is data.
fn keys_below(keys: Keys, key: &str, value: Node<'_>) -> Option<Keys> {
    match keys {
        Keys::Names(0 | 1) => Some(Keys::Keywords),
        Keys::Names(levels) => Some(Keys::Names(levels - 1)),
        Keys::Examples => Some(Keys::Example),
        Keys::Example => None,
        Keys::Keywords if key.starts_with("x-") => None,
        Keys::Keywords => below_keyword(key, value),
    }
}

fn below_keyword(key: &str, value: Node<'_>) -> Option<Keys> {
    match key {
        "example" | "default" | "enum" | "const" | "mapping" | "value" | "security" | "tags" | "servers" | "info"
        | "required" => None,
        "examples" => value.is_map().then_some(Keys::Examples),
        "callbacks" => Some(Keys::Names(2)),
        "properties"
        | "patternProperties"
        | "definitions"
        | "$defs"
        | "dependentSchemas"
        | "paths"
        | "webhooks"
        | "responses"
        | "headers"
        | "content"
        | "links"
        | "encoding"
        | "schemas"
        | "requestBodies"
        | "securitySchemes"
        | "pathItems"
        | "mediaTypes"
        | "additionalOperations" => Some(Keys::Names(1)),
        "parameters" if value.is_map() => Some(Keys::Names(1)),
        _ => Some(Keys::Keywords),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;
    use crate::syntax::read;

    #[test]
    fn references_are_found_wherever_yaml_takes_them_from() {
        let cases: [(&str, &[&str]); 6] = [
            ("responses: { '200': { $ref: '#/a' }, '404': { $ref: '#/b' } }", &["#/a", "#/b"]),
            (
                "responses: { <<: { '404': { $ref: '#/a' }, '500': { $ref: '#/b' } }, '200': { $ref: '#/c' } }",
                &["#/c", "#/a", "#/b"],
            ),
            (
                "paths: { <<: [ { /in: { $ref: '#/a' } }, { /out: { $ref: '#/b' } } ], /own: { $ref: '#/c' } }",
                &["#/c", "#/a", "#/b"],
            ),
            ("parameters: [ &one { $ref: '#/a' }, *one, { $ref: '#/b' }, *one ]", &["#/a", "#/a", "#/b", "#/a"]),
            ("paths: { /a: &one { get: { $ref: '#/a' } }, /b: *one, /c: { $ref: '#/b' } }", &["#/a", "#/b"]),
            ("get: { example: { $ref: '#/a' }, x-b: { $ref: '#/b' }, requestBody: { $ref: '#/c' } }", &["#/c"]),
        ];
        for (text, expected) in cases {
            let file = read(SourceId(0), "openapi.yaml", text.as_bytes().to_vec());
            let mut found = Vec::new();
            file.roots().for_each(|root| each_reference_site(root, |site| found.extend(site.reference.text())));
            assert_eq!(found, expected, "{text}");
        }
    }
}
