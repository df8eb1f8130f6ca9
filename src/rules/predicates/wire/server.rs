//! `tells-software`: header fields that tell attackers what to try (RFC 9110 §10.2.4).

use super::super::{Judgement, Predicate, Reads};
use super::about;
use crate::facts::Observed;
use crate::rules::evaluate::Evidence;
use crate::rules::fields::Noun;

pub(in super::super) const TELLS_SOFTWARE: Predicate = Predicate {
    name: "tells-software",
    noun: Noun::Exchange,
    doc: "`Server` has the version of a product or names more than two, or a field such as `X-Powered-By` came; shows each field.",
    arguments: &[],
    words: &["header"],
    reads: Reads::Definition,
    run: |row, _| about(row, tells),
};

/// Fields that are there for nothing else.
const TELLTALES: [&str; 3] = ["X-Powered-By", "X-AspNet-Version", "X-AspNetMvc-Version"];

fn tells<'p>(exchange: &Observed<'_>) -> Judgement<'p> {
    let telling = exchange.fields().iter().filter_map(|(name, value)| {
        let telltale = TELLTALES.into_iter().find(|telltale| telltale.eq_ignore_ascii_case(name));
        telltale.or_else(|| (name.eq_ignore_ascii_case("server") && is_detailed(value)).then_some("Server"))
    });
    let evidence = |name: &str| Evidence { words: vec![("header", name.to_owned())], ..Evidence::default() };
    let evidence: Vec<Evidence<'p>> = telling.map(evidence).collect();
    Judgement::found(evidence)
}

/// Products stand beside comments in brackets: `Apache/2.4.57 (Debian) OpenSSL/3.0`.
fn is_detailed(value: &str) -> bool {
    let mut depth = 0_usize;
    let outside = |letter: char| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => return if depth == 0 { letter } else { ' ' },
        }
        ' '
    };
    let products: String = value.chars().map(outside).collect();
    let has_version =
        |product: &str| product.split_once('/').is_some_and(|(_, version)| version.contains(|c: char| c.is_ascii_digit()));
    products.split_whitespace().count() > 2 || products.split_whitespace().any(has_version)
}

#[cfg(test)]
mod tests {
    use super::is_detailed;

    #[test]
    fn products_and_versions() {
        for value in ["nginx/1.18.0", "Apache/2.4.57 (Debian)", "Microsoft-IIS/10.0", "Python aiohttp uvloop", "(x) PHP/8"] {
            assert!(is_detailed(value), "{value}");
        }
        for value in ["nginx", "cloudflare", "ECAcc (dcd/7D15)", "Google Frontend", "S3", "", "envoy (a (b/1) c/2)", "api/edge"] {
            assert!(!is_detailed(value), "{value}");
        }
    }
}
