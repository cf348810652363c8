//! Tabs: one tab stop, arrow keys between them, a panel for each.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::markup::{Markup, classed, element};
use crate::browser::element::focus_id;

/// One tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Its word in the address, and in the ids of tab and panel.
    pub id: &'static str,
    /// Its name.
    pub label: &'static str,
}

impl Tab {
    /// The id of the tab's element.
    pub fn element_id(self) -> String {
        format!("tab-{}", self.id)
    }

    /// The id of its panel.
    pub fn panel_id(self) -> String {
        format!("panel-{}", self.id)
    }
}

/// Where an arrow key leads from a tab; the ends meet.
fn neighbour(tabs: &[Tab], selected: Tab, key: &str) -> Option<Tab> {
    let place = tabs.iter().position(|tab| *tab == selected)?;
    let last = tabs.len().checked_sub(1)?;
    let next = match key {
        "ArrowRight" => (place + 1) % tabs.len(),
        "ArrowLeft" => place.checked_sub(1).unwrap_or(last),
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    tabs.get(next).copied()
}

/// The list of tabs, of which the selected one's panel is shown; whoever shows it shows that panel below, under its
/// `panel_id`. Another tab is asked for by press and arrow keys.
pub fn tab_list(
    label: &str,
    tabs: Vec<Tab>,
    selected: impl Fn() -> Tab + Copy + 'static,
    on_select: impl Fn(Tab) + Copy + 'static,
) -> Markup {
    let order = tabs.clone();
    let on_key = move |event: KeyboardEvent| {
        if let Some(next) = neighbour(&order, untrack(selected), &event.key()) {
            event.prevent_default();
            event.stop_propagation();
            on_select(next);
            focus_id(&next.element_id());
        }
    };
    let shown = tabs.into_iter().map(|tab| {
        element("button")
            .attr("type", "button")
            .attr("role", "tab")
            .attr("id", &tab.element_id())
            .attr_now("aria-controls", move || (selected() == tab).then(|| tab.panel_id()))
            .attr_bool("aria-selected", move || selected() == tab)
            .attr_now("tabindex", move || Some(if selected() == tab { "0" } else { "-1" }.to_owned()))
            .on_press(move || on_select(tab))
            .text(tab.label)
    });
    let list = classed("div", "tabs").attr("role", "tablist").attr("aria-label", label);
    list.on("keydown", on_key).with_all(shown)
}

#[cfg(test)]
mod tests {
    use super::{Tab, neighbour};

    #[test]
    fn arrows_go_round() {
        let tabs = ["one", "two", "three"].map(|id| Tab { id, label: id });
        for (from, key, to) in [
            (0, "ArrowRight", Some(1)),
            (2, "ArrowRight", Some(0)),
            (0, "ArrowLeft", Some(2)),
            (1, "Home", Some(0)),
            (1, "End", Some(2)),
            (1, "a", None),
        ] {
            assert_eq!(neighbour(&tabs, tabs[from], key), to.map(|place: usize| tabs[place]), "{key}");
        }
    }
}
