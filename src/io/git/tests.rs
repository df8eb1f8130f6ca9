use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use rayon::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::provider::{Provider, Refusal};

/// A repository of a test, in which git knows nothing of the machine's user.
struct Sandbox {
    temporary: TempDir,
    folder: PathBuf,
}

impl Sandbox {
    /// `None`, with a word about it, where there is no git or the environment names a repository.
    fn new(arguments: &[&str]) -> Option<Self> {
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path().canonicalize().unwrap().join("repository");
        let sandbox = Sandbox { temporary, folder };
        std::fs::create_dir(&sandbox.folder).unwrap();
        let is_named = std::env::vars_os().any(|(name, _)| name == "GIT_DIR" || name == "GIT_INDEX_FILE");
        let init = || sandbox.command(&[&["init", "--quiet"], arguments].concat()).output();
        if is_named || !init().is_ok_and(|output| output.status.success()) {
            println!("skipped: no git, one that cannot {arguments:?}, or a repository in the environment");
            return None;
        }
        sandbox.git(&["symbolic-ref", "HEAD", "refs/heads/main"]);
        Some(sandbox)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "protocol.file.allow=always"]);
        command.args(arguments).current_dir(&self.folder);
        let home = self.temporary.path();
        command.env("HOME", home).env("XDG_CONFIG_HOME", home).env("GIT_CONFIG_NOSYSTEM", "1");
        command
    }

    fn git(&self, arguments: &[&str]) -> String {
        self.git_with(arguments, "")
    }

    fn git_with(&self, arguments: &[&str], input: &str) -> String {
        let mut command = self.command(arguments);
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Puts a symbolic link into the index, on every system.
    fn link(&self, path: &str, target: &str) {
        let id = self.git_with(&["hash-object", "-w", "--stdin"], target);
        self.git(&["update-index", "--add", "--cacheinfo", &format!("120000,{id},{path}")]);
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "text"]);
    }

    fn repository(&self) -> Repository {
        Repository::around(&self.folder).unwrap()
    }

    fn revision(&self, revision: &str) -> Revision {
        self.repository().revision(revision).unwrap()
    }
}

#[test]
fn references_stay_in_the_revision() {
    let Some(sandbox) = Sandbox::new(&[]) else { return };
    sandbox.write("api/openapi.yaml", "old");
    sandbox.write("common/error.yaml", "old error");
    sandbox.write("api/gone.yaml", "it was here");
    sandbox.commit();
    sandbox.git(&["branch", "feature/one"]);
    sandbox.write("api/openapi.yaml", "new");
    sandbox.write("api/new.yaml", "new");
    std::fs::remove_file(sandbox.folder.join("api/gone.yaml")).unwrap();
    sandbox.commit();
    let old = sandbox.revision("feature/one");
    let resolve = |reference| old.resolve("feature/one:api/openapi.yaml", reference);
    let named = |path: &str| Ok(format!("feature/one:{path}"));
    assert_eq!(resolve("../common/./error.yaml"), named("common/error.yaml"));
    assert_eq!(resolve("openapi.yaml"), named("api/openapi.yaml"));
    assert_eq!(resolve("gone.yaml"), named("api/gone.yaml"));
    assert_eq!(resolve("new.yaml"), Err(Refusal::Missing));
    assert_eq!(resolve("openapi.yaml/x.yaml"), Err(Refusal::Missing));
    assert_eq!(resolve("."), Err(Refusal::IsDirectory));
    assert_eq!(resolve("../../x.yaml"), Err(Refusal::OutsideProject));
    assert_eq!(resolve("/etc/hosts"), Err(Refusal::OutsideProject));
    assert_eq!(resolve("C:/x.yaml"), Err(Refusal::OutsideProject));
    assert_eq!(old.read("feature/one:common/error.yaml"), Ok(b"old error".to_vec()));
    assert_eq!(old.read("feature/one:api/openapi.yaml"), Ok(b"old".to_vec()));
    assert_eq!(old.read("feature/one:api"), Err(Refusal::IsDirectory));
    assert_eq!(old.read("main:api/openapi.yaml"), Err(Refusal::Missing));
    assert_eq!(sandbox.revision("main~1").read("main~1:api/gone.yaml"), Ok(b"it was here".to_vec()));
}

#[test]
fn a_branch_that_moves_makes_no_difference() {
    let Some(sandbox) = Sandbox::new(&[]) else { return };
    sandbox.write("a.yaml", "one");
    sandbox.commit();
    let main = sandbox.revision("main");
    sandbox.write("a.yaml", "two");
    sandbox.commit();
    assert_eq!(main.read("main:a.yaml"), Ok(b"one".to_vec()));
    assert_eq!(sandbox.revision("main").read("main:a.yaml"), Ok(b"two".to_vec()));
}

#[test]
fn the_index_is_a_revision_without_a_name() {
    let Some(sandbox) = Sandbox::new(&[]) else { return };
    sandbox.write("api/a.yaml", "committed");
    sandbox.commit();
    sandbox.write("api/a.yaml", "added");
    sandbox.write("api/sub/b.yaml", "b");
    sandbox.git(&["add", "--all"]);
    sandbox.link("api/link.yaml", "sub/b.yaml");
    sandbox.link("loop", "loop");
    sandbox.write("api/a.yaml", "changed");
    sandbox.write("api/untracked.yaml", "");
    let index = sandbox.revision("");
    assert_eq!(index.read(":api/a.yaml"), Ok(b"added".to_vec()));
    assert_eq!(index.resolve(":api/a.yaml", "link.yaml"), Ok(":api/sub/b.yaml".to_owned()));
    assert_eq!(index.resolve(":api/a.yaml", "sub"), Err(Refusal::IsDirectory));
    assert_eq!(index.resolve(":api/a.yaml", "untracked.yaml"), Err(Refusal::Missing));
    assert_eq!(index.kind_of("api/sub"), PathKind::Folder);
    assert_eq!(index.files_below("").unwrap(), [":api/a.yaml", ":api/link.yaml"]);
    assert_eq!(sandbox.repository().renames(&index), Ok(Vec::new()));
}

#[test]
fn a_conflict_in_the_index_is_said_to_be_one() {
    let Some(sandbox) = Sandbox::new(&[]) else { return };
    let id = sandbox.git_with(&["hash-object", "-w", "--stdin"], "text");
    sandbox.git_with(&["update-index", "--index-info"], &format!("100644 {id} 2\ta.yaml\n100644 {id} 3\ta.yaml\n"));
    let refusal = sandbox.revision("").read(":a.yaml").unwrap_err();
    assert_eq!(refusal.to_string(), "it has a conflict that is not resolved in the index");
}

#[test]
fn symbolic_links_are_followed_inside() {
    let Some(sandbox) = Sandbox::new(&[]) else { return };
    sandbox.write("api/v1/a.yaml", "a");
    sandbox.write("common/b.yaml", "b");
    sandbox.git(&["add", "--all"]);
    let links = [
        ("api/latest", "v1"),
        ("api/b.yaml", "latest/../../common/b.yaml"),
        ("api/up.yaml", "../../outside.yaml"),
        ("api/passwd", "/etc/passwd"),
        ("api/nowhere", "nothing"),
        ("api/one", "other"),
        ("api/other", "one"),
        ("root", "."),
    ];
    for (path, target) in links {
        sandbox.link(path, target);
    }
    sandbox.git(&["commit", "--quiet", "--message", "links"]);
    let head = sandbox.revision("HEAD");
    let resolve = |reference| head.resolve("HEAD:api/latest/a.yaml", reference);
    assert_eq!(resolve("a.yaml"), Ok("HEAD:api/v1/a.yaml".to_owned()));
    assert_eq!(resolve("../latest/a.yaml"), resolve("a.yaml"));
    assert_eq!(resolve("../../root/root/api/b.yaml"), Ok("HEAD:common/b.yaml".to_owned()));
    assert_eq!(resolve("../up.yaml"), Err(Refusal::OutsideProject));
    assert_eq!(resolve("../passwd"), Err(Refusal::OutsideProject));
    assert_eq!(resolve("../nowhere"), Err(Refusal::Missing));
    assert_eq!(resolve("../one"), Err(Refusal::Unreadable("a loop of symbolic links".to_owned())));
    assert_eq!(resolve("../latest"), Err(Refusal::IsDirectory));
    assert_eq!(head.read("HEAD:api/latest/a.yaml"), Ok(b"a".to_vec()));
    assert_eq!(head.read("HEAD:api/passwd"), Err(Refusal::OutsideProject));
    assert_eq!(head.files_below("").unwrap(), ["HEAD:api/b.yaml", "HEAD:api/latest/a.yaml"]);
    assert_eq!(head.files_below("api/latest").unwrap(), ["HEAD:api/latest/a.yaml"]);
}

#[test]
fn a_file_of_the_run_keeps_its_name() {
    let Some(sandbox) = Sandbox::new(&[]) else { return };
    sandbox.write("v1/api.yaml", "a");
    sandbox.git(&["add", "--all"]);
    sandbox.link("api.yaml", "v1/api.yaml");
    let mut index = sandbox.revision("");
    index.add(":./api.yaml");
    index.add(":missing.yaml");
    assert_eq!(index.resolve(":api.yaml", "v1/api.yaml"), Ok(":api.yaml".to_owned()));
    assert_eq!(index.resolve(":api.yaml", "api.yaml"), Ok(":api.yaml".to_owned()));
}

#[test]
fn folders_give_the_files_below_them() {
    let Some(sandbox) = Sandbox::new(&[]) else { return };
    for path in ["b/z.yaml", "b/a/x.JSON", "b-c/y.yml", "b/.hidden.yaml", "b/node_modules/m.yaml", "b/notes.txt", "top.yaml"] {
        sandbox.write(path, path);
    }
    sandbox.commit();
    let head = sandbox.revision("HEAD");
    let below = ["HEAD:b/.hidden.yaml", "HEAD:b/a/x.JSON", "HEAD:b/node_modules/m.yaml", "HEAD:b/notes.txt", "HEAD:b/z.yaml"];
    assert_eq!(head.files_below("b/").unwrap(), below);
    assert_eq!(head.files_below("").unwrap().len(), 7);
    assert_eq!(head.files_below("b/notes.txt").unwrap(), ["HEAD:b/notes.txt"]);
    assert!(head.files_below("none").unwrap().is_empty());
    assert_eq!(head.candidates_below("./b").unwrap(), ["HEAD:b/a/x.JSON", "HEAD:b/z.yaml"]);
    assert_eq!(head.candidates_below("b/notes.txt").unwrap(), ["HEAD:b/notes.txt"]);
    assert_eq!(head.candidates_below("b/node_modules").unwrap(), ["HEAD:b/node_modules/m.yaml"]);
    let kinds = ["", "b", "b/z.yaml", "none"].map(|path| head.kind_of(path));
    assert_eq!(kinds, [PathKind::Folder, PathKind::Folder, PathKind::File, PathKind::Missing]);
    assert!(head.files_below("../x").unwrap_err().message.contains("outside of the project"));
}

#[test]
fn unknown_revisions_come_with_the_next_step() {
    let Some(sandbox) = Sandbox::new(&[]) else { return };
    sandbox.write("a.yaml", "a");
    sandbox.commit();
    sandbox.git(&["update-ref", "refs/remotes/origin/release", "HEAD"]);
    let help = |revision: &str| {
        let error = sandbox.repository().revision(revision).unwrap_err();
        assert!(error.message.contains("git knows no revision"), "{error}");
        assert!(!error.message.contains(char::is_control), "{error}");
        error.help.unwrap()
    };
    assert_eq!(help("release"), "did you mean `origin/release`?");
    assert!(help("gone").contains("`git fetch origin gone`"), "{}", help("gone"));
    for odd in ["-x", "--git-dir", "^HEAD", "HEAD..HEAD", "HEAD:a.yaml", "a\u{1b}[31m\nb", "a\0b", "main~7", "@{", " "] {
        assert!(help(odd).contains("git log"), "{odd}: {}", help(odd));
    }
}

#[test]
fn a_shallow_clone_is_said_to_be_one() {
    let Some(sandbox) = Sandbox::new(&[]) else { return };
    for text in ["one", "two"] {
        sandbox.write("a.yaml", text);
        sandbox.commit();
    }
    let clone = sandbox.temporary.path().join("clone");
    let source = format!("file://{}{}", if cfg!(windows) { "/" } else { "" }, sandbox.folder.display());
    if !sandbox.command(&["clone", "--quiet", "--depth=1", &source]).arg(&clone).output().unwrap().status.success() {
        println!("skipped: git cannot clone {source}");
        return;
    }
    let help = |revision| Repository::around(&clone).unwrap().revision(revision).unwrap_err().help.unwrap();
    assert!(help("HEAD~1").contains("shallow: `git fetch --unshallow`"), "{}", help("HEAD~1"));
    assert!(help("v1").contains("shallow: `git fetch --depth=1 origin v1`"), "{}", help("v1"));
}

#[test]
fn every_name_that_git_takes_is_found() {
    let Some(sandbox) = Sandbox::new(&[]) else { return };
    let names = ["two words.yaml", "größe/ä b.yaml", "-x.yaml", "quote'd.yaml", "[a]*.yaml"];
    let odd = ["a:b.yaml", "double\"d.yaml", "line\nbreak.yaml", "tab\t.yaml", "back\\slash.yaml"];
    let names: Vec<&str> = names.into_iter().chain(odd.into_iter().filter(|_| cfg!(unix))).collect();
    for name in &names {
        sandbox.write(name, name);
    }
    sandbox.commit();
    for revision in [sandbox.revision("HEAD"), sandbox.revision("")] {
        assert_eq!(revision.files_below("").unwrap().len(), names.len());
        for name in &names {
            let resolved = revision.resolve(&revision.name_of("openapi.yaml"), name).unwrap();
            assert_eq!(revision.path_of(&resolved), Some(*name));
            assert_eq!(revision.read(&resolved), Ok(name.as_bytes().to_vec()));
        }
    }
}

#[test]
fn renamed_files_have_two_paths() {
    let Some(sandbox) = Sandbox::new(&[]) else { return };
    let text = "some line of many\n".repeat(100);
    sandbox.write("old name.yaml", &text);
    sandbox.write("deleted.yaml", "d");
    sandbox.write("api/kept.yaml", "kept");
    sandbox.commit();
    sandbox.git(&["config", "diff.relative", "true"]);
    sandbox.git(&["config", "diff.renames", "false"]);
    sandbox.git(&["config", "diff.external", "false"]);
    sandbox.git(&["mv", "old name.yaml", "api/größe.yaml"]);
    sandbox.write("api/größe.yaml", format!("{text}one more\n"));
    std::fs::remove_file(sandbox.folder.join("deleted.yaml")).unwrap();
    let repository = Repository::around(&sandbox.folder.join("api")).unwrap();
    let head = repository.revision("HEAD").unwrap();
    assert_eq!(repository.renames(&head), Ok(vec![("old name.yaml".to_owned(), "api/größe.yaml".to_owned())]));
}

#[test]
fn paths_start_from_the_root_or_the_folder() {
    let Some(sandbox) = Sandbox::new(&[]) else { return };
    std::fs::create_dir_all(sandbox.folder.join("api/v 1")).unwrap();
    let repository = Repository::around(&sandbox.folder.join("api/v 1")).unwrap();
    assert_eq!(repository.prefix(), "api/v 1");
    assert_eq!(repository.root(), Some(sandbox.folder.as_path()));
    let table = [
        ("./a.yaml", Some("api/v 1/a.yaml")),
        ("../a.yaml", Some("api/a.yaml")),
        (".", Some("api/v 1")),
        ("../..", Some("")),
        ("../../../a.yaml", None),
        ("a/../../b.yaml", None),
        ("/a.yaml", None),
        ("api//a.yaml", Some("api/a.yaml")),
        ("api/", Some("api")),
        ("...", Some("...")),
        ("", Some("")),
    ];
    for (path, expected) in table {
        assert_eq!(repository.path_in(path).as_deref(), expected, "{path}");
    }
    assert_eq!(sandbox.repository().path_in("./a.yaml").as_deref(), Some("a.yaml"));
    assert_eq!(sandbox.repository().path_in("../a.yaml"), None);
}

#[test]
fn a_bare_repository_has_revisions_only() {
    let Some(sandbox) = Sandbox::new(&[]) else { return };
    sandbox.write("api/a.yaml", "a");
    sandbox.commit();
    let bare = sandbox.temporary.path().join("bare.git");
    sandbox.git(&["clone", "--quiet", "--bare", ".", bare.to_str().unwrap()]);
    for folder in [bare, sandbox.folder.join(".git")] {
        let repository = Repository::around(&folder).unwrap();
        assert_eq!((repository.root(), repository.prefix()), (None, ""));
        let main = repository.revision("main").unwrap();
        assert_eq!(main.read("main:api/a.yaml"), Ok(b"a".to_vec()));
        assert_eq!(main.files_below("").unwrap(), ["main:api/a.yaml"]);
        assert_eq!(repository.renames(&main), Ok(Vec::new()));
        assert!(repository.revision("").unwrap_err().message.contains("no index"));
    }
}

#[test]
fn a_folder_outside_of_every_repository_is_refused() {
    let Some(sandbox) = Sandbox::new(&[]) else { return };
    let outside = sandbox.temporary.path().join("outside");
    std::fs::create_dir(&outside).unwrap();
    // The folder for temporary files may itself be in a repository.
    if let Err(error) = Repository::around(&outside) {
        assert!(error.message.contains("is in no git repository"), "{error}");
    }
    let error = Repository::around(&outside.join("none")).unwrap_err();
    assert!(error.message.starts_with("git says: cannot change to"), "{error}");
}

#[test]
fn large_files_come_whole_or_not_at_all() {
    let Some(sandbox) = Sandbox::new(&[]) else { return };
    let large: Vec<u8> = (0..3_000_000_u32).map(|number| (number % 251) as u8).collect();
    sandbox.write("large.yaml", &large);
    sandbox.write("empty.yaml", "");
    sandbox.commit();
    let head = sandbox.revision("HEAD");
    assert_eq!(head.read("HEAD:large.yaml").as_ref(), Ok(&large));
    assert_eq!(head.read("HEAD:empty.yaml"), Ok(Vec::new()));
    let id = sandbox.git(&["rev-parse", "HEAD:large.yaml"]);
    let objects = head.places().objects();
    assert_eq!(objects.read(&id, large.len() - 1), Err(Refusal::TooLarge));
    assert_eq!(objects.process_id(), None);
    assert_eq!(head.read("HEAD:large.yaml").map(|bytes| bytes.len()), Ok(large.len()));
}

#[test]
fn one_process_answers_all_threads() {
    let Some(sandbox) = Sandbox::new(&[]) else { return };
    (0..1000).for_each(|number| sandbox.write(&format!("{}/{number}.yaml", number % 7), format!("file {number}")));
    sandbox.commit();
    let head = sandbox.revision("HEAD");
    assert_eq!(head.files_below("").unwrap().len(), 1000);
    let process = head.places().objects().process_id();
    let right = (0..1000).into_par_iter().filter(|number| {
        let name = head.resolve("HEAD:0/0.yaml", &format!("../{}/{number}.yaml", number % 7)).unwrap();
        head.read(&name) == Ok(format!("file {number}").into_bytes())
    });
    assert_eq!(right.count(), 1000);
    assert_eq!(head.places().objects().process_id(), process);
}

#[test]
fn a_process_that_died_is_a_refusal() {
    let Some(sandbox) = Sandbox::new(&[]) else { return };
    sandbox.write("a.yaml", "a");
    sandbox.commit();
    let head = sandbox.revision("HEAD");
    assert_eq!(head.read("HEAD:a.yaml"), Ok(b"a".to_vec()));
    head.places().objects().kill();
    assert_eq!(head.read("HEAD:a.yaml"), Err(Refusal::Unreadable("git ended before it had given the file".to_owned())));
    assert_eq!(head.read("HEAD:a.yaml"), Ok(b"a".to_vec()));
    let nobody = "0".repeat(40);
    let refusal = head.places().objects().read(&nobody, 10).unwrap_err();
    assert_eq!(refusal.to_string(), "git does not have its content");
}

#[test]
fn submodules_are_neither_read_nor_entered() {
    let Some(sandbox) = Sandbox::new(&[]) else { return };
    sandbox.write("a.yaml", "a");
    sandbox.commit();
    let commit = sandbox.git(&["rev-parse", "HEAD"]);
    sandbox.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{commit},module")]);
    sandbox.git(&["commit", "--quiet", "--message", "module"]);
    for revision in [sandbox.revision("HEAD"), sandbox.revision("")] {
        let from = revision.name_of("a.yaml");
        let module = revision.resolve(&from, "module").unwrap();
        assert!(revision.read(&module).unwrap_err().to_string().contains("submodule"));
        assert_eq!(revision.resolve(&from, "module/b.yaml"), Err(Refusal::Missing));
        assert_eq!(revision.files_below("").unwrap(), [from]);
    }
}

#[test]
fn the_longer_ids_are_read_too() {
    let Some(sandbox) = Sandbox::new(&["--object-format=sha256"]) else { return };
    sandbox.write("api/sub/a.yaml", "a");
    sandbox.commit();
    for revision in [sandbox.revision("HEAD"), sandbox.revision("")] {
        assert_eq!(revision.read(&revision.name_of("api/sub/a.yaml")), Ok(b"a".to_vec()));
    }
}
