//! The evidence of one call as a text, for the support of whoever answered it: as stored, so with secrets hidden, in UTC,
//! and without the end user's name.

use std::fmt::Write;

use model::{CallDetail, Diagnosis, Headers, Response};

use super::evidence::cut;

/// A body is cut to so many characters: more is not read, and mails have limits.
const LONGEST_BODY: usize = 20_000;
/// Headers by which a provider finds a call in its own logs; further ones end in `-request-id` or `-trace-id`.
const NAMED_BY: [&str; 9] = [
    "x-request-id",
    "request-id",
    "x-correlation-id",
    "traceparent",
    "cf-ray",
    "x-amzn-requestid",
    "x-amz-request-id",
    "x-guploader-uploadid",
    "x-trace-id",
];

/// The evidence. `address` is the call's own page.
pub fn evidence_pack(call: &CallDetail, diagnosis: Option<&Diagnosis>, address: &str) -> String {
    let mut pack = String::with_capacity(4_096);
    // Writing to a string cannot fail. What others named must not begin a line of ours.
    let mut line = |name: &str, said: &str| _ = writeln!(pack, "{name:<14}{}", said.replace(char::is_control, " "));
    line("Call", &call.id.to_string());
    line("Made at", &format!("{} (UTC)", call.timestamp));
    if let Some(millis) = call.duration_ms {
        line("Took", &format!("{millis} ms"));
    }
    line("Application", call.application.label());
    line("Outcome", &outcome(call));
    if let Some(bot) = &call.bot {
        line("Bot", &named(&bot.name, &bot.id));
    }
    if let Some(path) = &call.source.path {
        line("Path", &named(&path.name, &path.id));
    }
    if let Some(node) = &call.source.node {
        line("Node", &named(&node.name, &node.id));
    }
    for (name, id) in [("Conversation", &call.conversation_id), ("Connection", &call.connection_id)] {
        if let Some(id) = id {
            line(name, id);
        }
    }
    for (name, value) in request_ids(call) {
        line("Request id", &format!("{name}: {value}"));
    }
    line("Page", address);
    if let Some(diagnosis) = diagnosis {
        section(&mut pack, "What we make of it", &reading(diagnosis));
    }
    if let Some(request) = &call.request {
        let sent = request.curl.clone().unwrap_or_else(|| {
            let body = request.body.as_deref().unwrap_or("(body not captured)");
            format!("{} {}\n{}\n{}", request.method, request.url, headers(&request.headers), cut(body, LONGEST_BODY))
        });
        section(&mut pack, "Request", &cut(&sent, 2 * LONGEST_BODY));
    }
    if let Some(response) = &call.response {
        section(&mut pack, "Response", &answer(response));
    }
    if let Some(failure) = &call.failure {
        section(&mut pack, "No response", &format!("{}: {}", failure.kind, failure.message));
    }
    if let Some(script) = &call.script {
        let error = script.error.as_ref().map_or("none", |error| error.message.as_str());
        let said = format!("error: {error}\nbefore: {}\nafter: {}", script.before.as_str(), script.after.as_str());
        section(&mut pack, "Script", &cut(&said, LONGEST_BODY));
    }
    let notes = notes(call);
    if !notes.is_empty() {
        section(&mut pack, "What is not here", &notes);
    }
    pack
}

fn section(pack: &mut String, title: &str, said: &str) {
    _ = write!(pack, "\n== {title} ==");
    for line in said.trim_end().lines() {
        // What others said must not begin a section of ours.
        let before = if line.starts_with("==") { " " } else { "" };
        _ = write!(pack, "\n{before}{line}");
    }
    pack.push('\n');
}

fn named(name: &str, id: &str) -> String {
    if name.trim().is_empty() { id.to_owned() } else { format!("{name} ({id})") }
}

fn outcome(call: &CallDetail) -> String {
    match &call.response {
        Some(response) => match response.status.phrase() {
            Some(phrase) => format!("{} {phrase}", response.status),
            None => response.status.to_string(),
        },
        None => call.outcome.label().to_owned(),
    }
}

/// The headers that name the call, those of the response first.
fn request_ids(call: &CallDetail) -> Vec<(&str, &str)> {
    let received = call.response.iter().flat_map(|response| &response.headers);
    let sent = call.request.iter().flat_map(|request| &request.headers);
    let names_it = |name: &str| {
        let name = name.to_ascii_lowercase();
        NAMED_BY.contains(&name.as_str()) || name.ends_with("-request-id") || name.ends_with("-trace-id")
    };
    received
        .chain(sent)
        .filter(|(name, _)| names_it(name))
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

fn reading(diagnosis: &Diagnosis) -> String {
    let mut said = String::new();
    if let Some(cause) = &diagnosis.cause {
        _ = writeln!(said, "{}\n{}", cause.title, cause.explanation);
        for piece in &cause.evidence {
            let place =
                if piece.name.is_empty() { piece.part.clone() } else { format!("{} {}", piece.part, piece.name) };
            _ = writeln!(said, "- {place}: {}", piece.text);
        }
    }
    for finding in &diagnosis.findings {
        _ = writeln!(said, "- {}", finding.sentence);
    }
    said
}

fn headers(headers: &Headers) -> String {
    headers.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join("\n")
}

fn answer(response: &Response) -> String {
    let phrase = response.status.phrase().unwrap_or_default();
    let body = match (response.body.as_deref(), &response.encoding) {
        (None, _) => "(body not captured)".to_owned(),
        (Some(""), _) => "(empty body)".to_owned(),
        (Some(body), _) => cut(body, LONGEST_BODY),
    };
    format!("{} {phrase}\n{}\n\n{body}", response.status, headers(&response.headers))
}

/// What was hidden or cut before the call was stored.
fn notes(call: &CallDetail) -> String {
    let hidden = call
        .redactions
        .iter()
        .map(|redaction| format!("hidden before storing: {} {}", redaction.count, redaction.kind));
    let cut = call.truncated.iter().map(|truncation| {
        format!("cut before storing: {}, {} bytes before", truncation.part, truncation.original_bytes)
    });
    let omitted = call.omitted.iter().map(|omission| format!("not kept: {}, {} bytes", omission.part, omission.bytes));
    hidden.chain(cut).chain(omitted).collect::<Vec<_>>().join("\n")
}
