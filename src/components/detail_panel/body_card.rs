//! A body: nothing, erased, not kept, not text, or a text in its pretty form or as it came.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use model::{CallDetail, Headers, Timestamp};

use super::card::{card, remark, said, title};
use super::find::searched_text;
use super::overview::diagnosis;
use crate::browser::clock;
use crate::components::code_view::Marks;
use crate::format::body::{Body, media_type, omission_words, original_bytes, type_name};
use crate::format::bytes::bytes;
use crate::format::code::{Ending, Language};
use crate::format::time::date;
use crate::state::reading::Reading;
use crate::ui::copy_button::copy_icon;
use crate::ui::icon::IconName;
use crate::ui::markup::{Markup, classed, element, place};
use crate::words;

/// Whose body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The request's.
    Request,
    /// The response's.
    Response,
}

impl Side {
    const fn title(self) -> &'static str {
        match self {
            Self::Request => words::body::REQUEST_BODY,
            Self::Response => words::body::RESPONSE_BODY,
        }
    }

    /// The name of the part where the call says what was cut.
    const fn part(self) -> &'static str {
        match self {
            Self::Request => "request.body",
            Self::Response => "response.body",
        }
    }

    const fn empty(self) -> &'static str {
        match self {
            Self::Request => words::body::EMPTY_REQUEST,
            Self::Response => words::body::EMPTY_RESPONSE,
        }
    }

    const fn not_captured(self) -> &'static str {
        match self {
            Self::Request => words::body::REQUEST_NOT_CAPTURED,
            Self::Response => words::body::RESPONSE_NOT_CAPTURED,
        }
    }

    const fn omitted(self) -> &'static str {
        match self {
            Self::Request => words::body::REQUEST_NOT_TEXT,
            Self::Response => words::body::RESPONSE_NOT_TEXT,
        }
    }

    const fn erased(self) -> &'static str {
        match self {
            Self::Request => words::body::CURL_TAKES_FILE,
            Self::Response => "",
        }
    }

    /// The lines that show why the call failed, or what was not filled in: in the pretty form, and as the body came.
    fn marks(self, call: &CallDetail) -> [Marks; 2] {
        let diagnosis = diagnosis(call);
        let found = match self {
            Self::Request => diagnosis.get("findings"),
            Self::Response => diagnosis.get("cause").get("evidence"),
        };
        let found: Vec<_> = found.items().into_iter().filter(|piece| piece.get("part").text() == self.part()).collect();
        ["line", "raw_line"].map(|name| found.iter().filter_map(|piece| piece.get(name).line()).collect())
    }

    /// The body as it was kept, and the headers that name its type.
    fn of(self, call: &CallDetail) -> (Option<&str>, &Headers) {
        static NONE: Headers = Vec::new();
        let sent = || call.request.as_ref().map(|request| (request.body.as_deref(), &request.headers));
        let received = || call.response.as_ref().map(|response| (response.body.as_deref(), &response.headers));
        match self {
            Self::Request => sent(),
            Self::Response => received(),
        }
        .unwrap_or((None, &NONE))
    }
}

/// The body of a request or a response.
pub fn body_card(call: &CallDetail, side: Side) -> Markup {
    let (kept, headers) = side.of(call);
    let original = original_bytes(&call.truncated, side.part());
    let named = media_type(headers).unwrap_or_default();
    match Body::new(kept, side.part(), &call.omitted, &call.erased, headers) {
        Body::NotCaptured => said(side.title(), side.not_captured()),
        Body::Empty => said(side.title(), side.empty()),
        Body::Omitted(omission) => said(side.title(), &format!("{} {}", omission_words(omission), side.omitted())),
        Body::Erased(at) => said(side.title(), &format!("{} {}", erased_words(at), side.erased())),
        Body::Text(language) => {
            let text = Arc::<str>::from(kept.unwrap_or_default());
            text_body(side, text, language, &type_name(named, language), original, side.marks(call))
        }
    }
}

/// What is said of a part that was erased.
pub fn erased_words(at: Timestamp) -> String {
    words::body::erased_on(&date(at, clock::zone()))
}

/// A body that is text: what it is read as, its type in a word, its size before it was cut, where it was, and the lines
/// that are pointed at in its pretty form and as it came.
fn text_body(
    side: Side,
    text: Arc<str>,
    language: Language,
    kind: &str,
    original: Option<u64>,
    [pretty, raw]: [Marks; 2],
) -> Markup {
    let is_raw = RwSignal::new(false);
    let kept = bytes(u64::try_from(text.len()).unwrap_or(u64::MAX));
    let cut = original.map(|original| remark(&words::body::cut(&kept, &bytes(original))));
    let copied = Arc::clone(&text);
    let copy = copy_icon(IconName::Copy, words::body::COPY_BODY, move || copied.to_string());
    let choice = (language == Language::Json).then(|| pretty_or_raw(is_raw));
    let body = move || {
        let (language, marks) = if is_raw.get() { (Language::Plain, &raw) } else { (language, &pretty) };
        let reading = Reading::new(Arc::clone(&text), language);
        let is_cut = original.is_some();
        let words = move || {
            let now = reading.progress();
            form_remark(now.ending, is_cut, now.is_full)
        };
        let shown = untrack(|| searched_text(reading, side.title(), Rc::clone(marks)));
        Some(place().with(shown).part(move || words().map(|words| remark(&words))))
    };
    card(title(side.title(), &format!("{kept}, {kind}")), choice.into_iter().chain([copy])).with_all(cut).part(body)
}

/// What the reader of a body should know of its form.
fn form_remark(ending: Option<(Ending, usize)>, is_cut: bool, is_full: bool) -> Option<String> {
    if is_full {
        return Some(words::body::TOO_MANY_LINES.to_owned());
    }
    match ending? {
        (Ending::Complete, _) => None,
        (Ending::CutShort, _) if is_cut => Some(words::body::FORMATTED_AS_KEPT.to_owned()),
        (Ending::CutShort, _) => Some(words::body::ENDS_IN_A_VALUE.to_owned()),
        (Ending::NotJson(_), 0 | 1) => Some(words::body::NOT_JSON.to_owned()),
        (Ending::NotJson(_), line) => Some(words::body::not_json_from(line)),
    }
}

/// The choice between the pretty form and the body as it came.
fn pretty_or_raw(is_raw: RwSignal<bool>) -> Markup {
    let form = |words: &str, raw: bool| {
        element("button")
            .attr("type", "button")
            .attr_bool("aria-pressed", move || is_raw.get() == raw)
            .on_press(move || is_raw.set(raw))
            .text(words)
    };
    let forms = classed("span", "seg").attr("role", "group").attr("aria-label", words::body::FORM_OF_BODY);
    forms.with(form(words::body::PRETTY, false)).with(form(words::body::RAW, true))
}

#[cfg(test)]
mod tests {
    use super::form_remark;
    use crate::format::code::Ending;

    #[test]
    fn what_is_not_whole_is_said() {
        assert_eq!(form_remark(None, true, false), None);
        assert_eq!(form_remark(Some((Ending::Complete, 0)), false, false), None);
        for (ending, is_cut, is_full, word) in [
            ((Ending::CutShort, 0), true, false, "as far as it is kept"),
            ((Ending::CutShort, 0), false, false, "middle of a value"),
            ((Ending::NotJson(0), 1), false, false, "not valid JSON"),
            ((Ending::NotJson(90), 7), false, false, "From line 7"),
            ((Ending::Complete, 0), false, true, "too many lines"),
        ] {
            let words = form_remark(Some(ending), is_cut, is_full).unwrap();
            assert!(words.contains(word), "{words}");
        }
    }
}
