//! Tabs: one tab stop, arrow keys between them, a panel for each.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::browser::element;

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

/// The list of tabs; whoever shows it shows the selected tab's panel below, under its `panel_id`.
#[component]
pub fn TabList(
    /// What the tabs are parts of.
    label: &'static str,
    /// The tabs in order.
    tabs: Vec<Tab>,
    /// The one whose panel is shown.
    #[prop(into)]
    selected: Signal<Tab>,
    /// Asked for by click and arrow keys.
    on_select: Callback<Tab>,
) -> impl IntoView {
    let order = StoredValue::new(tabs.clone());
    let on_key = move |event: KeyboardEvent| {
        let next = order.with_value(|tabs| neighbour(tabs, selected.get_untracked(), &event.key()));
        if let Some(next) = next {
            event.prevent_default();
            event.stop_propagation();
            on_select.run(next);
            element::focus_id(&next.element_id());
        }
    };
    let tab_view = move |tab: Tab| {
        let is_selected = move || selected.get() == tab;
        view! {
            <button
                role="tab"
                type="button"
                id=tab.element_id()
                aria-controls=move || is_selected().then(|| tab.panel_id())
                aria-selected=move || is_selected().to_string()
                tabindex=move || if is_selected() { "0" } else { "-1" }
                on:click=move |_| on_select.run(tab)
            >
                {tab.label}
            </button>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=on_key>
            {tabs.into_iter().map(tab_view).collect_view()}
        </div>
    }
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
