//! How the reader wants the list: its columns with their order and widths, how dense it is, and whether calls that are
//! alike are folded; kept from visit to visit.

use leptos::prelude::*;

use crate::browser::storage;
use crate::words;

/// The narrowest and the widest a column gets, in CSS pixels.
pub const WIDTHS: (u16, u16) = (40, 640);
/// The key under which it is kept.
const KEY: &str = "api-logs.table";

/// What of a call can stand in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Code and word with their shape; also the row's link, so it cannot be hidden.
    Status,
    /// The time of day; the list is in its order, so it cannot be hidden.
    Time,
    /// What was talked to.
    Application,
    /// Request type and the telling end of the URL; takes the width that is left.
    Request,
    /// On whose behalf.
    Bot,
    /// Path and node, or who tried it.
    Source,
    /// In whose conversation.
    User,
    /// How long it took.
    Took,
    /// The response code alone.
    Code,
    /// The request type alone.
    Method,
    /// The host alone.
    Host,
    /// The whole path with its query.
    Path,
    /// The time in UTC, to the millisecond.
    Utc,
}

impl Column {
    /// All of them, in the order before anybody changes it.
    pub const ALL: [Self; 13] = [
        Self::Status,
        Self::Time,
        Self::Application,
        Self::Request,
        Self::Bot,
        Self::Source,
        Self::User,
        Self::Took,
        Self::Code,
        Self::Method,
        Self::Host,
        Self::Path,
        Self::Utc,
    ];
    /// So many of them are shown before anybody changes it.
    const SHOWN: usize = 8;

    /// Its word in classes, style properties and what is kept.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Time => "time",
            Self::Application => "app",
            Self::Request => "req",
            Self::Bot => "bot",
            Self::Source => "src",
            Self::User => "user",
            Self::Took => "dur",
            Self::Code => "code",
            Self::Method => "method",
            Self::Host => "host",
            Self::Path => "path",
            Self::Utc => "utc",
        }
    }

    /// Its name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Status => words::list::STATUS,
            Self::Time => words::list::TIME,
            Self::Application => words::list::APPLICATION,
            Self::Request => words::list::REQUEST,
            Self::Bot => words::list::BOT_NAME,
            Self::Source => words::list::SOURCE,
            Self::User => words::list::USER,
            Self::Took => words::list::TOOK,
            Self::Code => words::list::RESPONSE_CODE,
            Self::Method => words::list::REQUEST_TYPE,
            Self::Host => words::list::HOST,
            Self::Path => words::list::URL_PATH,
            Self::Utc => words::list::TIME_IN_UTC,
        }
    }

    /// Whether it may be hidden.
    pub const fn can_hide(self) -> bool {
        !matches!(self, Self::Status | Self::Time)
    }
}

/// The height of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// 28 pixels.
    Compact,
    /// 32 pixels.
    #[default]
    Standard,
    /// 40 pixels.
    Roomy,
}

impl Density {
    /// All of them with the words that are kept for them.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Compact, "compact"), (Self::Standard, "standard"), (Self::Roomy, "roomy")];

    /// Its name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Compact => words::list::COMPACT,
            Self::Standard => words::list::STANDARD,
            Self::Roomy => words::list::ROOMY,
        }
    }
}

/// A column as it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Which.
    pub column: Column,
    /// Whether it is in the list.
    pub is_shown: bool,
    /// Its width in CSS pixels, where the reader has drawn it.
    pub width: Option<u16>,
}

/// How the list looks. Pure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Every column once, in order, whether shown or not.
    columns: Vec<Setting>,
    /// The height of a row.
    pub density: Density,
    /// Whether calls that are alike are folded into one row.
    pub is_folding: bool,
}

impl Default for Table {
    fn default() -> Self {
        let setting = |(place, column)| Setting { column, is_shown: place < Column::SHOWN, width: None };
        let columns = Column::ALL.into_iter().enumerate().map(setting).collect();
        Self { columns, density: Density::default(), is_folding: true }
    }
}

impl Table {
    /// Every column once, in order.
    pub fn columns(&self) -> &[Setting] {
        &self.columns
    }

    /// The columns in the list, in order.
    pub fn shown(&self) -> Vec<Column> {
        self.columns.iter().filter(|setting| setting.is_shown).map(|setting| setting.column).collect()
    }

    /// Whether the columns are as before anybody changed them.
    pub fn has_usual_columns(&self) -> bool {
        self.columns == Self::default().columns
    }

    /// The tracks of the grid, of which the style sheet knows the widths.
    pub fn tracks(&self) -> String {
        let mut tracks = String::new();
        for column in self.shown() {
            tracks.push_str("var(--w-");
            tracks.push_str(column.word());
            tracks.push_str(") ");
        }
        tracks
    }

    /// Shows or hides a column, where it may be hidden.
    pub fn show(&mut self, column: Column, is_shown: bool) {
        if let Some(setting) = self.setting(column) {
            setting.is_shown = is_shown || !column.can_hide();
        }
    }

    /// Gives a column a width, or the usual one back.
    pub fn set_width(&mut self, column: Column, width: Option<u16>) {
        if let Some(setting) = self.setting(column) {
            setting.width = width.map(|width| width.clamp(WIDTHS.0, WIDTHS.1)).filter(|_| column != Column::Request);
        }
    }

    /// Moves a column before the one ahead of it, or behind the next one.
    pub fn shift(&mut self, column: Column, is_forward: bool) {
        let Some(place) = self.columns.iter().position(|setting| setting.column == column) else { return };
        let other = if is_forward { Some(place + 1) } else { place.checked_sub(1) };
        if let Some(other) = other.filter(|other| *other < self.columns.len()) {
            self.columns.swap(place, other);
        }
    }

    fn setting(&mut self, column: Column) -> Option<&mut Setting> {
        self.columns.iter_mut().find(|setting| setting.column == column)
    }

    /// What is kept: `compact single status time app:160 -bot`.
    fn print(&self) -> String {
        let mut printed = String::new();
        for (density, name) in Density::ALL {
            if self.density == density {
                printed.push_str(name);
            }
        }
        if !self.is_folding {
            printed.push_str(" single");
        }
        for setting in &self.columns {
            printed.push_str(if setting.is_shown { " " } else { " -" });
            printed.push_str(setting.column.word());
            if let Some(width) = setting.width {
                printed.push(':');
                printed.push_str(&width.to_string());
            }
        }
        printed
    }

    /// Reads what was kept, perhaps by another version: what it does not know is left out, what is missing comes last.
    fn read(kept: &str) -> Self {
        let mut read = Self { columns: Vec::new(), ..Self::default() };
        for word in kept.split(' ') {
            if let Some((density, _)) = Density::ALL.iter().find(|(_, name)| name.eq_ignore_ascii_case(word)) {
                read.density = *density;
                continue;
            }
            if word == "single" {
                read.is_folding = false;
                continue;
            }
            let (name, width) = word.split_once(':').unwrap_or((word, ""));
            let shown = name.strip_prefix('-').is_none();
            let name = name.strip_prefix('-').unwrap_or(name);
            let Some(column) = Column::ALL.into_iter().find(|column| column.word() == name) else { continue };
            if read.columns.iter().all(|setting| setting.column != column) {
                read.columns.push(Setting { column, is_shown: shown || !column.can_hide(), width: None });
                read.set_width(column, width.parse().ok());
            }
        }
        for setting in Self::default().columns {
            if read.columns.iter().all(|known| known.column != setting.column) {
                read.columns.push(setting);
            }
        }
        read
    }
}

/// How the list looks, for whoever shows or changes it.
#[derive(Clone, Copy)]
pub struct TableLook {
    table: RwSignal<Table>,
    columns: Memo<Vec<Column>>,
}

impl TableLook {
    /// As it was kept.
    pub fn remembered() -> Self {
        let table = RwSignal::new(storage::get(KEY).map(|kept| Table::read(&kept)).unwrap_or_default());
        Self { table, columns: Memo::new(move |_| table.with(Table::shown)) }
    }

    /// The columns in the list, in order.
    pub fn columns(self) -> Memo<Vec<Column>> {
        self.columns
    }

    /// Looks at it, and follows it.
    pub fn with<T>(self, look: impl FnOnce(&Table) -> T) -> T {
        self.table.with(look)
    }

    /// Changes it while the reader draws: it is kept with [`TableLook::edit`].
    pub fn draw(self, change: impl FnOnce(&mut Table)) {
        self.table.update(change);
    }

    /// Changes it and keeps it for the next visit.
    pub fn edit(self, change: impl FnOnce(&mut Table)) {
        self.table.update(change);
        let kept = self.table.with_untracked(|table| (*table != Table::default()).then(|| table.print()));
        storage::set(KEY, kept.as_deref());
    }
}

#[cfg(test)]
mod tests;
