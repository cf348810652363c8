//! Bodies that are erased are gone from every answer and from every file, and who erased them stands in the audit.

use std::path::Path;
use std::process::{Command, Output};

use axum::http::{Method, StatusCode};
use model::CallId;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use server::accounts::Role;
use server::store::CallStore;
use server::store::sqlite::{Limits, check};

use crate::support::{Answer, TestServer, Visitor, a_call, plans_with};

/// What is planted where.
const WORDS: [&str; 11] = [
    "Kquery0wqz",
    "Krequest1wqz",
    "Kresponse2wqz",
    "Kbefore3wqz",
    "Kafter4wqz",
    "Kresult5wqz",
    "Ksource6wqz",
    "Kerror7wqz",
    "Kfailure8wqz",
    "Kreferer9wqz",
    "Klocation10wqz",
];
/// Planted in request bodies: a sequence of the text index that nothing else is like, and by whose end it is found there,
/// for the index leaves out what a sequence has in common with the one before it.
const RUNES: &str = "\u{16a0}\u{16d2}\u{16b7}";
/// The files of the day of the calls.
const FILES: [&str; 2] = ["2026-11-23.ok.db", "2026-11-23.err.db"];
const DAY: i64 = 86_400_000;

fn path(number: u128) -> String {
    format!("calls/{}", CallId::from_u128(number))
}

async fn erase(visitor: &Visitor<'_>, target: &str) -> Answer {
    visitor.request(Method::DELETE, &format!("{target}/bodies")).await
}

/// A success, a failing call, one without a response and two scripts of an end user; each with words of theirs.
fn calls_of(user: &str, first: u128) -> Vec<Value> {
    let of_user = |call: crate::support::ACall| call.with("/user/id", json!(user));
    let asked = |number| {
        of_user(a_call(number))
            .with("/request/url", json!(format!("https://shop.example/orders/7?who={}", WORDS[0])))
            .with("/request/method", json!("POST"))
            .with(
                "/request/headers",
                json!([["Referer", format!("https://shop.example/?who={}", WORDS[9])], ["accept", "*/*"]]),
            )
            .with("/request/body", json!(format!("{{\"said\":\"{} {RUNES}\"}}", WORDS[1])))
    };
    let script = |number, error| {
        of_user(a_call(number).of_a_script(error))
            .with("/script/before", json!({"said": WORDS[3]}))
            .with("/script/after", json!({"said": WORDS[4]}))
            .with("/script/result", json!(WORDS[5]))
            .with("/script/source", json!(format!("say('{}')", WORDS[6])))
    };
    vec![
        asked(first)
            .with(
                "/response/headers",
                json!([["Location", format!("/orders?who={}", WORDS[10])], ["content-type", "application/json"]]),
            )
            .with_body(&format!("{{\"said\":\"{}\"}}", WORDS[2]))
            .json(),
        asked(first + 1).answered(500).with_body(WORDS[2]).json(),
        asked(first + 2).without_response("dns").with("/failure/message", json!(format!("no {}", WORDS[8]))).json(),
        script(first + 3, None).json(),
        script(first + 4, Some(WORDS[7])).json(),
    ]
}

/// Everything in a folder that holds a needle: files as they are, bodies and dictionaries as they are read, and the text
/// index by its sequences.
fn traces(folder: &Path, needle: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            found.extend(traces(&path, needle));
            continue;
        }
        let holds = |bytes: &[u8]| {
            let lower = needle.to_lowercase();
            [needle.as_bytes(), lower.as_bytes()].iter().any(|word| memchr::memmem::find(bytes, word).is_some())
        };
        if holds(&std::fs::read(&path).unwrap()) {
            found.push(format!("{name}: as it is"));
        }
        if path.extension().is_some_and(|extension| extension == "db") {
            let connection = open(&path);
            found.extend(traces_in(&connection, &holds).into_iter().map(|trace| format!("{name}: {trace}")));
        }
    }
    found
}

fn traces_in(connection: &Connection, holds: &impl Fn(&[u8]) -> bool) -> Vec<&'static str> {
    let blobs = |sql: &str| -> Vec<Vec<u8>> {
        let Ok(mut statement) = connection.prepare(sql) else { return Vec::new() };
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let dictionaries = blobs("SELECT bytes FROM dictionary");
    let mut found = Vec::new();
    if dictionaries.iter().any(|dictionary| holds(dictionary)) {
        found.push("a dictionary");
    }
    let by_number: std::collections::HashMap<_, _> =
        dictionaries.iter().map(|bytes| (zstd::zstd_safe::get_dict_id_from_dict(bytes), bytes)).collect();
    for table in ["call", "kept"] {
        for body in blobs(&format!("SELECT body FROM {table}")) {
            let dictionary = zstd::zstd_safe::get_dict_id_from_frame(&body).map_or(&[][..], |id| by_number[&Some(id)]);
            let mut unpacker = zstd::bulk::Decompressor::with_dictionary(dictionary).unwrap();
            if holds(&unpacker.decompress(&body, 1 << 24).unwrap()) {
                found.push("a body");
            }
        }
    }
    found
}

/// Whether the segments of the text index of a file hold the runes, be it of a row that is removed.
fn index_holds_runes(folder: &Path, file: &str) -> bool {
    let connection = open(&folder.join("calls").join(file));
    let mut statement = connection.prepare("SELECT block FROM text_data").unwrap();
    let mut blocks = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
    blocks.any(|block| memchr::memmem::find(&block.unwrap(), &RUNES.as_bytes()[6..]).is_some())
}

/// The bodies of an end user's calls as they lie in the files.
fn bodies_of(folder: &Path, ids: impl Iterator<Item = u128>) -> Vec<Vec<u8>> {
    let ids: Vec<_> = ids.map(|number| CallId::from_u128(number).to_bytes()).collect();
    let files = FILES.map(|file| open(&folder.join("calls").join(file)));
    let of_file = |file: &Connection| -> Vec<Vec<u8>> {
        let mut statement = file.prepare("SELECT body FROM call WHERE id = ?1").unwrap();
        ids.iter().filter_map(|id| statement.query_row([id], |row| row.get(0)).ok()).collect()
    };
    files.iter().flat_map(of_file).collect()
}

/// The files in which some bytes stand.
fn files_with(folder: &Path, bytes: &[u8]) -> Vec<String> {
    let files = std::fs::read_dir(folder.join("calls")).unwrap().map(|file| file.unwrap().path());
    let holds = |file: &std::path::PathBuf| memchr::memmem::find(&std::fs::read(file).unwrap(), bytes).is_some();
    files.filter(holds).map(|file| file.display().to_string()).collect()
}

fn open(file: &Path) -> Connection {
    Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

fn run(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_api-logs")).args(arguments).arg("--data").arg(data).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn one_calls_bodies_are_gone_and_the_call_says_so() {
    let server = TestServer::start();
    server.take(&[calls_of("u1", 1), vec![a_call(9).with_body("stays").json()]].concat()).await;
    let owner = server.owner().await;
    let before = owner.get(&path(1)).await.json();
    assert_eq!(before.get("erased"), None);
    for number in 1..=5 {
        let answer = erase(&owner, &path(number)).await;
        assert_eq!((answer.status, answer.json()), (StatusCode::OK, json!({"calls": 1, "complete": true})));
        // A second time there is nothing to do, and it does no harm.
        assert_eq!(erase(&owner, &path(number)).await.json(), json!({"calls": 0, "complete": true}));
    }
    let parts = |call: &Value| -> Vec<String> {
        let erased = call["erased"].as_array().unwrap();
        assert!(erased.iter().all(|erasure| erasure["at"] == crate::support::NOW.replace('Z', ".000Z")), "{call}");
        erased.iter().map(|erasure| erasure["part"].as_str().unwrap().to_owned()).collect()
    };
    let after = owner.get(&path(1)).await.json();
    assert_eq!(parts(&after), ["request.url", "request.headers", "request.body", "response.headers", "response.body"]);
    assert_eq!(after["request"]["url"], "https://shop.example/orders/7");
    assert_eq!((after["request"].get("body"), after["response"].get("body")), (Some(&Value::Null), None));
    assert!(after["request"]["curl"].as_str().unwrap().ends_with("--data-binary @body.bin"), "{after}");
    for kept in ["id", "timestamp", "outcome", "duration_ms", "bot", "source", "user", "application", "expires_at"] {
        assert_eq!(after[kept], before[kept], "{kept}");
    }
    // What says how the call was made stays.
    assert_eq!(after["request"]["headers"][0], json!(["Referer", "(erased)"]));
    assert_eq!(after["response"]["headers"][0], json!(["Location", "(erased)"]));
    assert_eq!(
        after["response"]["headers"].as_array().unwrap()[1..],
        before["response"]["headers"].as_array().unwrap()[1..]
    );
    let failed = owner.get(&path(3)).await.json();
    assert_eq!(parts(&failed), ["request.url", "request.headers", "request.body", "failure.message"]);
    assert_eq!(failed["failure"], json!({"kind": "dns", "message": "(erased)"}));
    let stopped = owner.get(&path(5)).await.json();
    let of_script = ["script.source", "script.before", "script.after", "script.result"];
    assert_eq!(parts(&stopped), [&of_script[..], &["script.error"]].concat());
    assert_eq!(stopped["script"]["error"], json!({"message": "(erased)", "line": 3, "column": 7}));
    assert_eq!(stopped["outcome"], "error");
    let rows = String::from_utf8(owner.get("calls?no_response=true").await.bytes).unwrap();
    let exports = ["csv", "ndjson", "har"].map(|format| format!("calls/export?no_response=true&format={format}"));
    let mut files = rows;
    for export in exports {
        files += &String::from_utf8(owner.get(&export).await.bytes).unwrap();
    }
    for word in WORDS {
        assert!(!files.contains(word), "{word}");
        assert_eq!(owner.ids(&format!("calls?no_response=true&q={word}")).await, [] as [u128; 0], "{word}");
    }
    assert!(files.contains("\"erased\":[{\"part\":\"request.url\"") && files.contains("\"_erased\":["), "{files}");
    assert_eq!(owner.ids("calls?q=stays").await, [9]);
    assert_eq!(owner.ids("calls?no_response=true").await, [1, 2, 3, 4, 5, 9]);
    // The same call again is a duplicate, and brings nothing back.
    let again = server.post(&server.key("acme"), &json!(calls_of("u1", 1))).await.json();
    assert_eq!((&again["accepted"], &again["duplicates"]), (&json!(0), &json!(5)));
    assert_eq!(owner.get(&path(1)).await.json(), after);
    assert_eq!(check(server.data_dir()).unwrap().faults, [] as [String; 0]);
}

#[tokio::test]
async fn nothing_of_an_end_user_is_left_in_any_file() {
    let server = TestServer::start();
    let others: Vec<Value> = (100..160).map(|number| a_call(number).with_body("zzz stays here").json()).collect();
    // In several commits, so that the text index has several segments; and words of others between theirs.
    server.take(&others[..30]).await;
    server.take(&calls_of("u1", 1)).await;
    server.take(&calls_of("u2", 21)).await;
    server.take(&others[30..]).await;
    let owner = server.owner().await;
    assert_eq!(erase(&owner, "end-users/u2").await.json(), json!({"calls": 5, "complete": true}));
    for word in WORDS {
        assert_ne!(traces(server.data_dir(), word), [] as [String; 0], "{word} is of u1, too");
    }
    let bodies = bodies_of(server.data_dir(), 1..=5);
    assert_eq!(bodies.len(), 5);
    for file in FILES {
        assert!(index_holds_runes(server.data_dir(), file), "{file}");
    }
    for body in &bodies {
        assert_ne!(files_with(server.data_dir(), body), [] as [String; 0]);
    }
    assert_eq!(erase(&owner, "end-users/u1").await.json(), json!({"calls": 5, "complete": true}));
    for word in WORDS {
        assert_eq!(traces(server.data_dir(), word), [] as [String; 0], "{word}");
    }
    for file in FILES {
        assert!(!index_holds_runes(server.data_dir(), file), "{file}");
    }
    for body in &bodies {
        assert_eq!(files_with(server.data_dir(), body), [] as [String; 0]);
    }
    assert_eq!(erase(&owner, "end-users/u1").await.json(), json!({"calls": 0, "complete": true}));
    assert_eq!(erase(&owner, "end-users/nobody").await.json(), json!({"calls": 0, "complete": true}));
    assert_eq!(owner.get("calls?q=%22zzz+stays+here%22").await.json()["total"]["count"], 60);
    assert_eq!(owner.get(&path(1)).await.json()["user"]["id"], "u1", "who it was stays");
    server.take(&[a_call(200).with("/user/id", json!("u1")).with_body("afterwards").json()]).await;
    assert_eq!(owner.ids("calls?q=afterwards").await, [200]);
    server.store.close().await;
    let report = check(server.data_dir()).unwrap();
    assert_eq!((report.faults, report.calls), (vec![], 71));
}

#[tokio::test]
async fn what_was_learnt_from_erased_bodies_goes_from_every_file_that_uses_it() {
    let server = TestServer::start();
    let phrase = |number: u128| format!("{{\"told\":\"Wobbly{} violet walrus waltzes\"}}", number % 7);
    let call = |number: u128, day: u128, user: &str, body: &str| {
        a_call(number).at(&format!("2026-11-{day}T10:00:00Z")).with("/user/id", json!(user)).with_body(body).json()
    };
    let stays = |number: u128| format!("{{\"order\":{number},\"state\":\"shipped to the usual address\"}}");
    // A day that learns from its calls, and two after it that begin with what it has learnt.
    for part in 0..5 {
        let numbers = part * 500..part * 500 + 500;
        let calls: Vec<Value> = numbers
            .map(|number| match number % 2 {
                0 => call(10_000 + number, 20, "u1", &phrase(number)),
                _ => call(10_000 + number, 20, "u2", &stays(number)),
            })
            .collect();
        server.take(&calls).await;
    }
    let learnt = || traces(server.data_dir(), "violet walrus").contains(&"2026-11-20.ok.db: a dictionary".to_owned());
    while !learnt() {
        // The learner works beside the writer; each question is one more turn for it.
        server.store.forget_expired().await.unwrap();
    }
    server.take(&[call(20_001, 21, "u2", &stays(1)), call(20_002, 22, "u1", &phrase(1))]).await;
    let before = traces(server.data_dir(), "violet walrus");
    assert!(before.contains(&"2026-11-21.ok.db: a dictionary".to_owned()), "{before:?}");

    let owner = server.owner().await;
    // Calls that come in meanwhile were compressed with what goes: they are kept, and nothing of it with them.
    let meanwhile = async {
        for number in 40_000..40_050 {
            let day = 20 + number % 3;
            server.take(&[call(number, day, "u2", &stays(number))]).await;
        }
    };
    let (answer, ()) = tokio::join!(erase(&owner, "end-users/u1"), meanwhile);
    assert_eq!(answer.json(), json!({"calls": 1_251, "complete": true}));
    assert_eq!(traces(server.data_dir(), "violet walrus"), [] as [String; 0]);
    assert_eq!(traces(server.data_dir(), "waltzes"), [] as [String; 0]);
    // The others' calls are whole, the file has learnt anew, and what comes now is compressed with that.
    server.take(&[call(30_001, 20, "u2", &stays(3)), call(30_002, 21, "u2", &stays(4))]).await;
    assert_eq!(owner.get("calls?q=%22usual+address%22").await.json()["total"]["count"], 1_303);
    let learnt_anew = traces(server.data_dir(), "usual address");
    assert!(learnt_anew.contains(&"2026-11-20.ok.db: a dictionary".to_owned()), "{learnt_anew:?}");
    server.store.close().await;
    let report = check(server.data_dir()).unwrap();
    assert_eq!((report.faults, report.calls), (vec![], 2_554));
}

#[tokio::test]
async fn the_success_that_a_node_is_compared_with_is_erased_too() {
    let server = TestServer::start_with(Limits::default(), |settings| settings.plans = plans_with(7, 30));
    server.take(&[calls_of("u1", 1)[0].clone()]).await;
    server.clock.advance_millis(9 * DAY);
    server.store.forget_expired().await.unwrap();
    let failing = a_call(2).at("2026-12-02T11:00:00Z").answered(500).with_body("fails").json();
    server.take(&[failing]).await;
    let owner = server.owner().await;
    let compared = owner.get(&format!("{}/last-success", path(2))).await.json();
    assert!(compared["response"]["body"].as_str().unwrap().contains(WORDS[2]), "{compared}");
    assert_eq!(erase(&owner, &path(1)).await.json(), json!({"calls": 1, "complete": true}));
    let compared = owner.get(&format!("{}/last-success", path(2))).await.json();
    assert_eq!((&compared["id"], compared["erased"].as_array().unwrap().len()), (&json!(CallId::from_u128(1)), 5));
    for word in WORDS[..3].iter().chain(&WORDS[9..]) {
        assert_eq!(traces(server.data_dir(), word), [] as [String; 0], "{word}");
    }
    assert_eq!(check(server.data_dir()).unwrap().faults, [] as [String; 0]);
}

#[tokio::test]
async fn an_erasure_that_was_broken_off_goes_on_after_the_next_start() {
    let server = TestServer::start();
    server.take(&calls_of("u1", 1)).await;
    // Somebody who reads keeps the old pages in the write-ahead log.
    let file = server.data_dir().join("calls/2026-11-23.ok.db");
    let reader = open(&file);
    reader.execute_batch("BEGIN; SELECT count(*) FROM call").unwrap();
    let bodies = bodies_of(server.data_dir(), 1..=5);
    let owner = server.owner().await;
    assert_eq!(erase(&owner, "end-users/u1").await.json(), json!({"calls": 5, "complete": false}));
    assert_eq!(owner.ids(&format!("calls?q={}", WORDS[2])).await, [] as [u128; 0], "no answer shows it");
    let are_left = |data: &Path| bodies.iter().any(|body| !files_with(data, body).is_empty());
    assert!(are_left(server.data_dir()));
    drop(reader);
    let server = server.restart().await;
    server.store.finish_erasures().await.unwrap();
    assert!(!are_left(server.data_dir()));
    for word in WORDS {
        assert_eq!(traces(server.data_dir(), word), [] as [String; 0], "{word}");
    }
}

#[tokio::test]
async fn who_watches_live_is_told_nothing_of_it() {
    let server = TestServer::start();
    let owner = server.owner().await;
    server.take(&[a_call(9).json()]).await;
    let place = owner.get("calls").await.json()["after"].as_str().unwrap().to_owned();
    server.take(&[calls_of("u1", 1)[0].clone()]).await;
    erase(&owner, &path(1)).await;
    let mut body = owner.open(&format!("calls/tail?after={place}")).await.into_body();
    let mut told = String::new();
    while !told.contains("event: call") && !told.contains("event:call") {
        let frame = http_body_util::BodyExt::frame(&mut body).await.unwrap().unwrap();
        told += std::str::from_utf8(&frame.into_data().unwrap()).unwrap();
    }
    assert!(told.contains("https://shop.example/orders/7\"") && !told.contains(WORDS[0]), "{told}");
}

#[tokio::test]
async fn only_the_owner_erases_and_reads_who_did() {
    let server = TestServer::start();
    server.take(&calls_of("u1", 1)).await;
    for (plan, role, code) in [
        ("business", Role::Supervisor, "role_not_allowed"),
        ("business", Role::BotBuilder, "role_not_allowed"),
        ("business", Role::Executive, "role_not_allowed"),
        ("starter", Role::Owner, "plan_not_included"),
    ] {
        let account = if plan == "business" { "acme" } else { "small" };
        let person = server.person(account, plan, role, &["b1"]).await;
        for target in [path(1), "end-users/u1".to_owned()] {
            let answer = erase(&person, &target).await;
            assert_eq!((answer.status, answer.code().as_str()), (StatusCode::FORBIDDEN, code), "{role:?}");
        }
        assert_eq!(person.get("audit").await.code(), code);
        assert_eq!(person.get("session").await.json()["capabilities"]["erase"], false);
    }
    let stranger = server.person("stranger", "business", Role::Owner, &[]).await;
    assert_eq!(erase(&stranger, &path(1)).await.code(), "call_not_found");
    assert_eq!(erase(&stranger, "end-users/u1").await.json()["calls"], 0);
    let nobody = server.visitor("api_logs=00ff");
    assert_eq!(erase(&nobody, &path(1)).await.code(), "not_signed_in");

    let owner = server.owner().await;
    assert_eq!(owner.get("session").await.json()["capabilities"]["erase"], true);
    assert_eq!(owner.get("audit").await.json(), json!({"items": [], "before": null}));
    assert!(owner.get(&path(1)).await.json()["response"]["body"].as_str().unwrap().contains(WORDS[2]));
    assert_eq!(erase(&owner, "calls/none").await.code(), "call_not_found");
    assert_eq!(erase(&owner, "end-users/u%2F9%20x").await.json()["calls"], 0);
    server.clock.advance_millis(1_000);
    erase(&owner, &path(1)).await;
    let newest = owner.get("audit?limit=1").await.json();
    let name = owner.get("session").await.json()["user"].clone();
    let entry = json!({
        "id": newest["items"][0]["id"],
        "at": "2026-11-23T12:00:01.000Z",
        "actor": {"kind": "member", "name": name},
        "action": {"kind": "erase_call", "call": CallId::from_u128(1)},
        "calls": 1,
    });
    assert_eq!(newest["items"], json!([entry]));
    let rest = owner.get(&format!("audit?limit=1&before={}", newest["before"])).await.json();
    assert_eq!(rest["items"][0]["action"], json!({"kind": "erase_end_user", "end_user": "u/9 x"}));
    assert_eq!((rest["items"].as_array().unwrap().len(), &rest["before"]), (1, &Value::Null));
    for wrong in ["audit?before=x", "audit?limit=0", "audit?status=error", "audit?after=1"] {
        assert_eq!(owner.get(wrong).await.code(), "invalid_query", "{wrong}");
    }
}

#[tokio::test]
async fn the_command_erases_in_a_store_that_no_server_runs_on() {
    let server = TestServer::start();
    server.take(&calls_of("u1", 1)).await;
    server.store.close().await;
    let data = server.data_dir();
    let id = CallId::from_u128(1).to_string();
    for (arguments, message) in [
        (&["erase", "--account", "acme"][..], "required arguments were not provided"),
        (&["erase", "--account", "acme", "--call", "7"], "not a UUID: 7"),
        (&["erase", "--account", "acme", "--end-user", ""], "a value is required"),
        (&["erase", "--account", "other", "--call", &id], "there is no account other"),
        (&["audit", "--account", "other"], "there is no account other"),
    ] {
        let output = run(data, arguments);
        assert!(!output.status.success(), "{arguments:?}");
        assert!(text(&output.stderr).contains(message), "{arguments:?}: {}", text(&output.stderr));
    }
    let one = run(data, &["erase", "--account", "acme", "--call", &id]);
    assert_eq!(text(&one.stdout), "erased the bodies of 1 calls\n", "{}", text(&one.stderr));
    let all = run(data, &["erase", "--account", "acme", "--end-user", "u1"]);
    assert_eq!(text(&all.stdout), "erased the bodies of 4 calls\n", "{}", text(&all.stderr));
    for word in WORDS {
        assert_eq!(traces(data, word), [] as [String; 0], "{word}");
    }
    let audit = text(&run(data, &["audit", "--account", "acme"]).stdout);
    let lines: Vec<&str> = audit.lines().collect();
    assert_eq!(lines.len(), 2, "{audit}");
    assert!(lines[0].ends_with("Z  command line  erased the bodies of end user u1  4 calls"), "{audit}");
    assert!(lines[1].ends_with(&format!("Z  command line  erased the bodies of call {id}  1 call")), "{audit}");
    assert_eq!(check(data).unwrap().faults, [] as [String; 0]);

    let lock = std::fs::File::open(data.join("server.lock")).unwrap();
    lock.lock().unwrap();
    for command in [&["erase", "--account", "acme", "--end-user", "u1"][..], &["serve", "--listen", "127.0.0.1:0"]] {
        let beside = run(data, command);
        assert!(!beside.status.success());
        assert!(text(&beside.stderr).contains("a server is running on "), "{}", text(&beside.stderr));
    }
}

#[tokio::test]
async fn who_names_no_end_user_erases_nothing() {
    let server = TestServer::start();
    let nobody = [a_call(1), a_call(2)].map(|call| call.with("/user", json!({"id": "", "name": "Anonymous"})).json());
    assert_eq!(server.post(&server.key("acme"), &Value::from(nobody.to_vec())).await.json()["accepted"], 2);
    let owner = server.owner().await;
    for unnamed in ["", "%20", "%00", "%ff", &"x".repeat(2_000)] {
        let answer = erase(&owner, &format!("end-users/{unnamed}")).await;
        assert_eq!(
            (answer.status, answer.json()["code"].clone()),
            (StatusCode::BAD_REQUEST, json!("end_user_not_named"))
        );
    }
    assert_eq!(owner.get(&path(1)).await.json().get("erased"), None);
    assert_eq!(owner.get("audit").await.json()["items"], json!([]));
}

#[tokio::test]
async fn people_whose_numbers_are_hidden_are_told_apart_and_erased_by_them() {
    let server = TestServer::start();
    let of =
        |number: u128, user: &str| a_call(number).with("/user/id", json!(user)).with_body(&format!("said{number}"));
    server.take(&[of(1, "+1 555 010-0199").json()]).await;
    server.control().hide_contacts("acme", true).unwrap();
    server
        .take(&[
            of(2, "+15550100199").json(),
            of(3, "15550100199").json(),
            of(4, "whatsapp:+15550100200").json(),
            of(5, "+15550100200").json(),
            of(6, "Asha@Example.com").json(),
            of(7, "asha@example.com").json(),
            of(8, "u-17").json(),
            of(11, "wa:4915198765130")
                .with("/user/name", json!("4915198765130"))
                .with_body("{\"to\":\"4915198765130\",\"text\":\"+4915198765130 ordered\"}")
                .json(),
        ])
        .await;
    let owner = server.owner().await;
    let mut ids = Vec::new();
    for number in 1..=8 {
        ids.push(owner.get(&path(number)).await.json()["user"]["id"].as_str().unwrap().to_owned());
    }
    assert_eq!((ids[0].as_str(), ids[7].as_str()), ("+1 555 010-0199", "u-17"));
    assert!(ids[1].starts_with("[redacted:phone id ") && ids[5].starts_with("[redacted:email id "), "{ids:?}");
    assert_eq!((&ids[1], &ids[5], &ids[3]), (&ids[2], &ids[6], &format!("whatsapp:{}", ids[4])));
    assert_ne!(ids[1], ids[4]);
    let told = owner.get(&path(11)).await.json().to_string();
    assert!(told.contains("\"id\":\"wa:[redacted:phone id ") && !told.contains("4915198765130"), "{told}");
    assert_eq!(owner.ids(&format!("calls?user={}", ids[1].replace(' ', "%20"))).await, [2, 3]);
    for hidden in ["15550100199", "15550100200", "asha@example"] {
        let of_later = owner.get(&format!("calls?q={hidden}")).await.json();
        assert!(of_later["items"].as_array().unwrap().iter().all(|item| item["id"] == json!(CallId::from_u128(1))));
    }
    // By the number, whoever was known by it before and after; by what stands in its place, after.
    let erased = erase(&owner, "end-users/%2B1%20555%20010-0199").await.json();
    assert_eq!(erased, json!({"calls": 3, "complete": true}));
    assert_eq!(owner.ids("calls?q=said1").await, [] as [u128; 0]);
    assert_eq!(owner.ids("calls?q=said4").await, [4]);
    let name = ids[4].replace(' ', "%20");
    assert_eq!(erase(&owner, &format!("end-users/{name}")).await.json(), json!({"calls": 1, "complete": true}));
    let audit = owner.get("audit").await.json();
    assert_eq!(audit["items"][1]["action"], json!({"kind": "erase_end_user", "end_user": ids[1]}));
    // Who has them hidden again later has the same names.
    server.control().hide_contacts("acme", false).unwrap();
    server.control().hide_contacts("acme", true).unwrap();
    server.take(&[of(9, "+15550100199").json()]).await;
    assert_eq!(owner.get(&path(9)).await.json()["user"]["id"], ids[1]);
    // And another account has others.
    server.control().ensure_account("other", "business").unwrap();
    server.control().hide_contacts("other", true).unwrap();
    server.post(&server.key("other"), &json!([of(10, "+15550100199").json()])).await;
    let other = server.person("other", "business", Role::Owner, &[]).await;
    assert_ne!(other.get(&path(10)).await.json()["user"]["id"], ids[1]);
}
