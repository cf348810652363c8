//! The calls as rows for the peers: narrow columns, the folded text that is searched, and the whole call.
//!
//! Tab-separated with the escapes that PostgreSQL's COPY and ClickHouse's `TabSeparated` share.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use model::fold::fold_into;
use model::{Call, Headers, Outcome};

use crate::Error;
use crate::spool::Spool;

/// The columns, in order.
pub const COLUMNS: [&str; 18] = [
    "account",
    "ts",
    "id",
    "is_error",
    "code",
    "method",
    "application",
    "bot_id",
    "bot_name",
    "source",
    "path",
    "node",
    "user_id",
    "user_name",
    "duration_ms",
    "url",
    "text",
    "body",
];
/// Batches of the spool in a file: about as many calls as ClickHouse wants in one insert.
const BATCHES_IN_FILE: usize = 10;

/// Writes all calls into files of the folder, in the order in which they are sent to the server.
pub fn write(folder: &Path, spool: &Spool) -> Result<Vec<String>, Error> {
    fs::create_dir_all(folder)?;
    let mut names = Vec::new();
    for (number, batches) in spool.batches.chunks(BATCHES_IN_FILE).enumerate() {
        let path = folder.join(format!("{number:06}.tsv"));
        let mut file = BufWriter::new(File::create(&path)?);
        for batch in batches {
            for line in spool.unpacked(batch)?.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
                let call: Call = serde_json::from_slice(line)?;
                file.write_all(row(batch.account, &call, std::str::from_utf8(line)?).as_bytes())?;
            }
        }
        file.flush()?;
        names.push(path.display().to_string());
    }
    Ok(names)
}

fn row(account: usize, call: &Call, json: &str) -> String {
    let bot = call.bot.as_ref();
    let user = call.user.as_ref();
    let name_of = |name: Option<&String>| name.cloned().unwrap_or_default();
    let values: [String; COLUMNS.len()] = [
        account.to_string(),
        call.timestamp.to_string().replace('T', " ").replace('Z', ""),
        call.id.to_string(),
        u8::from(call.outcome() != Outcome::Success).to_string(),
        call.response.as_ref().map_or(0, |response| response.status.0).to_string(),
        call.request.as_ref().map_or("", |request| request.method.as_str()).to_owned(),
        call.application.as_str().to_owned(),
        name_of(bot.map(|bot| &bot.id)),
        name_of(bot.map(|bot| &bot.name)),
        call.source.kind.as_str().to_owned(),
        name_of(call.source.path.as_ref().map(|path| &path.name)),
        name_of(call.source.node.as_ref().map(|node| &node.name)),
        name_of(user.and_then(|user| user.id.as_ref())),
        name_of(user.and_then(|user| user.name.as_ref())),
        call.duration_ms.unwrap_or_default().to_string(),
        call.request.as_ref().map_or("", |request| request.url.as_str()).to_owned(),
        searched_text(call),
        json.to_owned(),
    ];
    let mut row = String::with_capacity(4_096);
    for (number, value) in values.iter().enumerate() {
        row.push_str(if number == 0 { "" } else { "\t" });
        escape_into(value, &mut row);
    }
    row.push('\n');
    row
}

/// What search looks at, as the contract has it: URL, headers, bodies, user, bot and source, folded.
fn searched_text(call: &Call) -> String {
    let mut parts = vec![call.application.label()];
    if let Some(bot) = &call.bot {
        parts.extend([&*bot.id, &*bot.name]);
    }
    if let Some(path) = &call.source.path {
        parts.extend([&*path.id, &*path.name]);
    }
    if let Some(node) = &call.source.node {
        parts.extend([&*node.id, &*node.name]);
    }
    if let Some(user) = &call.user {
        parts.extend(user.id.as_deref());
        parts.extend(user.name.as_deref());
    }
    parts.extend(call.conversation_id.as_deref());
    let mut text = String::with_capacity(2_048);
    for part in parts {
        add_folded(part, "\n", &mut text);
    }
    if let Some(request) = &call.request {
        add_folded(&request.url, "\n", &mut text);
        add_message(&request.headers, request.body.as_deref(), &mut text);
    }
    if let Some(response) = &call.response {
        add_message(&response.headers, response.body.as_deref(), &mut text);
    }
    text
}

fn add_message(headers: &Headers, body: Option<&str>, text: &mut String) {
    for (name, value) in headers {
        add_folded(name, ": ", text);
        add_folded(value, "\n", text);
    }
    add_folded(body.unwrap_or_default(), "\n", text);
}

fn add_folded(part: &str, end: &str, text: &mut String) {
    fold_into(part, text);
    text.push_str(end);
}

fn escape_into(value: &str, row: &mut String) {
    for character in value.chars() {
        match character {
            '\\' => row.push_str("\\\\"),
            '\t' => row.push_str("\\t"),
            '\n' => row.push_str("\\n"),
            '\r' => row.push_str("\\r"),
            other => row.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use model::Timestamp;

    use super::*;
    use crate::calls::{CallMaker, RARE_ORDER, RARE_WORD};

    #[test]
    fn a_row_is_one_line_with_a_value_for_each_column() {
        let mut call = CallMaker::new(1).call(3, Timestamp::from_millis(1_795_000_000_123), true);
        call.bot.as_mut().unwrap().name = "Tab\tand \\ and\r\nline".to_owned();
        let row = row(3, &call, &serde_json::to_string(&call).unwrap());
        let values: Vec<&str> = row.strip_suffix('\n').unwrap().split('\t').collect();
        assert!(!row.trim_end().contains('\n') && values.len() == COLUMNS.len());
        assert_eq!(&values[..2], ["3", "2026-11-18 11:06:40.123"]);
        assert_eq!(values[8], r"Tab\tand \\ and\r\nline");
        assert!(values[16].contains(RARE_WORD) && values[16].contains(&RARE_ORDER.to_lowercase()));
        let body = values[17].replace(r"\\", r"\");
        assert_eq!(serde_json::from_str::<Call>(&body).unwrap(), call);
    }
}
