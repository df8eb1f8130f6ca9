//! Items of lists.

use super::{Case, Engine, Step};
use crate::diff::schema::model::Model;
use crate::diff::schema::side::{Id, Side};

/// How many places of items are compared one by one.
const MOST_PLACES: usize = 1_000;

impl<'o, 'n> Engine<'o, 'n> {
    pub(super) fn items(&mut self, case: &mut Case<'o, 'n>) {
        let most = case.new.items.most.map_or(u64::MAX, |(most, _)| most);
        let places = places(&case.old).max(places(&case.new));
        if places > MOST_PLACES {
            return case.unknown(None, None, "the lists have too many places".to_owned());
        }
        for place in (0..places).take_while(|place| (*place as u64) < most) {
            self.item(case, place, Step::Item(place));
        }
        if places as u64 >= most {
            return;
        }
        self.item(case, places, Step::Items);
    }

    fn item(&mut self, case: &mut Case<'o, 'n>, place: usize, step: Step) {
        let old = item_at(&mut self.old, case.old_id, &case.old.clone(), place);
        let new = item_at(&mut self.new, case.new_id, &case.new.clone(), place);
        if self.old.views(old).is_empty() {
            case.is_same &= self.new.views(new).is_empty();
            return;
        }
        let pair = self.pair(old, new);
        case.edges.push((step, pair));
    }
}

/// How many places have a schema of their own.
pub(in crate::diff::schema) fn places(model: &Model<'_>) -> usize {
    model.tuples.iter().map(|tuple| tuple.prefix.len()).max().unwrap_or(0)
}

/// What the item at a place must meet.
pub(in crate::diff::schema) fn item_at<'p>(side: &mut Side<'p>, id: Id, model: &Model<'p>, place: usize) -> Id {
    let Some(view) = side.views(id).first().copied() else { return side.conjunction(Vec::new()) };
    let nodes = model.tuples.iter().filter_map(|tuple| tuple.prefix.get(place).copied().or(tuple.items));
    side.conjunction(nodes.map(|node| view.with(node)).collect())
}
