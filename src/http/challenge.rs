//! Challenges of `WWW-Authenticate` and `Proxy-Authenticate` (RFC 9110, section 11.6.1).

/// The authentication schemes of a list of challenges, as written, or what is wrong with it as the end of a sentence.
pub fn schemes(text: &str) -> Result<Vec<&str>, &'static str> {
    let mut reader = Reader { rest: text };
    let mut schemes = Vec::new();
    loop {
        reader.skip(&[' ', '\t', ',']);
        if reader.rest.is_empty() {
            return if schemes.is_empty() { Err("is empty") } else { Ok(schemes) };
        }
        schemes.push(reader.challenge()?);
    }
}

const BLANKS: [char; 2] = [' ', '\t'];

struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    /// A scheme with its token68 or its parameters, up to the comma behind it.
    fn challenge(&mut self) -> Result<&'t str, &'static str> {
        let scheme = self.token().ok_or("does not begin with the name of a scheme")?;
        let is_alone = !self.rest.starts_with(BLANKS);
        self.skip(&BLANKS);
        if self.ends() {
            return Ok(scheme);
        }
        if is_alone {
            return Err("has something behind the name of a scheme that is neither a blank nor a comma");
        }
        if self.skip_token68() {
            return Ok(scheme);
        }
        loop {
            self.parameter()?;
            self.skip(&BLANKS);
            if !self.ends() {
                return Err("has no comma between two of its parameters, or a value that needs quotes");
            }
            self.skip(&[' ', '\t', ',']);
            if !self.is_at_parameter() {
                return Ok(scheme);
            }
        }
    }

    fn parameter(&mut self) -> Result<(), &'static str> {
        self.token().ok_or("has a parameter without a name")?;
        self.skip(&BLANKS);
        self.rest = self.rest.strip_prefix('=').ok_or("has a parameter without a value")?;
        self.skip(&BLANKS);
        if self.rest.starts_with('"') { self.quoted() } else { self.token().map(|_| ()).ok_or("has a value that needs quotes") }
    }

    fn quoted(&mut self) -> Result<(), &'static str> {
        let mut letters = self.rest.char_indices().skip(1);
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' => {
                    self.rest = self.rest.get(at + 1..).unwrap_or_default();
                    return Ok(());
                }
                '\\' => _ = letters.next(),
                _ => {}
            }
        }
        Err("has a quote that is not closed")
    }

    /// A name and `=`: another parameter and not the next scheme.
    fn is_at_parameter(&self) -> bool {
        let mut ahead = Reader { rest: self.rest };
        let has_name = ahead.token().is_some();
        ahead.skip(&BLANKS);
        has_name && ahead.rest.starts_with('=')
    }

    /// One text in place of parameters, as Negotiate has it.
    fn skip_token68(&mut self) -> bool {
        let is_inner = |letter: char| letter.is_ascii_alphanumeric() || "-._~+/".contains(letter);
        let rest = self.rest.trim_start_matches(is_inner);
        let mut behind = Reader { rest: rest.trim_start_matches('=') };
        behind.skip(&BLANKS);
        let is_one = rest.len() < self.rest.len() && behind.ends();
        if is_one {
            self.rest = behind.rest;
        }
        is_one
    }

    fn token(&mut self) -> Option<&'t str> {
        let is_inner = |letter: char| letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(letter);
        let end = self.rest.find(|letter| !is_inner(letter)).unwrap_or(self.rest.len());
        let (token, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!token.is_empty()).then_some(token)
    }

    fn skip(&mut self, letters: &[char]) {
        self.rest = self.rest.trim_start_matches(letters);
    }

    fn ends(&self) -> bool {
        self.rest.is_empty() || self.rest.starts_with(',')
    }
}

#[cfg(test)]
mod tests {
    use super::schemes;

    #[test]
    fn challenges_that_parse() {
        let cases: [(&str, &[&str]); 12] = [
            ("Basic realm=\"api\"", &["Basic"]),
            ("Bearer", &["Bearer"]),
            ("Bearer realm=\"a, b\", error=\"invalid_token\" , error_description=\"it \\\"x\\\" expired\"", &["Bearer"]),
            ("Negotiate, NTLM", &["Negotiate", "NTLM"]),
            ("Negotiate YIIx+/==, Basic realm=api", &["Negotiate", "Basic"]),
            ("Digest realm=\"a\", nonce=\"b\", Basic realm=\"c\"", &["Digest", "Basic"]),
            ("Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"simple\"", &["Newauth", "Basic"]),
            (", Basic realm = \"a\",, ", &["Basic"]),
            ("DPoP algs=\"ES256\"", &["DPoP"]),
            ("Own-Key", &["Own-Key"]),
            ("Bearer realm=\"größe\"", &["Bearer"]),
            ("a b", &["a"]),
        ];
        for (text, expected) in cases {
            assert_eq!(schemes(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn challenges_that_do_not() {
        for text in [
            "",
            " , ",
            "Basic realm=My API",
            "Bearer realm=\"a\" error=\"b\"",
            "Bearer realm=\"a",
            "Bearer realm=\"a\\",
            "Bearer error_uri=https://example.com",
            "Bearer a, b=c",
            "Bearer: realm=\"a\"",
            "\"Basic\"",
            "Bearer realm",
            "Bearer realm=\"a\", =b",
        ] {
            let is_token68 = text == "Bearer realm";
            assert_eq!(schemes(text).is_ok(), is_token68, "{text}: {:?}", schemes(text));
        }
    }
}
