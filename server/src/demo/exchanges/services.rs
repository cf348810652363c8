//! Clinic, insurance, bank, travel and the company's own sign-in: other people's APIs behind JSON API nodes.

use model::{Application, FailureKind, Method};

use super::bodies::LABEL_PNG;
use super::gateway;
use crate::demo::plan::Content::{self, Text};
use crate::demo::plan::{Exchange, Fields, Maker, answer, lost, refused};

const REQUEST: Fields = &[
    ("authorization", "Bearer @{secret:48}"),
    ("content-type", "application/json"),
    ("accept", "application/json"),
    ("user-agent", "MetaHumans-Bots/3.18"),
];
const ANSWER: Fields =
    &[("date", "@{http_date}"), ("content-type", "application/json"), ("x-request-id", "@{uuid}"), ("server", "envoy")];
const FHIR: Fields = &[
    ("date", "@{http_date}"),
    ("content-type", "application/fhir+json;charset=UTF-8"),
    ("x-powered-by", "HAPI FHIR 7.4.0"),
];
const SOAP: Fields =
    &[("date", "@{http_date}"), ("content-type", "text/xml; charset=utf-8"), ("server", "IBM_HTTP_Server")];

/// Looks for a patient.
pub static FIND_PATIENT: Exchange = Exchange {
    application: &Application::JsonApi,
    maker: Maker::Node,
    method: &Method::Get,
    url: "https://fhir.clinic.example.org/r4/Patient?telecom=@{form:phone}&_count=1",
    headers: REQUEST,
    body: Text(""),
    answers: &[answer(
        200,
        FHIR,
        r#"{"resourceType":"Bundle","type":"searchset","total":1,"entry":[{"fullUrl":"https://fhir.clinic.example.org/r4/Patient/@{digits:6:patient}","resource":{"resourceType":"Patient","id":"@{digits:6:patient}","active":true,"name":[{"use":"official","text":"@{user}"}],"telecom":[{"system":"phone","value":"@{phone}"},{"system":"email","value":"@{email}"}],"address":[{"city":"@{city}"}]}}]}"#,
    )],
    faults: &[
        refused(
            12,
            400,
            FHIR,
            r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid","diagnostics":"Invalid request: the parameter 'telecom' holds an unresolved placeholder: {{user.phone}}"}]}"#,
        )
        .because("phone", "{{user.phone}}"),
        gateway::UNAVAILABLE,
        lost(3, &FailureKind::Timeout, "timeout of 30000ms exceeded", (30_000, 30_040)),
    ],
    millis: (210, 1_300),
};

/// Files a claim.
pub static FILE_CLAIM: Exchange = Exchange {
    method: &Method::Post,
    url: "https://claims.insurance.example.com/api/claims",
    body: Text(
        r#"{"policy":"PL-@{digits:8:policy}","holder":{"name":"@{user}","phone":"@{phone}","city":"@{city}"},"kind":"vehicle","description":"@{says}","client_secret":"clm_demo_@{key:24:claims}"}"#,
    ),
    answers: &[answer(
        201,
        ANSWER,
        r#"{"claim":{"number":"CL-@{digits:7:claim}","state":"received","holder":"@{user}","message":"@{told}"}}"#,
    )],
    faults: &[
        refused(
            24,
            422,
            ANSWER,
            r#"{"errors":[{"field":"policy","code":"lapsed","message":"the policy PL-@{digits:8:policy} ended on 31 October"},{"field":"description","code":"too_short","message":"at least 20 characters"}]}"#,
        ),
        gateway::UNAVAILABLE,
    ],
    ..FIND_PATIENT
};

/// Hands in a photo of the damage.
pub static UPLOAD_PHOTO: Exchange = Exchange {
    method: &Method::Put,
    url: "https://claims.insurance.example.com/api/claims/CL-@{digits:7:claim}/photos/1",
    headers: &[
        ("authorization", "Bearer @{secret:48}"),
        ("content-type", "image/png"),
        ("user-agent", "MetaHumans-Bots/3.18"),
    ],
    body: Content::Base64(LABEL_PNG),
    answers: &[answer(201, ANSWER, r#"{"photo":{"bytes":252,"type":"image/png","checksum":"@{hex:64}"}}"#)],
    faults: &[refused(
        40,
        413,
        ANSWER,
        r#"{"errors":[{"code":"photo_too_large","message":"a photo may have at most 8 MB","bytes":11942113}]}"#,
    )],
    millis: (700, 4_200),
    ..FIND_PATIENT
};

/// Blocks a card.
pub static BLOCK_CARD: Exchange = Exchange {
    method: &Method::Put,
    url: "https://api.bank.example.com/cards/v3/@{digits:12:card}/state",
    body: Text(r#"{"state":"blocked","reason":"lost","requested_by":"@{user}","pin":"@{digits:4:pin}"}"#),
    answers: &[answer(200, ANSWER, r#"{"card":"**** @{digits:4:last4}","state":"blocked","since":"@{iso}"}"#)],
    faults: &[
        refused(
            15,
            409,
            ANSWER,
            r#"{"code":"already_blocked","message":"the card has been blocked before","since":"2026-03-02T08:11:40Z"}"#,
        ),
        refused(
            9,
            403,
            ANSWER,
            r#"{"code":"step_up_required","message":"the customer must confirm in the app first"}"#,
        ),
    ],
    millis: (150, 880),
    ..FIND_PATIENT
};

/// Asks for a balance, over SOAP.
pub static BALANCE: Exchange = Exchange {
    method: &Method::Post,
    url: "https://core.bank.example.com/ws/AccountService",
    headers: &[
        ("content-type", "text/xml; charset=utf-8"),
        ("soapaction", "\"urn:bank:getBalance\""),
        ("authorization", "Basic @{key:32:core}"),
    ],
    body: Text(
        r#"<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:acc="urn:bank:accounts"><soapenv:Header><acc:Security><acc:Username>bots</acc:Username><acc:Password>demo-@{key:16:core-password}</acc:Password></acc:Security></soapenv:Header><soapenv:Body><acc:getBalance><acc:customer>@{digits:9:customer}</acc:customer></acc:getBalance></soapenv:Body></soapenv:Envelope>"#,
    ),
    answers: &[answer(
        200,
        SOAP,
        r#"<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><acc:getBalanceResponse xmlns:acc="urn:bank:accounts"><acc:holder>@{user}</acc:holder><acc:balance currency="EUR">@{amount}</acc:balance><acc:asOf>@{iso}</acc:asOf></acc:getBalanceResponse></soapenv:Body></soapenv:Envelope>"#,
    )],
    faults: &[
        refused(
            16,
            500,
            SOAP,
            r#"<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><soapenv:Fault><faultcode>soapenv:Server</faultcode><faultstring>CICS transaction ACBL abended: ASRA</faultstring><detail><code>BKN-5012</code></detail></soapenv:Fault></soapenv:Body></soapenv:Envelope>"#,
        ),
        refused(
            9,
            200,
            SOAP,
            r#"<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><acc:getBalanceResponse xmlns:acc="urn:bank:accounts"><acc:error code="17">customer not found</acc:error></acc:getBalanceResponse></soapenv:Body></soapenv:Envelope>"#,
        ),
    ],
    millis: (600, 2_900),
    ..FIND_PATIENT
};

/// Searches flights: the airlines take their time.
pub static SEARCH_FLIGHTS: Exchange = Exchange {
    method: &Method::Post,
    url: "https://api.travel.example.com/v1/offers/search?access_token=@{secret:40}",
    body: Text(
        r#"{"origin":"FRA","destination":"@{airport}","departure":"@{day}","passengers":[{"type":"adult","name":"@{user}"}],"cabin":"economy","max_connections":1}"#,
    ),
    answers: &[answer(
        200,
        ANSWER,
        r#"{"offers":[{"id":"off_@{hex:16}","airline":"Demo Air","flight":"DM @{digits:3:flight}","departs":"@{day}T06:50:00+01:00","arrives":"@{day}T09:20:00+01:00","price":{"amount":"@{amount}","currency":"EUR"},"seats":@{qty}},{"id":"off_@{hex:16:second}","airline":"Example Airways","flight":"EX @{digits:3:other}","departs":"@{day}T17:05:00+01:00","arrives":"@{day}T21:40:00+01:00","price":{"amount":"312.40","currency":"EUR"},"seats":2}],"searched":14,"incomplete":["Sample Jet"]}"#,
    )],
    faults: &[
        gateway::GATEWAY_TIMEOUT,
        refused(9, 503, ANSWER, r#"{"error":{"code":"no_supplier_available","message":"none of 14 airlines answered within 25 s","retry":true}}"#)
            .taking(25_000, 25_400),
        refused(7, 400, ANSWER, r#"{"error":{"code":"departure_in_the_past","message":"departure must be a date from today on","value":"undefined"}}"#)
            .because("day", "undefined"),
        lost(6, &FailureKind::Timeout, "timeout of 30000ms exceeded", (30_000, 30_040)),
    ],
    millis: (2_200, 16_500),
    ..FIND_PATIENT
};

/// Moves a booking to another day.
pub static CHANGE_BOOKING: Exchange = Exchange {
    method: &Method::Patch,
    url: "https://api.travel.example.com/v1/bookings/@{code:6:booking}",
    body: Text(r#"{"date":"@{day}","passenger":"@{user}","note":"@{says}"}"#),
    answers: &[answer(
        200,
        ANSWER,
        r#"{"booking":"@{code:6:booking}","state":"changed","date":"@{day}","fee":{"amount":"35.00","currency":"EUR"}}"#,
    )],
    faults: &[
        refused(
            18,
            409,
            ANSWER,
            r#"{"error":{"code":"fare_not_changeable","message":"this fare cannot be moved to another day"}}"#,
        ),
        refused(6, 410, ANSWER, r#"{"error":{"code":"booking_flown","message":"the flight has departed"}}"#),
        lost(4, &FailureKind::Dns, "getaddrinfo EAI_AGAIN api.travel.example.com", (5_000, 5_040)),
    ],
    millis: (420, 3_100),
    ..FIND_PATIENT
};

/// Sends a link to choose a new password.
pub static RESET_PASSWORD: Exchange = Exchange {
    method: &Method::Post,
    url: "https://sso.example.com/api/v1/users/@{form:email}/lifecycle/reset_password?sendEmail=true",
    headers: &[("authorization", "SSWS 00@{key:40:sso}"), ("content-type", "application/json")],
    body: Content::NotCaptured,
    answers: &[answer(
        200,
        ANSWER,
        r#"{"resetPasswordUrl":"https://sso.example.com/signin/reset-password/@{code:20}"}"#,
    )],
    faults: &[
        refused(
            20,
            404,
            ANSWER,
            r#"{"errorCode":"E0000007","errorSummary":"Not found: Resource not found: @{email} (User)","errorLink":"E0000007","errorId":"oae@{code:20}","errorCauses":[]}"#,
        ),
        refused(
            7,
            403,
            ANSWER,
            r#"{"errorCode":"E0000006","errorSummary":"You do not have permission to perform the requested action","errorLink":"E0000006","errorId":"oae@{code:20}","errorCauses":[]}"#,
        ),
    ],
    millis: (130, 700),
    ..FIND_PATIENT
};
