//! Calls over time: errors on the baseline, success above; days of which only errors are kept are hatched and say so.

pub mod bars;

use std::sync::Arc;

use leptos::prelude::*;
use model::{Histogram as Buckets, Session, Timestamp};

use self::bars::{Bar, HEIGHT, Mark, STEP};
use crate::browser::clock;
use crate::format::count::count;
use crate::format::time;
use crate::state::counts::Counts;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, classed, element, place, vector};

/// The part of the picture in which the words about it have room.
const LABEL_FITS: u32 = bars::WIDTH / 5;

/// Sums over the whole picture.
struct Sums {
    success: u64,
    error: u64,
    no_response: u64,
}

impl Sums {
    fn of(histogram: &Buckets) -> Self {
        let sum = |of: fn(&model::HistogramBucket) -> u64| histogram.buckets.iter().map(of).sum();
        Self {
            success: sum(|bucket| bucket.success),
            error: sum(|bucket| bucket.error),
            no_response: sum(|bucket| bucket.no_response),
        }
    }
}

/// Calls over time.
#[component]
pub fn Histogram(
    /// The buckets; the last ones stay until the next have come.
    counts: Counts,
    /// Whether calls without a response are in the list, and so in the picture.
    lists_no_response: impl Fn() -> bool + 'static,
    /// Who is looking; knows how long calls are kept.
    session: Arc<Session>,
    /// The server's time.
    now: Callback<(), Timestamp>,
) -> impl IntoView {
    let shown = move || {
        counts.with_histogram(|histogram| match histogram {
            None => classed("div", "hist hist--wait").attr("aria-hidden", "true"),
            Some(Err(_)) => {
                let words = classed("p", "small muted").text("The calls over time could not be counted.");
                classed("div", "hist hist--wait").with(words)
            }
            // Nothing of this time is kept: a picture of nothing would say that nothing happened.
            Some(Ok(histogram)) if histogram.notices.iter().any(|notice| notice.code == "outside_retention") => {
                classed("div", "hist hist--none")
            }
            Some(Ok(histogram)) => picture(histogram, lists_no_response(), &session, now.run(())),
        })
    };
    place().part(move || Some(shown()))
}

fn picture(histogram: &Buckets, lists_no_response: bool, session: &Session, now: Timestamp) -> Markup {
    let sums = Sums::of(histogram);
    let zone = clock::zone();
    let width = i64::try_from(histogram.bucket_ms).unwrap_or(1);
    let from = histogram.buckets.first().map_or(now, |bucket| bucket.start);
    let to = histogram.buckets.last().map_or(now, |bucket| bucket.start.plus_millis(width));
    let success_kept = i64::try_from(session.retention.success_seconds).unwrap_or_default().saturating_mul(1_000);
    let kept_since = now.minus_millis(success_kept);
    let errors_only = bars::share_before(kept_since, from, to);
    let (bars, tallest) = bars::bars(&histogram.buckets, lists_no_response);
    let marks = bars::marks(from, to, now, zone);

    let kept = if errors_only > 0 {
        format!(" Before {} only errors are kept.", time::date_and_minute(kept_since, zone))
    } else {
        String::new()
    };
    let summary = format!(
        "Calls from {} to {}: {} succeeded, {} failed.{kept}",
        time::date_and_minute(from, zone),
        time::date_and_minute(to, zone),
        count(sums.success),
        count(sums.error),
    );
    classed("figure", "hist")
        .attr("aria-label", &summary)
        .with(legend(&sums, lists_no_response, histogram.bucket_ms))
        .with(plot(histogram.buckets.len(), &bars, tallest, errors_only))
        .with(axis(&marks))
}

/// The keys to the colours with their sums, and how long a bar is.
fn legend(sums: &Sums, lists_no_response: bool, bucket_ms: u64) -> Markup {
    let key = |class: &str, word: &str, number: u64| {
        let sum = element("b").text(&count(number));
        element("span").with(classed("i", class)).text(word).text(" ").with(sum)
    };
    let mut keys = classed("span", "hist__legend").with(key("key key--ok", "Success", sums.success)).with(key(
        "key key--err",
        "Errors",
        sums.error,
    ));
    if lists_no_response {
        keys = keys.with(key("key key--none", "No response", sums.no_response));
    }
    let every = classed("span", "hist__every").text(&format!("{} per bar", time::span(bucket_ms)));
    classed("div", "hist__top").with(keys).with(every)
}

fn plot(buckets: usize, bars: &[Bar], tallest: u64, errors_only: u32) -> Markup {
    let width = u32::try_from(buckets).unwrap_or(1) * STEP;
    let picture = vector("svg")
        .attr("viewBox", &format!("0 0 {width} {HEIGHT}"))
        .attr("preserveAspectRatio", "none")
        .attr("aria-hidden", "true")
        .with_all(bars.iter().map(rectangle));
    let mut plot = classed("div", "hist__plot");
    if errors_only > 0 {
        plot = plot.with(classed("div", "hist__shade").style("width", &percent(errors_only)));
    }
    plot = plot.with(picture);
    if errors_only > LABEL_FITS {
        let archive = icon(IconName::Archive, IconSize::Small);
        plot = plot.with(classed("span", "hist__label").with(archive).text("only errors are kept here"));
    }
    if tallest > 0 {
        plot = plot.with(classed("span", "hist__max").text(&count(tallest)));
    }
    plot
}

fn rectangle(bar: &Bar) -> Markup {
    vector("rect")
        .attr("class", bar.class)
        .attr("x", &bar.x.to_string())
        .attr("y", &bar.y.to_string())
        .attr("width", &bar.width.to_string())
        .attr("height", &bar.height.to_string())
}

fn axis(marks: &[Mark]) -> Markup {
    let mark = |mark: &Mark| element("span").style("left", &percent(mark.left)).text(&mark.words);
    classed("div", "hist__axis").attr("aria-hidden", "true").with_all(marks.iter().map(mark))
}

/// A part of [`bars::WIDTH`] as a style says it.
fn percent(part: u32) -> String {
    format!("{}.{:02}%", part / 100, part % 100)
}
