//! Twilio and Clickatell: texts and WhatsApp messages.

use model::{Application, FailureKind, Method};

use crate::demo::plan::Content::{self, Text};
use crate::demo::plan::{Exchange, Fault, Fields, Maker, answer, lost, refused};

const TWILIO: Fields = &[
    ("authorization", "Basic QUM@{key:90:twilio}=="),
    ("content-type", "application/x-www-form-urlencoded; charset=utf-8"),
    ("accept", "application/json"),
    ("user-agent", "twilio-node/5.10.4 (linux x64) node/22.11.0"),
];
const TWILIO_ANSWER: Fields = &[
    ("content-type", "application/json;charset=utf-8"),
    ("date", "@{http_date}"),
    ("twilio-concurrent-requests", "1"),
    ("twilio-request-id", "RQ@{hex:32}"),
    ("twilio-request-duration", "0.0@{digits:2}"),
    ("x-home-region", "us1"),
    ("x-api-domain", "api.twilio.com"),
    ("strict-transport-security", "max-age=31536000"),
];
const SID: &str = "https://api.twilio.com/2010-04-01/Accounts/AC0demo0@{key:26:twilio-account}/Messages.json";
const SENT: &str = r#"{"account_sid":"AC0demo0@{key:26:twilio-account}","api_version":"2010-04-01","body":"@{told}","date_created":"@{http_date}","date_sent":null,"date_updated":"@{http_date}","direction":"outbound-api","error_code":null,"error_message":null,"from":"+15005550006","messaging_service_sid":null,"num_media":"0","num_segments":"1","price":null,"price_unit":"USD","sid":"SM@{hex:32}","status":"queued","subresource_uris":{"media":"/2010-04-01/Accounts/AC0demo0@{key:26:twilio-account}/Messages/SM@{hex:32}/Media.json"},"to":"@{phone}","uri":"/2010-04-01/Accounts/AC0demo0@{key:26:twilio-account}/Messages/SM@{hex:32}.json"}"#;
const NOT_A_NUMBER: Fault = refused(
    12,
    400,
    TWILIO_ANSWER,
    r#"{"code":21211,"message":"The 'To' number @{phone} is not a valid phone number.","more_info":"https://www.twilio.com/docs/errors/21211","status":400}"#,
)
.because("phone", "+1555");
const NOT_AUTHENTICATED: Fault = refused(
    2,
    401,
    &[
        ("content-type", "application/json"),
        ("www-authenticate", "Basic realm=\"Twilio API\""),
        ("date", "@{http_date}"),
    ],
    r#"{"code":20003,"message":"Authenticate","more_info":"https://www.twilio.com/docs/errors/20003","status":401}"#,
);
const UNSUBSCRIBED: Fault = refused(
    6,
    400,
    TWILIO_ANSWER,
    r#"{"code":21610,"message":"Attempt to send to unsubscribed recipient","more_info":"https://www.twilio.com/docs/errors/21610","status":400}"#,
);
const TOO_MANY: Fault = refused(
    3,
    429,
    &[
        ("content-type", "application/json"),
        ("retry-after", "1"),
        ("twilio-error-code", "20429"),
        ("date", "@{http_date}"),
    ],
    r#"{"code":20429,"message":"Too Many Requests","more_info":"https://www.twilio.com/docs/errors/20429","status":429}"#,
);

/// Sends a text.
pub static TWILIO_SMS: Exchange = Exchange {
    application: &Application::Twilio,
    maker: Maker::Node,
    method: &Method::Post,
    url: SID,
    headers: TWILIO,
    body: Text("To=@{form:phone}&From=%2B15005550006&Body=@{form:told}"),
    answers: &[answer(201, TWILIO_ANSWER, SENT)],
    faults: &[NOT_A_NUMBER, NOT_AUTHENTICATED, UNSUBSCRIBED, TOO_MANY],
    millis: (90, 480),
};

/// Sends a WhatsApp message through Twilio.
pub static TWILIO_WHATSAPP: Exchange = Exchange {
    body: Text(
        "To=whatsapp%3A@{form:phone}&From=whatsapp%3A%2B15005550006&ContentSid=HX@{hex:32:reminder}&ContentVariables=%7B%221%22%3A%22@{form:user}%22%2C%222%22%3A%22@{form:day}%22%7D",
    ),
    faults: &[
        TOO_MANY,
        refused(
            11,
            400,
            TWILIO_ANSWER,
            r#"{"code":21656,"message":"The Content Variables parameter is invalid.","more_info":"https://www.twilio.com/docs/errors/21656","status":400}"#,
        )
        .because("day", "{{appointment.date}}"),
    ],
    ..TWILIO_SMS
};

/// Calls back by telephone; this older API answers in XML.
pub static TWILIO_CALL: Exchange = Exchange {
    url: "https://api.twilio.com/2010-04-01/Accounts/AC0demo0@{key:26:twilio-account}/Calls",
    body: Text("To=@{form:phone}&From=%2B15005550006&Twiml=%3CResponse%3E%3CSay%3E@{form:told}%3C%2FSay%3E%3C%2FResponse%3E"),
    answers: &[answer(
        201,
        &[("content-type", "application/xml"), ("date", "@{http_date}"), ("twilio-request-id", "RQ@{hex:32}")],
        "<?xml version='1.0' encoding='UTF-8'?>\n<TwilioResponse><Call><Sid>CA@{hex:32}</Sid><DateCreated/><To>@{phone}</To><ToFormatted>@{phone}</ToFormatted><From>+15005550006</From><Status>queued</Status><Direction>outbound-api</Direction><ApiVersion>2010-04-01</ApiVersion><Price/><PriceUnit>USD</PriceUnit></Call></TwilioResponse>",
    )],
    faults: &[refused(
        14,
        400,
        &[("content-type", "application/xml"), ("date", "@{http_date}")],
        "<?xml version='1.0' encoding='UTF-8'?>\n<TwilioResponse><RestException><Code>21217</Code><Message>Phone number does not appear to be valid</Message><MoreInfo>https://www.twilio.com/docs/errors/21217</MoreInfo><Status>400</Status></RestException></TwilioResponse>",
    )
    .because("phone", "unknown")],
    ..TWILIO_SMS
};

const CLICKATELL: Fields = &[
    ("authorization", "@{key:34:clickatell}=="),
    ("content-type", "application/json"),
    ("accept", "application/json"),
];
const CLICKATELL_ANSWER: Fields =
    &[("date", "@{http_date}"), ("content-type", "application/json"), ("x-request-id", "@{uuid}"), ("server", "nginx")];

/// Sends a WhatsApp message through Clickatell.
pub static CLICKATELL_WHATSAPP: Exchange = Exchange {
    application: &Application::Clickatell,
    maker: Maker::Node,
    method: &Method::Post,
    url: "https://platform.clickatell.com/v1/message",
    headers: CLICKATELL,
    body: Text(
        r#"{"messages":[{"channel":"whatsapp","to":"@{phone_digits}","content":"@{told}","clientMessageId":"@{conversation}"}]}"#,
    ),
    answers: &[answer(
        202,
        CLICKATELL_ANSWER,
        r#"{"messages":[{"apiMessageId":"@{hex:32}","accepted":true,"to":"@{phone_digits}","error":null}]}"#,
    )],
    faults: &[
        refused(
            5,
            401,
            CLICKATELL_ANSWER,
            r#"{"messages":[],"error":{"code":1,"description":"Invalid or missing integration API Key."}}"#,
        ),
        refused(
            14,
            400,
            CLICKATELL_ANSWER,
            r#"{"messages":[{"apiMessageId":null,"accepted":false,"to":"@{phone_digits}","error":{"code":25,"description":"Invalid recipient address: @{phone_digits}"}}]}"#,
        )
        .because("phone_digits", "null"),
        // More than one message and one of them refused: 207, and nobody looks at the one that was.
        refused(
            12,
            207,
            CLICKATELL_ANSWER,
            r#"{"messages":[{"apiMessageId":"@{hex:32}","accepted":true,"to":"@{phone_digits}","error":null},{"apiMessageId":null,"accepted":false,"to":"15550100","error":{"code":27,"description":"Recipient not available on channel"}}]}"#,
        ),
        refused(2, 500, CLICKATELL_ANSWER, r#"{"messages":[],"error":{"code":18,"description":"Internal error"}}"#),
        lost(2, &FailureKind::Connect, "connect ETIMEDOUT 192.0.2.61:443", (10_000, 10_020)),
    ],
    millis: (80, 390),
};

/// Sends a text through Clickatell's plain address; what it answers is not kept.
pub static CLICKATELL_SMS: Exchange = Exchange {
    method: &Method::Get,
    url: "https://platform.clickatell.com/messages/http/send?apiKey=@{key:34:clickatell-http}%3D%3D&to=@{phone_digits}&content=@{form:told}",
    headers: &[("accept", "application/json")],
    body: Content::NotCaptured,
    faults: &[refused(
        10,
        401,
        CLICKATELL_ANSWER,
        r#"{"messages":[],"errorCode":108,"error":"Invalid or missing integration API key.","errorDescription":"The integration API key is either incorrect or has not been included in the API call."}"#,
    )],
    ..CLICKATELL_WHATSAPP
};
