//! What the arguments of `check` mean.

use std::path::PathBuf;
use std::str::FromStr;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::CheckArgs;
use crate::check::Options;
use crate::cli::Failure;
use crate::cli::request::Request;
use crate::http::status::StatusSet;
use crate::traffic::Limits;

/// One check, free of how it was asked for.
#[derive(Clone, Debug)]
pub(super) struct CheckRequest {
    /// What `check` has in common with `lint`; its paths are the descriptions.
    pub(super) lint: Request,
    /// The recordings, and folders of them.
    pub(super) recordings: Vec<PathBuf>,
    /// Whether standard input is a recording.
    pub(super) reads_stdin: bool,
    /// The options of the engine.
    pub(super) options: Options,
    /// How much of a recording is held at once.
    pub(super) limits: Limits,
    /// The least share of described responses that must be seen.
    pub(super) fail_under: Option<Percent>,
}

/// The least `--max-body`: header fields and URLs are strings of a recording, too, and shorter than this.
const LEAST: usize = 64 << 10;

/// A number of bytes: `4MB`, `512kB`, `1000`; also with `KiB`, `MiB`, `GiB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Size(pub(super) usize);

impl Default for Size {
    fn default() -> Self {
        Size(Limits::default().string)
    }
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let lower = text.trim().to_ascii_lowercase();
        let digits = lower.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(lower.len());
        let (number, unit) = lower.split_at(digits);
        let power = match unit.trim() {
            "" | "b" => 0,
            "k" | "kb" | "kib" => 10,
            "m" | "mb" | "mib" => 20,
            "g" | "gb" | "gib" => 30,
            _ => return Err("write a number of bytes, such as 500000, 512kB or 4MB".to_owned()),
        };
        let number: usize = number.parse().map_err(|_| "write a number of bytes, such as 4MB".to_owned())?;
        number
            .checked_shl(power)
            .filter(|size| size >> power == number && (LEAST..=1 << 30).contains(size))
            .map(Size)
            .ok_or_else(|| "write a size between 64kB and 1GB".to_owned())
    }
}

/// A share in percent, from 0 to 100; the sign may be written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::cli) struct Percent(pub(super) f64);

impl FromStr for Percent {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number: Option<f64> = text.trim().trim_end_matches('%').trim_end().parse().ok();
        number
            .filter(|number| (0.0..=100.0).contains(number))
            .map(Percent)
            .ok_or_else(|| "write a number from 0 to 100".to_owned())
    }
}

impl TryFrom<CheckArgs> for CheckRequest {
    type Error = Failure;

    fn try_from(args: CheckArgs) -> Result<Self, Failure> {
        let (dashes, recordings): (Vec<_>, Vec<_>) = args.recordings.into_iter().partition(|path| path.as_os_str() == "-");
        let (descriptions, traffic) = (args.descriptions, args.traffic);
        let options = Options {
            is_described: !descriptions.no_spec,
            servers: servers(descriptions.server)?,
            strict_host: descriptions.matching == "strict-host",
            forbidden: statuses("--forbid-status", &traffic.forbid_status)?,
            ignored: statuses("--ignore-status", &traffic.ignore_status)?,
            ignored_paths: globs(&traffic.ignore_path)?,
            credentials_recorded: traffic.credentials_recorded,
            assert_formats: descriptions.assert_formats,
            show_values: traffic.show_values,
        };
        if args.common.baseline.prune {
            let help = "a recording never shows everything: delete the file, and write it anew with `--write-baseline`";
            return Err(Failure::new("`--prune` is for `lint`").help(help));
        }
        let limits = Limits { string: traffic.max_body.0, ..Limits::default() };
        Ok(CheckRequest {
            lint: args.common.request(descriptions.spec, None)?,
            recordings,
            reads_stdin: !dashes.is_empty(),
            options,
            limits: Limits { element: limits.element.max(limits.string.saturating_mul(2)), ..limits },
            fail_under: traffic.fail_under,
        })
    }
}

/// URLs and paths; a host alone would be taken for a path that nobody asks for.
fn servers(texts: Vec<String>) -> Result<Vec<String>, Failure> {
    let is_server = |text: &String| text.starts_with('/') || text.contains("://");
    match texts.iter().find(|text| !is_server(text)) {
        Some(text) => Err(Failure::new(format!("`--server` has `{text}`, which is neither a URL nor a path"))
            .help(format!("write `http://{text}`, or a path such as `/v1`"))),
        None => Ok(texts),
    }
}

fn statuses(flag: &str, words: &[String]) -> Result<StatusSet, Failure> {
    let words = words.iter().map(|word| word.trim()).filter(|word| !word.is_empty());
    StatusSet::parse(words).map_err(|word| {
        Failure::new(format!("`{flag}` names `{word}`, which is no status")).help("write codes and ranges, such as `401,5XX`")
    })
}

/// Globs of paths. One that ends in a folder's name covers what is below.
fn globs(texts: &[String]) -> Result<GlobSet, Failure> {
    let mut builder = GlobSetBuilder::new();
    for text in texts {
        let rooted = if text.starts_with('/') || text.starts_with('*') { text.clone() } else { format!("/{text}") };
        let glob = GlobBuilder::new(&rooted).literal_separator(true).build().map_err(|error| {
            Failure::new(format!("`--ignore-path` has `{text}`, which is no glob: {}", error.kind()))
                .help("write a path such as `/health`, or with wildcards `/static/**`")
        })?;
        builder.add(glob);
    }
    builder.build().map_err(|error| Failure::new(format!("the globs of `--ignore-path` are too many: {}", error.kind())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        for (text, size) in [("100000", 100_000), ("4MB", 4 << 20), ("512kB", 512 << 10), ("1GiB", 1 << 30), (" 16 mb", 16 << 20)]
        {
            assert_eq!(text.parse::<Size>().map(|size| size.0), Ok(size), "{text}");
        }
        for text in ["", "MB", "-1", "4XB", "99999999999GB", "2GB", "1000"] {
            assert!(text.parse::<Size>().is_err(), "{text}");
        }
    }

    #[test]
    fn shares() {
        assert_eq!("80%".parse(), Ok(Percent(80.0)));
        assert_eq!(" 99.5 ".parse(), Ok(Percent(99.5)));
        for text in ["101", "-1", "many", "NaN", ""] {
            assert!(text.parse::<Percent>().is_err(), "{text}");
        }
    }
}
