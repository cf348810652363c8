//! What the reader should know before trusting the list: parts of the address that could not be used, answers that are
//! partial or reach beyond what is kept.

use leptos::prelude::*;
use model::{Notice, QueryIssue};

use crate::format::excerpt::excerpt;
use crate::ui::icon::{Icon, IconName};
use crate::ui::markup::element;

/// Characters of a part of the address that are repeated: enough to find it there.
const MOST_OF_PART: usize = 60;
/// Characters of the reason, which may repeat a word of the address too.
const MOST_OF_MESSAGE: usize = 200;

/// Parts of the address that could not be used.
#[component]
pub fn AddressIssues(
    /// The parts.
    #[prop(into)]
    issues: Signal<Vec<QueryIssue>>,
    /// Asked for by the close button.
    on_dismiss: Callback<()>,
) -> impl IntoView {
    let sentence = |issue: &QueryIssue| {
        let part = excerpt(&format!("{}={}", issue.parameter, issue.value), MOST_OF_PART);
        let why = excerpt(&issue.message, MOST_OF_MESSAGE);
        element("p").text("In the address, ").with(element("code").text(&part)).text(" was left out: ").text(&why)
    };
    let sentences = move || issues.with(|issues| issues.iter().map(sentence).collect_view());
    view! {
        <Show when=move || issues.with(|issues| !issues.is_empty())>
            <div class="notice" role="alert">
                <Icon name=IconName::Triangle />
                <div class="notice__t">{sentences}</div>
                <button class="btn btn--icon" type="button" aria-label="Dismiss" on:click=move |_| on_dismiss.run(())>
                    <Icon name=IconName::X />
                </button>
            </div>
        </Show>
    }
}

/// What the server says about its answer, above the rows.
#[component]
pub fn AnswerNotices(
    /// What it says.
    #[prop(into)]
    notices: Signal<Vec<Notice>>,
    /// Whether the list asks on by itself, so that a search that takes long is no news.
    #[prop(into)]
    is_seeking: Signal<bool>,
    /// Asked for where trying again may help.
    on_retry: Callback<()>,
) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let is_seeking = is_seeking.get();
        notices.with(|notices| {
            notices
                .iter()
                // Where nothing is kept at all, the list itself says so.
                .filter(|notice| notice.code != "outside_retention" && !(is_seeking && notice.code == "took_too_long"))
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let line = move |notice: Notice| {
        let is_partial = notice.code != "partly_outside_retention";
        view! {
            <div class=if is_partial { "notice notice--warn" } else { "notice" } role="status">
                <Icon name=if is_partial { IconName::Triangle } else { IconName::Archive } />
                <p class="notice__t">
                    {is_partial.then(|| view! { <b>"Not everything is here. "</b> })}
                    {notice.message}
                </p>
                {is_partial
                    .then(|| {
                        view! {
                            <button class="btn btn--sm" type="button" on:click=move |_| on_retry.run(())>
                                "Try again"
                            </button>
                        }
                    })}
            </div>
        }
    };
    view! { <For each=move || shown.get() key=|notice| (notice.code.clone(), notice.message.clone()) children=line /> }
}
