//! A run as tables: every figure with its target, and with what the peers reach.

use std::fmt::Write;

use crate::ask::Asked;
use crate::measure::Times;
use crate::peers::{Figures, Outcome, Peer};
use crate::run::{Run, figure};
use crate::table::{Table, millis, whole};
use crate::targets::Target;

/// Fewer times than this have no 99th percentile worth the name.
const ENOUGH_FOR_P99: usize = 100;

impl Run {
    /// The tables.
    pub fn markdown(&self) -> String {
        let mut text = format!(
            "\n## {} calls of {} bytes, {}\n\n",
            whole(self.calls as f64),
            whole(self.bytes_per_call as f64),
            if self.accounts == 1 { "one account".to_owned() } else { format!("{} accounts", self.accounts) },
        );
        text.push_str(&self.intake().markdown());
        text.push('\n');
        text.push_str(&self.answers().markdown());
        text.push('\n');
        // Writing to a string cannot fail.
        for Peer { name, outcome } in &self.peers {
            let _ = match outcome {
                Outcome::Measured(figures) => writeln!(text, "{name}: {}.", figures.setup),
                Outcome::NotMeasured(reason) => writeln!(text, "{name}: not measured: {reason}."),
            };
        }
        if self.peers.is_empty() {
            text.push_str("PostgreSQL and ClickHouse: not measured with this load; `--compare-all` does.\n");
        }
        text
    }

    fn intake(&self) -> Table {
        let mut table =
            Table::new(self.with_peers(["", "API Logs", "target", ""], |name, figures| vec![column(name, figures)]));
        let mut row = |name: &str, value: String, of_peer: fn(&Figures) -> Option<f64>| {
            let [target, verdict] = self.verdict(name);
            let of_peer =
                |_: &str, figures: Option<&Figures>| vec![figures.and_then(of_peer).map(whole).unwrap_or_default()];
            table.row(self.with_peers([name, &value, &target, &verdict], of_peer));
        };
        let none = |_: &Figures| None;
        row("durable calls/s", whole(self.load.calls_per_second), |peer| Some(peer.calls_per_second));
        let of_one = whole(self.calls_per_cpu_second);
        row(figure::OF_ONE_PROCESSOR, of_one, |peer| Some(peer.calls_per_cpu_second));
        row("calls/s sent steadily, while asked", whole(self.steady.calls_per_second), none);
        row("acknowledged while asked, p50 ms", millis(self.steady.acknowledged.median_ms), none);
        row(figure::ACKNOWLEDGED, millis(self.steady.acknowledged.p99_ms), none);
        row("the questions meanwhile, p50 ms", millis(self.asked_meanwhile.median_ms), none);
        row("the questions meanwhile, p99 ms", millis(self.asked_meanwhile.p99_ms), none);
        row(figure::DISK, whole(self.disk_bytes_per_call), |peer| Some(peer.disk_bytes_per_call));
        row(figure::MEMORY_LOADED, whole(self.memory_after_load_mb), none);
        row(figure::MEMORY_ASKED, whole(self.memory_after_questions_mb), none);
        row(figure::READY, millis(self.ready_ms), none);
        row("start until the first page, ms", millis(self.first_page_ms), none);
        table
    }

    fn answers(&self) -> Table {
        let head = format!("question about {} calls, ms", whole(self.calls_of_first as f64));
        let mut head = self.with_peers([&head, "p50", "p99", "target", ""], |name, figures| match figures {
            Some(_) => vec![format!("{name} p50"), "p99".to_owned()],
            None => vec![column(name, None)],
        });
        head.push("notes".to_owned());
        let mut table = Table::new(head);
        for asked in &self.questions {
            let [target, verdict] = self.verdict(asked.question);
            let first = [asked.question, &millis(asked.times.median_ms), &p99(&asked.times), &target, &verdict];
            let mut cells = self.with_peers(first, |_, figures| {
                let Some(figures) = figures else { return vec![String::new()] };
                let of_peer = figures.questions.iter().find(|peer| peer.question == asked.question);
                of_peer
                    .map_or_else(|| vec![String::new(); 2], |peer| vec![millis(peer.times.median_ms), p99(&peer.times)])
            });
            cells.push(self.notes(asked));
            table.row(cells);
        }
        table
    }

    /// Our cells, and those of each peer; one that was not measured has no figures.
    fn with_peers<const N: usize>(
        &self,
        ours: [&str; N],
        of_peer: impl Fn(&str, Option<&Figures>) -> Vec<String>,
    ) -> Vec<String> {
        let mut cells: Vec<String> = ours.map(str::to_owned).into();
        for Peer { name, outcome } in &self.peers {
            cells.extend(match outcome {
                Outcome::Measured(figures) => of_peer(name, Some(figures)),
                Outcome::NotMeasured(_) => of_peer(name, None),
            });
        }
        cells
    }

    /// A figure's target, and whether it is met.
    fn verdict(&self, figure: &str) -> [String; 2] {
        let Some(judged) = self.targets.iter().find(|judged| judged.figure == figure) else {
            return [String::new(), String::new()];
        };
        let target = match judged.target {
            Target::AtLeast(limit) => format!("≥ {}", whole(limit)),
            Target::AtMost(limit) => format!("≤ {}", whole(limit)),
        };
        [target, if judged.is_met { "met" } else { "not met" }.to_owned()]
    }

    /// What one must know to read a row right.
    fn notes(&self, asked: &Asked) -> String {
        let mut notes = Vec::new();
        if asked.partial {
            notes.push("partial".to_owned());
        }
        if asked.first_ms > 3.0 * asked.times.p99_ms && asked.first_ms > asked.times.p99_ms + 20.0 {
            notes.push(format!("first {}", millis(asked.first_ms)));
        }
        for Peer { name, outcome } in &self.peers {
            let Outcome::Measured(figures) = outcome else { continue };
            if figures.questions.iter().any(|peer| peer.question == asked.question && !peer.is_same) {
                notes.push(format!("{name} answers differently"));
            }
        }
        notes.join("; ")
    }
}

fn column(peer: &str, figures: Option<&Figures>) -> String {
    if figures.is_some() { peer.to_owned() } else { format!("{peer} (not measured)") }
}

fn p99(times: &Times) -> String {
    if times.count >= ENOUGH_FOR_P99 {
        millis(times.p99_ms)
    } else {
        format!("{} (longest of {})", millis(times.longest_ms), times.count)
    }
}

#[cfg(test)]
mod tests;
