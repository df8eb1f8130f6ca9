//! `anyOf` and `oneOf`.

use serde_json::json;

use super::object::Object;
use super::{Anchor, Lowering, Side};
use crate::syntax::Entry;

impl<'p> Lowering<'_, 'p> {
    /// Lowers the alternatives of a Schema Object.
    pub(super) fn alternatives(&mut self, object: &mut Object<'p>, keyword: &str) {
        let is_known = super::keywords::shape_of(keyword, self.view.version()).is_some();
        let Some(entry) = object.node.entry(keyword).filter(|_| is_known) else { return };
        let list = entry.value;
        if !list.is_list() || list.items().next().is_none() {
            return self.misunderstood(object, keyword);
        }
        if keyword == "oneOf" && self.is_tainted(list) {
            return self.alternatives_in_doubt(object, entry);
        }
        if let Some(discriminator) = self.discriminator(object, list) {
            return self.narrowed(object, entry, &discriminator);
        }
        let side = object.side;
        let alternatives = self.framed(list, |lowering| lowering.under(keyword, |lowering| lowering.list(list, side, true)));
        if let Some(alternatives) = alternatives {
            object.map.insert(keyword.to_owned(), alternatives);
        }
    }

    /// Exactly one alternative must fit. By the lenient reading, one must be able to; by the strict one, one must for sure
    /// and no other may be able to.
    fn alternatives_in_doubt(&mut self, object: &mut Object<'p>, entry: Entry<'p>) {
        let (side, list) = (object.side, entry.value);
        let part = format!("{}/allOf/{}", self.at, object.parts());
        self.anchors.insert(part, Anchor::keyword(entry));
        self.level += 1;
        let any = self.list(list, side, true);
        let one = if side == Side::Strict { self.list(list, Side::Lenient, true) } else { None };
        self.level -= 1;
        object.add_part(match one {
            Some(one) => json!({ "anyOf": any, "oneOf": one }),
            None => json!({ "anyOf": any }),
        });
    }
}
