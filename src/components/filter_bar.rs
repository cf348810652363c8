//! The filters: a row of buttons, or on a narrow page one button that opens them as a sheet.

use leptos::prelude::*;
use model::{Facet, LogQuery, Session, TimeRange, Timestamp};

use super::date_menu::date_menu;
use super::facet_menu::{Filtering, facet_menu};
use super::search_box::is_anything_set;
use super::views_menu::views_menu;
use crate::format::count::counted;
use crate::state::filters::Named;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, button, classed, place};
use crate::ui::sheet::sheet;

/// The filters of the product, with their names for narrow lists.
const MENUS: [(Facet, &str); 5] = [
    (Facet::Status, "Status"),
    (Facet::Method, "Type"),
    (Facet::Code, "Code"),
    (Facet::Bot, "Bot"),
    (Facet::Application, "Application"),
];

/// The filters: one button only where there is no room for more. `total` is how many calls the filter finds, where it is
/// known, `now` the server's time.
pub fn filter_bar(
    filtering: Filtering,
    is_narrow: impl Fn() -> bool + Send + Sync + 'static,
    total: impl Fn() -> Option<u64> + Copy + 'static,
    session: &Session,
    now: Callback<(), Timestamp>,
) -> Markup {
    let is_open = RwSignal::new(false);
    let is_set = move || filtering.query.with(is_anything_set);
    let number = Memo::new(move |_| filtering.query.with(number_set));
    let done =
        move || total().map_or_else(|| "Show the calls".to_owned(), |total| format!("Show {}", counted(total, "call")));
    let retention = session.retention;
    let menus = move |bar: Markup| {
        let menus = MENUS.map(|(facet, short)| facet_menu(facet, short, filtering));
        bar.with_all(menus).with(date_menu(filtering, retention, now))
    };
    let badge = move || {
        let number = Some(number.get()).filter(|number| *number > 0)?;
        Some(classed("span", "badge badge--accent").text(&number.to_string()))
    };
    let opener = move || {
        button("btn btn--sm")
            .attr("aria-haspopup", "dialog")
            .on_press(move || is_open.set(true))
            .with(icon(IconName::Filter, IconSize::Standard))
            .text("Filters")
            .part(badge)
    };
    let in_sheet = move || menus(classed("div", "filters filters--sheet"));
    let narrow = move || place().with(opener()).with(sheet("Filters", is_open, done, in_sheet));
    let is_narrow = Memo::new(move |_| is_narrow());
    let shown = move || Some(if is_narrow.get() { narrow() } else { menus(place()) });
    let clear = move || {
        button("btn btn--sm btn--quiet").on_press(move || filtering.on_edit.run(LogQuery::default())).text("Clear all")
    };
    let end = classed("div", "filters__end").part_when(is_set, clear).with(views_menu(filtering));
    classed("div", "filters").attr("role", "group").attr("aria-label", "Filters").part(shown).with(end)
}

/// How many filters are set.
fn number_set(query: &LogQuery) -> usize {
    let facets = MENUS.iter().filter(|(facet, _)| Named::of(query, *facet) != Named::default()).count();
    facets + usize::from(query.range != TimeRange::All)
}
