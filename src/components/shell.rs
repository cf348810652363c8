//! The frame of the Integrations section: the rail that stands for the host's navigation, and the header with its tabs.
//! A host that frames the page brings its own; then only what belongs to the page is left.

use std::sync::Arc;

use leptos::prelude::*;
use model::Session;

use super::theme_menu::ThemeMenu;
use crate::browser::{clock, pointer};
use crate::state::place::Page;
use crate::state::url::UrlState;
use crate::ui::icon::{Icon, IconName, IconSize};

/// The frame around a page.
#[component]
pub fn Shell(
    /// Where the reader is.
    url: UrlState,
    /// Who is looking, once it is known.
    #[prop(into)]
    session: Signal<Option<Arc<Session>>>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let is_embedded = url.is_embedded();
    view! {
        {(!is_embedded).then(|| view! { <Rail url /> })}
        <div class="app">
            <header class="ph">
                {(!is_embedded).then(|| view! { <h1>"Integrations"</h1> })}
                {is_embedded.then(|| view! { <h1 class="vh">"API Logs"</h1> })}
                {(!is_embedded)
                    .then(|| {
                        view! {
                            <nav class="subtabs" aria-label="Integrations">
                                <PageLink url page=Page::Connections>"Connections"</PageLink>
                                <PageLink url page=Page::ApiLogs>"API Logs"</PageLink>
                            </nav>
                        }
                    })}
                <div class="ph__end">
                    <span class="ph__zone small" title="All times on this page are in this zone">
                        {format!("Times in your zone, {}", clock::zone().label(clock::now()))}
                    </span>
                    <ThemeMenu />
                    {move || session.get().map(|session| view! { <SignedIn session /> })}
                </div>
            </header>
            {children()}
        </div>
    }
}

/// The host's navigation, of which only this section is here.
#[component]
fn Rail(url: UrlState) -> impl IntoView {
    view! {
        <nav class="rail" aria-label="Platform">
            <span class="rail__mark" aria-hidden="true">
                <Icon name=IconName::Chat size=IconSize::Large />
            </span>
            <a href=move || url.address_of_page(Page::ApiLogs) title="Integrations" aria-current="true">
                <Icon name=IconName::Plug size=IconSize::Large />
                <span class="vh">"Integrations"</span>
            </a>
        </nav>
    }
}

/// A tab: a real link, so that it opens in a new tab of the browser too.
#[component]
fn PageLink(url: UrlState, page: Page, children: Children) -> impl IntoView {
    let page = StoredValue::new(page);
    let is_here = move || url.page().get() == page.get_value();
    let go = move |event: leptos::ev::MouseEvent| {
        if pointer::is_plain(&event) {
            event.prevent_default();
            if !is_here() {
                url.go(page.get_value());
            }
        }
    };
    view! {
        <a href=move || url.address_of_page(page.get_value()) aria-current=move || is_here().then_some("page") on:click=go>
            {children()}
        </a>
    }
}

/// Who is signed in: initials, and the words on hover and for screen readers.
#[component]
fn SignedIn(session: Arc<Session>) -> impl IntoView {
    let words = format!("Signed in as {}, {}", session.user, session.role);
    let title = words.clone();
    view! {
        <span class="me" title=title>
            <span class="me__i" aria-hidden="true">
                {initials(&session.user)}
            </span>
            <span class="me__w small" aria-hidden="true">
                {session.user.clone()}
                <span class="muted">{format!(" \u{b7} {}", session.role)}</span>
            </span>
            <span class="vh">{words}</span>
        </span>
    }
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
