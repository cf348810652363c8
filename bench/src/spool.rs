//! The calls to load, packed into batches before the clock runs. They lie in a file: the memory of the machine is the
//! server's, however many calls there are.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;

use model::Timestamp;

use crate::Error;
use crate::calls::CallMaker;
use crate::options::{Options, Part};

/// The calls' times reach this far back, in milliseconds: a day less than successes are kept.
const SPREAD_MILLIS: u64 = 6 * 86_400_000;
/// How hard batches are packed: as senders in a hurry do.
const LEVEL: i32 = 1;

/// Calls of one account, ready to be sent.
pub struct Batch {
    /// Whose.
    pub account: usize,
    /// How many.
    pub calls: usize,
    begin: u64,
    length: usize,
}

/// Everything to send, oldest calls first.
pub struct Spool {
    /// The batches.
    pub batches: Vec<Batch>,
    /// All calls.
    pub calls: usize,
    /// Calls of the first account, which is the one that is asked about.
    pub calls_of_first: usize,
    /// All bytes before packing.
    pub bytes: usize,
    file: File,
}

impl Spool {
    /// Makes the calls of the six days before `now`, in a new file of the folder.
    pub fn make(folder: &Path, options: &Options, part: Part, now: Timestamp) -> Result<Self, Error> {
        let path = folder.join("batches");
        let mut packer = Packer { file: BufWriter::new(File::create(&path)?), end: 0, batches: Vec::new(), bytes: 0 };
        let mut maker = CallMaker::new(options.seed);
        let mut open: Vec<(usize, Vec<u8>)> = vec![(0, Vec::new()); part.accounts];
        let begin = now.minus_millis(signed(SPREAD_MILLIS));
        let mut has_rare_call = false;
        for number in 0..part.calls {
            let at = begin.plus_millis(signed(SPREAD_MILLIS * number as u64 / part.calls as u64));
            let account = maker.account(part.accounts);
            let is_rare = !has_rare_call && account == 0 && number * 2 > part.calls;
            has_rare_call |= is_rare;
            let call = maker.call(account, at, is_rare);
            let Some((count, text)) = open.get_mut(account) else { continue };
            serde_json::to_writer(&mut *text, &call)?;
            text.push(b'\n');
            *count += 1;
            if *count == options.batch {
                packer.pack(account, std::mem::take(count), text)?;
                text.clear();
            }
        }
        for (account, (count, text)) in open.into_iter().enumerate() {
            packer.pack(account, count, &text)?;
        }
        packer.file.flush()?;
        let Packer { batches, bytes, .. } = packer;
        let calls_of_first = batches.iter().filter(|batch| batch.account == 0).map(|batch| batch.calls).sum();
        Ok(Self { batches, calls: part.calls, calls_of_first, bytes, file: File::open(path)? })
    }

    /// A batch as it is sent: NDJSON, packed.
    pub fn packed(&self, batch: &Batch) -> Result<Vec<u8>, Error> {
        let mut body = vec![0; batch.length];
        self.file.read_exact_at(&mut body, batch.begin)?;
        Ok(body)
    }

    /// A batch as it was before it was packed.
    pub fn unpacked(&self, batch: &Batch) -> Result<Vec<u8>, Error> {
        Ok(zstd::decode_all(&self.packed(batch)?[..])?)
    }
}

struct Packer {
    file: BufWriter<File>,
    end: u64,
    batches: Vec<Batch>,
    bytes: usize,
}

impl Packer {
    fn pack(&mut self, account: usize, calls: usize, text: &[u8]) -> Result<(), Error> {
        if calls > 0 {
            let body = pack(text)?;
            self.file.write_all(&body)?;
            self.batches.push(Batch { account, calls, begin: self.end, length: body.len() });
            self.bytes += text.len();
            self.end += body.len() as u64;
        }
        Ok(())
    }
}

/// Packs a text as batches are packed.
pub fn pack(text: &[u8]) -> Result<Vec<u8>, Error> {
    Ok(zstd::encode_all(text, LEVEL)?)
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use model::Call;

    use super::*;
    use crate::calls::RARE_WORD;
    use crate::folder::Folder;

    #[test]
    fn every_call_is_in_one_batch_of_its_account() {
        let folder = Folder::new(&std::env::temp_dir()).unwrap();
        let options = Options::parse_from(["bench", "--batch", "30"]);
        let now = Timestamp::from_millis(1_795_000_000_000);
        let part = Part { calls: 1_000, accounts: 3, is_compared: false };
        let spool = Spool::make(folder.path(), &options, part, now).unwrap();
        let mut calls: Vec<(usize, Call)> = Vec::new();
        for batch in &spool.batches {
            let text = String::from_utf8(spool.unpacked(batch).unwrap()).unwrap();
            assert!(batch.calls <= 30 && text.lines().count() == batch.calls);
            calls.extend(text.lines().map(|line| (batch.account, serde_json::from_str(line).unwrap())));
        }
        assert_eq!(calls.len(), 1_000);
        assert_eq!(calls.iter().filter(|(account, _)| *account == 0).count(), spool.calls_of_first);
        assert!(
            calls.iter().all(|(account, call)| call.bot.as_ref().unwrap().id.starts_with(&format!("bot-{account}-")))
        );
        let oldest = calls.iter().map(|(_, call)| call.timestamp).min().unwrap();
        assert_eq!(oldest, now.minus_millis(6 * 86_400_000));
        let is_rare = |call: &Call| serde_json::to_string(call).unwrap().contains(RARE_WORD);
        assert_eq!(calls.iter().filter(|(account, call)| *account == 0 && is_rare(call)).count(), 1);
    }
}
