//! Recorded URLs in all their forms.

use super::assert_said;

#[test]
fn urls_are_absolute_protocol_relative_or_paths() {
    assert_said(
        &["/orders/{id}", "/"],
        &[
            ("https://api.example.com/orders/17", "GET /orders/{id} id=17"),
            ("HTTPS://user:secret@API.example.com:8443/orders/17?page=2#top", "GET /orders/{id} id=17"),
            ("//api.example.com/orders/17", "GET /orders/{id} id=17"),
            ("/orders/17", "GET /orders/{id} id=17"),
            ("/orders/17?next=/orders/18", "GET /orders/{id} id=17"),
            ("orders/17", "GET /orders/{id} id=17"),
            ("/orders/17#a?b", "GET /orders/{id} id=17"),
            ("/orders/at:17", "GET /orders/{id} id=at:17"),
            ("https://api.example.com", "GET /"),
            ("https://api.example.com?page=1", "GET /"),
            ("https://api.example.com/", "GET /"),
            ("/", "GET /"),
            ("", "GET /"),
            ("*", "foreign"),
            ("data:text/plain,/orders/17", "foreign"),
        ],
    );
}

#[test]
fn dot_segments_are_removed() {
    assert_said(
        &["/orders/{id}", "/orders/", "/"],
        &[
            ("/a/../orders/./17", "GET /orders/{id} id=17"),
            ("/../../orders/17", "GET /orders/{id} id=17"),
            ("/orders/17/..", "GET /orders/"),
            ("/orders/17/.", "no path: /orders/{id}"),
            ("/orders/17/../", "GET /orders/"),
            ("/orders/..", "GET /"),
            ("/orders//../17", "GET /orders/{id} id=17"),
            ("/a/%2e%2E/orders/%2e/17", "GET /orders/{id} id=17"),
            ("/orders/...", "GET /orders/{id} id=..."),
        ],
    );
}

#[test]
fn empty_segments_are_segments() {
    assert_said(
        &["/orders/{id}", "/a//b", "/orders/{id}/items"],
        &[
            ("https://h//orders/17", "no path"),
            ("/orders//17", "no path"),
            ("/orders/", "no path"),
            ("/orders//items", "no path"),
            ("/a//b", "GET /a//b"),
            ("/a/b", "no path"),
        ],
    );
}

#[test]
fn segments_are_compared_decoded() {
    assert_said(
        &["/orders/{id}", "/my orders", "/your%20orders", "/a%2Fb", "/straße/{id}", "/100%", "/x/{y}/z"],
        &[
            ("/%6Frders/1%37", "GET /orders/{id} id=17"),
            ("/my%20orders", "GET /my orders"),
            ("/your orders", "GET /your%20orders"),
            ("/your%20orders", "GET /your%20orders"),
            ("/a%2fb", "GET /a%2Fb"),
            ("/a/b", "no path"),
            ("/orders/a%2Fb", "GET /orders/{id} id=a/b"),
            ("/stra%C3%9Fe/1", "GET /straße/{id} id=1"),
            ("/straße/1", "GET /straße/{id} id=1"),
            ("/100%", "GET /100%"),
            ("/100%25", "GET /100%"),
            ("/orders/%zz%4", "GET /orders/{id} id=%zz%4"),
            ("/orders/%FF%FE", "GET /orders/{id} id=%FF%FE"),
            ("/x/%2F/z", "GET /x/{y}/z y=/"),
            ("/orders/a+b", "GET /orders/{id} id=a+b"),
            ("/Orders/17", "no path"),
        ],
    );
}

#[test]
fn path_parameters_of_segments_are_data_of_variables_and_nothing_to_texts() {
    assert_said(
        &["/orders/{id}", "/orders/;mode=all", "/orders"],
        &[
            ("/orders/;id=17", "GET /orders/{id} id=;id=17"),
            ("/orders/;mode=all", "GET /orders/;mode=all"),
            ("/orders;jsessionid=4F", "GET /orders"),
            ("/orders;v=1/17;v=2", "GET /orders/{id} id=17;v=2"),
            ("/orders%3Bv=1", "no path"),
            ("/;v=1", "no path"),
        ],
    );
    assert_said(
        &["/{any}", "/orders", "/orders;v={v}"],
        &[("/orders;v=1", "GET /orders;v={v} v=1"), ("/orders;w=1", "GET /orders"), ("/others;w=1", "GET /{any} any=others;w=1")],
    );
}

#[test]
fn a_slash_at_the_end_is_a_hint() {
    assert_said(
        &["/orders", "/items/", "/orders/{id}", "/both", "/both/"],
        &[
            ("/orders/", "no path: /orders"),
            ("/items", "no path: /items/"),
            ("/items/", "GET /items/"),
            ("/orders/17/", "no path: /orders/{id}"),
            ("/both", "GET /both"),
            ("/both/", "GET /both/"),
            ("/nothing/", "no path"),
            ("/orders//", "no path"),
        ],
    );
}
