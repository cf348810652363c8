//! Which calls failed like this one, and whom they concern. Every number leads to its calls.

use std::rc::Rc;

use leptos::prelude::*;
use model::{CallId, LogQuery, TimeRange};

use super::card::{muted, small};
use super::states::answered;
use crate::api::part::Part;
use crate::browser::clock;
use crate::format::count::{count, counted};
use crate::format::time;
use crate::ui::link::link_to;
use crate::ui::markup::{Markup, classed, element};

/// What they are counted by: one, several, and the member of the answer.
const GROUPS: [[&str; 3]; 3] =
    [["bot", "bots", "bots"], ["node", "nodes", "nodes"], ["end user", "end users", "users"]];

/// The calls of a range that failed like one; asked anew when the range becomes another.
pub fn similar_calls(id: CallId, range: impl Fn() -> TimeRange + 'static, on_filter: Callback<String>) -> Markup {
    let what = move || {
        let range = LogQuery { range: range(), ..LogQuery::default() };
        format!("/similar?{}", range.to_query_string())
    };
    let section = classed("section", "sec same").attr("aria-label", "Same error in this range");
    section.with(answered(id, Box::new(what), Rc::new(move |answer| shown(answer, on_filter))))
}

fn shown(similar: Part<'_>, on_filter: Callback<String>) -> Markup {
    let heading = classed("div", "sec__h").with(element("h3").text("Same error in this range"));
    let calls = similar.get("calls").number();
    if calls <= 1 {
        return element("div").with(heading).with(muted("No other call failed like this one."));
    }
    let heading = heading.with(element("span").with(leading("Show these calls", similar, on_filter)));
    let figure = |number: u64, [one, several]: [&str; 2]| {
        let noun = if number == 1 { one } else { several };
        element("li").with(element("b").text(&count(number))).text(" ").with(element("span").text(noun))
    };
    let figures = classed("ul", "figs").with(figure(calls, ["call", "calls"]));
    let figures = figures.with_all(
        GROUPS.map(|[one, several, member]| figure(similar.get(member).get("count").number(), [one, several])),
    );
    let folded = element("details").with(classed("summary", "link small").text("Which ones"));
    let folded = folded.with_all(GROUPS.map(|[_, several, member]| most(several, similar.get(member), on_filter)));
    let moment = |name| {
        let at = similar.get(name).time();
        at.map(|at| time::relative_day_and_time(at, clock::now(), clock::zone())).unwrap_or_default()
    };
    let what = similar.get("what").text();
    let least =
        if similar.get("partial").is_true() { " There are at least these: counting was cut short." } else { "" };
    let said = small(&format!("{what}. First: {}. Last: {}.{least}", moment("first"), moment("last")));
    element("div").with(heading).with(said).with(figures).with(folded)
}

/// Those with the most calls, and how many there are besides.
fn most(several: &str, group: Part<'_>, on_filter: Callback<String>) -> Markup {
    let shares = group.get("most").items();
    let rest = group.get("count").number().saturating_sub(u64::try_from(shares.len()).unwrap_or_default());
    let list = classed("ul", "same__most").attr("aria-label", several);
    let list = list.with_all(shares.into_iter().map(|share| {
        let number = classed("span", "muted").text(&counted(share.get("count").number(), "call"));
        element("li").with(leading(&share.get("label").text(), share, on_filter)).text(" ").with(number)
    }));
    let rest = (rest > 0).then(|| classed("li", "muted").text(&format!("and {} more", count(rest))));
    element("div").with(small(several)).with(list.with_all(rest))
}

/// A link to the calls of a filter.
fn leading(words: &str, of: Part<'_>, on_filter: Callback<String>) -> Markup {
    let query = of.get("query").text();
    let address = format!("integrations/api-logs?{query}");
    link_to(&address, Box::new(move || on_filter.run(query.clone()))).text(words)
}
