//! Zendesk and Freshdesk.

use model::{Application, Method};

use crate::demo::plan::Content::Text;
use crate::demo::plan::{Answer, Ending, Exchange, Fault, Fields, Maker, answer, refused};

const ZENDESK: Fields = &[
    ("authorization", "Basic @{key:68:zendesk}=="),
    ("content-type", "application/json"),
    ("accept", "application/json"),
    ("cookie", "_zendesk_cookie=@{key:80:zendesk-cookie}"),
    ("user-agent", "MetaHumans-Bots/3.18"),
];
const ZENDESK_ANSWER: Fields = &[
    ("date", "@{http_date}"),
    ("content-type", "application/json; charset=utf-8"),
    ("cache-control", "max-age=0, private, must-revalidate"),
    ("x-zendesk-api-version", "v2"),
    ("x-rate-limit", "700"),
    ("x-rate-limit-remaining", "6@{digits:2}"),
    ("set-cookie", "__cf_bm=@{code:43}; path=/; HttpOnly; Secure; SameSite=None"),
    ("server", "cloudflare"),
    ("cf-ray", "@{hex:16}-FRA"),
    ("x-request-id", "@{hex:16}-FRA"),
];
/// What Zendesk answers when too much is asked of it.
pub static TOO_MANY_REQUESTS: Fault = refused(
    4,
    429,
    &[
        ("date", "@{http_date}"),
        ("content-type", "text/html; charset=utf-8"),
        ("retry-after", "36"),
        ("x-rate-limit", "700"),
        ("x-rate-limit-remaining", "0"),
        ("server", "cloudflare"),
        ("cf-ray", "@{hex:16}-FRA"),
    ],
    "Number of allowed API requests per minute exceeded",
);

/// Looks for a Zendesk user.
pub static FIND_USER: Exchange = Exchange {
    application: &Application::Zendesk,
    maker: Maker::Node,
    method: &Method::Get,
    url: "https://northstar-demo.zendesk.com/api/v2/users/@{digits:13:requester}.json",
    headers: ZENDESK,
    body: Text(""),
    answers: &[answer(
        200,
        ZENDESK_ANSWER,
        r#"{"user":{"id":@{digits:13:requester},"url":"https://northstar-demo.zendesk.com/api/v2/users/@{digits:13:requester}.json","name":"@{user}","email":"@{email}","phone":"@{phone}","time_zone":"Europe/Berlin","locale":"en-GB","role":"end-user","verified":true,"tags":["chatbot"],"suspended":false,"user_fields":{"city":"@{city}"}}}"#,
    )],
    faults: &[
        refused(22, 404, ZENDESK_ANSWER, r#"{"error":"RecordNotFound","description":"Not found"}"#),
        TOO_MANY_REQUESTS,
    ],
    millis: (120, 520),
};

/// Creates a Zendesk ticket.
pub static CREATE_TICKET: Exchange = Exchange {
    application: &Application::Zendesk,
    maker: Maker::Node,
    method: &Method::Post,
    url: "https://northstar-demo.zendesk.com/api/v2/tickets.json",
    headers: ZENDESK,
    body: Text(
        r#"{"ticket":{"subject":"Order @{order}: customer asks for a person","comment":{"body":"@{says}"},"requester":{"name":"@{user}","email":"@{email}"},"priority":"normal","tags":["chatbot","handover"],"custom_fields":[{"id":360021984412,"value":"@{order}"}]}}"#,
    ),
    answers: &[answer(
        201,
        ZENDESK_ANSWER,
        r#"{"ticket":{"url":"https://northstar-demo.zendesk.com/api/v2/tickets/@{digits:6:ticket}.json","id":@{digits:6:ticket},"external_id":null,"via":{"channel":"api","source":{"from":{},"to":{},"rel":null}},"created_at":"@{iso}","updated_at":"@{iso}","type":null,"subject":"Order @{order}: customer asks for a person","description":"@{says}","priority":"normal","status":"new","recipient":null,"requester_id":@{digits:13:requester},"tags":["chatbot","handover"],"custom_fields":[{"id":360021984412,"value":"@{order}"}],"satisfaction_rating":null},"audit":{"id":@{digits:13},"ticket_id":@{digits:6:ticket},"created_at":"@{iso}"}}"#,
    )],
    faults: &[
        TOO_MANY_REQUESTS,
        refused(
            14,
            422,
            ZENDESK_ANSWER,
            r#"{"error":"RecordInvalid","description":"Record validation errors","details":{"requester":[{"description":"Requester: Email: undefined is not properly formatted","error":"InvalidFormat"}]}}"#,
        )
        .because("email", "undefined"),
        refused(
            9,
            422,
            ZENDESK_ANSWER,
            r#"{"error":"RecordInvalid","description":"Record validation errors","details":{"base":[{"description":"Description: cannot be blank","error":"BlankValue","ticket_field_id":360021984391,"ticket_field_type":"FieldDescription"}]}}"#,
        )
        .because("says", ""),
        refused(3, 401, ZENDESK_ANSWER, r#"{"error":"Couldn't authenticate you"}"#),
    ],
    millis: (280, 1_250),
};

/// Adds a comment to a Zendesk ticket.
pub static UPDATE_TICKET: Exchange = Exchange {
    application: &Application::Zendesk,
    maker: Maker::Node,
    method: &Method::Put,
    url: "https://northstar-demo.zendesk.com/api/v2/tickets/@{digits:6:ticket}.json",
    headers: ZENDESK,
    body: Text(r#"{"ticket":{"status":"open","comment":{"body":"@{says}","public":false}}}"#),
    answers: &[answer(
        200,
        ZENDESK_ANSWER,
        r#"{"ticket":{"url":"https://northstar-demo.zendesk.com/api/v2/tickets/@{digits:6:ticket}.json","id":@{digits:6:ticket},"updated_at":"@{iso}","subject":"Return of order @{order}","status":"open","priority":"normal","tags":["chatbot","return"]},"audit":{"id":@{digits:13},"ticket_id":@{digits:6:ticket},"events":[{"id":@{digits:13:comment},"type":"Comment","body":"@{says}","public":false}]}}"#,
    )],
    faults: &[
        TOO_MANY_REQUESTS,
        refused(16, 404, ZENDESK_ANSWER, r#"{"error":"RecordNotFound","description":"Not found"}"#)
            .because("digits:6:ticket", "null"),
        refused(
            7,
            422,
            ZENDESK_ANSWER,
            r#"{"error":"RecordInvalid","description":"Record validation errors","details":{"status":[{"description":"Status: closed prevents ticket update"}]}}"#,
        ),
    ],
    millis: (240, 1_050),
};

const FRESHDESK: Fields = &[
    ("authorization", "Basic @{key:36:freshdesk}"),
    ("content-type", "application/json"),
    ("user-agent", "MetaHumans-Bots/3.18"),
];
const FRESHDESK_ANSWER: Fields = &[
    ("date", "@{http_date}"),
    ("content-type", "application/json; charset=utf-8"),
    ("x-freshdesk-api-version", "latest=v2; requested=v2"),
    ("x-ratelimit-total", "400"),
    ("x-ratelimit-remaining", "3@{digits:2}"),
    ("x-ratelimit-used-currentrequest", "1"),
    ("set-cookie", "_x_w=@{code:10}; path=/; HttpOnly; secure"),
    ("x-request-id", "@{uuid}"),
    ("server", "fwe"),
];

/// Looks for a Freshdesk contact.
pub static FIND_CONTACT: Exchange = Exchange {
    application: &Application::Freshdesk,
    maker: Maker::Node,
    method: &Method::Get,
    url: "https://northstar-demo.freshdesk.com/api/v2/contacts?email=@{form:email}",
    headers: FRESHDESK,
    body: Text(""),
    answers: &[
        answer(
            200,
            FRESHDESK_ANSWER,
            r#"[{"active":true,"address":null,"email":"@{email}","id":430@{digits:8:contact},"job_title":"Field technician","language":"en","mobile":"@{phone}","name":"@{user}","time_zone":"Berlin","created_at":"2025-02-11T09:12:44Z","updated_at":"@{iso}"}]"#,
        ),
        answer(200, FRESHDESK_ANSWER, "[]"),
    ],
    faults: &[
        refused(
            3,
            401,
            FRESHDESK_ANSWER,
            r#"{"code":"invalid_credentials","message":"You have to be logged in to perform this action."}"#,
        ),
        refused(
            9,
            400,
            FRESHDESK_ANSWER,
            r#"{"description":"Validation failed","errors":[{"field":"email","message":"It should be a valid email address.","code":"invalid_value"}]}"#,
        )
        .because("email", "{{user.email}}"),
    ],
    millis: (130, 560),
};

/// Creates a Freshdesk ticket.
pub static OPEN_TICKET: Exchange = Exchange {
    application: &Application::Freshdesk,
    maker: Maker::Node,
    method: &Method::Post,
    url: "https://northstar-demo.freshdesk.com/api/v2/tickets",
    headers: FRESHDESK,
    body: Text(
        r#"{"name":"@{user}","email":"@{email}","subject":"Laptop does not start","description":"@{says}","priority":2,"status":2,"source":7,"tags":["chatbot"],"custom_fields":{"cf_device":"NB-@{digits:4:device}"}}"#,
    ),
    answers: &[answer(
        201,
        FRESHDESK_ANSWER,
        r#"{"cc_emails":[],"fwd_emails":[],"reply_cc_emails":[],"email_config_id":null,"group_id":43000112233,"priority":2,"requester_id":430@{digits:8:contact},"responder_id":null,"source":7,"status":2,"subject":"Laptop does not start","company_id":null,"id":@{digits:5:desk},"type":"Incident","to_emails":null,"product_id":null,"fr_escalated":false,"spam":false,"is_escalated":false,"tags":["chatbot"],"created_at":"@{iso}","updated_at":"@{iso}","description":"<div>@{says}</div>","description_text":"@{says}","custom_fields":{"cf_device":"NB-@{digits:4:device}"}}"#,
    )],
    faults: &[
        refused(
            18,
            400,
            FRESHDESK_ANSWER,
            r#"{"description":"Validation failed","errors":[{"field":"priority","message":"It should be one of these values: '1,2,3,4'","code":"invalid_value"},{"field":"cf_device","message":"It should be a/an String","code":"datatype_mismatch"}]}"#,
        ),
        refused(
            7,
            409,
            FRESHDESK_ANSWER,
            r#"{"description":"Validation failed","errors":[{"field":"email","message":"It should be a unique value","additional_info":{"user_id":43000812345},"code":"duplicate_value"}]}"#,
        ),
        refused(
            4,
            429,
            &[
                ("date", "@{http_date}"),
                ("retry-after", "48"),
                ("x-ratelimit-total", "400"),
                ("x-ratelimit-remaining", "0"),
            ],
            r#"{"message":"You have exceeded the limit of requests per minute"}"#,
        ),
    ],
    millis: (310, 1_400),
};

/// Adds a note to a Freshdesk ticket.
pub static ADD_NOTE: Exchange = Exchange {
    application: &Application::Freshdesk,
    maker: Maker::Node,
    method: &Method::Post,
    url: "https://northstar-demo.freshdesk.com/api/v2/tickets/@{digits:5:desk}/notes",
    headers: FRESHDESK,
    body: Text(r#"{"body":"@{says}","private":true,"notify_emails":["it.oncall@example.com"]}"#),
    answers: &[answer(
        201,
        FRESHDESK_ANSWER,
        r#"{"body":"<div>@{says}</div>","body_text":"@{says}","id":430@{digits:8},"incoming":false,"private":true,"user_id":43000700012,"ticket_id":@{digits:5:desk},"created_at":"@{iso}","updated_at":"@{iso}","attachments":[]}"#,
    )],
    // Freshdesk says nothing more about a ticket that is not there.
    faults: &[Fault {
        per_mille: 16,
        ending: Ending::Answered(Answer { status: 404, headers: FRESHDESK_ANSWER, body: Text("") }),
        slip: None,
        millis: None,
    }],
    millis: (180, 760),
};
