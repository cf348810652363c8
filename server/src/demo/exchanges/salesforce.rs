//! Salesforce: leads, contacts, cases.

use model::{Application, FailureKind, Method};

use crate::demo::plan::Content::Text;
use crate::demo::plan::{Answer, Exchange, Fault, Fields, Maker, answer, lost, refused};

const REQUEST: Fields = &[
    ("authorization", "Bearer 00D5g00000DemoOr!AQ@{secret:72}"),
    ("content-type", "application/json"),
    ("accept", "application/json"),
    ("user-agent", "MetaHumans-Bots/3.18"),
];
const ANSWER: Fields = &[
    ("date", "@{http_date}"),
    ("content-type", "application/json;charset=UTF-8"),
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    (
        "set-cookie",
        "BrowserId=@{code:22}; domain=.salesforce.com; path=/; expires=Thu, 30-Dec-2027 22:34:56 GMT; Max-Age=31536000",
    ),
    ("set-cookie", "CookieConsentPolicy=0:1; path=/; Max-Age=31536000"),
    ("cache-control", "no-cache,must-revalidate,max-age=0,no-store,private"),
    ("sforce-limit-info", "api-usage=@{digits:4}/100000"),
    ("vary", "Accept-Encoding"),
    ("server", "sfdcedge"),
    ("x-sfdc-request-id", "@{hex:32}"),
];

/// What Salesforce answers once the session is gone, after a change of password for instance.
pub static SESSION_EXPIRED: Fault = refused(
    4,
    401,
    &[
        ("date", "@{http_date}"),
        ("content-type", "application/json;charset=UTF-8"),
        ("www-authenticate", "Token"),
        ("server", "sfdcedge"),
        ("x-sfdc-request-id", "@{hex:32}"),
    ],
    r#"[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]"#,
);
const LIMIT: Fault =
    refused(2, 403, ANSWER, r#"[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]"#);

/// Looks for a contact by e-mail address.
pub static FIND_CONTACT: Exchange = Exchange {
    application: &Application::Salesforce,
    maker: Maker::Node,
    method: &Method::Get,
    url: "https://northstar-demo.my.salesforce.com/services/data/v62.0/query?q=SELECT+Id,Name,Email,Phone,MailingCity,Account.Name+FROM+Contact+WHERE+Email='@{form:email}'+LIMIT+1",
    headers: REQUEST,
    body: Text(""),
    answers: &[
        answer(
            200,
            ANSWER,
            r#"{"totalSize":1,"done":true,"records":[{"attributes":{"type":"Contact","url":"/services/data/v62.0/sobjects/Contact/0035g@{digits:10:contact}QAF"},"Id":"0035g@{digits:10:contact}QAF","Name":"@{user}","Email":"@{email}","Phone":"@{phone}","MailingCity":"@{city}","Account":{"attributes":{"type":"Account","url":"/services/data/v62.0/sobjects/Account/0015g@{digits:10:account}QAA"},"Name":"Household @{user}"}}]}"#,
        ),
        answer(200, ANSWER, r#"{"totalSize":0,"done":true,"records":[]}"#),
    ],
    faults: &[
        SESSION_EXPIRED,
        refused(
            9,
            400,
            ANSWER,
            r#"[{"message":"\nContact WHERE Email='null'' LIMIT 1\n                      ^\nERROR at Row:1:Column:86\nBind variables only allowed in Apex code","errorCode":"MALFORMED_QUERY"}]"#,
        )
        .because("email", "null'"),
    ],
    millis: (180, 900),
};

/// Creates a lead.
pub static CREATE_LEAD: Exchange = Exchange {
    application: &Application::Salesforce,
    maker: Maker::Node,
    method: &Method::Post,
    url: "https://northstar-demo.my.salesforce.com/services/data/v62.0/sobjects/Lead",
    headers: REQUEST,
    body: Text(
        r#"{"LastName":"@{user}","Company":"Unknown","Email":"@{email}","Phone":"@{phone}","City":"@{city}","LeadSource":"Chatbot","Description":"@{says}","Score__c":@{qty}}"#,
    ),
    answers: &[answer(201, ANSWER, r#"{"id":"00Q5g@{digits:10:lead}EAE","success":true,"errors":[]}"#)],
    faults: &[
        SESSION_EXPIRED,
        LIMIT,
        refused(
            12,
            400,
            ANSWER,
            r#"[{"message":"Required fields are missing: [LastName]","errorCode":"REQUIRED_FIELD_MISSING","fields":["LastName"]}]"#,
        )
        .because("user", ""),
        refused(
            10,
            400,
            ANSWER,
            r#"[{"duplicateResult":{"allowSave":true,"duplicateRule":"Standard_Lead_Duplicate_Rule","duplicateRuleEntityType":"Lead","errorMessage":"Use one of these records?","matchResults":[{"entityType":"Lead","errors":[],"matchEngine":"FuzzyMatchEngine","matchRecords":[{"additionalInformation":[],"fieldDiffs":[],"matchConfidence":93.4,"record":{"attributes":{"type":"Lead","url":"/services/data/v62.0/sobjects/Lead/00Q5g0000081PqvEAE"},"Id":"00Q5g0000081PqvEAE"}}],"rule":"Standard_Lead_Match_Rule_v1_0","size":1,"success":true}]},"errorCode":"DUPLICATES_DETECTED","message":"Use one of these records?"}]"#,
        ),
    ],
    millis: (320, 1_600),
};

/// Changes a lead.
pub static UPDATE_LEAD: Exchange = Exchange {
    application: &Application::Salesforce,
    maker: Maker::Node,
    method: &Method::Patch,
    url: "https://northstar-demo.my.salesforce.com/services/data/v62.0/sobjects/Lead/00Q5g@{digits:10:lead}EAE",
    headers: REQUEST,
    body: Text(r#"{"Status":"Working - Contacted","Rating":"Warm","LastReply__c":"@{says}"}"#),
    answers: &[Answer { status: 204, headers: ANSWER, body: Text("") }],
    faults: &[
        SESSION_EXPIRED,
        refused(
            10,
            404,
            ANSWER,
            r#"[{"errorCode":"NOT_FOUND","message":"Provided external ID field does not exist or is not accessible: {{lead_id}}"}]"#,
        )
        .because("digits:10:lead", "{{lead_id}}"),
        refused(
            3,
            503,
            ANSWER,
            r#"[{"errorCode":"SERVER_UNAVAILABLE","message":"We are down for maintenance. Sorry for the inconvenience, we'll be back shortly."}]"#,
        ),
    ],
    millis: (210, 1_050),
};

/// Opens a case for a blocked card.
pub static CREATE_CASE: Exchange = Exchange {
    application: &Application::Salesforce,
    maker: Maker::Node,
    method: &Method::Post,
    url: "https://northstar-demo.my.salesforce.com/services/data/v62.0/sobjects/Case",
    headers: REQUEST,
    body: Text(
        r#"{"Subject":"Card blocked by customer","Origin":"WhatsApp","Priority":"High","SuppliedName":"@{user}","SuppliedPhone":"@{phone}","Description":"@{says}","Conversation__c":"@{conversation}"}"#,
    ),
    answers: &[answer(201, ANSWER, r#"{"id":"5005g@{digits:10:case}AAD","success":true,"errors":[]}"#)],
    faults: &[SESSION_EXPIRED, lost(3, &FailureKind::Unknown, "socket hang up (ECONNRESET)", (900, 6_200))],
    millis: (340, 1_700),
};
