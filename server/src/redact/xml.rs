//! XML and HTML: the text of elements whose name says that it is secret. Attributes are left to the rules for text.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr2};

use super::mark::{Edits, Hidden, is_mark};
use super::name;

const CDATA: &str = "<![CDATA[";

/// A text with the text of its secret elements hidden. Namespace prefixes and attributes do not matter; an element
/// that holds other elements is left to their names.
pub fn redact<'t>(text: &'t str, hidden: &mut Hidden) -> Cow<'t, str> {
    let bytes = text.as_bytes();
    let is_markup = bytes.trim_ascii_start().first() == Some(&b'<');
    let mut edits = Edits::new(text);
    let mut at = 0;
    while let Some(opening) = bytes.get(at..).and_then(|rest| memchr(b'<', rest)) {
        at += opening + 1;
        let name = local_name(bytes.get(at..).unwrap_or_default());
        let Some(kind) = name::secret_kind(name) else { continue };
        let Some(value_start) = behind_tag(bytes, at) else { continue };
        let Some(value) = value_of(text, value_start, name, is_markup) else { continue };
        at = value.end;
        let content = text.get(value.clone()).unwrap_or_default().trim();
        if !content.is_empty() && !is_mark(content) {
            edits.replace(value, &hidden.hide(kind, content));
        }
    }
    edits.finish()
}

/// The name of an opening tag without its prefix; empty for everything else that begins with `<`.
fn local_name(tag: &[u8]) -> &str {
    let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':');
    let length = tag.iter().take(128).take_while(is_name).count();
    let name = tag.get(..length).and_then(|name| str::from_utf8(name).ok()).unwrap_or_default();
    name.rsplit(':').next().unwrap_or_default()
}

/// The place behind an opening tag; `None` for one that closes itself, or never closes.
fn behind_tag(bytes: &[u8], at: usize) -> Option<usize> {
    let end = at + memchr2(b'>', b'<', bytes.get(at..)?)?;
    (bytes.get(end) == Some(&b'>') && bytes.get(end - 1) != Some(&b'/')).then_some(end + 1)
}

/// The text between a tag and the one that closes it. One that is cut off belongs to its element where the whole text
/// is markup; in other texts `<token>` may be a word.
fn value_of(text: &str, start: usize, name: &str, is_markup: bool) -> Option<Range<usize>> {
    let rest = text.get(start..)?;
    if let Some(content) = rest.strip_prefix(CDATA) {
        let start = start + CDATA.len();
        // Markup inside a string of JSON ends with the string.
        let in_string = || content.split('"').next().unwrap_or_default().trim_end_matches('\\');
        let content = if is_markup { content } else { in_string() };
        return Some(start..start + content.find("]]>").unwrap_or(content.len()));
    }
    let Some(end) = rest.find('<') else { return is_markup.then_some(start..text.len()) };
    if !is_markup && rest.get(..end)?.contains('"') {
        return None;
    }
    let closing = rest.get(end + 1..)?.strip_prefix('/')?;
    let closing = closing.split('>').next()?.rsplit(':').next()?;
    closing.trim().eq_ignore_ascii_case(name).then_some(start..start + end)
}
