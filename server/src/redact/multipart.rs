//! Bodies in parts (RFC 7578, RFC 2046): fields by their names, files by their name, type and size alone.

use std::ops::Range;

use memchr::memmem;
use model::Headers;

use super::content::{header, is_binary_type};
use super::mark::{Hidden, is_mark};
use super::{form, name, text};

/// RFC 2046 allows no longer boundaries.
const LONGEST_BOUNDARY: usize = 70;
/// The head of a part is short; what is longer is none.
const LONGEST_HEAD: usize = 4_096;

/// What stands between the parts of a body; `None` where it is not in parts.
pub fn boundary(headers: &Headers, body: &[u8]) -> Option<String> {
    let named = header(headers, "content-type").filter(|value| is_multipart(value)).and_then(|value| {
        let boundary = parameter(value, "boundary")?;
        (boundary.len() <= LONGEST_BOUNDARY && !boundary.is_empty()).then_some(boundary)
    });
    let boundary = named.or_else(|| sniffed(body))?;
    memmem::find(body, format!("--{boundary}").as_bytes()).map(|_| boundary)
}

fn is_multipart(content_type: &str) -> bool {
    content_type.trim_start().get(..10).is_some_and(|start| start.eq_ignore_ascii_case("multipart/"))
}

/// The boundary of a body whose headers do not name it: its first line, with the head of a part behind it.
fn sniffed(body: &[u8]) -> Option<String> {
    let rest = body.strip_prefix(b"--")?;
    let length = rest.iter().take(LONGEST_BOUNDARY + 1).position(|byte| matches!(byte, b'\r' | b'\n'))?;
    let (boundary, after) = rest.split_at_checked(length)?;
    let head = after.trim_ascii_start().get(..20)?;
    let boundary = str::from_utf8(boundary).ok().filter(|boundary| !boundary.is_empty())?;
    head.eq_ignore_ascii_case(b"content-disposition:").then(|| boundary.to_owned())
}

/// A body with its files replaced by what they are; the rest stays as it came.
pub fn without_files(body: &[u8], boundary: &str) -> String {
    let mut kept = Vec::with_capacity(body.len().min(1 << 16));
    let mut at = 0;
    for part in parts(body, boundary) {
        let content = body.get(part.content.clone()).unwrap_or_default();
        let Some(file) = part.file(content) else { continue };
        kept.extend_from_slice(body.get(at..part.content.start).unwrap_or_default());
        kept.extend_from_slice(file.as_bytes());
        at = part.content.end;
    }
    kept.extend_from_slice(body.get(at..).unwrap_or_default());
    String::from_utf8_lossy(&kept).into_owned()
}

/// A body without files, its fields redacted by their names, and all of it by what it holds.
pub fn redact(body: &str, boundary: &str, hidden: &mut Hidden) -> String {
    let mut redacted = String::with_capacity(body.len());
    let mut at = 0;
    for part in parts(body.as_bytes(), boundary) {
        let content = body.get(part.content.clone()).unwrap_or_default();
        redacted.push_str(&text::redact(body.get(at..part.content.start).unwrap_or_default(), hidden));
        at = part.content.end;
        let kind = part.name.as_deref().and_then(name::parameter_kind);
        match kind {
            Some(kind) if !content.trim().is_empty() && !is_mark(content) && !is_file(content) => {
                redacted.push_str(&hidden.hide(kind, content));
            }
            _ => redacted.push_str(&text::redact(content, hidden)),
        }
    }
    redacted.push_str(&text::redact(body.get(at..).unwrap_or_default(), hidden));
    redacted
}

struct Part {
    name: Option<String>,
    file_name: Option<String>,
    media_type: Option<String>,
    content: Range<usize>,
    is_whole: bool,
}

impl Part {
    /// What stands in the place of a file's content; `None` for a field, and for a file that was replaced already.
    fn file(&self, content: &[u8]) -> Option<String> {
        let is_text = str::from_utf8(content).is_ok();
        let is_binary = self.media_type.as_deref().is_some_and(is_binary_type) || !is_text;
        if (self.file_name.is_none() && !is_binary) || str::from_utf8(content).is_ok_and(is_file) {
            return None;
        }
        let name = self.file_name.as_ref().map(|name| format!(" \"{name}\""));
        let media_type = self.media_type.as_ref().map(|media_type| format!("{media_type}, "));
        let more = if self.is_whole { "" } else { " or more" };
        let (name, media_type) = (name.unwrap_or_default(), media_type.unwrap_or_default());
        Some(format!("[file{name}: {media_type}{} bytes{more}]", content.len()))
    }
}

fn is_file(content: &str) -> bool {
    content.starts_with("[file") && (content.ends_with(" bytes]") || content.ends_with(" bytes or more]"))
}

/// The parts in order. A body that is cut off ends in a part that is not whole.
fn parts(body: &[u8], boundary: &str) -> Vec<Part> {
    let delimiter = format!("--{boundary}");
    let delimiters: Vec<usize> = memmem::find_iter(body, delimiter.as_bytes())
        .filter(|place| *place == 0 || body.get(place - 1) == Some(&b'\n'))
        .collect();
    let ends = delimiters.iter().skip(1).copied().map(Some).chain([None]);
    delimiters
        .iter()
        .zip(ends)
        .filter_map(|(start, end)| {
            let inside = body.get(..end.unwrap_or(body.len()))?;
            let inside = inside.strip_suffix(b"\n").filter(|_| end.is_some()).unwrap_or(inside);
            let inside = inside.strip_suffix(b"\r").filter(|_| end.is_some()).unwrap_or(inside);
            part(inside, start + delimiter.len(), end.is_some())
        })
        .collect()
}

/// The part that begins behind a delimiter and ends with `inside`; `None` for what stands behind the last one.
fn part(inside: &[u8], start: usize, is_whole: bool) -> Option<Part> {
    let rest = inside.get(start..)?;
    if rest.starts_with(b"--") {
        return None;
    }
    let window = rest.get(..LONGEST_HEAD).unwrap_or(rest);
    let (length, blank) = [&b"\r\n\r\n"[..], b"\n\n"]
        .into_iter()
        .filter_map(|blank| Some((memmem::find(window, blank)?, blank.len())))
        .min()?;
    let head = String::from_utf8_lossy(window.get(..length)?).into_owned();
    let line = |name: &str| {
        head.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    };
    let disposition = line("content-disposition").unwrap_or_default();
    let media_type = line("content-type").map(|value| value.split(';').next().unwrap_or_default().trim().to_owned());
    let file_name = parameter(&disposition, "filename")
        .or_else(|| parameter(&disposition, "filename*").map(|name| form::decoded(&name)));
    Some(Part {
        name: parameter(&disposition, "name"),
        file_name,
        media_type,
        content: start + length + blank..inside.len(),
        is_whole,
    })
}

/// A parameter of a header: `boundary` of `multipart/form-data; boundary=x`.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|parameter| {
        let (found, value) = parameter.split_once('=')?;
        found.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}
