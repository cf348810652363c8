//! Saved views: filters with a name, one's own or shared with the account. A view's link is the address of its filter,
//! so that it works wherever the filter does and whatever becomes of the view.

use leptos::ev::{Event, MouseEvent};
use leptos::prelude::*;
use model::{LogQuery, View};

use super::facet_menu::Filtering;
use crate::browser::{history, pointer};
use crate::state::place::Page;
use crate::state::saved_views::SavedViews;
use crate::ui::copy_button::copy_icon;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, classed, element};
use crate::ui::popover::Popover;
use crate::words;

/// The button and the list of views, with the form that saves the present filter as one.
pub fn views_menu(filtering: Filtering) -> Markup {
    let is_open = RwSignal::new(false);
    let menu = Menu { filtering, saved: SavedViews::new(), is_open };
    Popover { class: "dd dd--views", panel_label: words::views::VIEWS, is_open }.show(
        || false,
        |opener| opener.text(words::views::VIEWS).with(icon(IconName::Down, IconSize::Small)),
        move |panel| menu.show(panel),
    )
}

/// What is in the menu.
#[derive(Clone, Copy)]
struct Menu {
    filtering: Filtering,
    saved: SavedViews,
    is_open: RwSignal<bool>,
}

impl Menu {
    fn show(self, panel: Markup) -> Markup {
        let saved = self.saved;
        saved.begin();
        let views = move || {
            let items =
                |known: &Vec<View>| (0..).zip(known).map(|(place, view)| self.item(place, view)).collect::<Vec<_>>();
            let items = saved.known.with(items);
            Some(if items.is_empty() && saved.is_known.get() {
                classed("p", "facets__none muted").text(words::views::NONE_YET)
            } else {
                classed("ul", "facets").with_all(items)
            })
        };
        panel.part(views).with(self.form())
    }

    /// One view: a link, and what can be done with it.
    fn item(self, place: usize, view: &View) -> Markup {
        let address = format!("{}?{}", Page::ApiLogs.path(), view.query);
        let (query, absolute) = (view.query.clone(), history::absolute(&address));
        let open = move |event: MouseEvent| {
            if pointer::is_plain(&event) {
                event.prevent_default();
                self.is_open.set(false);
                self.filtering.on_edit.run(LogQuery::parse(&query).query);
            }
        };
        let query = view.query.clone();
        let is_here = move || self.filtering.query.with(|present| present.to_query_string() == query);
        let by = if view.shared { words::views::shared_by(&view.by) } else { String::new() };
        let link = classed("a", "views__n")
            .attr("href", &address)
            .attr_when("aria-current", "true", is_here)
            .on("click", open)
            .with(classed("span", "trunc").attr("dir", "auto").text(&view.name))
            .with(classed("span", "trunc small muted").text(&by));
        let link_name = words::views::copy_link_of(&view.name);
        let acts = classed("span", "facet__acts").with(copy_icon(IconName::Link, &link_name, move || absolute.clone()));
        let acts = if view.may_change { self.changes(acts, place, &view.name) } else { acts };
        classed("li", "facet").with(link).with(acts)
    }

    fn changes(self, acts: Markup, place: usize, name: &str) -> Markup {
        let saved = self.saved;
        let act =
            |word: &str, named: &str| element("button").attr("type", "button").attr("aria-label", named).text(word);
        let sure = move || saved.doomed.get() == Some(place);
        let remove = act(words::views::REMOVE, &words::views::remove(name))
            .part_when(sure, || element("span").text(words::views::FOR_GOOD));
        let remove = remove.on_press(move || saved.remove(place));
        acts.with(act(words::views::RENAME, &words::views::rename(name)).on_press(move || saved.fill(Some(place))))
            .with(remove)
    }

    fn form(self) -> Markup {
        let saved = self.saved;
        let send = move |event: Event| {
            event.prevent_default();
            saved.save(self.filtering.query.with_untracked(LogQuery::to_query_string));
        };
        let is_renaming = move || saved.renamed.with(Option::is_some);
        let verb = move || {
            let verb = match (is_renaming(), saved.replaced()) {
                (true, _) => words::views::RENAME,
                (false, Some(_)) => words::views::REPLACE,
                (false, None) => words::views::SAVE,
            };
            verb.to_owned()
        };
        let label = move || if is_renaming() { words::views::NEW_NAME } else { words::views::SAVE_AS }.to_owned();
        let name = element("input")
            .attr("type", "text")
            .attr("required", "")
            .attr("maxlength", "60")
            .attr("autocomplete", "off")
            .value_now(move || saved.name.get())
            .on_input(move |name| saved.name.set(name));
        let name = element("label")
            .with(classed("span", "small muted").text_now(label))
            .with(classed("span", "field field--sm").with(name));
        let shared = classed("input", "check")
            .attr("type", "checkbox")
            .prop_when("checked", move || saved.is_shared.get())
            .on_press(move || saved.is_shared.set(!saved.is_shared.get_untracked()));
        let shared = classed("label", "views__s").with(shared).text(words::views::SHARE);
        let button = classed("button", "btn btn--sm").attr("type", "submit").text_now(verb);
        classed("form", "views__f")
            .on("submit", send)
            .with(name)
            .with(classed("div", "views__s").with(shared).with(button))
            .with(classed("p", "t-err small").attr("role", "alert").text_now(move || saved.fault.get()))
    }
}
