//! What stands around the rows: the names of the columns, and the end of the list.

use leptos::prelude::*;

use crate::state::feed::{CallFeed, Direction, End};
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, button, classed};

/// The names of the columns.
pub fn header_row() -> Markup {
    let column = |class: &str, name: &str| classed("div", class).attr("role", "columnheader").text(name);
    let time = column("c-time", "Time").attr("aria-sort", "descending");
    classed("div", "row row--head")
        .attr("role", "row")
        .attr("aria-rowindex", "1")
        .with(column("c-status", "Status"))
        .with(time.with(icon(IconName::ArrowDown, IconSize::Small)))
        .with(column("", "Application"))
        .with(column("", "Request"))
        .with(column("c-bot", "Bot name"))
        .with(column("", "Source"))
        .with(column("c-user", "User"))
        .with(column("c-dur", "Took"))
}

/// Adds what stands below the last row: more to come, a failure with the way to try again, or the end.
pub fn with_end(holder: Markup, feed: CallFeed) -> Markup {
    let has_older = Memo::new(move |_| feed.with_list(|list| list.is_some_and(|list| list.older().is_some())));
    holder.part(move || {
        Some(match (feed.end(Direction::Older), has_older.get()) {
            (End::Failed(error), _) => classed("div", "list-end")
                .attr("role", "alert")
                .with(classed("span", "t-err").text("Older calls could not be loaded. "))
                .with(classed("span", "muted").text(&error.sentence()))
                .with(button("btn btn--sm").on_press(move || feed.retry(Direction::Older)).text("Try again")),
            (_, true) => {
                let bars = ["sk sk--pill", "sk", "sk"].map(|class| classed("span", class));
                classed("div", "list-end").attr("aria-hidden", "true").with_all(bars)
            }
            (_, false) => classed("p", "list-end list-end--done muted").text("No older calls"),
        })
    })
}
