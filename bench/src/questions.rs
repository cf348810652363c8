//! What is asked: the questions of the page, each in words, as parameters, and with what the project promises of it.

use serde::Serialize;

use crate::calls::{BOT, COMMON_WORD, NOTE_WORD, RARE_BOT, RARE_ORDER, RARE_WORD};
use crate::targets::Aim;

/// Rows of a page.
pub const ROWS: &str = "50";
/// The most bars of the histogram.
pub const BUCKETS: &str = "60";

const RARE_FILTER: Parameters = &[("code", "503"), ("bot", RARE_BOT)];
const CODE_BOT_WORD: Parameters = &[("code", "5xx"), ("bot", BOT), ("q", NOTE_WORD)];
const TYPED: &str = "code:>=500 bot:\"Bot 3 of account 0\" refund";
const ABSENT_WORD: &str = "nowhere-to-be-found";

type Parameters = &'static [(&'static str, &'static str)];

/// A question.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Question {
    /// In words.
    pub name: &'static str,
    /// What it asks for.
    pub kind: Kind,
    /// Which calls, by the names of the contract.
    pub parameters: Parameters,
    /// What is typed into the search box instead of the parameters, and means the same.
    #[serde(skip)]
    pub typed: Option<&'static str>,
    /// What it is measured by.
    #[serde(skip)]
    pub aim: Option<Aim>,
}

/// What a question asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The newest calls.
    Page,
    /// The calls before the ten thousand newest.
    DeepPage,
    /// The number of calls for each value of each filter.
    Facets,
    /// Calls over time.
    Histogram,
    /// Facets and histogram, at the same time.
    Counts,
    /// Page, facets and histogram, at the same time: what a change of a filter makes the page ask.
    View,
    /// One whole call, another one each time.
    Call,
}

/// All questions, about the first account.
pub const QUESTIONS: &[Question] = &[
    page("newest page", &[]).aiming_at(Aim::Page),
    page("page, common filter", &[("status", "success"), ("method", "POST")]).aiming_at(Aim::Page),
    page("page, rare filter", RARE_FILTER).aiming_at(Aim::Page),
    ask(Kind::DeepPage, "page, 10,000 calls deep", &[]).aiming_at(Aim::Page),
    page("text, a word in one call", &[("q", RARE_WORD)]).aiming_at(Aim::RareText),
    page("text, an order number", &[("q", RARE_ORDER)]).aiming_at(Aim::RareText),
    page("text, a word in no call", &[("q", ABSENT_WORD)]).aiming_at(Aim::RareText),
    page("text, a word in half of the calls", &[("q", COMMON_WORD)]),
    page("text and filter, both common", &[("q", COMMON_WORD), ("method", "POST")]),
    page("text and filter, rare together", &[("q", NOTE_WORD), ("code", "503"), ("bot", RARE_BOT)]),
    page("text and filter, never together", &[("q", COMMON_WORD), ("status", "error")]),
    page("code, bot and word", CODE_BOT_WORD),
    page("code, bot and word, typed", CODE_BOT_WORD).typed(TYPED),
    ask(Kind::Facets, "facets", &[]),
    ask(Kind::Facets, "facets, filtered", &[("status", "error"), ("bot", BOT)]),
    ask(Kind::Facets, "facets, a word in one call", &[("q", RARE_WORD)]),
    ask(Kind::Facets, "facets, a word in half of the calls", &[("q", COMMON_WORD)]),
    ask(Kind::Histogram, "histogram", &[]),
    ask(Kind::Histogram, "histogram, filtered", &[("status", "error"), ("bot", BOT)]),
    ask(Kind::Histogram, "histogram, code, bot and word typed", CODE_BOT_WORD).typed(TYPED),
    ask(Kind::Histogram, "histogram, a word in one call", &[("q", RARE_WORD)]),
    ask(Kind::Histogram, "histogram, a word in half of the calls", &[("q", COMMON_WORD)]),
    ask(Kind::Counts, "histogram and facets at once", &[]).aiming_at(Aim::Counts),
    ask(Kind::Counts, "both at once, an order number", &[("q", RARE_ORDER)]).aiming_at(Aim::TextCounts),
    ask(Kind::Counts, "both at once, a word in half of the calls", &[("q", COMMON_WORD)]).aiming_at(Aim::TextCounts),
    ask(Kind::View, "page, facets and histogram at once", &[("bot", BOT)]),
    ask(Kind::Call, "one whole call", &[]).aiming_at(Aim::Call),
];

const fn page(name: &'static str, parameters: Parameters) -> Question {
    ask(Kind::Page, name, parameters)
}

const fn ask(kind: Kind, name: &'static str, parameters: Parameters) -> Question {
    Question { name, kind, parameters, typed: None, aim: None }
}

impl Question {
    /// The parameters that ask the server.
    pub fn asked_by(&self) -> Vec<(&'static str, &'static str)> {
        self.typed.map_or_else(|| self.parameters.to_vec(), |typed| vec![("q", typed)])
    }

    const fn typed(self, typed: &'static str) -> Self {
        Self { typed: Some(typed), ..self }
    }

    const fn aiming_at(self, aim: Aim) -> Self {
        Self { aim: Some(aim), ..self }
    }
}
