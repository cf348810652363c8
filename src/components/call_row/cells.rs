//! What stands in the columns.

use model::{Application, CallSummary, EndUser, Timestamp};

use crate::browser::clock;
use crate::components::application_name::glyph;
use crate::format::duration::{SLOW_MILLIS, duration};
use crate::format::source::SourceText;
use crate::format::status::StatusText;
use crate::format::time::{self, Zone};
use crate::format::url::{UrlText, decoded, host_and_path, with_end};
use crate::state::table_look::Column;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, classed, element};
use crate::ui::status_pill::{pill_class, shape_icon};
use crate::words;

/// Where nothing is known.
const NONE: &str = "\u{2014}";

/// The cell of a column without a call.
pub fn blank_cell(column: Column) -> Markup {
    let part = |class: &str| classed("span", class);
    // What people wrote has a direction of its own.
    let written = |class: &str| part(class).attr("dir", "auto");
    let cell = classed("div", &format!("c-{}", column.word())).attr("role", "gridcell");
    match column {
        Column::Status => {
            cell.with(element("a").attr("draggable", "false").with(element("b")).text(" ").with(element("span")))
        }
        Column::Request => cell.with_all(["c-req__m", "c-req__head", "c-req__tail", "c-req__end"].map(part)),
        Column::Application | Column::Bot | Column::User => cell.with(written("trunc")),
        Column::Source => cell.with(written("c-src__path")).with(part("c-src__node").with(element("bdi"))),
        _ => cell,
    }
}

/// Fills a cell in.
pub fn fill(column: Column, shown: &Markup, call: &CallSummary) {
    let url = call.url.as_deref().unwrap_or_default();
    let (host, path) = host_and_path(url);
    let or_none = |text: &str| shown.say(if text.is_empty() { NONE } else { text });
    let written = |text: Option<&str>| {
        let [name] = shown.children();
        name.say(text.unwrap_or(NONE));
    };
    match column {
        Column::Status => fill_link(shown, call),
        Column::Time => {
            shown.set("title", &exact(call.timestamp));
            shown.say(&time::time_of_day(call.timestamp, clock::zone()));
        }
        Column::Application => {
            written(Some(call.application.label()));
            fill_application(shown, &call.application);
        }
        Column::Request => fill_request(shown, call),
        Column::Bot => written(call.bot.as_ref().map(|bot| bot.name.as_str())),
        Column::Source => fill_source(shown, call),
        Column::User => written(call.user.as_ref().map(EndUser::label)),
        Column::Took => fill_took(shown, call.duration_ms),
        Column::Code => or_none(&call.status.map(|status| status.to_string()).unwrap_or_default()),
        Column::Method => or_none(call.method.as_ref().map(model::Method::as_str).unwrap_or_default()),
        Column::Host => or_none(host),
        Column::Path => {
            shown.set("title", url);
            or_none(&decoded(path));
        }
        Column::Utc => shown.say(&time::time_of_day_exact(call.timestamp, Zone::UTC)),
    }
}

/// Everything that tells one row from another, for those who hear it.
pub fn name(call: &CallSummary) -> String {
    let mut parts = vec![status(call).sentence(), call.application.label().to_owned()];
    if let (Some(method), Some(url)) = (&call.method, &call.url) {
        parts.push(format!("{method} {}", decoded(&UrlText::new(url).tail)));
    }
    parts.extend(call.script_error.clone());
    parts.extend(call.bot.as_ref().map(|bot| bot.name.clone()));
    let zone = clock::zone();
    parts.push(format!("{} {}", time::date(call.timestamp, zone), time::time_of_day(call.timestamp, zone)));
    parts.join(", ")
}

fn status(call: &CallSummary) -> StatusText {
    StatusText::new(&call.outcome, call.status, call.failure.as_ref(), call.is_script)
}

/// The link is the status, and reaches over the whole row.
fn fill_link(shown: &Markup, call: &CallSummary) {
    let status = status(call);
    let [link] = shown.children();
    let [code, word] = link.children();
    link.set("class", &format!("row__a {}", pill_class(status.shape, false)));
    link.put(&icon(shape_icon(status.shape), IconSize::Standard), Some(&code));
    code.say(&status.code);
    word.say(&status.word);
}

fn fill_application(cell: &Markup, application: &Application) {
    let [name] = cell.children();
    cell.put(&icon(glyph(application), IconSize::Tile), Some(&name));
}

/// What was asked for: the request type with the telling end of the URL, or what stopped a script. Of a URL the
/// beginning is cut first and the end never.
fn fill_request(shown: &Markup, call: &CallSummary) {
    let whole = call.url.as_deref().unwrap_or_default();
    let script = call.is_script.then(|| call.script_error.as_deref().unwrap_or(words::list::SCRIPT_DONE));
    let [method, head, tail, end] = shown.children();
    if let Some(word) = &call.method {
        method.say(word.as_str());
        shown.set("title", &format!("{word} {whole}"));
    } else {
        method.remove();
        shown.set("title", script.unwrap_or(whole));
    }
    if let Some(script) = script {
        tail.say(script);
    } else if whole.is_empty() {
        tail.say(NONE);
    } else {
        let url = UrlText::new(whole);
        let telling = decoded(&url.tail);
        let (start, last) = with_end(&telling);
        if start.is_empty() {
            tail.remove();
        } else {
            tail.say(start);
        }
        end.say(last);
        if !url.head.is_empty() {
            head.say(&decoded(&url.head));
            return;
        }
    }
    head.remove();
}

fn fill_source(shown: &Markup, call: &CallSummary) {
    let source = SourceText::new(&call.source);
    let [path, node] = shown.children();
    let [node] = node.children();
    shown.set("title", &source.sentence());
    node.say(&source.name);
    match &source.path {
        Some(name) => path.say(name),
        None => path.remove(),
    }
}

fn fill_took(cell: &Markup, millis: Option<u64>) {
    let words = millis.map_or_else(|| NONE.to_owned(), duration);
    if millis.is_none_or(|millis| millis < SLOW_MILLIS) {
        cell.say(&words);
        return;
    }
    // Two units say by themselves that it took long, and take the room of the picture in narrow lists.
    cell.set("class", if millis < Some(60_000) { "c-dur c-dur--slow" } else { "c-dur c-dur--slow c-dur--long" });
    let _ = cell
        .clone()
        .with(icon(IconName::Clock, IconSize::Standard))
        .with(classed("span", "vh").text(words::list::SLOW))
        .text(" ")
        .text(&words);
}

/// Both zones, to the millisecond.
fn exact(time: Timestamp) -> String {
    format!("{}\n{}", time::exact(time, clock::zone()), time::exact_utc(time))
}
