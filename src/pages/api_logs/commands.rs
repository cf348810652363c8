//! Everything that can be done on this page by name or key, with the dialogs that belong to it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Choice, LogQuery, Outcome, Span, TimeRange, Timestamp};

use super::Parts;
use crate::api::calls;
use crate::browser::{clipboard, clock, element, history, keyboard};
use crate::components::go_to_time::go_to_time;
use crate::components::key_sheet::key_sheet;
use crate::components::palette::palette;
use crate::format::time;
use crate::state::commands::{Act, COMMANDS};
use crate::state::feed::Direction;
use crate::state::place::Page;
use crate::state::shortcuts;
use crate::state::table_look::Table;
use crate::ui::markup::{Handle, Markup, place};
use crate::ui::toast::Toast;
use crate::words;

/// What the commands open and say.
#[derive(Clone, Copy)]
pub struct Desk {
    parts: Parts,
    /// The search box.
    field: Handle,
    is_palette_open: RwSignal<bool>,
    are_keys_open: RwSignal<bool>,
    is_time_open: RwSignal<bool>,
    toast: Toast,
}

impl Desk {
    /// The commands of a page; `field` is the search box.
    pub fn new(parts: Parts, field: Handle) -> Self {
        let closed = || RwSignal::new(false);
        Self {
            parts,
            field,
            is_palette_open: closed(),
            are_keys_open: closed(),
            is_time_open: closed(),
            toast: Toast::new(),
        }
    }

    /// What does a command.
    pub fn runner(self) -> Callback<Act> {
        Callback::new(move |act| self.run(act))
    }

    /// The dialogs, and the place where it is said what happened.
    pub fn dialogs(self, run: Callback<Act>) -> Markup {
        place()
            .with(palette(self.is_palette_open, run))
            .with(key_sheet(self.are_keys_open))
            .with(go_to_time(self.is_time_open, self.parts.now, Callback::new(move |time| self.go_to(time))))
            .with(self.toast.show())
    }

    /// Listens to the keys of the page; the list and the panel have their own.
    pub fn listen(self, run: Callback<Act>) {
        let (is_palette_open, selection) = (self.is_palette_open, self.parts.selection);
        keyboard::on_key(move |event| {
            if keyboard::asks_for_commands(&event) && !element::is_dialog_open() {
                event.prevent_default();
                is_palette_open.set(true);
                return;
            }
            if keyboard::is_taken(&event) || element::is_dialog_open() {
                return;
            }
            let key = event.key();
            match key.as_str() {
                "ArrowDown" if keyboard::is_on_nothing(&event) => run.run(Act::Older),
                "ArrowUp" if keyboard::is_on_nothing(&event) => run.run(Act::Newer),
                "Escape" if selection.is_open() => selection.close(),
                _ => {
                    let command = COMMANDS.iter().find(|command| command.key == key).filter(|_| shortcuts::are_on());
                    let Some(command) = command else { return };
                    run.run(command.act);
                }
            }
            event.prevent_default();
        });
    }

    /// Does it.
    fn run(self, act: Act) {
        let Parts { url, feed, look, selection, live, pointed, now, .. } = self.parts;
        match act {
            Act::Search => {
                if let Some(field) = self.field.get() {
                    element::select_all(&field);
                }
            }
            Act::Older | Act::Newer if !selection.is_open() => selection.enter_list(),
            Act::Older => selection.step(Direction::Older),
            Act::Newer => selection.step(Direction::Newer),
            Act::ToggleErrors => url.edit(|query| {
                let errors = Choice::only(Outcome::Error);
                query.status = if query.status == errors { Choice::default() } else { errors };
            }),
            Act::Last(amount, unit) => {
                url.edit(|query| query.range = Span::new(amount, unit).map_or(TimeRange::All, TimeRange::Last));
            }
            Act::ClearFilters => url.edit(|query| *query = LogQuery::default()),
            Act::GoToTime => match pointed.get_untracked() {
                // The last bar ends after now.
                Some(time) => self.go_to(time.min(now.run(()))),
                None => self.is_time_open.set(true),
            },
            Act::Newest => feed.reload(),
            Act::Live => {
                live.switch();
                let is_on = untrack(|| live.is_on());
                self.toast.say(if is_on { words::commands::LIVE_IS_ON } else { words::commands::LIVE_IS_OFF });
            }
            Act::CopyLink => spawn_local(async move {
                let is_copied = clipboard::copy(&history::href()).await;
                self.toast.say(if is_copied {
                    words::commands::LINK_COPIED
                } else {
                    words::commands::COPY_THE_ADDRESS
                });
            }),
            Act::ToggleFolding => {
                look.edit(|table| table.is_folding = !table.is_folding);
                let is_folding = untrack(|| look.with(|table| table.is_folding));
                self.toast.say(if is_folding {
                    words::commands::ARE_FOLDED
                } else {
                    words::commands::EACH_HAS_ITS_ROW
                });
            }
            Act::Rows(density) => look.edit(|table| table.density = density),
            Act::ResetLook => look.edit(|table| *table = Table::default()),
            Act::Colours(theme) => theme.apply(),
            Act::Export(format) => {
                element::download(&feed.query().with_untracked(|query| calls::export_address(query, format)));
                self.toast.say(words::commands::FILE_ON_ITS_WAY);
            }
            Act::Print => element::print(),
            Act::Connections => url.go(Page::Connections),
            Act::Keys => self.are_keys_open.set(true),
        }
    }

    /// Enters the list at a time, and says where it is then.
    fn go_to(self, time: Timestamp) {
        let Parts { feed, counts, .. } = self.parts;
        let (at, time) = (time, time::date_and_minute(time, clock::zone()));
        feed.go_to(at, counts.newer_than(at), move |is_there| {
            self.toast.say(&if is_there {
                words::commands::entered_at(&time)
            } else {
                words::commands::none_as_old_as(&time)
            });
        });
    }
}
