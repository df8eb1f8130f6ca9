//! The pages of `explain` as Markdown.

use std::fmt::Write as _;

/// A page with headings that are underlined, code that is indented, and lines that stand alone.
pub(super) fn page(text: &str) -> String {
    let mut markdown = String::new();
    let lines: Vec<&str> = text.lines().collect();
    let mut is_code = false;
    for (number, &line) in lines.iter().enumerate() {
        let next = lines.get(number + 1).copied().unwrap_or_default();
        let starts_code = line.starts_with("    ");
        // A blank line inside of code belongs to it.
        if is_code != starts_code && !(is_code && line.is_empty() && next.starts_with("    ")) {
            markdown.push_str(if starts_code { "```yaml\n" } else { "```\n" });
            is_code = starts_code;
        }
        // Writing to a string cannot fail.
        let _ = match line {
            _ if is_code => writeln!(markdown, "{}", line.strip_prefix("    ").unwrap_or(line)),
            _ if is_underline(line, '=') || is_underline(line, '-') => Ok(()),
            _ if is_underline(next, '=') => writeln!(markdown, "# {line}"),
            _ if is_underline(next, '-') => writeln!(markdown, "## {line}"),
            _ if line.is_empty() || next.is_empty() => writeln!(markdown, "{}", line.trim_start()),
            // Two blanks keep the end of the line.
            _ => writeln!(markdown, "{}  ", line.trim_start()),
        };
    }
    if is_code {
        markdown.push_str("```\n");
    }
    markdown
}

fn is_underline(line: &str, with: char) -> bool {
    line.len() > 2 && line.chars().all(|letter| letter == with)
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn pages_become_markdown() {
        let text = "404 Not Found\n=============\n\nOne.\nTwo.\n\nReference\n---------\nRFC 9110\n  https://example.com\n\n    a: 1\n\n    b: 2\n\nEnd.\n";
        let expected = "# 404 Not Found\n\nOne.  \nTwo.\n\n## Reference\nRFC 9110  \nhttps://example.com\n\n```yaml\na: 1\n\nb: 2\n```\n\nEnd.\n";
        assert_eq!(page(text), expected);
    }
}
