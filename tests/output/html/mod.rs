//! The page: what stands in it, that it is whole and harmless, and how large it becomes.

mod browser;
mod clicks;
mod sha256;

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use statusquo::finding::{Change, ChangeNumbers, Class, Place, Summary};
use statusquo::report::{Format, Options};

use crate::hostile::hostile;
use crate::recorded::traffic;
use crate::world::{World, span_of, world};
use sha256::sha256;

const FIRST: &str = r#"<article class="warning" data-rule="0" data-operations="0">
<h2><b class="badge">warning</b> POST /orders creates something and does not say where</h2>
<p class="place"><code>my apis/öffentlich, v1.yaml:7:9</code> · <a href="https://example.com/rfc#9.3.3" rel="noopener noreferrer">created-without-location</a></p>
<p><b>help:</b> declare a <code>Location</code> header holding the URI of the new resource</p>
<pre tabindex="0"><i>    4</i>   /orders:
<i>    5</i>     <mark class="also">post</mark>:
<i>    6</i>       responses:
<i>    7</i>         <mark>&quot;201&quot;</mark>:
<i>    8</i>           description: Über 🙂 created
</pre>
<ul>
<li>related: <code>my apis/öffentlich, v1.yaml:5:5</code> the method</li>
<li>related: <code>/srv/shared.json:2:3</code> defined here</li>
</ul>
</article>
"#;

/// The only tags and attributes of a page.
const TAGS: &str = "a article b body button code details div h1 h2 head header html i input label li link main mark meta option \
    output p pre script select span style summary table td th title tr ul";
const ATTRIBUTES: &str = "charset checked class content data-count data-operations data-rule hidden href http-equiv id lang name \
    open placeholder rel role tabindex type value";

#[test]
fn lint() {
    let mut world = world();
    world.findings.swap(1, 2);
    world.findings.truncate(1);
    let text = world.plain(Format::Html);
    assert!(text.contains(FIRST), "{text}");
    for part in [
        "<h1>statusquo lint</h1>\n<p>1 error, 1 warning, 2 notes in 2 files · 11 of 12 operations judged · 4 suppressed</p>\n",
        "<td class=\"number\">1</td></tr>\n",
        "<option value=\"0\">POST /orders</option>\n",
        "<output id=\"shown\">1 of 1 shown</output>",
        "<summary>Not judged: 1 operation</summary>\n<ul>\n<li>GET /orders/{id}: an unresolved <code>$ref</code> (my apis/öffentlich, v1.yaml:4:3)</li>\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn check() {
    let text = traffic().plain(Format::Html);
    for part in [
        "<h1>statusquo check</h1>",
        "<li>exchange: <code>GET https://api.example.com/orders/17?token=***</code> answered 404 (entry 12 of <code>run.har</code>, <code>2026-01-31T09:00:00Z</code>)</li>\n\
         <li>seen 1,204 times, first in entries 12 and 40 of <code>run.har</code> and entry 0 of <code>b.har</code></li>\n\
         <li>answered by: <code>4XX</code></li>\n",
        "<summary>Coverage: 2 of 3 operations and 3 of 6 described responses seen (50%)</summary>",
        "<tr><td>DELETE /a|b `&lt;i&gt;`</td><td></td><td>204</td></tr>\n",
        "<code>run.har:1:900</code>",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn diff() {
    let mut world = world();
    let old = Place { span: span_of(&world.sources[0], "description: Über"), pointer: String::new(), document: None };
    let change = Change { class: Class::Breaking, old: Some(old), witness: Some("{\"<b>\":0}".to_owned()), part: None };
    world.findings[0].change = Some(Box::new(change));
    world.summary.changes = Some(ChangeNumbers { breaking: 1, ..ChangeNumbers::default() });
    let text = world.plain(Format::Html);
    for part in [
        "<h1>statusquo diff</h1>\n<p>1 breaking change",
        "<b class=\"badge\">warning</b> <b class=\"badge class\">breaking</b> POST /orders",
        "<li>before: <code>my apis/öffentlich, v1.yaml:8:11</code> <code>description: Über 🙂 created</code></li>\n\
         <li>may come now: <code>{&quot;&lt;b&gt;&quot;:0}</code></li>\n",
        "<summary>Not compared: 1 operation</summary>",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn a_clean_run_is_a_page_too() {
    let summary = Summary { files: 1, operations: 3, judged: 3, ..Summary::default() };
    let world = World { sources: Vec::new(), findings: Vec::new(), rules: Vec::new(), summary, coverage: None };
    let text = world.plain(Format::Html);
    assert!(
        text.contains("<p>no findings in 1 file · 3 of 3 operations judged</p>") && !text.contains("id=\"filters\""),
        "{text}"
    );
}

/// The worst stands first; operations are numbers, those in a row together.
#[test]
fn order_and_operations() {
    let text = world().plain(Format::Html);
    let articles: Vec<&str> = text.lines().filter(|line| line.starts_with("<article")).collect();
    let expected = [("error", "0-3"), ("warning", "4"), ("note", ""), ("note", "")];
    for (article, (severity, operations)) in articles.iter().zip(expected) {
        assert!(article.contains(&format!("class=\"{severity}\"")), "{article}");
        assert!(article.contains(&format!("data-operations=\"{operations}\"")), "{article}");
    }
    assert_eq!(articles.len(), 4);
}

#[test]
fn the_policy_names_what_runs_and_nothing_else() {
    let text = hostile().plain(Format::Html);
    for (tag, option) in [("style", "style-src"), ("script", "script-src")] {
        let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
        assert_eq!((text.matches(&open).count(), text.matches(&close).count()), (1, 1));
        let inside = text.split_once(&open).unwrap().1.split_once(&close).unwrap().0;
        let expected = format!("{option} 'sha256-{}'", STANDARD.encode(sha256(inside)));
        assert!(text.contains(&expected), "write into src/report/html/mod.rs: {expected}");
    }
    assert!(text.contains("content=\"default-src 'none'; ") && !text.contains("unsafe-"));
}

#[test]
fn nothing_hostile_is_a_tag() {
    let (tags, attributes): (BTreeSet<&str>, BTreeSet<&str>) = (TAGS.split(' ').collect(), ATTRIBUTES.split(' ').collect());
    for world in [world(), traffic(), hostile()] {
        let text = world.plain(Format::Html);
        let drives = |letter: char| {
            letter.is_control() && !['\n', '\t'].contains(&letter)
                || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!text.contains(drives));
        let (head, rest) = text.split_once("<style>").unwrap();
        let body = rest.split_once("</style>").unwrap().1.split_once("<script>").unwrap().0;
        for tag in head.split('<').skip(2).chain(body.split('<').skip(1)) {
            let (inside, _) = tag.split_once('>').unwrap();
            let (name, rest) = inside.trim_start_matches('/').split_once(' ').unwrap_or((inside.trim_start_matches('/'), ""));
            assert!(tags.contains(name), "{tag}");
            // Quotes in values are escaped, so each second part is a value.
            let names =
                rest.split('"').step_by(2).flat_map(|part| part.split_whitespace().map(|name| name.trim_end_matches('=')));
            assert!(names.clone().all(|name| attributes.contains(name)), "{tag}: {:?}", names.collect::<Vec<_>>());
        }
        assert!(!body.contains("src=\"") && !body.to_lowercase().contains("href=\"javascript"));
    }
}

/// However long the words are.
#[test]
fn a_page_has_an_end() {
    let mut world = crate::limits::many_lines();
    let (long, label) = ("ä<".repeat(50_000), format!("GET /{}", "a".repeat(3_000)));
    for finding in &mut world.findings {
        finding.message.clone_from(&long);
        finding.help = Some("<".repeat(2_000));
        finding.operations = vec![label.clone(); 3];
    }
    let text = world.plain(Format::Html);
    assert!(text.len() < 50_000_000 && text.len() > 30_000_000, "{}", text.len());
    assert!(text.contains(" further findings found no room here.</p>\n"));
}

#[test]
fn ten_thousand_findings_are_no_fifty_megabytes() {
    let mut world = crate::limits::many_lines();
    world.findings.extend_from_within(..);
    for finding in &mut world.findings {
        finding.operations = (0..40).map(|number| format!("GET /some/longer/path/{{id}}/of/{number}")).collect();
        finding.help = Some("say what the next step is, in a sentence that is as long as they usually are".to_owned());
    }
    let text = world.write(Format::Html, &Options { all: true, ..Options::default() });
    println!("10,000 findings are {} bytes", text.len());
    assert!(text.matches("<article ").count() == 10_000 && text.len() < 50_000_000, "{}", text.len());
}
