//! `api-logs import`

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use model::{Application, Call, IngestAnswer, Span, Timestamp};

use super::{CliError, Common, make_data_dir, say, sign_in};
use crate::accounts::AccountScope;
use crate::clock::Clock;
use crate::control::Control;
use crate::ingest::{self, Decoded};
use crate::redact::Rules;
use crate::settings::BODY_LIMITS;
use crate::store::CallStore;
use crate::store::sqlite::{Limits, SqliteStore};

/// Calls that are taken in at once.
const BATCH: usize = 500;
/// A file is never read further than this after unpacking.
const MAX_FILE_BYTES: u64 = 2 << 30;

/// Take in HTTP archives (HAR 1.2) or NDJSON of calls, plain or .gz.
#[derive(Args)]
pub struct Import {
    /// The files.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The account the calls belong to; made where it is not there yet.
    #[arg(long, value_name = "ID")]
    account: String,
    /// The application of the calls of an archive, like `google_sheets`.
    #[arg(long, value_name = "APP")]
    application: String,
    /// The bot that made the calls of an archive.
    #[arg(long, value_name = "NAME")]
    bot: Option<String>,
    /// Move the newest call to now, and keep all distances.
    #[arg(long, conflicts_with = "spread")]
    rebase: bool,
    /// Give the calls times evenly over the last days, in their recorded order: 6d, 12h, 90m.
    #[arg(long, value_name = "DURATION")]
    spread: Option<Span>,
    /// The most bytes of one body that are kept: whoever imports a file chose what is in it.
    #[arg(long, value_name = "BYTES", default_value_t = 1 << 20, value_parser = body_limit)]
    body_limit: usize,
}

fn body_limit(flag: &str) -> Result<usize, String> {
    let bytes = flag.parse().ok().filter(|bytes| BODY_LIMITS.contains(bytes));
    bytes.ok_or_else(|| format!("a number of bytes from {} to {}", BODY_LIMITS.start(), BODY_LIMITS.end()))
}

impl Import {
    pub(super) fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let settings = common.settings(Vec::new())?;
        make_data_dir(&settings)?;
        let control = Control::open(&settings.data_dir)?;
        let account = sign_in::account(&control, &settings, &self.account, None)?;
        let scope = AccountScope::for_ingest(&account, settings.plans.of(&account.plan).retention());
        let rules = control.rules(&account.id, self.body_limit)?;
        let clock = Clock::System;
        let limits = Limits { least_free_bytes: settings.least_free_bytes, ..Limits::default() };
        let store = SqliteStore::open(&settings.data_dir, clock.clone(), settings.plans.clone(), limits)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().build()?;
        let mut total = IngestAnswer::default();
        for file in &self.files {
            let now = clock.now();
            let mut read = self.read(file).map_err(|error| format!("{}: {error}", file.display()))?;
            self.set_times(&mut read, now);
            let answer = runtime.block_on(take_in(&store, &scope, read, now, rules))?;
            say(format_args!("{}: {}", file.display(), in_words(&answer)));
            total.accepted += answer.accepted;
            total.duplicates += answer.duplicates;
            total.rejected.extend(answer.rejected);
        }
        runtime.block_on(store.close());
        if self.files.len() > 1 {
            say(format_args!("together: {}", in_words(&total)));
        }
        print_reasons(&total);
        Ok(if total.accepted + total.duplicates > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    fn read(&self, file: &Path) -> Result<Decoded, CliError> {
        let opened = std::fs::File::open(file)?;
        let mut content = Vec::new();
        if file.extension().is_some_and(|extension| extension == "gz") {
            flate2::read::MultiGzDecoder::new(opened).take(MAX_FILE_BYTES).read_to_end(&mut content)?;
        } else {
            opened.take(MAX_FILE_BYTES).read_to_end(&mut content)?;
        }
        let application = Application::from(self.application.as_str());
        Ok(if looks_like_an_archive(&content) {
            ingest::read_har(&content, &application, self.bot.as_deref())?
        } else {
            ingest::read_many_calls(&content)
        })
    }

    fn set_times(&self, calls: &mut Decoded, now: Timestamp) {
        let mut in_order: Vec<&mut Call> = calls.iter_mut().filter_map(|read| read.as_mut().ok()).collect();
        in_order.sort_by_key(|call| call.timestamp);
        if let Some(span) = self.spread {
            let count = i64::try_from(in_order.len()).unwrap_or(i64::MAX).max(1);
            for (place, call) in (1..).zip(in_order) {
                // The newest stands just before now, the oldest one step within the span.
                call.timestamp = now.minus_millis(span.millis() - span.millis() / count * place);
            }
        } else if self.rebase
            && let Some(newest) = in_order.last().map(|call| call.timestamp)
        {
            let shift = now.millis() - newest.millis();
            for call in in_order {
                call.timestamp = call.timestamp.plus_millis(shift);
            }
        }
    }
}

/// An archive is one object with a `log`; our own calls are lines, or an object with an `id`.
fn looks_like_an_archive(content: &[u8]) -> bool {
    #[derive(serde::Deserialize)]
    struct HasLog {
        #[expect(dead_code, reason = "only its presence is asked for")]
        log: serde::de::IgnoredAny,
    }
    serde_json::from_slice::<HasLog>(content.trim_ascii()).is_ok()
}

async fn take_in(
    store: &dyn CallStore,
    scope: &AccountScope,
    read: Decoded,
    now: Timestamp,
    rules: Rules,
) -> Result<IngestAnswer, CliError> {
    let mut total = IngestAnswer::default();
    let mut read = read.into_iter();
    let mut taken = 0;
    loop {
        let batch: Decoded = read.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return Ok(total);
        }
        let length = batch.len();
        let answer = ingest::take_in(store, scope, batch, now, rules).await?;
        total.accepted += answer.accepted;
        total.duplicates += answer.duplicates;
        total.rejected.extend(answer.rejected.into_iter().map(|mut rejection| {
            rejection.index += taken;
            rejection
        }));
        taken += length;
    }
}

fn in_words(answer: &IngestAnswer) -> String {
    format!("{} accepted, {} duplicates, {} rejected", answer.accepted, answer.duplicates, answer.rejected.len())
}

fn print_reasons(answer: &IngestAnswer) {
    let mut reasons: BTreeMap<&str, (u64, &str)> = BTreeMap::new();
    for rejection in &answer.rejected {
        reasons.entry(&rejection.code).or_insert((0, &rejection.message)).0 += 1;
    }
    for (code, (count, example)) in reasons {
        say(format_args!("  {count} x {code}: {example}"));
    }
}
