//! Findings that come before any rule: faults of files, broken references, unknown versions, malformed parts.

use rustc_hash::FxHashMap;

use super::hit::{At, Hit, Words};
use super::pieces::Pieces;
use crate::facts::{Api, malformed};
use crate::openapi::{Broken, Project, Site, version_of};
use crate::provider::Refusal;
use crate::rules::{Part, RuleSet};
use crate::source::Span;
use crate::strict::nearest;
use crate::syntax::{Fault, FaultKind, File, Node};

/// How many keys of one map are told to stand there twice.
const MOST_REPEATED: usize = 100;

/// For how many references of a file that lead nowhere it is looked what they may have meant.
const MOST_ADVISED: usize = 200;

/// What is wrong with a file by itself.
pub(super) fn file<'p>(
    project: &'p Project,
    rules: &RuleSet,
    parts: &[Option<Part>],
    file: &'p File,
    hits: &mut Pieces<Hit<'p>>,
) {
    let reporter = Reporter { rules, parts };
    let (told, left_out) = few_of_each_map(file);
    hits.extend(told.into_iter().filter_map(|fault| reporter.fault(file, fault)));
    hits.extend(left_out.into_iter().filter_map(|(first, count)| reporter.more_keys(file, first, count)));
    references(project, &reporter, file, hits);
}

/// The faults of a file, and of maps in which very many keys stand twice the first fault that is left out and their number:
/// nobody reads a million of them.
fn few_of_each_map(file: &File) -> (Vec<&Fault>, Vec<(&Fault, usize)>) {
    let is_repeated = |fault: &&Fault| fault.kind == FaultKind::DuplicateKey;
    if file.faults().iter().filter(is_repeated).count() <= MOST_REPEATED {
        return (file.faults().iter().collect(), Vec::new());
    }
    let (mut told, mut left_out): (Vec<&Fault>, Vec<(&Fault, usize)>) = Default::default();
    let mut maps: FxHashMap<String, (usize, Option<usize>)> = FxHashMap::default();
    for fault in file.faults() {
        let pointer = fault.node.filter(|_| is_repeated(&fault)).map(|node| file.node(node).pointer()).unwrap_or_default();
        let Some((map, _)) = pointer.rsplit_once('/') else {
            told.push(fault);
            continue;
        };
        let (count, more) = maps.entry(map.to_owned()).or_default();
        *count += 1;
        match more.and_then(|more| left_out.get_mut(more)) {
            Some((_, count)) => *count += 1,
            None if *count <= MOST_REPEATED => told.push(fault),
            None => {
                *more = Some(left_out.len());
                left_out.push((fault, 1));
            }
        }
    }
    (told, left_out)
}

/// A document that is a description of no version that is understood.
pub(super) fn version<'p>(rules: &RuleSet, parts: &[Option<Part>], root: Node<'p>, hits: &mut Pieces<Hit<'p>>) {
    let Some(key) = version_of(root) else { return };
    if key.version.is_none() && !root.is_damaged() {
        let name = key.key.text().unwrap_or_default();
        let message = format!("`{name}: {}` is no version that is understood", key.value.raw());
        let help = "2.0 (as `swagger`), 3.0.x, 3.1.x and 3.2.x (as `openapi`) are";
        let reporter = Reporter { rules, parts };
        hits.extend(reporter.hit("unsupported-version", At::Node(key.value), message, Some(help.to_owned())));
    }
}

/// Parts of a description that are no maps.
pub(super) fn structure<'p>(rules: &RuleSet, parts: &[Option<Part>], api: &Api<'p>, hits: &mut Pieces<Hit<'p>>) {
    let reporter = Reporter { rules, parts };
    for part in malformed(api) {
        let verb = if part.what.starts_with("the") { "are" } else { "is" };
        let message = format!("{} {verb} {} here and must be a map", part.what, part.found);
        let help = format!("write a map, or take the key out if there is nothing to say about {}", part.what);
        hits.extend(reporter.hit("invalid-structure", At::Node(part.place), message, Some(help)));
    }
}

fn references<'p>(project: &'p Project, reporter: &Reporter<'_>, file: &'p File, hits: &mut Pieces<Hit<'p>>) {
    let (mut remote, mut lost) = (Vec::new(), 0);
    for site in project.sites(file) {
        match crate::openapi::resolve(project, site.reference) {
            Err(Broken::Missing(reference)) => {
                lost += 1;
                hits.extend(missing(project, reporter, reference, lost <= MOST_ADVISED));
            }
            Err(Broken::OutsideProject(reference)) => hits.extend(outside(reporter, reference)),
            Err(Broken::Remote(reference)) => remote.push(reference),
            Ok(found) if found.may_refer() => hits.extend(circular(project, reporter, site)),
            // Where a reference leads to no other one, there is no circle.
            Ok(_) | Err(_) => {}
        }
    }
    hits.extend(remote_note(reporter, &remote));
}

fn missing<'p>(project: &'p Project, reporter: &Reporter<'_>, reference: Node<'p>, is_advised: bool) -> Option<Hit<'p>> {
    let text = reference.text()?;
    let (path, _) = text.split_once('#').unwrap_or((&text, ""));
    let lost = crate::openapi::lost_step(project, reference);
    let message = match &lost {
        None => format!("`{text}` leads to `{path}`, and {}", why_unread(project, reference, path)),
        Some(lost) => format!("`{text}` leads nowhere: there is no `{}` {}", lost.step, lost.place),
    };
    let near = lost.as_ref().filter(|_| is_advised).and_then(|lost| {
        let known: Vec<_> = lost.known().collect();
        nearest(&lost.step, &known.iter().map(AsRef::as_ref).collect::<Vec<&str>>()).map(str::to_owned)
    });
    let help = match (near, lost) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, None) if path.contains('\\') => "a reference is a URL: write `/` between the folders".to_owned(),
        (None, None) => "references are relative to the file they stand in; correct the path or add the file".to_owned(),
        (None, Some(_)) => "correct the reference, or add what it points at".to_owned(),
    };
    reporter.hit("unresolved-reference", At::Node(reference), message, Some(help))
}

fn why_unread(project: &Project, reference: Node<'_>, path: &str) -> String {
    match project.referenced(reference.file().source().name(), path) {
        Some(Err(Refusal::Unreadable(reason))) => format!("it cannot be read: {reason}"),
        Some(Err(refusal)) => refusal.to_string(),
        Some(Ok(_)) => "it is empty".to_owned(),
        None => Refusal::Missing.to_string(),
    }
}

fn outside<'p>(reporter: &Reporter<'_>, reference: Node<'p>) -> Option<Hit<'p>> {
    let message = format!("`{}` leads out of the project", reference.text()?);
    let help = "move the file into the project, or allow it with `--allow-outside`";
    reporter.hit("reference-outside-project", At::Node(reference), message, Some(help.to_owned()))
}

/// A circle is reported once, at the first of its references.
fn circular<'p>(project: &'p Project, reporter: &Reporter<'_>, site: Site<'p>) -> Option<Hit<'p>> {
    let circle = crate::openapi::circle(project, site.holder)?;
    let first = circle.iter().min_by_key(|node| (node.file().source().id(), node.index()))?;
    if *first != site.reference {
        return None;
    }
    let message = match circle.len() {
        1 => format!("`{}` is a reference to itself", site.reference.text()?),
        length => format!("this reference comes back to itself after {length} steps and never reaches a value"),
    };
    let mut hit = reporter.hit(
        "circular-reference",
        At::Node(site.reference),
        message,
        Some("let one of the references lead to a real definition".to_owned()),
    )?;
    hit.related = circle.iter().map(|node| (node.span(), "a step of the circle".to_owned())).collect();
    Some(hit)
}

fn remote_note<'p>(reporter: &Reporter<'_>, remote: &[Node<'p>]) -> Option<Hit<'p>> {
    let first = *remote.first()?;
    let text = first.text()?;
    let message = match remote.len() {
        1 => format!("`{text}` is not fetched; what stands there is unknown here"),
        count => {
            format!("{count} references to URLs are not fetched, the first of them `{text}`; what stands there is unknown here")
        }
    };
    let help = "download what it points at and refer to the copy, or bundle the description, to have it checked";
    reporter.hit("remote-reference", At::Node(first), message, Some(help.to_owned()))
}

fn more_like_them(count: usize) -> String {
    if count == 1 {
        "1 more key of this map stands there a second time from here on".to_owned()
    } else {
        format!("{count} more keys of this map stand there a second time from here on")
    }
}

/// Makes hits for rules that the reader reports.
struct Reporter<'r> {
    rules: &'r RuleSet,
    parts: &'r [Option<Part>],
}

impl Reporter<'_> {
    /// That there are more keys like the ones that were told.
    fn more_keys<'p>(&self, file: &'p File, first: &'p Fault, count: usize) -> Option<Hit<'p>> {
        let at = first.node.map_or(At::Span(first.span), |node| At::Node(file.node(node)));
        let message = more_like_them(count);
        self.hit(first.kind.rule(), at, message, first.help.clone())
    }

    fn fault<'p>(&self, file: &'p File, fault: &Fault) -> Option<Hit<'p>> {
        let at = match fault.node {
            Some(node) if file.node(node).span() == fault.span => At::Node(file.node(node)),
            _ => At::Span(fault.span),
        };
        let mut hit = self.hit(fault.kind.rule(), at, fault.message.clone(), fault.help.clone())?;
        hit.related =
            fault.related.iter().map(|related| (related.span, related.message.clone())).collect::<Vec<(Span, String)>>();
        Some(hit)
    }

    fn hit<'p>(&self, rule: &str, at: At<'p>, message: String, help: Option<String>) -> Option<Hit<'p>> {
        let index = self.rules.index_of(rule)?;
        let part = self.parts.get(index)?.as_ref()?;
        let own = self.rules.rules().get(index)?.grade();
        let grade = part.set.unwrap_or(own);
        let set_by = part.origin.clone().filter(|_| grade != own);
        Some(Hit { set_by, ..Hit::new(index, grade.severity()?, at, Words::ready(message, help)) })
    }
}
