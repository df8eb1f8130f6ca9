//! Short texts of the formats and patterns that are common.

/// A text of a format.
pub(super) fn of_format(format: &str) -> Option<&'static str> {
    Some(match format {
        "date" => "2024-01-01",
        "date-time" => "2024-01-01T00:00:00Z",
        "time" => "00:00:00Z",
        "duration" => "P1D",
        "uuid" => "00000000-0000-4000-8000-000000000000",
        "email" | "idn-email" => "a@example.com",
        "hostname" | "idn-hostname" => "example.com",
        "uri" | "url" | "iri" | "uri-reference" | "iri-reference" => "https://example.com/",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "YQ==",
        _ => return None,
    })
}

/// Texts that many patterns match, the shortest first.
pub(super) const COMMON: [&str; 24] = [
    "",
    "a",
    "A",
    "0",
    "1",
    "ab",
    "AB",
    "12",
    "abc",
    "ABC",
    "123",
    "1234",
    "12345",
    "a1",
    "a_1",
    "#ffffff",
    "1.0.0",
    "+491234567",
    "/a",
    "a@example.com",
    "2024-01-01",
    "2024-01-01T00:00:00Z",
    "00000000-0000-4000-8000-000000000000",
    "https://example.com/",
];
