//! What script nodes do with the variables of a conversation, and how that stops them.

use crate::demo::plan::{ScriptFault, ScriptPlan};

/// Brings an order number into its usual form.
pub static NORMALISE_ORDER: ScriptPlan = ScriptPlan {
    source: "// \"nw 483-920\" -> \"NW-483920\"\nconst digits = vars.user_input.replace(/\\D/g, '');\nif (digits.length !== 6) {\n  throw new Error(`not an order number: ${vars.user_input}`);\n}\nvars.order_id = `NW-${digits}`;\nvars.attempts += 1;\nreturn vars.order_id;\n",
    before: r#"{"user_input":"@{order} please","order_id":null,"attempts":0,"user":{"user_name":"@{user}","language":"en"}}"#,
    after: r#"{"user_input":"@{order} please","order_id":"@{order}","attempts":1,"user":{"user_name":"@{user}","language":"en"}}"#,
    result: r#""@{order}""#,
    faults: &[
        ScriptFault {
            per_mille: 22,
            before: r#"{"user_input":"@{says}","order_id":null,"attempts":0,"user":{"user_name":"@{user}","language":"en"}}"#,
            after: r#"{"user_input":"@{says}","order_id":null,"attempts":0,"user":{"user_name":"@{user}","language":"en"}}"#,
            message: "Error: not an order number: @{says}",
            at: Some((4, 9)),
            millis: None,
        },
        ScriptFault {
            per_mille: 8,
            before: r#"{"order_id":null,"attempts":0,"user":{"user_name":"@{user}","language":"en"}}"#,
            after: r#"{"order_id":null,"attempts":0,"user":{"user_name":"@{user}","language":"en"}}"#,
            message: "TypeError: Cannot read properties of undefined (reading 'replace')",
            at: Some((2, 32)),
            millis: None,
        },
    ],
    millis: (2, 14),
};

/// Works out how much money goes back.
pub static REFUND_AMOUNT: ScriptPlan = ScriptPlan {
    source: "let sum = 0;\nfor (const item of vars.return.items) {\n  sum += item.price * item.quantity;\n}\nvars.refund = {\n  amount: Math.round((sum - vars.return.fee) * 100) / 100,\n  currency: vars.order.total.currency,\n};\nreturn vars.refund.amount;\n",
    before: r#"{"order":{"number":"@{order}","total":{"amount":@{amount},"currency":"EUR"}},"return":{"items":[{"sku":"@{sku}","title":"@{product}","price":@{amount},"quantity":1}],"fee":0},"refund":null,"charge_id":20260412000000000123}"#,
    after: r#"{"order":{"number":"@{order}","total":{"amount":@{amount},"currency":"EUR"}},"return":{"items":[{"sku":"@{sku}","title":"@{product}","price":@{amount},"quantity":1}],"fee":0},"refund":{"amount":@{amount},"currency":"EUR"},"charge_id":20260412000000000123}"#,
    result: "@{amount}",
    faults: &[
        ScriptFault {
            per_mille: 24,
            before: r#"{"order":{"number":"@{order}","total":null},"return":{"items":[{"sku":"@{sku}","title":"@{product}","price":@{amount},"quantity":1}],"fee":0},"refund":null}"#,
            after: r#"{"order":{"number":"@{order}","total":null},"return":{"items":[{"sku":"@{sku}","title":"@{product}","price":@{amount},"quantity":1}],"fee":0},"refund":null}"#,
            message: "TypeError: Cannot read properties of null (reading 'currency')",
            at: Some((7, 29)),
            millis: None,
        },
        ScriptFault {
            per_mille: 8,
            before: r#"{"order":{"number":"@{order}","total":{"amount":@{amount},"currency":"EUR"}},"return":{"items":{},"fee":0},"refund":null}"#,
            after: r#"{"order":{"number":"@{order}","total":{"amount":@{amount},"currency":"EUR"}},"return":{"items":{},"fee":0},"refund":null}"#,
            message: "TypeError: vars.return.items is not iterable",
            at: Some((2, 32)),
            millis: None,
        },
    ],
    millis: (3, 19),
};

/// Scores somebody who may become a customer; the platform does not send this script's text.
pub static SCORE_LEAD: ScriptPlan = ScriptPlan {
    source: "",
    before: r#"{"answers":{"budget":"10-50k","team":@{qty},"country":"@{city}"},"score":null,"tags":["chatbot"]}"#,
    after: r#"{"answers":{"budget":"10-50k","team":@{qty},"country":"@{city}"},"score":@{digits:2},"tags":["chatbot","qualified"]}"#,
    result: "null",
    faults: &[ScriptFault {
        per_mille: 16,
        before: r#"{"answers":{"budget":"﷼ ٥٠٠٠","team":@{qty},"country":"@{city}"},"score":null,"tags":["chatbot"]}"#,
        after: r#"{"answers":{"budget":"﷼ ٥٠٠٠","team":@{qty},"country":"@{city}"},"score":null,"tags":["chatbot"]}"#,
        message: "RangeError: Invalid budget: ﷼ ٥٠٠٠",
        at: None,
        millis: None,
    }],
    millis: (4, 26),
};

/// Sorts flights by price.
pub static CHEAPEST_FLIGHT: ScriptPlan = ScriptPlan {
    source: "const offers = JSON.parse(vars.api_response).offers;\noffers.sort((a, b) => a.price.amount - b.price.amount);\nvars.cheapest = offers[0];\nvars.text = `${vars.cheapest.airline}: ${vars.cheapest.price.amount} €`;\nreturn vars.text;\n",
    before: r#"{"api_response":"{\"offers\":[{\"airline\":\"Demo Air\",\"price\":{\"amount\":\"@{amount}\"}}]}","cheapest":null,"user":{"user_name":"@{user}"}}"#,
    after: r#"{"api_response":"{\"offers\":[{\"airline\":\"Demo Air\",\"price\":{\"amount\":\"@{amount}\"}}]}","cheapest":{"airline":"Demo Air","price":{"amount":"@{amount}"}},"text":"Demo Air: @{amount} €","user":{"user_name":"@{user}"}}"#,
    result: r#""Demo Air: @{amount} €""#,
    faults: &[
        ScriptFault {
            per_mille: 18,
            before: r#"{"api_response":"<html><head><title>504 Gateway Time-out</title></head></html>","cheapest":null,"user":{"user_name":"@{user}"}}"#,
            after: r#"{"api_response":"<html><head><title>504 Gateway Time-out</title></head></html>","cheapest":null,"user":{"user_name":"@{user}"}}"#,
            message: "SyntaxError: Unexpected token '<', \"<html><hea\"... is not valid JSON",
            at: Some((1, 21)),
            millis: None,
        },
        ScriptFault {
            per_mille: 9,
            before: r#"{"api_response":"{\"offers\":[]}","cheapest":null,"user":{"user_name":"@{user}"}}"#,
            after: r#"{"api_response":"{\"offers\":[]}","cheapest":null,"user":{"user_name":"@{user}"}}"#,
            message: "TypeError: Cannot read properties of undefined (reading 'airline')",
            at: Some((4, 32)),
            millis: None,
        },
        ScriptFault {
            per_mille: 5,
            before: r#"{"api_response":"{\"offers\":[]}","cheapest":null,"retry":true}"#,
            after: r#"{"api_response":"{\"offers\":[]}","cheapest":null,"retry":true}"#,
            message: "Script execution timed out after 5000ms",
            at: None,
            millis: Some((5_000, 5_012)),
        },
    ],
    millis: (3, 22),
};
