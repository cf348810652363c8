//! A table for spreadsheets, by RFC 4180, with a byte order mark: without one Excel reads UTF-8 as something else.

use model::Call;

use crate::characters::is_unseen;

const COLUMNS: [&str; 15] = [
    "id",
    "time",
    "outcome",
    "code",
    "method",
    "url",
    "duration_ms",
    "application",
    "bot",
    "source",
    "path",
    "node",
    "agent",
    "user",
    "error",
];

/// The row of names.
pub fn head() -> String {
    let mut file = "\u{feff}".to_owned();
    push_row(&COLUMNS.map(str::to_owned), &mut file);
    file
}

/// The row of a call. Words are those of the filters, names are those people read.
pub fn row(call: &Call, file: &mut String) {
    let request = call.request.as_ref();
    let source = &call.source;
    push_row(
        &[
            call.id.to_string(),
            call.timestamp.to_string(),
            call.outcome().to_string(),
            call.response.as_ref().map(|response| response.status.to_string()).unwrap_or_default(),
            request.map(|request| request.method.to_string()).unwrap_or_default(),
            request.map(|request| request.url.clone()).unwrap_or_default(),
            call.duration_ms.map(|millis| millis.to_string()).unwrap_or_default(),
            call.application.to_string(),
            call.bot.as_ref().map(|bot| bot.name.clone()).unwrap_or_default(),
            source.kind.to_string(),
            source.path.as_ref().map(|path| path.name.clone()).unwrap_or_default(),
            source.node.as_ref().map(|node| node.name.clone()).unwrap_or_default(),
            source.agent.as_ref().map(|agent| agent.label().to_owned()).unwrap_or_default(),
            call.user.as_ref().map(|user| user.label().to_owned()).unwrap_or_default(),
            error(call),
        ],
        file,
    );
}

fn error(call: &Call) -> String {
    if let Some(failure) = &call.failure {
        return match failure.message.as_str() {
            "" => failure.kind.to_string(),
            message => format!("{}: {message}", failure.kind),
        };
    }
    let stopped = call.script.as_ref().and_then(|script| script.error.as_ref());
    stopped.map_or_else(String::new, |error| match error.line {
        Some(line) => format!("{} (line {line})", error.message),
        None => error.message.clone(),
    })
}

fn push_row(cells: &[String; COLUMNS.len()], file: &mut String) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            file.push(',');
        }
        push_cell(cell, file);
    }
    file.push_str("\r\n");
}

/// Writes a cell that no spreadsheet takes for a formula: whoever makes a bot say `=HYPERLINK(...)` must not have it run
/// on the machine of the person who opens the export (OWASP, CSV injection). In many countries a spreadsheet parts cells
/// at semicolons, whatever the file says.
fn push_cell(cell: &str, file: &mut String) {
    let is_quoted = cell.contains([',', '"', '\r', '\n']);
    if is_quoted {
        file.push('"');
    }
    if cell.starts_with(['\t', '\r', '\n']) {
        file.push('\'');
    }
    let mut may_begin = true;
    for character in cell.chars() {
        if may_begin && matches!(character, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') {
            file.push('\'');
        }
        // What looks like nothing may be taken for nothing.
        may_begin = matches!(character, ';' | '\t' | '\r' | '\n')
            || (may_begin && (character.is_whitespace() || character.is_control() || is_unseen(character)));
        if character == '"' {
            file.push('"');
        }
        file.push(character);
    }
    if is_quoted {
        file.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::push_cell;

    fn cell(text: &str) -> String {
        let mut file = String::new();
        push_cell(text, &mut file);
        file
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_text() {
        for formula in ["=1+1", "+15550100", "-2", "@SUM(A1)", "＝1", "＠x"] {
            assert_eq!(cell(formula), format!("'{formula}"));
        }
        assert_eq!(cell("\t=1"), "'\t'=1");
        assert_eq!(cell("\r=1"), "\"'\r'=1\"");
        assert_eq!(cell("path;=1+1;-2; 3;x"), "path;'=1+1;'-2; 3;x");
        assert_eq!(cell("=HYPERLINK(\"http://x\",\"y\")"), "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
    }

    #[test]
    fn what_would_end_a_cell_is_quoted() {
        assert_eq!(cell("plain 1-2 é"), "plain 1-2 é");
        assert_eq!(cell("a,b"), "\"a,b\"");
        assert_eq!(cell("say \"hi\""), "\"say \"\"hi\"\"\"");
        assert_eq!(cell("two\nlines"), "\"two\nlines\"");
    }
}
