//! Names and values: headers, parameters.

use leptos::prelude::*;

use crate::components::code_view::MarkedText;
use crate::format::count::counted;

/// More rows are not shown: nobody reads them, and they would make the browser slow.
const MOST_ROWS: usize = 200;

/// A table of names and values in the order in which they came.
#[component]
pub fn PairTable(
    /// What they are: `Headers sent`.
    title: &'static str,
    /// The noun for one of them.
    noun: &'static str,
    /// Names and values.
    pairs: Vec<(String, String)>,
    /// Said instead of an empty table; without it nothing is shown.
    #[prop(optional, into)]
    empty: Option<&'static str>,
) -> impl IntoView {
    if pairs.is_empty() {
        return empty
            .map(|empty| {
                view! {
                    <section class="sec">
                        <h3>{title}</h3>
                        <p class="muted">{empty}</p>
                    </section>
                }
            })
            .into_any();
    }
    let rest = pairs.len().saturating_sub(MOST_ROWS);
    let row = |(name, value): (String, String)| {
        view! {
            <tr>
                <th scope="row">
                    <MarkedText text=name />
                </th>
                <td>
                    <code>
                        <MarkedText text=value />
                    </code>
                </td>
            </tr>
        }
    };
    view! {
        <section class="sec">
            <h3>{title}</h3>
            <table class="tbl pairs" aria-label=title>
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        <th scope="col">"Value"</th>
                    </tr>
                </thead>
                <tbody>{pairs.into_iter().take(MOST_ROWS).map(row).collect_view()}</tbody>
            </table>
            {(rest > 0)
                .then(|| {
                    let rest = counted(u64::try_from(rest).unwrap_or(u64::MAX), noun);
                    view! { <p class="small muted">"And " {rest} " more."</p> }
                })}
        </section>
    }
    .into_any()
}
