//! The filters: a row of buttons, or on a narrow page one button that opens them as a sheet.

use std::sync::Arc;

use leptos::prelude::*;
use model::{Facet, LogQuery, Session, TimeRange, Timestamp};

use super::date_menu::DateMenu;
use super::facet_menu::{FacetMenu, Filtering};
use super::search_box::is_anything_set;
use crate::format::count::counted;
use crate::state::filters::Named;
use crate::ui::icon::{Icon, IconName};
use crate::ui::sheet::Sheet;

/// The filters of the product, with their names for narrow lists.
const MENUS: [(Facet, &str); 5] = [
    (Facet::Status, "Status"),
    (Facet::Method, "Type"),
    (Facet::Code, "Code"),
    (Facet::Bot, "Bot"),
    (Facet::Application, "Application"),
];

/// The filters.
#[component]
pub fn FilterBar(
    /// What is set, counted and changed.
    filtering: Filtering,
    /// Whether there is room for one button only.
    #[prop(into)]
    is_narrow: Signal<bool>,
    /// How many calls the filter finds, where it is known.
    #[prop(into)]
    total: Signal<Option<u64>>,
    /// Who is looking.
    session: Arc<Session>,
    /// The server's time.
    now: Callback<(), Timestamp>,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let is_set = Memo::new(move |_| filtering.query.with(is_anything_set));
    let number = Memo::new(move |_| filtering.query.with(number_set));
    let done = move || {
        total.get().map_or_else(|| "Show the calls".to_owned(), |total| format!("Show {}", counted(total, "call")))
    };
    let session = StoredValue::new(session);
    let menus = move || {
        view! {
            {MENUS.map(|(facet, short)| view! { <FacetMenu facet short filtering /> }).collect_view()}
            <DateMenu filtering session=session.get_value() now />
        }
    };
    let clear = move || {
        is_set.get().then(|| {
            view! {
                <button
                    class="btn btn--sm btn--quiet filters__clear"
                    type="button"
                    on:click=move |_| filtering.on_edit.run(LogQuery::default())
                >
                    "Clear all"
                </button>
            }
        })
    };
    view! {
        <div class="filters" role="group" aria-label="Filters">
            <Show
                when=move || is_narrow.get()
                fallback=menus
            >
                <button class="btn btn--sm" type="button" aria-haspopup="dialog" on:click=move |_| is_open.set(true)>
                    <Icon name=IconName::Filter />
                    "Filters"
                    {move || {
                        (number.get() > 0).then(|| view! { <span class="badge badge--accent">{number.get()}</span> })
                    }}
                </button>
                <Sheet title="Filters" is_open done=Signal::derive(done)>
                    <div class="filters filters--sheet">{menus()}</div>
                </Sheet>
            </Show>
            {clear}
        </div>
    }
}

/// How many filters are set.
fn number_set(query: &LogQuery) -> usize {
    let facets = MENUS.iter().filter(|(facet, _)| Named::of(query, *facet) != Named::default()).count();
    facets + usize::from(query.range != TimeRange::All)
}
