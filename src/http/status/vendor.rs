//! Codes that no registry knows. A client takes each for the x00 of its class.

use super::code::{StatusCode, Vendor};

const fn sent(code: u16, name: &'static str, owner: &'static str, instead: &'static [u16], meaning: &'static str) -> StatusCode {
    StatusCode::of_vendor(code, name, Vendor { owner, instead, only_logged: false }, meaning)
}

const fn logged(
    code: u16,
    name: &'static str,
    owner: &'static str,
    instead: &'static [u16],
    meaning: &'static str,
) -> StatusCode {
    StatusCode::of_vendor(code, name, Vendor { owner, instead, only_logged: true }, meaning)
}

pub(super) const CODES: &[StatusCode] = &[
    sent(218, "This is fine", "Apache", &[200], "A catch-all that lets an error body pass as a success."),
    sent(419, "Page Expired", "Laravel", &[403], "The token that guards a form against forgery is missing or too old.")
        .also(&["Authentication Timeout"]),
    sent(420, "Enhance Your Calm", "Twitter, in its first API; Spring", &[429], "The client asks too often and is to slow down.")
        .also(&["Method Failure"]),
    sent(430, "Security Rejection", "Shopify", &[403, 431], "The request looks malicious, or its header fields are too large.")
        .also(&["Request Header Fields Too Large"]),
    sent(440, "Login Time-out", "Microsoft IIS", &[401], "The session has ended; the client must log in again."),
    logged(444, "No Response", "nginx", &[], "nginx closed the connection without an answer. It stands in its log only."),
    sent(449, "Retry With", "Microsoft IIS", &[409, 428], "The request lacks something; the client is to repeat it with that."),
    sent(450, "Blocked by Windows Parental Controls", "Microsoft", &[403, 451], "Parental controls refuse the page."),
    logged(460, "Client Closed Connection", "AWS load balancers", &[], "The client went away before an answer. Log only."),
    sent(
        463,
        "Too Many X-Forwarded-For Addresses",
        "AWS load balancers",
        &[400],
        "`X-Forwarded-For` lists more than thirty addresses.",
    ),
    sent(494, "Request Header Too Large", "nginx", &[431], "A header line, or all of them together, is too large."),
    sent(495, "SSL Certificate Error", "nginx", &[400, 401], "The certificate that the client showed is not valid."),
    sent(496, "SSL Certificate Required", "nginx", &[400, 401], "The client showed no certificate, and one is required."),
    sent(497, "HTTP Request Sent to HTTPS Port", "nginx", &[400], "A plain HTTP request reached a port that speaks TLS."),
    sent(498, "Invalid Token", "Esri", &[401], "The access token has expired or is not valid."),
    logged(
        499,
        "Client Closed Request",
        "nginx; Esri",
        &[401],
        "nginx logs it when the client went away; Esri sends it for a missing token.",
    )
    .also(&["Token Required"]),
    sent(509, "Bandwidth Limit Exceeded", "Apache, cPanel", &[429, 503], "The site has used up the traffic its host allows."),
    sent(520, "Unknown Error", "Cloudflare", &[502], "The server behind Cloudflare answered something unexpected.")
        .also(&["Web Server Returned an Unknown Error"]),
    sent(521, "Web Server Is Down", "Cloudflare", &[502, 503], "The server behind Cloudflare refused the connection."),
    sent(522, "Connection Timed Out", "Cloudflare", &[504], "The server behind Cloudflare could not be reached in time."),
    sent(523, "Origin Is Unreachable", "Cloudflare", &[502], "Cloudflare found no way to the server behind it."),
    sent(
        524,
        "A Timeout Occurred",
        "Cloudflare",
        &[504],
        "The server behind Cloudflare took the request and did not answer in time.",
    ),
    sent(525, "SSL Handshake Failed", "Cloudflare", &[502], "Cloudflare and the server behind it found no common TLS."),
    sent(
        526,
        "Invalid SSL Certificate",
        "Cloudflare",
        &[502],
        "The server behind Cloudflare showed a certificate that is not valid.",
    ),
    sent(527, "Railgun Error", "Cloudflare", &[502], "The connection of a Cloudflare product that no longer exists failed."),
    sent(529, "Site Is Overloaded", "Qualys and some services", &[503], "The service has more to do than it can."),
    sent(
        530,
        "Site Is Frozen",
        "Pantheon; Cloudflare",
        &[502, 503],
        "Pantheon froze the site, or Cloudflare could not resolve its name.",
    ),
    sent(561, "Unauthorized", "AWS load balancers", &[502], "The identity provider answered the load balancer with an error."),
    logged(598, "Network Read Timeout", "some proxies", &[504], "The proxy waited too long for the server behind it. Log only."),
    logged(
        599,
        "Network Connect Timeout",
        "some proxies; Tornado",
        &[504],
        "The proxy could not connect to the server behind it. Log only.",
    ),
];
