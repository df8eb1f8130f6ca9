//! The origins that a recording speaks to: a browser also records what its pages load from elsewhere.

use rustc_hash::FxHashMap;

/// How many origins are told apart.
const MOST: usize = 10_000;

/// Which origins were asked, and whether anything there is described.
#[derive(Debug, Default)]
pub(super) struct Origins {
    known: FxHashMap<String, bool>,
}

impl Origins {
    /// Notes an exchange with an origin.
    pub(super) fn note(&mut self, origin: &str, is_described: bool) {
        if let Some(known) = self.known.get_mut(origin) {
            *known |= is_described;
        } else if self.known.len() < MOST {
            self.known.insert(origin.to_owned(), is_described);
        }
    }

    /// Whether nothing at this origin is described while something at another one is: the traffic of somebody else.
    pub(super) fn is_elsewhere(&self, origin: &str) -> bool {
        let is_described = |origin: &str| self.known.get(origin).copied().unwrap_or(false);
        !is_described(origin) && self.known.values().any(|described| *described)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pages_load_from_elsewhere_is_told() {
        let mut origins = Origins::default();
        origins.note("https://fonts.example", false);
        assert!(!origins.is_elsewhere("https://fonts.example"), "nothing is described anywhere: the servers may be wrong");
        origins.note("https://api.example", false);
        origins.note("https://api.example", true);
        assert!(origins.is_elsewhere("https://fonts.example"));
        assert!(!origins.is_elsewhere("https://api.example"));
    }
}
