//! Security requirements and schemes.

use std::borrow::Cow;

use super::view::is_extension;
use super::{Version, View};
use crate::syntax::Node;

/// The security of an operation or a description.
#[derive(Clone, Debug)]
pub struct Security<'p> {
    /// Any one of these suffices. Empty: no security.
    pub alternatives: Vec<Alternative<'p>>,
    /// The `security` key that decides, at the operation or the root of the description.
    pub origin: Option<Node<'p>>,
}

/// One Security Requirement Object: all of its schemes are needed. Empty: anonymous access.
#[derive(Clone, Debug)]
pub struct Alternative<'p> {
    /// The schemes with the scopes they need.
    pub schemes: Vec<Scheme<'p>>,
}

/// A scheme that a requirement names.
#[derive(Clone, Debug)]
pub struct Scheme<'p> {
    /// The name as written in the requirement.
    pub name: Cow<'p, str>,
    /// What kind of scheme it is; unknown where it is not defined or says so in no known way.
    pub kind: Option<SchemeKind>,
    /// The Security Scheme Object.
    pub definition: Option<View<'p>>,
    /// The scopes or roles the requirement lists.
    pub scopes: Vec<Cow<'p, str>>,
}

/// The `type` of a security scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// A key in a header, query parameter or cookie.
    ApiKey,
    /// An HTTP authentication scheme, 2.0's `basic` included.
    Http,
    /// A client certificate.
    MutualTls,
    /// OAuth 2.0.
    OAuth2,
    /// `OpenID` Connect.
    OpenIdConnect,
}

impl SchemeKind {
    /// The word of the specification.
    pub fn word(self) -> &'static str {
        match self {
            SchemeKind::ApiKey => "apiKey",
            SchemeKind::Http => "http",
            SchemeKind::MutualTls => "mutualTLS",
            SchemeKind::OAuth2 => "oauth2",
            SchemeKind::OpenIdConnect => "openIdConnect",
        }
    }

    fn from_word(word: &str) -> Option<SchemeKind> {
        match word {
            "apiKey" => Some(SchemeKind::ApiKey),
            "http" | "basic" => Some(SchemeKind::Http),
            "mutualTLS" => Some(SchemeKind::MutualTls),
            "oauth2" => Some(SchemeKind::OAuth2),
            "openIdConnect" => Some(SchemeKind::OpenIdConnect),
            _ => None,
        }
    }
}

impl<'p> Security<'p> {
    /// What the `security` of an operation or a description asks for; nothing where there is none.
    pub fn of(holder: View<'p>, description: View<'p>) -> Security<'p> {
        let entry = holder.node().entry("security");
        let alternatives = entry.map(|entry| entry.value.items().map(|item| Alternative::read(item, description)).collect());
        Security { alternatives: alternatives.unwrap_or_default(), origin: entry.map(|entry| entry.key) }
    }

    /// Whether some request gets in without credentials.
    pub fn is_optional(&self) -> bool {
        self.alternatives.iter().any(|alternative| alternative.schemes.is_empty())
    }

    /// Whether credentials are always needed.
    pub fn is_required(&self) -> bool {
        !self.alternatives.is_empty() && !self.is_optional()
    }

    /// All schemes of all alternatives.
    pub fn schemes(&self) -> impl Iterator<Item = &Scheme<'p>> {
        self.alternatives.iter().flat_map(|alternative| &alternative.schemes)
    }
}

impl<'p> Alternative<'p> {
    fn read(requirement: Node<'p>, description: View<'p>) -> Alternative<'p> {
        let entries = requirement.entries().filter(|entry| !is_extension(entry.key));
        let schemes = entries.filter_map(|entry| {
            let name = entry.key.text()?;
            let definition = definition(description, &name);
            let kind = definition.and_then(|scheme| SchemeKind::from_word(&scheme.text("type")?));
            Some(Scheme { name, kind, definition, scopes: entry.value.items().filter_map(Node::text).collect() })
        });
        Alternative { schemes: schemes.collect() }
    }
}

fn definition<'p>(description: View<'p>, name: &str) -> Option<View<'p>> {
    let schemes = match description.version() {
        Version::V2_0 => description.get("securityDefinitions"),
        _ => description.get("components").and_then(|components| components.get("securitySchemes")),
    };
    schemes?.get(name)?.target()
}
