//! The filters: a row of buttons, or on a narrow page one button that opens them as a sheet.

use leptos::prelude::*;
use model::{Facet, LogQuery, Session, TimeRange, Timestamp};

use super::date_menu::date_menu;
use super::facet_menu::{Filtering, facet_menu};
use super::search_box::is_anything_set;
use super::views_menu::views_menu;
use crate::state::filters::Named;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, button, classed, place};
use crate::ui::sheet::sheet;
use crate::words;

/// The filters of the product, with their names for narrow lists.
const MENUS: [(Facet, &str); 5] = [
    (Facet::Status, words::filters::STATUS),
    (Facet::Method, words::filters::TYPE),
    (Facet::Code, words::filters::CODE),
    (Facet::Bot, words::filters::BOT),
    (Facet::Application, words::filters::APPLICATION),
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
    let done = move || total().map_or_else(|| words::filters::SHOW_THE_CALLS.to_owned(), words::filters::show_calls);
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
            .text(words::filters::FILTERS)
            .part(badge)
    };
    let in_sheet = move || menus(classed("div", "filters filters--sheet"));
    let narrow = move || place().with(opener()).with(sheet(words::filters::FILTERS, is_open, done, in_sheet));
    let is_narrow = Memo::new(move |_| is_narrow());
    let shown = move || Some(if is_narrow.get() { narrow() } else { menus(place()) });
    let clear = move || {
        button("btn btn--sm btn--quiet")
            .on_press(move || filtering.on_edit.run(LogQuery::default()))
            .text(words::filters::CLEAR_ALL)
    };
    let end = classed("div", "filters__end").part_when(is_set, clear).with(views_menu(filtering));
    classed("div", "filters").attr("role", "group").attr("aria-label", words::filters::FILTERS).part(shown).with(end)
}

/// How many filters are set.
fn number_set(query: &LogQuery) -> usize {
    let facets = MENUS.iter().filter(|(facet, _)| Named::of(query, *facet) != Named::default()).count();
    facets + usize::from(query.range != TimeRange::All)
}
