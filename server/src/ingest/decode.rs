//! What a request holds: unpacked, split, and read call by call.

use std::io::{ErrorKind, Read};

use model::{Call, Rejection};
use serde_json::value::RawValue;

use super::memory::{Full, Share};

/// The most bytes one request may have after it is unpacked.
pub const MAX_REQUEST_BYTES: usize = 32 << 20;
/// What a byte of a request becomes while it is taken in: the text itself, calls, redacted calls, rows with their index.
const BECOMES: usize = 4;
/// Packed requests are unpacked in pieces of this many bytes.
const PIECE: usize = 64 << 10;
/// The most calls one request may hold.
const MAX_CALLS: usize = 10_000;

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
pub fn decompress(body: Vec<u8>, encoding: Option<&str>, share: &mut Share) -> Result<Vec<u8>, DecodeError> {
    match encoding.map(str::trim).filter(|encoding| !encoding.is_empty()) {
        None | Some("identity") if body.len() > MAX_REQUEST_BYTES => Err(DecodeError::TooLarge),
        None | Some("identity") => {
            // Its own bytes are in the share already.
            share.grow(body.len() * (BECOMES - 1)).map_err(|Full| DecodeError::NoMemory)?;
            Ok(body)
        }
        Some("gzip") => unpack(flate2::read::MultiGzDecoder::new(&body[..]), "gzip", share),
        Some("zstd") => {
            let decoder = zstd::Decoder::new(&body[..]).map_err(|_| DecodeError::NotUnpackable("zstd"))?;
            unpack(decoder, "zstd", share)
        }
        Some(other) => Err(DecodeError::UnknownEncoding(other.chars().take(40).collect())),
    }
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
        if unpacked.len() + bytes > MAX_REQUEST_BYTES {
            return Err(DecodeError::TooLarge);
        }
        share.grow(bytes * BECOMES).map_err(|Full| DecodeError::NoMemory)?;
        unpacked.extend_from_slice(piece.get(..bytes).unwrap_or_default());
    }
}

/// Reads a JSON array, one object, or NDJSON.
pub fn read_calls(body: &[u8]) -> Result<Decoded, DecodeError> {
    let trimmed = body.trim_ascii();
    let decoded: Decoded = match trimmed.first() {
        None => return Err(DecodeError::Empty),
        Some(b'[') => {
            let items: Vec<&RawValue> =
                serde_json::from_slice(trimmed).map_err(|error| DecodeError::NotJson(error.to_string()))?;
            check_number(items.len())?;
            items.iter().enumerate().map(|(index, item)| read_call(index, item.get().as_bytes())).collect()
        }
        Some(_) => {
            if let Ok(object) = serde_json::from_slice::<&RawValue>(trimmed) {
                vec![read_call(0, object.get().as_bytes())]
            } else {
                let lines: Vec<&[u8]> =
                    trimmed.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).collect();
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

fn check_number(calls: usize) -> Result<(), DecodeError> {
    if calls > MAX_CALLS { Err(DecodeError::TooMany) } else { Ok(()) }
}

fn read_call(index: usize, json: &[u8]) -> Result<Call, Rejection> {
    serde_json::from_slice(json).map_err(|error| {
        let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(json).is_ok();
        let id = serde_json::from_slice::<IdOnly>(json).ok().and_then(|call| call.id);
        Rejection {
            index,
            id: id.map(|id| id.chars().take(64).collect()),
            code: if is_json { "invalid_call" } else { "not_json" }.to_owned(),
            message: error.to_string(),
        }
    })
}

/// The id of a call that is otherwise wrong.
#[derive(serde::Deserialize)]
struct IdOnly {
    id: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::{DecodeError, MAX_REQUEST_BYTES, read_calls};
    use crate::ingest::Memory;

    fn decompress(body: &[u8], encoding: Option<&str>) -> Result<Vec<u8>, DecodeError> {
        super::decompress(body.to_vec(), encoding, &mut Memory::default().share())
    }

    #[test]
    fn what_it_becomes_is_taken_from_the_share_before_it_is() {
        let memory = Memory::new(1 << 20);
        let bomb = zstd::encode_all(&vec![b' '; 300 << 10][..], 3).unwrap();
        let decompress = |body, encoding| super::decompress(body, encoding, &mut memory.share());
        assert_eq!(decompress(bomb, Some("zstd")), Err(DecodeError::NoMemory));
        assert_eq!(decompress(vec![b' '; 400 << 10], None), Err(DecodeError::NoMemory));
        assert_eq!(decompress(vec![b' '; 200 << 10], None), Ok(vec![b' '; 200 << 10]));
    }
    use std::io::Write;

    #[test]
    fn a_bomb_is_refused_before_it_unfolds() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        for _ in 0..MAX_REQUEST_BYTES / (1 << 20) + 8 {
            encoder.write_all(&vec![b' '; 1 << 20]).unwrap();
        }
        let bomb = encoder.finish().unwrap();
        assert!(bomb.len() < 100_000);
        assert_eq!(decompress(&bomb, Some("gzip")), Err(DecodeError::TooLarge));
        let bomb = zstd::encode_all(&vec![0_u8; MAX_REQUEST_BYTES + 1][..], 3).unwrap();
        assert_eq!(decompress(&bomb, Some("zstd")), Err(DecodeError::TooLarge));
    }

    #[test]
    fn what_is_not_packed_as_it_says_is_refused() {
        assert_eq!(decompress(b"{}", Some("gzip")), Err(DecodeError::NotUnpackable("gzip")));
        assert_eq!(decompress(b"{}", Some("zstd")), Err(DecodeError::NotUnpackable("zstd")));
        assert_eq!(decompress(b"{}", Some("br")), Err(DecodeError::UnknownEncoding("br".to_owned())));
        assert_eq!(decompress(b"{}", None), Ok(b"{}".to_vec()));
    }

    #[test]
    fn lines_fail_alone_and_arrays_as_a_whole() {
        let codes = |body: &[u8]| -> Vec<String> {
            read_calls(body).unwrap().into_iter().map(|read| read.unwrap_err().code).collect()
        };
        assert_eq!(codes(b"{\"id\": 1}\nnot json\n\n\xff\xfe"), ["invalid_call", "not_json", "not_json"]);
        assert_eq!(codes(b"[{}, 7, null]"), ["invalid_call"; 3]);
        assert!(matches!(read_calls(b"[{}, "), Err(DecodeError::NotJson(_))));
        assert!(matches!(read_calls(b"[\"\xff\"]"), Err(DecodeError::NotJson(_))));
        assert_eq!(read_calls(b" \n"), Err(DecodeError::Empty));
        assert_eq!(read_calls(b"[]"), Err(DecodeError::Empty));
        let rejection = read_calls(b"{\"id\": \"x\", \"timestamp\": 7}").unwrap().remove(0).unwrap_err();
        assert_eq!(rejection.id.as_deref(), Some("x"));
    }
}
