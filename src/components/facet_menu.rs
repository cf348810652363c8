//! One filter: its button, and the values it offers with their counts.

use leptos::prelude::*;
use model::{Application, Facet, Facets, LogQuery, Outcome};

use super::application_name::glyph;
use crate::format::count::count;
use crate::format::status::StatusText;
use crate::state::counts::Counted;
use crate::state::filters::{self, Edit, Named, Standing};
use crate::state::options::{FilterOption, options, set_first};
use crate::ui::icon::{Icon, IconName, IconSize};
use crate::ui::popover::Popover;
use crate::ui::status_pill::StatusPill;

/// A list longer than this has a find box.
const FIND_FROM: usize = 9;

/// What the filters are given and what they change.
#[derive(Clone, Copy)]
pub struct Filtering {
    /// The present filter.
    pub query: Signal<LogQuery>,
    /// The values with their counts.
    pub facets: Signal<Counted<Facets>>,
    /// Calls without a response, listed or not.
    pub no_response: Signal<u64>,
    /// Changes the filter.
    pub on_edit: Callback<LogQuery>,
}

impl Filtering {
    /// Changes the filter from what it is.
    pub fn edit(self, change: impl FnOnce(&mut LogQuery)) {
        let mut query = self.query.get_untracked();
        change(&mut query);
        self.on_edit.run(query);
    }
}

/// A filter by values.
#[component]
pub fn FacetMenu(
    /// Which filter.
    facet: Facet,
    /// The same in one word, for narrow lists.
    short: &'static str,
    /// What is set, counted and changed.
    filtering: Filtering,
) -> impl IntoView {
    let named = Memo::new(move |_| filtering.query.with(|query| Named::of(query, facet)));
    let label = move || {
        view! {
            <span class="dd__l">{facet.label()}</span>
            <span class="dd__s" aria-hidden="true">
                {short}
            </span>
            {move || named.with(Named::badge).map(|badge| view! { <span class="badge badge--accent" aria-hidden="true">{badge}</span> })}
            {move || named.with(Named::badge_in_words).map(|words| view! { <span class="vh">{format!(", {words}")}</span> })}
            <Icon name=IconName::Down size=IconSize::Small />
        }
    };
    view! {
        <Popover is_on=Signal::derive(move || named.with(|named| *named != Named::default())) label panel_label=facet.label() is_open=RwSignal::new(false)>
            <FacetValues facet named filtering />
        </Popover>
    }
}

/// The values of a filter; made anew whenever the list is opened.
#[component]
fn FacetValues(facet: Facet, named: Memo<Named>, filtering: Filtering) -> impl IntoView {
    let offered = Memo::new(move |_| {
        filtering.facets.with(|facets| {
            let lists = facets.as_ref().and_then(|facets| facets.as_ref().ok()).map(|facets| &facets.facets);
            options(facet, lists, &named.get(), filtering.no_response.get())
        })
    });
    // The order of the moment the list was opened holds: nothing moves under the pointer.
    let order = Memo::new(move |before: Option<&Vec<String>>| {
        let mut order = before.cloned().unwrap_or_default();
        offered.with(|offered| {
            let mut offered = offered.clone();
            if before.is_none() && facet != Facet::Code {
                named.with_untracked(|named| set_first(&mut offered, named));
            }
            if facet == Facet::Code {
                return offered.into_iter().map(|option| option.value).collect();
            }
            order.extend(
                offered
                    .into_iter()
                    .map(|option| option.value)
                    .filter(|value| !order.contains(value))
                    .collect::<Vec<_>>(),
            );
            order
        })
    });
    let sought = RwSignal::new(String::new());
    let find = format!(
        "Find {}",
        match facet {
            Facet::Bot => "a bot",
            Facet::Application => "an application",
            Facet::Code => "a code",
            _ => "a value",
        }
    );
    let is_long = Memo::new(move |_| order.with(Vec::len) >= FIND_FROM);
    let shown = move || {
        let sought = model::fold::fold(sought.get().trim());
        order.with(|order| {
            order
                .iter()
                .filter(|value| sought.is_empty() || offered.with(|offered| is_found(offered, value, &sought)))
                .cloned()
                .collect::<Vec<_>>()
        })
    };
    let has_failed = move || filtering.facets.with(|facets| matches!(facets, Some(Err(_))));
    let is_set = move || named.with(|named| *named != Named::default());
    view! {
        {move || is_long.get().then(|| view! { <FindBox label=find.clone() sought /> })}
        <ul class="facets">
            <For each=shown key=Clone::clone children=move |value| view! { <FacetItem facet value offered named filtering /> } />
        </ul>
        {move || shown().is_empty().then(|| view! { <p class="facets__none muted">"Nothing here has this name."</p> })}
        <div class="pop__foot">
            <span class="small muted">
                {move || if has_failed() { "The counts could not be had" } else { "Counts follow the other filters" }}
            </span>
            <button
                class="btn btn--sm btn--quiet"
                type="button"
                prop:disabled=move || !is_set()
                on:click=move |_| filtering.edit(|query| filters::clear(query, facet))
            >
                "Clear"
            </button>
        </div>
    }
}

fn is_found(offered: &[FilterOption], value: &str, sought: &str) -> bool {
    offered
        .iter()
        .find(|option| option.value == value)
        .is_some_and(|option| model::fold::fold(&option.label).contains(sought))
}

#[component]
fn FindBox(label: String, sought: RwSignal<String>) -> impl IntoView {
    view! {
        <label class="field field--sm">
            <Icon name=IconName::Search size=IconSize::Medium />
            <input
                type="text"
                aria-label=label.clone()
                placeholder=label
                autocomplete="off"
                prop:value=sought
                on:input:target=move |event| sought.set(event.target().value())
            />
        </label>
    }
}

/// One value: include it by its box, or only it, or exclude it.
#[component]
fn FacetItem(
    facet: Facet,
    value: String,
    offered: Memo<Vec<FilterOption>>,
    named: Memo<Named>,
    filtering: Filtering,
) -> impl IntoView {
    let value = StoredValue::new(value);
    let option = Memo::new(move |_| {
        offered.with(|offered| value.with_value(|value| offered.iter().find(|option| option.value == *value).cloned()))
    });
    let standing = Memo::new(move |_| named.with(|named| value.with_value(|value| named.standing(value))));
    let edit = move |edit| filtering.edit(|query| value.with_value(|value| filters::edit(query, facet, value, edit)));
    let label = Memo::new(move |_| {
        option.with(|option| option.as_ref().map(|option| option.label.clone()).unwrap_or_default())
    });
    let number = move || option.with(|option| option.as_ref().and_then(|option| option.count).map(count));
    let is_zero = move || option.with(|option| option.as_ref().is_some_and(|option| option.count == Some(0)));
    let is_part = option.with_untracked(|option| option.as_ref().is_some_and(|option| option.is_part));
    view! {
        <li
            class="facet"
            class:facet--sub=is_part
            class:facet--none=is_zero
            class:facet--not=move || standing.get() == Standing::Excluded
        >
            <label>
                <input
                    type="checkbox"
                    class="check"
                    class:check--not=move || standing.get() == Standing::Excluded
                    prop:checked=move || standing.get() == Standing::Included
                    on:change=move |_| edit(Edit::Toggle)
                />
                {value.with_value(|value| picture(facet, value))}
                {move || (standing.get() == Standing::Excluded).then(|| view! { <span class="vh">"Excluded: "</span> })}
                {(facet != Facet::Status).then(|| view! { <span class="trunc" title=label>{label}</span> })}
            </label>
            <span class="facet__acts">
                <button type="button" aria-label=move || format!("Only {}", label.get()) on:click=move |_| edit(Edit::Only)>
                    "Only"
                </button>
                <button
                    type="button"
                    aria-label=move || format!("Exclude {}", label.get())
                    aria-pressed=move || if standing.get() == Standing::Excluded { "true" } else { "false" }
                    on:click=move |_| edit(Edit::ToggleExcluded)
                >
                    "Exclude"
                </button>
            </span>
            <span class="facet__n">{number}</span>
        </li>
    }
}

/// A value's picture: the shape of a status, the glyph of an application.
fn picture(facet: Facet, value: &str) -> Option<AnyView> {
    match facet {
        Facet::Status => {
            let status = StatusText::new(&Outcome::from(value), None, None, false);
            let status = match Outcome::from(value) {
                Outcome::NoResponse => StatusText { code: Outcome::NoResponse.label().to_owned(), ..status },
                _ => status,
            };
            Some(view! { <StatusPill status is_flat=true /> }.into_any())
        }
        Facet::Application => Some(
            view! {
                <span class="app-i">
                    <Icon name=glyph(&Application::from(value)) size=IconSize::Medium />
                </span>
            }
            .into_any(),
        ),
        _ => None,
    }
}
