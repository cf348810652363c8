//! The bots that book, advise and help.

use super::{CLICKATELL, FRESHDESK, GOOGLE_CLINIC, GOOGLE_OPERATIONS, SALESFORCE, TWILIO, ZENDESK, linked, node, path};
use crate::demo::exchanges::{google, messaging, platform, salesforce, scripts, services, tickets};
use crate::demo::plan::Act::{Call, Run};
use crate::demo::plan::BotPlan;
use crate::demo::rhythm::Rhythm;

/// A restaurant.
pub static TABLES: BotPlan = BotPlan {
    id: "bot-table",
    name: "Trattoria Luce – tables",
    per_day: 22,
    rhythm: Rhythm::Table,
    paths: &[
        path(
            "p-table-book",
            "Book a table",
            5,
            &[
                linked("n-table-free", "Free tables", Call(&google::FREE_BUSY), GOOGLE_OPERATIONS),
                linked("n-table-insert", "Enter booking", Call(&google::INSERT_APPOINTMENT), GOOGLE_OPERATIONS),
                linked("n-table-row", "Row in guest list", Call(&google::APPEND_ROW), GOOGLE_OPERATIONS),
                linked("n-table-text", "Text confirmation", Call(&messaging::TWILIO_SMS), TWILIO),
            ],
        ),
        path(
            "p-table-cancel",
            "Cancel a booking",
            1,
            &[
                linked("n-table-delete", "Delete booking", Call(&google::DELETE_APPOINTMENT), GOOGLE_OPERATIONS),
                linked("n-table-call", "Call the guest", Call(&messaging::TWILIO_CALL), TWILIO),
            ],
        ),
    ],
};

/// A clinic.
pub static CLINIC: BotPlan = BotPlan {
    id: "bot-clinic",
    name: "Clinic appointments",
    per_day: 24,
    rhythm: Rhythm::Office,
    paths: &[
        path(
            "p-clinic-book",
            "Book an appointment",
            4,
            &[
                node("n-clinic-patient", "Find patient", Call(&services::FIND_PATIENT)),
                linked("n-clinic-free", "Free slots", Call(&google::FREE_BUSY), GOOGLE_CLINIC),
                linked("n-clinic-insert", "Enter appointment", Call(&google::INSERT_APPOINTMENT), GOOGLE_CLINIC),
            ],
        ),
        path(
            "p-clinic-remind",
            "Remind of tomorrow",
            3,
            &[
                node("", "", Call(&platform::TRIGGER)),
                linked("n-clinic-whatsapp", "Send reminder", Call(&messaging::TWILIO_WHATSAPP), TWILIO),
            ],
        ),
    ],
};

/// A bank.
pub static BANK: BotPlan = BotPlan {
    id: "bot-bank",
    name: "Card & account help",
    per_day: 20,
    rhythm: Rhythm::Office,
    paths: &[
        path(
            "p-bank-block",
            "Block a card",
            2,
            &[
                node("n-bank-block", "Block card", Call(&services::BLOCK_CARD)),
                linked("n-bank-case", "Open case", Call(&salesforce::CREATE_CASE), SALESFORCE),
                node("n-bank-c2e", "Tell the desk", Call(&platform::C2E)),
            ],
        ),
        path(
            "p-bank-balance",
            "Balance",
            3,
            &[
                node("n-bank-balance", "Ask for balance", Call(&services::BALANCE)),
                node("", "", Call(&platform::SET_ATTRIBUTE)),
            ],
        ),
    ],
};

/// A travel agency.
pub static TRIPS: BotPlan = BotPlan {
    id: "bot-trips",
    name: "Trip assistant ✈️",
    per_day: 18,
    rhythm: Rhythm::Leisure,
    paths: &[
        path(
            "p-trips-search",
            "Search flights",
            3,
            &[
                node("n-trips-offers", "Search offers", Call(&services::SEARCH_FLIGHTS)),
                node("n-trips-cheapest", "Cheapest flight", Run(&scripts::CHEAPEST_FLIGHT)),
            ],
        ),
        path(
            "p-trips-change",
            "Change a booking",
            1,
            &[
                node("n-trips-patch", "Change date", Call(&services::CHANGE_BOOKING)),
                linked("n-trips-text", "Text the traveller", Call(&messaging::CLICKATELL_SMS), CLICKATELL),
            ],
        ),
    ],
};

/// The company's own computers.
pub static HELPDESK: BotPlan = BotPlan {
    id: "bot-helpdesk",
    name: "IT helpdesk",
    per_day: 18,
    rhythm: Rhythm::Office,
    paths: &[
        path(
            "p-help-ticket",
            "Open ticket",
            3,
            &[
                linked("n-help-find", "Find colleague", Call(&tickets::FIND_CONTACT), FRESHDESK),
                linked("n-help-open", "Open ticket", Call(&tickets::OPEN_TICKET), FRESHDESK),
            ],
        ),
        path(
            "p-help-password",
            "Forgotten password",
            2,
            &[
                node("n-help-reset", "Send reset link", Call(&services::RESET_PASSWORD)),
                linked("n-help-note", "Note in ticket", Call(&tickets::ADD_NOTE), FRESHDESK),
            ],
        ),
    ],
};

/// An insurance company.
pub static CLAIMS: BotPlan = BotPlan {
    id: "bot-claims",
    name: "مساعد المطالبات",
    per_day: 11,
    rhythm: Rhythm::Office,
    paths: &[path(
        "p-claims-file",
        "تقديم مطالبة",
        1,
        &[
            node("n-claims-file", "إنشاء المطالبة", Call(&services::FILE_CLAIM)),
            node("n-claims-photo", "رفع الصورة", Call(&services::UPLOAD_PHOTO)),
            linked("n-claims-ticket", "فتح تذكرة", Call(&tickets::CREATE_TICKET), ZENDESK),
        ],
    )],
};

/// A property management.
pub static PROPERTY: BotPlan = BotPlan {
    id: "bot-property",
    name: "物业客服",
    per_day: 12,
    rhythm: Rhythm::Leisure,
    paths: &[path(
        "p-property-repair",
        "报修",
        1,
        &[
            node("n-property-c2e", "转给服务台", Call(&platform::C2E)),
            linked("n-property-row", "写入表格", Call(&google::APPEND_ROW), GOOGLE_OPERATIONS),
            node("", "", Call(&platform::SET_ATTRIBUTE)),
        ],
    )],
};
