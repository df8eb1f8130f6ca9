//! Words of names: `createUser`, `create_user` and `create-user` have the same two.

/// The words of a name or text in lower case: split at everything that is no letter or digit, and inside camelCase.
/// A run of capitals is one word: `HTTPError` is `http` and `error`.
pub fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut previous: Option<char> = None;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let next_is_lower = letters.peek().is_some_and(|next| next.is_lowercase());
        let starts = letter.is_uppercase()
            && previous
                .is_some_and(|before| before.is_lowercase() || (before.is_uppercase() || before.is_numeric()) && next_is_lower);
        if (starts || !letter.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
        }
        previous = Some(letter);
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

/// Whether a name has one of these words (in lower case).
pub fn has_word(text: &str, wanted: &[&str]) -> bool {
    words(text).iter().any(|word| wanted.contains(&word.as_str()))
}

/// A name without separators in lower case: `error_code` and `errorCode` are the same.
pub fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// `a`, `b` and `c`.
pub fn listed(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., end] => format!("{} {last} {end}", rest.join(", ")),
    }
}

/// `1 file`, `2 files`.
pub fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_into_words() {
        let cases = [
            ("createUser", "create user"),
            ("create_user-now", "create user now"),
            ("HTTPError", "http error"),
            ("userID", "user id"),
            ("paid", "paid"),
            ("/orders/{orderId}/export.csv", "orders order id export csv"),
            ("", ""),
            ("OAuth2Token", "o auth2 token"),
        ];
        for (text, expected) in cases {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
    }
}
