//! Which calls failed like this one, and whom they concern. Every number leads to its calls.

use std::rc::Rc;

use leptos::prelude::*;
use model::{CallId, LogQuery, TimeRange};

use super::card::{muted, small};
use super::states::answered;
use crate::api::part::Part;
use crate::browser::clock;
use crate::format::time;
use crate::ui::link::link_to;
use crate::ui::markup::{Markup, classed, element};
use crate::words;
use crate::words::count::{calls, count};

/// What they are counted by: what one is called and several are, and the member of the answer.
const GROUPS: [([&str; 2], &str); 3] =
    [(words::detail::BOTS, "bots"), (words::detail::NODES, "nodes"), (words::detail::END_USERS, "users")];

/// The calls of a range that failed like one; asked anew when the range becomes another.
pub fn similar_calls(id: CallId, range: impl Fn() -> TimeRange + 'static, on_filter: Callback<String>) -> Markup {
    let what = move || {
        let range = LogQuery { range: range(), ..LogQuery::default() };
        format!("/similar?{}", range.to_query_string())
    };
    let section = classed("section", "sec same").attr("aria-label", words::detail::SAME_ERROR);
    section.with(answered(id, Box::new(what), Rc::new(move |answer| shown(answer, on_filter))))
}

fn shown(similar: Part<'_>, on_filter: Callback<String>) -> Markup {
    let heading = classed("div", "sec__h").with(element("h3").text(words::detail::SAME_ERROR));
    let calls = similar.get("calls").number();
    if calls <= 1 {
        return element("div").with(heading).with(muted(words::detail::NO_OTHER));
    }
    let heading = heading.with(element("span").with(leading(words::detail::SHOW_THESE, similar, on_filter)));
    let figure = |number: u64, [one, several]: [&str; 2]| {
        let noun = if number == 1 { one } else { several };
        element("li").with(element("b").text(&count(number))).text(" ").with(element("span").text(noun))
    };
    let figures = classed("ul", "figs").with(figure(calls, words::list::CALLS));
    let figures =
        figures.with_all(GROUPS.map(|(names, member)| figure(similar.get(member).get("count").number(), names)));
    let folded = element("details").with(classed("summary", "link small").text(words::detail::WHICH_ONES));
    let folded = folded.with_all(GROUPS.map(|([_, several], member)| most(several, similar.get(member), on_filter)));
    let moment = |name| {
        let at = similar.get(name).time();
        at.map(|at| time::relative_day_and_time(at, clock::now(), clock::zone())).unwrap_or_default()
    };
    let what = similar.get("what").text();
    let mut said = small(&words::detail::failed_alike(&what, &moment("first"), &moment("last")));
    if similar.get("partial").is_true() {
        said = said.text(" ").text(words::detail::AT_LEAST_THESE);
    }
    element("div").with(heading).with(said).with(figures).with(folded)
}

/// Those with the most calls, and how many there are besides.
fn most(several: &str, group: Part<'_>, on_filter: Callback<String>) -> Markup {
    let shares = group.get("most").items();
    let rest = group.get("count").number().saturating_sub(u64::try_from(shares.len()).unwrap_or_default());
    let list = classed("ul", "same__most").attr("aria-label", several);
    let list = list.with_all(shares.into_iter().map(|share| {
        let number = classed("span", "muted").text(&calls(share.get("count").number()));
        element("li").with(leading(&share.get("label").text(), share, on_filter)).text(" ").with(number)
    }));
    let rest = (rest > 0).then(|| classed("li", "muted").text(&words::detail::and_more(rest)));
    element("div").with(small(several)).with(list.with_all(rest))
}

/// A link to the calls of a filter.
fn leading(words: &str, of: Part<'_>, on_filter: Callback<String>) -> Markup {
    let query = of.get("query").text();
    let address = format!("integrations/api-logs?{query}");
    link_to(&address, Box::new(move || on_filter.run(query.clone()))).text(words)
}
