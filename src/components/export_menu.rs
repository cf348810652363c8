//! What is filtered, as a file.

use leptos::prelude::*;
use model::LogQuery;

use crate::api::calls;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, classed, element};
use crate::ui::popover::Popover;
use crate::words;

/// The kinds of file, as the server calls them, and what they are for.
pub const FORMATS: [(&str, &str, &str); 3] = [
    ("csv", "CSV", words::filters::CSV),
    ("ndjson", "NDJSON", words::filters::NDJSON),
    ("har", "HAR", words::filters::HAR),
];

/// The menu of files: links, so that the browser takes them and says how far they are.
pub fn export_menu(query: Memo<LogQuery>) -> Markup {
    let name = words::filters::EXPORT;
    let is_open = RwSignal::new(false);
    let file = move |(format, name, purpose): (&'static str, &str, &str)| {
        classed("a", "facet facet--pick")
            .attr_now("href", move || Some(query.with(|query| calls::export_address(query, format))))
            .attr("download", "")
            .on_press(move || is_open.set(false))
            .with(element("b").text(name))
            .with(classed("span", "muted").text(purpose))
    };
    let most = u64::try_from(model::MOST_EXPORTED).unwrap_or_default();
    let words = words::filters::exported_up_to(most);
    Popover { class: "dd", panel_label: name, is_open }.show(
        || false,
        |opener| {
            let words = classed("span", "dd__l").text(name);
            opener
                .with(icon(IconName::Download, IconSize::Medium))
                .with(words)
                .with(icon(IconName::Down, IconSize::Small))
        },
        move |panel| {
            let files = classed("div", "facets facets--picks").with_all(FORMATS.map(file));
            panel.with(files).with(classed("p", "pop__foot small muted").text(&words))
        },
    )
}
