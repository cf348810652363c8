//! What the reader should know before trusting the list: parts of the address that could not be used, answers that are
//! partial or reach beyond what is kept.

use leptos::prelude::*;
use model::{Notice, QueryIssue};

use crate::ui::icon::{Icon, IconName};

/// Parts of the address that could not be used.
#[component]
pub fn AddressIssues(
    /// The parts.
    #[prop(into)]
    issues: Signal<Vec<QueryIssue>>,
    /// Asked for by the close button.
    on_dismiss: Callback<()>,
) -> impl IntoView {
    let sentences = move || {
        issues.with(|issues| {
            issues
                .iter()
                .map(|issue| view! { <p>"In the address, " <code>{format!("{}={}", issue.parameter, issue.value)}</code> " was left out: " {issue.message.clone()}</p> })
                .collect_view()
        })
    };
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
        let is_partial = !notice.code.ends_with("outside_retention");
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
