//! The search box with what is set, as chips. Text, chips and the filters below are views of one filter.

use leptos::html::Input;
use leptos::prelude::*;
use model::{LogQuery, SearchError};

use super::facet_menu::Filtering;
use crate::browser::clock;
use crate::state::chips::{self, Chip as SetPart};
use crate::state::search;
use crate::ui::chip::Chip;
use crate::ui::icon::{Icon, IconName};

/// The id of the line under the box that says what is wrong.
const PROBLEM: &str = "search-problem";

/// What is set, as chips with the verbs to take them out.
#[component]
pub fn Chips(
    /// What is set and changed.
    filtering: Filtering,
) -> impl IntoView {
    let set = Memo::new(move |_| {
        let facets = filtering.facets.get().and_then(Result::ok);
        filtering.query.with(|query| chips::chips(query, facets.as_ref(), clock::zone()))
    });
    view! {
        <For
            each=move || set.get()
            key=|chip| (chip.part, chip.text())
            children=move |chip: SetPart| {
                let part = chip.part;
                let on_remove = Callback::new(move |()| filtering.edit(|query| chips::take_out(query, part)));
                let is_excluding = chip.is_excluding();
                view! { <Chip field=chip.field words=chip.words is_excluding on_remove /> }
            }
        />
    }
}

/// The search box.
#[component]
pub fn SearchBox(
    /// What is set and changed.
    filtering: Filtering,
    /// The field, so that `/` can find it.
    field: NodeRef<Input>,
    /// Told of every change of the words.
    on_type: Callback<String>,
    /// Asked for by Escape in an empty field, or the arrow down: on to the list.
    on_leave: Callback<()>,
) -> impl IntoView {
    let text = Memo::new(move |_| filtering.query.with(|query| query.text.clone()));
    let on_key = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "ArrowDown" => {
            event.prevent_default();
            on_leave.run(());
        }
        "Escape" if !text.with_untracked(String::is_empty) => {
            event.stop_propagation();
            on_type.run(String::new());
        }
        _ => {}
    };
    let has_text = move || !text.with(String::is_empty);
    let problem = search::problem(filtering.query);
    let is_wrong = move || problem.with(Option::is_some);
    view! {
        <search class="query">
            <div class="query__box">
                <Icon name=IconName::Search />
                <span class="query__chips">
                    <Chips filtering />
                </span>
                <input
                    type="search"
                    node_ref=field
                    aria-label="Search API logs"
                    aria-keyshortcuts="/"
                    aria-invalid=move || is_wrong().then_some("true")
                    aria-describedby=move || is_wrong().then_some(PROBLEM)
                    placeholder="Words, or code:5xx app:\"Google Sheets\" -method:GET"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    maxlength="2000"
                    prop:value=text
                    on:input:target=move |event| on_type.run(event.target().value())
                    on:keydown=on_key
                />
                <Show when=has_text>
                    <button
                        class="btn btn--icon"
                        type="button"
                        aria-label="Clear the search"
                        on:click=move |_| {
                            on_type.run(String::new());
                            if let Some(field) = field.get_untracked() {
                                crate::browser::element::focus(&field);
                            }
                        }
                    >
                        <Icon name=IconName::X />
                    </button>
                </Show>
                <kbd title="Press / to search" aria-hidden="true">
                    "/"
                </kbd>
            </div>
            <div id=PROBLEM class="query__problem" aria-live="polite">
                {move || problem.get().map(|error| view! { <Problem error filtering /> })}
            </div>
        </search>
    }
}

/// What is wrong with the search, and the way to search for it as text.
#[component]
fn Problem(error: SearchError, filtering: Filtering) -> impl IntoView {
    let as_text = error.as_text.map(|as_text| {
        let search = move |_| filtering.edit(|query| query.text.clone_from(&as_text));
        view! {
            <button class="link" type="button" on:click=search>
                "Search for it as text"
            </button>
        }
    });
    view! {
        <p>
            <Icon name=IconName::Triangle />
            "This search is not applied: "
            {error.message}
            " "
            {as_text}
        </p>
    }
}

/// Whether anything is set that Clear all would take out.
pub fn is_anything_set(query: &LogQuery) -> bool {
    *query != LogQuery::default()
}
