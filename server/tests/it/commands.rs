//! The command line.

use std::path::Path;
use std::process::{Command, Output};

fn run(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_api-logs"))
        .args(arguments)
        .arg("--data")
        .arg(data)
        .env_remove("API_LOGS_LISTEN")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn keys_and_links_are_made_for_accounts_that_are_not_there_yet() {
    let data = tempfile::tempdir().unwrap();
    let key = run(data.path(), &["key", "create", "--account", "acme"]);
    assert!(text(&key.stdout).starts_with("alk_"), "{}", text(&key.stderr));
    let link = run(data.path(), &["sign-in", "--account", "acme", "--role", "supervisor", "--bots", "b1,Order status"]);
    assert!(text(&link.stdout).starts_with("http://127.0.0.1:8080/sign-in?token="), "{}", text(&link.stderr));
    let check = run(data.path(), &["check"]);
    assert_eq!(text(&check.stdout), "1 files, 0 calls, 0 faults\n");
}

#[test]
fn what_is_wrong_is_said_and_nothing_is_done() {
    let data = tempfile::tempdir().unwrap();
    for (arguments, message) in [
        (
            &["sign-in", "--account", "acme", "--role", "king"][..],
            "a role is owner, supervisor, bot_builder, executive or agent, not king",
        ),
        (
            &["sign-in", "--account", "acme", "--role", "owner", "--plan", "gold"],
            "there is no plan gold; the plans are starter, business",
        ),
        (&["import", "missing.har", "--account", "acme", "--application", "zendesk"], "missing.har"),
        (
            &["import", "x.har", "--account", "acme", "--application", "zendesk", "--spread", "soon"],
            "a length of time is a number with m, h or d",
        ),
        (&["check"], "there is no store in"),
        (&["serve", "--listen", "nowhere"], "--listen must be an address with a port"),
        (&["serve", "--config", "missing.toml"], "missing.toml cannot be read"),
    ] {
        let data = if arguments[0] == "check" {
            tempfile::tempdir().unwrap()
        } else {
            tempfile::tempdir_in(data.path()).unwrap()
        };
        let output = run(data.path(), arguments);
        assert!(!output.status.success(), "{arguments:?}");
        assert!(text(&output.stderr).contains(message), "{arguments:?}: {}", text(&output.stderr));
    }
}

#[test]
fn calls_in_lines_are_imported_and_judged_one_by_one() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("calls.ndjson");
    let lines = [
        crate::support::a_call(1).json().to_string(),
        "not json".to_owned(),
        crate::support::a_call(2).answered(20).json().to_string(),
    ];
    std::fs::write(&file, lines.join("\n")).unwrap();
    let store = data.path().join("data");
    let output =
        run(&store, &["import", file.to_str().unwrap(), "--account", "acme", "--application", "x", "--rebase"]);
    let said = text(&output.stdout);
    assert!(said.contains("1 accepted, 0 duplicates, 2 rejected"), "{said}");
    assert!(said.contains("1 x invalid_status: a status is a number from 100 to 999, not 20"), "{said}");
    assert!(said.contains("1 x not_json: "), "{said}");
}
