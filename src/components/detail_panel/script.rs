//! The text of a script, with the line on which it stopped.

use std::sync::Arc;

use leptos::prelude::*;
use model::CallDetail;

use crate::components::code_view::CodeView;
use crate::format::code::Language;
use crate::state::reading::Reading;
use crate::ui::copy_button::CopyButton;

/// The tab Whole script.
#[component]
pub fn ScriptPart(
    /// The call.
    call: Arc<CallDetail>,
) -> impl IntoView {
    let script = call.script.as_ref();
    let source = script.and_then(|script| script.source.as_deref()).unwrap_or_default();
    let line = script.and_then(|script| script.error.as_ref()).and_then(|error| error.line);
    view! { <ScriptText source=Arc::from(source) line /> }
}

/// A script in a card.
#[component]
pub fn ScriptText(
    /// The script's text.
    source: Arc<str>,
    /// The line on which it stopped.
    line: Option<u32>,
) -> impl IntoView {
    let reading = Reading::new(source, Language::Script);
    let text = Callback::new(move |()| reading.text().to_string());
    view! {
        <section class="code">
            <div class="code__h">
                <h3>
                    "Script "
                    {line.map(|line| view! { <span class="muted small">{format!("stopped on line {line}")}</span> })}
                </h3>
                <CopyButton label="Copy script" text is_icon=true />
            </div>
            <CodeView reading label="Script" marked=line />
        </section>
    }
}
