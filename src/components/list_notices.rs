//! What the reader should know before trusting the list: parts of the address that could not be used, answers that are
//! partial or reach beyond what is kept.

use leptos::prelude::*;
use model::{Notice, QueryIssue};

use crate::format::excerpt::excerpt;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{button, classed, element, place};
use crate::words;

/// Characters of a part of the address that are repeated: enough to find it there.
const MOST_OF_PART: usize = 60;
/// Characters of the reason, which may repeat a word of the address too.
const MOST_OF_MESSAGE: usize = 200;

/// Parts of the address that could not be used.
#[component]
pub fn AddressIssues(
    /// The parts.
    issues: Memo<Vec<QueryIssue>>,
    /// Asked for by the close button.
    on_dismiss: Callback<()>,
) -> impl IntoView {
    let sentence = |issue: &QueryIssue| {
        let part = excerpt(&format!("{}={}", issue.parameter, issue.value), MOST_OF_PART);
        let why = excerpt(&issue.message, MOST_OF_MESSAGE);
        let [before, behind] = words::list::LEFT_OUT;
        element("p").text(before).with(element("code").text(&part)).text(behind).text(&why)
    };
    let notice = move || {
        let sentences =
            issues.with(|issues| (!issues.is_empty()).then(|| issues.iter().map(sentence).collect::<Vec<_>>()))?;
        let dismiss =
            button("btn btn--icon").attr("aria-label", words::list::DISMISS).on_press(move || on_dismiss.run(()));
        let notice = classed("div", "notice").attr("role", "alert").with(icon(IconName::Triangle, IconSize::Standard));
        let notice = notice.with(classed("div", "notice__t").with_all(sentences));
        Some(notice.with(dismiss.with(icon(IconName::X, IconSize::Standard))))
    };
    place().part(notice)
}

/// What the server says about its answer, above the rows.
#[component]
pub fn AnswerNotices(
    /// What it says.
    notices: impl Fn() -> Vec<Notice> + 'static,
    /// Whether the list asks on by itself, so that a search that takes long is no news.
    is_seeking: impl Fn() -> bool + 'static,
    /// Asked for where trying again may help.
    on_retry: Callback<()>,
) -> impl IntoView {
    let shown = move || {
        let is_seeking = is_seeking();
        // Where nothing is kept at all, the list itself says so.
        let is_shown =
            |notice: &Notice| notice.code != "outside_retention" && !(is_seeking && notice.code == "took_too_long");
        notices()
            .into_iter()
            .filter(is_shown)
            .map(|notice| (format!("{} {}", notice.code, notice.message), notice))
            .collect()
    };
    let line = move |notice: Notice| {
        let words = classed("p", "notice__t");
        if notice.code.ends_with("outside_retention") {
            let shown =
                classed("div", "notice").attr("role", "status").with(icon(IconName::Archive, IconSize::Standard));
            return shown.with(words.text(&notice.message));
        }
        let words = words.with(element("b").text(words::list::NOT_EVERYTHING)).text(&notice.message);
        classed("div", "notice notice--warn")
            .attr("role", "status")
            .with(icon(IconName::Triangle, IconSize::Standard))
            .with(words)
            .with(button("btn btn--sm").on_press(move || on_retry.run(())).text(words::errors::TRY_AGAIN))
    };
    place().each(shown, line)
}
