//! HTTP Archive 1.2 files (<http://www.softwareishard.com/blog/har-12-spec/>), as browsers and proxies save them.

use base64::Engine;
use model::{
    Application, Bot, Call, CallId, Failure, FailureKind, Headers, Method, Rejection, Request, Response, Source,
    SourceKind, StatusCode, Timestamp,
};
use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::{DecodeError, Decoded};

#[derive(Deserialize)]
struct Archive<'a> {
    #[serde(borrow)]
    log: Log<'a>,
}

#[derive(Deserialize)]
struct Log<'a> {
    #[serde(borrow)]
    entries: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    started_date_time: Timestamp,
    #[serde(default)]
    time: f64,
    request: HarRequest,
    response: HarResponse,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct HarRequest {
    method: String,
    url: String,
    #[serde(default)]
    headers: Vec<HarHeader>,
    post_data: Option<PostData>,
}

#[derive(Deserialize)]
struct PostData {
    text: Option<String>,
    /// Not in the standard, but written by some.
    encoding: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct HarResponse {
    status: u16,
    #[serde(default)]
    status_text: String,
    #[serde(default)]
    headers: Vec<HarHeader>,
    #[serde(default)]
    content: Content,
}

#[derive(Default, Deserialize)]
struct Content {
    text: Option<String>,
    encoding: Option<String>,
    size: Option<i64>,
}

#[derive(Deserialize)]
struct HarHeader {
    name: String,
    value: String,
}

/// The calls of an archive, in its order. Ids are derived from what the archive holds, so that reading it twice gives
/// the same calls.
pub fn read_har(archive: &[u8], application: &Application, bot: Option<&str>) -> Result<Decoded, DecodeError> {
    let archive: Archive<'_> =
        serde_json::from_slice(archive).map_err(|error| DecodeError::NotJson(error.to_string()))?;
    let calls = archive.log.entries.iter().enumerate().map(|(index, entry)| {
        let id = id_of(index, entry.get());
        match serde_json::from_str::<Entry>(entry.get()) {
            Ok(entry) => Ok(call_of(id, entry, application, bot)),
            Err(error) => Err(Rejection {
                index,
                id: None,
                code: "invalid_call".to_owned(),
                message: format!("not an entry of an HTTP archive: {error}"),
            }),
        }
    });
    Ok(calls.collect())
}

/// A version 8 UUID (RFC 9562, section 5.8) of the entry's place and text.
fn id_of(index: usize, entry: &str) -> CallId {
    let mut hash = Sha256::new();
    hash.update(index.to_string());
    hash.update(" ");
    hash.update(entry);
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(hash.finalize()).for_each(|(byte, hashed)| *byte = hashed);
    let bits = u128::from_be_bytes(bytes);
    let version = bits & !(0xf << 76) | (0x8 << 76);
    CallId::from_u128(version & !(0x3 << 62) | (0x2 << 62))
}

fn call_of(id: CallId, entry: Entry, application: &Application, bot: Option<&str>) -> Call {
    let Entry { started_date_time, time, request, response } = entry;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be in range, or dropped")]
    let duration_ms = (time > 0.0 && time < 1e12).then(|| time.round() as u64);
    let headers =
        |headers: Vec<HarHeader>| headers.into_iter().map(|header| (header.name, header.value)).collect::<Headers>();
    let (sent, sent_encoding) = match request.post_data {
        Some(data) => (data.text, data.encoding),
        None => (Some(String::new()), None),
    };
    // Status 0 is how browsers save a request that got no answer.
    let (response, failure) = if response.status == 0 {
        (None, Some(Failure { kind: FailureKind::Unknown, message: response.status_text }))
    } else {
        let is_empty = response.content.size == Some(0);
        let body = response.content.text.or_else(|| is_empty.then(String::new));
        let encoding = response.content.encoding.or_else(|| body.as_deref().and_then(unsaid_encoding));
        (
            Some(Response { status: StatusCode(response.status), headers: headers(response.headers), body, encoding }),
            None,
        )
    };
    Call {
        id,
        timestamp: started_date_time,
        duration_ms,
        bot: bot.map(|name| Bot { id: name.to_lowercase().replace(' ', "-"), name: name.to_owned() }),
        source: Source {
            kind: if bot.is_some() { SourceKind::BotFlow } else { SourceKind::Platform },
            path: None,
            node: None,
            agent: None,
        },
        user: None,
        conversation_id: None,
        connection_id: None,
        application: application.clone(),
        request: Some(Request {
            method: Method::from(request.method.to_ascii_uppercase().as_str()),
            url: request.url,
            headers: headers(request.headers),
            body: sent,
            encoding: sent_encoding,
        }),
        response,
        failure,
        script: None,
    }
}

/// Some recorders write base64 and do not say so. What decodes to JSON was meant as JSON.
fn unsaid_encoding(body: &str) -> Option<String> {
    // How base64 of `{"` and `[{` begins.
    let may_be = body.starts_with("eyJ") || body.starts_with("W3s");
    let decoded = base64::engine::general_purpose::STANDARD.decode(may_be.then_some(body)?).ok()?;
    serde_json::from_slice::<serde::de::IgnoredAny>(&decoded).is_ok().then(|| "base64".to_owned())
}

#[cfg(test)]
mod tests {
    use super::read_har;
    use model::{Application, Outcome};

    #[test]
    fn an_archive_is_read_the_same_way_twice() {
        let entry = r#"{"startedDateTime":"2026-01-02T03:04:05+01:00","time":12.6,
            "request":{"method":"post","url":"https://a/b","headers":[{"name":"A","value":"b"}],"postData":{"text":"x"}},
            "response":{"status":404,"headers":[],"content":{"size":2,"text":"no"}}}"#;
        let packed = entry.replace("\"no\"", "\"eyJuIjoxfQ==\"");
        let unanswered = entry.replace("404", "0");
        let archive = format!(r#"{{"log":{{"entries":[{entry},{entry},{unanswered},{{}},{packed}]}}}}"#);
        let read = || read_har(archive.as_bytes(), &Application::Zendesk, Some("Order desk")).unwrap();
        let calls = read();
        assert_eq!(calls, read());
        let first = calls[0].as_ref().unwrap();
        assert_eq!(first.timestamp.to_string(), "2026-01-02T02:04:05.000Z");
        assert_eq!(first.duration_ms, Some(13));
        assert_eq!(first.outcome(), Outcome::Error);
        assert_ne!(first.id, calls[1].as_ref().unwrap().id);
        assert_eq!(first.id.to_string().as_bytes()[14], b'8');
        assert_eq!(calls[2].as_ref().unwrap().outcome(), Outcome::NoResponse);
        assert_eq!(calls[3].as_ref().unwrap_err().index, 3);
        let packed = calls[4].as_ref().unwrap().response.as_ref().unwrap();
        assert_eq!(packed.encoding.as_deref(), Some("base64"));
    }
}
