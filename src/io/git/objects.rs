//! The objects of a repository, asked for in one long-running process.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Mutex, PoisonError};

use super::super::plain_words;
use super::command::git;
use crate::provider::Refusal;

/// Gives the content of objects. The process starts with the first question.
#[derive(Debug)]
pub(super) struct Objects {
    folder: PathBuf,
    process: Mutex<Option<Process>>,
}

impl Objects {
    /// The objects of the repository that git finds from this folder.
    pub(super) fn new(folder: &Path) -> Self {
        Objects { folder: folder.to_path_buf(), process: Mutex::default() }
    }

    /// The content of the object with this id, if it has no more than that many bytes.
    pub(super) fn read(&self, id: &str, most: usize) -> Result<Vec<u8>, Refusal> {
        let mut kept = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        // Taken out while it is asked: a process that gave half an answer is ended, and the next question starts another.
        let mut process = kept.take().map_or_else(|| Process::start(&self.folder), Ok)?;
        let answer = process.ask(id, most);
        if matches!(answer, Ok(Answer::Content(_) | Answer::Absent)) {
            *kept = Some(process);
        }
        match answer {
            Ok(Answer::Content(bytes)) => Ok(bytes),
            Ok(Answer::TooLarge) => Err(Refusal::TooLarge),
            Ok(Answer::Absent) => Err(Refusal::Unreadable("git does not have its content".to_owned())),
            Err(_) => Err(Refusal::Unreadable("git ended before it had given the file".to_owned())),
        }
    }

    /// Ends the process behind the back of whoever asks next.
    #[cfg(test)]
    pub(super) fn kill(&self) {
        self.process.lock().unwrap().as_mut().unwrap().child.kill().unwrap();
    }

    /// The number of the running process.
    #[cfg(test)]
    pub(super) fn process_id(&self) -> Option<u32> {
        self.process.lock().unwrap().as_ref().map(|process| process.child.id())
    }
}

/// What git says about an object.
enum Answer {
    Content(Vec<u8>),
    Absent,
    TooLarge,
}

/// `git cat-file --batch`: a line with an id goes in; a line about the object and its content come out.
#[derive(Debug)]
struct Process {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Process {
    fn start(folder: &Path) -> Result<Self, Refusal> {
        let mut command = git(folder);
        command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let failed = |words: &str| Refusal::Unreadable(format!("git cannot be started: {words}"));
        let mut child = command.spawn().map_err(|error| failed(&plain_words(&error)))?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(questions), Some(answers)) => Ok(Process { child, questions, answers: BufReader::new(answers) }),
            _ => Err(failed("it has no pipes")),
        }
    }

    fn ask(&mut self, id: &str, most: usize) -> io::Result<Answer> {
        writeln!(self.questions, "{id}")?;
        self.questions.flush()?;
        let mut header = String::new();
        self.answers.read_line(&mut header)?;
        match header.trim_end().split(' ').collect::<Vec<_>>()[..] {
            [_, "missing"] => Ok(Answer::Absent),
            [_, _, size] => self.content(size.parse().map_err(io::Error::other)?, most),
            _ => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }

    /// The content, and the line break behind it.
    fn content(&mut self, size: usize, most: usize) -> io::Result<Answer> {
        if size > most {
            return Ok(Answer::TooLarge);
        }
        let mut bytes = vec![0; size];
        self.answers.read_exact(&mut bytes)?;
        self.answers.read_exact(&mut [0])?;
        Ok(Answer::Content(bytes))
    }
}

impl Drop for Process {
    /// Waiting alone could take for ever: git may be about to write what nobody reads any more.
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
