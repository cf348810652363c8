//! The short runs of the fault tests: the real binary, killed, cut off from power, out of room, overrun.
//!
//! `make torture` runs them long. Each prints its seed and what it counted when it fails.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::path::{Path, PathBuf};

use torture::calls::Sizes;
use torture::power::DiskFault;
use torture::random::Dice;
use torture::report::Report;
use torture::stage::Stage;
use torture::verify::Care;
use torture::{fail_points, kill, power, small_disk};

const SEED: u64 = 20_261_123;

fn binary() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_api-logs"))
}

fn remove_one_day(data: &Path) {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(data.join("calls")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    // A file of a day, with what SQLite keeps beside it.
    let first = files.first().unwrap().to_string_lossy().into_owned();
    let first = first.trim_end_matches("-shm").trim_end_matches("-wal").to_owned();
    for file in files.iter().filter(|file| file.to_string_lossy().starts_with(&first)) {
        std::fs::remove_file(file).unwrap();
    }
}

#[test]
fn a_killed_server_has_what_it_acknowledged() {
    let report =
        kill::run(&kill::Options { binary: binary(), cycles: 10, cycles_of_a_folder: 5, seed: SEED, progress: None })
            .unwrap();
    assert!(report.is_clean() && report.counted("calls acknowledged") > 0, "{report}");
}

fn power_cuts(cuts: usize, disk: DiskFault) -> Report {
    power::run(&power::Options {
        binary: binary(),
        seed: SEED,
        runs: 3,
        batches: 16,
        sizes: Sizes::Mixed,
        cuts,
        disk,
        progress: None,
    })
    .unwrap()
}

#[test]
fn a_server_without_power_has_what_it_acknowledged() {
    let report = power_cuts(10, DiskFault::None);
    assert!(report.is_clean() && report.counted("acknowledged calls looked for after cuts") > 0, "{report}");
}

#[test]
fn a_disk_that_forgets_what_was_synced_is_noticed() {
    let report = power_cuts(6, DiskFault::ForgetsSyncs);
    assert!(report.faults().iter().any(|fault| fault.starts_with("LOST")), "{report}");
}

#[test]
fn what_a_disk_could_not_make_durable_is_not_acknowledged() {
    let report = power_cuts(6, DiskFault::FailsSyncs);
    assert!(report.is_clean() && report.counted("syncs that failed") > 0, "{report}");
}

#[test]
fn a_failing_disk_is_told_and_loses_nothing() {
    let options = fail_points::Options { binary: binary(), seed: SEED, points: 10, progress: None };
    let report = fail_points::run(&options).unwrap();
    assert!(report.is_clean() && report.counted("steps that failed") > 0, "{report}");
}

#[test]
fn a_full_disk_is_told_and_loses_nothing() {
    let report = small_disk::run(&small_disk::Options { binary: binary(), seed: SEED }).unwrap();
    if report.counted("calls acknowledged") == 0 && report.is_clean() {
        eprintln!("skipped: {report}");
        return;
    }
    assert!(report.is_clean(), "{report}");
}

#[test]
fn what_is_missing_is_noticed() {
    let (stage, server) = Stage::begin(&binary(), SEED, Sizes::Mixed).unwrap();
    for _ in 0..4 {
        let sent = stage.send_new(&stage.client(&server), 0, 20, 0).unwrap();
        assert!(sent.sending.keeps(20), "{:?}", sent.sending);
    }
    server.stop().unwrap();
    let verify = || {
        let server = stage.site.start().unwrap();
        let mut report = Report::new("everything");
        let care = Care { words: 3, is_every_call_read: true };
        stage.verify(&stage.client(&server), |_| true, care, &mut Dice::new(SEED, 1), &mut report).unwrap();
        server.stop().unwrap();
        report
    };
    let whole = verify();
    assert!(whole.is_clean(), "{whole}");
    remove_one_day(&stage.site.data);
    let lossy = verify();
    assert!(lossy.faults().iter().any(|fault| fault.starts_with("LOST")), "{lossy}");
}
