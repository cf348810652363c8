//! One row of the list: markup that is built once, and the few attributes of it that change.

use model::{CallId, CallSummary, EndUser, Timestamp};

use super::application_name::application_name;
use crate::browser::clock;
use crate::format::duration::{SLOW_MILLIS, duration};
use crate::format::source::SourceText;
use crate::format::status::StatusText;
use crate::format::time;
use crate::format::url::{UrlText, decoded, with_end};
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, classed, element};
use crate::ui::status_pill::status_pill;

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
    /// Builds the row of a call.
    pub fn new(call: &CallSummary) -> Self {
        let status = StatusText::new(&call.outcome, call.status, call.failure.as_ref(), call.is_script);
        let link = classed("a", "row__a")
            .attr("id", &link_id(call.id))
            .attr("aria-label", &name(call, &status))
            .with(status_pill(&status, false));
        let clock_time = time::time_of_day(call.timestamp, clock::zone());
        let time = element("time").attr("title", &exact(call.timestamp)).text(&clock_time);
        let bot = call.bot.as_ref().map_or(NONE, |bot| &bot.name);
        let user = call.user.as_ref().map_or(NONE, EndUser::label);
        let row = classed("div", "row row--call")
            .attr("role", "row")
            .attr(CALL, &call.id.to_string())
            .with(cell("c-status").with(link.clone()))
            .with(cell("c-time").with(time))
            .with(cell("c-app").with(application_name(&call.application)))
            .with(request(call))
            .with(cell("c-bot").text(bot))
            .with(source(call))
            .with(cell("c-user").text(user))
            .with(took(call.duration_ms));
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

fn cell(class: &str) -> Markup {
    classed("div", class).attr("role", "gridcell")
}

/// What was asked for: the request type with the telling end of the URL, or what stopped a script.
fn request(call: &CallSummary) -> Markup {
    let whole = call.url.as_deref().unwrap_or_default();
    let script = call.is_script.then(|| call.script_error.as_deref().unwrap_or("The script ran to its end"));
    let title = match (&call.method, script) {
        (Some(method), _) => format!("{method} {whole}"),
        (None, Some(script)) => script.to_owned(),
        (None, None) => whole.to_owned(),
    };
    let mut shown = cell("c-req").attr("title", &title);
    if let Some(method) = &call.method {
        shown = shown.with(classed("span", "c-req__m").text(method.as_str()));
    }
    match script {
        Some(script) => shown.with(classed("span", "c-req__tail").text(script)),
        None if whole.is_empty() => shown.with(classed("span", "c-req__tail").text(NONE)),
        None => shown.with(address(whole)),
    }
}

/// A URL of which the beginning is cut first and the end never.
fn address(url: &str) -> Markup {
    let url = UrlText::new(url);
    let tail = decoded(&url.tail);
    let (start, end) = with_end(&tail);
    let is_part = !url.head.is_empty();
    let mut shown = classed("span", if is_part { "c-req__p c-req__p--part" } else { "c-req__p" });
    if is_part {
        shown = shown.with(classed("span", "c-req__head").text(&decoded(&url.head)));
    }
    if !start.is_empty() {
        shown = shown.with(classed("span", "c-req__tail").text(start));
    }
    shown.with(classed("span", "c-req__end").text(end))
}

fn source(call: &CallSummary) -> Markup {
    let source = SourceText::new(&call.source);
    let mut shown = cell("c-src").attr("title", &source.sentence());
    if let Some(path) = &source.path {
        shown = shown.with(classed("span", "c-src__path").text(path)).with(icon(IconName::Right, IconSize::Standard));
    }
    shown.with(classed("span", "c-src__node").text(&source.name))
}

fn took(millis: Option<u64>) -> Markup {
    let words = millis.map_or_else(|| NONE.to_owned(), duration);
    if millis.is_none_or(|millis| millis < SLOW_MILLIS) {
        return cell("c-dur").text(&words);
    }
    // Two units say by themselves that it took long, and take the room of the picture in narrow lists.
    let class = if millis < Some(60_000) { "c-dur c-dur--slow" } else { "c-dur c-dur--slow c-dur--long" };
    cell(class)
        .with(icon(IconName::Clock, IconSize::Standard))
        .with(classed("span", "vh").text("Slow: "))
        .text(" ")
        .text(&words)
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
