//! One filter: its button, and the values it offers with their counts.

use leptos::ev::Event;
use leptos::prelude::*;
use model::{Application, Facet, LogQuery, Outcome};

use super::application_name::glyph;
use crate::format::status::StatusText;
use crate::state::counts::Counts;
use crate::state::filters::{self, Edit, Named, Standing};
use crate::state::options::{FilterOption, options, set_first};
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, button, classed, element};
use crate::ui::popover::Popover;
use crate::ui::status_pill::status_pill;
use crate::words;
use crate::words::count::count;

/// A list longer than this has a find box.
const FIND_FROM: usize = 9;

/// What the filters are given and what they change.
#[derive(Clone, Copy)]
pub struct Filtering {
    /// The present filter.
    pub query: Memo<LogQuery>,
    /// The values with their counts.
    pub counts: Counts,
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

    /// The query with what the text says of a filter in the filter.
    fn taken_over(self, query: &LogQuery, facet: Facet) -> LogQuery {
        self.counts.with_facets(|facets| {
            filters::with_text_taken_over(query, facet, facets.as_ref().and_then(|facets| facets.as_ref().ok()))
        })
    }

    /// Changes a filter, in which there is then also what the text said of it.
    fn edit_facet(self, facet: Facet, change: impl FnOnce(&mut LogQuery)) {
        self.edit(|query| {
            *query = untrack(|| self.taken_over(query, facet));
            change(query);
        });
    }
}

/// A filter by values, with its name in one word for narrow lists.
pub fn facet_menu(facet: Facet, short: &str, filtering: Filtering) -> Markup {
    let named = Memo::new(move |_| filtering.query.with(|query| Named::of(&filtering.taken_over(query, facet), facet)));
    let badge = move || {
        let badge = named.with(Named::badge)?;
        Some(classed("span", "badge badge--accent").attr("aria-hidden", "true").text(&badge))
    };
    let badge_in_words = move || {
        let words = named.with(Named::badge_in_words)?;
        Some(classed("span", "vh").text(&format!(", {words}")))
    };
    let label = |opener: Markup| {
        opener
            .with(classed("span", "dd__l").text(facet.label()))
            .with(classed("span", "dd__s").attr("aria-hidden", "true").text(short))
            .part(badge)
            .part(badge_in_words)
            .with(icon(IconName::Down, IconSize::Small))
    };
    let popover = Popover { class: "dd", panel_label: facet.label(), is_open: RwSignal::new(false) };
    popover.show(
        move || named.with(|named| *named != Named::default()),
        label,
        move |panel| facet_values(panel, facet, named, filtering),
    )
}

/// The values of a filter; made anew whenever the list is opened.
fn facet_values(panel: Markup, facet: Facet, named: Memo<Named>, filtering: Filtering) -> Markup {
    let offered = Memo::new(move |_| {
        filtering.counts.with_facets(|facets| {
            let lists = facets.as_ref().and_then(|facets| facets.as_ref().ok()).map(|facets| &facets.facets);
            options(facet, lists, &named.get(), filtering.counts.no_response())
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
    let find = match facet {
        Facet::Bot => words::filters::FIND_A_BOT,
        Facet::Application => words::filters::FIND_AN_APPLICATION,
        Facet::Code => words::filters::FIND_A_CODE,
        _ => words::filters::FIND_A_VALUE,
    };
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
    let has_failed = move || filtering.counts.with_facets(|facets| matches!(facets, Some(Err(_))));
    let is_set = move || named.with(|named| *named != Named::default());
    let nothing = move || classed("p", "facets__none muted").text(words::filters::NONE_HAS_THIS_NAME);
    let remark = move || {
        let words = if has_failed() { words::filters::NOT_COUNTED } else { words::filters::COUNTS_FOLLOW };
        words.to_owned()
    };
    let clear = button("btn btn--sm btn--quiet")
        .prop_when("disabled", move || !is_set())
        .on_press(move || filtering.edit_facet(facet, |query| filters::clear(query, facet)))
        .text(words::filters::CLEAR);
    panel
        .part_when(move || is_long.get(), move || find_box(find, sought))
        .with(classed("ul", "facets").each(
            move || shown().into_iter().map(|value| (value.clone(), value)).collect(),
            move |value| facet_item(facet, value, offered, named, filtering),
        ))
        .part_when(move || shown().is_empty(), nothing)
        .with(classed("div", "pop__foot").with(classed("span", "small muted").text_now(remark)).with(clear))
}

fn is_found(offered: &[FilterOption], value: &str, sought: &str) -> bool {
    offered
        .iter()
        .find(|option| option.value == value)
        .is_some_and(|option| model::fold::fold(&option.label).contains(sought))
}

fn find_box(label: &str, sought: RwSignal<String>) -> Markup {
    let field = element("input")
        .attr("type", "text")
        .attr("aria-label", label)
        .attr("placeholder", label)
        .attr("autocomplete", "off")
        .value_now(move || sought.get())
        .on_input(move |text| sought.set(text));
    classed("label", "field field--sm").with(icon(IconName::Search, IconSize::Medium)).with(field)
}

/// One value: include it by its box, or only it, or exclude it.
fn facet_item(
    facet: Facet,
    value: String,
    offered: Memo<Vec<FilterOption>>,
    named: Memo<Named>,
    filtering: Filtering,
) -> Markup {
    let picture = picture(facet, &value);
    let value = StoredValue::new(value);
    let option = move |look: fn(&FilterOption) -> Option<String>| {
        offered.with(|offered| {
            value.with_value(|value| offered.iter().find(|option| option.value == *value).and_then(look))
        })
    };
    let standing = move || named.with(|named| value.with_value(|value| named.standing(value)));
    let is_excluded = move || standing() == Standing::Excluded;
    let edit = move |edit| {
        filtering.edit_facet(facet, |query| value.with_value(|value| filters::edit(query, facet, value, edit)));
    };
    let label = move || option(|option| Some(option.label.clone())).unwrap_or_default();
    let number = move || option(|option| option.count.map(count)).unwrap_or_default();
    let is_zero = move || option(|option| (option.count == Some(0)).then(String::new)).is_some();
    let is_part = untrack(|| option(|option| option.is_part.then(String::new))).is_some();

    let tick = classed("input", "check")
        .attr("type", "checkbox")
        .class_when("check--not", is_excluded)
        .prop_when("checked", move || standing() == Standing::Included)
        .on("change", move |_: Event| edit(Edit::Toggle));
    let mut name = element("label").with(tick).with_all(picture);
    name = name.part_when(is_excluded, || classed("span", "vh").text(words::filters::EXCLUDED));
    if facet != Facet::Status {
        name = name.with(
            classed("span", "trunc").attr("dir", "auto").attr_now("title", move || Some(label())).text_now(label),
        );
    }
    let act = move |word: &str, name: fn(&str) -> String, done: Edit| {
        element("button")
            .attr("type", "button")
            .attr_now("aria-label", move || Some(name(&label())))
            .on_press(move || edit(done))
            .text(word)
    };
    let exclude = act(words::filters::EXCLUDE, words::filters::exclude, Edit::ToggleExcluded)
        .attr_bool("aria-pressed", is_excluded);
    classed("li", if is_part { "facet facet--sub" } else { "facet" })
        .class_when("facet--none", is_zero)
        .class_when("facet--not", is_excluded)
        .with(name)
        .with(
            classed("span", "facet__acts")
                .with(act(words::filters::ONLY, words::filters::only, Edit::Only))
                .with(exclude),
        )
        .with(classed("span", "facet__n").text_now(number))
}

/// A value's picture: the shape of a status, the glyph of an application.
fn picture(facet: Facet, value: &str) -> Option<Markup> {
    match facet {
        Facet::Status => {
            let status = StatusText::new(&Outcome::from(value), None, None, false);
            let status = match Outcome::from(value) {
                Outcome::NoResponse => StatusText { code: Outcome::NoResponse.label().to_owned(), ..status },
                _ => status,
            };
            Some(status_pill(&status, true))
        }
        Facet::Application => Some(icon(glyph(&Application::from(value)), IconSize::Tile)),
        _ => None,
    }
}
