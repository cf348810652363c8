//! The web shop: orders, parcels, returns, payments, products.

use model::{Application, FailureKind, Method};

use super::bodies::{INVOICE_PDF, LABEL_PNG};
use super::gateway;
use crate::demo::plan::Content::{self, Text};
use crate::demo::plan::{Answer, Exchange, Fields, Maker, answer, lost, refused};

const REQUEST: Fields = &[
    ("accept", "application/json"),
    ("x-api-key", "shop_demo_@{key:28:shop}"),
    ("user-agent", "MetaHumans-Bots/3.18"),
    ("x-correlation-id", "@{uuid}"),
];
const REQUEST_JSON: Fields = &[
    ("content-type", "application/json"),
    ("accept", "application/json"),
    ("x-api-key", "shop_demo_@{key:28:shop}"),
    ("user-agent", "MetaHumans-Bots/3.18"),
    ("x-correlation-id", "@{uuid}"),
];
const ANSWER: Fields = &[
    ("date", "@{http_date}"),
    ("content-type", "application/json"),
    ("server", "nginx/1.26.2"),
    ("cache-control", "no-store"),
    ("etag", "W/\"@{hex:20}\""),
    ("set-cookie", "session=@{code:32}; Path=/; HttpOnly; SameSite=Lax"),
];

/// Looks up an order.
pub static LOOK_UP_ORDER: Exchange = Exchange {
    application: &Application::JsonApi,
    maker: Maker::Node,
    method: &Method::Get,
    url: "https://orders.shop.example.com/v2/orders/@{order}?include=items,shipment",
    headers: REQUEST,
    body: Text(""),
    answers: &[
        answer(
            200,
            ANSWER,
            r#"{"order":{"number":"@{order}","state":"shipped","placed_at":"@{past}T07:41:09Z","customer":{"name":"@{user}","email":"@{email}","phone":"@{phone}","city":"@{city}"},"items":[{"sku":"@{sku}","title":"@{product}","quantity":@{qty},"price":"@{amount}","currency":"EUR"}],"shipment":{"carrier":"Parcel Express","tracking":"PX@{digits:10:parcel}","eta":"@{day}"},"total":"@{amount}"}}"#,
        ),
        answer(
            200,
            ANSWER,
            r#"{"order":{"number":"@{order}","state":"processing","placed_at":"@{past}T19:02:55Z","customer":{"name":"@{user}","email":"@{email}","phone":"@{phone}","city":"@{city}"},"items":[{"sku":"@{sku}","title":"@{product}","quantity":@{qty},"price":"@{amount}","currency":"EUR"},{"sku":"NW-2204","title":"Thermosflasche 0,75 L","quantity":1,"price":"24.90","currency":"EUR"}],"shipment":null,"total":"@{amount}"}}"#,
        ),
    ],
    faults: &[
        refused(18, 404, ANSWER, r#"{"error":{"code":"order_not_found","message":"no order with the number @{order}"}}"#),
        refused(
            8,
            400,
            ANSWER,
            r#"{"error":{"code":"invalid_order_number","message":"an order number looks like NW-123456","value":"{{order_id}}"}}"#,
        )
        .because("order", "{{order_id}}"),
        refused(5, 400, ANSWER, r#"{"error":{"code":"invalid_order_number","message":"an order number looks like NW-123456","value":"null"}}"#)
            .because("order", "null"),
        refused(4, 404, ANSWER, r#"{"error":{"code":"no_such_route","message":"Cannot GET /v2/orders//items"}}"#)
            .because("order", "/items"),
        gateway::BAD_GATEWAY,
        gateway::INTERNAL,
        lost(2, &FailureKind::Connect, "connect ECONNREFUSED 192.0.2.44:443", (2, 40)),
    ],
    millis: (70, 420),
};

/// Asks where a parcel is: the answer is mostly the same as the last one.
pub static TRACK_PARCEL: Exchange = Exchange {
    url: "https://tracking.parcel.example.net/api/v1/parcels/PX@{digits:10:parcel}",
    headers: &[("accept", "application/json"), ("authorization", "ApiKey px_demo_@{key:30:parcel}")],
    answers: &[answer(
        200,
        &[
            ("content-type", "application/json; charset=utf-8"),
            ("date", "@{http_date}"),
            ("x-cache", "HIT"),
            ("age", "41"),
        ],
        r#"{"parcel":"PX@{digits:10:parcel}","state":"in_transit","city":"@{city}","steps":[{"state":"announced","at":"@{past}T05:10:00Z"},{"state":"in_transit","at":"@{past}T09:32:00Z","hub":"Hub 7"}],"eta":"@{day}"}"#,
    )],
    faults: &[
        // Happens every day, and no dashboard of the carrier ever shows it: an error in an answer with 200.
        refused(
            10,
            200,
            &[("content-type", "application/json; charset=utf-8"), ("date", "@{http_date}")],
            r#"{"success":false,"error":{"code":"E1042","message":"parcel is not known to the carrier yet"},"data":null}"#,
        ),
        refused(3, 429, &[("retry-after", "30"), ("content-type", "application/json")], r#"{"error":"slow down"}"#),
        gateway::GATEWAY_TIMEOUT,
        lost(3, &FailureKind::Tls, "certificate has expired (CERT_HAS_EXPIRED)", (60, 210)),
    ],
    millis: (55, 310),
    ..LOOK_UP_ORDER
};

/// Cancels an order.
pub static CANCEL_ORDER: Exchange = Exchange {
    method: &Method::Delete,
    url: "https://orders.shop.example.com/v2/orders/@{order}",
    body: Content::NotCaptured,
    answers: &[Answer {
        status: 204,
        headers: &[("date", "@{http_date}"), ("server", "nginx/1.26.2")],
        body: Text(""),
    }],
    faults: &[refused(
        45,
        409,
        ANSWER,
        r#"{"error":{"code":"already_shipped","message":"order @{order} left the warehouse and can only be returned"}}"#,
    )],
    ..LOOK_UP_ORDER
};

/// Announces a return.
pub static CREATE_RETURN: Exchange = Exchange {
    method: &Method::Post,
    url: "https://orders.shop.example.com/v2/orders/@{order}/returns",
    headers: REQUEST_JSON,
    body: Text(r#"{"items":[{"sku":"@{sku}","quantity":@{qty}}],"reason":"damaged","comment":"@{says}","photos":[]}"#),
    answers: &[answer(
        201,
        ANSWER,
        r#"{"return":{"id":"RT-@{digits:6:return}","order":"@{order}","state":"announced","label":"https://media.shop.example.com/labels/RT-@{digits:6:return}.png"}}"#,
    )],
    faults: &[
        refused(
            16,
            422,
            ANSWER,
            r#"{"error":{"code":"validation_failed","message":"the request is not valid","fields":[{"field":"items[0].quantity","message":"is greater than the number ordered"},{"field":"reason","message":"must be one of damaged, wrong_size, changed_mind"}]}}"#,
        ),
        refused(
            9,
            409,
            ANSWER,
            r#"{"error":{"code":"return_exists","message":"a return of this order is already under way"}}"#,
        ),
        gateway::BAD_GATEWAY,
    ],
    ..LOOK_UP_ORDER
};

/// Fetches the label of a return as a picture.
pub static RETURN_LABEL: Exchange = Exchange {
    url: "https://media.shop.example.com/labels/RT-@{digits:6:return}.png?token=lbl_@{code:24}",
    headers: &[("accept", "image/png"), ("user-agent", "MetaHumans-Bots/3.18")],
    answers: &[Answer {
        status: 200,
        headers: &[("content-type", "image/png"), ("content-length", "252"), ("date", "@{http_date}")],
        body: Content::Base64(LABEL_PNG),
    }],
    faults: &[gateway::HTML_NOT_FOUND],
    ..LOOK_UP_ORDER
};

/// Fetches an invoice.
pub static INVOICE: Exchange = Exchange {
    url: "https://orders.shop.example.com/v2/orders/@{order}/invoice.pdf",
    answers: &[Answer {
        status: 200,
        headers: &[
            ("content-type", "application/pdf"),
            ("content-disposition", "attachment; filename=\"@{order}.pdf\""),
            ("date", "@{http_date}"),
        ],
        body: Content::Base64(INVOICE_PDF),
    }],
    faults: &[refused(
        20,
        403,
        ANSWER,
        r#"{"error":{"code":"not_your_order","message":"the order belongs to another customer"}}"#,
    )],
    ..LOOK_UP_ORDER
};

/// Pays money back.
pub static REFUND: Exchange = Exchange {
    method: &Method::Post,
    url: "https://pay.example.org/v1/refunds",
    headers: &[
        ("authorization", "Bearer sk_demo_@{key:40:pay}"),
        ("content-type", "application/x-www-form-urlencoded"),
        ("idempotency-key", "@{uuid}"),
    ],
    body: Text(
        "charge=ch_@{digits:14:charge}&amount=@{digits:4:cents}&reason=requested_by_customer&metadata%5Border%5D=@{order}&metadata%5Bname%5D=@{form:user}",
    ),
    answers: &[answer(
        200,
        ANSWER,
        r#"{"id":"re_@{code:24}","object":"refund","amount":@{digits:4:cents},"charge":"ch_@{digits:14:charge}","currency":"eur","metadata":{"order":"@{order}","name":"@{user}"},"status":"succeeded"}"#,
    )],
    faults: &[
        refused(
            14,
            402,
            ANSWER,
            r#"{"error":{"code":"insufficient_balance","message":"the balance is too low for this refund","type":"invalid_request_error"}}"#,
        ),
        refused(
            8,
            400,
            ANSWER,
            r#"{"error":{"code":"charge_already_refunded","message":"Charge ch_@{digits:14:charge} has already been refunded.","type":"invalid_request_error"}}"#,
        ),
        gateway::CLOUD_TIMEOUT,
    ],
    millis: (380, 2_100),
    ..LOOK_UP_ORDER
};

/// Searches products, with every filter of the shop in the URL.
pub static SEARCH_PRODUCTS: Exchange = Exchange {
    url: "https://search.shop.example.com/api/products?q=@{form:says}&locale=de-DE&currency=EUR&filter%5Bcategory%5D=outdoor%2Crucksaecke%2Cjacken%2Cflaschen&filter%5Bprice%5D=10..250&filter%5Bsize%5D=S%2CM%2CL%2CXL&filter%5Bcolour%5D=moosgr%C3%BCn%2Cnachtblau%2Cziegelrot&filter%5Bin_stock%5D=true&filter%5Brating%5D=4..5&facets=category%2Cbrand%2Cprice%2Csize%2Ccolour%2Crating%2Cdelivery&sort=-relevance%2C-rating%2Cprice&fields=sku%2Ctitle%2Cprice%2Cimage%2Cstock%2Crating%2Creviews_count&page%5Bsize%5D=10&page%5Bnumber%5D=1&session=@{conversation}&api_key=srch_demo_@{key:32:search}&utm_source=chatbot&utm_medium=whatsapp&utm_campaign=herbst&experiment=ranker-v7%2Cboost-new%3Doff&debug=false&client=metahumans-bots&client_version=3.18.4",
    answers: &[answer(
        200,
        ANSWER,
        r#"{"total":3,"products":[{"sku":"@{sku}","title":"@{product}","price":"@{amount}","stock":@{qty},"rating":4.6},{"sku":"NW-1180","title":"Wanderrucksack 28 L, moosgrün","price":"89.00","stock":41,"rating":4.8},{"sku":"NW-3071","title":"Regenjacke „Sturmvogel“","price":"149.00","stock":12,"rating":4.4}],"facets":{"category":{"rucksaecke":1,"jacken":1,"flaschen":1}}}"#,
    )],
    faults: &[
        refused(7, 414, &[("content-type", "text/html"), ("server", "nginx")], gateway::URI_TOO_LONG),
        gateway::INTERNAL,
    ],
    ..LOOK_UP_ORDER
};

/// Fetches all products at once.
pub static WHOLE_CATALOGUE: Exchange = Exchange {
    url: "https://search.shop.example.com/api/products/export?format=json&locale=de-DE",
    answers: &[Answer { status: 200, headers: ANSWER, body: Content::Catalogue }],
    faults: &[],
    millis: (6_400, 9_800),
    ..LOOK_UP_ORDER
};

/// Writes the assistant's ranking back.
pub static PUT_RANKING: Exchange = Exchange {
    method: &Method::Put,
    url: "https://search.shop.example.com/api/rankings/chatbot",
    headers: REQUEST_JSON,
    body: Text(
        r#"{"ranking":[{"sku":"@{sku}","score":0.93},{"sku":"NW-1180","score":0.88},{"sku":"NW-3071","score":0.71}],"model":"ranker-v7"}"#,
    ),
    answers: &[answer(200, ANSWER, r#"{"stored":3}"#)],
    faults: &[refused(30, 413, &[("content-type", "text/html"), ("server", "nginx/1.26.2")], gateway::TOO_LARGE)],
    ..LOOK_UP_ORDER
};
