//! What a request holds: unpacked, split, and read call by call.

use std::fmt;
use std::io::{self, ErrorKind, Read};

use flate2::bufread::GzDecoder;
use model::{Call, Rejection};
use serde::de::{IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::memory::{Full, Share};

/// The most bytes one request may have after it is unpacked.
pub const MAX_REQUEST_BYTES: usize = 32 << 20;
/// What a byte of a request becomes while it is taken in: the text itself, calls, redacted calls, rows with their index.
const BECOMES: usize = 4;
/// What a string of it takes beside its text: a call of many short ones, as of headers, is mostly that.
const STRING: usize = 64;
/// Packed requests are unpacked in pieces of this many bytes.
const PIECE: usize = 64 << 10;
/// The most calls one request may hold.
const MAX_CALLS: usize = 10_000;
/// The largest window of a zstd frame, 8 MiB: senders must not use a larger one (RFC 9659, section 3), and it is taken
/// from no share.
pub const MAX_WINDOW_LOG: u32 = 23;
/// The most characters of what is said of a call that cannot be read: the reader quotes what it met.
const MAX_MESSAGE: usize = 300;

/// Why a request as a whole cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Larger than allowed, after unpacking.
    #[error("the request has more than {} MiB after unpacking; send fewer calls at once", MAX_REQUEST_BYTES >> 20)]
    TooLarge,
    /// More calls than allowed.
    #[error("the request holds more than {MAX_CALLS} calls; send fewer at once")]
    TooMany,
    /// An encoding that is not known.
    #[error("the content encoding {0} is not known; send gzip, zstd or none")]
    UnknownEncoding(String),
    /// Not what its encoding says.
    #[error("the request is not valid {0}")]
    NotUnpackable(&'static str),
    /// Neither an array, an object nor lines.
    #[error("the request is not JSON: {0}")]
    NotJson(String),
    /// Other requests hold the memory that it needs.
    #[error("other requests hold the memory that it needs")]
    NoMemory,
    /// Nothing in it.
    #[error("the request holds no calls")]
    Empty,
}

/// What could be read at each index of a request, or why it could not.
pub type Decoded = Vec<Result<Call, Rejection>>;

/// Unpacks a request, never to more than [`MAX_REQUEST_BYTES`], and takes from the share what it becomes.
pub fn decompress(body: Vec<u8>, encoding: &str, share: &mut Share) -> Result<Vec<u8>, DecodeError> {
    let encoding = encoding.trim();
    // Names of encodings are the same in any case (RFC 9110, section 8.4.1).
    let is = |name: &str| encoding.eq_ignore_ascii_case(name);
    if encoding.is_empty() || is("identity") {
        if body.len() > MAX_REQUEST_BYTES {
            return Err(DecodeError::TooLarge);
        }
        // Its own bytes are in the share already.
        share.grow(becomes(&body) - body.len()).map_err(|Full| DecodeError::NoMemory)?;
        Ok(body)
    } else if is("gzip") {
        unpack(Members { decoder: GzDecoder::new(&body[..]), left: MAX_CALLS }, "gzip", share)
    } else if is("zstd") {
        let mut decoder = zstd::Decoder::new(&body[..]).map_err(|_| DecodeError::NotUnpackable("zstd"))?;
        decoder.window_log_max(MAX_WINDOW_LOG).map_err(|_| DecodeError::NotUnpackable("zstd"))?;
        unpack(decoder, "zstd", share)
    } else {
        Err(DecodeError::UnknownEncoding(encoding.chars().take(40).collect()))
    }
}

/// The members of a gzip file one after another, but no more than a request may hold calls: each costs some ten
/// microseconds, however empty it is, and twenty bytes.
struct Members<'b> {
    decoder: GzDecoder<&'b [u8]>,
    left: usize,
}

impl Read for Members<'_> {
    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        loop {
            let bytes = self.decoder.read(piece)?;
            let rest: &[u8] = self.decoder.get_ref();
            if bytes > 0 || rest.is_empty() {
                return Ok(bytes);
            }
            self.left = self.left.checked_sub(1).ok_or(ErrorKind::InvalidData)?;
            self.decoder = GzDecoder::new(rest);
        }
    }
}

/// About how many bytes a piece of a request takes while it is taken in; of the largest request never more than all
/// requests together may hold.
fn becomes(piece: &[u8]) -> usize {
    let strings = memchr::memchr_iter(b'"', piece).count() / 2;
    piece.len() * BECOMES + (strings * STRING).min(piece.len() * (BECOMES - 1))
}

fn unpack(mut packed: impl Read, encoding: &'static str, share: &mut Share) -> Result<Vec<u8>, DecodeError> {
    let mut unpacked = Vec::new();
    let mut piece = vec![0; PIECE];
    loop {
        let bytes = match packed.read(&mut piece) {
            Ok(0) => return Ok(unpacked),
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(_) => return Err(DecodeError::NotUnpackable(encoding)),
        };
        let piece = piece.get(..bytes).unwrap_or_default();
        if unpacked.len() + piece.len() > MAX_REQUEST_BYTES {
            return Err(DecodeError::TooLarge);
        }
        share.grow(becomes(piece)).map_err(|Full| DecodeError::NoMemory)?;
        unpacked.extend_from_slice(piece);
    }
}

/// Reads a JSON array, one object, or NDJSON.
pub fn read_calls(body: &[u8]) -> Result<Decoded, DecodeError> {
    let trimmed = body.trim_ascii();
    let decoded: Decoded = match trimmed.first() {
        None => return Err(DecodeError::Empty),
        Some(b'[') => {
            let Items(items) =
                serde_json::from_slice(trimmed).map_err(|error| DecodeError::NotJson(error.to_string()))?;
            check_number(items.len())?;
            items.iter().enumerate().map(|(index, item)| read_call(index, item.get().as_bytes())).collect()
        }
        Some(_) => {
            if let Ok(object) = serde_json::from_slice::<&RawValue>(trimmed) {
                vec![read_call(0, object.get().as_bytes())]
            } else {
                let lines = trimmed.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
                let lines: Vec<&[u8]> = lines.take(MAX_CALLS + 1).collect();
                check_number(lines.len())?;
                lines.iter().enumerate().map(|(index, line)| read_call(index, line)).collect()
            }
        }
    };
    if decoded.is_empty() { Err(DecodeError::Empty) } else { Ok(decoded) }
}

/// Reads a file of calls, an array or lines, of any length: whoever imports has the file already.
pub fn read_many_calls(content: &[u8]) -> Decoded {
    if let Ok(items) = serde_json::from_slice::<Vec<&RawValue>>(content.trim_ascii()) {
        return items.iter().enumerate().map(|(index, item)| read_call(index, item.get().as_bytes())).collect();
    }
    let lines = content.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    lines.enumerate().map(|(index, line)| read_call(index, line)).collect()
}

/// The items of an array, as far as they are no more than one too many: a request of nothing but commas and digits
/// would become eight times as large.
struct Items<'a>(Vec<&'a RawValue>);

impl<'de> Deserialize<'de> for Items<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Items<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an array of calls")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Items<'de>, A::Error> {
                let mut items = Vec::new();
                while items.len() <= MAX_CALLS {
                    let Some(item) = sequence.next_element()? else { return Ok(Items(items)) };
                    items.push(item);
                }
                while sequence.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Items(items))
            }
        }

        deserializer.deserialize_seq(Reader)
    }
}

fn check_number(calls: usize) -> Result<(), DecodeError> {
    if calls > MAX_CALLS { Err(DecodeError::TooMany) } else { Ok(()) }
}

fn read_call(index: usize, json: &[u8]) -> Result<Call, Rejection> {
    serde_json::from_slice(json).map_err(|error| {
        let is_json = serde_json::from_slice::<IgnoredAny>(json).is_ok();
        let id = serde_json::from_slice::<IdOnly>(json).ok().and_then(|call| call.id);
        Rejection {
            index,
            id: id.map(|id| id.chars().take(64).collect()),
            code: if is_json { "invalid_call" } else { "not_json" }.to_owned(),
            message: error.to_string().chars().take(MAX_MESSAGE).collect(),
        }
    })
}

/// The id of a call that is otherwise wrong.
#[derive(Deserialize)]
struct IdOnly {
    id: Option<String>,
}

#[cfg(test)]
mod tests;
