//! Private keys in PEM (RFC 7468). Certificates and public keys are no secrets.

use std::borrow::Cow;

use memchr::memmem;

use super::mark::{Edits, Hidden};

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";
/// Labels are short: `ENCRYPTED PRIVATE KEY`.
const LONGEST_LABEL: usize = 40;

/// A text with its private keys hidden.
pub fn redact<'t>(text: &'t str, hidden: &mut Hidden) -> Cow<'t, str> {
    let mut edits = Edits::new(text);
    // No key ends before this place: looking again at every beginning would cost quadratic time.
    let mut no_end_before = 0;
    for start in memmem::find_iter(text.as_bytes(), BEGIN) {
        if start < edits.settled() {
            continue;
        }
        let label_start = start + BEGIN.len();
        let Some(label) = label_at(text, label_start).filter(|label| label.contains("PRIVATE KEY")) else { continue };
        let key_start = label_start + label.len() + DASHES.len();
        let mut end = None;
        if key_start >= no_end_before {
            let key_end = key_end(text, key_start);
            end = memmem::find(text.as_bytes().get(key_start..key_end).unwrap_or_default(), END.as_bytes());
            no_end_before = if end.is_none() { key_end } else { no_end_before };
        }
        let end = match end.map(|end| key_start + end + END.len()) {
            Some(label_start) => {
                label_start + label_at(text, label_start).map_or(0, |label| label.len() + DASHES.len())
            }
            // The key is cut off: nothing of it must stay.
            None => key_start + cut_off(text.get(key_start..).unwrap_or_default()).len(),
        };
        if !text.get(key_start..end).unwrap_or_default().trim().is_empty() {
            edits.replace(start..end, &hidden.mark("private_key"));
        }
    }
    edits.finish()
}

/// Where what a key consists of ends: base64, the headers of an encrypted one, and the quotes and signs with which
/// scripts and JSON put its lines together.
fn key_end(text: &str, start: usize) -> usize {
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let is_in =
        |byte: &u8| byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace() || b"+/=-:,.\\\"'`".contains(byte);
    start + rest.iter().position(|byte| !is_in(byte)).unwrap_or(rest.len())
}

/// What is left of a key, up to the end of the string or the element that holds it.
fn cut_off(rest: &str) -> &str {
    rest.split(['"', '<']).next().unwrap_or_default().trim_end_matches('\\')
}

fn label_at(text: &str, start: usize) -> Option<&str> {
    let window = text.as_bytes().get(start..)?;
    let window = window.get(..LONGEST_LABEL + DASHES.len()).unwrap_or(window);
    let length = memmem::find(window, DASHES.as_bytes())?;
    text.get(start..start + length)
}
