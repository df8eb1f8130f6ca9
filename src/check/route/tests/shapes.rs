//! Shapes of unknown paths.

use crate::check::route::path_shape;

#[test]
fn identifiers_become_braces() {
    for (path, shape) in [
        ("/orders/17", "/orders/{}"),
        ("/orders/-17/items/0", "/orders/{}/items/{}"),
        ("/orders/12345678-90ab-cdef-1234-567890abcdef", "/orders/{}"),
        ("/commits/8f14e45fceea167a5a36dedd4bea2543", "/commits/{}"),
        ("/commits/7ba27db5", "/commits/{}"),
        ("/customers/cus_9s6XKzkNRiz8i3", "/customers/{}"),
        ("/users/jane.doe%40example.com/mail", "/users/{}/mail"),
        ("/users/jane@example.com", "/users/{}"),
        ("/days/2026-01-31", "/days/{}"),
        ("/days/2026-01-31T09:00:00Z", "/days/{}"),
        ("/orders/ORDER-2026-000123456", "/orders/{}"),
        ("/%FF/x", "/{}/x"),
        ("/orders?token=secret#17", "/orders"),
        ("https://api.example.com/orders/17?x=1", "/orders/{}"),
        ("https://api.example.com", "/"),
        ("/", "/"),
        ("", ""),
        ("/orders/", "/orders/"),
    ] {
        assert_eq!(path_shape(path), shape, "{path}");
    }
}

#[test]
fn words_stay() {
    for path in [
        "/v1/orders/me",
        "/oauth2-authorization-server/token",
        "/getOrdersByCustomerNumberV2",
        "/facade/deadbeef",
        "/@scope/package",
        "/.well-known/openid-configuration",
        "/2fa/enable",
        "/users/{id}",
        "/a%20b",
    ] {
        assert_eq!(path_shape(path), path);
    }
}

#[test]
fn shapes_have_a_limit() {
    let shape = path_shape(&"/ä".repeat(1_000));
    assert_eq!((shape.chars().count(), shape.ends_with("/ä…") || shape.ends_with("/…")), (200, true), "{shape}");
    assert_eq!(path_shape(&"/a".repeat(100)), "/a".repeat(100));
}
