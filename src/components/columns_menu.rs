//! The menu of the list's looks: how dense, folded or not, and which columns in which order and width.

use leptos::ev::Event;
use leptos::prelude::*;

use crate::browser::element;
use crate::state::table_look::{Column, Density, Setting, Table, TableLook, WIDTHS};
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{self, Markup, button, classed};
use crate::ui::popover::Popover;
use crate::words;

/// The menu of the list's looks.
pub fn columns_menu(look: TableLook) -> Markup {
    let name = words::list::COLUMNS;
    Popover { class: "dd", panel_label: name, is_open: RwSignal::new(false) }.show(
        || false,
        |opener| {
            let words = classed("span", "dd__l").text(name);
            opener.with(icon(IconName::Sheet, IconSize::Medium)).with(words).with(icon(IconName::Down, IconSize::Small))
        },
        move |panel| looks(panel, look),
    )
}

fn looks(panel: Markup, look: TableLook) -> Markup {
    let density = |(density, _): (Density, &str)| {
        button("")
            .attr_bool("aria-pressed", move || look.with(|table| table.density == density))
            .on_press(move || look.edit(|table| table.density = density))
            .text(density.label())
    };
    let densities = classed("div", "segments").attr("role", "group").attr("aria-label", words::list::ROW_HEIGHT);
    let is_folding = move || look.with(|table| table.is_folding);
    let fold = check(is_folding, move || look.edit(|table| table.is_folding = !table.is_folding));
    let fold = markup::element("label").with(fold).text(words::list::FOLD_ALIKE);
    let columns = move || {
        let key = |setting: &Setting| (setting.column.word().to_owned(), setting.column);
        look.with(|table| table.columns().iter().map(key).collect())
    };
    let reset = button("btn btn--sm btn--quiet")
        .prop_when("disabled", move || look.with(|table| *table == Table::default()))
        .on_press(move || look.edit(|table| *table = Table::default()))
        .text(words::list::RESET);
    let foot =
        classed("div", "pop__foot").with(classed("span", "small muted").text(words::list::ALWAYS_STAY)).with(reset);
    panel
        .with(densities.with_all(Density::ALL.map(density)))
        .with(classed("div", "facet").with(fold))
        .with(classed("ul", "facets columns").each(columns, move |column| line(column, look)))
        .with(foot)
}

fn check(is_checked: impl Fn() -> bool + 'static, on_change: impl Fn() + 'static) -> Markup {
    classed("input", "check")
        .attr("type", "checkbox")
        .prop_when("checked", is_checked)
        .on("change", move |_: Event| on_change())
}

/// A column: shown or not, how wide, and where.
fn line(column: Column, look: TableLook) -> Markup {
    let name = column.label();
    let setting = move || look.with(|table| table.columns().iter().find(|setting| setting.column == column).copied());
    let is_shown = move || setting().is_some_and(|setting| setting.is_shown);
    let toggle = move || {
        let is_shown = untrack(is_shown);
        look.edit(|table| table.show(column, !is_shown));
    };
    let tick = check(is_shown, toggle);
    let tick = tick.prop_when("disabled", move || !column.can_hide());
    let label = markup::element("label").with(tick).with(classed("span", "trunc").text(name));
    let mut line = classed("li", "facet column").with(label);
    if column != Column::Request {
        // Where nobody has drawn it, the slider begins at the width that the style sheet gives.
        let drawn = element::width_of(&format!(".row--head > .c-{}", column.word())).unwrap_or_default();
        let width = move || setting().and_then(|setting| setting.width).map_or(drawn, i32::from);
        let slider = markup::element("input")
            .attr("type", "range")
            .attr("min", &WIDTHS.0.to_string())
            .attr("max", &WIDTHS.1.to_string())
            .attr("step", "4")
            .attr("aria-label", &words::list::width_of(name))
            .prop_when("disabled", move || !is_shown())
            .value_now(move || width().to_string())
            .on_input(move |width| look.edit(|table| table.set_width(column, width.parse().ok())));
        line = line.with(slider);
    }
    let shift = |is_forward: bool, picture, words: &str| {
        let way = if is_forward { "down" } else { "up" };
        let id = format!("column-{way}-{}", column.word());
        let stays = id.clone();
        let press = move || {
            look.edit(|table| table.shift(column, is_forward));
            // The line has moved in the document, and lost the focus on the way.
            let id = stays.clone();
            element::before_paint(move || {
                element::focus_id(&id);
            });
        };
        button("btn btn--icon")
            .attr("id", &id)
            .attr("aria-label", words)
            .on_press(press)
            .with(icon(picture, IconSize::Small))
    };
    line.with(shift(false, IconName::ArrowUp, &words::list::move_up(name))).with(shift(
        true,
        IconName::ArrowDown,
        &words::list::move_down(name),
    ))
}
