//! Icons: 16 px grid, 1.5 px stroke, our own drawings.
//!
//! They are part of the page's code, not a file beside it: no request of their own, nothing that appears late, and
//! they work in a shadow root too, where references into a sprite do not.

use std::cell::RefCell;

use super::markup::{Markup, vector};

/// An icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as what it shows")]
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
    /// What is drawn, as the children of an SVG element.
    #[expect(clippy::too_many_lines, reason = "one drawing each")]
    const fn drawing(self) -> &'static str {
        match self {
            Self::Archive => {
                r#"<rect x="2" y="2.75" width="12" height="3" rx=".75"/><path d="M3 5.75v6A1.5 1.5 0 0 0 4.5 13.25h7A1.5 1.5 0 0 0 13 11.75v-6M6.5 8.5h3"/>"#
            }
            Self::ArrowDown => r#"<path d="M8 3v10M3.75 8.75 8 13l4.25-4.25"/>"#,
            Self::ArrowUp => r#"<path d="M8 13V3M3.75 7.25 8 3l4.25 4.25"/>"#,
            Self::Bolt => r#"<path d="M9 1.75 3.25 9H8l-1 5.25L12.75 7H8z"/>"#,
            Self::Bot => {
                r#"<rect x="2.5" y="5" width="11" height="8.25" rx="2"/><path d="M8 5V2.5M6 8.5v1.25M10 8.5v1.25M.9 8.25v2M15.1 8.25v2"/>"#
            }
            Self::Braces => {
                r#"<path d="M5.75 2.5c-1.5 0-2 .75-2 2v1.75c0 1-.5 1.75-1.5 1.75 1 0 1.5.75 1.5 1.75v1.75c0 1.25.5 2 2 2M10.25 2.5c1.5 0 2 .75 2 2v1.75c0 1 .5 1.75 1.5 1.75-1 0-1.5.75-1.5 1.75v1.75c0 1.25-.5 2-2 2"/>"#
            }
            Self::Broken => r#"<circle cx="8" cy="8" r="6.25" stroke-dasharray="2.6 2.3"/><path d="M5.5 8h5"/>"#,
            Self::Calendar => {
                r#"<rect x="2" y="3.25" width="12" height="10.5" rx="1.5"/><path d="M2 6.75h12M5.25 1.75v3M10.75 1.75v3"/>"#
            }
            Self::Chart => r#"<path d="M2.5 2.5v11h11M5.5 11V8.5M8.5 11V5.5M11.5 11V7"/>"#,
            Self::Chat => {
                r#"<path d="M3.5 2.75h9A1.75 1.75 0 0 1 14.25 4.5v5a1.75 1.75 0 0 1-1.75 1.75H7.5L4.25 13.9v-2.65H3.5A1.75 1.75 0 0 1 1.75 9.5v-5A1.75 1.75 0 0 1 3.5 2.75z"/>"#
            }
            Self::Check => r#"<path d="m3 8.5 3.25 3.25L13 4.5"/>"#,
            Self::CheckCircle => r#"<circle cx="8" cy="8" r="6.25"/><path d="m5.25 8.25 2 2 3.5-4.25"/>"#,
            Self::Circle => r#"<circle cx="8" cy="8" r="6.25"/>"#,
            Self::Clock => r#"<circle cx="8" cy="8" r="6.25"/><path d="M8 4.5V8l2.5 1.5"/>"#,
            Self::Cloud => {
                r#"<path d="M4.6 12.75a3.1 3.1 0 0 1-.4-6.17 4.1 4.1 0 0 1 7.86.9 2.65 2.65 0 0 1-.16 5.27z"/>"#
            }
            Self::Copy => {
                r#"<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M10.5 5.5V4A1.5 1.5 0 0 0 9 2.5H4A1.5 1.5 0 0 0 2.5 4v5A1.5 1.5 0 0 0 4 10.5h1.5"/>"#
            }
            Self::Down => r#"<path d="m4 6 4 4 4-4"/>"#,
            Self::Download => r#"<path d="M8 2.5v7.25M4.75 7 8 10.25 11.25 7M2.75 13.25h10.5"/>"#,
            Self::External => {
                r#"<path d="M6.5 3.25H4A1.25 1.25 0 0 0 2.75 4.5V12A1.25 1.25 0 0 0 4 13.25h7.5A1.25 1.25 0 0 0 12.75 12V9.5M9.25 2.75h4v4M13 3 7.5 8.5"/>"#
            }
            Self::EyeOff => {
                r#"<path d="M2.5 2.5l11 11M6.4 6.5a2.1 2.1 0 0 0 3 3M4.3 4.6C2.8 5.5 1.9 7 1.5 8c.8 2 3 4.5 6.5 4.5 1.2 0 2.3-.3 3.2-.8M6.8 3.6C7.2 3.5 7.6 3.5 8 3.5c3.5 0 5.7 2.5 6.5 4.5-.3.7-.8 1.5-1.5 2.2"/>"#
            }
            Self::Filter => r#"<path d="M2 3.5h12M4.5 8h7M6.75 12.5h2.5"/>"#,
            Self::Gear => {
                r#"<circle cx="8" cy="8" r="2.25"/><path d="M8 1.75v2M8 12.25v2M1.75 8h2M12.25 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4"/>"#
            }
            Self::Help => {
                r#"<circle cx="8" cy="8" r="6.25"/><path d="M6.25 6.25A1.8 1.8 0 0 1 8 4.75c1 0 1.75.7 1.75 1.6 0 1.3-1.75 1.4-1.75 2.65M8 11.25v.01"/>"#
            }
            Self::Info => r#"<circle cx="8" cy="8" r="6.25"/><path d="M8 7.25v3.75M8 5v.01"/>"#,
            Self::Link => {
                r#"<path d="M6.75 9.25a2.75 2.75 0 0 0 3.9 0l2.2-2.2a2.75 2.75 0 0 0-3.9-3.9l-.7.7"/><path d="M9.25 6.75a2.75 2.75 0 0 0-3.9 0l-2.2 2.2a2.75 2.75 0 0 0 3.9 3.9l.7-.7"/>"#
            }
            Self::Lock => {
                r#"<rect x="3" y="7" width="10" height="6.75" rx="1.5"/><path d="M5.25 7V5a2.75 2.75 0 0 1 5.5 0v2"/>"#
            }
            Self::Megaphone => r#"<path d="M2.5 6.25v3.5h2L11 13V3L4.5 6.25zM13.25 6.5v3M5 9.75l.75 3.5h1.75L7 11"/>"#,
            Self::Moon => r#"<path d="M13.25 9.6A5.75 5.75 0 0 1 6.4 2.75a5.75 5.75 0 1 0 6.85 6.85z"/>"#,
            Self::OctagonX => {
                r#"<path d="M5.4 1.75h5.2l3.65 3.65v5.2l-3.65 3.65H5.4L1.75 10.6V5.4z"/><path d="m6 6 4 4m0-4-4 4"/>"#
            }
            Self::Plane => r#"<path d="M14 2 1.75 6.75l4.75 2.5L9 14zM6.5 9.25 14 2"/>"#,
            Self::Play => r#"<path d="M5 3.25v9.5l7.5-4.75z"/>"#,
            Self::Plug => r#"<path d="M6 2v3.5M10 2v3.5M3.75 5.5h8.5V8a4.25 4.25 0 0 1-8.5 0zM8 12.25V14"/>"#,
            Self::PlugOff => {
                r#"<path d="M5.75 5.75 4.5 7a3.2 3.2 0 0 0 4.5 4.5l1.25-1.25M2 14l2.5-2.5M8.2 3.3 9.5 2M10.5 5.5l2-2M12.7 7.8l1.3-1.3M7 3.9l5.1 5.1M2 2l12 12"/>"#
            }
            Self::Plus => r#"<path d="M8 3v10M3 8h10"/>"#,
            Self::Prompt => {
                r#"<rect x="1.75" y="2.75" width="12.5" height="10.5" rx="1.5"/><path d="m4.5 6 2 2-2 2M8.5 10.25h3"/>"#
            }
            Self::Question => {
                r#"<path d="M3.5 2.75h9A1.75 1.75 0 0 1 14.25 4.5v5a1.75 1.75 0 0 1-1.75 1.75H7.5L4.25 13.9v-2.65H3.5A1.75 1.75 0 0 1 1.75 9.5v-5A1.75 1.75 0 0 1 3.5 2.75zM5 5.75h6M5 8.25h3.5"/>"#
            }
            Self::Refresh => r#"<path d="M13.25 8a5.25 5.25 0 1 1-1.6-3.77L13.25 5.8M13.25 2.5v3.3H9.95"/>"#,
            Self::Right => r#"<path d="m6 3.5 4.5 4.5L6 12.5"/>"#,
            Self::Ring => {
                r#"<circle cx="8" cy="8" r="6"/><circle cx="8" cy="8" r="2.5"/><path d="m3.8 3.8 2.4 2.4M9.8 9.8l2.4 2.4M12.2 3.8 9.8 6.2M6.2 9.8l-2.4 2.4"/>"#
            }
            Self::Script => r#"<path d="M4.75 3.5 1.5 8l3.25 4.5M11.25 3.5 14.5 8l-3.25 4.5"/>"#,
            Self::ScriptErr => {
                r#"<path d="M4.75 3.5 1.5 8l3.25 4.5M11.25 3.5 14.5 8l-3.25 4.5"/><path d="m6.4 6.4 3.2 3.2m0-3.2L6.4 9.6"/>"#
            }
            Self::Search => r#"<circle cx="7" cy="7" r="4.75"/><path d="m10.5 10.5 3.5 3.5"/>"#,
            Self::Sheet => {
                r#"<rect x="2.5" y="2" width="11" height="12" rx="1.25"/><path d="M2.5 6h11M2.5 10h11M7 6v8"/>"#
            }
            Self::Shield => {
                r#"<path d="M8 1.75 13 3.5v4c0 3.2-2.1 5.6-5 6.75C5.1 13.1 3 10.7 3 7.5v-4z"/><path d="m5.75 7.75 1.6 1.6 2.9-3.1"/>"#
            }
            Self::Sms => {
                r#"<path d="M3.5 2.75h9A1.75 1.75 0 0 1 14.25 4.5v5a1.75 1.75 0 0 1-1.75 1.75H7.5L4.25 13.9v-2.65H3.5A1.75 1.75 0 0 1 1.75 9.5v-5A1.75 1.75 0 0 1 3.5 2.75zM5 7v.01M8 7v.01M11 7v.01"/>"#
            }
            Self::SquareAlert => r#"<rect x="2" y="2" width="12" height="12" rx="1.5"/><path d="M8 5v3.5M8 11v.01"/>"#,
            Self::Sun => {
                r#"<circle cx="8" cy="8" r="2.75"/><path d="M8 1.5v1.25M8 13.25v1.25M1.5 8h1.25M13.25 8h1.25M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9"/>"#
            }
            Self::Swap => {
                r#"<path d="M2.5 5.5h10M9.75 2.75l2.75 2.75-2.75 2.75M13.5 10.5h-10M6.25 7.75 3.5 10.5l2.75 2.75"/>"#
            }
            Self::Theme => {
                r#"<circle cx="8" cy="8" r="6.25"/><path d="M8 1.75v12.5a6.25 6.25 0 0 0 0-12.5z" fill="currentColor" stroke="none"/>"#
            }
            Self::Ticket => {
                r#"<path d="M2 4.5A1.25 1.25 0 0 1 3.25 3.25h9.5A1.25 1.25 0 0 1 14 4.5v2a1.5 1.5 0 0 0 0 3v2a1.25 1.25 0 0 1-1.25 1.25h-9.5A1.25 1.25 0 0 1 2 11.5v-2a1.5 1.5 0 0 0 0-3zM9.5 5.5v1M9.5 9.5v1"/>"#
            }
            Self::Triangle => r#"<path d="M8 2.25 14.5 13.5h-13z"/><path d="M8 6.5v3M8 11.4v.01"/>"#,
            Self::Up => r#"<path d="m4 10 4-4 4 4"/>"#,
            Self::User => {
                r#"<circle cx="8" cy="5.25" r="2.75"/><path d="M2.75 13.75c.5-2.75 2.6-4.25 5.25-4.25s4.75 1.5 5.25 4.25"/>"#
            }
            Self::X => r#"<path d="m4 4 8 8m0-8-8 8"/>"#,
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
    /// 14 px on a tile of 20, for applications.
    Tile,
}

impl IconSize {
    /// How many sizes there are.
    const NUMBER: usize = 5;

    const fn class(self) -> &'static str {
        match self {
            Self::Small => "i i--12",
            Self::Medium => "i i--14",
            Self::Standard => "i",
            Self::Large => "i i--20",
            Self::Tile => "i app-i",
        }
    }
}

thread_local! {
    /// Each icon as it was drawn first: a copy is a fraction of the work of reading its drawing again.
    static DRAWN: RefCell<Vec<Option<Markup>>> = const { RefCell::new(Vec::new()) };
}

/// An icon. It says nothing to a screen reader: the words beside it do.
pub fn icon(name: IconName, size: IconSize) -> Markup {
    DRAWN.with_borrow_mut(|drawn| {
        let place = name as usize * IconSize::NUMBER + size as usize;
        if drawn.len() <= place {
            drawn.resize(place + 1, None);
        }
        match drawn.get_mut(place) {
            Some(drawn) => drawn.get_or_insert_with(|| draw(name, size)).copy(),
            None => draw(name, size),
        }
    })
}

fn draw(name: IconName, size: IconSize) -> Markup {
    vector("svg")
        .attr("class", size.class())
        .attr("viewBox", "0 0 16 16")
        .attr("aria-hidden", "true")
        .drawing(name.drawing())
}
