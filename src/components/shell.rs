//! The frame of the Integrations section: the rail that stands for the host's navigation, and the header with its tabs.
//! A host that frames the page brings its own; then only what belongs to the page is left.

use std::sync::Arc;

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use model::Session;

use super::theme_menu::theme_menu;
use super::zone_menu::zone_menu;
use crate::browser::pointer;
use crate::state::place::Page;
use crate::state::url::UrlState;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, classed, element};
use crate::words;

/// The frame around a page.
#[component]
pub fn Shell(
    /// Where the reader is.
    url: UrlState,
    /// Who is looking, once it is known.
    session: impl Fn() -> Option<Arc<Session>> + 'static,
    /// The page.
    children: Children,
) -> impl IntoView {
    let is_embedded = url.is_embedded();
    let end = classed("div", "ph__end")
        .with(zone_menu())
        .with(theme_menu())
        .part(move || session().map(|session| signed_in(&session)));
    let head = classed("header", "ph");
    let head = if is_embedded {
        head.with(classed("h1", "vh").text(words::frame::API_LOGS))
    } else {
        let tabs = classed("nav", "subtabs").attr("aria-label", words::frame::INTEGRATIONS);
        let tabs = tabs.with(page_link(url, Page::Connections, words::frame::CONNECTIONS));
        head.with(element("h1").text(words::frame::INTEGRATIONS)).with(tabs.with(page_link(
            url,
            Page::ApiLogs,
            words::frame::API_LOGS,
        )))
    };
    let app = classed("div", "app").with(head.with(end)).with_view(children());
    view! {
        {(!is_embedded).then(|| rail(url))}
        {app}
    }
}

/// The host's navigation, of which only this section is here.
fn rail(url: UrlState) -> Markup {
    let mark = classed("span", "rail__mark").attr("aria-hidden", "true").with(icon(IconName::Chat, IconSize::Large));
    let here = element("a")
        .attr_now("href", move || Some(url.address_of_page(Page::ApiLogs)))
        .attr("title", words::frame::INTEGRATIONS)
        .attr("aria-current", "true")
        .with(icon(IconName::Plug, IconSize::Large))
        .with(classed("span", "vh").text(words::frame::INTEGRATIONS));
    classed("nav", "rail").attr("aria-label", words::frame::PLATFORM).with(mark).with(here)
}

/// A tab: a real link, so that it opens in a new tab of the browser too.
fn page_link(url: UrlState, page: Page, name: &str) -> Markup {
    let (here, goal) = (page.clone(), page.clone());
    let go = move |event: MouseEvent| {
        if pointer::is_plain(&event) {
            event.prevent_default();
            if untrack(|| url.page().get()) != goal {
                url.go(goal.clone());
            }
        }
    };
    element("a")
        .attr_now("href", move || Some(url.address_of_page(page.clone())))
        .attr_when("aria-current", "page", move || url.page().get() == here)
        .on("click", go)
        .text(name)
}

/// Who is signed in: initials, and the words on hover and for screen readers.
fn signed_in(session: &Session) -> Markup {
    let words = words::access::signed_in_as(&session.user, &session.role);
    let role = classed("span", "muted").text(&format!(" \u{b7} {}", session.role));
    classed("span", "me")
        .attr("title", &words)
        .with(classed("span", "me__i").attr("aria-hidden", "true").text(&initials(&session.user)))
        .with(classed("span", "me__w small").attr("aria-hidden", "true").text(&session.user).with(role))
        .with(classed("span", "vh").text(&words))
}

/// Up to two letters of a name or an address.
fn initials(name: &str) -> String {
    let name = name.split('@').next().unwrap_or(name);
    let mut words = name.split([' ', '.', '-', '_']).filter_map(|word| word.chars().next());
    let mut initials: String = words.next().into_iter().chain(words.next_back()).collect();
    if initials.is_ascii() {
        initials.make_ascii_uppercase();
    }
    initials
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_of_names_and_addresses() {
        assert_eq!(
            ["Asha Rao", "asha.rao@example.com", "Owner", "Ana Maria de Souza", ""].map(initials),
            ["AR", "AR", "O", "AS", ""]
        );
    }
}
