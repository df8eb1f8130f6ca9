//! The parser's errors in plain words.

use granit_parser::ErrorKind as E;

/// What is wrong, and what to do about it.
pub(super) fn words(kind: &E) -> (String, &'static str) {
    let (message, help) = match kind {
        E::UnexpectedCharacter { character } => return unexpected(*character),
        E::MismatchedFlowCollectionEnd { open, close } => {
            return (format!("this `{open}` is closed by a `{close}`"), "close `{` with `}` and `[` with `]`");
        }
        _ => indentation(kind)
            .or_else(|| flow(kind))
            .or_else(|| quotes(kind))
            .or_else(|| properties(kind))
            .unwrap_or_else(|| other(kind)),
    };
    (message.to_owned(), help)
}

fn unexpected(character: char) -> (String, &'static str) {
    let help = match character {
        '@' | '`' | '%' | '*' | '&' | '!' | '|' | '>' => "put the text in quotes: this character means something at its start",
        _ => "put the text in quotes, or remove the character",
    };
    let name = if character == '`' { "a backtick".to_owned() } else { format!("`{character}`") };
    (format!("{name} cannot stand here"), help)
}

type Words = (&'static str, &'static str);

fn indentation(kind: &E) -> Option<Words> {
    Some(match kind {
        E::TabInBlockIndentation | E::TabInIndentation | E::TabNotAllowed | E::TabInPlainScalar | E::TabAtBlockScalarStart => {
            ("this line is indented with a tab", "indent with spaces: YAML allows no tabs there")
        }
        E::InvalidIndentation | E::ExpectedBlockMappingKey | E::UnexpectedEofBlockMapping => {
            ("this line fits none of the levels of indentation around it", "indent it like the keys it belongs to")
        }
        E::ExpectedBlockSequenceEntry | E::UnexpectedEofBlockSequence => (
            "this line stands in a list and does not start with `- `",
            "start it with `- `, or indent it like what it belongs to",
        ),
        E::BlockSequenceEntryNotAllowed | E::BlockEntryInFlowCollection => {
            ("a list item cannot start here", "put the `- ` on a line of its own, indented like the other items")
        }
        E::InvalidBlockScalarIndent => {
            ("this line is indented less than the text block it belongs to", "indent the whole block alike")
        }
        E::InvalidFlowScalarIndent | E::InvalidQuotedScalarIndent => (
            "this line goes on with a value that started further up, and is indented too little",
            "close the value before this line, or indent the line deeper",
        ),
        E::SimpleKeyExpected | E::InvalidSimpleKey => {
            ("this line is neither a key nor a value", "write `key: value`, or indent it to go on with the value before")
        }
        E::MappingValueNotAllowed | E::InvalidColonPlacement => {
            ("a key with its `:` cannot stand here", "put text that has a `: ` inside in quotes, or start a new line for the key")
        }
        E::MappingKeyNotAllowed => ("a key cannot start here", "start a new line for it"),
        E::InvalidMappingValueWhitespace | E::InvalidBlockEntryWhitespace | E::ExpectedWhitespace => {
            ("there is a tab or no space where a space belongs", "put one space behind `:` and `-`")
        }
        _ => return None,
    })
}

fn flow(kind: &E) -> Option<Words> {
    Some(match kind {
        E::MisplacedFlowCollectionEnd => ("this bracket closes nothing", "remove it, or put the text in quotes"),
        E::ExpectedFlowMappingSeparator => ("a `,` or `}` is missing here", "separate the entries in `{ }` by commas"),
        E::ExpectedFlowSequenceSeparator => ("a `,` or `]` is missing here", "separate the items in `[ ]` by commas"),
        E::FlowMappingValueAdjacentCollection => ("there is no space behind the `:`", "put one there"),
        E::UnclosedFlowCollection { .. }
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping => ("this bracket is never closed", "close it, or put the text in quotes"),
        _ => return None,
    })
}

fn quotes(kind: &E) -> Option<Words> {
    Some(match kind {
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => {
            ("this quote is never closed", "close it where the text ends")
        }
        E::InvalidTrailingSingleQuotedScalar => (
            "there is more text behind the closing quote",
            "write `''` for a quote inside the text, or put the whole text in quotes",
        ),
        E::InvalidTrailingDoubleQuotedScalar => (
            "there is more text behind the closing quote",
            "write `\\\"` for a quote inside the text, or put the whole text in quotes",
        ),
        E::UnknownQuotedScalarEscape => {
            ("a backslash is followed by a character that makes no escape", "write `\\\\` for a backslash, or use single quotes")
        }
        E::InvalidQuotedScalarHexEscape | E::InvalidLowSurrogateHexEscape | E::InvalidUnicodeEscape => (
            "an escape has the wrong number of hexadecimal digits, or means no character",
            "write `\\x`, `\\u` or `\\U` with 2, 4 or 8 digits",
        ),
        E::InvalidLowSurrogate | E::MissingLowSurrogate | E::UnpairedLowSurrogate => {
            ("an escape is half of a surrogate pair", "write the character itself, or both halves")
        }
        _ => return None,
    })
}

fn properties(kind: &E) -> Option<Words> {
    Some(match kind {
        E::MissingAnchorOrAliasName => {
            ("there is no name behind the `&` or `*`", "put text that starts with `&` or `*` in quotes")
        }
        E::UndeclaredTagHandle => {
            ("this tag has a prefix that no `%TAG` line declares", "put text that starts with `!` in quotes")
        }
        E::InvalidGlobalTagCharacter
        | E::InvalidTagTerminator
        | E::MissingTagUri
        | E::UnclosedVerbatimTag
        | E::ExpectedTagBang
        | E::InvalidTagEscape
        | E::InvalidTagUtf8LeadingByte
        | E::InvalidTagUtf8TrailingByte
        | E::InvalidTagUtf8 => ("this tag is malformed", "put text that starts with `!` in quotes"),
        E::CommentNotSeparated => ("a comment needs a space before its `#`", "put a space before it, or the text in quotes"),
        E::CommentInterceptedScalar => {
            ("a comment stands between the lines of one value", "move the comment, or put the text in a `|` block")
        }
        E::ZeroBlockScalarIndent | E::InvalidBlockScalarHeader => {
            ("more stands behind the `|` or `>` than belongs there", "start the text on the next line, or put it in quotes")
        }
        _ => return None,
    })
}

fn other(kind: &E) -> Words {
    match kind {
        E::ExpectedDocumentStart | E::InvalidDocumentEnd | E::MissingDocumentEndBeforeDirective => {
            ("the document is complete before this", "start another one with `---`, or indent it like what it belongs to")
        }
        E::UnsupportedYamlMajorVersion
        | E::DuplicateVersionDirective
        | E::DuplicateTagDirective
        | E::InvalidDirectiveTerminator
        | E::InvalidDirectiveName
        | E::MissingDirectiveName
        | E::MissingYamlVersion
        | E::MissingYamlVersionSeparator
        | E::YamlVersionTooLong
        | E::InvalidTagDirectiveTerminator
        | E::ExpectedTagDirectiveBang => ("this `%` line is no directive of YAML 1.2", "remove it"),
        E::BomInsideDocument => ("a byte order mark stands inside the document", "remove it"),
        E::PlainScalarStartsWithDashFlowIndicator => {
            ("a `-` stands before a bracket or comma", "put it in quotes, or put a space behind it in a block list")
        }
        E::RecursionLimitExceeded => {
            ("lists and maps are nested deeper than 255 levels here", "what lies deeper is not read: flatten it")
        }
        E::ExpectedNodeContent | E::UnexpectedEndOfPlainScalar | E::UnexpectedEof => {
            ("a value is missing here", "write it, or put text that starts with a special character in quotes")
        }
        _ => ("this is no YAML", "check the indentation and the quotes here and in the line above"),
    }
}
