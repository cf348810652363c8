//! What stands around the rows: the names of the columns, and the end of the list.

use leptos::prelude::*;

use crate::state::feed::{CallFeed, Direction, End};
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, classed};

/// The names of the columns.
pub fn header_row() -> Markup {
    let column = |class: &str, name: &str| classed("div", class).attr("role", "columnheader").text(name);
    let time = column("c-time", "Time").attr("aria-sort", "descending");
    classed("div", "row row--head")
        .attr("role", "row")
        .attr("aria-rowindex", "1")
        .with(column("", "Status"))
        .with(time.with(icon(IconName::ArrowDown, IconSize::Small)))
        .with(column("", "Application"))
        .with(column("", "Request"))
        .with(column("c-bot", "Bot name"))
        .with(column("", "Source"))
        .with(column("c-user", "User"))
        .with(column("c-dur", "Took"))
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
