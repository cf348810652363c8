//! Calls over time: errors on the baseline, success above; days of which only errors are kept are hatched and say so.

pub mod bars;

use std::sync::Arc;

use leptos::prelude::*;
use model::{Histogram as Buckets, Session, Timestamp};

use self::bars::{Bar, HEIGHT, STEP};
use crate::browser::clock;
use crate::format::count::count;
use crate::format::time;
use crate::state::counts::Counted;
use crate::ui::icon::{Icon, IconName, IconSize};

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
    #[prop(into)]
    histogram: Signal<Counted<Buckets>>,
    /// Whether calls without a response are in the list, and so in the picture.
    #[prop(into)]
    lists_no_response: Signal<bool>,
    /// Who is looking; knows how long calls are kept.
    session: Arc<Session>,
    /// The server's time.
    now: Callback<(), Timestamp>,
) -> impl IntoView {
    move || {
        histogram.with(|histogram| match histogram {
            None => view! { <div class="hist hist--wait" aria-hidden="true"></div> }.into_any(),
            Some(Err(_)) => view! {
                <div class="hist hist--wait">
                    <p class="small muted">"The calls over time could not be counted."</p>
                </div>
            }
            .into_any(),
            // Nothing of this time is kept: a picture of nothing would say that nothing happened.
            Some(Ok(histogram)) if histogram.notices.iter().any(|notice| notice.code == "outside_retention") => {
                ().into_any()
            }
            Some(Ok(histogram)) => picture(histogram, lists_no_response.get(), &session, now.run(())).into_any(),
        })
    }
}

fn picture(histogram: &Buckets, lists_no_response: bool, session: &Session, now: Timestamp) -> impl IntoView + use<> {
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
    let box_width = u32::try_from(histogram.buckets.len()).unwrap_or(1) * STEP;
    view! {
        <figure class="hist" aria-label=summary>
            <div class="hist__top">
                <span class="hist__legend">
                    {key("key key--ok", "Success", sums.success)}
                    {key("key key--err", "Errors", sums.error)}
                    {lists_no_response.then(|| key("key key--none", "No response", sums.no_response))}
                </span>
                <span class="hist__every">{format!("{} per bar", time::span(histogram.bucket_ms))}</span>
            </div>
            <div class="hist__plot">
                {(errors_only > 0).then(|| shade(errors_only))}
                <svg viewBox=format!("0 0 {box_width} {HEIGHT}") preserveAspectRatio="none" aria-hidden="true">
                    {bars.into_iter().map(rectangle).collect_view()}
                </svg>
                {(errors_only > LABEL_FITS)
                    .then(|| {
                        view! {
                            <span class="hist__label">
                                <Icon name=IconName::Archive size=IconSize::Small />
                                "only errors are kept here"
                            </span>
                        }
                    })}
                {(tallest > 0).then(|| view! { <span class="hist__max">{count(tallest)}</span> })}
            </div>
            <div class="hist__axis" aria-hidden="true">
                {marks
                    .into_iter()
                    .map(|mark| view! { <span style:left=percent(mark.left)>{mark.words}</span> })
                    .collect_view()}
            </div>
        </figure>
    }
}

fn key(class: &'static str, word: &'static str, number: u64) -> impl IntoView {
    view! {
        <span>
            <i class=class></i>
            {word}
            " "
            <b>{count(number)}</b>
        </span>
    }
}

fn rectangle(bar: Bar) -> impl IntoView {
    view! {
        <rect
            class=bar.class
            x=bar.x.to_string()
            y=bar.y.to_string()
            width=bar.width.to_string()
            height=bar.height.to_string()
        ></rect>
    }
}

fn shade(share: u32) -> impl IntoView {
    view! { <div class="hist__shade" style:width=percent(share)></div> }
}

/// A part of [`bars::WIDTH`] as a style says it.
fn percent(part: u32) -> String {
    format!("{}.{:02}%", part / 100, part % 100)
}
