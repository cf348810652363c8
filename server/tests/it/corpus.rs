//! Real recorded calls, where they are at hand.

use std::path::PathBuf;
use std::process::Command;

use serde_json::json;

/// The folder of recorded calls beside the project; `None`, said aloud, where there is none.
fn corpus() -> Option<PathBuf> {
    let folder = PathBuf::from(
        std::env::var("CORPUS_DIR").unwrap_or_else(|_| format!("{}/../../shared/corpus", env!("CARGO_MANIFEST_DIR"))),
    );
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: there is no folder of recorded calls at {}", folder.display());
    None
}

#[test]
fn recorded_calls_import_once_and_are_found() {
    let Some(corpus) = corpus() else { return };
    let data = tempfile::tempdir().unwrap();
    let import = |file: &str, application: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_api-logs"))
            .args(["import", "--account", "acme", "--application", application, "--spread", "6d", "--data"])
            .arg(data.path())
            .arg(corpus.join(file))
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    for (file, application, count) in [
        ("zendesk.har.gz", "zendesk", 852),
        ("google_sheets.har.gz", "google_sheets", 1_537),
        ("salesforce.har.gz", "salesforce", 1_754),
        ("slack.har.gz", "slack", 41),
    ] {
        assert!(import(file, application).contains(&format!("{count} accepted, 0 duplicates, 0 rejected")));
        assert!(import(file, application).contains(&format!("0 accepted, {count} duplicates, 0 rejected")));
    }
    let report = server::store::sqlite::check(data.path()).unwrap();
    assert_eq!((report.calls, report.faults.as_slice()), (4_184, [].as_slice()));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let server = crate::support::TestServer::over(data);
        let owner = server.owner().await;
        let count = async |filter: &str| owner.get(&format!("calls?{filter}")).await.json()["total"].clone();
        assert_eq!(count("code=404&application=zendesk").await, json!({"count": 25, "exact": true}));
        // A word that no list shows: it stands in response bodies only.
        let page = owner.get("calls?application=google_sheets&q=frozenRowCount").await.json();
        assert!(page["total"]["count"].as_u64().unwrap() > 0 && !page.to_string().contains("frozenRowCount"));
        let largest = owner.get("calls?application=salesforce&q=query").await.json();
        assert!(largest["total"]["count"].as_u64().unwrap() > 100);
    });
}
