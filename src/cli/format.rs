//! `--format` and where its report goes.

use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::strict::advice;

/// The formats of reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReportFormat {
    /// Frames with the source, for people.
    #[default]
    Text,
    /// One line per finding.
    Concise,
    /// One document, version 1 of the contract.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
}

/// A format, and the file it goes to if it is not standard output: `text`, `sarif=out.sarif`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatTarget {
    /// The format.
    pub format: ReportFormat,
    /// The file.
    pub file: Option<PathBuf>,
}

impl ReportFormat {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            ReportFormat::Text => "text",
            ReportFormat::Concise => "concise",
            ReportFormat::Json => "json",
            ReportFormat::Sarif => "sarif",
            ReportFormat::Github => "github",
        }
    }
}

impl ValueEnum for ReportFormat {
    fn value_variants<'a>() -> &'a [Self] {
        use ReportFormat::{Concise, Github, Json, Sarif, Text};
        &[Text, Concise, Json, Sarif, Github]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()))
    }
}

impl FromStr for FormatTarget {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (word, file) = text.split_once('=').map_or((text, None), |(word, file)| (word, Some(file)));
        if file == Some("") {
            return Err(format!("the file is missing behind `{word}=`"));
        }
        let formats = ReportFormat::value_variants();
        let words: Vec<&str> = formats.iter().map(|format| format.word()).collect();
        let format = formats.iter().find(|format| format.word() == word);
        let format = format.ok_or_else(|| format!("`{word}` is no format; {}", advice(word, &words)))?;
        Ok(FormatTarget { format: *format, file: file.map(PathBuf::from) })
    }
}

/// Reads `--format` and lets completions know the words.
pub(super) fn parser() -> impl clap::builder::TypedValueParser<Value = FormatTarget> {
    FormatParser
}

#[derive(Clone)]
struct FormatParser;

impl clap::builder::TypedValueParser for FormatParser {
    type Value = FormatTarget;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<FormatTarget, clap::Error> {
        let parse = |text: &str| text.parse::<FormatTarget>();
        clap::builder::StringValueParser::new().try_map(move |text| parse(&text)).parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(ReportFormat::value_variants().iter().filter_map(ValueEnum::to_possible_value)))
    }
}
