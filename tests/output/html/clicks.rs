//! The page in a real browser: what it shows, what its filters do, and that nothing of a description runs in it.

use std::path::PathBuf;
use std::time::Instant;

use serde_json::{Value, json};
use statusquo::report::Format;
use tempfile::TempDir;

use super::browser::Browser;
use crate::hostile::hostile;
use crate::limits::many_lines;
use crate::recorded::traffic;
use crate::world::{World, world};

const SHOWN: &str = "document.getElementById('shown').textContent";
const VISIBLE: &str = "[...document.querySelectorAll('article')].filter((node) => node.checkVisibility()).length";

/// Whether the filters can be seen.
const FILTERS: &str = "document.getElementById('filters').checkVisibility()";

#[test]
fn clicks() {
    let Some((mut browser, folder)) = browser() else { return };
    let page = page(&folder, &world());
    browser.load(&page);
    assert_eq!((browser.value(SHOWN), browser.value(FILTERS)), (json!("4 of 4 shown"), json!(true)));
    the_boxes(&mut browser);
    the_lists(&mut browser);
    the_search(&mut browser);
    assert_eq!(browser.complaints(), [""; 0]);
    without_script(&mut browser, &page);
    on_a_phone(&mut browser, &folder);
    nothing_hostile_runs(&mut browser, &folder);
    thousands_are_quick(&mut browser, &folder);
}

fn browser() -> Option<(Browser, TempDir)> {
    let browser = Browser::find();
    if browser.is_none() {
        assert!(std::env::var_os("STATUSQUO_TOOLS").is_none_or(|word| word.is_empty()), "a browser is to be there");
        println!(
            "skipped: no browser that starts is named by `CHROME` or found as `chromium`, `google-chrome`, `chromium-browser`"
        );
    }
    Some((browser?, tempfile::tempdir().unwrap()))
}

#[expect(clippy::disallowed_methods, reason = "makes the file that the browser opens")]
fn page(folder: &TempDir, world: &World) -> PathBuf {
    let path = folder.path().join("report.html");
    std::fs::write(&path, world.plain(Format::Html)).unwrap();
    path
}

/// Looks at what is shown, and that the page counts it right.
fn shows(browser: &mut Browser, expected: usize, total: usize) {
    assert_eq!(browser.value(VISIBLE), json!(expected));
    assert_eq!(browser.value(SHOWN), json!(format!("{expected} of {total} shown")));
}

fn the_boxes(browser: &mut Browser) {
    browser.click("input[value=note]");
    shows(browser, 2, 4);
    browser.click("input[value=error]");
    shows(browser, 1, 4);
    // A count says what its own box would show.
    assert_eq!(
        browser.value("[...document.querySelectorAll('[data-count]')].map((span) => span.textContent)"),
        json!(["1", "1", "2"])
    );
    browser.click("#reset");
    shows(browser, 4, 4);
}

fn the_lists(browser: &mut Browser) {
    choose(browser, "rule", "created-without-location");
    shows(browser, 1, 4);
    assert_eq!(
        browser.value("[...document.querySelectorAll('[data-count]')].map((span) => span.textContent)"),
        json!(["0", "1", "0"])
    );
    choose(browser, "rule", "all rules");
    choose(browser, "operation", "PUT /b");
    shows(browser, 1, 4);
    let options = browser.value("[...document.getElementById('rule').options].map((option) => option.text)");
    assert_eq!(options[1], "created-without-location (0)");
    assert_eq!(options[2], "no-content-with-content (1)");
    browser.click("#reset");
    shows(browser, 4, 4);
}

/// Lists of a headless browser open no window to click into.
fn choose(browser: &mut Browser, list: &str, words: &str) {
    let chosen = browser.value(&format!(
        "(() => {{ const list = document.getElementById('{list}'); const options = [...list.options]; \
         list.value = options.find((option) => option.text.startsWith('{words}')).value; \
         list.dispatchEvent(new Event('input', {{ bubbles: true }})); return list.selectedOptions.length; }})()"
    ));
    assert_eq!(chosen, 1);
}

fn the_search(browser: &mut Browser) {
    browser.click("#search");
    browser.call("Input.insertText", &json!({ "text": "LOCATION orders" }));
    shows(browser, 1, 4);
    browser.call("Input.insertText", &json!({ "text": " nowhere" }));
    shows(browser, 0, 4);
    browser.click("#reset");
    shows(browser, 4, 4);
}

fn without_script(browser: &mut Browser, page: &std::path::Path) {
    browser.call("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
    browser.load(page);
    assert_eq!((browser.value(VISIBLE), browser.value(FILTERS)), (json!(4), json!(false)));
    browser.call("Emulation.setScriptExecutionDisabled", &json!({ "value": false }));
}

/// Nothing is wider than the screen, in light and in dark.
fn on_a_phone(browser: &mut Browser, folder: &TempDir) {
    let screen = json!({ "width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": true });
    browser.call("Emulation.setDeviceMetricsOverride", &screen);
    for world in [traffic(), hostile()] {
        browser.load(&page(folder, &world));
        let wide = "[...document.querySelectorAll('body *')].filter((node) => node.getBoundingClientRect().right > 360 && \
             !node.closest('pre, .wide')).map((node) => node.outerHTML.slice(0, 99))";
        assert_eq!(browser.value(wide), json!([]));
        assert_eq!(browser.value("document.documentElement.scrollWidth"), json!(360));
    }
    let ground = |browser: &mut Browser, scheme: &str| -> Value {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        browser.call("Emulation.setEmulatedMedia", &features);
        browser.value("getComputedStyle(document.body).backgroundColor")
    };
    assert_eq!([ground(browser, "light"), ground(browser, "dark")], [json!("rgb(255, 255, 255)"), json!("rgb(21, 24, 28)")]);
    browser.call("Emulation.clearDeviceMetricsOverride", &json!({}));
}

fn nothing_hostile_runs(browser: &mut Browser, folder: &TempDir) {
    browser.load(&page(folder, &hostile()));
    shows(browser, 6, 6);
    assert_eq!(browser.value("document.querySelectorAll('script, style, img').length"), json!(2));
    assert_eq!(browser.value("document.querySelectorAll('a').length"), json!(0));
    browser.click("input[value=error]");
    shows(browser, 4, 6);
    assert_eq!(browser.complaints(), [""; 0]);
}

fn thousands_are_quick(browser: &mut Browser, folder: &TempDir) {
    let page = page(folder, &many_lines());
    let started = Instant::now();
    browser.load(&page);
    let loaded = started.elapsed();
    let started = Instant::now();
    browser.click("input[value=warning]");
    shows(browser, 0, 5_000);
    let filtered = started.elapsed();
    println!("5,000 findings are there after {loaded:?} and gone after {filtered:?}");
    assert!(loaded.as_secs() < 20 && filtered.as_secs() < 10, "{loaded:?} {filtered:?}");
}
