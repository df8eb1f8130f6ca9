//! Random pairs, with a validator as the judge: what is called included is, and what shows a change does.

use serde_json::Value;

use super::generator::{Random, edited, instance, schema};
use super::{SHARED, V31, project};
use crate::check::schema::{Answer, Schemas};
use crate::diff::Mode;
use crate::diff::schema::{Comparer, Inclusion};
use crate::openapi::Schema;
use crate::source::{Source, SourceId};
use crate::syntax::parse;

const PAIRS: usize = 6_000;
const INSTANCES: usize = 25;

#[derive(Debug, Default)]
struct Tally {
    included: usize,
    unknown: usize,
    not_included: usize,
    witnesses: usize,
    /// Instances of the new schema that were held against the old one.
    held: usize,
    /// Pairs not called included for which no instance was refused by the old schema.
    unshown: usize,
}

#[test]
fn what_is_included_is_included() {
    let shared: Value = serde_json::to_value(shared()).unwrap();
    let (mut tally, mut wrong) = (Tally::default(), Vec::new());
    for seed in 0..PAIRS {
        let mut random = Random(0x9E37_79B9_7F4A_7C15 ^ (seed as u64 + 1).wrapping_mul(0xD129_0B2A_6F5A_3C11));
        let old = schema(&mut random, 2);
        let mut new = old.clone();
        for _ in 0..random.below(3) {
            edited(&mut random, &mut new);
        }
        if let Err(why) = pair(&mut random, &old, &new, &shared, &mut tally) {
            wrong.push(format!("{old}\n    {new}\n    {why}"));
        }
    }
    println!("{PAIRS} pairs: {tally:?}");
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.iter().take(12).cloned().collect::<Vec<_>>().join("\n"));
    assert!(tally.included > PAIRS / 4 && tally.witnesses > PAIRS / 8 && tally.held > PAIRS, "{tally:?}");
}

fn pair(random: &mut Random, old: &Value, new: &Value, shared: &Value, tally: &mut Tally) -> Result<(), String> {
    let (one, two) = (project(&old.to_string()), project(&new.to_string()));
    let (before, after) = (super::schema(&one, V31), super::schema(&two, V31));
    let (inclusion, changes) = Comparer::new(Mode::Default).compare(before, after);
    let judges = (Schemas::new(false), Schemas::new(false));
    for change in &changes {
        if let Some(witness) = &change.witness {
            tally.witnesses += 1;
            if fits(&judges.0, before, witness) || !fits(&judges.1, after, witness) {
                return Err(format!("{witness} does not show {}", change.rule));
            }
        }
    }
    if old == new && (inclusion != Inclusion::Included || !changes.is_empty()) {
        return Err(format!("the same is not the same: {inclusion:?} {changes:?}"));
    }
    let mut refused = None;
    for _ in 0..INSTANCES {
        let value = instance(random, new, shared, 5);
        if fits(&judges.1, after, &value) {
            tally.held += 1;
            refused = refused.or((!fits(&judges.0, before, &value)).then_some(value));
        }
    }
    match inclusion {
        Inclusion::Included => tally.included += 1,
        Inclusion::Unknown => tally.unknown += 1,
        Inclusion::NotIncluded => tally.not_included += 1,
    }
    tally.unshown += usize::from(inclusion != Inclusion::Included && refused.is_none());
    match refused {
        Some(value) if inclusion == Inclusion::Included => Err(format!("{value} is not included")),
        _ => Ok(()),
    }
}

fn fits<'p>(schemas: &Schemas<'p>, schema: Schema<'p>, value: &Value) -> bool {
    let file = parse(Source::new(SourceId(0), "value.json", value.to_string()));
    let answer = schemas.body(schema, file.roots().next().unwrap());
    assert!(!matches!(answer, Answer::Unknown(_)), "{answer:?}");
    matches!(answer, Answer::Fits)
}

fn shared() -> serde_yaml::Value {
    serde_yaml::from_str(SHARED).unwrap()
}
