//! A planted secret is in no file under the data directory and in no answer.

use std::path::Path;

use base64::Engine;
use serde_json::json;

use crate::support::{TestServer, a_call};

const SECRET: &str = "pl4ntedS3cretV4lue";

fn files_with(folder: &Path, needle: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_with(&path, needle));
        } else if memchr::memmem::find(&std::fs::read(&path).unwrap(), needle).is_some() {
            found.push(path.display().to_string());
        }
    }
    found
}

#[tokio::test]
async fn a_planted_secret_is_nowhere() {
    let server = TestServer::start();
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("user:{SECRET}"));
    let call = a_call(1)
        .with("/request/url", json!(format!("https://user:{SECRET}@shop.example/?access_token={SECRET}&q=1#id_token={SECRET}")))
        .with("/request/method", json!("POST"))
        .with(
            "/request/headers",
            json!([
                ["Authorization", format!("Bearer {SECRET}")],
                ["Proxy-Authorization", format!("Basic {basic}")],
                ["Cookie", format!("session={SECRET}; theme=dark")],
                ["X-Api-Key", SECRET],
                ["Referer", format!("https://shop.example/?api_key={SECRET}")],
                ["Content-Type", "application/x-www-form-urlencoded"]
            ]),
        )
        .with("/request/body", json!(format!("grant_type=refresh_token&refresh_token={SECRET}&client_secret={SECRET}")))
        .with("/response/headers", json!([["Set-Cookie", format!("sid={SECRET}; Path=/")]]))
        .with_body(&json!({"access_token": SECRET, "nested": [{"password": SECRET, "visible": "plainword"}], "as_text": format!("{{\"secret\":\"{SECRET}\"}}")}).to_string());
    let script = a_call(2)
        .of_a_script(None)
        .with("/script/before", json!({"api_key": SECRET}))
        .with("/script/after", json!({"auth": {"token": SECRET}}));
    server.take(&[call.json(), script.json()]).await;
    let owner = server.owner().await;
    for number in [1, 2] {
        let detail = owner.get(&format!("calls/{}", model::CallId::from_u128(number))).await;
        let text = String::from_utf8(detail.bytes).unwrap();
        assert!(!text.contains(SECRET) && !text.contains(&basic), "{text}");
    }
    for path in ["calls", "calls/facets", "calls?q=plainword"] {
        let text = String::from_utf8(owner.get(path).await.bytes).unwrap();
        assert!(!text.contains(SECRET), "{text}");
    }
    assert_eq!(owner.ids(&format!("calls?q={SECRET}")).await, [] as [u128; 0]);
    assert_eq!(owner.ids("calls?q=plainword").await, [1]);
    server.store.close().await;
    for needle in [SECRET, basic.as_str(), &SECRET.to_lowercase()] {
        assert_eq!(files_with(server.data_dir(), needle.as_bytes()), [] as [String; 0]);
    }
}

#[tokio::test]
async fn the_detail_counts_what_was_hidden_and_cut() {
    let server =
        TestServer::start_with(server::store::sqlite::Limits::default(), |settings| settings.body_limit_bytes = 1_024);
    let call = a_call(1)
        .with("/request/headers", json!([["Authorization", "Bearer abcdefghijklmnopx7Q2"]]))
        .with_body(&format!("{{\"token\":\"t\",\"text\":\"{}\"}}", "é".repeat(4_000)));
    server.take(&[call.json()]).await;
    let detail = server.owner().await.get(&format!("calls/{}", model::CallId::from_u128(1))).await.json();
    assert_eq!(detail["redactions"], json!([{"kind": "authorization", "count": 1}, {"kind": "token", "count": 1}]));
    assert_eq!(detail["request"]["headers"][0][1], "Bearer [redacted:authorization, ends x7Q2]");
    assert_eq!(detail["truncated"], json!([{"part": "response.body", "original_bytes": 8_023}]));
    assert!(detail["response"]["body"].as_str().unwrap().len() <= 1_024);
}
