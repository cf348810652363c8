//! What stands around the rows: the names of the columns, and the end of the list.

use leptos::prelude::*;

use crate::state::feed::{CallFeed, Direction, End};
use crate::ui::icon::{Icon, IconName, IconSize};

/// The names of the columns.
#[component]
pub fn HeaderRow() -> impl IntoView {
    view! {
        <div role="row" class="row row--head" aria-rowindex="1">
            <div role="columnheader">"Status"</div>
            <div role="columnheader" class="c-time" aria-sort="descending">
                "Time"
                <Icon name=IconName::ArrowDown size=IconSize::Small />
            </div>
            <div role="columnheader">"Application"</div>
            <div role="columnheader">"Request"</div>
            <div role="columnheader" class="c-bot">
                "Bot name"
            </div>
            <div role="columnheader">"Source"</div>
            <div role="columnheader" class="c-user">
                "User"
            </div>
            <div role="columnheader" class="c-dur">
                "Took"
            </div>
        </div>
    }
}

/// What stands below the last row: more to come, a failure with the way to try again, or the end.
#[component]
pub fn ListEnd(
    /// The calls.
    feed: CallFeed,
) -> impl IntoView {
    let has_older =
        Memo::new(move |_| feed.list().with(|list| list.as_ref().is_some_and(|list| list.older().is_some())));
    move || match (feed.end(Direction::Older).get(), has_older.get()) {
        (End::Failed(error), _) => view! {
            <div class="list-end" role="alert">
                <span class="t-err">"Older calls could not be loaded. "</span>
                <span class="muted">{error.sentence()}</span>
                <button class="btn btn--sm" type="button" on:click=move |_| feed.retry(Direction::Older)>
                    "Try again"
                </button>
            </div>
        }
        .into_any(),
        (_, true) => view! {
            <div class="list-end" aria-hidden="true">
                <span class="sk sk--pill"></span>
                <span class="sk"></span>
                <span class="sk"></span>
            </div>
        }
        .into_any(),
        (_, false) => view! { <p class="list-end list-end--done muted">"No older calls"</p> }.into_any(),
    }
}
