//! Annotations of GitHub, read as its runner reads them: nothing in a field ends the field, the command or the line.

use statusquo::finding::{Related, Severity};
use statusquo::report::{Format, Options};
use statusquo::source::{Source, SourceId};

use crate::hostile::hostile;
use crate::world::{World, finding, span_of};

/// What means something in a workflow command, and escapes that are none.
const WORDS: &str = "100%: a,b=c::d %0A %25\nnext\r\nlast ::error file=x::y";

/// A command: its name, its properties and its message.
struct Annotation {
    command: String,
    properties: Vec<(String, String)>,
    message: String,
}

impl Annotation {
    /// Reads a line as the runner does: the properties end at the next `::`, each is unescaped on its own.
    fn of(line: &str) -> Annotation {
        let (head, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
        let (command, properties) = head.split_once(' ').unwrap();
        let property = |text: &str| {
            let (name, value) = text.split_once('=').unwrap();
            (name.to_owned(), unescaped(&value.replace("%3A", ":").replace("%2C", ",")))
        };
        let properties = properties.split(',').map(property).collect();
        Annotation { command: command.to_owned(), properties, message: unescaped(message) }
    }

    fn property(&self, name: &str) -> &str {
        self.properties.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).unwrap()
    }
}

fn unescaped(text: &str) -> String {
    text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
}

fn annotations(world: &World) -> Vec<Annotation> {
    let all = Options { all: true, ..Options::default() };
    world.write(Format::Github, &all).lines().map(Annotation::of).collect()
}

/// Whoever reads a file beside its annotations finds one there, also where another file has the same mistake.
#[test]
fn each_file_has_its_own_annotation() {
    let sources = ["a.yaml", "b.yaml"].map(|name| (name, "one: 1\ntwo: 2\n"));
    let sources: Vec<Source> =
        (0..).zip(sources).map(|(number, (name, text))| Source::new(SourceId(number), name, text)).collect();
    let places = [(0, "one"), (0, "two"), (1, "one")];
    let findings =
        places.map(|(source, word)| finding("same", Severity::Warning, span_of(&sources[source], word), "it is the same"));
    let world = World { findings: findings.to_vec(), sources, ..crate::world::world() };
    let annotations: Vec<Annotation> = world.plain(Format::Github).lines().map(Annotation::of).collect();
    let shown: Vec<_> = annotations.iter().map(|one| (one.property("file"), one.property("title"))).collect();
    assert_eq!(shown, [("a.yaml", "same (2 times)"), ("b.yaml", "same")]);
}

#[test]
fn every_field_comes_out_as_it_went_in() {
    let name = "a,b:c=d%2C::e.yaml";
    let source = Source::new(SourceId(0), name, "here: 1\nthere: 2\n");
    let mut one = finding("rule,with:all%=::", Severity::Warning, span_of(&source, "here"), &format!("message {WORDS}"));
    one.help = Some(format!("help {WORDS}"));
    one.operations = vec![format!("GET /{WORDS}")];
    one.related = vec![Related { span: span_of(&source, "there"), message: format!("related {WORDS}") }];
    let world = World { sources: vec![source], findings: vec![one], ..crate::world::world() };
    let annotations = annotations(&world);
    let [one] = annotations.as_slice() else { panic!("{} annotations of one finding", annotations.len()) };
    assert_eq!((one.command.as_str(), one.property("file"), one.property("title")), ("warning", name, "rule,with:all%=::"));
    let names: Vec<&str> = one.properties.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["file", "line", "col", "endLine", "endColumn", "title"]);
    for part in ["message ", "help "] {
        assert!(one.message.contains(&format!("{part}{WORDS}")), "{part}: {}", one.message);
    }
    assert!(one.message.contains("100%: a,b=c::d %0A %25"), "{}", one.message);
}

#[test]
fn somebody_who_means_harm_gets_no_command_of_their_own() {
    let world = hostile();
    let text = world.write(Format::Github, &Options { all: true, ..Options::default() });
    assert_eq!(text.lines().count(), world.findings.len());
    assert!(text.chars().all(|letter| letter == '\n' || !letter.is_control() || letter == '\t'), "{text}");
    for one in annotations(&world) {
        assert!(["error", "warning", "notice"].contains(&one.command.as_str()), "{}", one.command);
        assert!(
            one.properties
                .iter()
                .all(|(name, _)| ["file", "line", "col", "endLine", "endColumn", "title"].contains(&name.as_str()))
        );
    }
}
