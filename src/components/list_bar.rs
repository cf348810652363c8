//! The line above the list: how many calls, and those that got no response.

use leptos::prelude::*;
use model::Total;

use crate::format::count::{count, counted};
use crate::state::feed::Phase;

/// The line above the list.
#[component]
pub fn ListBar(
    /// How many calls the filter finds; `None` before the first answer.
    #[prop(into)]
    total: Signal<Option<Total>>,
    /// How the list is.
    #[prop(into)]
    phase: Signal<Phase>,
    /// Calls of the filter that failed; `None` while they are being counted.
    #[prop(into)]
    errors: Signal<Option<u64>>,
    /// Calls of the filter that got no response.
    #[prop(into)]
    no_response: Signal<u64>,
    /// Whether those are in the list.
    #[prop(into)]
    lists_no_response: Signal<bool>,
    /// Asked for by the button: list them, or leave them out again.
    on_list_no_response: Callback<bool>,
) -> impl IntoView {
    let found = move || match (total.get(), phase.get()) {
        (_, Phase::Failed(_)) => "Calls not loaded".to_owned(),
        (None, _) => "Loading calls".to_owned(),
        (Some(total), _) if total.count == 0 && !total.exact => "Searching older calls".to_owned(),
        (Some(total), _) if total.exact => counted(total.count, "call"),
        (Some(total), _) => format!("At least {}", counted(total.count, "call")),
    };
    let failed = move || {
        let is_found = phase.get() == Phase::Ready && total.get().is_some_and(|total| total.count > 0);
        errors.get().filter(|errors| *errors > 0 && is_found).map(|errors| {
            view! {
                <span class="listbar__err">
                    <span class="sep">"\u{b7}"</span>
                    <span class="muted">{counted(errors, "error")}</span>
                </span>
            }
        })
    };
    let unanswered = move || {
        let number = no_response.get();
        (number > 0).then(|| {
            let is_listed = lists_no_response.get();
            let words = format!(
                "{} {}",
                count(number),
                if number == 1 { "call got no response" } else { "calls got no response" }
            );
            view! {
                <p class="listbar__none">
                    <span class="muted">{words}</span>
                    <button class="link" type="button" on:click=move |_| on_list_no_response.run(!is_listed)>
                        {match (is_listed, number) {
                            (true, _) => "leave them out",
                            (false, 1) => "show it",
                            (false, _) => "show them",
                        }}
                    </button>
                </p>
            }
        })
    };
    view! {
        <div class="listbar">
            <p class="listbar__n" role="status">
                <b>{found}</b>
                {failed}
            </p>
            {unanswered}
        </div>
    }
}
