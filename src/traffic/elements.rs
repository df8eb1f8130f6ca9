//! The elements of one array of a JSON text, one after the other as the text streams by.

use std::io::{self, Read};

use super::element::{Copier, Element, End, Limits, Until};
use super::input::Input;

/// The longest key that is compared with the path; longer ones are read past.
const LONGEST_KEY: usize = 256;

/// Reads the array that a path of keys leads to.
pub(super) struct Elements<R> {
    input: Input<R>,
    limits: Limits,
    state: State,
    path: &'static [&'static str],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// In front of the next element.
    Inside,
    /// Behind the array, in this many maps.
    Behind(usize),
    /// Behind the array, or where nothing can be read any more.
    Done,
}

/// What lies between two elements.
enum Between {
    Element,
    End,
    /// The recording ends without a closing bracket.
    Early,
}

impl<R: Read> Elements<R> {
    /// Goes to the array behind the keys; an empty path is the root. `None` if it is not there.
    pub(super) fn find(reader: R, path: &'static [&'static str], limits: Limits) -> io::Result<Option<Elements<R>>> {
        let mut elements = Elements { input: Input::new(reader), limits, state: State::Inside, path };
        elements.input.skip_mark()?;
        for key in path {
            if !elements.enter(key)? {
                return Ok(None);
            }
        }
        Ok(elements.opens(b'[')?.then_some(elements))
    }

    /// The next element; `None` behind the last one.
    pub(super) fn next(&mut self) -> io::Result<Option<Element>> {
        match self.state {
            State::Inside => {}
            State::Behind(depth) => return self.behind(depth),
            State::Done => return Ok(None),
        }
        let between = self.between()?;
        let mut element = Element { place: self.input.place(), ..Element::default() };
        match between {
            Between::End => {
                self.state = State::Behind(self.path.len());
                return self.next();
            }
            Between::Early => {
                element.end = End::Early;
                self.state = State::Done;
            }
            Between::Element => {
                let limits = self.limits;
                let end = Copier { input: &mut self.input, into: Some(&mut element), limits, until: Until::Bracket }.value()?;
                if end == End::Early {
                    self.state = State::Done;
                }
                if element.end == End::Whole {
                    element.end = end;
                }
            }
        }
        Ok(Some(element))
    }

    fn between(&mut self) -> io::Result<Between> {
        loop {
            self.input.skip_blanks()?;
            match self.input.peek()? {
                None => return Ok(Between::Early),
                Some(b']') => {
                    self.input.advance(1);
                    return Ok(Between::End);
                }
                // It closes nothing here, and is told as what stands behind the end.
                Some(b'}') => return Ok(Between::End),
                Some(b',') => self.input.advance(1),
                Some(_) => return Ok(Between::Element),
            }
        }
    }

    /// Reads what stands behind the array. What is lost there is told: a second list of entries, or a second recording.
    fn behind(&mut self, mut depth: usize) -> io::Result<Option<Element>> {
        self.state = State::Done;
        loop {
            self.input.skip_blanks()?;
            let place = self.input.place();
            let more = Element { place, end: End::Behind, ..Element::default() };
            match self.input.peek()? {
                None => return Ok(None),
                Some(b'}') if depth > 0 => {
                    depth -= 1;
                    self.input.advance(1);
                }
                Some(b',') if depth > 0 => self.input.advance(1),
                Some(b'"') if depth > 0 => {
                    let same = depth.checked_sub(1).and_then(|depth| self.path.get(depth)).copied().unwrap_or_default();
                    if self.key_is(same)? {
                        return Ok(Some(more));
                    }
                    if !self.opens(b':')? {
                        return Ok(Some(more));
                    }
                    self.skip()?;
                }
                Some(_) => return Ok(Some(more)),
            }
        }
    }

    /// Reads past a value.
    fn skip(&mut self) -> io::Result<()> {
        self.input.skip_blanks()?;
        Copier { input: &mut self.input, into: None, limits: self.limits, until: Until::Bracket }.value().map(drop)
    }

    /// Enters the value of a key of the map that comes next.
    fn enter(&mut self, wanted: &str) -> io::Result<bool> {
        if !self.opens(b'{')? {
            return Ok(false);
        }
        loop {
            self.input.skip_blanks()?;
            match self.input.peek()? {
                Some(b',') => self.input.advance(1),
                Some(b'"') => {
                    let is_wanted = self.key_is(wanted)?;
                    if !self.opens(b':')? {
                        return Ok(false);
                    }
                    if is_wanted {
                        return Ok(true);
                    }
                    self.skip()?;
                }
                _ => return Ok(false),
            }
        }
    }

    fn key_is(&mut self, wanted: &str) -> io::Result<bool> {
        let limits = Limits { string: LONGEST_KEY, element: 2 * LONGEST_KEY + self.limits.string };
        let mut key = Element::default();
        Copier { input: &mut self.input, into: Some(&mut key), limits, until: Until::Bracket }.value()?;
        Ok(key.text.strip_prefix(b"\"").and_then(|key| key.strip_suffix(b"\"")) == Some(wanted.as_bytes()))
    }

    fn opens(&mut self, bracket: u8) -> io::Result<bool> {
        self.input.skip_blanks()?;
        let opens = self.input.peek()? == Some(bracket);
        if opens {
            self.input.advance(1);
        }
        Ok(opens)
    }
}

/// The lines of a text, each with one element.
pub(super) struct Lines<R> {
    input: Input<R>,
    limits: Limits,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(reader: R, limits: Limits) -> io::Result<Lines<R>> {
        let mut input = Input::new(reader);
        input.skip_mark()?;
        Ok(Lines { input, limits })
    }

    /// The next line that is not blank; `None` behind the last one.
    pub(super) fn next(&mut self) -> io::Result<Option<Element>> {
        self.input.skip_blanks()?;
        if self.input.peek()?.is_none() {
            return Ok(None);
        }
        let mut element = Element { place: self.input.place(), ..Element::default() };
        let limits = self.limits;
        let end = Copier { input: &mut self.input, into: Some(&mut element), limits, until: Until::Line }.value()?;
        if element.end == End::Whole {
            element.end = end;
        }
        Ok(Some(element))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives its bytes in pieces of this length, so that every boundary is crossed.
    struct Drip<'t>(&'t [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let length = self.1.min(self.0.len()).min(into.len());
            let (now, later) = self.0.split_at(length);
            into[..length].copy_from_slice(now);
            self.0 = later;
            Ok(length)
        }
    }

    fn elements(text: &str, path: &'static [&'static str], limits: Limits, step: usize) -> Option<Vec<Element>> {
        let mut elements = Elements::find(Drip(text.as_bytes(), step), path, limits).expect("memory can be read")?;
        Some(std::iter::from_fn(|| elements.next().expect("memory can be read")).collect())
    }

    type Case<'c> = (&'c str, &'static [&'static str], Option<Vec<(String, End)>>);

    fn texts(elements: &[Element]) -> Vec<(String, End)> {
        elements.iter().map(|element| (String::from_utf8_lossy(&element.text).into_owned(), element.end)).collect()
    }

    #[test]
    fn arrays_are_split_wherever_the_chunks_end() {
        let whole = |text: &str| (text.to_owned(), End::Whole);
        let behind = || (String::new(), End::Behind);
        let cases: [Case<'_>; 17] = [
            ("[]", &[], Some(vec![])),
            (
                "\u{feff} [1, \"a,]\" ,{\"b\":[2]},[[]] ]x",
                &[],
                Some(vec![whole("1"), whole("\"a,]\""), whole("{\"b\":[2]}"), whole("[[]]"), behind()]),
            ),
            (
                r#"{"log":{"version":"1.2","entries":[{"a":"\"}"},{}]}}"#,
                &["log", "entries"],
                Some(vec![whole(r#"{"a":"\"}"}"#), whole("{}")]),
            ),
            (r#"{"$schema":"log","x":{"entries":[0]},"log":{"entries":[1]}}"#, &["log", "entries"], Some(vec![whole("1")])),
            (r#"{"log":{}}"#, &["log", "entries"], None),
            (r#"{"log":[]}"#, &["log", "entries"], None),
            (r#"{"log":{"entries":{}}}"#, &["log", "entries"], None),
            ("", &["log"], None),
            ("[{\"a\":1}", &[], Some(vec![whole("{\"a\":1}"), (String::new(), End::Early)])),
            ("[{\"a\":\"b", &[], Some(vec![("{\"a\":\"b".to_owned(), End::Early)])),
            ("[{\"a\":\"b\\", &[], Some(vec![("{\"a\":\"b\\".to_owned(), End::Early)])),
            ("[1}", &[], Some(vec![whole("1"), behind()])),
            ("[1] \n", &[], Some(vec![whole("1")])),
            (r#"{"a":[1],"b":{"a":[2]}} "#, &["a"], Some(vec![whole("1")])),
            (r#"{"a":[1],"b":2,"a":[2]}"#, &["a"], Some(vec![whole("1"), behind()])),
            (r#"{"a":[1]}{"a":[2]}"#, &["a"], Some(vec![whole("1"), behind()])),
            (r#"{"a":[1],"b":"#, &["a"], Some(vec![whole("1")])),
        ];
        for (text, path, expected) in cases {
            for step in [1, 2, 3, 7, 1000] {
                let found = elements(text, path, Limits::default(), step);
                assert_eq!(found.as_deref().map(texts), expected, "{text} in steps of {step}");
            }
        }
    }

    #[test]
    fn long_strings_end_early_and_stay_json() {
        let limits = Limits { string: 8, element: 1000 };
        for (text, step) in [
            ("aaaaaaaaaaaaaaaaaaaa", 1),
            ("aaaaaaa\\u00e9\\u00e9aaaaa", 3),
            ("aaaaaaaéééé", 2),
            ("aaaaaaa\\\\\\\\\\\\aa", 1),
            ("\\ud83d\\ude00\\ud83d\\ude00", 1),
        ] {
            let text = format!("[{{\"a\":\"{text}\",\"b\":1}}]");
            let found = elements(&text, &[], limits, step).expect("an array");
            let [element] = found.as_slice() else { panic!("{found:?}") };
            let kept = String::from_utf8(element.text.clone()).expect("whole characters");
            let value: serde_json::Value = serde_json::from_str(&kept).unwrap_or_else(|error| panic!("{kept}: {error}"));
            assert_eq!(value["b"], 1, "{kept}");
            let missing = element.missing(5).expect("a cut");
            assert_eq!(kept.len() + missing as usize + 2, text.len(), "{kept}");
        }
    }

    #[test]
    fn large_elements_are_not_kept_and_the_rest_goes_on() {
        let limits = Limits { string: 1000, element: 10 };
        let found = elements("[[1,2,3,4,5,6,7,8],{\"a\":\"0123456789\"},[1]]", &[], limits, 4).expect("an array");
        assert_eq!(
            texts(&found),
            [(String::new(), End::TooLarge), (String::new(), End::TooLarge), ("[1]".to_owned(), End::Whole)]
        );
    }

    #[test]
    fn lines_end_at_the_end_of_the_line_whatever_is_in_them() {
        let text = "{\"a\":1}\r\n\n{\"a\":\"\n{\"b\": [\n[1] [2]\n{}";
        for step in [1, 2, 5, 100] {
            let mut lines = Lines::new(Drip(text.as_bytes(), step), Limits::default()).expect("memory can be read");
            let found: Vec<Element> = std::iter::from_fn(|| lines.next().expect("memory can be read")).collect();
            let places: Vec<u64> = found.iter().map(|line| line.place.line).collect();
            assert_eq!(
                texts(&found).iter().map(|(text, _)| text.trim()).collect::<Vec<_>>(),
                ["{\"a\":1}", "{\"a\":\"", "{\"b\": [", "[1] [2]", "{}"]
            );
            assert_eq!(places, [1, 3, 4, 5, 6], "in steps of {step}");
        }
    }
}
