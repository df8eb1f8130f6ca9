//! How long it takes to find the operation of a recorded request. `cargo bench --bench routing` prints the medians.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a bench reads its data and prints its figures")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use statusquo::check::route::{Route, RouteOptions, Router};
use statusquo::facts::{Api, api};
use statusquo::openapi::{Project, load, version_of};
use statusquo::provider::InMemory;

const ROUNDS: usize = 25;

fn main() {
    for (name, text) in inputs() {
        let project = load(std::slice::from_ref(&name), &InMemory::new().with(&name, text)).project;
        let Some(api) = first_api(&project) else { continue };
        let start = Instant::now();
        let router = Router::new(&[&api], &RouteOptions::default());
        let building = start.elapsed();
        let urls: Vec<String> = api.paths.iter().map(|path| filled(&path.template)).collect();
        let unknown: Vec<String> = urls.iter().map(|url| format!("{url}/nothing/here")).collect();
        println!("{name}: {} paths, router built in {:.2} ms", urls.len(), building.as_secs_f64() * 1e3);
        println!("  known paths   {:>6} ns", median(&router, &urls));
        println!("  unknown paths {:>6} ns", median(&router, &unknown));
    }
}

fn first_api(project: &Project) -> Option<Api<'_>> {
    let root = project.files().next()?.roots().next()?;
    Some(api(project, version_of(root)?.version?, root))
}

/// The median time of one request, in nanoseconds.
fn median(router: &Router, urls: &[String]) -> u128 {
    let round = || {
        let start = Instant::now();
        for url in urls {
            black_box::<Route>(router.route("GET", black_box(url)));
        }
        start.elapsed().as_nanos() / urls.len().max(1) as u128
    };
    let mut times: Vec<u128> = (0..ROUNDS).map(|_| round()).collect();
    times.sort_unstable();
    times[ROUNDS / 2]
}

fn filled(template: &str) -> String {
    let parts = template.split('{').map(|part| part.split_once('}').map_or(part, |(_, literal)| literal));
    format!("https://api.example.com{}", parts.collect::<Vec<_>>().join("17"))
}

/// Generated descriptions, and the largest real one where it is.
fn inputs() -> Vec<(String, String)> {
    let mut inputs: Vec<(String, String)> =
        [700, 100_000].map(|paths| (format!("generated-{paths}.yaml"), generated(paths))).into();
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus/github/api.github.com.json");
    inputs.extend(std::fs::read_to_string(file).map(|text| ("api.github.com.json".to_owned(), text)));
    inputs
}

/// Four paths for each kind of thing: the collection, one of them, its parts, one part.
fn generated(paths: usize) -> String {
    let mut text = "openapi: 3.1.0\nservers: [{url: 'https://api.example.com'}]\npaths:\n".to_owned();
    for kind in 0..paths / 4 {
        for rest in ["", "/{id}", "/{id}/parts", "/{id}/parts/{part}"] {
            let _ = writeln!(text, "  /teams/{{team}}/things{kind}{rest}: {{get: {{}}, post: {{}}}}");
        }
    }
    text
}
