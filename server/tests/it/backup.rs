//! A backup of a server that runs, and what a new server finds in it.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

use model::{CallId, Retention};
use serde_json::Value;
use server::store::CallStore;
use server::store::sqlite::{self, Limits, check};
use tempfile::TempDir;

use crate::support::{TestServer, a_call};

fn back_up(data: &Path, to: &Path) -> Output {
    let program = env!("CARGO_BIN_EXE_api-logs");
    Command::new(program).arg("backup").arg("--data").arg(data).arg("--to").arg(to).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Calls with these numbers, on three days, every third of them failing.
fn calls(numbers: std::ops::Range<u128>) -> Vec<Value> {
    let call = |number: u128| {
        let call = a_call(number).at(&format!("2026-11-{}T10:00:00Z", 21 + number % 3));
        if number.is_multiple_of(3) { call.answered(500) } else { call }.with_body(&format!("body of {number}")).json()
    };
    numbers.map(call).collect()
}

#[tokio::test]
async fn a_backup_of_a_server_that_takes_calls_in_holds_all_that_it_acknowledged_before() {
    let server = TestServer::start();
    server.take(&calls(1..300)).await;
    let backup = tempfile::tempdir().unwrap();
    let (data, to) = (server.data_dir().to_owned(), backup.path().join("of/today"));
    let running = tokio::task::spawn_blocking({
        let to = to.clone();
        move || back_up(&data, &to)
    });
    let mut number = 300;
    loop {
        server.take(&calls(number..number + 20)).await;
        number += 20;
        if running.is_finished() {
            break;
        }
    }
    let output = running.await.unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(said.starts_with("4 files copied (") && said.ends_with(" 0 expired and removed, 0 faults\n"), "{said}");
    assert!(text(&output.stderr).contains("2026-11-23.ok.db: copied, "), "{}", text(&output.stderr));
    server.store.close().await;
    for file in ["control.db", "calls/2026-11-23.ok.db"] {
        let mode = std::fs::metadata(to.join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file} is for its owner only");
    }

    let report = check(&to).unwrap();
    assert_eq!((report.faults, report.files), (vec![], 3));
    assert!(report.calls >= 299, "{}", report.calls);
    let restored = tempfile::tempdir().unwrap();
    std::fs::rename(to, restored.path().join("data")).unwrap();
    let (restored, _keeps) = into_data(restored);
    let restored = TestServer::over_then(restored, Limits::default(), |_| ());
    let owner = restored.owner().await;
    for number in 1..300 {
        let call = owner.get(&format!("calls/{}", CallId::from_u128(number))).await.json();
        assert_eq!(call["response"]["body"], format!("body of {number}"), "{call}");
    }
    // It goes on as any other.
    restored.take(&calls(5_000..5_003)).await;
    let page = owner.get("calls?q=body&limit=1").await.json();
    assert_eq!(page["total"]["count"], report.calls + 3);
}

/// A temporary folder that is the data folder within another.
fn into_data(folder: TempDir) -> (TempDir, TempDir) {
    let data = tempfile::tempdir_in(folder.path()).unwrap();
    for file in ["control.db", "calls"] {
        std::fs::rename(folder.path().join("data").join(file), data.path().join(file)).unwrap();
    }
    (data, folder)
}

#[tokio::test]
async fn a_second_backup_copies_what_has_changed() {
    let server = TestServer::start();
    server.take(&calls(1..30)).await;
    server.store.close().await;
    let an_hour_ago = SystemTime::now() - Duration::from_hours(1);
    for file in std::fs::read_dir(server.data_dir().join("calls")).unwrap() {
        let file = std::fs::File::options().write(true).open(file.unwrap().path()).unwrap();
        file.set_modified(an_hour_ago).unwrap();
    }
    let copy = tempfile::tempdir().unwrap();
    let back_up = |server: &TestServer| {
        let mut lines = Vec::new();
        let mut tell = |line: String| lines.push(line);
        let report =
            sqlite::back_up(server.data_dir(), copy.path(), Retention::STANDARD, server.now(), &mut tell).unwrap();
        assert_eq!(report.faults, [""; 0]);
        (report.copied, report.unchanged, report.removed, lines.join("\n"))
    };
    let (copied, unchanged, removed, _) = back_up(&server);
    assert_eq!((copied, unchanged, removed), (3, 0, 0));
    // What was broken off lies under another name, and is begun anew.
    std::fs::write(copy.path().join("calls/2026-11-22.ok.db.partial"), "half").unwrap();
    std::fs::remove_file(copy.path().join("calls/2026-11-22.ok.db")).unwrap();
    // A day in which nothing is kept any more leaves the backup as well; any other that is only here stays.
    std::fs::write(copy.path().join("calls/2026-10-01.err.db"), "").unwrap();
    std::fs::rename(server.data_dir().join("calls/2026-11-21.err.db"), server.data_dir().join("lost")).unwrap();
    let (copied, unchanged, removed, lines) = back_up(&server);
    assert_eq!((copied, unchanged, removed), (1, 1, 1), "{lines}");
    let mut files: Vec<String> = std::fs::read_dir(copy.path().join("calls"))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort_unstable();
    assert_eq!(files, ["2026-11-21.err.db", "2026-11-22.ok.db", "2026-11-23.ok.db"]);
    let report = check(copy.path()).unwrap();
    assert_eq!((report.faults, report.calls), (vec![], 29));
    // Calls that come late change a day that was copied.
    let server = TestServer::over_then(server.data, Limits::default(), |_| ());
    server.take(&[a_call(900).at("2026-11-22T10:00:00Z").json()]).await;
    let (.., lines) = back_up(&server);
    assert!(lines.contains("2026-11-22.ok.db: copied") && lines.contains("2026-11-23.ok.db: unchanged"), "{lines}");
    assert_eq!(check(copy.path()).unwrap().calls, 30);
}

#[tokio::test]
async fn a_success_that_outlives_its_day_is_in_the_backup() {
    let server = TestServer::start();
    server.take(&[a_call(1).at("2026-11-21T10:00:00Z").json(), a_call(2).answered(500).json()]).await;
    server.clock.advance_millis(9 * 86_400_000);
    assert_eq!(server.store.forget_expired().await.unwrap(), 1);
    let copy = tempfile::tempdir().unwrap();
    let output = back_up(server.data_dir(), copy.path());
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("kept.db: copied"), "{}", text(&output.stderr));
    let restored = TestServer::over_then(copy, Limits::default(), |_| ());
    restored.clock.advance_millis(9 * 86_400_000);
    let owner = restored.owner().await;
    let found = owner.get(&format!("calls/{}/last-success", CallId::from_u128(2))).await.json();
    assert_eq!(found["id"], CallId::from_u128(1).to_string(), "{found}");
}

#[tokio::test]
async fn a_damaged_file_does_not_overwrite_its_good_copy() {
    let server = TestServer::start();
    server.take(&calls(1..30)).await;
    server.store.close().await;
    let backup = tempfile::tempdir().unwrap();
    assert!(back_up(server.data_dir(), backup.path()).status.success());
    std::fs::write(server.data_dir().join("calls/2026-11-22.ok.db"), vec![b'x'; 50_000]).unwrap();
    let output = back_up(server.data_dir(), backup.path());
    assert!(!output.status.success());
    assert!(text(&output.stdout).ends_with(" 1 faults\n"), "{}", text(&output.stdout));
    assert!(text(&output.stderr).contains("FAULT 2026-11-22.ok.db: "), "{}", text(&output.stderr));
    let report = check(backup.path()).unwrap();
    assert_eq!((report.faults, report.calls), (vec![], 29));
}

#[test]
fn a_backup_needs_a_store_and_another_folder() {
    let data = tempfile::tempdir().unwrap();
    let to = tempfile::tempdir().unwrap();
    let output = back_up(data.path(), to.path());
    assert!(text(&output.stderr).contains("there is no store in"), "{}", text(&output.stderr));
    assert_eq!(std::fs::read_dir(to.path()).unwrap().count(), 0);
    std::fs::write(data.path().join("control.db"), "").unwrap();
    let output = back_up(data.path(), data.path());
    assert!(text(&output.stderr).contains("the backup would overwrite what it copies"), "{}", text(&output.stderr));
    assert!(!output.status.success());
}
