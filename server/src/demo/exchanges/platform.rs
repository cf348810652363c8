//! The bot platform's own APIs, API Triggers and C2E.

use model::{Application, FailureKind, Method};

use crate::demo::plan::Content::{self, Text};
use crate::demo::plan::{Answer, Exchange, Fields, Maker, answer, lost, refused};

const REQUEST: Fields = &[
    ("authorization", "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.@{key:72:platform}.@{key:43:platform-signature}"),
    ("content-type", "application/json"),
    ("x-request-id", "@{uuid}"),
];
const ANSWER: Fields = &[
    ("date", "@{http_date}"),
    ("content-type", "application/json; charset=utf-8"),
    ("x-request-id", "@{uuid}"),
    ("server", "envoy"),
    ("x-envoy-upstream-service-time", "@{digits:2}"),
];

/// Writes an attribute of the end user.
pub static SET_ATTRIBUTE: Exchange = Exchange {
    application: &Application::Platform,
    maker: Maker::Platform,
    method: &Method::Put,
    url: "https://api.botplatform.example.com/v3/users/@{user_id}/attributes",
    headers: REQUEST,
    body: Text(r#"{"attributes":{"user_name":"@{user}","city":"@{city}","last_message":"@{says}"}}"#),
    answers: &[answer(200, ANSWER, r#"{"updated":3,"user":{"id":"@{user_id}","user_name":"@{user}"}}"#)],
    faults: &[refused(
        6,
        409,
        ANSWER,
        r#"{"type":"about:blank","title":"Conflict","status":409,"code":"attribute_locked","detail":"another path is writing the attributes of this user"}"#,
    )],
    millis: (14, 120),
};

/// Asks an agent to take over.
pub static ASSIGN_AGENT: Exchange = Exchange {
    method: &Method::Post,
    url: "https://api.botplatform.example.com/v3/conversations/@{conversation}/assignments",
    body: Text(r#"{"team":"service","reason":"handover","note":"@{says}"}"#),
    answers: &[answer(
        201,
        ANSWER,
        r#"{"assignment":{"id":"asg-@{hex:12}","team":"service","position":2,"created_at":"@{iso}"}}"#,
    )],
    faults: &[refused(
        12,
        422,
        ANSWER,
        r#"{"type":"about:blank","title":"Unprocessable Content","status":422,"code":"no_agent_available","detail":"no agent of the team service is online","errors":[{"field":"team","code":"offline"}]}"#,
    )],
    ..SET_ATTRIBUTE
};

/// Lists the account's bots.
pub static LIST_BOTS: Exchange = Exchange {
    method: &Method::Get,
    url: "https://api.botplatform.example.com/v3/bots?page=1&per_page=50",
    body: Content::NotCaptured,
    answers: &[answer(
        200,
        ANSWER,
        r#"{"bots":[{"id":"bot-orders","name":"Order status","live":true},{"id":"bot-produkt","name":"Produktberater","live":true},{"id":"bot-property","name":"物业客服","live":true},{"id":"bot-claims","name":"مساعد المطالبات","live":true}],"page":1,"pages":1,"total":12}"#,
    )],
    faults: &[refused(
        9,
        401,
        ANSWER,
        r#"{"type":"about:blank","title":"Unauthorized","status":401,"code":"token_expired","detail":"the access token expired at 03:00"}"#,
    )],
    ..SET_ATTRIBUTE
};

/// Takes back a channel's old webhook.
pub static DELETE_WEBHOOK: Exchange = Exchange {
    method: &Method::Delete,
    url: "https://api.botplatform.example.com/v3/channels/wa-1/webhooks/wh-@{digits:5}",
    body: Content::NotCaptured,
    answers: &[Answer { status: 204, headers: ANSWER, body: Text("") }],
    faults: &[],
    ..SET_ATTRIBUTE
};

/// Starts a path from outside.
pub static TRIGGER: Exchange = Exchange {
    application: &Application::ApiTrigger,
    maker: Maker::Trigger,
    method: &Method::Post,
    url: "https://triggers.botplatform.example.com/v1/paths/start?api_key=mh_demo_@{key:32:trigger}",
    headers: &[("content-type", "application/json"), ("user-agent", "Northstar-CRM/9.4"), ("x-api-key", "mh_demo_@{key:32:trigger}")],
    body: Text(
        r#"{"channel":"whatsapp","to":"@{phone}","variables":{"user_name":"@{user}","order":"@{order}","date":"@{day}","password":"@{code:12}"}}"#,
    ),
    answers: &[answer(202, ANSWER, r#"{"status":"accepted","conversation_id":"@{conversation}","user_id":"@{user_id}"}"#)],
    faults: &[
        refused(
            12,
            400,
            ANSWER,
            r#"{"status":"rejected","code":"unknown_variable","message":"the path has no variable delivery_slot","variable":"delivery_slot"}"#,
        ),
        refused(
            8,
            404,
            ANSWER,
            r#"{"status":"rejected","code":"user_not_found","message":"no user of the channel whatsapp has the number null"}"#,
        )
        .because("phone", "null"),
        refused(
            5,
            429,
            &[("content-type", "application/json"), ("retry-after", "5"), ("x-ratelimit-limit", "20"), ("server", "envoy")],
            r#"{"status":"rejected","code":"too_many_requests","message":"at most 20 paths may be started in a second"}"#,
        ),
    ],
    millis: (22, 190),
};

/// Sends a C2E request.
pub static C2E: Exchange = Exchange {
    application: &Application::C2e,
    maker: Maker::Node,
    method: &Method::C2e,
    url: "https://c2e.botplatform.example.com/v1/requests",
    headers: REQUEST,
    body: Text(
        r#"{"conversation":"@{conversation}","user":{"id":"@{user_id}","name":"@{user}","phone":"@{phone}"},"subject":"@{says}","priority":"normal"}"#,
    ),
    answers: &[
        answer(200, ANSWER, r#"{"request":"c2e-@{hex:16}","state":"delivered","received_at":"@{iso}"}"#),
        answer(202, ANSWER, r#"{"request":"c2e-@{hex:16}","state":"queued","position":3}"#),
    ],
    faults: &[
        refused(11, 502, ANSWER, r#"{"code":"upstream_closed","message":"the receiving desk closed the connection"}"#)
            .taking(2_000, 9_000),
        refused(9, 400, ANSWER, r#"{"code":"subject_missing","message":"subject must not be empty"}"#)
            .because("says", ""),
        lost(4, &FailureKind::Timeout, "timeout of 15000ms exceeded", (15_000, 15_030)),
    ],
    millis: (60, 420),
};
