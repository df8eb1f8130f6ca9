//! What people are told of the exchanges that show a finding.

use super::text::paint;
use crate::finding::{Observation, Sighting};
use crate::words::shortened;

/// The exchanges that are listed unasked.
const LISTED: usize = 3;

/// Longer words of a recording are cut, in characters.
const LONGEST: usize = 200;

/// Makes words of a recording harmless where they are shown.
type Mark = fn(&str) -> String;

/// A line each: the first exchange, how often and where it was seen, and what answered where that is not the code itself.
pub(super) fn lines(observation: &Observation, all: bool, mark: Mark) -> Vec<String> {
    let mut lines = vec![exchange(&observation.first, mark)];
    if observation.count > 1 {
        lines.push(seen(observation, all, mark));
    }
    let code = observation.first.status.map(|status| status.to_string());
    let used = observation.response.as_deref().filter(|key| Some(*key) != code.as_deref());
    lines.extend(used.map(|key| format!("answered by: {}", mark(&short(key)))));
    lines
}

fn exchange(first: &Sighting, mark: Mark) -> String {
    let request: Vec<String> = [&first.method, &first.url].into_iter().flatten().map(|word| short(word)).collect();
    let request = if request.is_empty() { "not readable".to_owned() } else { mark(&request.join(" ")) };
    let answer = first.status.map(|status| format!(" answered {status}")).unwrap_or_default();
    let time = first.time.as_ref().map(|time| format!(", {}", mark(&short(time)))).unwrap_or_default();
    format!("exchange: {request}{answer} (entry {} of {}{time})", first.index, mark(&first.recording))
}

fn seen(observation: &Observation, all: bool, mark: Mark) -> String {
    let mut left = if all { usize::MAX } else { LISTED };
    let mut places = Vec::new();
    let mut shown = 0;
    for (recording, indexes) in &observation.listed {
        let entries: Vec<String> = indexes.iter().take(left).map(u64::to_string).collect();
        left -= entries.len();
        shown += entries.len() as u64;
        if !entries.is_empty() {
            let noun = if entries.len() == 1 { "entry" } else { "entries" };
            places.push(format!("{noun} {} of {}", joined(&entries), mark(recording)));
        }
    }
    let times = format!("seen {} times", paint::thousands(observation.count));
    match (places.is_empty(), shown < observation.count) {
        (true, _) => times,
        (false, true) => format!("{times}, first in {}", joined(&places)),
        (false, false) => format!("{times}, in {}", joined(&places)),
    }
}

/// `a, b and c`.
fn joined(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn short(text: &str) -> String {
    shortened(text, LONGEST).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Entries of recordings, written `a 12 40, b 3`.
    fn said(count: u64, listed: &str, all: bool) -> String {
        let recording = |text: &str| {
            let (name, indexes) = text.split_once(' ')?;
            Some((name.to_owned(), indexes.split(' ').filter_map(|index| index.parse().ok()).collect()))
        };
        let listed = listed.split(", ").filter_map(recording).collect();
        seen(&Observation { first: Sighting::default(), response: None, count, listed }, all, str::to_owned)
    }

    #[test]
    fn says_where_it_was_seen() {
        let table = [
            (1_204, "a 12 40 77 90", false, "seen 1,204 times, first in entries 12, 40 and 77 of a"),
            (5, "a 12 40 77 90", true, "seen 5 times, first in entries 12, 40, 77 and 90 of a"),
            (2, "a 0 1", false, "seen 2 times, in entries 0 and 1 of a"),
            (9, "a 5 6, b 1 2, c 3", false, "seen 9 times, first in entries 5 and 6 of a and entry 1 of b"),
            (2, "", false, "seen 2 times"),
        ];
        for (count, listed, all, expected) in table {
            assert_eq!(said(count, listed, all), expected);
        }
    }

    #[test]
    fn long_words_are_cut() {
        assert_eq!(short(&"ä".repeat(200)), "ä".repeat(200));
        assert_eq!(short(&"ä".repeat(201)), format!("{}…", "ä".repeat(200)));
    }
}
