//! What a script did: how it ended, and its variables before and after.

use std::sync::Arc;

use model::{CallDetail, Erasure, RawJson, Script, ScriptError};

use super::body_card::erased_words;
use super::card::{card, said, title};
use super::pair_table::{table_head, with_rest};
use super::script::script_place;
use crate::components::code_view::{Marks, code_view, marked_text, short_text};
use crate::format::body::erased_at;
use crate::format::bytes::bytes;
use crate::format::code::Language;
use crate::format::duration::duration;
use crate::format::variables::{Change, Variable, variables};
use crate::state::reading::Reading;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, classed, element};
use crate::words;

/// More rows are not shown: they would make the browser slow.
const MOST_ROWS: usize = 300;
/// A longer value stands folded.
const LONGEST_VALUE: usize = 120;

/// Fills the tab Variables.
pub fn variables_part(pane: Markup, call: &CallDetail) -> Markup {
    let Some(script) = call.script.as_ref() else { return pane };
    let line = script.error.as_ref().and_then(|error| error.line);
    let place = script.source.as_ref().zip(line).map(|(source, line)| script_place(source, line));
    let result = (!script.result.is_null()).then(|| script_result(&script.result));
    pane.with(ended(script.error.as_ref(), call.duration_ms))
        .with_all(place)
        .with(variable_table(script, &call.erased))
        .with_all(result)
}

/// How it ended, and how long it ran.
fn ended(error: Option<&ScriptError>, duration_ms: Option<u64>) -> Markup {
    let ran = match duration_ms {
        Some(millis) => words::script::ran_for(&duration(millis)),
        None => words::script::TIME_NOT_KNOWN.to_owned(),
    };
    let Some(error) = error else {
        let words = element("p").text(words::script::RAN_TO_ITS_END).text(" ").text(&ran);
        return classed("div", "note note--ok").with(icon(IconName::CheckCircle, IconSize::Standard)).with(words);
    };
    let place = match (error.line, error.column) {
        (Some(line), Some(column)) => words::script::stopped_at(line, column),
        (Some(line), None) => words::script::stopped_on_line(line),
        _ => words::script::STOPPED.to_owned(),
    };
    let words = element("p").with(element("b").text(&place)).text(" ").text(&ran);
    let message = element("p").with(marked_text(element("code").attr("dir", "auto"), &error.message));
    classed("div", "note note--err")
        .with(icon(IconName::ScriptErr, IconSize::Standard))
        .with(element("div").with(words).with(message))
}

/// The variables side by side.
fn variable_table(script: &Script, erased: &[Erasure]) -> Markup {
    let all = variables(script.before.as_str(), script.after.as_str());
    if all.is_empty() {
        let erased = erased_at(erased, "script.before").or_else(|| erased_at(erased, "script.after"));
        return match erased {
            Some(at) => said(words::script::BEFORE_AND_AFTER, &erased_words(at)),
            None => said(words::script::BEFORE_AND_AFTER, words::script::NONE_CAPTURED),
        };
    }
    let mut heading = classed("div", "sec__h").with(element("h3").text(words::script::BEFORE_AND_AFTER));
    if script.error.is_some() {
        heading = heading.with(classed("span", "small muted").text(words::script::WHEN_AFTER_IS));
    }
    let body = element("tbody").with_all(all.iter().take(MOST_ROWS).map(variable_row));
    let table = classed("table", "tbl vars")
        .attr("aria-label", words::script::BEFORE_AND_AFTER)
        .with(table_head(&words::script::COLUMNS))
        .with(body);
    with_rest(classed("section", "sec").with(heading).with(table), all.len(), MOST_ROWS, words::script::more_variables)
}

fn variable_row(variable: &Variable) -> Markup {
    let change = variable.change();
    let tag = |class, shape, word| classed("span", class).with(icon(shape, IconSize::Small)).text(word);
    let what = match change {
        Change::Same => classed("span", "muted").text(words::script::SAME),
        Change::New => tag("tag tag--new", IconName::Plus, words::script::NEW),
        Change::Changed => tag("tag tag--chg", IconName::Swap, words::script::CHANGED),
        Change::Removed => tag("tag tag--warn", IconName::X, words::script::REMOVED),
    };
    let name = if variable.path.is_empty() { words::script::THE_VALUE } else { &variable.path };
    let row = if change == Change::Same { element("tr") } else { classed("tr", "is-chg") };
    row.with(element("th").attr("scope", "row").with(marked_text(element("code"), name)))
        .with(element("td").with(value(variable.before.as_deref())))
        .with(element("td").with(value(variable.after.as_deref())))
        .with(element("td").with(what))
}

/// One value: in words where it is nothing, folded where it is long.
fn value(json: Option<&str>) -> Markup {
    let words = |words| classed("span", "muted").text(words);
    match json {
        None => words(words::script::NOT_SET),
        Some("[]") => words(words::script::EMPTY_LIST),
        Some("{}") => words(words::script::NO_MEMBERS),
        Some("\"\"") => words(words::script::EMPTY_TEXT),
        Some(json) if json.len() > LONGEST_VALUE => long_value(json),
        Some(json) => marked_text(element("code"), json),
    }
}

/// A long value under its kind and size: in its pretty form, or its beginning where even that is long.
fn long_value(json: &str) -> Markup {
    let kind = match json.as_bytes().first() {
        Some(b'[') => words::script::LIST,
        Some(b'{') => words::script::OBJECT,
        _ => words::script::TEXT,
    };
    let size = bytes(u64::try_from(json.len()).unwrap_or(u64::MAX));
    let reading = Reading::new(Arc::from(json), Language::Json);
    let content = if reading.is_short() {
        short_text(reading, words::script::VALUE, &Marks::default())
    } else {
        marked_text(element("code"), json)
    };
    element("details").with(classed("summary", "btn btn--sm").text(&format!("{kind}, {size}"))).with(content)
}

/// What the script returned, as JSON.
fn script_result(result: &RawJson) -> Markup {
    let reading = Reading::new(Arc::from(result.as_str()), Language::Json);
    card(title(words::script::RESULT, ""), []).with(code_view(reading, words::script::RESULT, &Marks::default()))
}
