//! Light, dark, or what the system says.

use leptos::prelude::*;

use crate::browser::theme::Theme;
use crate::ui::icon::{Icon, IconName};
use crate::ui::popover::Popover;

const CHOICES: [(Theme, &str, IconName); 3] = [
    (Theme::System, "As the system", IconName::Theme),
    (Theme::Light, "Light", IconName::Sun),
    (Theme::Dark, "Dark", IconName::Moon),
];

/// The choice of the theme, kept in this browser.
#[component]
pub fn ThemeMenu() -> impl IntoView {
    let theme = RwSignal::new(Theme::remembered());
    let is_open = RwSignal::new(false);
    let choose = move |chosen: Theme| {
        theme.set(chosen);
        chosen.apply();
        is_open.set(false);
    };
    let label = move || {
        view! {
            <Icon name=IconName::Theme />
            <span class="vh">"Light or dark"</span>
        }
    };
    view! {
        <Popover is_on=false label panel_label="Light or dark" is_open class="dd--icon dd--end">
            <div class="facets facets--picks">
                {CHOICES
                    .map(|(choice, words, icon)| {
                        view! {
                            <button
                                class="facet facet--pick"
                                type="button"
                                aria-pressed=move || if theme.get() == choice { "true" } else { "false" }
                                on:click=move |_| choose(choice)
                            >
                                <Icon name=icon />
                                {words}
                                {move || (theme.get() == choice).then(|| view! { <Icon name=IconName::Check /> })}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
        </Popover>
    }
}
