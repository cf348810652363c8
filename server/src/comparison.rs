//! How a call differs from an earlier success of its node, part by part: names by name, JSON by path, everything else
//! as a text. What is different in every call (ids, times, tokens) is counted, not listed. Pure.

mod json;
mod pairs;
mod part;
mod volatile;

use model::{Call, Comparison, Headers, Request, Response, Script, Timestamp};

use part::Part;

/// What is known of the success beside what is stored of it.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances {
    /// Whether the success can be looked at itself.
    pub is_open: bool,
    /// When the node first failed after it.
    pub first_failing_at: Option<Timestamp>,
}

/// Compares a call with an earlier success of its node.
pub fn compare(call: &Call, success: &Call, circumstances: Circumstances) -> Comparison {
    let mut parts = vec![status(call, success)];
    if let (Some(was), Some(now)) = (&success.request, &call.request) {
        parts.extend(request(was, now));
    }
    if let (Some(was), Some(now)) = (&success.response, &call.response) {
        parts.extend(response(was, now));
    }
    if let (Some(was), Some(now)) = (&success.script, &call.script) {
        parts.extend(script(was, now));
    }
    let summary = summary(call, &parts);
    Comparison {
        success: success.id,
        success_at: success.timestamp,
        is_open: circumstances.is_open,
        first_failing_at: circumstances.first_failing_at,
        summary,
        ignored: parts.iter().map(|part| part.ignored).sum(),
        partial: parts.iter().any(|part| part.is_partial),
        parts: parts.into_iter().map(Part::into_answer).collect(),
    }
}

fn status(call: &Call, success: &Call) -> Part {
    let words = |call: &Call| {
        let ending = match (&call.response, &call.failure, &call.script) {
            (Some(response), _, _) => match response.status.phrase() {
                Some(phrase) => format!("{} {phrase}", response.status),
                None => response.status.to_string(),
            },
            (None, Some(failure), _) => format!("no response ({})", failure.kind),
            (None, None, Some(script)) if script.error.is_some() => "stopped".to_owned(),
            _ => "done".to_owned(),
        };
        match call.duration_ms {
            None => ending,
            Some(millis @ ..1_000) => format!("{ending}, {millis} ms"),
            Some(millis) => format!("{ending}, {}.{} s", millis / 1_000, millis % 1_000 / 100),
        }
    };
    let mut part = Part::new("status", "Status and time");
    part.add("", Some(&words(success)), Some(&words(call)));
    part
}

fn request(was: &Request, now: &Request) -> Vec<Part> {
    let mut method = Part::new("request.method", "Request type");
    method.compare("", Some(was.method.as_str()), Some(now.method.as_str()));
    let (was_address, was_query) = pairs::address_and_query(&was.url);
    let (now_address, now_query) = pairs::address_and_query(&now.url);
    let mut url = Part::new("request.url", "Address");
    pairs::compare_addresses(&mut url, was_address, now_address);
    let mut query = Part::new("request.query", "Parameters");
    pairs::compare_pairs(&mut query, &pairs::parsed(was_query), &pairs::parsed(now_query));
    let mut headers = Part::new("request.headers", "Headers sent");
    pairs::compare_headers(&mut headers, &was.headers, &now.headers);
    let (was, now) = (body(was.body.as_deref(), &was.headers), body(now.body.as_deref(), &now.headers));
    vec![method, url, query, headers, bodies("request.body", "Request body", was, now)]
}

fn response(was: &Response, now: &Response) -> Vec<Part> {
    let mut headers = Part::new("response.headers", "Headers received");
    pairs::compare_headers(&mut headers, &was.headers, &now.headers);
    let (was, now) = (body(was.body.as_deref(), &was.headers), body(now.body.as_deref(), &now.headers));
    vec![bodies("response.body", "Response body", was, now), headers]
}

fn script(was: &Script, now: &Script) -> Vec<Part> {
    let mut source = Part::new("script.source", "Script");
    if was.source != now.source {
        source.add("", Some("another text of the script"), Some("this text"));
    }
    let mut before = Part::new("script.before", "Variables before");
    json::compare_texts(&mut before, was.before.as_str(), now.before.as_str());
    vec![source, before]
}

/// A body, and whether it is a form.
fn body<'a>(body: Option<&'a str>, headers: &Headers) -> (Option<&'a str>, bool) {
    let is_form = headers.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("content-type")
            && value.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded")
    });
    (body, is_form)
}

fn bodies(name: &'static str, label: &'static str, was: (Option<&str>, bool), now: (Option<&str>, bool)) -> Part {
    let mut part = Part::new(name, label);
    match (was, now) {
        ((Some(was), true), (Some(now), true)) => {
            pairs::compare_pairs(&mut part, &pairs::parsed(was), &pairs::parsed(now));
        }
        ((Some(was), _), (Some(now), _)) => json::compare_texts(&mut part, was, now),
        ((was, _), (now, _)) => part.compare("", was, now),
    }
    part
}

/// What to make of it.
fn summary(call: &Call, parts: &[Part]) -> String {
    let differs = |part: &&Part| part.name.starts_with("request.") && part.differs();
    let differing: Vec<&str> = parts.iter().filter(differs).map(|part| part.label).collect();
    let is_input_same =
        call.script.is_none() || !parts.iter().any(|part| part.name == "script.before" && part.differs());
    if let Some(script) = &call.script {
        let is_same =
            script.source.is_none() || !parts.iter().any(|part| part.name == "script.source" && part.differs());
        return match (is_same, is_input_same) {
            (true, true) => "The script and its variables are the same.",
            (true, false) => "The script is the same. Its variables were others.",
            (false, _) => "The script was changed in between.",
        }
        .to_owned();
    }
    if !differing.is_empty() {
        return format!("The request was another one. It differs in: {}.", differing.join(", "));
    }
    let answer = if call.response.is_some() { "Only the answer changed." } else { "This time no answer came." };
    format!("The request is the same. {answer}")
}

#[cfg(test)]
mod tests;
