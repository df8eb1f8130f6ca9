//! What most errors of a description changed together: their envelope.

use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

use super::gathering::{Gathered, Gathering, Use, detail};
use super::{Change, Class};

/// How deep in an error its envelope reaches: `/error/code`, `/errors/-/code`.
const DEEPEST: usize = 3;

/// Takes the changes that at least half of the error responses share out of the gathering and makes them one.
/// `errors` is how many error responses there are with a schema before and after.
pub(super) fn changed<'o, 'n>(gathering: &mut Gathering<'_, 'o, 'n>, errors: usize) -> Option<Change<'o, 'n>> {
    let mut shapes: BTreeMap<(&'static str, String, String), Vec<usize>> = BTreeMap::new();
    for (index, gathered) in gathering.list.iter().enumerate().filter(|(_, gathered)| is_of_shape(gathered)) {
        let place = gathered.change.place.clone().unwrap_or_default();
        shapes.entry((gathered.change.rule, place, detail(&gathered.change))).or_default().push(index);
    }
    shapes.retain(|_, members| is_shared(uses(gathering, members).len(), errors));
    let mut members: Vec<usize> = shapes.into_values().flatten().collect();
    members.sort_unstable();
    let covered = uses(gathering, &members).len();
    let first = gathering.list.get(*members.first()?)?;
    let more = if members.len() > 1 { format!(", and {} more", members.len() - 1) } else { String::new() };
    let message = format!("{covered} of {errors} error responses change together: {}{more}", first.change.told());
    let change = Change::new("error-envelope-changed", Class::Breaking, message).at(first.change.old, first.change.new);
    let change = change.word("change", first.change.rule).word("place", first.change.place.clone().unwrap_or_default());
    let change = Change { witness: first.change.witness.clone(), ..change };
    let mut whole = Gathered { change, uses: Vec::new() };
    for member in members {
        if let Some(gathered) = gathering.list.get_mut(member) {
            whole.uses.extend(gathered.uses.extract_if(.., |one| one.is_error).map(|one| Use { is_error: false, ..one }));
        }
    }
    whole.finished()
}

/// More than one, and at least half.
fn is_shared(uses: usize, errors: usize) -> bool {
    uses > 1 && uses * 2 >= errors
}

/// Whether a change is one of what clients read in every error: something they can no longer read, or that is gone.
fn is_of_shape(gathered: &Gathered<'_, '_, '_>) -> bool {
    let class = gathered.change.class;
    let depth = gathered.change.place.as_deref().map_or(0, |place| place.matches('/').count());
    // What successes carry too is a thing of its own that errors only show, as is what lies deep inside.
    let is_own = depth <= DEEPEST && gathered.uses.iter().all(|one| one.is_error);
    let is_loss = class == Class::Breaking || class == Class::Risky && gathered.change.rule == "response-property-removed";
    gathered.change.place.is_some() && is_own && is_loss
}

/// The error responses that have one of these changes.
fn uses<'a>(gathering: &Gathering<'a, '_, '_>, members: &[usize]) -> FxHashSet<(usize, Option<&'a str>)> {
    let members = members.iter().filter_map(|index| gathering.list.get(*index));
    let uses = members.flat_map(|gathered| &gathered.uses).filter(|one| one.is_error);
    uses.map(|one| (one.rank, one.status)).collect()
}
