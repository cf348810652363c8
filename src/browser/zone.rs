//! The zone that times are shown in: the reader's own, their account's, or UTC; remembered from visit to visit.
//!
//! What shows a time reads it here and follows it, so that a choice changes every time on the page at once.

use std::cell::RefCell;

use leptos::prelude::*;
use model::Timestamp;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::{Array, Date, Function, Object, Reflect};

use super::storage;
use crate::format::time::Zone;

/// The key under which the choice is kept.
const KEY: &str = "api-logs.zone";

/// The reader's choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ZoneChoice {
    /// The browser's own.
    #[default]
    Browser,
    /// The account's, where it has one.
    Account,
    /// UTC.
    Utc,
}

thread_local! {
    static CHOICE: ArcRwSignal<ZoneChoice> = ArcRwSignal::new(remembered());
    static ACCOUNT: RefCell<Option<AccountZone>> = const { RefCell::new(None) };
}

fn remembered() -> ZoneChoice {
    match storage::get(KEY).as_deref() {
        Some("account") => ZoneChoice::Account,
        Some("utc") => ZoneChoice::Utc,
        _ => ZoneChoice::Browser,
    }
}

/// What the reader has chosen, as far as there is such a zone; whoever reads it is told when it changes.
pub fn choice() -> ZoneChoice {
    match CHOICE.with(Get::get) {
        ZoneChoice::Account if account_name().is_none() => ZoneChoice::Browser,
        choice => choice,
    }
}

/// Shows every time in another zone, and keeps the choice.
pub fn choose(choice: ZoneChoice) {
    let word = match choice {
        ZoneChoice::Browser => None,
        ZoneChoice::Account => Some("account"),
        ZoneChoice::Utc => Some("utc"),
    };
    storage::set(KEY, word);
    CHOICE.with(|chosen| chosen.set(choice));
}

/// Learns the account's zone; `None`, and one that this browser does not know, is no choice.
pub fn learn_account(name: Option<&str>) {
    if account_name().as_deref() != name {
        ACCOUNT.replace(name.and_then(AccountZone::new));
        CHOICE.with(Notify::notify);
    }
}

/// The name of the account's zone, where it has one.
pub fn account_name() -> Option<String> {
    ACCOUNT.with_borrow(|account| account.as_ref().map(|account| account.name.clone()))
}

impl ZoneChoice {
    /// The zone. Offsets are asked for each instant, so that daylight saving is right.
    pub const fn zone(self) -> Zone {
        match self {
            Self::Browser => Zone { offset_minutes: browser_offset },
            Self::Account => Zone { offset_minutes: account_offset },
            Self::Utc => Zone::UTC,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a time in milliseconds has 43 bits")]
fn date(time: Timestamp) -> Date {
    Date::new(&JsValue::from_f64(time.millis() as f64))
}

#[expect(clippy::cast_possible_truncation, reason = "an offset is some hundred minutes")]
fn browser_offset(time: Timestamp) -> i32 {
    -(date(time).get_timezone_offset() as i32)
}

fn account_offset(time: Timestamp) -> i32 {
    ACCOUNT.with_borrow_mut(|account| account.as_mut().map_or(0, |account| account.offset(time)))
}

/// No zone changes its offset but at a quarter of an hour.
const QUARTER_MILLIS: i64 = 900_000;
/// So many quarters are kept: the times on a page lie close together.
const KEPT: usize = 64;

/// A zone by its name, whose offsets the browser knows.
struct AccountZone {
    name: String,
    format: Function,
    /// What was asked last: it takes the browser some microseconds, and a list has many times.
    known: [(i64, i32); KEPT],
}

impl AccountZone {
    fn new(name: &str) -> Option<Self> {
        let options = Object::new();
        for (option, value) in [("timeZone", name), ("timeZoneName", "longOffset")] {
            Reflect::set(&options, &option.into(), &value.into()).ok()?;
        }
        let intl = Reflect::get(&window(), &"Intl".into()).ok()?;
        let formatter: Function = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into().ok()?;
        // Refused for a name that this browser does not know.
        let formatter = Reflect::construct(&formatter, &Array::of2(&"en-US".into(), &options)).ok()?;
        let format = Reflect::get(&formatter, &"format".into()).ok()?.dyn_into().ok()?;
        Some(Self { name: name.to_owned(), format, known: [(i64::MIN, 0); KEPT] })
    }

    fn offset(&mut self, time: Timestamp) -> i32 {
        let quarter = time.millis().div_euclid(QUARTER_MILLIS);
        let place = usize::try_from(quarter.unsigned_abs()).unwrap_or_default() % KEPT;
        match self.known.get_mut(place) {
            Some((known, offset)) if *known == quarter => *offset,
            slot => {
                let said = self.format.call1(&JsValue::UNDEFINED, &date(time)).ok().and_then(|said| said.as_string());
                let offset = said.as_deref().and_then(read_offset).unwrap_or_default();
                if let Some(slot) = slot {
                    *slot = (quarter, offset);
                }
                offset
            }
        }
    }
}

/// The offset in `11/24/2026, GMT+05:30`.
fn read_offset(said: &str) -> Option<i32> {
    let (_, offset) = said.split_once("GMT")?;
    let (sign, digits) = match offset.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, offset.strip_prefix('+').unwrap_or("00:00")),
    };
    let (hours, minutes) = digits.split_once(':')?;
    Some(sign * (hours.parse::<i32>().ok()? * 60 + minutes.get(..2)?.parse::<i32>().ok()?))
}

#[cfg(test)]
mod tests {
    use super::read_offset;

    #[test]
    fn offsets_as_browsers_say_them() {
        for (said, minutes) in [
            ("11/24/2026, GMT+05:30", Some(330)),
            ("11/24/2026, GMT-03:30", Some(-210)),
            ("11/24/2026, GMT", Some(0)),
            ("11/24/1880, GMT+00:53:28", Some(53)),
            ("11/24/2026", None),
        ] {
            assert_eq!(read_offset(said), minutes, "{said}");
        }
    }
}
