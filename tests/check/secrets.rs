//! Credentials of a recording appear in no output.

use super::API;
use super::binary::run;

const SECRETS: [&str; 9] = [
    "s3cr3tBearerValue",
    "dXNlcjpwYXNzd29yZA",
    "sessionCookieValue",
    "setCookieValue",
    "apiKeyHeaderValue",
    "queryTokenValue",
    "urlUserPassword",
    "bodyPasswordValue",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlLXZhbHVl",
];

#[test]
fn no_format_shows_credentials_even_where_values_are_shown() {
    let recording = format!(
        r#"{{"request":{{"method":"GET","url":"https://user:{6}@api.example.com/v1/orders/7?access_token={5}&page=2","headers":{{"Authorization":"Bearer {0}","Proxy-Authorization":"Basic {1}","Cookie":"sid={2}","X-Api-Key":"{4}"}}}},"response":{{"status":200,"headers":{{"Content-Type":"application/json","Set-Cookie":"sid={3}"}},"body":"{{\"id\":\"{8}\",\"note\":5,\"password\":\"{7}\"}}"}}}}"#,
        SECRETS[0], SECRETS[1], SECRETS[2], SECRETS[3], SECRETS[4], SECRETS[5], SECRETS[6], SECRETS[7], SECRETS[8]
    );
    for format in statusquo::report::Format::ALL {
        for more in [&[][..], &["--show-values"], &["--all", "--verbose"]] {
            let arguments = [&["check", "run.ndjson", "--spec", "openapi.yaml", "--format", format.word()], more].concat();
            let (code, out, err) = run(&[API, ("run.ndjson", &recording)], &arguments);
            assert_eq!(code, Some(1), "{out}");
            assert!(out.contains("schema") || out.contains("integer"), "something is found: {out}");
            for secret in SECRETS {
                assert!(!out.contains(secret) && !err.contains(secret), "{secret} in {}:\n{out}{err}", format.word());
            }
        }
    }
}
