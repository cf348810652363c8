//! Everything that can be done on this page, in one table, with the dialogs that belong to it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::query::SpanUnit;
use model::{Choice, LogQuery, Outcome, Span, TimeRange, Timestamp};

use super::Parts;
use crate::api::calls;
use crate::browser::theme::Theme;
use crate::browser::{clipboard, clock, element, history, keyboard};
use crate::components::export_menu::FORMATS;
use crate::components::go_to_time::go_to_time;
use crate::components::key_sheet::key_sheet;
use crate::components::palette::palette;
use crate::format::time;
use crate::state::commands::{Command, Commands};
use crate::state::feed::Direction;
use crate::state::place::Page;
use crate::state::shortcuts;
use crate::state::table_look::{Density, Table};
use crate::ui::markup::{Handle, Markup, place};
use crate::ui::toast::Toast;

/// The commands with what they open.
#[derive(Clone, Copy)]
pub struct Desk {
    commands: Commands,
    is_palette_open: RwSignal<bool>,
    are_keys_open: RwSignal<bool>,
    is_time_open: RwSignal<bool>,
    toast: Toast,
}

impl Desk {
    /// The commands of a page; `field` is the search box.
    pub fn new(parts: Parts, field: Handle) -> Self {
        let desk = Self {
            commands: StoredValue::new(Vec::new()),
            is_palette_open: RwSignal::new(false),
            are_keys_open: RwSignal::new(false),
            is_time_open: RwSignal::new(false),
            toast: Toast::new(),
        };
        desk.commands.set_value(desk.table(parts, field));
        desk
    }

    /// Shows the keys.
    pub fn show_keys(self) {
        self.are_keys_open.set(true);
    }

    /// The dialogs, and the place where it is said what happened.
    pub fn dialogs(self, parts: Parts) -> Markup {
        let Parts { feed, counts, now, .. } = parts;
        let on_go = Callback::new(move |time: Timestamp| {
            let words = time::date_and_minute(time, clock::zone());
            feed.go_to(time, counts.newer_than(time), move |is_there| {
                self.toast.say(&if is_there {
                    format!("From {words} on; newer calls are above")
                } else {
                    format!("No call of this filter is as old as {words}")
                });
            });
        });
        place()
            .with(palette(self.commands, self.is_palette_open))
            .with(key_sheet(self.commands, self.are_keys_open))
            .with(go_to_time(self.is_time_open, now, on_go))
            .with(self.toast.show())
    }

    /// Listens to the keys of the page; the list and the panel have their own.
    pub fn listen(self, parts: Parts) {
        let Parts { selection, .. } = parts;
        keyboard::on_key(move |event| {
            if keyboard::asks_for_commands(&event) && !element::is_dialog_open() {
                event.prevent_default();
                self.is_palette_open.set(true);
                return;
            }
            if keyboard::is_taken(&event) || element::is_dialog_open() {
                return;
            }
            let key = event.key();
            let direction = match key.as_str() {
                "ArrowDown" if keyboard::is_on_nothing(&event) => Some(Direction::Older),
                "ArrowUp" if keyboard::is_on_nothing(&event) => Some(Direction::Newer),
                _ => None,
            };
            if let Some(direction) = direction {
                step(parts, direction);
            } else if key == "Escape" && selection.is_open() {
                selection.close();
            } else {
                let is_it = |command: &&Command| command.key == key && shortcuts::are_on();
                let Some(command) = self.commands.with_value(|commands| commands.iter().find(is_it).copied()) else {
                    return;
                };
                command.run.run(());
            }
            event.prevent_default();
        });
    }

    fn table(self, parts: Parts, field: Handle) -> Vec<Command> {
        let Parts { url, feed, look, .. } = parts;
        let toast = self.toast;
        let range = move |words, range| Command::new(words, move || url.edit(|query| query.range = range));
        let last = |amount, unit| Span::new(amount, unit).map_or(TimeRange::All, TimeRange::Last);
        let density = move |words, density| Command::new(words, move || look.edit(|table| table.density = density));
        let theme = |words, theme: Theme| Command::new(words, move || theme.apply());
        let mut table = vec![
            Command::keyed("/", "Search", move || {
                if let Some(field) = field.get() {
                    element::select_all(&field);
                }
            }),
            Command::keyed("j", "Older call", move || step(parts, Direction::Older)),
            Command::keyed("k", "Newer call", move || step(parts, Direction::Newer)),
            Command::keyed("e", "Show errors only, or all again", move || {
                url.edit(|query| {
                    let errors = Choice::only(Outcome::Error);
                    query.status = if query.status == errors { Choice::default() } else { errors };
                });
            }),
            range("Last hour", last(1, SpanUnit::Hours)),
            range("Last 24 hours", last(24, SpanUnit::Hours)),
            range("Last 7 days", last(7, SpanUnit::Days)),
            range("All that is kept", TimeRange::All),
            Command::new("Clear all filters", move || url.edit(|query| *query = LogQuery::default())),
            Command::keyed("g", "Go to a time", move || self.is_time_open.set(true)),
            Command::keyed("n", "Newest calls", move || feed.reload()),
            Command::keyed("c", "Copy the link to this view", move || {
                spawn_local(async move {
                    let is_copied = clipboard::copy(&history::href()).await;
                    toast.say(if is_copied {
                        "Link copied"
                    } else {
                        "The browser does not allow it: copy the address"
                    });
                });
            }),
            Command::keyed("f", "Fold calls that are alike, or show each", move || {
                look.edit(|table| table.is_folding = !table.is_folding);
                let is_folding = look.with(|table| table.is_folding);
                toast.say(if is_folding { "Calls that are alike are folded" } else { "Every call has its row" });
            }),
            density("Compact rows", Density::Compact),
            density("Standard rows", Density::Standard),
            density("Roomy rows", Density::Roomy),
            Command::new("Reset columns, rows and folding", move || look.edit(|table| *table = Table::default())),
            theme("Light theme", Theme::Light),
            theme("Dark theme", Theme::Dark),
            theme("Theme of the system", Theme::System),
            Command::new("Print the open call", element::print),
            Command::new("Go to Connections", move || url.go(Page::Connections)),
            Command::keyed("?", "Keys", move || self.show_keys()),
        ];
        let words = ["Export as CSV", "Export as NDJSON", "Export as HAR"];
        table.extend(words.into_iter().zip(FORMATS).map(|(words, (format, ..))| {
            Command::new(words, move || {
                element::download(&feed.query().with_untracked(|query| calls::export_address(query, format)));
                toast.say("The file is on its way");
            })
        }));
        table
    }
}

/// To the next call while one is open, or into the list.
fn step(parts: Parts, direction: Direction) {
    let selection = parts.selection;
    if selection.is_open() { selection.step(direction) } else { selection.enter_list() }
}
