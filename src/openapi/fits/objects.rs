//! Keywords about objects and arrays.

use super::{Own, Path, Question, are_equal};
use crate::openapi::Schema;
use crate::syntax::{Entry, Node, Seeker};
use crate::truth::Truth;

/// The most items that are compared with each other.
const COMPARED: usize = 100;

impl<'p> Question<'p> {
    pub(super) fn object(&mut self, own: Own<'p>, value: Node<'p>, path: &Path<'_>, in_all_of: bool) -> Truth {
        let mut truth = self.required(own, value, path);
        if self.is_settled(truth) {
            return truth;
        }
        let mut properties = own.get("properties").map(Seeker::new);
        for entry in value.entries() {
            let name = entry.key.text().unwrap_or_default();
            let described = properties.as_mut().and_then(|properties| properties.get(&name));
            let path = Path::Member(path, name);
            truth = truth.and(match described {
                Some(described) => self.schema(own.schema(described), entry.value, &path),
                None => self.undescribed(own, entry, &path, in_all_of),
            });
            if self.is_settled(truth) {
                return truth;
            }
        }
        truth.and(self.sized(own, value, || value.entries().count(), ("minProperties", "maxProperties", "members"), path))
    }

    /// What only requests carry may be missing.
    fn required(&mut self, own: Own<'p>, value: Node<'p>, path: &Path<'_>) -> Truth {
        let Some(names) = own.get("required").filter(|node| node.is_list()) else { return Truth::True };
        let names = names.items().filter_map(Node::text);
        let mut members = Seeker::new(value);
        let (mut looks, mut missing) = (0, Vec::new());
        for name in names {
            looks += 1;
            if members.get(&name).is_none() && !is_write_only(own, &name) {
                missing.push(name);
            }
        }
        self.pay(looks);
        if missing.is_empty() {
            return Truth::True;
        }
        self.misfit_of_whole(value, || {
            let verb = if missing.len() == 1 { "which is required" } else { "which are required" };
            let missing: Vec<String> = missing.iter().map(|name| format!("`{name}`")).collect();
            format!("{} lacks {}, {verb}", path.words(), crate::words::listed(&missing, "and"))
        })
    }

    fn undescribed(&mut self, own: Own<'p>, entry: Entry<'p>, path: &Path<'_>, in_all_of: bool) -> Truth {
        if own.get("patternProperties").is_some() {
            return Truth::Unknown;
        }
        match own.get("additionalProperties") {
            Some(node) if node.is_map() => self.schema(own.schema(node), entry.value, path),
            Some(node) if node.as_bool() == Some(false) && in_all_of => Truth::Unknown,
            Some(node) if node.as_bool() == Some(false) => {
                self.misfit(entry.key, || format!("{} is not described, and the schema allows nothing else", path.words()))
            }
            _ => Truth::True,
        }
    }

    pub(super) fn array(&mut self, own: Own<'p>, value: Node<'p>, path: &Path<'_>) -> Truth {
        let first = own.get("prefixItems").filter(|_| own.is_modern());
        let first: Vec<Schema<'p>> = first.into_iter().flat_map(Node::items).map(|node| own.schema(node)).collect();
        let others = own.get("items").filter(|node| !node.is_list()).map(|node| own.schema(node));
        let mut truth = Truth::True;
        for (index, item) in value.items().enumerate() {
            if let Some(schema) = first.get(index).copied().or(others) {
                truth = truth.and(self.schema(schema, item, &Path::Item(path, index)));
                if self.is_settled(truth) {
                    return truth;
                }
            }
        }
        let count = || value.items().count();
        truth.and(self.sized(own, value, count, ("minItems", "maxItems", "items"), path)).and(self.unique(own, value, path))
    }

    fn sized(
        &mut self,
        own: Own<'p>,
        value: Node<'p>,
        count: impl Fn() -> usize,
        names: (&str, &str, &str),
        path: &Path<'_>,
    ) -> Truth {
        let (least, most, what) = names;
        let (least_size, most_size) = (own.number(least), own.number(most));
        if least_size.or(most_size).is_none() {
            return Truth::True;
        }
        let count = count();
        #[expect(clippy::cast_precision_loss, reason = "no list of a description is that long")]
        let size = count as f64;
        if least_size.is_some_and(|least| size < least) {
            return self.misfit_of_whole(value, || format!("{} has {count} {what}, fewer than `{least}` wants", path.words()));
        }
        if most_size.is_some_and(|most| size > most) {
            return self.misfit_of_whole(value, || format!("{} has {count} {what}, more than `{most}` allows", path.words()));
        }
        Truth::True
    }

    fn unique(&mut self, own: Own<'p>, value: Node<'p>, path: &Path<'_>) -> Truth {
        if !own.is_on("uniqueItems") {
            return Truth::True;
        }
        let items: Vec<Node<'p>> = value.items().take(COMPARED).collect();
        let is_repeated = |(index, item): (usize, &Node<'p>)| items.iter().skip(index + 1).any(|other| are_equal(*item, *other));
        if items.iter().enumerate().any(is_repeated) {
            return self.misfit_of_whole(value, || format!("{} repeats an item", path.words()));
        }
        Truth::True
    }
}

fn is_write_only(own: Own<'_>, name: &str) -> bool {
    let property = own.get("properties").and_then(|properties| properties.get(name));
    let flag = property.and_then(|node| own.schema(node).keyword("writeOnly")).and_then(Node::as_bool);
    flag == Some(true)
}
