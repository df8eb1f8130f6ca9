//! Names that announce a secret.

use crate::words::words;

/// Words that stand for a secret wherever they occur in a word: `accesstoken`, `passwords`, `JSESSIONID`.
const PARTS: [&str; 17] = [
    "apikey",
    "authorization",
    "cookie",
    "credential",
    "jwt",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "accesskey",
    "secret",
    "sessid",
    "session",
    "signature",
    "token",
    "subscriptionkey",
];

/// Words that stand for a secret as a word of their own: `api-key` has one and `monkey` has none.
const WORDS: [&str; 14] =
    ["auth", "bearer", "creds", "csrf", "key", "keys", "nonce", "otp", "pass", "pin", "pwd", "sid", "sig", "xsrf"];

/// The name of a member as it may be shown: keys of maps may be data, such as addresses and numbers of customers.
pub fn member_name(name: &str) -> &str {
    const LONGEST: usize = 40;
    let is_start = |letter: char| letter.is_ascii_alphabetic() || matches!(letter, '_' | '$' | '@');
    let is_rest = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.' | '$' | ':');
    let is_name = name.starts_with(is_start) && name.chars().skip(1).all(is_rest) && name.len() <= LONGEST;
    if is_name && !super::token::is_token(name) { name } else { "*" }
}

/// Whether a header field, a parameter or a member with this name holds a secret.
pub fn is_secret_name(name: &str) -> bool {
    let words = words(name);
    let has_part = |text: &str| PARTS.iter().any(|part| text.contains(part));
    words.iter().any(|word| WORDS.contains(&word.as_str()) || has_part(word))
        || words.windows(2).any(|pair| matches!(pair, [first, second] if is_secret_pair(first, second)))
}

/// `passWord`, `pass_phrase`, `sess_id`: two words that are one elsewhere.
fn is_secret_pair(first: &str, second: &str) -> bool {
    matches!((first, second), ("pass", "word" | "phrase" | "code" | "wd") | ("sess", "id"))
}
