use super::*;

/// Twenty kinds of secrets; made up, with the looks of real ones.
const SECRETS: [&str; 20] = [
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
    "0f9e8d7c6b5a49382716f5e4d3c2b1a0",
    "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
    "AKIAQ3EGZ5XW7T2LK9PD",
    "ghp_x7Kq2Lm9Zr4Tn8Vb3Wc6Yd1Fh5Jg0Ps",
    "glpat-Zx9Kw3Qm7Rt2Vb6Ny",
    "xoxb-123456789012-abcdefGHIJKL",
    "sk_live_9aB8cD7eF6gH5iJ4",
    "AIzaSyD3x9Kf7Qw2Lm5Np8Rt1Vb4Yc6Ze0Hg",
    "ya29.a0AfH6SMBx9k2Lq7Wm",
    "SG.kP9x2Qw7Lm4.Zt8Rv3Nb",
    "npm_8Hk2Jf9Ls4Qw7Zx3Cv6Bn1Mp5Rt0Yg",
    "hunter2-correct-horse",
    "swordfish99",
    "c2Vzc2lvbi1pZA",
    "dXNlcjpwYXNzd29yZDE",
    "MTIzNDU2Nzg5MGFi",
    "letmein!2026",
    "98f13708210194c475687be6106a3b84d5ff",
    "Zq8_-Xw3Lk7Vn2Rt9Bm4Yc6Hd1Fs5Gj0PaUe",
];

#[test]
fn secrets_are_told_by_their_names() {
    let secret = [
        "Authorization",
        "Proxy-Authorization",
        "cookie",
        "Set-Cookie",
        "X-Api-Key",
        "apiKey",
        "apikey",
        "api_keys",
        "AWSAccessKeyId",
        "X-Amz-Signature",
        "accessToken",
        "refresh_token",
        "tokens",
        "client-secret",
        "password",
        "passWord",
        "PHPSESSID",
        "JSESSIONID",
        "session_id",
        "credentials",
        "key",
        "x-csrf",
        "sid",
        "idtoken",
        "XSRF-TOKEN",
    ];
    let plain = [
        "monkey",
        "keyboard",
        "turkey",
        "Content-Type",
        "author",
        "id",
        "signal",
        "designer",
        "passenger",
        "pinned",
        "side",
        "",
        "ETag",
        "www-authenticate",
        "compass",
    ];
    for name in secret {
        assert!(is_secret_name(name), "{name}");
    }
    for name in plain {
        assert!(!is_secret_name(name), "{name}");
    }
}

#[test]
fn urls_lose_what_is_secret() {
    let token = SECRETS[0];
    let hexadecimal = SECRETS[1];
    let cases = [
        ("https://a.example/orders/17?page=2&sort=#top", "https://a.example/orders/17?page=***&sort=", Some("page=2")),
        ("https://bob:pw@a.example:8443/x", "https://a.example:8443/x", None),
        ("https://bob:p@ss@a.example/x", "https://a.example/x", None),
        ("https://bob:p/ss?w@a.example/x", "https://a.example/x", None),
        ("//bob:pw@a.example/x@y", "//a.example/x@y", None),
        ("https:\\\\bob:pw@a.example\\x", "https:\\\\a.example\\x", None),
        ("/orders/17", "/orders/17", None),
        ("/users/bob@mail.example/orders", "/users/bob@mail.example/orders", None),
        ("http://[::1]:80/x?a", "http://[::1]:80/x?a", None),
        ("/a/123e4567-e89b-12d3-a456-426614174000", "/a/123e4567-e89b-12d3-a456-426614174000", None),
        ("/a/how-to-build-a-house-in-30-days-with-wood", "/a/how-to-build-a-house-in-30-days-with-wood", None),
        ("/reset-password/k3jf82hdk29s", "/reset-password/***", None),
        ("/api-keys/17", "/api-keys/17", None),
        ("/x;jsessionid=AB12;v=1/y", "/x;jsessionid=***;v=***/y", Some("v=1")),
        ("/x?api%5Fkey=abc&monkey=1", "/x?api%5Fkey=***&monkey=***", Some("monkey=1")),
        ("/x?to=https%3A%2F%2Fu%3Ap%40h%2F", "/x?to=***", None),
        ("/x?q=a%2526token%253Dabc", "/x?q=***", None),
        ("", "", None),
        ("?", "?", None),
        ("a b:c", "a b:c", None),
    ];
    for (text, masked, shown) in cases {
        assert_eq!(url(text, false), masked, "{text}");
        let with_values = url(text, true);
        match shown {
            Some(shown) => assert!(with_values.contains(shown), "{with_values}"),
            None => assert_eq!(with_values, masked, "{text}"),
        }
    }
    assert_eq!(url(&format!("/a/{token}/{hexadecimal}?{token}"), true), "/a/***/***?***");
}

#[test]
fn field_values_are_shown_where_they_are_public() {
    for (name, value, masked, shown) in [
        ("Content-Type", "application/json", "application/json", "application/json"),
        ("Vary", "Authorization, Cookie", "Authorization, Cookie", "Authorization, Cookie"),
        ("Authorization", "Basic abc", "***", "***"),
        ("Set-Cookie", "a=b", "***", "***"),
        ("ETag", "\"a\"", "a value of 3 characters", "\"a\""),
        ("X-Note", "Bearer abcdef", "a value of 13 characters", "Bearer ***"),
        ("Location", "https://u:p@a.example/x?y=1", "a value of 27 characters", "https://a.example/x?y=1"),
        ("X", "é", "a value of 1 character", "é"),
    ] {
        assert_eq!(field_value(name, value, false), masked, "{name}");
        assert_eq!(field_value(name, value, true), shown, "{name}");
    }
}

#[test]
fn excerpts_tell_kinds_or_values() {
    let body = r#"{"a":"twelve chars","n":12.5,"t":true,"z":null,"l":[1,2],"o":{"password":"hunter2","b":"x"},
        "h":{"name":"Cookie","value":"abcdef"},"a/b":{"~":1}}"#;
    for (pointer, masked, shown) in [
        ("/a", "a string of 12 characters", "\"twelve chars\""),
        ("/n", "a number", "12.5"),
        ("/t", "true", "true"),
        ("/z", "null", "null"),
        ("/l", "an array with 2 items", "[1,2]"),
        ("/l/1", "a number", "2"),
        ("/o", "an object with 2 members", r#"{"password":"***","b":"x"}"#),
        ("/o/password", "***", "***"),
        ("/h", "an object with 2 members", r#"{"name":"Cookie","value":"***"}"#),
        ("/a~1b/~0", "a number", "1"),
        ("", "an object with 8 members", ""),
    ] {
        assert_eq!(excerpt(body, pointer, false), masked, "{pointer}");
        if !shown.is_empty() {
            assert_eq!(excerpt(body, pointer, true), shown, "{pointer}");
        }
    }
    assert_eq!(excerpt("no json", "", false), "a text of 7 characters");
    assert_eq!(excerpt("key=abcdef; Cookie: a=b; c=d\nrest", "", true), "key=***; Cookie: ***\nrest");
    let long = excerpt(&format!("{{\"a\":\"{}\"}}", "é ".repeat(5000)), "", true);
    assert_eq!((long.chars().count(), long.ends_with('…')), (200, true));
}

#[test]
fn no_secret_is_left_wherever_it_stands() {
    for secret in SECRETS {
        let encoded = secret.bytes().fold(String::new(), |encoded, byte| encoded + &format!("%{byte:02x}"));
        let json = serde_json::Value::from(secret).to_string();
        for show_values in [false, true] {
            let outputs = [
                url(&format!("https://u:{secret}@a.example/x"), show_values),
                url(&format!("https://{secret}@a.example/x"), show_values),
                url(&format!("/x?token={secret}&a=1#{secret}"), show_values),
                url(&format!("/x?api_key={encoded}"), show_values),
                url(&format!("/x?next=%2Fy%3Fsession%3D{secret}"), show_values),
                url(&format!("/x;sid={secret}"), show_values),
                field_value("Authorization", &format!("Bearer {secret}"), show_values),
                field_value("x-api-key", secret, show_values),
                field_value("Set-Cookie", &format!("sid={secret}; Path=/"), show_values),
                field_value("X-Debug", &format!("Authorization: Basic {secret}"), show_values),
                field_value("Location", &format!("/login?access_token={secret}"), show_values),
                field_value("Link", &format!("</x?signature={secret}>; rel=next"), show_values),
                excerpt(&format!("{{\"password\":{json}}}"), "/password", show_values),
                excerpt(&format!("{{\"a\":[{{\"clientSecret\":{json}}}]}}"), "/a", show_values),
                excerpt(&format!("{{\"a\":{{\"key\":[{json},{{\"b\":{json}}}]}}}}"), "/a/key/1/b", show_values),
                excerpt(&format!("{{\"a\":\"Bearer {secret}\"}}"), "", show_values),
                excerpt(&format!("{{\"a\":\"http://u:{secret}@h/\"}}"), "/a", show_values),
                excerpt(&format!("{{\"password\":{json}, broken"), "", show_values),
                excerpt(&format!("<p>password = \"{secret} {secret}\" token: Bearer {secret}</p>"), "", show_values),
            ];
            for output in outputs {
                assert_eq!(leaked(secret, &output), None, "{secret} in {output}");
            }
        }
    }
}

#[test]
fn what_looks_like_a_credential_needs_no_name() {
    for secret in SECRETS.iter().filter(|secret| token::is_token(secret)) {
        for output in [
            url(&format!("/files/{secret}/x"), true),
            url(&format!("/x?q={secret}"), true),
            field_value("X-Note", &format!("see {secret}, please"), true),
            excerpt(&format!("[\"{secret}\"]"), "", true),
            excerpt(&format!("{{\"{secret}\":1}}"), "", true),
        ] {
            assert_eq!(leaked(secret, &output), None, "{secret} in {output}");
        }
    }
    assert!(SECRETS.iter().filter(|secret| token::is_token(secret)).count() >= 14);
}

/// Six characters of a secret that can be seen.
fn leaked(secret: &str, output: &str) -> Option<String> {
    let letters: Vec<char> = secret.chars().collect();
    letters.windows(6).map(|window| window.iter().collect::<String>()).find(|part| output.contains(part.as_str()))
}
