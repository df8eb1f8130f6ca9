//! One round while it is tried: which of its fixes can be applied together without doing harm.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::harm::{Harm, harm};
use super::run::{Examined, Texts};

/// How often the files of a round are looked at before what is still in doubt is no longer divided. Each look costs as much
/// as a run of the linter.
const MOST_LOOKS: usize = 32;

/// How often fixes are divided into what is blamed and the rest before they are divided in the middle.
const MOST_BLAMES: usize = 2;

/// A round that is tried.
pub(super) struct Trial<'r, F> {
    now: &'r Examined,
    texts: &'r Texts,
    examine: &'r mut F,
    looks: usize,
    /// What did harm together, and which.
    failed: FxHashMap<Vec<usize>, Harm>,
}

/// Fixes that did no harm together.
pub(super) struct Done {
    pub(super) chosen: Vec<usize>,
    pub(super) texts: Texts,
    pub(super) examined: Examined,
}

/// What came of a round.
#[derive(Default)]
pub(super) struct Outcome {
    /// What was applied; none where everything did harm.
    pub(super) done: Option<Done>,
    /// The fixes that were left out, each with what it would do.
    pub(super) harmful: Harm,
}

impl<'r, E, F: FnMut(&Texts) -> Result<Examined, E>> Trial<'r, F> {
    pub(super) fn new(now: &'r Examined, texts: &'r Texts, examine: &'r mut F) -> Self {
        Trial { now, texts, examine, looks: 0, failed: FxHashMap::default() }
    }

    /// Applies these fixes but for those that do harm: what did some together is divided until it is known which of them it was.
    pub(super) fn run(mut self, chosen: Vec<usize>) -> Result<Outcome, E> {
        let mut outcome = Outcome::default();
        let mut blamed = Harm::new();
        let mut open = vec![Part { fixes: chosen, blames: 0 }];
        while let Some(part) = open.pop() {
            let applied = outcome.done.as_ref().map(|done| done.chosen.as_slice()).unwrap_or_default();
            let mut all = [applied, &part.fixes].concat();
            all.sort_unstable();
            let harm = match self.look(all)? {
                Ok(done) => {
                    outcome.done = Some(done);
                    continue;
                }
                Err(harm) => harm,
            };
            if part.fixes.len() == 1 || self.looks >= MOST_LOOKS {
                outcome.harmful.extend(reasons(&part.fixes, &harm, &blamed));
            } else {
                open.extend(part.divided(&harm));
            }
            blamed.extend(harm);
        }
        Ok(outcome)
    }

    /// Looks at the files with these fixes.
    fn look(&mut self, chosen: Vec<usize>) -> Result<Result<Done, Harm>, E> {
        if let Some(harm) = self.failed.get(&chosen) {
            return Ok(Err(harm.clone()));
        }
        self.looks += 1;
        let texts = self.now.with(&chosen, self.texts);
        let examined = (self.examine)(&texts)?;
        let harm = harm(self.now, &chosen, &examined);
        if harm.is_empty() {
            return Ok(Ok(Done { chosen, texts, examined }));
        }
        self.failed.insert(chosen, harm.clone());
        Ok(Err(harm))
    }
}

/// Fixes of which it is not known yet whether they do harm.
struct Part {
    fixes: Vec<usize>,
    /// How often it came from what was blamed and the rest.
    blames: usize,
}

impl Part {
    /// Two parts of fixes that did harm together; the one that comes last is tried first. What is blamed comes after the rest,
    /// and where that does harm as well, others than those that were blamed did it.
    fn divided(mut self, harm: &Harm) -> [Part; 2] {
        let (blamed, rest): (Vec<usize>, Vec<usize>) = self.fixes.iter().partition(|index| harm.contains_key(index));
        if self.blames < MOST_BLAMES && !blamed.is_empty() && !rest.is_empty() {
            return [blamed, rest].map(|fixes| Part { fixes, blames: self.blames + 1 });
        }
        let behind = self.fixes.split_off(self.fixes.len() / 2);
        [Part { fixes: behind, ..self }, self]
    }
}

/// What is said about each of the fixes that are left out: what it is blamed for, else what one of them did.
fn reasons(part: &[usize], harm: &Harm, blamed: &Harm) -> BTreeMap<usize, String> {
    let any = harm.values().next().cloned().unwrap_or_default();
    let reason = |index: &usize| harm.get(index).or_else(|| blamed.get(index)).unwrap_or(&any).clone();
    match part {
        [one] => Harm::from([(*one, harm.get(one).cloned().unwrap_or(any))]),
        part => part.iter().map(|index| (*index, reason(index))).collect(),
    }
}
