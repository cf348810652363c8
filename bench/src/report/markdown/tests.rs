use std::time::Duration;

use crate::answer::Answer;
use crate::ask::Asked;
use crate::measure::Times;
use crate::peers::{Figures, Outcome, Peer, PeerAsked};
use crate::questions::QUESTIONS;
use crate::run::Run;
use crate::send::Sent;

fn times(millis: u64, count: usize) -> Times {
    Times::of(&vec![Duration::from_millis(millis); count])
}

fn a_run(calls: usize) -> Run {
    let sent = |rate| Sent { calls, seconds: 1.0, calls_per_second: rate, acknowledged: times(240, 200) };
    let questions = QUESTIONS.iter().map(|question| Asked {
        question: question.name,
        first_ms: 500.0,
        times: times(31, 100),
        answer: Answer::default(),
        partial: question.name == "histogram",
    });
    let mut run = Run {
        calls,
        accounts: 20,
        calls_of_first: calls / 4,
        bytes_per_call: 1_650,
        load: sent(5_000.0),
        calls_per_cpu_second: 2_999.0,
        memory_after_load_mb: 400.0,
        memory_after_questions_mb: 401.0,
        questions: questions.collect(),
        disk_bytes_per_call: 2_150.4,
        ready_ms: 12.3,
        first_page_ms: 45.6,
        steady: sent(1_000.0),
        asked_meanwhile: times(20, 300),
        peers: Vec::new(),
        targets: Vec::new(),
    };
    run.judge();
    run
}

/// The cells of the row that begins with this.
fn row<'a>(markdown: &'a str, begin: &str) -> Vec<&'a str> {
    let line = markdown.lines().find(|line| line.starts_with(&format!("| {begin} "))).unwrap();
    line.trim_matches('|').split('|').map(str::trim).collect()
}

#[test]
fn every_figure_stands_beside_its_target() {
    let markdown = a_run(1_000_000).markdown();
    assert_eq!(row(&markdown, "durable calls/s of one processor")[1..], ["2,999", "≥ 3,000", "not met"]);
    assert_eq!(row(&markdown, "acknowledged while asked, p99 ms")[1..], ["240", "≤ 250", "met"]);
    assert_eq!(row(&markdown, "memory after the load, MB")[1..], ["400", "≤ 400", "met"]);
    assert_eq!(row(&markdown, "memory after the questions, MB")[1..], ["401", "≤ 400", "not met"]);
    assert_eq!(row(&markdown, "disk, bytes a call")[1..], ["2,150", "≤ 2,200", "met"]);
    assert_eq!(row(&markdown, "newest page")[1..], ["31.0", "31.0", "≤ 30", "not met", "first 500"]);
    assert_eq!(row(&markdown, "histogram")[1..], ["31.0", "31.0", "", "", "partial; first 500"]);
    assert!(markdown.contains("`--compare-all`"));
    assert_eq!(row(&a_run(10_000_000).markdown(), "newest page")[3..5], ["≤ 60", "met"]);
}

#[test]
fn peers_stand_beside_us_and_say_why_they_were_not_measured() {
    let mut run = a_run(100_000);
    let question = |question: &str, count, is_same| PeerAsked {
        question: question.to_owned(),
        first_ms: 1.0,
        times: times(7, count),
        is_same,
    };
    let figures = Figures {
        setup: "as it comes".to_owned(),
        calls_per_second: 2_430.0,
        calls_per_cpu_second: 1_900.0,
        disk_bytes_per_call: 4_600.0,
        questions: vec![question("newest page", 100, true), question("facets", 5, false)],
    };
    run.peers = vec![
        Peer { name: "PostgreSQL 15.18".to_owned(), outcome: Outcome::Measured(figures) },
        Peer { name: "ClickHouse".to_owned(), outcome: Outcome::NotMeasured("no Python".to_owned()) },
    ];
    let markdown = run.markdown();
    assert_eq!(row(&markdown, "durable calls/s")[4..], ["2,430", ""]);
    assert_eq!(row(&markdown, "newest page")[5..], ["7.00", "7.00", "", "first 500"]);
    assert_eq!(
        row(&markdown, "facets")[5..],
        ["7.00", "7.00 (longest of 5)", "", "first 500; PostgreSQL 15.18 answers differently"]
    );
    assert_eq!(row(&markdown, "histogram")[5..7], ["", ""]);
    let heads = markdown.lines().filter(|line| line.contains("PostgreSQL 15.18 "));
    assert_eq!(heads.filter(|line| line.contains("| ClickHouse (not measured) |")).count(), 2);
    assert!(markdown.contains("PostgreSQL 15.18: as it comes.\nClickHouse: not measured: no Python.\n"));
}
