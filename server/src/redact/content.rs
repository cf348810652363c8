//! What a body is, before it is redacted: text, or bytes that are not kept.

use std::io::Read;

use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use model::Headers;

use super::multipart;
use crate::ingest::MAX_WINDOW_LOG;

/// A compressed body is unpacked to so many times its size and no further: what a request makes us keep must stay in
/// proportion to what it sends.
const MOST_UNPACKED: usize = 16;

/// A body, read.
#[derive(Debug, PartialEq, Eq)]
pub enum Content {
    /// Text, of which the beginning is read.
    Text {
        /// What is read.
        text: String,
        /// The size of all of it, in bytes.
        bytes: usize,
        /// Whether there was more.
        is_cut: bool,
    },
    /// Not text.
    Binary {
        /// Its size, in bytes.
        bytes: usize,
    },
}

/// Reads a body, and of text no more than `most` bytes.
pub fn read(headers: &Headers, body: String, encoding: Option<&str>, most: usize) -> Content {
    let is_encoded = encoding.is_some_and(|encoding| encoding.eq_ignore_ascii_case("base64"));
    let content = if is_encoded {
        match decoded(&body) {
            Some(content) => unpacked(headers, content, most),
            // What says that it is base64 and is not cannot be read, and so not be redacted.
            None => return Content::Binary { bytes: body.len() / 4 * 3 },
        }
    } else {
        body.into_bytes()
    };
    let bytes = content.len();
    let text = if let Some(boundary) = multipart::boundary(headers, &content) {
        multipart::without_files(&content, &boundary)
    } else if header(headers, "content-type").is_some_and(is_binary_type) && !is_answer_in_words(&content) {
        return Content::Binary { bytes };
    } else {
        match String::from_utf8(content) {
            Ok(text) if !is_encoded || is_readable(&text) => text,
            _ => return Content::Binary { bytes },
        }
    };
    let is_cut = text.len() > most;
    let mut text = text;
    text.truncate(text.floor_char_boundary(most));
    Content::Text { text, bytes, is_cut }
}

/// The value of a header, whatever the case of its name.
pub fn header<'h>(headers: &'h Headers, name: &str) -> Option<&'h str> {
    headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// The type that the headers name, without parameters.
pub fn media_type(headers: &Headers) -> Option<String> {
    const LONGEST: usize = 100;
    let value = header(headers, "content-type")?.split(';').next()?.trim().to_ascii_lowercase();
    (!value.is_empty()).then(|| value.chars().take(LONGEST).collect())
}

/// Whether content of this type is no text.
pub fn is_binary_type(content_type: &str) -> bool {
    let lower = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let Some((kind, subtype)) = lower.split_once('/') else { return false };
    let is_text = ["json", "xml", "text", "html", "javascript", "urlencoded", "graphql"].iter();
    match kind {
        "image" | "audio" | "video" | "font" => !subtype.ends_with("xml"),
        "application" => {
            let is_named = ["octet-stream", "pdf", "zip", "gzip", "msword", "wasm", "protobuf", "avro", "rtf", "tar"];
            let is_named = is_named.iter().any(|part| subtype.contains(part));
            let is_office = subtype.starts_with("vnd.openxmlformats") || subtype.starts_with("vnd.ms-");
            is_office || (is_named && !is_text.clone().any(|part| subtype.ends_with(part)))
        }
        _ => false,
    }
}

/// Services answer in JSON or HTML under the type they were asked for, when something is wrong.
fn is_answer_in_words(content: &[u8]) -> bool {
    let begins = content.trim_ascii_start().first().is_some_and(|byte| matches!(byte, b'{' | b'[' | b'<'));
    begins && str::from_utf8(content).is_ok_and(is_readable)
}

fn is_readable(text: &str) -> bool {
    !text.chars().any(|character| character.is_control() && !matches!(character, '\n' | '\r' | '\t'))
}

/// The bytes behind base64 of either alphabet, padded or not, in lines or in one.
fn decoded(body: &str) -> Option<Vec<u8>> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &base64::alphabet::STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true),
    );
    let standard = body.bytes().filter(|byte| !byte.is_ascii_whitespace()).map(|byte| match byte {
        b'-' => b'+',
        b'_' => b'/',
        byte => byte,
    });
    LENIENT.decode(standard.collect::<Vec<_>>()).ok()
}

/// A body that its sender compressed, unpacked; as it came where it is not compressed, or too large to be unpacked.
fn unpacked(headers: &Headers, content: Vec<u8>, most: usize) -> Vec<u8> {
    let most = u64::try_from(most.min(content.len().saturating_mul(MOST_UNPACKED))).unwrap_or(u64::MAX);
    let mut text = Vec::new();
    let is_deflated = header(headers, "content-encoding").is_some_and(|value| value.eq_ignore_ascii_case("deflate"));
    let read = match content.as_slice() {
        [0x1f, 0x8b, ..] => flate2::read::MultiGzDecoder::new(&*content).take(most + 1).read_to_end(&mut text),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => zstd::Decoder::new(&*content).and_then(|mut decoder| {
            decoder.window_log_max(MAX_WINDOW_LOG)?;
            decoder.take(most + 1).read_to_end(&mut text)
        }),
        _ if is_deflated => flate2::read::ZlibDecoder::new(&*content).take(most + 1).read_to_end(&mut text),
        _ => return content,
    };
    let is_whole = read.is_ok() && u64::try_from(text.len()).is_ok_and(|length| length <= most);
    if is_whole { text } else { content }
}
