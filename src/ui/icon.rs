//! Icons: 16 px grid, 1.5 px stroke, drawn once in `public/icons.svg`, which the build puts into the page.

use leptos::prelude::*;

use super::markup::{Markup, vector};

/// An icon of the sprite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as its symbol in the sprite")]
pub enum IconName {
    Archive,
    ArrowDown,
    ArrowUp,
    Bolt,
    Bot,
    Braces,
    Broken,
    Calendar,
    Chart,
    Chat,
    Check,
    CheckCircle,
    Circle,
    Clock,
    Cloud,
    Copy,
    Down,
    Download,
    External,
    EyeOff,
    Filter,
    Gear,
    Help,
    Info,
    Link,
    Lock,
    Megaphone,
    Moon,
    OctagonX,
    Plane,
    Play,
    Plug,
    PlugOff,
    Plus,
    Prompt,
    Question,
    Refresh,
    Right,
    Ring,
    Script,
    ScriptErr,
    Search,
    Sheet,
    Shield,
    Sms,
    SquareAlert,
    Sun,
    Swap,
    Theme,
    Ticket,
    Triangle,
    Up,
    User,
    X,
}

impl IconName {
    /// The address of its symbol, relative to the page.
    pub const fn href(self) -> &'static str {
        match self {
            Self::Archive => "#i-archive",
            Self::ArrowDown => "#i-arrow-down",
            Self::ArrowUp => "#i-arrow-up",
            Self::Bolt => "#i-bolt",
            Self::Bot => "#i-bot",
            Self::Braces => "#i-braces",
            Self::Broken => "#i-broken",
            Self::Calendar => "#i-calendar",
            Self::Chart => "#i-chart",
            Self::Chat => "#i-chat",
            Self::Check => "#i-check",
            Self::CheckCircle => "#i-check-circle",
            Self::Circle => "#i-circle",
            Self::Clock => "#i-clock",
            Self::Cloud => "#i-cloud",
            Self::Copy => "#i-copy",
            Self::Down => "#i-down",
            Self::Download => "#i-download",
            Self::External => "#i-external",
            Self::EyeOff => "#i-eye-off",
            Self::Filter => "#i-filter",
            Self::Gear => "#i-gear",
            Self::Help => "#i-help",
            Self::Info => "#i-info",
            Self::Link => "#i-link",
            Self::Lock => "#i-lock",
            Self::Megaphone => "#i-megaphone",
            Self::Moon => "#i-moon",
            Self::OctagonX => "#i-octagon-x",
            Self::Plane => "#i-plane",
            Self::Play => "#i-play",
            Self::Plug => "#i-plug",
            Self::PlugOff => "#i-plug-off",
            Self::Plus => "#i-plus",
            Self::Prompt => "#i-prompt",
            Self::Question => "#i-question",
            Self::Refresh => "#i-refresh",
            Self::Right => "#i-right",
            Self::Ring => "#i-ring",
            Self::Script => "#i-script",
            Self::ScriptErr => "#i-script-err",
            Self::Search => "#i-search",
            Self::Sheet => "#i-sheet",
            Self::Shield => "#i-shield",
            Self::Sms => "#i-sms",
            Self::SquareAlert => "#i-square-alert",
            Self::Sun => "#i-sun",
            Self::Swap => "#i-swap",
            Self::Theme => "#i-theme",
            Self::Ticket => "#i-ticket",
            Self::Triangle => "#i-triangle",
            Self::Up => "#i-up",
            Self::User => "#i-user",
            Self::X => "#i-x",
        }
    }
}

/// How large an icon is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IconSize {
    /// 12 px, beside small text.
    Small,
    /// 14 px, in pills and glyphs.
    Medium,
    /// 16 px.
    #[default]
    Standard,
    /// 20 px, in the rail and in states.
    Large,
}

impl IconSize {
    const fn class(self) -> &'static str {
        match self {
            Self::Small => "i i--12",
            Self::Medium => "i i--14",
            Self::Standard => "i",
            Self::Large => "i i--20",
        }
    }
}

/// An icon. It says nothing to a screen reader: the words beside it do.
#[component]
pub fn Icon(
    /// Which one.
    #[prop(into)]
    name: Signal<IconName>,
    /// How large.
    #[prop(optional)]
    size: IconSize,
) -> impl IntoView {
    view! {
        <svg class=size.class() aria-hidden="true">
            <use href=move || name.get().href()></use>
        </svg>
    }
}

/// An icon that stays the one it is, as a part of other markup.
pub fn icon(name: IconName, size: IconSize) -> Markup {
    let shape = vector("use").attr("href", name.href());
    vector("svg").attr("class", size.class()).attr("aria-hidden", "true").with(shape)
}

#[cfg(test)]
mod tests {
    use super::IconName;

    #[test]
    fn every_icon_is_in_the_sprite() {
        let sprite = include_str!("../../public/icons.svg");
        for icon in [IconName::Archive, IconName::CheckCircle, IconName::ScriptErr, IconName::X] {
            let id = icon.href().trim_start_matches("#i-");
            assert!(sprite.contains(&format!("id=\"{id}\"")), "{id}");
        }
    }
}
