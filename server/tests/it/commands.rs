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

#[test]
fn the_settings_are_checked_and_printed_without_secrets() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("settings.toml");
    let config = ["--config", file.to_str().unwrap()];
    std::fs::write(&file, "metrics_token = \"a token that nobody guesses\"\nsupport = \"help@example.com\"\n").unwrap();
    let check = run(data.path(), &[&["config", "check"], &config[..]].concat());
    assert_eq!((check.status.code(), text(&check.stdout).as_str()), (Some(0), "the settings can be used\n"));
    let print = run(data.path(), &[&["config", "print"], &config[..]].concat());
    let printed = text(&print.stdout);
    assert_eq!(print.status.code(), Some(0));
    for line in ["listen = \"127.0.0.1:8080\"", "support = \"help@example.com\"", "metrics_token = \"(hidden)\""] {
        assert!(printed.lines().any(|printed| printed == line), "{line} in\n{printed}");
    }
    assert!(printed.contains(&format!("data_dir = \"{}\"", data.path().display())) && !printed.contains("guesses"));

    std::fs::write(&file, "listen = \"nowhere\"\nlog_format = \"xml\"\nmetrics_token = \"short\"\ncolour = 3\n")
        .unwrap();
    for command in ["check", "print"] {
        let output = run(data.path(), &[&["config", command], &config[..]].concat());
        assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(1), ""));
        let said = text(&output.stderr);
        for fault in ["listen in", "log_format in", "metrics_token in", "colour in"] {
            assert!(said.contains(&format!("\n  - {fault} the settings file ")), "{fault}: {said}");
        }
    }
    std::fs::remove_file(&file).unwrap();
    let output = run(data.path(), &[&["config", "check"], &config[..]].concat());
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("settings.toml cannot be read"), "{}", text(&output.stderr));
}

#[tokio::test]
async fn a_revoked_key_is_refused_by_a_server_that_runs() {
    let server = crate::support::TestServer::start();
    let (key, other) = (server.key("acme"), server.key("acme"));
    let batch = serde_json::json!([crate::support::a_call(1).json()]);
    assert_eq!(server.post(&key, &batch).await.json()["accepted"], 1);
    let revoked = run(server.data_dir(), &["key", "revoke", &key]);
    assert_eq!(text(&revoked.stdout), "revoked a key of the account acme\n", "{}", text(&revoked.stderr));
    assert_eq!(server.post(&key, &batch).await.code(), "invalid_key");
    assert_eq!(server.post(&other, &batch).await.json()["duplicates"], 1);
    let again = run(server.data_dir(), &["key", "revoke", &key]);
    assert!(!again.status.success());
    assert!(text(&again.stderr).contains("there is no such key, or not any more"), "{}", text(&again.stderr));
}

#[tokio::test]
async fn an_account_can_have_a_time_zone() {
    let server = crate::support::TestServer::start();
    let owner = server.owner().await;
    assert_eq!(owner.get("session").await.json().get("time_zone"), None);
    let set = |name: &str| run(server.data_dir(), &["account", "set", "--account", "acme", "--time-zone", name]);

    let changed = set("europe/berlin");
    assert!(text(&changed.stdout).contains("time-zone      Europe/Berlin\n"), "{}", text(&changed.stderr));
    assert_eq!(owner.get("session").await.json()["time_zone"], "Europe/Berlin");

    let refused = set("Europe/Atlantis");
    assert!(!refused.status.success());
    assert!(text(&refused.stderr).contains("there is no time zone of this name"), "{}", text(&refused.stderr));
    assert_eq!(owner.get("session").await.json()["time_zone"], "Europe/Berlin");

    assert!(text(&set("").stdout).contains("time-zone      none\n"));
    assert_eq!(owner.get("session").await.json().get("time_zone"), None);
    let nothing = run(server.data_dir(), &["account", "set", "--account", "acme"]);
    assert!(!nothing.status.success(), "nothing is set");
}
