//! Whole calls at rest: JSON, compressed by zstd with a checksum, and with what calls of the same day have in common.

use std::cell::RefCell;
use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};
use zstd::dict::EncoderDictionary;
use zstd::zstd_safe;

use crate::store::{StoreError, StoredCall};

/// The level at which zstd is quick and most of the gain is had.
const LEVEL: i32 = 3;
/// A stored call is never larger than this; more is damage.
const MAX_STORED_BYTES: usize = 256 << 20;
/// The size at which a larger dictionary gains little.
const DICTIONARY_BYTES: usize = 64 << 10;

/// What bodies of a file are compressed with from now on.
pub struct Dictionary(EncoderDictionary<'static>);

impl Dictionary {
    /// One that was trained before.
    pub fn new(bytes: &[u8]) -> Result<Self, StoreError> {
        Ok(Self(EncoderDictionary::try_copy(bytes, LEVEL)?))
    }

    /// Learns what calls have in common.
    pub fn train(samples: &[Vec<u8>]) -> Result<Vec<u8>, StoreError> {
        Ok(zstd::dict::from_samples(samples, DICTIONARY_BYTES)?)
    }
}

/// Compresses the calls of a batch.
pub struct Packer<'d>(zstd::bulk::Compressor<'d>);

impl<'d> Packer<'d> {
    /// One that uses a dictionary, where there is one.
    pub fn new(dictionary: Option<&'d Dictionary>) -> Result<Self, StoreError> {
        let mut compressor = match dictionary {
            Some(dictionary) => zstd::bulk::Compressor::with_prepared_dictionary(&dictionary.0)?,
            None => zstd::bulk::Compressor::new(LEVEL)?,
        };
        compressor.include_checksum(true)?;
        Ok(Self(compressor))
    }

    /// A stored call as its body in the file.
    pub fn pack(&mut self, stored: &StoredCall) -> Result<Vec<u8>, StoreError> {
        let json = serde_json::to_vec(stored).map_err(|error| StoreError::Unreadable(error.to_string()))?;
        Ok(self.0.compress(&json)?)
    }
}

/// Reads bodies of one file back. Kept between bodies: making one anew costs more than reading a body.
#[derive(Default)]
pub struct Unpacker(RefCell<HashMap<u32, zstd::bulk::Decompressor<'static>>>);

impl Unpacker {
    /// Reads a body back.
    pub fn unpack(&self, connection: &Connection, body: &[u8]) -> Result<StoredCall, StoreError> {
        serde_json::from_slice(&self.unpack_json(connection, body)?).map_err(|error| damage(&error))
    }

    /// Reads a body back, as JSON.
    pub fn unpack_json(&self, connection: &Connection, body: &[u8]) -> Result<Vec<u8>, StoreError> {
        let length = zstd_safe::get_frame_content_size(body).ok().flatten();
        let length =
            length.and_then(|length| usize::try_from(length).ok()).filter(|length| *length <= MAX_STORED_BYTES);
        let length = length.ok_or_else(|| damage(&"its length is damaged"))?;
        let dictionary = zstd_safe::get_dict_id_from_frame(body).map_or(0, std::num::NonZeroU32::get);
        let mut decompressors = self.0.borrow_mut();
        let decompressor = match decompressors.entry(dictionary) {
            std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::hash_map::Entry::Vacant(entry) => entry.insert(decompressor(connection, dictionary)?),
        };
        decompressor.decompress(body, length).map_err(|error| damage(&error))
    }
}

fn decompressor(connection: &Connection, dictionary: u32) -> Result<zstd::bulk::Decompressor<'static>, StoreError> {
    if dictionary == 0 {
        return Ok(zstd::bulk::Decompressor::new()?);
    }
    let bytes: Option<Vec<u8>> = connection
        .prepare_cached("SELECT bytes FROM dictionary WHERE number = ?1")?
        .query_row([dictionary], |row| row.get(0))
        .optional()?;
    let bytes = bytes.ok_or_else(|| damage(&"its dictionary is missing"))?;
    Ok(zstd::bulk::Decompressor::with_dictionary(&bytes)?)
}

fn damage(error: &dyn std::fmt::Display) -> StoreError {
    StoreError::Unreadable(error.to_string())
}
