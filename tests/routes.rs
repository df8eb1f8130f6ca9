//! Every path of every real description is found by a request for it.
//! The data is read from outside of the repository; where it is missing the test says so.

#[path = "support/corpus.rs"]
mod corpus;

use corpus::{corpus, is_yaml_or_json};
use rayon::prelude::*;
use statusquo::check::route::{Route, RouteOptions, Router, Target};
use statusquo::facts::{Api, OperationFact, Role, api};
use statusquo::http::method::is_known;
use statusquo::openapi::{load, version_of};

/// What a variable is filled with: no description has it as text, and it is no number.
const VALUE: &str = "zq~7w";

#[test]
fn all_paths_route_to_themselves() {
    // Templates that are whole programs, question marks and all, cannot be asked for.
    let is_wanted = |name: &str| is_yaml_or_json(name) && !name.contains("/malicious/");
    let Some((below, names)) = corpus(is_wanted) else { return };
    let project = load(&names, &below).project;
    let roots: Vec<_> = project.files().flat_map(|file| file.roots().map(move |root| (file, root))).collect();
    let strays: Vec<(usize, Vec<String>)> = roots
        .par_iter()
        .filter_map(|(file, root)| {
            let api = api(&project, version_of(*root)?.version?, *root);
            let (asked, strays) = strays(&api);
            Some((asked, strays.into_iter().map(|stray| format!("{}: {stray}", file.source().name())).collect()))
        })
        .collect();
    let asked: usize = strays.iter().map(|(asked, _)| asked).sum();
    let strays: Vec<&String> = strays.iter().flat_map(|(_, strays)| strays).collect();
    println!("{asked} paths asked for");
    assert!(asked > 10_000 && strays.is_empty(), "{} of {asked} stray:\n{strays:#?}", strays.len());
}

/// How many paths were asked for, and what became of those that were not found.
fn strays(api: &Api<'_>) -> (usize, Vec<String>) {
    let options = RouteOptions { servers: vec!["https://api.example.com/base".to_owned()], strict_host: true };
    let (given, own) = (Router::new(&[api], &options), Router::new(&[api], &RouteOptions::default()));
    let mut strays = Vec::new();
    let mut asked = 0;
    for (path, fact) in api.paths.iter().enumerate().filter(|(_, fact)| fact.role == Role::Server) {
        let Some(operation) = api.operations_of(fact).first() else { continue };
        let url = format!("https://api.example.com/base/{}", filled(&fact.template).trim_start_matches('/'));
        let method = method(operation);
        let route = given.route(&method, &url);
        asked += 1;
        if !is_found(api, &route, Target { api: 0, path }) {
            strays.push(format!("{method} {url} of {}: {route:?}", fact.template));
        }
        assert_ne!(own.route(&method, &url), Route::Unknown);
    }
    (asked, strays)
}

/// Tokens that HTTP does not know are asked for as they are written.
fn method(operation: &OperationFact<'_>) -> String {
    if is_known(&operation.method) { operation.method.to_string() } else { operation.key.text().unwrap_or_default().into_owned() }
}

/// The template with values for its variables; what stands in a fragment goes to the query.
fn filled(template: &str) -> String {
    let (mut url, mut depth) = (String::new(), 0);
    for letter in template.chars() {
        depth += i32::from(letter == '{');
        match letter {
            '{' if depth == 1 => url.push_str(VALUE),
            '#' if depth == 0 => url.push(if url.contains('?') { '&' } else { '?' }),
            _ if depth == 0 => url.push(letter),
            _ => {}
        }
        depth -= i32::from(letter == '}');
    }
    url
}

/// Whether a path was found, or one of the same shape whose parameters may accept what its own do not.
fn is_found(api: &Api<'_>, route: &Route, path: Target) -> bool {
    let Route::Operation { target, rivals, .. } = route else { return false };
    let shape = |target: &Target| filled(&api.paths[target.path].template);
    *target == path || rivals.contains(&path) || shape(target) == shape(&path)
}
