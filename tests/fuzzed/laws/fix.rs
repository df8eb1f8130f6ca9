//! Fixing one text: what holds for every fix (`support/fix_law.rs`) holds for the fixes of any text.

#[path = "../../support/fix_law.rs"]
mod fix_law;

use statusquo::finding::Safety;
use statusquo::provider::InMemory;

use super::RULES;

const NAME: &str = "openapi.yaml";

pub(super) fn hold(input: &[u8]) {
    let (_, broken) = fix_law::fix(NAME, &InMemory::new().with(NAME, input), &RULES, Safety::Unsafe);
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
