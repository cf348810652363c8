//! One row of the list: markup that is built once, and the few attributes of it that change.

use model::{Application, CallId, CallSummary, EndUser, Timestamp};

use super::application_name::glyph;
use crate::browser::clock;
use crate::format::duration::{SLOW_MILLIS, duration};
use crate::format::source::SourceText;
use crate::format::status::StatusText;
use crate::format::time;
use crate::format::url::{UrlText, decoded, with_end};
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, classed, element};
use crate::ui::status_pill::{pill_class, shape_icon};

/// The attribute that says which call a row is, for presses and the focus that come to it.
pub const CALL: &str = "data-call";

/// Where nothing is known.
const NONE: &str = "\u{2014}";

/// The id of a row's link in the document, so that the focus finds it.
pub fn link_id(id: CallId) -> String {
    format!("call-{id}")
}

/// What of a row changes while it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its distance from the top of the list in pixels.
    pub top: i32,
    /// Its place among all calls of the filter, counted from one.
    pub place: usize,
    /// Whether it is open beside the list.
    pub is_open: bool,
    /// Whether it is the list's one tab stop.
    pub is_tab_stop: bool,
}

/// A row in its place: the whole row leads to its call.
pub struct CallRow {
    /// The call.
    pub id: CallId,
    /// Its element.
    pub row: Markup,
    link: Markup,
    standing: Option<Standing>,
}

impl CallRow {
    /// Fills a copy of the blank row: a browser copies elements several times faster than they are built one by one.
    pub fn new(blank: &Markup, call: &CallSummary) -> Self {
        let row = blank.copy();
        row.set(CALL, &call.id.to_string());
        let [status, time, application, request, bot, source, user, took] = row.children();
        let [link] = status.children();
        fill_link(&link, call);
        time.set("title", &exact(call.timestamp));
        time.say(&time::time_of_day(call.timestamp, clock::zone()));
        fill_application(&application, &call.application);
        fill_request(&request, call);
        bot.say(call.bot.as_ref().map_or(NONE, |bot| &bot.name));
        fill_source(&source, call);
        user.say(call.user.as_ref().map_or(NONE, EndUser::label));
        fill_took(&took, call.duration_ms);
        Self { id: call.id, row, link, standing: None }
    }

    /// Says where the row stands now.
    pub fn stand(&mut self, now: Standing) {
        let before = self.standing.replace(now);
        if before.is_none_or(|before| before.top != now.top) {
            self.row.set_style("transform", &format!("translateY({}px)", now.top));
        }
        if before.is_none_or(|before| before.place != now.place) {
            self.row.set("aria-rowindex", &(now.place + 1).to_string());
        }
        if before.is_none_or(|before| before.is_open != now.is_open) {
            self.row.set("aria-selected", if now.is_open { "true" } else { "false" });
        }
        if before.is_none_or(|before| before.is_tab_stop != now.is_tab_stop) {
            self.link.set("tabindex", if now.is_tab_stop { "0" } else { "-1" });
        }
    }

    /// Says the address that opens the call.
    pub fn lead_to(&self, address: &str) {
        self.link.set("href", address);
    }
}

/// A row of nothing, to be copied.
pub fn blank_row() -> Markup {
    let cell = |class: &str| classed("div", class).attr("role", "gridcell");
    let part = |class: &str| classed("span", class);
    let link = element("a").with(element("b")).text(" ").with(element("span"));
    classed("div", "row row--call")
        .attr("role", "row")
        .with(cell("c-status").with(link))
        .with(cell("c-time"))
        .with(cell("c-app").with(part("trunc")))
        .with(cell("c-req").with_all(["c-req__m", "c-req__head", "c-req__tail", "c-req__end"].map(part)))
        .with(cell("c-bot"))
        .with(cell("c-src").with(part("c-src__path")).with(part("c-src__node")))
        .with(cell("c-user"))
        .with(cell("c-dur"))
}

/// The link is the status, and reaches over the whole row.
fn fill_link(link: &Markup, call: &CallSummary) {
    let status = StatusText::new(&call.outcome, call.status, call.failure.as_ref(), call.is_script);
    let [code, word] = link.children();
    link.set("class", &format!("row__a {}", pill_class(status.shape, false)));
    link.set("id", &link_id(call.id));
    link.set("aria-label", &name(call, &status));
    link.put(&icon(shape_icon(status.shape), IconSize::Standard), Some(&code));
    code.say(&status.code);
    word.say(&status.word);
}

fn fill_application(cell: &Markup, application: &Application) {
    let [name] = cell.children();
    name.say(application.label());
    cell.put(&icon(glyph(application), IconSize::Tile), Some(&name));
}

/// What was asked for: the request type with the telling end of the URL, or what stopped a script. Of a URL the
/// beginning is cut first and the end never.
fn fill_request(shown: &Markup, call: &CallSummary) {
    let whole = call.url.as_deref().unwrap_or_default();
    let script = call.is_script.then(|| call.script_error.as_deref().unwrap_or("The script ran to its end"));
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
        .with(classed("span", "vh").text("Slow: "))
        .text(" ")
        .text(&words);
}

/// Everything that tells one row from another, for those who hear it.
fn name(call: &CallSummary, status: &StatusText) -> String {
    let mut parts = vec![status.sentence(), call.application.label().to_owned()];
    if let (Some(method), Some(url)) = (&call.method, &call.url) {
        parts.push(format!("{method} {}", decoded(&UrlText::new(url).tail)));
    }
    parts.extend(call.script_error.clone());
    parts.extend(call.bot.as_ref().map(|bot| bot.name.clone()));
    let zone = clock::zone();
    parts.push(format!("{} {}", time::date(call.timestamp, zone), time::time_of_day(call.timestamp, zone)));
    parts.join(", ")
}

/// Both zones, to the millisecond.
fn exact(time: Timestamp) -> String {
    format!("{}\n{}", time::exact(time, clock::zone()), time::exact_utc(time))
}
