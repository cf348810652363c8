//! What a script did: how it ended, and its variables before and after.

use std::sync::Arc;

use leptos::prelude::*;
use model::{CallDetail, RawJson, Script, ScriptError};

use super::script::ScriptPlace;
use crate::components::code_view::{CodeView, MarkedText};
use crate::format::code::Language;
use crate::format::count::counted;
use crate::format::duration::duration;
use crate::format::variables::{Change, Variable, variables};
use crate::state::reading::Reading;
use crate::ui::icon::{Icon, IconName, IconSize};

/// More rows are not shown: they would make the browser slow.
const MOST_ROWS: usize = 300;
/// A longer value opens on demand.
const LONGEST_VALUE: usize = 120;

/// The tab Variables.
#[component]
pub fn VariablesPart(
    /// The call.
    call: Arc<CallDetail>,
) -> impl IntoView {
    let Some(script) = call.script.clone() else { return ().into_any() };
    let ran = call.duration_ms.map(duration);
    let line = script.error.as_ref().and_then(|error| error.line);
    let place = script.source.clone().zip(line).map(|(source, line)| view! { <ScriptPlace source line /> });
    let table = view! { <VariableTable script=script.clone() /> };
    let result = (!script.result.is_null()).then(|| view! { <ScriptResult result=script.result.clone() /> });
    view! {
        <Ended error=script.error.clone() ran />
        {place}
        {table}
        {result}
    }
    .into_any()
}

/// How it ended.
#[component]
fn Ended(
    /// What stopped it.
    error: Option<ScriptError>,
    /// How long it ran.
    ran: Option<String>,
) -> impl IntoView {
    let ran = ran.map_or_else(|| "How long it ran is not known.".to_owned(), |ran| format!("It ran for {ran}."));
    let Some(error) = error else {
        return view! {
            <div class="note note--ok">
                <Icon name=IconName::CheckCircle />
                <p>"The script ran to its end. " {ran}</p>
            </div>
        }
        .into_any();
    };
    let place = match (error.line, error.column) {
        (Some(line), Some(column)) => format!("The script stopped on line {line}, column {column}."),
        (Some(line), None) => format!("The script stopped on line {line}."),
        _ => "The script stopped.".to_owned(),
    };
    view! {
        <div class="note note--err">
            <Icon name=IconName::ScriptErr />
            <div>
                <p>
                    <b>{place}</b>
                    " "
                    {ran}
                </p>
                <p>
                    <code dir="auto">
                        <MarkedText text=error.message />
                    </code>
                </p>
            </div>
        </div>
    }
    .into_any()
}

/// The variables side by side.
#[component]
fn VariableTable(
    /// The script's run.
    script: Script,
) -> impl IntoView {
    let after_is = if script.error.is_some() { "\u{201c}After\u{201d} is the moment the script stopped" } else { "" };
    let all = variables(script.before.as_str(), script.after.as_str());
    if all.is_empty() {
        return view! {
            <section class="sec">
                <h3>"Variables before and after"</h3>
                <p class="muted">"None were captured."</p>
            </section>
        }
        .into_any();
    }
    let rest = all.len().saturating_sub(MOST_ROWS);
    view! {
        <section class="sec">
            <div class="sec__h">
                <h3>"Variables before and after"</h3>
                <span class="small muted">{after_is}</span>
            </div>
            <table class="tbl vars" aria-label="Variables before and after">
                <thead>
                    <tr>
                        <th scope="col">"Attribute"</th>
                        <th scope="col">"Before"</th>
                        <th scope="col">"After"</th>
                        <th scope="col">"What happened"</th>
                    </tr>
                </thead>
                <tbody>{all.into_iter().take(MOST_ROWS).map(variable_row).collect_view()}</tbody>
            </table>
            {(rest > 0)
                .then(|| {
                    let rest = counted(u64::try_from(rest).unwrap_or(u64::MAX), "variable");
                    view! { <p class="small muted">"And " {rest} " more."</p> }
                })}
        </section>
    }
    .into_any()
}

fn variable_row(variable: Variable) -> impl IntoView {
    let change = variable.change();
    let (class, icon, word) = match change {
        Change::Same => ("", None, "Same"),
        Change::New => ("tag tag--new", Some(IconName::Plus), "New"),
        Change::Changed => ("tag tag--chg", Some(IconName::Swap), "Changed"),
        Change::Removed => ("tag tag--warn", Some(IconName::X), "Removed"),
    };
    let what = match icon {
        Some(icon) => view! {
            <span class=class>
                <Icon name=icon size=IconSize::Small />
                {word}
            </span>
        }
        .into_any(),
        None => view! { <span class="muted">{word}</span> }.into_any(),
    };
    let name = if variable.path.is_empty() { "(value)".to_owned() } else { variable.path };
    view! {
        <tr class:is-chg=change != Change::Same>
            <th scope="row">
                <code>
                    <MarkedText text=name />
                </code>
            </th>
            <td>
                <Value value=variable.before />
            </td>
            <td>
                <Value value=variable.after />
            </td>
            <td>{what}</td>
        </tr>
    }
}

/// One value: in words where it is nothing, on demand where it is long.
#[component]
fn Value(
    /// JSON; `None` where it is not set.
    value: Option<String>,
) -> impl IntoView {
    let words = match value.as_deref() {
        None => "not set",
        Some("[]") => "empty list",
        Some("{}") => "no members",
        Some("\"\"") => "empty text",
        _ => "",
    };
    match value {
        Some(json) if words.is_empty() && json.len() > LONGEST_VALUE => view! { <LongValue json /> }.into_any(),
        Some(json) if words.is_empty() => view! {
            <code>
                <MarkedText text=json />
            </code>
        }
        .into_any(),
        _ => view! { <span class="muted">{words}</span> }.into_any(),
    }
}

/// A value that takes its room only when it is asked for.
#[component]
fn LongValue(
    /// JSON.
    json: String,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let kind = match json.as_bytes().first() {
        Some(b'[') => "list",
        Some(b'{') => "object",
        _ => "text",
    };
    let size = crate::format::bytes::bytes(u64::try_from(json.len()).unwrap_or(u64::MAX));
    let text: Arc<str> = Arc::from(json);
    let body = move || {
        is_open.get().then(|| {
            let reading = Reading::new(Arc::clone(&text), Language::Json);
            view! { <CodeView reading label="Value" /> }
        })
    };
    view! {
        <button
            class="btn btn--sm"
            type="button"
            aria-expanded=move || is_open.get().to_string()
            on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
        >
            {kind}
            ", "
            {size}
        </button>
        {body}
    }
}

/// What the script returned.
#[component]
fn ScriptResult(
    /// JSON.
    result: RawJson,
) -> impl IntoView {
    let reading = Reading::new(Arc::from(result.as_str()), Language::Json);
    view! {
        <section class="code">
            <div class="code__h">
                <h3>"Result"</h3>
            </div>
            <CodeView reading label="Result" />
        </section>
    }
}
