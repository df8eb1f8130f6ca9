//! `--format` and where its report goes.

use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::PossibleValue;

use crate::report::Format;
use crate::strict::advice;

/// A format, and the file it goes to if it is not standard output: `text`, `sarif=out.sarif`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatTarget {
    /// The format.
    pub format: Format,
    /// The file.
    pub file: Option<PathBuf>,
}

impl FromStr for FormatTarget {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (word, file) = text.split_once('=').map_or((text, None), |(word, file)| (word, Some(file)));
        if file == Some("") {
            return Err(format!("the file is missing behind `{word}=`"));
        }
        let words = Format::ALL.map(Format::word);
        let format = Format::from_word(word).ok_or_else(|| format!("`{word}` is no format; {}", advice(word, &words)))?;
        Ok(FormatTarget { format, file: file.map(PathBuf::from) })
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
        Some(Box::new(Format::ALL.into_iter().map(|format| PossibleValue::new(format.word()))))
    }
}
