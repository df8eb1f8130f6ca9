//! One entry of the tables.

use super::Class;
use crate::http::Reference;

/// The standing of a status code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Registration {
    /// In the IANA registry.
    Registered,
    /// In the registry until a date.
    Temporary,
    /// In the registry, and no longer to be used.
    Deprecated,
    /// In the registry so that nobody takes it.
    Reserved,
    /// Not in the registry, but in use.
    Vendor,
    /// Not in the registry and not known to be in use.
    None,
}

impl Registration {
    /// All of them.
    pub const ALL: [Registration; 6] = [
        Registration::Registered,
        Registration::Temporary,
        Registration::Deprecated,
        Registration::Reserved,
        Registration::Vendor,
        Registration::None,
    ];

    /// The word used in rules.
    pub fn word(self) -> &'static str {
        match self {
            Registration::Registered => "registered",
            Registration::Temporary => "temporary",
            Registration::Deprecated => "deprecated",
            Registration::Reserved => "reserved",
            Registration::Vendor => "vendor",
            Registration::None => "none",
        }
    }

    /// The standing with this word.
    pub fn from_word(word: &str) -> Option<Registration> {
        Registration::ALL.into_iter().find(|registration| registration.word() == word)
    }
}

/// What is asked of the content of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// There must not be any.
    Forbidden,
    /// The response makes no sense without it.
    Required,
    /// It should be there.
    Expected,
    /// It may be there.
    Allowed,
    /// Nothing is said about it.
    Undefined,
}

/// When a cache may keep a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caching {
    /// Also unasked, for as long as the cache guesses (RFC 9111, section 4.2.2).
    Heuristic,
    /// Only if the response says so, with `Cache-Control` or `Expires`.
    Explicit,
    /// Never.
    Forbidden,
    /// Nothing is said about it.
    Undefined,
}

/// One thing that a specification asks of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// A sentence.
    pub text: &'static str,
    /// Who says so.
    pub reference: Reference,
}

/// Whose code it is, where it is not registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vendor {
    /// The product or the house that uses it.
    pub owner: &'static str,
    /// The registered codes that come nearest.
    pub instead: &'static [u16],
    /// It stands in logs: no response with it reaches a client.
    pub only_logged: bool,
}

/// What is known about one status code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusCode {
    /// The code.
    pub code: u16,
    /// Its name in the registry, or the one its vendor gave it.
    pub name: &'static str,
    /// Names it had before, or has elsewhere.
    pub other_names: &'static [&'static str],
    /// Its standing.
    pub registration: Registration,
    /// The last day of a temporary registration.
    pub expires: Option<&'static str>,
    /// Where it is defined; `None` for a vendor's code.
    pub reference: Option<Reference>,
    /// Whose it is, where it is not registered.
    pub vendor: Option<Vendor>,
    /// What it means, in plain words.
    pub meaning: &'static str,
    /// What the response must, should and may carry.
    pub asks: &'static [Ask],
    /// What is asked of the content.
    pub body: Body,
    /// When it may be cached.
    pub caching: Caching,
    /// The methods it answers: `any`, or a list.
    pub methods: &'static str,
}

impl StatusCode {
    /// Its class; every entry has one.
    pub fn class(&self) -> Option<Class> {
        Class::of(self.code)
    }

    /// Whether a cache may keep it unasked.
    pub fn heuristically_cacheable(&self) -> bool {
        self.caching == Caching::Heuristic
    }

    /// A registered code; what the methods below do not set is free.
    pub(super) const fn registered(code: u16, name: &'static str, reference: Reference, meaning: &'static str) -> Self {
        StatusCode {
            code,
            name,
            other_names: &[],
            registration: Registration::Registered,
            expires: None,
            reference: Some(reference),
            vendor: None,
            meaning,
            asks: &[],
            body: Body::Allowed,
            caching: Caching::Explicit,
            methods: "any",
        }
    }

    /// A code that no registry knows.
    pub(super) const fn of_vendor(code: u16, name: &'static str, vendor: Vendor, meaning: &'static str) -> Self {
        StatusCode {
            code,
            name,
            other_names: &[],
            registration: Registration::Vendor,
            expires: None,
            reference: None,
            vendor: Some(vendor),
            meaning,
            asks: &[],
            body: Body::Undefined,
            caching: Caching::Undefined,
            methods: "any",
        }
    }

    pub(super) const fn also(mut self, other_names: &'static [&'static str]) -> Self {
        self.other_names = other_names;
        self
    }

    pub(super) const fn standing(mut self, registration: Registration) -> Self {
        self.registration = registration;
        self
    }

    pub(super) const fn until(mut self, day: &'static str) -> Self {
        self.registration = Registration::Temporary;
        self.expires = Some(day);
        self
    }

    pub(super) const fn asks(mut self, asks: &'static [Ask]) -> Self {
        self.asks = asks;
        self
    }

    pub(super) const fn body(mut self, body: Body) -> Self {
        self.body = body;
        self
    }

    pub(super) const fn caching(mut self, caching: Caching) -> Self {
        self.caching = caching;
        self
    }

    pub(super) const fn methods(mut self, methods: &'static str) -> Self {
        self.methods = methods;
        self
    }
}

pub(super) const fn ask(text: &'static str, rfc: u16, section: &'static str) -> Ask {
    Ask { text, reference: Reference::Rfc(rfc, section) }
}
