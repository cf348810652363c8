//! The facts of a call: what one asks first.

use model::Retention;

use crate::browser::clock;
use crate::format::facts::CallFacts;
use crate::format::time;
use crate::ui::icon::{IconName, IconSize, icon};
use crate::ui::markup::{Markup, classed, element};
use crate::ui::status_pill::status_pill;
use crate::words;

/// Status, bot, source, user, application and time, as terms.
pub fn facts_list(facts: &CallFacts, retention: Retention) -> Markup {
    let zone = clock::zone();
    let bot = match facts.bot_label() {
        Some(name) => isolated(&name),
        None => muted(words::detail::NO_BOT),
    };
    let time =
        element("span").attr("title", &time::exact_utc(facts.timestamp)).text(&time::exact(facts.timestamp, zone));
    let utc = classed("span", "muted small").text(&time::time_of_day_utc(facts.timestamp));
    let list = classed("dl", "facts");
    let list = term(list, words::detail::STATUS, status(facts));
    let list = term(list, words::detail::BOT_NAME, element("dd").with(bot));
    let list = term(list, words::detail::SOURCE, source(facts));
    let list = term(list, words::detail::USER, element("dd").with(isolated(&facts.user_label())));
    let list = term(list, words::detail::APPLICATION, element("dd").with(isolated(facts.application.label())));
    let list = term(list, words::detail::TIME, element("dd").with(time).with(utc));
    let Some(expires_at) = facts.expires_at else { return list };
    let until = element("span").attr("title", &time::exact_utc(expires_at)).text(&time::date(expires_at, zone));
    let stays = classed("span", "muted small").text(&facts.retention(retention));
    term(list, words::detail::KEPT_UNTIL, element("dd").with(until).with(stays))
}

fn term(list: Markup, name: &str, said: Markup) -> Markup {
    list.with(element("dt").text(name)).with(said)
}

fn muted(words: &str) -> Markup {
    classed("span", "muted").text(words)
}

/// A name of others, which does not turn what stands around it.
fn isolated(name: &str) -> Markup {
    element("bdi").text(name)
}

/// The code with its official phrase, and the cause in words where none came.
fn status(facts: &CallFacts) -> Markup {
    let pill = status_pill(&facts.official_status(), true);
    let mut said = element("dd").with(pill).with(muted(facts.outcome.label()));
    if let Some(cause) = facts.cause() {
        said = said.with(classed("p", "facts__more").text(&cause));
    }
    match facts.failure.as_ref().map(|failure| failure.message.as_str()) {
        None | Some("") => said,
        Some(message) => said.with(classed("code", "facts__more").attr("dir", "auto").text(message)),
    }
}

/// The source: a way into the bot flow where there is one.
fn source(facts: &CallFacts) -> Markup {
    let text = facts.source_text();
    let address = facts.flow_address();
    let mut crumb = match &address {
        Some(address) => classed("a", "crumb").attr("href", address),
        None => classed("span", "crumb"),
    };
    if let Some(path) = &text.path {
        let step = classed("span", "vh").text(" > ");
        crumb = crumb.with(isolated(path)).with(icon(IconName::Right, IconSize::Standard)).with(step);
    }
    let said = element("dd").with(crumb.with(isolated(&text.name)));
    match facts.source_kind() {
        Some(kind) if address.is_none() => said.with(muted(kind)),
        _ => said,
    }
}
