//! What the page asks, and how long the answers take.

use std::time::{Duration, Instant};

use model::{CallId, CallPage};
use serde::Serialize;

use crate::Error;
use crate::load::{COMMON_WORD, RARE_WORD};
use crate::measure::Times;
use crate::server::Target;

/// Rows of a page.
const ROWS: usize = 50;
/// How many pages one has to turn for the deep one.
const DEEP: usize = 40;

/// How long one question's answers took.
#[derive(Debug, Serialize)]
pub struct Answered {
    /// The question.
    pub question: &'static str,
    /// The times, from sending to the last byte.
    #[serde(flatten)]
    pub times: Times,
}

/// Asks everything that many times.
pub fn everything(target: &Target, repeat: usize) -> Result<Vec<Answered>, Error> {
    let asker = Asker { target };
    let newest = asker.page("")?;
    let deep = asker.deep_cursor()?;
    let ids: Vec<CallId> =
        newest.items.iter().chain(&asker.page(&format!("before={deep}"))?.items).map(|call| call.id).collect();
    let bots: Vec<String> =
        newest.items.iter().filter_map(|call| call.bot.as_ref()).map(|bot| bot.id.clone()).collect();
    if ids.is_empty() || bots.is_empty() {
        return Err("the first account has no calls to ask for".into());
    }
    let bot = |number: usize| bots.get(number % bots.len()).map_or("", String::as_str);
    let id = |number: usize| ids.get(number % ids.len()).map(CallId::to_string).unwrap_or_default();

    let mut answered = Vec::new();
    let mut ask = |question, one: &dyn Fn(usize) -> Result<(), Error>| -> Result<(), Error> {
        one(0)?;
        let times = (0..repeat).map(|number| timed(|| one(number))).collect::<Result<_, _>>()?;
        answered.push(Answered { question, times: Times::of(times) });
        Ok(())
    };
    ask("newest page", &|_| asker.get(&format!("calls?limit={ROWS}")))?;
    ask("page of one bot's errors", &|number| {
        asker.get(&format!("calls?limit={ROWS}&status=error&bot={}", bot(number)))
    })?;
    ask("page of one code in 24 hours", &|_| asker.get(&format!("calls?limit={ROWS}&code=404&last=24h")))?;
    ask("deep page", &|_| asker.get(&format!("calls?limit={ROWS}&before={deep}")))?;
    ask("text: a word in one call", &|_| asker.until_found(&format!("q={RARE_WORD}")))?;
    ask("text: a word in no call", &|_| asker.until_found("q=nowhere-to-be-found"))?;
    ask("text: a word in half of all calls", &|_| asker.until_found(&format!("q={COMMON_WORD}")))?;
    ask("text and filter", &|number| asker.until_found(&format!("q={COMMON_WORD}&bot={}", bot(number))))?;
    ask("facets", &|_| asker.get("calls/facets"))?;
    ask("facets, filtered", &|number| asker.get(&format!("calls/facets?status=error&bot={}", bot(number))))?;
    ask("facets, rare word", &|_| asker.get(&format!("calls/facets?q={RARE_WORD}")))?;
    ask("facets, common word", &|_| asker.get(&format!("calls/facets?q={COMMON_WORD}")))?;
    ask("histogram", &|_| asker.get("calls/histogram?buckets=60"))?;
    ask("histogram, filtered", &|number| {
        asker.get(&format!("calls/histogram?buckets=60&status=error&bot={}", bot(number)))
    })?;
    ask("histogram, common word", &|_| asker.get(&format!("calls/histogram?buckets=60&q={COMMON_WORD}")))?;
    ask("page, facets and histogram at once", &|number| asker.whole_view(&format!("bot={}", bot(number))))?;
    ask("one whole call", &|number| asker.get(&format!("calls/{}", id(number))))?;
    Ok(answered)
}

fn timed(question: impl FnOnce() -> Result<(), Error>) -> Result<Duration, Error> {
    let started = Instant::now();
    question()?;
    Ok(started.elapsed())
}

struct Asker<'a> {
    target: &'a Target,
}

impl Asker<'_> {
    /// Asks as a browser does, which takes packed answers, and reads the answer to its end.
    fn get(&self, route: &str) -> Result<(), Error> {
        let request = self.target.agent.get(self.target.at(route)).header("cookie", &self.target.cookie);
        let mut response = request.header("accept-encoding", "gzip, deflate, br, zstd").call()?;
        let body = response.body_mut().read_to_vec()?;
        if response.status() == 200 && !body.is_empty() {
            return Ok(());
        }
        Err(format!("{route} was answered with {}", response.status()).into())
    }

    fn page(&self, filter: &str) -> Result<CallPage, Error> {
        let url = self.target.at(&format!("calls?limit={ROWS}&{filter}"));
        let mut response = self.target.agent.get(url).header("cookie", &self.target.cookie).call()?;
        let text = response.body_mut().read_to_string()?;
        serde_json::from_str(&text).map_err(|error| format!("calls?{filter} was answered with {error}: {text}").into())
    }

    /// A text search may need several questions until the first rows come; the page asks on as well.
    fn until_found(&self, filter: &str) -> Result<(), Error> {
        let mut page = self.page(filter)?;
        while page.items.is_empty() {
            let Some(before) = page.before else { break };
            page = self.page(&format!("{filter}&before={before}"))?;
        }
        Ok(())
    }

    /// What a change of a filter makes the page ask, all at the same time.
    fn whole_view(&self, filter: &str) -> Result<(), Error> {
        let routes = [
            format!("calls?limit={ROWS}&{filter}"),
            format!("calls/facets?{filter}"),
            format!("calls/histogram?buckets=60&{filter}"),
        ];
        std::thread::scope(|scope| {
            let threads: Vec<_> = routes.iter().map(|route| scope.spawn(|| self.get(route))).collect();
            threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| "an asker stopped")?)
        })
    }

    fn deep_cursor(&self) -> Result<String, Error> {
        let mut before = String::new();
        for _ in 0..DEEP {
            let filter = if before.is_empty() { String::new() } else { format!("before={before}") };
            match self.page(&filter)?.before {
                Some(cursor) => before = cursor.to_string(),
                None => break,
            }
        }
        if before.is_empty() { Err("the first account has one page only; load more calls".into()) } else { Ok(before) }
    }
}
