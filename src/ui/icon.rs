//! Icons: 16 px grid, 1.5 px stroke, drawn once in `public/icons.svg`.

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
            Self::Archive => "icons.svg#archive",
            Self::ArrowDown => "icons.svg#arrow-down",
            Self::ArrowUp => "icons.svg#arrow-up",
            Self::Bolt => "icons.svg#bolt",
            Self::Bot => "icons.svg#bot",
            Self::Braces => "icons.svg#braces",
            Self::Broken => "icons.svg#broken",
            Self::Calendar => "icons.svg#calendar",
            Self::Chart => "icons.svg#chart",
            Self::Chat => "icons.svg#chat",
            Self::Check => "icons.svg#check",
            Self::CheckCircle => "icons.svg#check-circle",
            Self::Circle => "icons.svg#circle",
            Self::Clock => "icons.svg#clock",
            Self::Cloud => "icons.svg#cloud",
            Self::Copy => "icons.svg#copy",
            Self::Down => "icons.svg#down",
            Self::Download => "icons.svg#download",
            Self::External => "icons.svg#external",
            Self::EyeOff => "icons.svg#eye-off",
            Self::Filter => "icons.svg#filter",
            Self::Gear => "icons.svg#gear",
            Self::Help => "icons.svg#help",
            Self::Info => "icons.svg#info",
            Self::Link => "icons.svg#link",
            Self::Lock => "icons.svg#lock",
            Self::Megaphone => "icons.svg#megaphone",
            Self::Moon => "icons.svg#moon",
            Self::OctagonX => "icons.svg#octagon-x",
            Self::Plane => "icons.svg#plane",
            Self::Play => "icons.svg#play",
            Self::Plug => "icons.svg#plug",
            Self::PlugOff => "icons.svg#plug-off",
            Self::Plus => "icons.svg#plus",
            Self::Prompt => "icons.svg#prompt",
            Self::Question => "icons.svg#question",
            Self::Refresh => "icons.svg#refresh",
            Self::Right => "icons.svg#right",
            Self::Ring => "icons.svg#ring",
            Self::Script => "icons.svg#script",
            Self::ScriptErr => "icons.svg#script-err",
            Self::Search => "icons.svg#search",
            Self::Sheet => "icons.svg#sheet",
            Self::Shield => "icons.svg#shield",
            Self::Sms => "icons.svg#sms",
            Self::SquareAlert => "icons.svg#square-alert",
            Self::Sun => "icons.svg#sun",
            Self::Swap => "icons.svg#swap",
            Self::Theme => "icons.svg#theme",
            Self::Ticket => "icons.svg#ticket",
            Self::Triangle => "icons.svg#triangle",
            Self::Up => "icons.svg#up",
            Self::User => "icons.svg#user",
            Self::X => "icons.svg#x",
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
            let id = icon.href().trim_start_matches("icons.svg#");
            assert!(sprite.contains(&format!("id=\"{id}\"")), "{id}");
        }
    }
}
