//! Exchanges that the descriptions do not know: an undescribed path or method, a template too many.

use super::breach::Words;
use super::checker::{Checker, Judged};
use super::route::{Route, path_shape};
use super::rules::Outlook;
use crate::facts::Observed;
use crate::finding::Severity;

/// Says where an exchange has no place in the descriptions.
pub(super) fn judge<'p>(
    checker: &Checker<'_, 'p>,
    outlook: &Outlook<'_, 'p>,
    observed: &Observed<'_>,
    route: &Route,
    judged: &mut Judged<'p>,
) {
    // Where a part of the description could not be read, what is not described is unknown.
    if !checker.options.is_described || !matches!(route, Route::Operation { .. }) && !outlook.description.api.is_whole() {
        return;
    }
    let said = match route {
        Route::Operation { rivals, target, .. } if !rivals.is_empty() => {
            let template = |target: &super::route::Target| {
                let api = &checker.descriptions.get(target.api)?.api;
                Some(format!("`{}`", api.paths.get(target.path)?.template))
            };
            let names: Vec<String> = std::iter::once(target).chain(rivals).filter_map(template).collect();
            let message = format!("this path matches {} equally well; the first was taken", names.join(" and "));
            let help = "make one of the templates more concrete, so that readers and servers agree on which is meant";
            Some(("ambiguous-path-template", Severity::Note, message, help.to_owned()))
        }
        Route::Operation { .. } => None,
        Route::Foreign if checker.options.strict_host => None,
        _ => undocumented(outlook, observed, route),
    };
    let Some((id, severity, message, help)) = said else { return };
    judged.breaches.extend(checker.breach(outlook, id, severity, Words::Ready(message.clone(), Some(help)), message));
}

type Said = (&'static str, Severity, String, String);

fn undocumented(outlook: &Outlook<'_, '_>, observed: &Observed<'_>, route: &Route) -> Option<Said> {
    let request = &observed.exchange.request;
    let status = observed.exchange.response.status;
    let shape = format!("{} {}", request.method, path_shape(&request.url));
    let say = |severity, message: String, help: &str| Some(("undocumented-operation", severity, message, help.to_owned()));
    let add = "describe it, or leave it out with `--ignore-path`";
    match route {
        // What the server refuses it rightly does not describe, and a preflight is the browser's own question.
        Route::Method { .. } if matches!(status, 404 | 405 | 501) || asks_for_options(observed) => None,
        Route::Method { target, .. } => {
            let template = outlook.description.api.paths.get(target.path).map_or("this path", |path| &path.template);
            let message = format!("`{template}` is described, but not its method {}", request.method);
            say(Severity::Warning, message, "describe the operation, or switch it off in the server")
        }
        _ if status == 404 || asks_for_options(observed) => None,
        Route::Path { hint: Some(target), .. } => {
            let template = outlook.description.api.paths.get(target.path).map_or("it", |path| &path.template);
            let help = format!("the description has `{template}`, which differs by a trailing slash only; use one of them");
            say(Severity::Warning, format!("{shape} is not described"), &help)
        }
        Route::Path { .. } if status == 405 => say(Severity::Note, format!("{shape} is not described, and was refused"), add),
        Route::Path { .. } => say(Severity::Warning, format!("{shape} is not described"), add),
        // Whether the origin is that of the description is only known in the end: where it is not, nothing is said.
        Route::OutsideBase { .. } | Route::Foreign => {
            say(Severity::Note, format!("{shape} lies outside of every server of the description"), add)
        }
        Route::Unknown | Route::Operation { .. } => None,
    }
}

/// OPTIONS without an operation of its own, a preflight or not: only what it says about methods and origins is looked at.
fn asks_for_options(observed: &Observed<'_>) -> bool {
    observed.exchange.request.method == "OPTIONS"
}
