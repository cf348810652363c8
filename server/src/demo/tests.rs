use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::LazyLock;

use model::{Application, Call, Method, Outcome, Retention, SourceKind, Timestamp};

use super::{SUPERVISOR_BOTS, bots, calls};

/// A Monday morning, a Sunday night, a leap day: the demo must be whole whenever it is made.
static MADE: LazyLock<[(Timestamp, Vec<Call>); 3]> = LazyLock::new(|| {
    ["2026-11-23T09:14:07.311Z", "2027-01-03T02:00:00Z", "2028-02-29T23:59:59.999Z"].map(|time| {
        let now = time.parse().unwrap();
        (now, calls(now))
    })
});

fn each(check: impl Fn(Timestamp, &[Call])) {
    for (now, calls) in MADE.iter() {
        check(*now, calls);
    }
}

fn bodies(call: &Call) -> impl Iterator<Item = &str> {
    let request = call.request.as_ref().and_then(|request| request.body.as_deref());
    let response = call.response.as_ref().and_then(|response| response.body.as_deref());
    request.into_iter().chain(response)
}

fn code(call: &Call) -> Option<u16> {
    call.response.as_ref().map(|response| response.status.0)
}

#[test]
fn the_same_time_gives_the_same_calls() {
    each(|now, made| assert!(*made == calls(now)));
}

#[test]
fn an_hour_later_the_calls_of_every_day_are_the_same() {
    let (now, made) = &MADE[0];
    let ids = |calls: &[Call]| calls.iter().map(|call| call.id).collect::<HashSet<_>>();
    let (before, after) = (ids(made), ids(&calls(now.plus_millis(super::HOUR))));
    let kept = before.intersection(&after).count();
    assert!(kept * 100 > before.len() * 95, "{kept} of {}", before.len());
}

#[test]
fn there_are_some_six_thousand_with_ids_of_their_own_in_order() {
    each(|_, calls| {
        assert!((5_200..6_800).contains(&calls.len()), "{}", calls.len());
        assert_eq!(calls.iter().map(|call| call.id).collect::<HashSet<_>>().len(), calls.len());
        assert!(calls.is_sorted_by_key(|call| call.timestamp));
        for call in calls {
            let id = call.id.to_string();
            assert!(id.as_bytes()[14] == b'8' && b"89ab".contains(&id.as_bytes()[19]), "not of version 8: {id}");
        }
    });
}

#[test]
fn every_call_is_one_that_the_server_takes() {
    each(|_, calls| {
        for call in calls {
            let endings = [call.response.is_some(), call.failure.is_some(), call.script.is_some()]
                .iter()
                .filter(|is| **is)
                .count();
            assert_eq!(endings, 1, "{call:?}");
            assert_eq!(call.request.is_none(), call.script.is_some());
            assert!(code(call).is_none_or(|code| (100..=999).contains(&code)));
            assert!(call.request.as_ref().is_none_or(|request| request.url.starts_with("https://")));
            let wire = serde_json::to_string(call).unwrap();
            assert!(serde_json::from_str::<Call>(&wire).unwrap() == *call);
            assert!(!wire.contains("@{"), "a placeholder that nobody knows: {wire}");
        }
    });
}

#[test]
fn bodies_that_say_they_are_json_are() {
    each(|_, calls| {
        for response in calls.iter().filter_map(|call| call.response.as_ref()) {
            let is_json = response.headers.iter().any(|(name, value)| name == "content-type" && value.contains("json"));
            let body = response.body.as_deref().unwrap_or_default();
            if is_json && !body.is_empty() {
                assert!(serde_json::from_str::<serde_json::Value>(body).is_ok(), "{body}");
            }
        }
        for script in calls.iter().filter_map(|call| call.script.as_ref()) {
            assert!(!script.before.is_null() && !script.after.is_null(), "{script:?}");
        }
    });
}

#[test]
fn nothing_is_older_than_it_is_kept_nor_in_the_future() {
    each(|now, calls| {
        for call in calls {
            let age = now.millis() - call.timestamp.millis();
            assert!(age >= 0 && age < Retention::STANDARD.millis_for(&call.outcome()), "{} {age}", call.id);
        }
        let oldest = |outcome| calls.iter().find(|call| call.outcome() == outcome).unwrap().timestamp;
        let days = |time: Timestamp| (now.millis() - time.millis()) / super::DAY;
        assert_eq!(days(oldest(Outcome::Success)), 6);
        assert!(days(oldest(Outcome::Error)) >= 28);
    });
}

#[test]
fn one_call_in_eighteen_or_so_fails() {
    each(|now, calls| {
        let recent: Vec<_> =
            calls.iter().filter(|call| now.millis() - call.timestamp.millis() < 7 * super::DAY).collect();
        let errors = recent.iter().filter(|call| call.outcome() == Outcome::Error).count();
        let per_mille = errors * 1_000 / recent.len();
        assert!((45..75).contains(&per_mille), "{errors} of {}", recent.len());
    });
}

#[test]
fn every_application_source_and_bot_occurs() {
    each(|_, calls| {
        for application in Application::KNOWN {
            assert!(calls.iter().any(|call| call.application == *application), "{application}");
        }
        for kind in SourceKind::KNOWN {
            assert!(calls.iter().any(|call| call.source.kind == *kind), "{kind}");
        }
        for method in [Method::Get, Method::Post, Method::Put, Method::Delete, Method::Patch, Method::C2e] {
            assert!(calls.iter().any(|call| call.request.as_ref().is_some_and(|request| request.method == method)));
        }
        for bot in bots() {
            let of_bot = calls.iter().filter(|call| call.bot.as_ref() == Some(&bot)).count();
            assert!(of_bot > 50, "{} {of_bot}", bot.name);
        }
        assert!(calls.iter().any(|call| call.bot.is_none()));
    });
    assert_eq!(bots().len(), 12);
    assert!(SUPERVISOR_BOTS.iter().all(|id| bots().iter().any(|bot| bot.id == *id)));
}

#[test]
fn everything_that_goes_wrong_in_life_goes_wrong_here() {
    each(|_, calls| {
        let codes: BTreeSet<u16> = calls.iter().filter_map(code).collect();
        for expected in
            [200, 201, 202, 204, 207, 400, 401, 402, 403, 404, 409, 410, 413, 414, 422, 429, 500, 502, 503, 504, 524]
        {
            assert!(codes.contains(&expected), "no {expected}");
        }
        let kinds: BTreeSet<String> =
            calls.iter().filter_map(|call| call.failure.as_ref()).map(|failure| failure.kind.to_string()).collect();
        assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["connect", "dns", "other", "timeout", "tls"]);
        for text in [
            "UNAUTHENTICATED",
            "invalid_grant",
            "INVALID_SESSION_ID",
            "RecordNotFound",
            "RecordInvalid",
            "Validation failed",
            "\"code\":21211",
            "\"code\":20003",
            "Invalid recipient address",
            "502 Bad Gateway",
            "cf-error-details",
            "\"success\":false",
            "soapenv:Fault",
        ] {
            assert!(calls.iter().flat_map(bodies).any(|body| body.contains(text)), "no {text}");
        }
        for part in ["/{{order_id}}", "/null?", "/orders//"] {
            let is_in_url = |call: &&Call| call.request.as_ref().is_some_and(|request| request.url.contains(part));
            assert_eq!(calls.iter().find(is_in_url).map(Call::outcome), Some(Outcome::Error), "{part}");
        }
        assert!(calls.iter().any(|call| code(call) == Some(429)
            && call.response.iter().any(|response| response.headers.iter().any(|(name, _)| name == "retry-after"))));
    });
}

#[test]
fn a_revoked_connection_fails_until_now() {
    each(|now, calls| {
        let since = now.minus_millis(5 * super::HOUR);
        let of_connection: Vec<_> = calls
            .iter()
            .filter(|call| call.connection_id.as_deref() == Some("conn-google-sales") && call.timestamp > since)
            .collect();
        assert!(of_connection.len() >= 10, "{}", of_connection.len());
        assert!(of_connection.iter().all(|call| matches!(code(call), Some(400 | 401))));
    });
}

#[test]
fn scripts_tell_what_they_did() {
    each(|_, calls| {
        let scripts: Vec<_> = calls.iter().filter_map(|call| call.script.as_ref()).collect();
        assert!(scripts.iter().any(|script| script.error.is_none() && !script.result.is_null()));
        assert!(scripts.iter().any(|script| script.source.is_none()));
        let errors: Vec<_> = scripts.iter().filter_map(|script| script.error.as_ref()).collect();
        assert!(errors.iter().any(|error| error.line == Some(7) && error.column == Some(29)));
        assert!(errors.iter().any(|error| error.line.is_none()));
    });
}

#[test]
fn bodies_come_in_every_shape() {
    each(|_, calls| {
        let huge: Vec<_> = calls.iter().flat_map(bodies).map(str::len).filter(|length| *length > 100_000).collect();
        assert_eq!(huge.len(), 1);
        assert!((600_000..900_000).contains(&huge[0]), "{}", huge[0]);
        let requests = || calls.iter().filter_map(|call| call.request.as_ref());
        let responses = || calls.iter().filter_map(|call| call.response.as_ref());
        assert!(requests().any(|request| request.body.is_none()));
        assert!(requests().any(|request| request.body.as_deref() == Some("")));
        assert!(requests().any(|request| request.encoding.as_deref() == Some("base64")));
        assert!(responses().any(|response| response.encoding.as_deref() == Some("base64")));
        assert!(requests().any(|request| request.body.iter().any(|body| body.starts_with("To=%2B"))));
        assert!(requests().any(|request| request.url.len() > 800));
        assert!(calls.iter().flat_map(bodies).any(|body| body.starts_with("<?xml")));
        assert!(calls.iter().any(|call| call.duration_ms.is_some_and(|millis| (8_000..30_000).contains(&millis))));
        let size: usize = calls.iter().map(|call| serde_json::to_string(call).unwrap().len()).sum();
        assert!((8_000_000..20_000_000).contains(&size), "{size}");
    });
}

#[test]
fn people_write_in_many_scripts_and_some_have_no_name() {
    each(|_, calls| {
        let names: BTreeSet<&str> =
            calls.iter().filter_map(|call| call.user.as_ref()).filter_map(|user| user.name.as_deref()).collect();
        let has =
            |low: char, high: char| names.iter().any(|name| name.chars().any(|letter| (low..=high).contains(&letter)));
        for (low, high) in
            [('ا', 'ي'), ('א', 'ת'), ('अ', 'ह'), ('一', '龥'), ('А', 'я'), ('Α', 'ω'), ('À', 'ž'), ('🌀', '🧿')]
        {
            assert!(has(low, high), "none of {low} to {high}");
        }
        assert!(names.contains("") && names.iter().any(|name| name.starts_with('+')));
        let labels: BTreeSet<&str> =
            calls.iter().filter_map(|call| call.user.as_ref()).map(model::EndUser::label).collect();
        assert!(labels.contains("Anonymous") && labels.iter().any(|label| label.starts_with("web-")));
        let agents: BTreeSet<(bool, bool)> = calls
            .iter()
            .filter_map(|call| call.source.agent.as_ref())
            .map(|agent| (agent.name.is_some(), agent.email.is_some()))
            .collect();
        assert_eq!(agents.len(), 3);
    });
}

#[test]
fn a_conversation_is_several_calls_of_one_person() {
    each(|_, calls| {
        let mut conversations: BTreeMap<&str, Vec<&Call>> = BTreeMap::new();
        for call in calls {
            if let Some(id) = call.conversation_id.as_deref() {
                conversations.entry(id).or_default().push(call);
            }
        }
        assert!(conversations.values().all(|calls| calls.iter().all(|call| call.user == calls[0].user)));
        let has_script_beside_call = |calls: &&Vec<&Call>| {
            calls.iter().any(|call| call.script.is_some()) && calls.iter().any(|call| call.request.is_some())
        };
        assert!(conversations.values().filter(has_script_beside_call).count() > 100);
        let polls = |calls: &&Vec<&Call>| {
            calls.windows(3).any(|calls| calls[0].request == calls[1].request && calls[1].request == calls[2].request)
        };
        assert!(conversations.values().any(|calls| polls(&calls)));
    });
}

#[test]
fn days_are_busier_than_nights() {
    let (_, calls) = &MADE[0];
    let at_hour = |from: i64, to: i64| {
        calls.iter().filter(|call| (from..to).contains(&(call.timestamp.millis() % super::DAY / super::HOUR))).count()
    };
    assert!(at_hour(9, 12) > 3 * at_hour(1, 4));
}

#[test]
fn secrets_stand_in_headers_urls_and_bodies() {
    each(|_, calls| {
        let requests = || calls.iter().filter_map(|call| call.request.as_ref());
        let has_header =
            |wanted: &str| requests().any(|request| request.headers.iter().any(|(name, _)| name == wanted));
        assert!(["authorization", "cookie", "x-api-key"].iter().all(|header| has_header(header)));
        assert!(requests().any(|request| request.url.contains("api_key=")));
        for text in ["\"access_token\":", "client_secret=", "refresh_token=", "\"password\":"] {
            assert!(calls.iter().flat_map(bodies).any(|body| body.contains(text)), "no {text}");
        }
    });
}
