//! The status code registry, and the unregistered codes that are seen in practice.

mod client_error;
mod code;
mod informational;
mod key;
mod phrase;
mod redirection;
mod server_error;
mod successful;
mod vendor;

pub use code::{Ask, Body, Caching, Registration, StatusCode, Vendor};
pub use key::{Class, StatusKey, StatusMatcher, StatusSet};
pub use phrase::{codes_with_phrase, every_phrase, normalised, phrases};

/// The tables by class, each in the order of its codes.
const REGISTERED: [&[StatusCode]; 5] =
    [informational::CODES, successful::CODES, redirection::CODES, client_error::CODES, server_error::CODES];

/// The entry of a code, registered or of a vendor.
pub fn find(code: u16) -> Option<&'static StatusCode> {
    let class = Class::of(code)?;
    let registered = REGISTERED.get(usize::from(class.digit()) - 1).copied().unwrap_or_default();
    in_table(registered, code).or_else(|| in_table(vendor::CODES, code))
}

/// The standing of a code.
pub fn registration(code: u16) -> Registration {
    find(code).map_or(Registration::None, |entry| entry.registration)
}

/// Every entry of the registry, in the order of codes.
pub fn registered() -> impl Iterator<Item = &'static StatusCode> {
    REGISTERED.into_iter().flatten()
}

/// Every unregistered code that is known to be in use, in the order of codes.
pub fn vendors() -> impl Iterator<Item = &'static StatusCode> {
    vendor::CODES.iter()
}

fn in_table(table: &'static [StatusCode], code: u16) -> Option<&'static StatusCode> {
    table.binary_search_by_key(&code, |entry| entry.code).ok().and_then(|at| table.get(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The codes of the IANA registry, as ranges.
    const REGISTRY: [(u16, u16); 14] = [
        (100, 104),
        (200, 208),
        (226, 226),
        (300, 308),
        (400, 418),
        (421, 426),
        (428, 429),
        (431, 431),
        (451, 451),
        (500, 508),
        (510, 511),
        (305, 306),
        (104, 104),
        (418, 418),
    ];

    fn in_registry(code: u16) -> bool {
        REGISTRY.iter().any(|&(first, last)| (first..=last).contains(&code))
    }

    #[test]
    fn all_registered_codes_are_here_and_no_others() {
        let ours: Vec<u16> = registered().map(|entry| entry.code).collect();
        let theirs: Vec<u16> = (0..=999).filter(|&code| in_registry(code)).collect();
        assert_eq!(ours, theirs);
        assert_eq!(ours.len(), 64);
    }

    #[test]
    fn tables_are_sorted_and_disjoint() {
        assert!(vendors().map(|entry| entry.code).is_sorted_by(|left, right| left < right));
        assert!(vendors().all(|entry| !in_registry(entry.code)));
        assert_eq!(vendors().count(), 30);
        for entry in registered().chain(vendors()) {
            assert_eq!(find(entry.code), Some(entry), "{}", entry.code);
        }
    }

    #[test]
    fn registrations() {
        for code in 0..=1000 {
            let expected = match code {
                104 => Registration::Temporary,
                305 | 510 => Registration::Deprecated,
                306 | 418 => Registration::Reserved,
                _ if in_registry(code) => Registration::Registered,
                _ if vendors().any(|entry| entry.code == code) => Registration::Vendor,
                _ => Registration::None,
            };
            assert_eq!(registration(code), expected, "{code}");
        }
    }

    #[test]
    fn only_what_the_specifications_list_may_be_cached_unasked() {
        let heuristic: Vec<u16> = registered().filter(|entry| entry.heuristically_cacheable()).map(|entry| entry.code).collect();
        assert_eq!(heuristic, [200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 451, 501]);
        let never: Vec<u16> = registered().filter(|entry| entry.caching == Caching::Forbidden).map(|entry| entry.code).collect();
        assert_eq!(never, [428, 429, 431, 511]);
    }

    #[test]
    fn bodies() {
        let with = |body| registered().filter(move |entry| entry.body == body).map(|entry| entry.code).collect::<Vec<_>>();
        assert_eq!(with(Body::Forbidden), [100, 101, 102, 103, 104, 204, 205, 304]);
        assert_eq!(with(Body::Required), [206, 207, 226]);
        assert_eq!(with(Body::Undefined), [208, 305, 306, 418, 510]);
        assert!(vendors().all(|entry| entry.body == Body::Undefined && entry.caching == Caching::Undefined));
    }

    #[test]
    fn every_entry_has_something_to_say() {
        for entry in registered().chain(vendors()) {
            let code = entry.code;
            assert!(entry.meaning.len() > 30 && entry.meaning.ends_with('.'), "{code}: {}", entry.meaning);
            assert!(!entry.name.is_empty() && !entry.methods.is_empty(), "{code}");
            for ask in entry.asks {
                assert!(
                    ask.text.ends_with('.') && ask.text.starts_with(|first: char| first.is_uppercase() || first == '`'),
                    "{code}: {}",
                    ask.text
                );
            }
            assert_eq!(entry.vendor.is_some(), entry.registration == Registration::Vendor, "{code}");
            assert_eq!(entry.reference.is_none(), entry.vendor.is_some(), "{code}");
            assert_eq!(entry.expires.is_some(), entry.registration == Registration::Temporary, "{code}");
        }
    }

    #[test]
    fn vendors_point_at_registered_codes() {
        for entry in vendors() {
            let Some(vendor) = entry.vendor else { panic!("{}", entry.code) };
            assert!(!vendor.owner.is_empty());
            assert!(vendor.only_logged || !vendor.instead.is_empty(), "{}", entry.code);
            for &code in vendor.instead {
                assert_eq!(registration(code), Registration::Registered, "{} → {code}", entry.code);
            }
        }
    }
}
