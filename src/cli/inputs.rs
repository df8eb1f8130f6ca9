//! From the paths of a request to files worth parsing, each with its configuration.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::request::{Chatter, Configuration, Request, Stdin};
use super::{Failure, failure};
use crate::config::{self, Config, Spanned};
use crate::io::{self, Candidate, Discovery, Files, Look, Trouble, name_of, name_under};
use crate::provider::{Provider as _, Refusal};
use crate::source::SourceId;
use crate::strict::Complaint;
use crate::syntax::{self, File};

/// The name of standard input in reports where no other was given.
const STDIN_NAME: &str = "<stdin>";

/// Up to how many bytes of files a run holds from the look into them until they are parsed; about that much of text may be held
/// at all times.
pub(super) const HELD: usize = 32 << 20;

/// What to do about a path that leads out of the project.
const INTO_PROJECT: &str = "move the file into the project; `lint`, `check` and `diff` allow it with `--allow-outside`";

/// Everything that a run starts from.
#[derive(Debug)]
pub struct Inputs {
    /// Gives the core these files and those they reference.
    pub files: Files,
    /// The files to look into, sorted by name. Whether one is a description is for the core to say.
    pub candidates: Vec<Input>,
    /// The names of all files that were found, also of those that look like no description.
    pub found: Vec<String>,
    /// The configurations that count in this run.
    pub configs: Vec<LoadedConfig>,
    /// How many files in folders were passed over because nothing in them looks like a description.
    pub unrelated: usize,
    /// How many files that were asked for the configuration ignores.
    pub ignored: usize,
    /// What could not be read. The rest is linted all the same; in the end the exit code is 2.
    pub failures: Vec<Failure>,
    /// What was passed over, for `--verbose`.
    pub skipped: Vec<Failure>,
}

/// A file that may be a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The name that reports show.
    pub name: String,
    /// Whether it was named on the command line, so that the user hears about it if it is no description.
    pub named: bool,
    /// Its configuration: an index into [`Inputs::configs`].
    pub config: Option<usize>,
    /// Its path relative to the configuration's folder, which is what the globs of `ignore` see.
    pub below_config: String,
    /// Whether nobody asked for it: it was looked into because it may reference a fragment that was named.
    pub adopted: bool,
    /// How many bytes it has, as far as that is known.
    pub size: usize,
    /// Whether it may have to do with other files; only a cheap look was taken.
    pub may_be_tied: bool,
}

/// A configuration file.
#[derive(Debug)]
pub struct LoadedConfig {
    /// Its text and tree: places of complaints lie in here.
    pub file: File,
    /// What it says.
    pub config: Config,
    /// What is wrong with it; the run must not go on where there is anything.
    pub complaints: Vec<Complaint>,
    /// The folder that its paths and globs are relative to; absolute.
    pub folder: PathBuf,
}

/// Finds and reads what the request names. Configurations with complaints must stop the run: rules would be judged by
/// other severities than the user wrote. [`super::rule_book::RuleBook::load`] says them, with the unknown ids.
pub(super) fn gather(request: &Request) -> Result<Inputs, Vec<Failure>> {
    let here = here()?;
    let addresses: Vec<Failure> = request.paths.iter().filter_map(|path| address(path)).collect();
    if !addresses.is_empty() {
        return Err(addresses);
    }
    let found = io::discover(&request.paths, &here, request.allow_outside);
    let mut inputs = Inputs::new(Files::new(&here, request.allow_outside), &found);
    request.paths.iter().for_each(|path| inputs.files.name_folder(path));
    inputs.read(found.candidates);
    if let Some(stdin) = &request.stdin {
        inputs.read_stdin(stdin, &here)?;
    }
    inputs.candidates.sort_by(|a, b| a.name.cmp(&b.name));
    inputs.configure(&request.configuration, &here)?;
    if inputs.configs.is_empty() && request.configuration == Configuration::Nearest && request.chatter != Chatter::Quiet {
        tell_misnamed(&here);
    }
    Ok(inputs)
}

/// What is said of an address in place of a path.
fn address(path: &Path) -> Option<Failure> {
    let text = path.to_str().filter(|text| text.starts_with("https://") || text.starts_with("http://"))?;
    let failure = Failure::new(format!("`{text}` is an address, and nothing is fetched"));
    Some(failure.help(format!("fetch it and hand it over: curl -fsS {text} | statusquo lint -")))
}

/// Says that a file is no configuration that looks as if it were to be one.
fn tell_misnamed(here: &Path) {
    const NAMES: [&str; 3] = ["statusquo.yml", ".statusquo.yaml", ".statusquo.yml"];
    for name in NAMES.into_iter().filter(|name| io::exists(&here.join(name))) {
        let help = format!("call it `{}`, or name it: `--config {name}`", io::CONFIG_NAME);
        failure::warn(&Failure::new(format!("`{name}` is not read")).help(help));
    }
}

/// The description of nothing, where traffic is held against HTTP alone: a file that is not there, under the configuration of
/// the working directory.
pub(super) fn gather_nothing(request: &Request) -> Result<Inputs, Vec<Failure>> {
    const NAME: &str = "<no description>";
    let here = here()?;
    let mut inputs = Inputs::new(Files::new(&here, request.allow_outside), &Discovery::default());
    let name = inputs.files.hold(NAME, b"openapi: 3.1.0\npaths: {}\n".to_vec());
    inputs.candidates.push(Input::new(&name, true));
    inputs.configure(&request.configuration, &here)?;
    Ok(inputs)
}

/// Files of a revision, of which nothing is in the file system, under the configuration of where they would be.
pub(super) fn gather_revision(request: &Request, names: &[String], place: Option<&Path>) -> Result<Inputs, Vec<Failure>> {
    let here = here()?;
    let mut inputs = Inputs::new(Files::new(&here, request.allow_outside), &Discovery::default());
    inputs.candidates = names.iter().map(|name| Input::new(name, true)).collect();
    let nearest = place.and_then(|place| inputs.files.landmarks().find_config(place));
    let nearest = nearest.map_or(Configuration::Nothing, Configuration::File);
    let is_nearest = request.configuration == Configuration::Nearest;
    inputs.configure(if is_nearest { &nearest } else { &request.configuration }, &here)?;
    Ok(inputs)
}

/// The working directory.
pub(super) fn here() -> Result<PathBuf, Vec<Failure>> {
    io::working_directory().map_err(|error| vec![no_working_directory(&error)])
}

/// The configuration that counts for the files of the working directory.
pub(super) fn config_here(files: &Files) -> Result<Option<LoadedConfig>, Vec<Failure>> {
    let here = files.working_directory();
    let nearest = files.landmarks().find_config(&here.join(io::CONFIG_NAME));
    nearest.map(|path| load_found(files, &path)).transpose()
}

impl LoadedConfig {
    /// The path that an entry stands for. A repository must not have whoever checks it read or write somewhere else, where
    /// complaints would show what is in there.
    pub(super) fn path(&self, entry: &Spanned<String>, files: &Files) -> Result<PathBuf, Failure> {
        let path = self.folder.join(&entry.value);
        if files.may_name(&self.folder, &path) {
            return Ok(path);
        }
        let message = format!("`{}` leads out of the project", entry.value);
        let complaint = Complaint { span: entry.span, message, help: Some(INTO_PROJECT.to_owned()) };
        Err(Failure::of_complaint(&complaint, self.file.source()))
    }
}

impl Inputs {
    /// The names of all candidates.
    pub(super) fn names(&self) -> Vec<String> {
        self.candidates.iter().map(|input| input.name.clone()).collect()
    }

    /// Whether a file is one of the candidates, which are sorted by name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.candidates.binary_search_by(|input| input.name.as_str().cmp(name)).is_ok()
    }

    /// One file that may be a description, under the nearest configuration.
    pub(super) fn of_file(files: Files, name: &str) -> Result<Inputs, Vec<Failure>> {
        let here = files.working_directory().to_path_buf();
        let mut inputs = Inputs::new(files, &Discovery::default());
        inputs.candidates.push(Input::new(name, true));
        inputs.configure(&Configuration::Nearest, &here)?;
        Ok(inputs)
    }

    fn new(files: Files, found: &Discovery) -> Self {
        Inputs {
            files,
            candidates: Vec::new(),
            found: Vec::new(),
            configs: Vec::new(),
            unrelated: 0,
            ignored: 0,
            failures: found.failures.iter().map(Failure::unreadable).collect(),
            skipped: found.skipped.iter().map(passed_over).collect(),
        }
    }

    fn read(&mut self, candidates: Vec<Candidate>) {
        self.found.extend(candidates.iter().map(|file| file.name.clone()));
        let kept = AtomicUsize::new(0);
        let read = |buffer: &mut Vec<u8>, file: Candidate| (look_into(&file, &kept, buffer), file);
        let outcomes: Vec<_> = candidates.into_par_iter().map_init(Vec::new, read).collect();
        for (outcome, file) in outcomes {
            match outcome {
                Ok(look) if file.named || look.at.may_be_description => self.add(&file, look),
                Ok(_) => self.unrelated += 1,
                Err(reason) => self.failures.push(Failure::unreadable(&Trouble { name: file.name, reason })),
            }
        }
    }

    fn add(&mut self, file: &Candidate, look: Looked) {
        match look.bytes {
            Some(bytes) => self.files.add(file, bytes),
            None => self.files.know(file),
        }
        // A run that a file was named for holds all of them.
        let may_be_tied = file.named || look.at.may_be_tied;
        self.candidates.push(Input { size: look.at.size, may_be_tied, ..Input::new(&file.name, file.named) });
    }

    /// A file that is also named by a path is not linted twice: what came in stands for it.
    fn read_stdin(&mut self, stdin: &Stdin, here: &Path) -> Result<(), Vec<Failure>> {
        let bytes = io::read_stdin().map_err(|reason| vec![Failure::new(format!("cannot read standard input: {reason}"))])?;
        let name = stdin.file.as_ref().map_or_else(|| STDIN_NAME.to_owned(), |file| name_of(file, here));
        let name = self.files.hold(&name, bytes);
        self.candidates.retain(|known| known.name != name);
        self.candidates.push(Input::new(&name, true));
        Ok(())
    }

    /// Takes note of what was asked for and could not be read.
    pub(super) fn tell_refused(&mut self, refused: &[(String, Refusal)]) {
        let trouble = |(name, reason): &(String, Refusal)| Trouble { name: name.clone(), reason: reason.clone() };
        self.failures.extend(refused.iter().map(|refused| Failure::unreadable(&trouble(refused))));
    }

    /// The folder of the project that a file belongs to.
    pub(super) fn project_root_of(&self, name: &str) -> PathBuf {
        let here = self.files.working_directory();
        let path = here.join(name);
        self.files.landmarks().project_root(path.parent().unwrap_or(here), here)
    }

    /// Takes in the descriptions of these folders, so that fragments can be looked at through them.
    /// Says whether there were any that were not known yet.
    pub(super) fn adopt(&mut self, folders: &[PathBuf], configuration: &Configuration) -> Result<bool, Vec<Failure>> {
        let here = self.files.working_directory().to_path_buf();
        let found = io::discover(folders, &here, self.files.allows_outside());
        let is_new = |file: &Candidate| !self.has(&file.name);
        let new: Vec<Candidate> = found.candidates.into_iter().filter(is_new).collect();
        let known: Vec<Input> = std::mem::take(&mut self.candidates);
        let unrelated = self.unrelated;
        self.read(new);
        // What references no other file is no user of a fragment.
        self.candidates.retain(|input| input.may_be_tied);
        for input in &mut self.candidates {
            input.adopted = true;
            input.named = false;
        }
        self.unrelated = unrelated;
        let any = !self.candidates.is_empty();
        self.candidates.extend(known);
        self.candidates.sort_by(|a, b| a.name.cmp(&b.name));
        self.configs.clear();
        self.configure(configuration, &here)?;
        self.leave_out_ignored();
        Ok(any)
    }

    /// Whether the configurations of the run ignore a file that is not there, by its absolute path.
    pub(super) fn ignores(&self, path: &Path) -> bool {
        let above = self.configs.iter().filter(|loaded| path.starts_with(&loaded.folder));
        let nearest = above.max_by_key(|loaded| loaded.folder.as_os_str().len());
        nearest.is_some_and(|loaded| !loaded.config.ignore.matching(&name_under(path, &loaded.folder)).is_empty())
    }

    /// Takes out the files that the `ignore` of their configuration covers.
    pub(super) fn leave_out_ignored(&mut self) {
        let configs = &self.configs;
        let (skipped, count) = (&mut self.skipped, &mut self.ignored);
        self.candidates.retain(|input| {
            let config = input.config.and_then(|index| configs.get(index));
            let ignored = config.is_some_and(|loaded| !loaded.config.ignore.matching(&input.below_config).is_empty());
            *count += usize::from(ignored && !input.adopted);
            if ignored && input.named {
                skipped.push(Failure::new(format!("`{}` was passed over: the configuration ignores it", input.name)));
            }
            !ignored
        });
    }

    fn configure(&mut self, configuration: &Configuration, here: &Path) -> Result<(), Vec<Failure>> {
        let single = match configuration {
            Configuration::Nothing => return Ok(()),
            Configuration::File(file) => Some(here.join(file)),
            Configuration::Nearest => None,
        };
        let mut known = FxHashMap::default();
        for input in &mut self.candidates {
            let description = here.join(&input.name);
            let Some(path) = single.clone().or_else(|| self.files.landmarks().find_config(&description)) else { continue };
            let index = if let Some(&index) = known.get(&path) {
                index
            } else {
                let read = if single.is_some() { load } else { load_found };
                self.configs.push(read(&self.files, &path)?);
                self.configs.len() - 1
            };
            input.below_config = name_under(&description, path.parent().unwrap_or(here));
            input.config = Some(index);
            known.insert(path, index);
        }
        Ok(())
    }
}

impl Input {
    fn new(name: &str, named: bool) -> Self {
        Input {
            name: name.to_owned(),
            named,
            config: None,
            below_config: name.to_owned(),
            adopted: false,
            size: 0,
            may_be_tied: true,
        }
    }
}

/// What a look into a file gives.
struct Looked {
    at: Look,
    /// Its bytes, so that a small run reads no file twice.
    bytes: Option<Vec<u8>>,
}

/// Looks into a file. One that was named is always worth parsing: the user wants to hear what it is. `kept` counts the bytes
/// that are held; where they are many, the others are read into the buffer.
fn look_into(file: &Candidate, kept: &AtomicUsize, buffer: &mut Vec<u8>) -> Result<Looked, Refusal> {
    if kept.load(Ordering::Relaxed) > HELD {
        return Ok(Looked { at: io::look_through(&file.real, buffer)?, bytes: None });
    }
    let bytes = io::read(&file.real)?;
    let look = Look::at(&bytes);
    let is_wanted = file.named || look.may_be_description;
    let is_kept = is_wanted && kept.fetch_add(look.size, Ordering::Relaxed).saturating_add(look.size) <= HELD;
    Ok(Looked { at: look, bytes: is_kept.then_some(bytes) })
}

/// Reads the configuration that lies above a description. Nobody named it, so that it must be a file of the project.
fn load_found(files: &Files, path: &Path) -> Result<LoadedConfig, Vec<Failure>> {
    let folder = path.parent().unwrap_or(path);
    if io::exists(path) && !files.may_name(folder, path) {
        let trouble = Trouble { name: name_of(path, files.working_directory()), reason: Refusal::OutsideProject };
        return Err(vec![Failure::unreadable(&trouble).help(INTO_PROJECT)]);
    }
    let other = "make it a file, or do without it: `--no-config`";
    load(files, path).map_err(|failures| failures.into_iter().map(|failure| failure.help(other)).collect())
}

fn load(files: &Files, path: &Path) -> Result<LoadedConfig, Vec<Failure>> {
    let here = files.working_directory();
    let name = name_of(path, here);
    let bytes = files.read(&name).map_err(|reason| vec![Failure::unreadable(&Trouble { name: name.clone(), reason })])?;
    let file = syntax::read(SourceId(0), &name, bytes);
    let (config, complaints) = config::load(&file);
    Ok(LoadedConfig { file, config, complaints, folder: path.parent().unwrap_or(here).to_path_buf() })
}

fn passed_over(trouble: &Trouble) -> Failure {
    Failure::new(format!("`{}` was passed over: {}", trouble.name, trouble.reason))
}

fn no_working_directory(error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot tell the working directory: {}", io::plain_words(error)))
        .help("change into a folder that exists")
}
