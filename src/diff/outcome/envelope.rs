//! What most errors of a description changed together: their envelope.

use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

use super::gathering::{Gathered, Gathering, Use};
use super::{Change, Class};
use crate::words::counted;

/// How deep in an error its envelope reaches: `/error/code`, `/errors/-/code`.
const DEEPEST: usize = 3;

/// The envelopes that are told; what is more is told apart.
const MOST: usize = 8;

/// The changes of one kind at one place, and the error responses that have them.
struct Shape<'a> {
    members: Vec<usize>,
    uses: FxHashSet<(usize, Option<&'a str>)>,
}

/// Takes the changes that at least half of the error responses share out of the gathering and makes those one that the same
/// responses have. `errors` is how many error responses there are with a schema before and after.
pub(super) fn changed<'o, 'n>(gathering: &mut Gathering<'_, 'o, 'n>, errors: usize) -> Vec<Change<'o, 'n>> {
    let envelopes = envelopes(shapes(gathering, errors));
    envelopes.into_iter().filter_map(|shapes| whole(gathering, &shapes, errors)).collect()
}

/// What enough errors have, what most have first.
fn shapes<'a>(gathering: &Gathering<'a, '_, '_>, errors: usize) -> Vec<Shape<'a>> {
    let mut shapes: BTreeMap<(&'static str, String, String), Vec<usize>> = BTreeMap::new();
    for (index, gathered) in gathering.list.iter().enumerate().filter(|(_, gathered)| is_of_shape(gathered)) {
        let place = gathered.change.place.clone().unwrap_or_default();
        let detail = super::gathering::detail(&gathered.change) + &super::detail(&gathered.change);
        shapes.entry((gathered.change.rule, place, detail)).or_default().push(index);
    }
    let shapes = shapes.into_values().map(|members| Shape { uses: uses(gathering, &members), members });
    let mut shapes: Vec<Shape<'a>> = shapes.filter(|shape| is_shared(shape.uses.len(), errors)).collect();
    shapes.sort_by_key(|shape| (std::cmp::Reverse(shape.uses.len()), shape.members.first().copied()));
    shapes
}

/// Shapes that the same errors have, or some of those.
fn envelopes(shapes: Vec<Shape<'_>>) -> Vec<Vec<Shape<'_>>> {
    let mut envelopes: Vec<Vec<Shape<'_>>> = Vec::new();
    for shape in shapes {
        let is_around = |first: &Shape<'_>| shape.uses.is_subset(&first.uses);
        let position = envelopes.iter().position(|envelope| envelope.first().is_some_and(is_around));
        let position = position.unwrap_or(envelopes.len());
        if position == envelopes.len() && position < MOST {
            envelopes.push(Vec::new());
        }
        if let Some(envelope) = envelopes.get_mut(position) {
            envelope.push(shape);
        }
    }
    envelopes
}

/// One change for all of these.
fn whole<'o, 'n>(gathering: &mut Gathering<'_, 'o, 'n>, shapes: &[Shape<'_>], errors: usize) -> Option<Change<'o, 'n>> {
    let covered = shapes.first()?.uses.len();
    let first_of = |shape: &Shape<'_>| shape.members.first().copied();
    let mut firsts: Vec<&Gathered<'_, 'o, 'n>> = shapes.iter().filter_map(|shape| gathering.list.get(first_of(shape)?)).collect();
    let first = *firsts.first()?;
    let more = match firsts.len() {
        1 => String::new(),
        count => format!(", and {}", counted(count - 1, "other change")),
    };
    let message = format!("{covered} of {errors} error responses change together: {}{more}", first.change.told());
    let change = Change::new("error-envelope-changed", Class::Breaking, message).at(first.change.old, first.change.new);
    let change = Change { witness: first.change.witness.clone(), ..change };
    firsts.sort_by_key(|gathered| (gathered.change.rule, gathered.change.place.as_deref()));
    let change = firsts.iter().fold(change, |change, gathered| {
        let place = gathered.change.place.clone().unwrap_or_default();
        let words = super::gathering::detail(&gathered.change) + &super::detail(&gathered.change);
        change.word("change", gathered.change.rule).word("place", place).word("detail", words)
    });
    let mut whole = Gathered { change, uses: Vec::new(), place_of: None, has_more: false };
    for &member in shapes.iter().flat_map(|shape| &shape.members) {
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
    gathered.change.place.is_some() && is_own && is_loss && !gathered.has_more
}

/// The error responses that have one of these changes.
fn uses<'a>(gathering: &Gathering<'a, '_, '_>, members: &[usize]) -> FxHashSet<(usize, Option<&'a str>)> {
    let members = members.iter().filter_map(|index| gathering.list.get(*index));
    let uses = members.flat_map(|gathered| &gathered.uses).filter(|one| one.is_error);
    uses.map(|one| (one.rank, one.status)).collect()
}
