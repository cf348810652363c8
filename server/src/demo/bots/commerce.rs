//! The bots that sell, deliver and take back.

use super::{CLICKATELL, GOOGLE_OPERATIONS, REVOKED_CONNECTION, SALESFORCE, TWILIO, ZENDESK, linked, node, path};
use crate::demo::exchanges::{google, messaging, platform, salesforce, scripts, shop, tickets};
use crate::demo::plan::Act::{Call, Run};
use crate::demo::plan::BotPlan;
use crate::demo::rhythm::Rhythm;

/// The web shop: where is my order.
pub static ORDERS: BotPlan = BotPlan {
    id: "bot-orders",
    name: "Order status",
    per_day: 44,
    rhythm: Rhythm::Leisure,
    paths: &[
        path(
            "p-orders-lookup",
            "Look up order",
            7,
            &[
                node("n-orders-number", "Read order number", Run(&scripts::NORMALISE_ORDER)),
                node("n-orders-get", "Get order", Call(&shop::LOOK_UP_ORDER)),
                node("n-orders-track", "Where is the parcel", Call(&shop::TRACK_PARCEL)),
            ],
        ),
        path(
            "p-orders-cancel",
            "Cancel order",
            2,
            &[
                node("n-cancel-get", "Get order", Call(&shop::LOOK_UP_ORDER)),
                node("n-cancel-delete", "Cancel order", Call(&shop::CANCEL_ORDER)),
                linked("n-cancel-confirm", "Confirm on WhatsApp", Call(&messaging::CLICKATELL_WHATSAPP), CLICKATELL),
            ],
        ),
        path(
            "p-orders-person",
            "Talk to a person",
            3,
            &[
                linked("n-person-find", "Find customer", Call(&tickets::FIND_USER), ZENDESK),
                linked("n-person-ticket", "Create ticket", Call(&tickets::CREATE_TICKET), ZENDESK),
                node("", "", Call(&platform::ASSIGN_AGENT)),
            ],
        ),
        path("p-orders-invoice", "Send invoice", 1, &[node("n-invoice-get", "Get invoice", Call(&shop::INVOICE))]),
    ],
};

/// The web shop: send it back.
pub static RETURNS: BotPlan = BotPlan {
    id: "bot-returns",
    name: "Returns & refunds",
    per_day: 20,
    rhythm: Rhythm::Leisure,
    paths: &[
        path(
            "p-returns-start",
            "Start a return",
            4,
            &[
                node("n-returns-get", "Get order", Call(&shop::LOOK_UP_ORDER)),
                node("n-returns-create", "Announce return", Call(&shop::CREATE_RETURN)),
                node("n-returns-label", "Get label", Call(&shop::RETURN_LABEL)),
                linked("n-returns-note", "Note in ticket", Call(&tickets::UPDATE_TICKET), ZENDESK),
            ],
        ),
        path(
            "p-returns-refund",
            "Refund",
            3,
            &[
                node("n-refund-amount", "Work out amount", Run(&scripts::REFUND_AMOUNT)),
                node("n-refund-pay", "Pay back", Call(&shop::REFUND)),
                linked("n-refund-text", "Text the customer", Call(&messaging::TWILIO_SMS), TWILIO),
            ],
        ),
    ],
};

/// The web shop: what to buy.
pub static PRODUKTBERATER: BotPlan = BotPlan {
    id: "bot-produkt",
    name: "Produktberater",
    per_day: 24,
    rhythm: Rhythm::Leisure,
    paths: &[
        path(
            "p-produkt-suche",
            "Produktsuche",
            5,
            &[
                node("n-suche-liste", "Produkte suchen", Call(&shop::SEARCH_PRODUCTS)),
                linked("n-suche-bestand", "Bestand prüfen", Call(&google::READ_STOCK), GOOGLE_OPERATIONS),
            ],
        ),
        path(
            "p-produkt-rang",
            "Rangfolge merken",
            1,
            &[node("n-rang-put", "Rangfolge schreiben", Call(&shop::PUT_RANKING))],
        ),
        path(
            "p-produkt-katalog",
            "Katalog abgleichen",
            0,
            &[node("n-katalog-alles", "Ganzer Katalog", Call(&shop::WHOLE_CATALOGUE))],
        ),
    ],
};

/// The parcels of the web shop.
pub static DELIVERY: BotPlan = BotPlan {
    id: "bot-delivery",
    name: "Delivery updates",
    per_day: 22,
    rhythm: Rhythm::Steady,
    paths: &[
        path(
            "p-delivery-watch",
            "Watch parcel",
            3,
            &[
                node("n-delivery-poll", "Where is the parcel", Call(&shop::TRACK_PARCEL)),
                node("n-delivery-poll", "Where is the parcel", Call(&shop::TRACK_PARCEL)),
                node("n-delivery-poll", "Where is the parcel", Call(&shop::TRACK_PARCEL)),
                node("n-delivery-poll", "Where is the parcel", Call(&shop::TRACK_PARCEL)),
            ],
        ),
        path(
            "p-delivery-tell",
            "Tell the customer",
            2,
            &[
                node("", "", Call(&platform::TRIGGER)),
                linked("n-delivery-whatsapp", "Message on WhatsApp", Call(&messaging::CLICKATELL_WHATSAPP), CLICKATELL),
            ],
        ),
    ],
};

/// Sales.
pub static LEADS: BotPlan = BotPlan {
    id: "bot-leads",
    name: "Lead qualification",
    per_day: 19,
    rhythm: Rhythm::Office,
    paths: &[
        path(
            "p-leads-qualify",
            "Qualify",
            3,
            &[
                node("n-leads-score", "Score", Run(&scripts::SCORE_LEAD)),
                linked("n-leads-row", "Row in lead list", Call(&google::APPEND_ROW), REVOKED_CONNECTION),
                linked("n-leads-find", "Known already?", Call(&salesforce::FIND_CONTACT), SALESFORCE),
                linked("n-leads-create", "Create lead", Call(&salesforce::CREATE_LEAD), SALESFORCE),
            ],
        ),
        path(
            "p-leads-campaign",
            "Campaign answer",
            1,
            &[
                node("", "", Call(&platform::TRIGGER)),
                linked("n-leads-update", "Update lead", Call(&salesforce::UPDATE_LEAD), SALESFORCE),
            ],
        ),
    ],
};
