//! What is offered while a search is typed.

use serde_json::{Value, json};
use server::accounts::Role;

use crate::query::{a_mix, encode};
use crate::support::{TestServer, Visitor, a_call};

/// What is offered where the bar stands, each with its count, and what the text becomes with the first of it.
async fn offered(person: &Visitor<'_>, marked: &str, filter: &str) -> (Vec<(String, Option<u64>)>, String) {
    let answer = ask(person, marked, filter).await;
    let items = answer["items"].as_array().unwrap();
    let listed = |item: &Value| (item["label"].as_str().unwrap().to_owned(), item["count"].as_u64());
    let mut text = marked.replacen('|', "", 1);
    let place = |name: &str| usize::try_from(answer[name].as_u64().unwrap()).unwrap();
    if let Some(first) = items.first() {
        text.replace_range(place("start")..place("end"), first["text"].as_str().unwrap());
    }
    (items.iter().map(listed).collect(), text)
}

async fn ask(person: &Visitor<'_>, marked: &str, filter: &str) -> Value {
    let caret = marked.find('|').unwrap();
    let text = encode(&marked.replacen('|', "", 1));
    person.get(&format!("calls/suggestions?text={text}&caret={caret}&{filter}")).await.json()
}

fn counted(values: &[(&str, u64)]) -> Vec<(String, Option<u64>)> {
    values.iter().map(|(value, count)| ((*value).to_owned(), Some(*count))).collect()
}

#[tokio::test]
async fn fields_are_completed_by_their_beginnings_with_a_word_on_each() {
    let server = TestServer::start();
    let owner = server.owner().await;
    let (items, text) = offered(&owner, "refund so|", "").await;
    assert_eq!((items, text.as_str()), (vec![("source:".to_owned(), None)], "refund source:"));
    let (items, text) = offered(&owner, "appl|", "").await;
    assert_eq!((items, text.as_str()), (vec![("app:".to_owned(), None)], "app:"));
    let everything = ask(&owner, "|", "").await;
    assert_eq!(everything["items"].as_array().unwrap().len(), 16);
    assert_eq!(everything["items"][0]["about"], "how it ended: success, error or no_response");
    for nothing in ["\"quo|ted\"", "zzz|", "42|", "https://a|"] {
        assert_eq!(ask(&owner, nothing, "").await["items"], json!([]), "{nothing}");
    }
}

#[tokio::test]
async fn values_are_those_that_calls_have_with_what_a_search_for_each_finds() {
    let server = TestServer::start();
    server.take(&a_mix()).await;
    let owner = server.owner().await;
    for (marked, found, text) in [
        ("bot:|", &[("Order status", 6), ("Bot b2", 2)][..], "bot:\"Order status\" "),
        ("bot:ORD|", &[("Order status", 6)], "bot:\"Order status\" "),
        ("-bot:\"b2|", &[("Bot b2", 2)], "-bot:\"Bot b2\" "),
        ("bot:b|", &[("Order status", 6), ("Bot b2", 2)], "bot:\"Order status\" "),
        ("app:my|", &[("my_own_crm", 1)], "app:my_own_crm "),
        ("app:goo|", &[("google_calendar", 0), ("google_sheets", 0)], "app:google_calendar "),
        ("source:|", &[("bot_flow", 7), ("inbox", 1), ("api_trigger", 0), ("platform", 0)], "source:bot_flow "),
        ("method:p|", &[("POST", 1), ("PUT", 0), ("PATCH", 0)], "method:POST "),
        ("code:|", &[("200", 3), ("2xx", 3), ("404", 2), ("4xx", 2), ("503", 1), ("5xx", 1)], "code:200 "),
        ("code:4|", &[("404", 2), ("4xx", 2)], "code:404 "),
        ("code:(404 OR 5|", &[("503", 1), ("5xx", 1)], "code:(404 OR 503"),
        ("status:|", &[("error", 4), ("success", 4), ("no_response", 1)], "status:error "),
        ("is:sc|", &[("script", 2)], "is:script "),
        ("path:|", &[("Order status", 7)], "path:\"Order status\" "),
        ("node:look|", &[("Look up order", 7)], "node:\"Look up order\" "),
        ("user:|", &[("Asha", 7), ("+15550100", 1)], "user:Asha "),
        ("user:+1|", &[("+15550100", 1)], "user:+15550100 "),
        ("host:|", &[("shop.example", 6)], "host:shop.example "),
        ("url:/o|", &[("/orders/7", 6)], "url:/orders/7 "),
        ("url:shop|", &[("shop.example/orders/7", 6)], "url:shop.example/orders/7 "),
        ("url:https://s|", &[("https://shop.example/orders/7", 6)], "url:https://shop.example/orders/7 "),
    ] {
        assert_eq!(offered(&owner, marked, "").await, (counted(found), text.to_owned()), "{marked}");
        let answer = ask(&owner, marked, "").await;
        assert_eq!(answer["partial"], false, "{marked}");
        // Each count is what the list would show.
        for item in answer["items"].as_array().unwrap() {
            let field = marked.trim_start_matches('-').split(':').next().unwrap();
            let search = encode(&format!("{field}:{}", item["text"].as_str().unwrap()));
            let page = owner.get(&format!("calls?q={search}")).await.json();
            assert_eq!(page["total"]["count"], item["count"], "{marked} {item}");
        }
    }
}

#[tokio::test]
async fn values_without_calls_have_a_meaning_and_no_count() {
    let server = TestServer::start();
    let owner = server.owner().await;
    let (items, text) = offered(&owner, "in:res|", "").await;
    assert_eq!((items, text.as_str()), (vec![("response".to_owned(), None)], "in:response "));
    let has = ask(&owner, "has:|", "").await;
    assert_eq!(
        has["items"][0],
        json!({"text": "script_error ", "label": "script_error", "about": "a script that stopped"})
    );
    assert_eq!(ask(&owner, "duration:|", "").await["items"][0]["text"], ">1s ");
    assert_eq!(ask(&owner, "id:|", "").await["items"], json!([]));
}

#[tokio::test]
async fn counts_are_of_the_other_filters_and_the_rest_of_the_text() {
    let server = TestServer::start();
    server.take(&a_mix()).await;
    let owner = server.owner().await;
    for (marked, filter, found) in [
        ("bot:|", "status=error", &[("Order status", 3), ("Bot b2", 1)][..]),
        ("code:404 bot:|", "", &[("Bot b2", 1), ("Order status", 1)]),
        ("bot:| code:404", "bot=b2", &[("Bot b2", 1)]),
        ("bot:|", "last=2m", &[("Bot b2", 1), ("Order status", 1)]),
        ("-status:error bot:|", "", &[("Order status", 3), ("Bot b2", 1)]),
        ("shop.example bot:|", "", &[("Order status", 4), ("Bot b2", 2)]),
        // What is wrong elsewhere narrows nothing.
        ("bott:x bot:|", "", &[("Order status", 6), ("Bot b2", 2)]),
        ("bot:|", "application=nobody", &[]),
    ] {
        assert_eq!(offered(&owner, marked, filter).await.0, counted(found), "{marked} {filter}");
    }
}

#[tokio::test]
async fn a_name_that_is_a_part_of_another_counts_both() {
    let server = TestServer::start();
    let named = |number, id, name| a_call(number).with("/bot", json!({"id": id, "name": name})).json();
    server.take(&[named(1, "s", "Sales"), named(2, "s2", "Sales abroad"), named(3, "s2", "Sales abroad")]).await;
    let owner = server.owner().await;
    let found = offered(&owner, "bot:sal|", "").await.0;
    assert_eq!(found, counted(&[("Sales", 3), ("Sales abroad", 2)]));
    assert_eq!(owner.ids("calls?q=bot:Sales").await.len(), 3);
}

#[tokio::test]
async fn nobody_is_offered_what_they_may_not_see() {
    let server = TestServer::start();
    let secret = a_call(2)
        .by("b2")
        .with("/source/path", json!({"id": "p2", "name": "Hidden path"}))
        .with("/source/node", json!({"id": "n2", "name": "Hidden node"}))
        .with("/user", json!({"id": "hidden-user", "name": "Hidden"}))
        .with("/application", json!("hidden_crm"))
        .with("/request/url", json!("https://hidden.example/hidden"))
        .with("/request/method", json!("HIDDEN"))
        .answered(418)
        .json();
    server.take(&[a_call(1).json(), secret]).await;
    let supervisor = server.person("acme", "business", Role::Supervisor, &["b1"]).await;
    let owner = server.owner().await;
    let stranger = server.person("stranger", "business", Role::Owner, &[]).await;
    for field in ["bot", "path", "node", "user", "app", "url", "host", "method", "code"] {
        let seen = |answer: Value| {
            let text = answer.to_string().to_lowercase();
            text.contains("hidden") || text.contains("b2") || text.contains("418")
        };
        assert!(seen(ask(&owner, &format!("{field}:|"), "").await), "{field}");
        assert!(!seen(ask(&supervisor, &format!("{field}:|"), "").await), "{field}");
        assert!(!seen(ask(&stranger, &format!("{field}:|"), "").await), "{field}");
    }
}

#[tokio::test]
async fn what_is_asked_wrongly_is_said() {
    let server = TestServer::start();
    let owner = server.owner().await;
    for (parameters, parameter) in
        [("text=bot:&caret=9", "caret"), ("text=bot:&q=x", "q"), ("text=a&limit=3", "limit"), ("colour=red", "colour")]
    {
        let problem = owner.get(&format!("calls/suggestions?{parameters}")).await.json();
        assert_eq!(problem["parameters"][0]["parameter"], parameter, "{problem}");
    }
    // A place inside a letter is the place before it; a text that is too long is not completed.
    let answer = owner.get(&format!("calls/suggestions?text={}&caret=1", encode("éa"))).await.json();
    assert_eq!(answer["items"], json!([]));
    let long = format!("{} bot:", "a ".repeat(1_100));
    assert_eq!(ask(&owner, &format!("{long}|"), "").await["items"], json!([]));
}

#[tokio::test]
async fn facets_tell_what_of_the_text_a_filter_could_say() {
    let server = TestServer::start();
    server.take(&a_mix()).await;
    let owner = server.owner().await;
    let typed = "status:error bot:order -method:GET url:shop";
    let facets = owner.get(&format!("calls/facets?q={}", encode(typed))).await.json();
    assert_eq!(facets["text"], typed);
    let said = |facet: &str, include: &[&str], exclude: &[&str], rest: &str| json!({"facet": facet, "include": include, "exclude": exclude, "rest": rest});
    assert_eq!(
        facets["text_filters"],
        json!([
            said("status", &["error"], &[], "bot:order -method:GET url:shop"),
            said("method", &[], &["GET"], "status:error bot:order url:shop"),
            said("bot", &["b1"], &[], "status:error -method:GET url:shop"),
        ])
    );
    // In the filter it finds the same calls.
    let by_text = owner.ids(&format!("calls?q={}", encode(typed))).await;
    assert_eq!(by_text, [3]);
    let rest = encode("bot:order -method:GET url:shop");
    assert_eq!(owner.ids(&format!("calls?q={rest}&status=error")).await, by_text);
    let plain = owner.get("calls/facets?q=shop").await.json();
    assert_eq!((&plain["text"], &plain["text_filters"]), (&Value::Null, &Value::Null));
}
