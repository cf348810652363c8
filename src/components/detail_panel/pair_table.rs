//! Names and values: headers, parameters.

use crate::api::part::Part;
use crate::components::code_view::marked_text;
use crate::ui::markup::{Markup, classed, element};

use super::card::small;
use crate::words;

/// More rows are not shown: nobody reads them, and they would make the browser slow.
const MOST_ROWS: usize = 200;

/// Says how many are left out.
pub type More = fn(u64) -> String;

/// A table of names and values in the order in which they came; `more` says how many are left out, and what is odd
/// about some of them is said beside their values.
pub fn pair_table(title: &str, more: More, pairs: &[(String, String)], odd: &[Part<'_>]) -> Markup {
    let row = |(name_text, value): &(String, String)| {
        let name = marked_text(element("th").attr("scope", "row"), name_text);
        let found = odd.iter().find(|finding| finding.get("name").text() == *name_text);
        let tag =
            found.map(|finding| classed("span", "tag tag--warn").text(&finding.get("kind").text().replace('_', " ")));
        element("tr").with(name).with(element("td").with(marked_text(element("code"), value)).with_all(tag))
    };
    let body = element("tbody").with_all(pairs.iter().take(MOST_ROWS).map(row));
    let table = classed("table", "tbl pairs")
        .attr("aria-label", title)
        .with(table_head(&[words::detail::NAME, words::detail::VALUE]))
        .with(body);
    let section = classed("section", "sec").with(element("h3").text(title)).with(table);
    with_rest(section, pairs.len(), MOST_ROWS, more)
}

/// The head of a table.
pub fn table_head(names: &[&str]) -> Markup {
    let cells = names.iter().map(|name| element("th").attr("scope", "col").text(name));
    element("thead").with(element("tr").with_all(cells))
}

/// Says how many rows are left out.
pub fn with_rest(section: Markup, all: usize, most: usize, more: More) -> Markup {
    let rest = u64::try_from(all.saturating_sub(most)).unwrap_or(u64::MAX);
    if rest == 0 { section } else { section.with(small(&more(rest))) }
}
