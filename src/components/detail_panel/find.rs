//! A body with what finds words in it, and what copies the path or the value of a line of JSON.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::ev::{Event, KeyboardEvent};
use leptos::prelude::*;

use crate::browser::element::{bring_near, nearest};
use crate::components::code_view::{Marks, code_view};
use crate::format::code::Language;
use crate::state::reading::Reading;
use crate::ui::copy_button::copy_button;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, button, classed, element};
use crate::words;

/// The lines found, and which of them is pointed at.
type Found = Rc<RefCell<(Vec<u32>, usize)>>;

/// A text that words are found in. The lines that are pointed at give way to the one that is found.
pub fn searched_text(reading: Reading, label: &'static str, marks: Marks) -> Markup {
    let found = Found::default();
    let (line, chosen) = (RwSignal::new(None::<u32>), RwSignal::new(None::<u32>));
    let said = RwSignal::new(String::new());
    let point = move |(lines, at): &(Vec<u32>, usize), typed: &str| {
        let number = lines.get(*at).copied();
        said.set(match number {
            Some(_) => words::body::match_of(at + 1, lines.len()),
            None if typed.is_empty() => String::new(),
            None => words::body::NOT_FOUND.to_owned(),
        });
        line.set(number);
        chosen.set(number);
        bring_near(".pane .is-hit");
    };
    let (typing, going) = (Rc::clone(&found), found);
    let on_type = move |typed: String| {
        *typing.borrow_mut() = (reading.lines_with(&typed), 0);
        point(&typing.borrow(), &typed);
    };
    let go: Rc<dyn Fn(bool)> = Rc::new(move |is_back| {
        let mut found = going.borrow_mut();
        let count = found.0.len();
        if count > 0 {
            found.1 = (found.1 + if is_back { count - 1 } else { 1 }) % count;
            point(&found, "");
        }
    });
    let way = |name: &str, picture: IconName, is_back: bool| {
        let go = Rc::clone(&go);
        let way = button("btn btn--icon").attr("title", name).on_press(move || go(is_back));
        way.with(icon(picture, IconSize::Standard)).with(classed("span", "vh").text(name))
    };
    let ways =
        [way(words::body::PREVIOUS_MATCH, IconName::Up, true), way(words::body::NEXT_MATCH, IconName::Down, false)];
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            go(event.shift_key());
        }
        // It empties the field before it closes the panel.
        "Escape" if !said.get_untracked().is_empty() => event.stop_propagation(),
        _ => {}
    };
    let field = element("input")
        .attr("type", "search")
        .attr("aria-label", words::body::FIND_IN_BODY)
        .attr("placeholder", words::body::FIND_IN_BODY);
    let field = field.on_input(on_type).on("keydown", on_key);
    let number = classed("span", "small").attr("role", "status").text_now(move || said.get());
    let field = element("label")
        .attr("class", "field field--sm")
        .with(icon(IconName::Search, IconSize::Small))
        .with(field)
        .with(number);
    let bar = classed("div", "find").with(field).with_all(ways);
    let shown = move || {
        let marks = line.get().map_or_else(|| Rc::clone(&marks), |line| Marks::from([line]));
        Some(untrack(|| code_view(reading, label, &marks)))
    };
    let choose = move |event: Event| {
        if let Some(number) = nearest(&event, "data-n").and_then(|number| number.parse().ok()) {
            chosen.set(Some(number));
        }
    };
    let code = element("div").class_when("is-finding", move || line.get().is_some()).on("click", choose).part(shown);
    let all = element("div").with(bar);
    if reading.language() == Language::Json { all.with(value_bar(reading, chosen)) } else { all }.with(code)
}

/// The path to the value on a line, and what copies it and the value.
fn value_bar(reading: Reading, chosen: RwSignal<Option<u32>>) -> Markup {
    let content = move || {
        let shown = classed("div", "find__v");
        Some(match chosen.get().and_then(|line| reading.value_on_line(line)) {
            None => shown.with(classed("span", "small muted").text(words::body::CHOOSE_A_LINE)),
            Some((path, value)) => {
                let words = if path.is_empty() { words::body::EVERYTHING } else { &path };
                shown
                    .with(element("code").attr("dir", "auto").text(words))
                    .with(copy_button(words::body::COPY_PATH, move || path.clone()))
                    .with(copy_button(words::body::COPY_VALUE, move || value.clone()))
            }
        })
    };
    element("div").part(content)
}
