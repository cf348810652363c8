//! Asking the server, and how long its answers take.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Error;
use crate::answer::Answer;
use crate::client::Client;
use crate::measure::{Times, milliseconds, repeated};
use crate::options::Options;
use crate::questions::{BUCKETS, Kind, QUESTIONS, Question, ROWS};

/// So deep is the deep page, in pages of the largest size.
const DEEP_PAGES: usize = 50;
/// Beside the steady stream somebody asks ten questions a second.
const ASKED_EVERY: Duration = Duration::from_millis(100);

/// How long one question's answers took.
#[derive(Debug, Serialize)]
pub struct Asked {
    /// The question, in words.
    pub question: &'static str,
    /// The first time it was asked, in milliseconds.
    pub first_ms: f64,
    /// The times after that, from sending to the last byte.
    #[serde(flatten)]
    pub times: Times,
    /// What was answered; it is compared, not kept.
    #[serde(skip)]
    pub answer: Answer,
    /// Whether the answer says that it is not whole.
    pub partial: bool,
}

/// Somebody who asks about the calls of the first account.
pub struct Asker<'a> {
    client: &'a Client,
    /// Where the deep page begins.
    pub deep: Place,
    /// Calls to open: the newest, and those of the deep page.
    pub ids: Vec<String>,
}

/// A place in the list of all calls: before this call.
#[derive(Debug, Serialize)]
pub struct Place {
    /// The time of the call.
    pub timestamp: String,
    /// Its id.
    pub id: String,
    #[serde(skip)]
    cursor: String,
}

impl<'a> Asker<'a> {
    /// Looks around first: what one asks depends on what there is.
    pub fn new(client: &'a Client) -> Result<Self, Error> {
        let mut deep = None;
        let mut page: Value = client.get_json("calls", &[("limit", "200")])?;
        let mut ids = ids_of(&page);
        for _ in 0..DEEP_PAGES {
            let (Some(cursor), Some(last)) = (text_at(&page, "/before"), items(&page).last()) else { break };
            let (id, timestamp) = (text_at(last, "/id"), text_at(last, "/timestamp"));
            let (id, timestamp) = id.zip(timestamp).ok_or("a call without id and time")?;
            let place = deep.insert(Place { timestamp, id, cursor });
            page = client.get_json("calls", &[("limit", "200"), ("before", &place.cursor)])?;
        }
        ids.extend(ids_of(&page));
        let deep = deep.ok_or("the first account has one page only; load more calls")?;
        Ok(Self { client, deep, ids })
    }

    /// Asks on at a server that was started anew.
    pub const fn resume(client: &'a Client, deep: Place, ids: Vec<String>) -> Self {
        Self { client, deep, ids }
    }

    /// Asks everything, as often as the options say.
    pub fn everything(&self, options: &Options) -> Result<Vec<Asked>, Error> {
        QUESTIONS
            .iter()
            .map(|question| {
                let started = Instant::now();
                self.ask(question, 0)?;
                let first_ms = milliseconds(started.elapsed());
                let (answer, partial) = self.answer(question)?;
                let patience = Duration::from_secs(options.patience);
                let times = repeated(options.repeat, patience, |number| self.ask(question, number))?;
                Ok(Asked { question: question.name, first_ms, times: Times::of(&times), answer, partial })
            })
            .collect()
    }

    /// Asks one question after the other at an even pace until it is over.
    pub fn until(&self, is_over: &AtomicBool) -> Result<Times, Error> {
        let mut times = Vec::new();
        for (number, question) in QUESTIONS.iter().cycle().enumerate() {
            if is_over.load(Ordering::Relaxed) {
                break;
            }
            let started = Instant::now();
            self.ask(question, number)?;
            times.push(started.elapsed());
            std::thread::sleep(ASKED_EVERY.saturating_sub(started.elapsed()));
        }
        Ok(Times::of(&times))
    }

    /// Asks, and reads the answer to its end.
    fn ask(&self, question: &Question, number: usize) -> Result<(), Error> {
        match question.kind {
            Kind::Page if question.asked_by().iter().any(|(name, _)| *name == "q") => self.until_found(question),
            Kind::Call => {
                let id = self.ids.get(number % self.ids.len().max(1)).ok_or("no calls to open")?;
                self.client.get(&format!("calls/{id}"), &[]).map(drop)
            }
            _ => self.at_once(&self.requests(question)),
        }
    }

    /// What a question is, as requests.
    fn requests(&self, question: &Question) -> Vec<Request<'_>> {
        let with = |name: &'static str, value| {
            let mut parameters = question.asked_by();
            parameters.push((name, value));
            parameters
        };
        let (rows, facets) = (("calls", with("limit", ROWS)), ("calls/facets", question.asked_by()));
        let histogram = ("calls/histogram", with("buckets", BUCKETS));
        match question.kind {
            Kind::Page | Kind::Call => vec![rows],
            Kind::DeepPage => vec![("calls", vec![("limit", ROWS), ("before", &self.deep.cursor)])],
            Kind::Facets => vec![facets],
            Kind::Histogram => vec![histogram],
            Kind::Counts => vec![facets, histogram],
            Kind::View => vec![rows, facets, histogram],
        }
    }

    fn at_once(&self, requests: &[Request<'_>]) -> Result<(), Error> {
        if let [(route, parameters)] = requests {
            return self.client.get(route, parameters).map(drop);
        }
        std::thread::scope(|scope| {
            let threads: Vec<_> = requests
                .iter()
                .map(|(route, parameters)| scope.spawn(move || self.client.get(route, parameters).map(drop)))
                .collect();
            threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| "an asker stopped")?)
        })
    }

    /// A search may need several questions until the first rows come; the page asks on as well.
    fn until_found(&self, question: &Question) -> Result<(), Error> {
        let mut cursor: Option<String> = None;
        loop {
            let mut parameters = question.asked_by();
            parameters.push(("limit", ROWS));
            parameters.extend(cursor.as_deref().map(|cursor| ("before", cursor)));
            let page: Found = self.client.get_json("calls", &parameters)?;
            cursor = page.before;
            if !page.items.is_empty() || cursor.is_none() {
                return Ok(());
            }
        }
    }

    /// What the server answers, to be compared, and whether it says that something is missing.
    fn answer(&self, question: &Question) -> Result<(Answer, bool), Error> {
        if question.kind == Kind::Call {
            let id = self.ids.first().ok_or("no calls to open")?;
            let call: Value = self.client.get_json(&format!("calls/{id}"), &[])?;
            return Ok((Answer { ids: text_at(&call, "/id").into_iter().collect(), ..Answer::default() }, false));
        }
        let mut answer = Answer::default();
        let mut partial = false;
        for (route, parameters) in self.requests(question) {
            let part: Value = self.client.get_json(route, &parameters)?;
            partial |= part.pointer("/partial") == Some(&Value::Bool(true));
            answer.add(&part)?;
        }
        Ok((answer, partial))
    }
}

type Request<'a> = (&'static str, Vec<(&'static str, &'a str)>);

/// As much of a page as is worth reading while the clock runs.
#[derive(Deserialize)]
struct Found {
    items: Vec<IgnoredAny>,
    before: Option<String>,
}

fn items(page: &Value) -> &[Value] {
    page.pointer("/items").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn ids_of(page: &Value) -> Vec<String> {
    items(page).iter().filter_map(|call| text_at(call, "/id")).collect()
}

fn text_at(value: &Value, pointer: &str) -> Option<String> {
    value.pointer(pointer).and_then(Value::as_str).map(str::to_owned)
}
