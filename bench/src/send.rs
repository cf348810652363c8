//! Sending calls: as fast as they are taken, and in a steady stream.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::calls::CallMaker;
use crate::client::Client;
use crate::measure::Times;
use crate::options::Options;
use crate::spool::{Spool, pack};
use crate::{Error, now};

/// Calls in a batch of the steady stream.
const STEADY_BATCH: usize = 100;
/// Enough connections that one slow answer does not hold the stream up.
const STEADY_CONNECTIONS: usize = 8;

/// What came of sending.
#[derive(Debug, Serialize)]
pub struct Sent {
    /// Calls that the server said are durable.
    pub calls: usize,
    /// From the first byte to the last answer, in seconds.
    pub seconds: f64,
    /// Calls per second.
    pub calls_per_second: f64,
    /// From sending a batch to its answer.
    pub acknowledged: Times,
}

/// Sends everything, a batch after the other on each connection.
pub fn as_fast_as_taken(client: &Client, spool: &Spool, connections: usize) -> Result<Sent, Error> {
    let next = AtomicUsize::new(0);
    let send_until_none_is_left = || -> Result<Vec<Duration>, Error> {
        let mut times = Vec::new();
        while let Some(batch) = spool.batches.get(next.fetch_add(1, Ordering::Relaxed)) {
            let packed = spool.packed(batch)?;
            let started = Instant::now();
            client.send(batch.account, batch.calls, &packed)?;
            times.push(started.elapsed());
        }
        Ok(times)
    };
    in_parallel(connections, spool.calls, send_until_none_is_left)
}

/// Sends calls that are made just then, at a steady rate: a batch is due at its time whether or not the server has
/// answered the ones before, and its time counts from when it was due.
pub fn steadily(client: &Client, options: &Options) -> Result<Sent, Error> {
    let count = (options.rate * options.seconds).div_ceil(STEADY_BATCH);
    let interval = Duration::from_secs_f64(STEADY_BATCH as f64 / options.rate.max(1) as f64);
    let next = AtomicUsize::new(0);
    let begin = Instant::now();
    let send_when_due = || -> Result<Vec<Duration>, Error> {
        let mut times = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return Ok(times);
            }
            let (account, packed) = fresh_batch(client, options, number)?;
            let due = begin + interval.mul_f64(number as f64);
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            client.send(account, STEADY_BATCH, &packed)?;
            times.push(due.elapsed());
        }
    };
    in_parallel(STEADY_CONNECTIONS, count * STEADY_BATCH, send_when_due)
}

fn fresh_batch(client: &Client, options: &Options, number: usize) -> Result<(usize, Vec<u8>), Error> {
    let mut maker = CallMaker::new(options.seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(number as u64));
    let account = maker.account(client.accounts());
    let mut text = Vec::new();
    for _ in 0..STEADY_BATCH {
        serde_json::to_writer(&mut text, &maker.call(account, now(), false))?;
        text.push(b'\n');
    }
    Ok((account, pack(&text)?))
}

fn in_parallel(
    connections: usize,
    calls: usize,
    work: impl Fn() -> Result<Vec<Duration>, Error> + Sync,
) -> Result<Sent, Error> {
    let started = Instant::now();
    let times = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..connections.max(1)).map(|_| scope.spawn(&work)).collect();
        let mut times = Vec::new();
        for thread in threads {
            times.extend(thread.join().map_err(|_| "a sender stopped")??);
        }
        Ok::<_, Error>(times)
    })?;
    let seconds = started.elapsed().as_secs_f64();
    Ok(Sent { calls, seconds, calls_per_second: calls as f64 / seconds, acknowledged: Times::of(&times) })
}
