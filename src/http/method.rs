//! Request methods (RFC 9110, section 9; PATCH: RFC 5789).

/// A method that HTTP defines or that a description can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Method {
    Get,
    Head,
    Post,
    Put,
    Patch,
    Delete,
    Options,
    Trace,
    Connect,
    Query,
}

impl Method {
    /// All of them.
    pub const ALL: [Method; 10] = [
        Method::Get,
        Method::Head,
        Method::Post,
        Method::Put,
        Method::Patch,
        Method::Delete,
        Method::Options,
        Method::Trace,
        Method::Connect,
        Method::Query,
    ];

    /// The method with this name. Names are case-sensitive on the wire, but descriptions write them in lower case:
    /// case is ignored here.
    pub fn find(name: &str) -> Option<Method> {
        Method::ALL.into_iter().find(|method| method.name().eq_ignore_ascii_case(name))
    }

    /// The name as it stands on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Head => "HEAD",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
            Method::Options => "OPTIONS",
            Method::Trace => "TRACE",
            Method::Connect => "CONNECT",
            Method::Query => "QUERY",
        }
    }

    /// Whether it only reads (RFC 9110, section 9.2.1).
    pub fn is_safe(self) -> bool {
        matches!(self, Method::Get | Method::Head | Method::Options | Method::Trace | Method::Query)
    }

    /// Whether sending it twice does what sending it once does (RFC 9110, section 9.2.2).
    pub fn is_idempotent(self) -> bool {
        self.is_safe() || matches!(self, Method::Put | Method::Delete)
    }
}

/// Whether a name is one of a known method.
pub fn is_known(name: &str) -> bool {
    Method::find(name).is_some()
}

/// Whether a name is one of a known safe method.
pub fn is_safe(name: &str) -> bool {
    Method::find(name).is_some_and(Method::is_safe)
}

/// Whether a name is one of a known idempotent method.
pub fn is_idempotent(name: &str) -> bool {
    Method::find(name).is_some_and(Method::is_idempotent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn safe_and_idempotent() {
        let table = [
            ("GET", true, true),
            ("head", true, true),
            ("Options", true, true),
            ("trace", true, true),
            ("query", true, true),
            ("put", false, true),
            ("delete", false, true),
            ("post", false, false),
            ("patch", false, false),
            ("connect", false, false),
            ("PROPFIND", false, false),
        ];
        for (name, safe, idempotent) in table {
            assert_eq!((is_safe(name), is_idempotent(name)), (safe, idempotent), "{name}");
        }
    }

    #[test]
    fn names_find_themselves() {
        for method in Method::ALL {
            assert_eq!(Method::find(method.name()), Some(method));
        }
        assert!(!is_known("PROPFIND") && !is_known("") && is_known("get"));
    }
}
