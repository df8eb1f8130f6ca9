//! Large descriptions and hostile ones: a search takes a bounded number of steps.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use super::{Project, apis, description, project, words};
use crate::check::route::{Route, RouteOptions, Router, path_shape};

fn built<'p>(project: &'p Project, check: impl FnOnce(&Router, &[crate::facts::Api<'p>])) {
    let apis = apis(project);
    check(&Router::new(&apis.iter().collect::<Vec<_>>(), &RouteOptions::default()), &apis);
}

/// Runs in a time that what is quadratic or exponential would miss by far.
fn soon<T>(work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    result
}

#[test]
fn a_search_among_100_000_paths_is_no_slower_than_the_url_is_long() {
    let mut text = "openapi: 3.1.0\npaths:\n".to_owned();
    for number in 0..50_000 {
        write!(text, "  /things{number}/{{id}}: {{get: {{}}}}\n  /all/{{id}}.{number}: {{get: {{}}}}\n").unwrap();
    }
    built(&project(&[&text]), |router, apis| {
        soon(|| {
            for number in 0..50_000 {
                let url = format!("/things{number}/17");
                assert_eq!(words(&router.route("GET", &url), apis), format!("GET /things{number}/{{id}} id=17"));
                let url = format!("/all/17.{number}");
                assert_eq!(words(&router.route("GET", &url), apis), format!("GET /all/{{id}}.{number} id=17"));
                assert!(matches!(router.route("GET", &format!("/all/x{number}")), Route::Path { .. }));
            }
        });
    });
}

/// All templates of so many segments that are `x` or a variable, and one behind them.
fn overlapping(segments: u32) -> String {
    let template = |number: u32| {
        let piece = |at: u32| if number >> at & 1 == 0 { "/x".to_owned() } else { format!("/{{v{at}}}") };
        (0..segments).rev().map(piece).collect::<String>() + "/end"
    };
    let templates: Vec<String> = (0..1 << segments).map(template).collect();
    description("", &templates.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_search_among_overlapping_templates_is_given_up() {
    built(&project(&[&overlapping(15)]), |router, apis| {
        let url = "/x".repeat(15);
        soon(|| {
            for _ in 0..100 {
                assert_eq!(router.route("GET", &format!("{url}/other")), Route::Unknown);
                assert_eq!(router.route("POST", &format!("{url}/end")), Route::Unknown);
            }
        });
        assert_eq!(words(&router.route("GET", &format!("{url}/end")), apis), format!("GET {url}/end"));
    });
    built(&project(&[&overlapping(10)]), |router, apis| {
        let url = "/x".repeat(10);
        assert_eq!(words(&router.route("GET", &format!("{url}/other")), apis), "no path");
        assert_eq!(words(&router.route("POST", &format!("{url}/end")), apis), format!("no method: {url}/end"));
    });
}

#[test]
fn many_equal_templates_have_some_rivals() {
    let templates: Vec<String> = (0..30_000).map(|number| format!("/{{v{number}}}")).collect();
    let text = description("", &templates.iter().map(String::as_str).collect::<Vec<_>>());
    built(&project(&[&text]), |router, _| {
        let route = router.route("GET", "/a");
        assert!(matches!(&route, Route::Operation { operation: 0, rivals, .. } if rivals.len() == 100), "{route:?}");
        assert_eq!(router.route("POST", "/a"), Route::Unknown);
    });
}

#[test]
fn long_urls_and_deep_templates_are_read() {
    let deep = "/a".repeat(100_000);
    let braces = format!("/{}{}", "{".repeat(50_000), "}".repeat(20_000));
    let parts = format!("/{}", "{a}b".repeat(20_000));
    // JSON, since keys of YAML are short.
    let paths = [&deep, &braces, &parts, "/{a}"].map(|template| format!("{template:?}: {{\"get\": {{}}}}")).join(", ");
    let text = format!("{{\"openapi\": \"3.1.0\", \"paths\": {{{paths}}}}}");
    built(&project(&[&text]), |router, apis| {
        soon(|| {
            assert_eq!(words(&router.route("GET", &"/a".repeat(100_001)), apis), "unknown");
            assert_eq!(words(&router.route("GET", &"/../a/.".repeat(100_000)), apis), "no path: /{a}");
            let url = format!("/{}", "ab".repeat(20_000));
            assert!(matches!(router.route("GET", &url), Route::Operation { operation: 2, .. }));
            assert!(matches!(router.route("GET", &"/%".repeat(100_000)), Route::Path { .. }));
            assert!(matches!(router.route("GET", &format!("/?{}", "a=1&".repeat(100_000))), Route::Path { .. }));
            assert_eq!(path_shape(&"/17".repeat(100_000)).chars().count(), 200);
        });
    });
}

#[test]
fn servers_are_not_multiplied_with_paths() {
    let mut text = "openapi: 3.1.0\nservers:\n".to_owned();
    (0..5_000).for_each(|number| writeln!(text, "  - url: https://h{number}.example/v{number}").unwrap());
    text.push_str("paths:\n");
    for number in 0..20_000 {
        writeln!(text, "  /own{number}: {{servers: [{{url: 'https://own.example/own'}}], get: {{}}, put: {{}}}}").unwrap();
        writeln!(text, "  /a{number}: {{get: {{}}, put: {{servers: [{{url: /put}}]}}}}").unwrap();
    }
    soon(|| {
        built(&project(&[&text]), |router, apis| {
            assert_eq!(words(&router.route("GET", "/v4999/a19999"), apis), "GET /a19999");
            assert_eq!(words(&router.route("PUT", "/put/a19999"), apis), "PUT /a19999");
            assert_eq!(words(&router.route("PUT", "/own/own19999"), apis), "PUT /own19999");
            assert_eq!(words(&router.route("GET", "https://h7.example/other"), apis), "outside");
        });
    });
}

#[test]
fn routers_are_shared_between_threads() {
    fn assert_shared<T: Send + Sync + 'static>() {}
    assert_shared::<Router>();
    assert_shared::<Route>();
}
