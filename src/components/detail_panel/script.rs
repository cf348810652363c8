//! The text of a script, with the line on which it stopped.

use std::sync::Arc;

use model::CallDetail;

use super::card::{card, title};
use crate::components::code_view::{Marks, code_view};
use crate::format::code::Language;
use crate::state::reading::Reading;
use crate::ui::copy_button::copy_icon;
use crate::ui::icon::IconName;
use crate::ui::markup::Markup;
use crate::words;

/// Fills the tab Whole script.
pub fn script_part(pane: Markup, call: &CallDetail) -> Markup {
    let script = call.script.as_ref();
    let source = script.and_then(|script| script.source.as_deref()).unwrap_or_default();
    let line = script.and_then(|script| script.error.as_ref()).and_then(|error| error.line);
    let reading = Reading::new(Arc::from(source), Language::Script);
    let stopped = line.map(words::script::stopped_on).unwrap_or_default();
    let copy = copy_icon(IconName::Copy, words::script::COPY_SCRIPT, move || reading.text().to_string());
    pane.with(card(title(words::script::SCRIPT, &stopped), [copy]).with(code_view(
        reading,
        words::script::SCRIPT,
        &line.into_iter().collect(),
    )))
}

/// Lines of a script shown before the one on which it stopped, and behind it.
const LINES_AROUND: usize = 3;

/// The place where a script stopped: its line, counted from one, and those around it.
pub fn script_place(source: &str, line: u32) -> Markup {
    let (text, lines_before) = lines_around(source, line);
    let all = source.lines().count();
    let reading = Reading::of_part(Arc::from(text), Language::Script, lines_before);
    let shown = code_view(reading, words::script::WHERE_IT_STOPPED, &Marks::from([line]));
    card(title(words::script::ERROR, &words::script::line_of(line, all)), []).with(shown)
}

/// The lines around one, and how many stand before them; all of a short script.
fn lines_around(source: &str, line: u32) -> (String, u32) {
    let place = usize::try_from(line).unwrap_or(usize::MAX).saturating_sub(1);
    let first = place.saturating_sub(LINES_AROUND);
    let lines: Vec<_> = source.lines().skip(first).take(place - first + LINES_AROUND + 1).collect();
    (lines.join("\n"), u32::try_from(first).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::lines_around;

    #[test]
    fn the_place_is_in_the_middle() {
        let source = (1..=20).map(|number| number.to_string()).collect::<Vec<_>>().join("\n");
        assert_eq!(lines_around(&source, 14), ("11\n12\n13\n14\n15\n16\n17".to_owned(), 10));
        assert_eq!(lines_around(&source, 1), ("1\n2\n3\n4".to_owned(), 0));
        assert_eq!(lines_around(&source, 20).0, "17\n18\n19\n20");
        assert_eq!(lines_around(&source, 99), (String::new(), 95));
    }
}
