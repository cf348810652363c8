//! Stamps as they leave the server.
//!
//! A stamp tells when the last call of any account was committed, and how many at once. Whoever watches one account, or
//! some of its bots, holds it so that they can come back to it, and must not learn from it what the others do.

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use model::Commit;

use crate::clock::{NoRandomness, random_bytes};

/// Bytes of a nonce, which is drawn anew each time: two places of one stamp have nothing in common either.
const NONCE: usize = 24;

/// Seals stamps, and opens those that it has sealed itself.
pub struct Seal(XChaCha20Poly1305);

impl Seal {
    /// With a key that nobody else has, and that is gone when the server stops.
    pub fn new() -> Result<Self, NoRandomness> {
        Ok(Self(XChaCha20Poly1305::new(&Key::from(random_bytes::<32>()?))))
    }

    /// A stamp for whoever comes back to it; nothing where there is no randomness, so that it is not known what they
    /// missed.
    pub fn seal(&self, stamp: u64) -> Option<Commit> {
        let nonce = random_bytes::<NONCE>().ok()?;
        let sealed = self.0.encrypt(&XNonce::from(nonce), stamp.to_be_bytes().as_slice()).ok()?;
        [nonce.as_slice(), &sealed].concat().try_into().ok().map(Commit::new)
    }

    /// The stamp, where it was sealed here.
    pub fn open(&self, commit: &Commit) -> Option<u64> {
        let (nonce, sealed) = commit.sealed().split_first_chunk::<NONCE>()?;
        let stamp = self.0.decrypt(&XNonce::from(*nonce), sealed).ok()?;
        Some(u64::from_be_bytes(stamp.try_into().ok()?))
    }
}
