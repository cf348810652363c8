//! Google Sheets, Google Calendar, and the token endpoint behind both.

use model::{Application, FailureKind, Method};

use crate::demo::plan::Content::{self, Text};
use crate::demo::plan::{Answer, Exchange, Fault, Fields, Maker, answer, lost, refused};

const REQUEST: Fields = &[
    ("authorization", "Bearer ya29.@{secret:64}"),
    ("content-type", "application/json"),
    ("accept", "application/json"),
    ("user-agent", "MetaHumans-Bots/3.18 google-api-client/7.2"),
    ("x-goog-api-client", "gl-node/22.11.0 gdcl/7.2.0"),
];
const ANSWER: Fields = &[
    ("content-type", "application/json; charset=UTF-8"),
    ("vary", "Origin, X-Origin, Referer"),
    ("date", "@{http_date}"),
    ("server", "ESF"),
    ("cache-control", "private"),
    ("x-xss-protection", "0"),
    ("x-frame-options", "SAMEORIGIN"),
    ("x-content-type-options", "nosniff"),
    ("alt-svc", "h3=\":443\"; ma=2592000,h3-29=\":443\"; ma=2592000"),
];
const UNAUTHENTICATED: Fields = &[
    ("www-authenticate", "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\""),
    ("content-type", "application/json; charset=UTF-8"),
    ("vary", "Origin, X-Origin, Referer"),
    ("date", "@{http_date}"),
    ("server", "ESF"),
];

/// What every API of Google answers once its owner has withdrawn our access.
pub static TOKEN_REVOKED: Fault = refused(
    0,
    401,
    UNAUTHENTICATED,
    r#"{
  "error": {
    "code": 401,
    "message": "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.",
    "status": "UNAUTHENTICATED",
    "details": [
      {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "ACCESS_TOKEN_EXPIRED",
        "domain": "googleapis.com",
        "metadata": { "service": "sheets.googleapis.com", "method": "google.apps.sheets.v4.SpreadsheetsService.AppendValues" }
      }
    ]
  }
}
"#,
);

/// What the token endpoint answers then.
pub static GRANT_REVOKED: Fault = refused(
    0,
    400,
    ANSWER,
    "{\n  \"error\": \"invalid_grant\",\n  \"error_description\": \"Token has been expired or revoked.\"\n}",
);

const UNAVAILABLE: Fault = refused(
    2,
    503,
    ANSWER,
    "{\n  \"error\": {\n    \"code\": 503,\n    \"message\": \"The service is currently unavailable.\",\n    \"status\": \"UNAVAILABLE\"\n  }\n}\n",
);
const QUOTA: Fault = refused(
    4,
    429,
    &[
        ("content-type", "application/json; charset=UTF-8"),
        ("retry-after", "42"),
        ("date", "@{http_date}"),
        ("server", "ESF"),
    ],
    r#"{
  "error": {
    "code": 429,
    "message": "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per user' of service 'sheets.googleapis.com' for consumer 'project_number:481516234200'.",
    "status": "RESOURCE_EXHAUSTED",
    "details": [
      { "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RATE_LIMIT_EXCEEDED", "domain": "googleapis.com",
        "metadata": { "quota_limit": "WriteRequestsPerMinutePerUser", "quota_limit_value": "60", "service": "sheets.googleapis.com" } }
    ]
  }
}
"#,
);

/// Appends a row to a sheet.
pub static APPEND_ROW: Exchange = Exchange {
    application: &Application::GoogleSheets,
    maker: Maker::Node,
    method: &Method::Post,
    url: "https://sheets.googleapis.com/v4/spreadsheets/@{key:44:sheet}/values/Sheet1!A%3AG:append?valueInputOption=USER_ENTERED&insertDataOption=INSERT_ROWS",
    headers: REQUEST,
    body: Text(
        r#"{"majorDimension":"ROWS","values":[["@{iso}","@{user}","@{phone}","@{email}","@{city}","@{says}","@{qty}"]]}"#,
    ),
    answers: &[answer(
        200,
        ANSWER,
        r#"{
  "spreadsheetId": "@{key:44:sheet}",
  "tableRange": "Sheet1!A1:G@{digits:4:row}",
  "updates": {
    "spreadsheetId": "@{key:44:sheet}",
    "updatedRange": "Sheet1!A@{digits:4:row}:G@{digits:4:row}",
    "updatedRows": 1,
    "updatedColumns": 7,
    "updatedCells": 7
  }
}
"#,
    )],
    faults: &[
        QUOTA,
        UNAVAILABLE,
        refused(
            5,
            400,
            ANSWER,
            "{\n  \"error\": {\n    \"code\": 400,\n    \"message\": \"Unable to parse range: Sheet1!A:G\",\n    \"status\": \"INVALID_ARGUMENT\"\n  }\n}\n",
        ),
    ],
    millis: (260, 1_150),
};

/// Reads the stock from a sheet.
pub static READ_STOCK: Exchange = Exchange {
    application: &Application::GoogleSheets,
    maker: Maker::Node,
    method: &Method::Get,
    url: "https://sheets.googleapis.com/v4/spreadsheets/@{key:44:stock}/values/Bestand!A2%3AE40?majorDimension=ROWS&key=AIza@{key:35:google-api}",
    headers: REQUEST,
    body: Text(""),
    answers: &[answer(
        200,
        ANSWER,
        r#"{
  "range": "Bestand!A2:E40",
  "majorDimension": "ROWS",
  "values": [
    ["@{sku}", "@{product}", "@{qty}", "Lager Nürnberg", "auf Lager"],
    ["NW-1180", "Wanderrucksack 28 L, moosgrün", "41", "Lager Nürnberg", "auf Lager"],
    ["NW-2204", "Thermosflasche 0,75 L", "0", "Lager Graz", "nachbestellt"],
    ["NW-3071", "Regenjacke Größe M", "12", "Lager Nürnberg", "auf Lager"],
    ["NW-3072", "Regenjacke Größe L", "3", "Lager Graz", "wenige"]
  ]
}
"#,
    )],
    faults: &[
        UNAVAILABLE,
        refused(
            6,
            403,
            ANSWER,
            "{\n  \"error\": {\n    \"code\": 403,\n    \"message\": \"The caller does not have permission\",\n    \"status\": \"PERMISSION_DENIED\"\n  }\n}\n",
        ),
    ],
    millis: (140, 640),
};

/// Asks when a calendar is free.
pub static FREE_BUSY: Exchange = Exchange {
    application: &Application::GoogleCalendar,
    maker: Maker::Node,
    method: &Method::Post,
    url: "https://www.googleapis.com/calendar/v3/freeBusy",
    headers: REQUEST,
    body: Text(r#"{"timeMin":"@{day}T08:00:00Z","timeMax":"@{day}T20:00:00Z","timeZone":"Europe/Berlin","items":[{"id":"bookings@example.com"}]}"#),
    answers: &[answer(
        200,
        ANSWER,
        r#"{
 "kind": "calendar#freeBusy",
 "timeMin": "@{day}T08:00:00.000Z",
 "timeMax": "@{day}T20:00:00.000Z",
 "calendars": {
  "bookings@example.com": {
   "busy": [
    { "start": "@{day}T09:00:00Z", "end": "@{day}T09:45:00Z" },
    { "start": "@{day}T11:30:00Z", "end": "@{day}T13:00:00Z" }
   ]
  }
 }
}
"#,
    )],
    faults: &[
        UNAVAILABLE,
        refused(
            7,
            400,
            ANSWER,
            "{\n \"error\": {\n  \"errors\": [\n   {\n    \"domain\": \"global\",\n    \"reason\": \"badRequest\",\n    \"message\": \"Bad Request\"\n   }\n  ],\n  \"code\": 400,\n  \"message\": \"Bad Request\"\n }\n}\n",
        )
        .because("day", "{{booking.date}}"),
    ],
    millis: (110, 520),
};

/// Enters an appointment.
pub static INSERT_APPOINTMENT: Exchange = Exchange {
    application: &Application::GoogleCalendar,
    maker: Maker::Node,
    method: &Method::Post,
    url: "https://www.googleapis.com/calendar/v3/calendars/bookings%40example.com/events?sendUpdates=all",
    headers: REQUEST,
    body: Text(
        r#"{"id":"@{hex:20:appointment}","summary":"@{user}","description":"@{says}","location":"@{city}","start":{"dateTime":"@{day}T@{hour}:00:00+01:00"},"end":{"dateTime":"@{day}T@{hour}:45:00+01:00"},"attendees":[{"email":"@{email}"}],"reminders":{"useDefault":true}}"#,
    ),
    answers: &[answer(
        200,
        ANSWER,
        r#"{
 "kind": "calendar#event",
 "etag": "\"34@{digits:14}\"",
 "id": "@{hex:20:appointment}",
 "status": "confirmed",
 "htmlLink": "https://www.google.com/calendar/event?eid=@{code:48}",
 "created": "@{iso}",
 "updated": "@{iso}",
 "summary": "@{user}",
 "location": "@{city}",
 "creator": { "email": "bookings@example.com", "self": true },
 "organizer": { "email": "bookings@example.com", "self": true },
 "start": { "dateTime": "@{day}T@{hour}:00:00+01:00", "timeZone": "Europe/Berlin" },
 "end": { "dateTime": "@{day}T@{hour}:45:00+01:00", "timeZone": "Europe/Berlin" },
 "iCalUID": "@{hex:20:appointment}@google.com",
 "sequence": 0,
 "attendees": [ { "email": "@{email}", "responseStatus": "needsAction" } ],
 "reminders": { "useDefault": true }
}
"#,
    )],
    faults: &[
        refused(
            8,
            409,
            ANSWER,
            "{\n \"error\": {\n  \"errors\": [\n   {\n    \"domain\": \"global\",\n    \"reason\": \"duplicate\",\n    \"message\": \"The requested identifier already exists.\"\n   }\n  ],\n  \"code\": 409,\n  \"message\": \"The requested identifier already exists.\"\n }\n}\n",
        ),
        refused(
            5,
            403,
            ANSWER,
            "{\n \"error\": {\n  \"errors\": [\n   {\n    \"domain\": \"usageLimits\",\n    \"reason\": \"rateLimitExceeded\",\n    \"message\": \"Rate Limit Exceeded\"\n   }\n  ],\n  \"code\": 403,\n  \"message\": \"Rate Limit Exceeded\"\n }\n}\n",
        ),
        lost(2, &FailureKind::Timeout, "timeout of 30000ms exceeded", (30_000, 30_040)),
    ],
    millis: (240, 980),
};

/// Deletes an appointment.
pub static DELETE_APPOINTMENT: Exchange = Exchange {
    application: &Application::GoogleCalendar,
    maker: Maker::Node,
    method: &Method::Delete,
    url: "https://www.googleapis.com/calendar/v3/calendars/bookings%40example.com/events/@{hex:20:appointment}",
    headers: REQUEST,
    body: Content::NotCaptured,
    answers: &[Answer { status: 204, headers: &[("date", "@{http_date}"), ("server", "ESF")], body: Text("") }],
    faults: &[refused(
        25,
        410,
        ANSWER,
        "{\n \"error\": {\n  \"errors\": [\n   {\n    \"domain\": \"global\",\n    \"reason\": \"deleted\",\n    \"message\": \"Resource has been deleted\"\n   }\n  ],\n  \"code\": 410,\n  \"message\": \"Resource has been deleted\"\n }\n}\n",
    )],
    millis: (160, 600),
};

/// The platform renews the access token of a Google connection.
pub static RENEW_TOKEN: Exchange = Exchange {
    application: &Application::GoogleSheets,
    maker: Maker::Platform,
    method: &Method::Post,
    url: "https://oauth2.googleapis.com/token",
    headers: &[("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json")],
    body: Text(
        "grant_type=refresh_token&client_id=481516234200-demo.apps.googleusercontent.com&client_secret=GOCSPX-@{key:28:client}&refresh_token=1%2F%2F0@{secret:60}",
    ),
    answers: &[answer(
        200,
        ANSWER,
        "{\n  \"access_token\": \"ya29.@{secret:64}\",\n  \"expires_in\": 3599,\n  \"scope\": \"https://www.googleapis.com/auth/spreadsheets https://www.googleapis.com/auth/userinfo.email openid\",\n  \"token_type\": \"Bearer\",\n  \"id_token\": \"eyJhbGciOiJSUzI1NiJ9.@{key:60:claims}.@{key:40:signature}\"\n}",
    )],
    faults: &[],
    millis: (90, 260),
};
