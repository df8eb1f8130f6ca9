//! Random small sets of templates: the trees say what a matcher says that tries every template with a regular expression.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt::Write as _;

use regex::Regex;

use super::routes;
use crate::check::route::RouteOptions;

const BASES: [&str; 5] = ["/", "/a", "/{v}", "/a{v}", "/a/b"];
const PIECES: [&str; 9] = ["a", "b", "ab", "{x}", "{y}", "a{x}", "{x}b", "{x}.{y}", ""];
const SEGMENTS: [&str; 8] = ["a", "b", "ab", "aab", "a.b", "b.a.b", "c", ""];

/// Marsaglia's xorshift: enough chance for a test, and the same everywhere.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn path(&mut self, pieces: &[&str], most: usize) -> String {
        (0..=self.below(most)).flat_map(|_| ["/", pieces[self.below(pieces.len())]]).collect()
    }
}

/// A path with the methods it has.
type Path = (String, Vec<&'static str>);

struct Naive {
    bases: Vec<&'static str>,
    paths: Vec<Path>,
}

/// A path that matches: how well, which, and the values of its variables.
type Hit<'a> = ((bool, Reverse<usize>, Vec<(u8, Reverse<usize>)>), usize, &'a Path, String);

impl Naive {
    fn random(chance: &mut Chance) -> Naive {
        let mut paths: Vec<Path> = Vec::new();
        for _ in 0..=chance.below(12) {
            let template = chance.path(&PIECES, 3);
            let methods = ["GET", "POST"].into_iter().filter(|_| chance.below(3) > 0).collect();
            if paths.iter().all(|(other, _)| *other != template) {
                paths.push((template, methods));
            }
        }
        let bases = (0..=chance.below(2)).map(|_| BASES[chance.below(BASES.len())]).collect();
        Naive { bases, paths }
    }

    fn text(&self) -> String {
        let mut text = "openapi: 3.1.0\nservers:\n".to_owned();
        self.bases.iter().for_each(|base| writeln!(text, "  - url: {base:?}").unwrap());
        text.push_str("paths:\n");
        for (template, methods) in &self.paths {
            let operations: Vec<String> = methods.iter().map(|method| format!("{}: {{}}", method.to_lowercase())).collect();
            writeln!(text, "  {template:?}: {{{}}}", operations.join(", ")).unwrap();
        }
        text
    }

    fn hits(&self, method: &str, url: &str) -> Vec<Hit<'_>> {
        let mut hits: Vec<Hit<'_>> = Vec::new();
        for base in self.bases.iter().map(|base| base.trim_end_matches('/')) {
            let is_base = matches(base, url).is_some();
            let asked = if is_base && !base.is_empty() { format!("{url}/") } else { url.to_owned() };
            for (index, path) in self.paths.iter().enumerate() {
                let Some(values) = matches(&format!("{base}{}", path.0), &asked) else { continue };
                let own = &values[variables(base)..];
                let names = names(&path.0);
                let values: String = names.iter().zip(own).flat_map(|(name, value)| [" ", name, "=", value]).collect();
                let ranks = base.split('/').chain(path.0.split('/').skip(1)).map(rank).collect();
                let key = (!path.1.contains(&method), Reverse(base.split('/').count()), ranks);
                hits.push((key, index, path, values));
            }
        }
        let best = hits.iter().map(|hit| hit.0.clone()).min();
        hits.retain(|hit| Some(&hit.0) == best.as_ref());
        hits.sort_by_key(|hit| hit.1);
        hits.dedup_by_key(|hit| hit.1);
        hits
    }

    fn said(&self, method: &str, url: &str) -> String {
        let hits = self.hits(method, url);
        if let Some((key, _, (template, _), values)) = hits.first() {
            let rivals: String = hits[1..].iter().flat_map(|hit| [" ~ ", &hit.2.0]).collect();
            return if key.0 { format!("no method: {template}{rivals}") } else { format!("{method} {template}{values}{rivals}") };
        }
        let starts = |base: &&str| (0..=url.len()).any(|end| ends_segment(url, end) && matches(base, &url[..end]).is_some());
        if !self.bases.iter().map(|base| base.trim_end_matches('/')).any(|base| starts(&base)) {
            return "foreign".to_owned();
        }
        let other = url.strip_suffix('/').map_or_else(|| format!("{url}/"), str::to_owned);
        let hint = self.hits(method, &other).into_iter().next().filter(|_| url != "/");
        hint.map_or("no path".to_owned(), |hit| format!("no path: {}", hit.2.0))
    }
}

fn ends_segment(url: &str, end: usize) -> bool {
    url[end..].is_empty() || url[end..].starts_with('/')
}

fn names(template: &str) -> Vec<&str> {
    template.split('{').skip(1).map(|rest| rest.split('}').next().unwrap()).collect()
}

fn variables(template: &str) -> usize {
    names(template).len()
}

thread_local! {
    static PATTERNS: RefCell<HashMap<String, Regex>> = RefCell::default();
}

fn matches(template: &str, url: &str) -> Option<Vec<String>> {
    let pattern = PATTERNS.with_borrow_mut(|known| known.entry(template.to_owned()).or_insert_with(|| pattern(template)).clone());
    let captures = pattern.captures(url)?;
    Some(captures.iter().skip(1).map(|value| value.unwrap().as_str().to_owned()).collect())
}

fn pattern(template: &str) -> Regex {
    let mut pattern = "^".to_owned();
    for part in template.split_inclusive('}') {
        let literal = part.split('{').next().unwrap();
        pattern.push_str(&regex::escape(literal));
        if literal.len() < part.len() {
            pattern.push_str("([^/]+)");
        }
    }
    Regex::new(&(pattern + "$")).unwrap()
}

fn rank(segment: &str) -> (u8, Reverse<usize>) {
    let text = segment.len() - names(segment).iter().map(|name| name.len() + 2).sum::<usize>();
    match (variables(segment), text) {
        (0, _) => (0, Reverse(0)),
        (1, 0) => (2, Reverse(0)),
        _ => (1, Reverse(text)),
    }
}

#[test]
fn trees_agree_with_trying_everything() {
    let mut chance = Chance(0x5EED_CAFE);
    let mut seen = std::collections::BTreeMap::<&str, usize>::new();
    for round in 0..400 {
        let naive = Naive::random(&mut chance);
        let urls: Vec<String> = (0..10).map(|_| chance.path(&SEGMENTS, 3)).collect();
        let urls: Vec<&String> = urls.iter().filter(|url| !url.starts_with("//")).collect();
        let requests: Vec<String> = urls.iter().flat_map(|url| [format!("GET {url}"), format!("POST {url}")]).collect();
        let requests: Vec<&str> = requests.iter().map(String::as_str).collect();
        let text = naive.text();
        for (request, said) in requests.iter().zip(routes(&[&text], &RouteOptions::default(), &requests)) {
            let (method, url) = request.split_once(' ').unwrap();
            assert_eq!(said, naive.said(method, url), "round {round}: {request} of\n{text}");
            let kinds = [" ~ ", "no method", "no path:", "no path", "foreign", "GET", "POST"];
            *seen.entry(kinds.into_iter().find(|kind| said.contains(kind)).unwrap()).or_default() += 1;
        }
    }
    assert!(seen.len() == 7 && seen.values().all(|count| *count > 15), "{seen:?}");
}
