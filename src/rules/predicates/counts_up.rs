//! `counts-up`: a status code that only numbers the errors of its operation.

use super::{Arguments, Judgement, Predicate, Reads};
use crate::http::status::{Registration, StatusKey, registration};
use crate::rules::Row;
use crate::rules::fields::Noun;
use crate::truth::Truth;

pub(super) const PREDICATE: Predicate = Predicate {
    name: "counts-up",
    noun: Noun::Response,
    doc: "The operation describes a run of successive codes with this one in it, and at least three of the run are in no registry and of no product: the codes number its errors and mean nothing else.",
    arguments: &[],
    words: &[],
    reads: Reads::Operation,
    run,
};

/// The fewest codes that nobody knows in a run that counts.
const FEWEST: usize = 3;

fn run<'p>(row: &Row<'_, 'p>, _: &Arguments<'_>) -> Judgement<'p> {
    let status = row.response().map(|response| response.status).or_else(|| Some(row.exchange()?.status()));
    let code = status.and_then(StatusKey::code);
    let (Some(code), Some(operation)) = (code, row.operation()) else { return Judgement::plain(Truth::False) };
    let codes: Vec<u16> = row.api.responses_of(operation).iter().filter_map(|response| response.status.code()).collect();
    Judgement::plain(counts_up(code, codes))
}

fn counts_up(code: u16, mut codes: Vec<u16>) -> bool {
    codes.sort_unstable();
    codes.dedup();
    let mut runs = codes.chunk_by(|one, next| one + 1 == *next);
    let unknown = |code: &&u16| registration(**code) == Registration::None;
    runs.any(|run| run.contains(&code) && run.iter().filter(unknown).count() >= FEWEST)
}

#[cfg(test)]
mod tests {
    use super::counts_up;

    #[test]
    fn a_run_that_starts_with_codes_of_nobody_counts() {
        let cases: [(u16, &[u16], bool); 6] = [
            (482, &[200, 482, 480, 481], true),
            (494, &[490, 491, 492, 493, 494], true),
            (508, &[499, 500, 501, 502, 503, 504, 505, 506, 507, 508], false),
            (494, &[492, 493, 494], false),
            (494, &[480, 481, 482, 494], false),
            (494, &[494], false),
        ];
        for (code, codes, counts) in cases {
            assert_eq!(counts_up(code, codes.to_vec()), counts, "{code} in {codes:?}");
        }
    }
}
