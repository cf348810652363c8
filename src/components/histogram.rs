//! Calls over time: errors on the baseline, success above; days of which only errors are kept are hatched and say so.
//!
//! A part of it can be looked at more closely: a press on a bar, a drawn selection, or keys; see `brush`.

pub mod bars;
mod brush;

use std::sync::Arc;

use leptos::prelude::*;
use model::{Histogram as Buckets, Retention, Session, Timestamp};

use self::bars::{HEIGHT, Kind, STEP};
use self::brush::Brush;
use crate::api::ApiError;
use crate::browser::clock;
use crate::browser::element::focus_id;
use crate::format::time;
use crate::state::counts::Counts;
use crate::state::zoom::Zoom;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, button, classed, element, place, vector};
use crate::words;
use crate::words::count::count;

/// The part of the picture in which the words about it have room.
const LABEL_FITS: u32 = bars::WIDTH / 5;

/// What stands there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Waiting,
    Failed,
    /// Nothing of this time is kept: a picture of nothing would say that nothing happened.
    Outside,
    Picture,
}

impl Standing {
    fn of(counted: Option<&Result<Buckets, ApiError>>) -> Self {
        match counted {
            None => Self::Waiting,
            Some(Err(_)) => Self::Failed,
            Some(Ok(buckets)) if buckets.notices.iter().any(|notice| notice.code == "outside_retention") => {
                Self::Outside
            }
            Some(Ok(_)) => Self::Picture,
        }
    }
}

/// Calls over time.
#[component]
pub fn Histogram(
    /// The buckets; the last ones stay until the next have come.
    counts: Counts,
    /// Whether calls without a response are in the list, and so in the picture.
    lists_no_response: impl Fn() -> bool + Send + Sync + 'static,
    /// Who is looking; knows how long calls are kept.
    session: Arc<Session>,
    /// The way into a part of the time, and out again.
    zoom: Zoom,
    /// The server's time.
    now: Callback<(), Timestamp>,
    /// Told where the bars end that are pointed at.
    pointed: RwSignal<Option<Timestamp>>,
) -> impl IntoView {
    let lists_no_response = Memo::new(move |_| lists_no_response());
    let standing = Memo::new(move |_| counts.with_histogram(|counted| Standing::of(counted.as_ref())));
    let retention = session.retention;
    let shown = move || match standing.get() {
        Standing::Waiting => classed("div", "hist hist--wait").attr("aria-hidden", "true"),
        Standing::Failed => {
            let words = classed("p", "small muted").text(words::histogram::NOT_COUNTED);
            classed("div", "hist hist--wait").with(words)
        }
        Standing::Outside => classed("div", "hist hist--none"),
        Standing::Picture => untrack(|| Picture::new(counts, lists_no_response, retention, zoom, now).show(pointed)),
    };
    place().part(move || Some(shown()))
}

/// The picture, whose parts follow the buckets; what the reader holds on to stays.
#[derive(Clone, Copy)]
struct Picture {
    chart: Memo<Chart>,
    brush: Brush,
    zoom: Zoom,
    now: Callback<(), Timestamp>,
}

/// The buckets, with what must be known to read them.
#[derive(Clone, PartialEq)]
pub struct Chart {
    buckets: Arc<Buckets>,
    lists_no_response: bool,
    /// Before it only errors are kept.
    kept_since: Timestamp,
}

impl Chart {
    fn from(&self) -> Timestamp {
        self.buckets.buckets.first().map_or(self.kept_since, |bucket| bucket.start)
    }

    fn width(&self) -> i64 {
        i64::try_from(self.buckets.bucket_ms).unwrap_or(1)
    }

    fn to(&self) -> Timestamp {
        self.buckets.buckets.last().map_or(self.kept_since, |bucket| bucket.start.plus_millis(self.width()))
    }

    /// The part of the picture in which only errors are kept.
    fn errors_only(&self) -> u32 {
        bars::share_before(self.kept_since, self.from(), self.to())
    }
}

impl Picture {
    fn new(
        counts: Counts,
        lists_no_response: Memo<bool>,
        retention: Retention,
        zoom: Zoom,
        now: Callback<(), Timestamp>,
    ) -> Self {
        let is_drawn = RwSignal::new(false);
        let success_kept = i64::try_from(retention.success_seconds).unwrap_or_default().saturating_mul(1_000);
        let chart = Memo::new(move |before: Option<&Chart>| {
            // Bars do not move under the hand that draws on them.
            if let (true, Some(before)) = (is_drawn.get(), before) {
                return before.clone();
            }
            let buckets = counts.with_histogram(|histogram| match histogram {
                Some(Ok(histogram)) => Some(Arc::new(histogram.clone())),
                _ => None,
            });
            let kept_since = now.run(()).minus_millis(success_kept);
            let none = || Buckets { bucket_ms: 1, buckets: Vec::new(), partial: false, notices: Vec::new() };
            let buckets = buckets.unwrap_or_else(|| Arc::new(none()));
            Chart { buckets, lists_no_response: lists_no_response.get(), kept_since }
        });
        Self { chart, brush: Brush::new(chart, is_drawn, zoom), zoom, now }
    }

    fn show(self, pointed: RwSignal<Option<Timestamp>>) -> Markup {
        let Self { chart, brush, zoom, now } = self;
        // The picture may go from under the pointer.
        on_cleanup(move || {
            pointed.try_set(None);
        });
        let plot = classed("div", "hist__plot")
            .part(move || chart.with(shade))
            .part(move || Some(chart.with(drawing)))
            .part(move || chart.with(label))
            .part(move || chart.with(tallest));
        let go_out = move || {
            zoom.out();
            // The button may be gone now, and the focus is not to go with it.
            focus_id(brush::PLOT);
        };
        let out = move || button("link").on_press(go_out).text(words::histogram::ZOOM_OUT);
        let every = move || words::histogram::per_bar(&time::span(chart.with(|chart| chart.buckets.bucket_ms)));
        let top = classed("div", "hist__top")
            .part(move || Some(chart.with(legend)))
            .with(classed("span", "hist__every").text_now(every))
            .part_when(move || zoom.can_go_out(), out);
        classed("figure", "hist")
            .attr_now("aria-label", move || Some(chart.with(in_words)))
            .with(top)
            .with(brush.over(plot).in_step(move || pointed.set(brush.until())))
            .part(move || Some(chart.with(|chart| axis(chart, now.run(())))))
    }
}

/// The whole picture in a sentence.
fn in_words(chart: &Chart) -> String {
    let zone = clock::zone();
    let sums = bars::sums(&chart.buckets.buckets);
    let at = |time| time::date_and_minute(time, zone);
    let mut said = words::histogram::in_words(&at(chart.from()), &at(chart.to()), sums.success, sums.error);
    if chart.errors_only() > 0 {
        said.push(' ');
        said.push_str(&words::histogram::only_errors_before(&at(chart.kept_since)));
    }
    said
}

/// The keys to the colours with their sums.
fn legend(chart: &Chart) -> Markup {
    let sums = bars::sums(&chart.buckets.buckets);
    let key = |class: &str, word: &str, number: u64| {
        let sum = element("b").text(&count(number));
        element("span").with(classed("i", class)).text(word).text(" ").with(sum)
    };
    let keys = classed("span", "hist__legend")
        .with(key("key key--ok", words::histogram::SUCCESS, sums.success))
        .with(key("key key--err", words::histogram::ERRORS, sums.error));
    keys.with_all(
        chart.lists_no_response.then(|| key("key key--none", words::histogram::NO_RESPONSE, sums.no_response)),
    )
}

fn shade(chart: &Chart) -> Option<Markup> {
    let errors_only = Some(chart.errors_only()).filter(|share| *share > 0)?;
    Some(classed("div", "hist__shade").style("width", &percent(errors_only)))
}

fn drawing(chart: &Chart) -> Markup {
    let width = u32::try_from(chart.buckets.buckets.len()).unwrap_or(1).max(1) * STEP;
    let bars = bars::bars(&chart.buckets.buckets, chart.lists_no_response);
    // One shape of each colour: a redraw costs three elements, however many bars there are.
    let shape = |kind: Kind| vector("path").attr("class", kind.class()).attr("d", &bars::outline(&bars, kind));
    vector("svg")
        .attr("viewBox", &format!("0 0 {width} {HEIGHT}"))
        .attr("preserveAspectRatio", "none")
        .attr("aria-hidden", "true")
        .with_all(Kind::ALL.map(shape))
}

fn label(chart: &Chart) -> Option<Markup> {
    (chart.errors_only() > LABEL_FITS).then(|| {
        let archive = icon(IconName::Archive, IconSize::Small);
        classed("span", "hist__label").with(archive).text(words::histogram::ONLY_ERRORS_KEPT)
    })
}

fn tallest(chart: &Chart) -> Option<Markup> {
    let tallest =
        Some(bars::tallest(&chart.buckets.buckets, chart.lists_no_response)).filter(|tallest| *tallest > 0)?;
    Some(classed("span", "hist__max").text(&count(tallest)))
}

fn axis(chart: &Chart, now: Timestamp) -> Markup {
    let marks = bars::marks(chart.from(), chart.to(), now, clock::zone());
    let mark = |mark: &bars::Mark| element("span").style("left", &percent(mark.left)).text(&mark.words);
    classed("div", "hist__axis").attr("aria-hidden", "true").with_all(marks.iter().map(mark))
}

/// A part of [`bars::WIDTH`] as a style says it.
fn percent(part: u32) -> String {
    format!("{}.{:02}%", part / 100, part % 100)
}
