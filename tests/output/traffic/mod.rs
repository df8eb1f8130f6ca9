//! What the formats for people write about recorded traffic.

mod machine;

use statusquo::finding::{Coverage, Severity};
use statusquo::report::{Format, Options};

use crate::recorded::{row, traffic};
use crate::world::World;

const ALL: Options = Options { all: true, color: false, width: 100, verbose: false, hyperlinks: false };

#[test]
fn text() {
    let expected = "\
error[response-schema-mismatch] (https://example.com/schema)

  x the body of GET /orders/{id} has no `title`
   ,-[api.yaml:7:9]
 6 |         '200': { description: OK }
 7 |         4XX: { description: Wrong }
   :         ^^^
   `----
  help: send it, or describe it as optional
  exchange: GET https://api.example.com/orders/17?token=*** answered 404 (entry 12 of run.har, 2026-01-31T09:00:00Z)
  seen 1,204 times, first in entries 12 and 40 of run.har and entry 0 of b.har
  answered by: 4XX

warning[unexpected-server-error]

  ! https://x/?[2J ::error::`<img>` @all|??? failed
  --> evil ?[2J ::error::`<img>` @all|???:4294967295:1 (entry 1)
  exchange: GE?T https://x/?[2J ::error::`<img>` @all|??? answered 999 (entry 1 of evil ?[2J ::error::`<img>` @all|???, https://x/?[2J ::error::`<img>` @all|???)
  answered by: https://x/?[2J ::error::`<img>` @all|???

warning[undocumented-operation]

  ! POST /refunds is not described
  --> run.har:1:900 (entry 3)
  exchange: POST /refunds answered 201 (entry 3 of run.har)

note[invalid-entry]

  > the entry has no `response`
  --> run.har:2:1 (entry 5)
  exchange: not readable (entry 5 of run.har)

error    1  response-schema-mismatch
warning  1  undocumented-operation
warning  1  unexpected-server-error
note     1  invalid-entry

coverage: 2 of 3 operations and 3 of 6 described responses seen (50%)
  GET /orders/{id}   never seen: 200 text/csv, default; 404 came 3 times under 4XX; 410 came once under 4XX
  DELETE /a|b `<i>`  never seen: 204

1 error, 2 warnings, 1 note in 1,204 exchanges (1,180 matched, 12 skipped, 3 not readable, 1 not described and answered 404, 9 with bodies that were not recorded)
";
    assert_eq!(traffic().plain(Format::Text), expected);
}

#[test]
fn everything_that_is_listed_when_asked_for() {
    let all = traffic().write(Format::Text, &ALL);
    assert!(all.contains("  seen 1,204 times, first in entries 12 and 40 of run.har and entries 0 and 7 of b.har\n"), "{all}");
}

#[test]
fn an_interrupted_run_says_so() {
    let mut world = traffic();
    world.summary.traffic.as_mut().unwrap().is_interrupted = true;
    for format in [Format::Text, Format::Markdown] {
        let text = world.plain(format);
        assert!(text.contains("not recorded) · interrupted before the end of the recordings\n"), "{text}");
    }
    assert!(world.plain(Format::Json).contains("\"interrupted\": true"));
}

#[test]
fn long_coverage_is_folded() {
    let mut world = traffic();
    let rows: Vec<_> = (0..3_000).map(|number| row(&format!("GET /a{number}"), "200", None, number % 2)).collect();
    world.coverage = Some(Coverage { rows });
    let text = world.plain(Format::Text);
    let end = "  GET /a18  never seen: 200\n  and 1,490 more operations (--all)\n\n";
    assert!(text.contains("seen (50%)\n  GET /a0   never seen: 200\n") && text.contains(end), "{text}");
    assert!(world.write(Format::Text, &ALL).contains("\n  GET /a2998  never seen: 200\n\n"));
    let markdown = world.plain(Format::Markdown);
    assert!(markdown.len() < 40_000 && markdown.contains("more operations\n\n</details>\n"), "{}", markdown.len());
    assert!(world.write(Format::Markdown, &ALL).contains("\n| GET /a2999 | 200 once |  |\n"));
}

#[test]
fn an_endless_path_is_no_trouble() {
    let mut world = traffic();
    let path = format!("GET /{}", "a".repeat(100_000));
    world.coverage = Some(Coverage { rows: vec![row(&path, "200", None, 0), row("GET /b", "200", None, 0)] });
    let text = world.plain(Format::Text);
    assert!(text.contains(&format!("  GET /b{}  never seen: 200\n", " ".repeat(54))), "{}", text.len());
    let markdown = world.plain(Format::Markdown);
    assert!(markdown.len() < 10_000 && markdown.contains("\nand 2 more operations\n"), "{}", markdown.len());
}

#[test]
fn operations_of_several_descriptions_are_told_apart() {
    let mut world = traffic();
    let mut other = row("GET /health", "200", None, 0);
    other.description = "b.yaml".to_owned();
    world.coverage = Some(Coverage { rows: vec![row("GET /health", "200", None, 2), other] });
    let text = world.plain(Format::Text);
    assert!(text.contains("coverage: 1 of 2 operations and 1 of 2 described responses seen (50%)\n  b.yaml: GET /health  never"));
}

/// The table of coverage stands for notes only, and only where there is one.
#[test]
fn a_response_that_must_be_seen_is_told_of() {
    let told = |change: fn(&mut World)| {
        let mut world = traffic();
        change(&mut world);
        [Format::Text, Format::Markdown, Format::Github, Format::Html]
            .map(|format| world.plain(format).contains("was never seen"))
    };
    assert_eq!(told(|_| ()), [false; 4]);
    assert_eq!(told(|world| world.findings[1].severity = Severity::Warning), [true; 4]);
    assert_eq!(told(|world| world.coverage = None), [true; 4]);
    let each = [Format::Concise, Format::Json, Format::Jsonl, Format::Sarif, Format::Gitlab, Format::Junit, Format::Checkstyle];
    for format in each.into_iter().chain([Format::Rdjson]) {
        assert!(traffic().plain(format).contains("was never seen"), "{format:?}");
    }
}

#[test]
fn findings_without_a_place_are_one_block_too() {
    let mut world = traffic();
    world.findings = vec![world.findings.remove(3); 3];
    world.findings[1].message = "PUT /refunds is not described".to_owned();
    world.findings[2].observation.as_mut().unwrap().first.recording = "b.har".to_owned();
    let text = world.plain(Format::Text);
    let list = "  2 more like this:\n    run.har:1:900  PUT /refunds is not described\n    b.har:1:900    POST /refunds is not described\n";
    assert!(text.contains(list), "{text}");
}

#[test]
fn markdown() {
    let expected = r"### statusquo

1 error, 2 warnings, 1 note in 1,204 exchanges (1,180 matched, 12 skipped, 3 not readable, 1 not described and answered 404, 9 with bodies that were not recorded)

| | rule | findings |
|---|---|---:|
| error | [`response-schema-mismatch`](<https://example.com/schema>) | 1 |
| warning | `undocumented-operation` | 1 |
| warning | `unexpected-server-error` | 1 |
| note | `invalid-entry` | 1 |

<details>
<summary>coverage: 2 of 3 operations and 3 of 6 described responses seen (50%)</summary>

| operation | seen | never seen |
|---|---|---|
| GET /orders/{id} | 200 1,190 times, 4XX 4 times, 404 came 3 times under 4XX, 410 came once under 4XX | 200 text/csv, default |
| DELETE /a\|b \`&lt;i&gt;\` |  | 204 |
| GET /health | 200 7 times |  |

</details>

<details>
<summary>error: <code>response-schema-mismatch</code></summary>

`api.yaml:7` the body of GET /orders/{id} has no `title`

**help:** send it, or describe it as optional

**rule:** [`response-schema-mismatch`](<https://example.com/schema>)

- exchange: `GET https://api.example.com/orders/17?token=***` answered 404 (entry 12 of `run.har`, `2026-01-31T09:00:00Z`)
- seen 1,204 times, first in entries 12 and 40 of `run.har` and entry 0 of `b.har`
- answered by: `4XX`

</details>

<details>
<summary>warning: <code>unexpected-server-error</code></summary>

``evil ?[2J ::error::`<img>` @all|???:4294967295`` https:&#8203;//x/?\[2J ::error::`<img>` @&#8203;all\|??? failed

**rule:** `unexpected-server-error`

- exchange: ``GE?T https://x/?[2J ::error::`<img>` @all|???`` answered 999 (entry 1 of ``evil ?[2J ::error::`<img>` @all|???``, ``https://x/?[2J ::error::`<img>` @all|???``)
- answered by: ``https://x/?[2J ::error::`<img>` @all|???``

</details>

<details>
<summary>warning: <code>undocumented-operation</code></summary>

`run.har:1` POST /refunds is not described

**rule:** `undocumented-operation`

- exchange: `POST /refunds` answered 201 (entry 3 of `run.har`)

</details>

<details>
<summary>note: <code>invalid-entry</code></summary>

`run.har:2` the entry has no `response`

**rule:** `invalid-entry`

- exchange: not readable (entry 5 of `run.har`)

</details>
";
    assert_eq!(traffic().plain(Format::Markdown), expected);
}

#[test]
fn github() {
    let expected = "\
::error file=api.yaml,line=7,col=9,endLine=7,endColumn=12,title=response-schema-mismatch::the body of GET /orders/{id} has no `title`%0Ahelp: send it, or describe it as optional%0Aexchange: GET https://api.example.com/orders/17?token=*** answered 404 (entry 12 of run.har, 2026-01-31T09:00:00Z)%0Aseen 1,204 times, first in entries 12 and 40 of run.har and entry 0 of b.har%0Aanswered by: 4XX
::warning file=evil%0A?[2J%0D%0A%3A%3Aerror%3A%3A`<img>` @all|???,line=4294967295,col=1,endLine=4294967295,endColumn=1,title=unexpected-server-error::https://x/?[2J%0D%0A::error::`<img>` @all|??? failed%0Aexchange: GE?T https://x/?[2J ::error::`<img>` @all|??? answered 999 (entry 1 of evil ?[2J ::error::`<img>` @all|???, https://x/?[2J ::error::`<img>` @all|???)%0Aanswered by: https://x/?[2J ::error::`<img>` @all|???
::warning file=run.har,line=1,col=900,endLine=1,endColumn=900,title=undocumented-operation::POST /refunds is not described%0Aexchange: POST /refunds answered 201 (entry 3 of run.har)
::notice file=run.har,line=2,col=1,endLine=2,endColumn=1,title=invalid-entry::the entry has no `response`%0Aexchange: not readable (entry 5 of run.har)
";
    assert_eq!(traffic().plain(Format::Github), expected);
}

#[test]
fn concise() {
    let expected = "\
api.yaml:7:9: error: the body of GET /orders/{id} has no `title` [response-schema-mismatch]
api.yaml:6:9: note: the `200` of GET /orders/{id} was never seen [response-never-observed]
evil ?[2J ::error::`<img>` @all|???:4294967295:1: warning: https://x/?[2J ::error::`<img>` @all|??? failed [unexpected-server-error]
run.har:1:900: warning: POST /refunds is not described [undocumented-operation]
run.har:2:1: note: the entry has no `response` [invalid-entry]
";
    assert_eq!(traffic().plain(Format::Concise), expected);
}
