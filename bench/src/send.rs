//! Sending calls: as fast as they are taken, and in a steady stream.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use model::IngestAnswer;
use serde::Serialize;

use crate::load::{Batch, CallMaker, Encoding, Load};
use crate::measure::Times;
use crate::server::Target;
use crate::{Error, Options, now};

/// Calls in a batch of the steady stream: a sender that waits for a few dozen milliseconds.
const STEADY_BATCH: usize = 50;

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
pub fn as_fast_as_taken(target: &Target, load: &Load, connections: usize) -> Result<Sent, Error> {
    let next = AtomicUsize::new(0);
    let send_until_none_is_left = || -> Result<Vec<Duration>, Error> {
        let mut times = Vec::new();
        while let Some(batch) = load.batches.get(next.fetch_add(1, Ordering::Relaxed)) {
            let started = Instant::now();
            post(target, batch, load.encoding)?;
            times.push(started.elapsed());
        }
        Ok(times)
    };
    in_parallel(connections, load.calls, send_until_none_is_left)
}

/// Sends calls that are made just then, at a steady rate: a batch is due at its time whether or not the server has
/// answered the ones before, and its time counts from when it was due.
pub fn steadily(target: &Target, options: &Options) -> Result<Sent, Error> {
    let count = (options.rate * options.seconds).div_ceil(STEADY_BATCH);
    let interval = Duration::from_secs_f64(STEADY_BATCH as f64 / options.rate as f64);
    let next = AtomicUsize::new(0);
    let begin = Instant::now();
    let send_when_due = || -> Result<Vec<Duration>, Error> {
        let mut times = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return Ok(times);
            }
            let batch = fresh_batch(target, options, number)?;
            let due = begin + interval.mul_f64(number as f64);
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            post(target, &batch, options.encoding)?;
            times.push(due.elapsed());
        }
    };
    // Enough connections that one slow answer does not hold the stream up.
    in_parallel(options.connections.max(4) * 2, count * STEADY_BATCH, send_when_due)
}

fn fresh_batch(target: &Target, options: &Options, number: usize) -> Result<Batch, Error> {
    let mut maker = CallMaker::new(options.seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(number as u64));
    let account = maker.account(target.keys.len());
    let mut text = Vec::new();
    for _ in 0..STEADY_BATCH {
        serde_json::to_writer(&mut text, &maker.call(account, now(), false))?;
        text.push(b'\n');
    }
    Ok(Batch { account, calls: STEADY_BATCH, body: options.encoding.pack(&text)? })
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
    Ok(Sent { calls, seconds, calls_per_second: calls as f64 / seconds, acknowledged: Times::of(times) })
}

fn post(target: &Target, batch: &Batch, encoding: Encoding) -> Result<(), Error> {
    let key = target.keys.get(batch.account).ok_or("an account without a key")?;
    let mut response = target
        .agent
        .post(target.at("calls"))
        .header("authorization", format!("Bearer {key}"))
        .header("content-type", "application/x-ndjson")
        .header("content-encoding", encoding.name())
        .send(&batch.body[..])?;
    let text = response.body_mut().read_to_string()?;
    if response.status() != 200 {
        return Err(format!("the server refused a batch with {}: {text}", response.status()).into());
    }
    let answer: IngestAnswer = serde_json::from_str(&text)?;
    if answer.accepted != batch.calls as u64 {
        let reason = answer.rejected.first().map(|rejection| rejection.message.clone()).unwrap_or_default();
        return Err(format!("of {} calls only {} were accepted: {reason}", batch.calls, answer.accepted).into());
    }
    Ok(())
}
