//! One round while it is tried: which of its fixes can be applied together without doing harm.

use rustc_hash::FxHashMap;

use super::apart::{self, AtOnce, Owners};
use super::harm::{Harm, Verdict, judge};
use super::run::{Examined, Texts};

/// How often the files of a round are looked at before what is still in doubt is no longer divided. Each look costs as much
/// as a run of the linter; what has nothing to do with each other is tried in the same one.
const MOST_LOOKS: usize = 32;

/// How often they are looked at before all that is in doubt is given up; from [`MOST_LOOKS`] on only what is blamed is.
const LAST_LOOKS: usize = 2 * MOST_LOOKS;

/// How often fixes are divided into what is blamed and the rest before they are divided in the middle.
const MOST_BLAMES: usize = 2;

/// A round that is tried.
pub(super) struct Trial<'r, F> {
    now: &'r Examined,
    texts: &'r Texts,
    examine: &'r mut F,
    looks: usize,
    /// What did harm together, and which.
    failed: FxHashMap<Vec<usize>, Verdict>,
    /// What is to be tried; the last comes first.
    open: Vec<Part>,
    /// What did no harm while something else did that has nothing to do with it.
    passed: Vec<Part>,
    /// Whether parts that should have nothing to do with each other did harm together, so that only one is tried at a time.
    one_by_one: bool,
    /// What anything was ever blamed for.
    blamed: Harm,
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
        let failed = FxHashMap::default();
        let (open, passed, blamed) = Default::default();
        Trial { now, texts, examine, looks: 0, failed, open, passed, one_by_one: false, blamed }
    }

    /// Applies these fixes but for those that do harm: what did some together is divided until it is known which of them it was.
    pub(super) fn run(mut self, chosen: Vec<usize>) -> Result<Outcome, E> {
        let mut outcome = Outcome::default();
        self.open(Part { fixes: chosen, blames: 0 });
        while !self.open.is_empty() || !self.passed.is_empty() {
            let mut parts = std::mem::take(&mut self.passed);
            parts.extend(self.next(&parts));
            match self.look(outcome.done.as_ref(), &parts)? {
                Ok(done) => outcome.done = Some(done),
                Err(verdict) => self.divide(parts, verdict, &mut outcome.harmful),
            }
        }
        Ok(outcome)
    }

    /// Takes parts to be tried that have nothing to do with each other, nor with these.
    fn next(&mut self, passed: &[Part]) -> Vec<Part> {
        if self.one_by_one {
            return self.open.pop().into_iter().collect();
        }
        let now = self.now;
        let mut owners = Owners::new(now);
        let mut numbers = 0..;
        let mut is_free = |part: &Part| owners.claim(part.files(now), numbers.next().unwrap_or_default()).is_empty();
        for part in passed {
            is_free(part);
        }
        let (free, mut others): (Vec<Part>, Vec<Part>) =
            std::mem::take(&mut self.open).into_iter().rev().partition(|part| is_free(part));
        others.reverse();
        self.open = others;
        free
    }

    /// Adds to what is to be tried, each part of it that has nothing to do with the others for itself.
    fn open(&mut self, part: Part) {
        if self.one_by_one {
            return self.open.push(part);
        }
        let blames = part.blames;
        self.open.extend(apart::parts(self.now, part.fixes).into_iter().map(|fixes| Part { fixes, blames }));
    }

    /// Divides what did harm, or gives it up, and keeps the rest.
    fn divide(&mut self, parts: Vec<Part>, Verdict { harm, is_sure }: Verdict, harmful: &mut Harm) {
        let is_only = parts.len() == 1;
        let (guilty, passed): (Vec<Part>, Vec<Part>) = parts.into_iter().partition(|part| is_only || part.is_blamed(&harm));
        let known: usize = guilty.iter().map(|part| part.fixes.iter().filter(|fix| harm.contains_key(fix)).count()).sum();
        if !is_only && (!is_sure || known < harm.len()) {
            return self.go_one_by_one(guilty.into_iter().chain(passed));
        }
        self.passed = passed;
        for part in guilty {
            if part.fixes.len() > 1 && self.looks < MOST_LOOKS {
                part.divided(&harm).into_iter().for_each(|part| self.open(part));
                continue;
            }
            let is_last = part.fixes.len() == 1 || self.looks >= LAST_LOOKS || !part.is_blamed(&harm);
            let (given_up, rest) = part.fixes.into_iter().partition(|fix| is_last || harm.contains_key(fix));
            harmful.extend(reasons(given_up, &harm, &self.blamed));
            if !rest.is_empty() {
                self.open(Part { fixes: rest, ..part });
            }
        }
        self.blamed.extend(harm);
    }

    /// From now on one part is tried after the other, and to begin with all as one.
    fn go_one_by_one(&mut self, parts: impl Iterator<Item = Part>) {
        self.one_by_one = true;
        self.looks = 0;
        let open = std::mem::take(&mut self.open);
        let mut fixes: Vec<usize> = parts.chain(open).flat_map(|part| part.fixes).collect();
        fixes.sort_unstable();
        self.open(Part { fixes, blames: 0 });
    }

    /// Looks at the files with what did no harm before, and these parts.
    fn look(&mut self, done: Option<&Done>, parts: &[Part]) -> Result<Result<Done, Verdict>, E> {
        let before = done.map(|done| done.chosen.as_slice()).unwrap_or_default();
        let mut chosen: Vec<usize> = before.iter().chain(parts.iter().flat_map(|part| &part.fixes)).copied().collect();
        chosen.sort_unstable();
        if let Some(verdict) = self.failed.get(&chosen) {
            return Ok(Err(verdict.clone()));
        }
        self.looks += 1;
        let texts = self.now.with(&chosen, self.texts);
        let examined = (self.examine)(&texts)?;
        let at_once = AtOnce::new(self.now, parts.iter().map(|part| part.fixes.as_slice()).collect());
        let verdict = judge(self.now, &chosen, &at_once, &examined);
        if verdict.harm.is_empty() {
            return Ok(Ok(Done { chosen, texts, examined }));
        }
        self.failed.insert(chosen, verdict.clone());
        Ok(Err(verdict))
    }
}

/// Fixes of which it is not known yet whether they do harm.
struct Part {
    fixes: Vec<usize>,
    /// How often it came from what was blamed and the rest.
    blames: usize,
}

impl Part {
    /// The files that it changes.
    fn files(&self, now: &Examined) -> impl Iterator<Item = usize> {
        self.fixes.iter().flat_map(|&fix| apart::files(now, fix))
    }

    fn is_blamed(&self, harm: &Harm) -> bool {
        self.fixes.iter().any(|fix| harm.contains_key(fix))
    }

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

/// What is said about each of the fixes that are left out: what it is blamed for, one of them alone for anything.
fn reasons(given_up: Vec<usize>, harm: &Harm, blamed: &Harm) -> Harm {
    let any = harm.values().next().filter(|_| given_up.len() == 1).cloned();
    let any = any.unwrap_or_else(|| "it was not told apart from others that do harm".to_owned());
    let reason = |index: &usize| harm.get(index).or_else(|| blamed.get(index)).unwrap_or(&any).clone();
    given_up.into_iter().map(|index| (index, reason(&index))).collect()
}
