//! That nothing somebody reads is said elsewhere in the page.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Names that the browser gives to keys and to its own parts: they look like words, and nobody is shown them.
const OF_THE_BROWSER: [&str; 7] = ["Intl", "Enter", "Escape", "Home", "End", "Tab", "Delete"];

/// What puts a text in front of a reader: there a single word in small letters is one to be read too.
const SHOWN_BY: [&str; 7] = [
    ".text(",
    ".say(",
    "sentence(",
    "\"aria-label\", ",
    "\"aria-roledescription\", ",
    "\"title\", ",
    "\"placeholder\", ",
];

#[test]
fn all_words_are_here() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let classes = files(&root.join("style"), "css").iter().flat_map(|sheet| classes(&read(sheet))).collect();
    let src = root.join("src");
    let others = files(&src, "rs").into_iter().filter(|file| {
        let place = file.strip_prefix(&src).unwrap();
        // What `answers` says of an answer that cannot be read is for whoever looks for the reason; nobody is shown it.
        !place.starts_with("words") && place != Path::new("api/answers.rs") && !place.ends_with("tests.rs")
    });
    let found: Vec<_> = others
        .flat_map(|file| {
            let said = said_in(&read(&file), &classes);
            said.into_iter().map(move |words| format!("{}: {words}", file.display()))
        })
        .collect();
    assert!(found.is_empty(), "these belong into src/words:\n{}", found.join("\n"));
}

#[test]
fn words_are_found_and_code_is_not() {
    let classes = ["btn", "btn--sm"].map(str::to_owned).into();
    for (source, found) in [
        (r#"button("btn btn--sm").text("Close")"#, &["Close"][..]),
        (r#"format!("{} got no response", name)"#, &["{} got no response"]),
        (r#"text("a \"quoted\" word")"#, &[r#"a \"quoted\" word"#]),
        ("say(\"longer than \\\n a line\")", &["longer than \\\n a line"]),
        (r#"element("i").text("empty")"#, &["empty"]),
        (r#".attr("title", "empty").attr("class", "empty")"#, &["empty"]),
        (r#"match key { "Enter" | "ArrowDown" => "viewBox", _ => "GET" }"#, &[]),
        (r#"format!("{}: {}px", "calc(1px * 2)", '"')"#, &[]),
        ("// says \"Close it\"\n#[expect(x, reason = \"Close it\")]", &[]),
        ("let a = 1;\n#[cfg(test)]\nmod tests { const A: &str = \"Close it\"; }", &[]),
    ] {
        assert_eq!(said_in(source, &classes), found, "{source}");
    }
}

/// The texts of a source that somebody would read. Tests stand at the end of a file.
fn said_in(source: &str, classes: &BTreeSet<String>) -> Vec<String> {
    let source = source.split("#[cfg(test)]").next().unwrap();
    let is_code = |line: &&str| !line.trim_start().starts_with("//") && !line.contains("reason = \"");
    let code: Vec<_> = source.lines().filter(is_code).collect();
    // Without the quotes that are characters or stand in a text.
    let code = code.join("\n").replace("'\"'", "").replace("\\\"", "\u{1}");
    let mut found = Vec::new();
    let mut parts = code.split('"');
    let mut before = parts.next().unwrap().to_owned();
    while let (Some(text), Some(behind)) = (parts.next(), parts.next()) {
        let is_shown = SHOWN_BY.iter().any(|shown| before.ends_with(shown));
        if is_read(text, is_shown, classes) {
            found.push(text.replace('\u{1}', "\\\""));
        }
        before = format!("\"{text}\"{behind}");
    }
    found
}

fn is_read(text: &str, is_shown: bool, classes: &BTreeSet<String>) -> bool {
    // What is between braces is a value.
    let said: String = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, said)| said)).collect();
    let words: Vec<_> =
        said.split(' ').map(|word| word.trim_matches([',', '.', ':', ';', '?', '(', ')', '\u{1}'])).collect();
    if words.iter().all(|word| classes.contains(*word) || OF_THE_BROWSER.contains(word)) {
        return false;
    }
    let is_small =
        |word: &str| word.len() > 1 && word.bytes().all(|letter| letter.is_ascii_lowercase() || letter == b'\'');
    let is_begun = |word: &str| {
        word.len() > 1
            && word.starts_with(|letter: char| letter.is_ascii_uppercase())
            && is_small(word.get(1..).unwrap())
    };
    let has_neighbours = words.windows(2).any(|pair| is_small(pair[0]) && is_small(pair[1]));
    has_neighbours || words.iter().any(|word| is_begun(word) || (is_shown && is_small(word)))
}

fn classes(sheet: &str) -> BTreeSet<String> {
    let is_of_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    let name = |rest: &str| rest.split(|letter| !is_of_name(letter)).next().unwrap().to_owned();
    sheet.split('.').skip(1).map(name).filter(|name| !name.is_empty()).collect()
}

fn files(folder: &Path, kind: &str) -> Vec<PathBuf> {
    let places = fs::read_dir(folder).unwrap().map(|place| place.unwrap().path());
    places
        .flat_map(|place| if place.is_dir() { files(&place, kind) } else { vec![place] })
        .filter(|file| file.extension().is_some_and(|end| end == kind))
        .collect()
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap()
}
