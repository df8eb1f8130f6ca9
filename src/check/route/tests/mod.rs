//! What a router says, for every sentence of the contract.

mod large;
mod methods;
mod naive;
mod paths;
mod servers;
mod several;
mod shapes;
mod templates;

use std::fmt::Write as _;

use super::{Route, RouteOptions, Router, Target};
use crate::facts::{Api, api};
use crate::openapi::{Project, load, version_of};
use crate::provider::InMemory;
use crate::syntax::File;

/// Descriptions by their texts.
fn project(texts: &[&str]) -> Project {
    let ending = |text: &str| if text.starts_with('{') { "json" } else { "yaml" };
    let names: Vec<String> = texts.iter().enumerate().map(|(index, text)| format!("{index}.{}", ending(text))).collect();
    let provider = names.iter().zip(texts).fold(InMemory::new(), |provider, (name, text)| provider.with(name, *text));
    load(&names, &provider).project
}

fn apis(project: &Project) -> Vec<Api<'_>> {
    let roots = project.files().flat_map(File::roots);
    roots.filter_map(|root| Some(api(project, version_of(root)?.version?, root))).collect()
}

/// What is said about requests, each as `METHOD URL`.
fn routes(texts: &[&str], options: &RouteOptions, requests: &[&str]) -> Vec<String> {
    let project = project(texts);
    let apis = apis(&project);
    assert_eq!(apis.len(), texts.len(), "{texts:?}");
    let router = Router::new(&apis.iter().collect::<Vec<_>>(), options);
    let said = |request: &&str| {
        let (method, url) = request.split_once(' ').unwrap();
        words(&router.route(method, url), &apis)
    };
    requests.iter().map(said).collect()
}

/// A route in words: `GET /orders/{id} id=17`, ` ~ /other` for each rival; `no method: /orders`, `no path`, `no path: /orders/`
/// with a hint, `… there` for the same origin, `outside`, `foreign`.
fn words(route: &Route, apis: &[Api<'_>]) -> String {
    let path = |target: &Target| {
        let number = if apis.len() > 1 { format!("{}:", target.api) } else { String::new() };
        format!("{number}{}", apis[target.api].paths[target.path].template)
    };
    let mut words = match route {
        Route::Operation { target, operation, borrows_get, parameters, .. } => {
            let fact = &apis[target.api].operations[*operation];
            assert_eq!(fact.path, target.path);
            let mut words = format!("{}{} {}", if *borrows_get { "HEAD as " } else { "" }, fact.method, path(target));
            for parameter in parameters {
                write!(words, " {}={}", parameter.name, parameter.value).unwrap();
            }
            words
        }
        Route::Method { target, .. } => format!("no method: {}", path(target)),
        Route::Path { hint, same_origin, .. } => {
            let hint = hint.as_ref().map(|hint| format!(": {}", path(hint))).unwrap_or_default();
            format!("no path{hint}{}", if *same_origin { " there" } else { "" })
        }
        Route::OutsideBase { .. } => "outside".to_owned(),
        Route::Foreign => "foreign".to_owned(),
        Route::Unknown => "unknown".to_owned(),
    };
    if let Route::Operation { rivals, .. } | Route::Method { rivals, .. } = route {
        for rival in rivals {
            write!(words, " ~ {}", path(rival)).unwrap();
        }
    }
    words
}

/// A description with these paths, each with a GET, and these lines in front.
fn description(head: &str, templates: &[&str]) -> String {
    let mut text = format!("openapi: 3.1.0\n{head}\npaths:\n");
    for template in templates {
        writeln!(text, "  {template:?}: {{get: {{}}}}").unwrap();
    }
    text
}

/// Asks one description, given by its templates, with GET.
fn said(templates: &[&str], urls: &[&str]) -> Vec<String> {
    let requests: Vec<String> = urls.iter().map(|url| format!("GET {url}")).collect();
    let requests: Vec<&str> = requests.iter().map(String::as_str).collect();
    routes(&[&description("", templates)], &RouteOptions::default(), &requests)
}

/// Checks rows of URL and what is said about it.
fn assert_said(templates: &[&str], rows: &[(&str, &str)]) {
    let urls: Vec<&str> = rows.iter().map(|(url, _)| *url).collect();
    for ((url, expected), said) in rows.iter().zip(said(templates, &urls)) {
        assert_eq!(said, *expected, "{url} of {templates:?}");
    }
}

/// Checks rows of request and what is said about it.
fn assert_routes(texts: &[&str], options: &RouteOptions, rows: &[(&str, &str)]) {
    let requests: Vec<&str> = rows.iter().map(|(request, _)| *request).collect();
    for ((request, expected), said) in rows.iter().zip(routes(texts, options, &requests)) {
        assert_eq!(said, *expected, "{request} of {texts:?}");
    }
}
