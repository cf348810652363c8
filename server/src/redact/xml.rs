//! XML and HTML: the text of elements whose name says that it is secret.

use super::{Hidden, is_mark, name};

/// A text with the text of its secret elements hidden. Namespace prefixes and attributes do not matter; an element
/// that holds other elements is left to their names.
pub fn redact(text: &str, hidden: &mut Hidden) -> String {
    if !text.contains("</") {
        return text.to_owned();
    }
    let mut redacted = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag_and_after)) = rest.split_once('<') {
        redacted.push_str(before);
        redacted.push('<');
        rest = tag_and_after;
        let Some((tag, after)) = tag_and_after.split_once('>') else { break };
        let element = tag.split(|character: char| character.is_whitespace()).next().unwrap_or_default();
        let local_name = element.rsplit(':').next().unwrap_or_default();
        let is_opening = !tag.starts_with(['/', '!', '?']) && !tag.ends_with('/');
        let Some(kind) = name::secret_kind(local_name).filter(|_| is_opening) else { continue };
        let end = after.find('<').unwrap_or(after.len());
        let (value, following) = after.split_at_checked(end).unwrap_or((after, ""));
        if value.trim().is_empty() || is_mark(value.trim()) {
            continue;
        }
        redacted.push_str(tag);
        redacted.push('>');
        redacted.push_str(&hidden.mark(kind));
        rest = following;
    }
    redacted.push_str(rest);
    redacted
}
