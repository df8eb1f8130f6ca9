//! `--rule ID=SEVERITY`

use std::str::FromStr;

use crate::rules::Grade;
use crate::strict::advice;

/// A severity given on the command line; it wins over presets and configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSetting {
    /// The rule's id, not yet checked.
    pub id: String,
    /// What the user wants.
    pub level: Grade,
}

impl FromStr for RuleSetting {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (id, word) = text.split_once('=').ok_or("write ID=SEVERITY, such as found-redirect=off")?;
        let unknown = || format!("`{word}` is no severity; {}", advice(word, &Grade::WORDS));
        Ok(RuleSetting { id: id.to_owned(), level: Grade::from_word(word).ok_or_else(unknown)? })
    }
}
