//! One row of the list.

use std::sync::Arc;

use leptos::prelude::*;
use model::{CallId, CallSummary, EndUser, Timestamp};

use super::application_name::ApplicationName;
use crate::browser::{clock, pointer};
use crate::format::duration::{SLOW_MILLIS, duration};
use crate::format::source::SourceText;
use crate::format::status::StatusText;
use crate::format::time;
use crate::format::url::{UrlText, decoded};
use crate::ui::icon::{Icon, IconName};
use crate::ui::status_pill::StatusPill;

/// A shift down by whole pixels.
#[expect(clippy::cast_possible_truncation, reason = "browsers end at some ten million pixels")]
pub fn shifted(by: f64) -> String {
    format!("translateY({}px)", by.round() as i32)
}

/// The id of a row's link in the document, so that the focus finds it.
pub fn link_id(id: CallId) -> String {
    format!("call-{id}")
}

/// One call: the whole row leads to it.
#[component]
pub fn CallRow(
    /// The call.
    call: Arc<CallSummary>,
    /// Its place among all calls of the filter, counted from one.
    #[prop(into)]
    place: Signal<usize>,
    /// Its distance from the top of the list in pixels.
    #[prop(into)]
    top: Signal<f64>,
    /// The address that opens it.
    #[prop(into)]
    address: Signal<String>,
    /// Whether it is open beside the list.
    #[prop(into)]
    is_open: Signal<bool>,
    /// Whether it is the list's one tab stop.
    #[prop(into)]
    is_tab_stop: Signal<bool>,
    /// Asked for by a press.
    on_open: Callback<CallId>,
    /// Told when the focus comes here.
    on_focus: Callback<CallId>,
) -> impl IntoView {
    let id = call.id;
    let zone = clock::zone();
    let status = StatusText::new(&call.outcome, call.status, call.failure.as_ref(), call.is_script);
    let source = SourceText::new(&call.source);
    let source_title = source.sentence();
    let user = call.user.as_ref().map(|user: &EndUser| user.label().to_owned());
    let name = name(&call, &status);
    let open = move |event: leptos::ev::MouseEvent| {
        if pointer::is_plain(&event) {
            event.prevent_default();
            on_open.run(id);
        }
    };
    view! {
        <div
            role="row"
            class="row row--call"
            style:transform=move || shifted(top.get())
            aria-rowindex=move || place.get() + 1
            aria-selected=move || if is_open.get() { "true" } else { "false" }
            on:click=open
        >
            <div role="gridcell" class="c-status">
                <a
                    class="row__a"
                    id=link_id(id)
                    href=address
                    aria-label=name
                    tabindex=move || if is_tab_stop.get() { "0" } else { "-1" }
                    on:focus=move |_| on_focus.run(id)
                >
                    <StatusPill status />
                </a>
            </div>
            <div role="gridcell" class="c-time">
                <time title=exact(call.timestamp)>{time::time_of_day(call.timestamp, zone)}</time>
            </div>
            <div role="gridcell" class="c-app">
                <ApplicationName application=call.application.clone() />
            </div>
            {request(&call)}
            <div role="gridcell" class="c-bot">
                {call.bot.as_ref().map_or_else(|| "\u{2014}".to_owned(), |bot| bot.name.clone())}
            </div>
            <div role="gridcell" class="c-src" title=source_title>
                {source
                    .path
                    .map(|path| {
                        view! {
                            <span class="c-src__path">{path}</span>
                            <Icon name=IconName::Right />
                        }
                    })}
                <span class="c-src__node">{source.name}</span>
            </div>
            <div role="gridcell" class="c-user">
                {user.unwrap_or_else(|| "\u{2014}".to_owned())}
            </div>
            {took(call.duration_ms)}
        </div>
    }
}

/// What was asked for: the request type with the telling end of the URL, or what stopped a script.
fn request(call: &CallSummary) -> impl IntoView + use<> {
    let whole = call.url.clone().unwrap_or_default();
    let method = call.method.as_ref().map(|method| method.as_str().to_owned());
    let url = UrlText::new(&whole);
    let script =
        call.is_script.then(|| call.script_error.clone().unwrap_or_else(|| "The script ran to its end".to_owned()));
    let title = match (&method, &script) {
        (Some(method), _) => format!("{method} {whole}"),
        (None, Some(script)) => script.clone(),
        (None, None) => whole,
    };
    let is_host_alone = url.head.is_empty() && matches!(url.tail.as_str(), "" | "/");
    view! {
        <div role="gridcell" class="c-req" title=title>
            {method.map(|method| view! { <span class="c-req__m">{method}</span> })}
            {match script {
                Some(script) => view! { <span class="c-req__tail">{script}</span> }.into_any(),
                None if is_host_alone => {
                    let words = if url.host.is_empty() { "\u{2014}".to_owned() } else { url.host };
                    view! { <span class="c-req__tail">{words}</span> }.into_any()
                }
                None => {
                    view! {
                        <span class="c-req__p">
                            {(!url.head.is_empty())
                                .then(|| view! { <span class="c-req__head">{decoded(&url.head)}</span> })}
                            <span class="c-req__tail">{decoded(&url.tail)}</span>
                        </span>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

fn took(millis: Option<u64>) -> impl IntoView {
    let is_slow = millis.is_some_and(|millis| millis >= SLOW_MILLIS);
    view! {
        <div role="gridcell" class="c-dur" class:c-dur--slow=is_slow>
            {is_slow
                .then(|| {
                    view! {
                        <Icon name=IconName::Clock />
                        <span class="vh">"Slow: "</span>
                        " "
                    }
                })}
            {millis.map_or_else(|| "\u{2014}".to_owned(), duration)}
        </div>
    }
}

/// Everything that tells one row from another, for those who hear it.
fn name(call: &CallSummary, status: &StatusText) -> String {
    let mut parts = vec![status.sentence(), call.application.label().to_owned()];
    if let (Some(method), Some(url)) = (&call.method, &call.url) {
        let url = UrlText::new(url);
        parts.push(format!("{method} {}", if url.tail.is_empty() { url.host } else { decoded(&url.tail) }));
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
