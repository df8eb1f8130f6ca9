//! Which files the tool finds, and which of them references may reach. Each test fills a folder of its own.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests make the files that they look at")]

use std::fs;
use std::path::{Path, PathBuf};

use statusquo::io::{self, Candidate, Discovery, Files, Landmarks};
use statusquo::provider::{Provider, Refusal};
use tempfile::TempDir;

/// A folder with these files; a name that ends in `/` is a folder.
fn folder(names: &[&str]) -> (TempDir, PathBuf) {
    let temporary = tempfile::tempdir().unwrap();
    let root = temporary.path().canonicalize().unwrap();
    for name in names {
        let path = root.join(name);
        if name.ends_with('/') {
            fs::create_dir_all(path).unwrap();
        } else {
            write(&path, "openapi: 3.1.0\n");
        }
    }
    (temporary, root)
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn discover(root: &Path, paths: &[&str]) -> Discovery {
    let paths: Vec<PathBuf> = paths.iter().map(|path| root.join(path)).collect();
    io::discover(&paths, root, false)
}

fn names(found: &Discovery) -> Vec<&str> {
    found.candidates.iter().map(|file| file.name.as_str()).collect()
}

fn files(root: &Path, allow_outside: bool, names: &[&str]) -> Files {
    let mut files = Files::new(root, allow_outside);
    for file in discover(root, names).candidates {
        files.add(&file, Vec::new());
    }
    files
}

#[test]
fn folders_give_descriptions_in_sorted_order() {
    let (_keep, root) = folder(&["b.yaml", "a/z.yml", "a/b.JSON", "a.txt", "README.md", "a-b.json", ".hidden/c.yaml", ".d.yaml"]);
    let found = discover(&root, &["."]);
    assert_eq!(names(&found), ["a-b.json", "a/b.JSON", "a/z.yml", "b.yaml"]);
    assert!(found.failures.is_empty() && found.candidates.iter().all(|file| !file.named));
}

#[test]
fn what_git_ignores_is_ignored_without_a_repository_too() {
    let (_keep, root) = folder(&["a.yaml", "build/b.yaml", "c.gen.yaml", "sub/d.yaml", "sub/e.yaml", "node_modules/x/f.yaml"]);
    write(&root.join(".gitignore"), "/build\n*.gen.yaml\n");
    write(&root.join("sub/.ignore"), "e.yaml\n");
    assert_eq!(names(&discover(&root, &["."])), ["a.yaml", "sub/d.yaml"]);
    // A path that was named counts, whatever is said about it elsewhere.
    let found = discover(&root, &["c.gen.yaml", "build"]);
    assert_eq!(names(&found), ["build/b.yaml", "c.gen.yaml"]);
    assert_eq!(found.candidates.iter().map(|file| file.named).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn named_files_may_have_any_ending_and_be_hidden() {
    let (_keep, root) = folder(&["spec", ".openapi.yaml", ".api/a.yaml"]);
    assert_eq!(names(&discover(&root, &["spec", ".openapi.yaml", ".api"])), [".api/a.yaml", ".openapi.yaml", "spec"]);
}

#[test]
fn a_file_named_twice_is_one() {
    let (_keep, root) = folder(&["a/b.yaml"]);
    let found = discover(&root, &[".", "a", "a/b.yaml", "a/../a/./b.yaml"]);
    assert_eq!(names(&found), ["a/b.yaml"]);
    assert!(found.candidates[0].named);
}

#[test]
fn a_missing_path_fails_and_the_others_are_found() {
    let (_keep, root) = folder(&["a.yaml"]);
    let found = discover(&root, &["gone.yaml", "a.yaml", "a.yaml/b.yaml"]);
    assert_eq!(names(&found), ["a.yaml"]);
    let failures: Vec<_> = found.failures.iter().map(|failure| (failure.name.as_str(), &failure.reason)).collect();
    assert_eq!(failures, [("gone.yaml", &Refusal::Missing), ("a.yaml/b.yaml", &Refusal::Missing)]);
}

#[test]
fn the_nearest_landmark_counts() {
    let (_keep, root) = folder(&["a/statusquo.yaml", "a/b/c/x.yaml", "d/.git/", "d/e/y.yaml", "f/z.yaml", "g/statusquo.yaml/"]);
    let landmarks = Landmarks::new();
    let config = |file: &str| landmarks.find_config(&root.join(file)).map(|path| path.strip_prefix(&root).unwrap().to_owned());
    assert_eq!(config("a/b/c/x.yaml"), Some("a/statusquo.yaml".into()));
    assert_eq!(config("d/e/y.yaml"), None);
    assert_eq!(config("g/v.yaml"), Some("g/statusquo.yaml".into()), "whatever it is: reading it says what is wrong");
    let project = |folder: &str| landmarks.project_root(&root.join(folder), &root.join("d"));
    assert_eq!(project("a/b/c"), root.join("a"));
    assert_eq!(project("d/e"), root.join("d"));
    assert_eq!(project("f"), root.join("f"), "outside of the working directory, its own folder");
    assert_eq!(landmarks.project_root(&root.join("f"), &root), root, "inside of the working directory");
}

#[test]
fn references_stay_inside_the_project() {
    let (_keep, root) = folder(&[
        "secret.yaml",
        "project/.git/",
        "project/api/openapi.yaml",
        "project/common/error.yaml",
        "project/inner/statusquo.yaml",
        "project/inner/openapi.yaml",
    ]);
    let files = files(&root, false, &["project/api", "project/inner/openapi.yaml"]);
    let resolve = |from: &str, reference: &str| files.resolve(from, reference);
    let api = "project/api/openapi.yaml";
    assert_eq!(resolve(api, "../common/error.yaml"), Ok("project/common/error.yaml".to_owned()));
    assert_eq!(resolve(api, "openapi.yaml"), Ok(api.to_owned()));
    assert_eq!(resolve(api, "../common"), Err(Refusal::IsDirectory));
    assert_eq!(resolve(api, "../common/gone.yaml"), Err(Refusal::Missing));
    assert_eq!(resolve(api, "../../secret.yaml"), Err(Refusal::OutsideProject));
    assert_eq!(resolve(api, "../../gone.yaml"), Err(Refusal::OutsideProject), "what lies outside is not said to be missing");
    assert_eq!(resolve(api, &root.join("secret.yaml").to_string_lossy()), Err(Refusal::OutsideProject));
    assert_eq!(resolve("project/inner/openapi.yaml", "../common/error.yaml"), Err(Refusal::OutsideProject));
    // A file that only came in by reference may reach what the description may.
    assert_eq!(resolve("project/common/error.yaml", "../api/openapi.yaml"), Ok(api.to_owned()));
    assert_eq!(resolve("project/common/error.yaml", "../../secret.yaml"), Err(Refusal::OutsideProject));
}

#[test]
fn references_go_anywhere_when_allowed() {
    let (_keep, root) = folder(&["secret.yaml", "project/.git/", "project/openapi.yaml"]);
    let files = files(&root.join("project"), true, &["openapi.yaml"]);
    let outside = files.resolve("openapi.yaml", "../secret.yaml").unwrap();
    assert!(outside.ends_with("/secret.yaml") && Path::new(&outside).is_absolute(), "{outside}");
    assert_eq!(files.read(&outside), Ok(b"openapi: 3.1.0\n".to_vec()));
    assert_eq!(files.resolve(&outside, "project/openapi.yaml"), Ok("openapi.yaml".to_owned()));
}

#[test]
fn standard_input_stands_for_its_file() {
    let (_keep, root) = folder(&["api/openapi.yaml", "api/user.yaml"]);
    let mut files = files(&root, false, &["api/user.yaml"]);
    assert_eq!(files.hold("api/openapi.yaml", b"typed".to_vec()), "api/openapi.yaml");
    assert_eq!(files.read("api/openapi.yaml"), Ok(b"typed".to_vec()));
    assert_eq!(files.resolve("api/openapi.yaml", "user.yaml"), Ok("api/user.yaml".to_owned()));
    assert_eq!(files.resolve("api/user.yaml", "openapi.yaml"), Ok("api/openapi.yaml".to_owned()));
    // A file that is not written yet can stand for itself.
    files.hold("api/new.yaml", b"new".to_vec());
    assert_eq!(files.resolve("api/user.yaml", "new.yaml"), Ok("api/new.yaml".to_owned()));
    assert_eq!(files.read("api/new.yaml"), Ok(b"new".to_vec()));
}

#[test]
fn bytes_that_were_looked_into_are_given_and_then_read_anew() {
    let (_keep, root) = folder(&["a.yaml"]);
    let mut files = Files::new(&root, false);
    let file = Candidate { name: "a.yaml".to_owned(), real: root.join("a.yaml"), named: true };
    files.add(&file, b"seen".to_vec());
    assert_eq!(files.read("a.yaml"), Ok(b"seen".to_vec()));
    assert_eq!(files.read("a.yaml"), Ok(b"openapi: 3.1.0\n".to_vec()));
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    use super::*;

    /// Where the files that were found really are.
    fn reals<'f>(found: &'f Discovery, root: &Path) -> Vec<&'f str> {
        found.candidates.iter().map(|file| file.real.strip_prefix(root).unwrap().to_str().unwrap()).collect()
    }

    #[test]
    fn loops_of_symbolic_links_end() {
        let (_keep, root) = folder(&["a/x.yaml", "b/y.yaml", "c/d/z.yaml"]);
        symlink("..", root.join("a/up")).unwrap();
        symlink("../b", root.join("a/to-b")).unwrap();
        symlink("../a", root.join("b/to-a")).unwrap();
        symlink("self", root.join("self")).unwrap();
        symlink("/", root.join("c/d/disk")).unwrap();
        symlink("gone.yaml", root.join("dangling.yaml")).unwrap();
        let found = discover(&root, &["."]);
        assert_eq!(reals(&found, &root), ["b/y.yaml", "a/x.yaml", "c/d/z.yaml"], "{:?}", names(&found));
        assert_eq!(names(&found), ["a/to-b/y.yaml", "a/x.yaml", "c/d/z.yaml"], "the first name in sorted order is shown");
        let skipped: Vec<_> = found.skipped.iter().map(|skipped| skipped.name.as_str()).collect();
        assert!(["dangling.yaml", "a/up", "c/d/disk"].iter().all(|name| skipped.contains(name)), "{skipped:?}");
        assert!(found.failures.is_empty(), "{:?}", found.failures);
    }

    #[test]
    fn many_folders_that_link_to_each_other_are_walked_once() {
        let (_keep, root) = folder(&[]);
        for one in 0..12 {
            write(&root.join(format!("{one}/x.yaml")), "openapi: 3.1.0\n");
            for other in 0..12 {
                symlink(format!("../{other}"), root.join(format!("{one}/to-{other}"))).unwrap();
            }
        }
        assert_eq!(discover(&root, &["."]).candidates.len(), 12);
    }

    #[test]
    fn a_link_is_the_file_it_leads_to() {
        let (_keep, root) = folder(&["project/.git/", "project/real.yaml", "project/openapi.yaml", "outside.yaml"]);
        symlink("real.yaml", root.join("project/link.yaml")).unwrap();
        symlink("../outside.yaml", root.join("project/way-out.yaml")).unwrap();
        assert_eq!(names(&discover(&root, &["project/link.yaml", "project/real.yaml"])), ["project/link.yaml"]);
        let files = files(&root, false, &["project/openapi.yaml"]);
        let resolve = |reference| files.resolve("project/openapi.yaml", reference);
        assert_eq!(resolve("link.yaml"), Ok("project/real.yaml".to_owned()));
        assert_eq!(resolve("way-out.yaml"), Err(Refusal::OutsideProject), "by its real path");
    }

    #[test]
    fn a_link_in_front_of_two_dots_is_followed() {
        let (_keep, root) = folder(&["deep/er/", "deep/a.yaml", "a.yaml"]);
        symlink("deep/er", root.join("link")).unwrap();
        assert_eq!(names(&discover(&root, &["link/../a.yaml"])), ["deep/a.yaml"]);
    }

    #[test]
    fn a_text_for_a_file_behind_a_link_starts_from_where_that_leads() {
        let (_keep, root) = folder(&[".git/", "deep/er/", "deep/a.yaml"]);
        symlink("deep/er", root.join("link")).unwrap();
        let mut files = Files::new(&root, false);
        let name = files.hold("link/new.yaml", Vec::new());
        assert_eq!(files.resolve(&name, "../a.yaml"), Ok("deep/a.yaml".to_owned()));
    }

    #[test]
    fn a_walk_through_links_knows_where_files_really_are() {
        let (_keep, root) = folder(&["all/deep/er/a.yaml", "all/deep/b.yaml"]);
        symlink("deep/er", root.join("all/link")).unwrap();
        symlink("deep/b.yaml", root.join("all/alias.yaml")).unwrap();
        symlink("all", root.join("way-in")).unwrap();
        let found = discover(&root, &["way-in"]);
        assert_eq!(reals(&found, &root), ["all/deep/b.yaml", "all/deep/er/a.yaml"]);
    }

    #[test]
    fn a_path_that_starts_differently_has_the_same_name() {
        let (_keep, root) = folder(&["project/api/a.yaml", "elsewhere.yaml"]);
        symlink("project", root.join("way-in")).unwrap();
        let found = io::discover(&[root.join("way-in/api/a.yaml"), root.join("elsewhere.yaml")], &root.join("project"), false);
        let outside = root.join("elsewhere.yaml");
        assert_eq!(names(&found), [outside.to_str().unwrap(), "api/a.yaml"]);
    }

    #[test]
    fn pipes_and_devices_are_refused_at_once() {
        let (_keep, root) = folder(&["sub/"]);
        let pipe = root.join("pipe.yaml");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let refused = |path: &Path| matches!(io::read(path), Err(Refusal::Unreadable(reason)) if reason.contains("pipe"));
        assert!(refused(&pipe) && refused(Path::new("/dev/zero")));
        assert_eq!(io::read(&root.join("sub")), Err(Refusal::IsDirectory));
        assert_eq!(names(&discover(&root, &["."])), Vec::<&str>::new(), "a walk passes it over");
        assert_eq!(names(&discover(&root, &["pipe.yaml"])), ["pipe.yaml"], "named, it is there to be refused with its reason");
    }

    #[test]
    fn a_folder_without_permission_is_a_failure() {
        let (_keep, root) = folder(&["open/a.yaml", "closed/b.yaml"]);
        fs::set_permissions(root.join("closed"), fs::Permissions::from_mode(0o000)).unwrap();
        let found = discover(&root, &["."]);
        let may_read_all = fs::read_dir(root.join("closed")).is_ok();
        fs::set_permissions(root.join("closed"), fs::Permissions::from_mode(0o755)).unwrap();
        assert!(names(&found).contains(&"open/a.yaml"));
        let reasons: Vec<_> = found.failures.iter().map(|failure| (failure.name.as_str(), failure.reason.to_string())).collect();
        // The superuser reads everything; for everyone else the skipped folder is said.
        let expected = if may_read_all { vec![] } else { vec![("closed", "permission denied".to_owned())] };
        assert_eq!(reasons, expected);
    }
}

#[test]
fn references_may_go_anywhere_in_a_named_folder() {
    let (_keep, root) = folder(&["api/a.yaml", "shared/b.yaml", "elsewhere/c.yaml"]);
    let (_other, here) = folder(&[]);
    let mut files = Files::new(&here, false);
    files.name_folder(&root);
    for file in discover(&root, &["api", "shared"]).candidates {
        files.add(&Candidate { name: file.real.display().to_string(), ..file }, Vec::new());
    }
    let from = root.join("api/a.yaml").display().to_string();
    assert_eq!(files.resolve(&from, "../shared/b.yaml"), Ok(root.join("shared/b.yaml").display().to_string()));
    assert_eq!(files.resolve(&from, "../../../etc/passwd"), Err(Refusal::OutsideProject));
}
