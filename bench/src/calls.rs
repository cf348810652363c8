//! The calls to load: made up, but as alike and as different as those of real bots.
//!
//! Every account has nodes that make the same kind of call over and over; ids, names, amounts and times differ. One
//! call in twenty fails. About 1.65 kB each as JSON.

use model::{
    Application, Bot, Call, CallId, EndUser, Method, Node, Path, Request, Response, Source, SourceKind, StatusCode,
    Timestamp,
};

/// A word that stands in the answer of exactly one call, and no three of whose characters stand together elsewhere.
pub const RARE_WORD: &str = "quokkasaurus";
/// The order of the same call: digits as every call has them; by chance a few other calls are about that order.
pub const RARE_ORDER: &str = "NW-739146";
/// A word that stands in about half of all calls, and in no failing one.
pub const COMMON_WORD: &str = "shipped";
/// A word that stands in more than half of all calls, in failing ones too.
pub const NOTE_WORD: &str = "refund";
/// The least busy of an account's bots: one call in 144 is its.
pub const RARE_BOT: &str = "bot-0-11";
/// A bot of average business.
pub const BOT: &str = "bot-0-3";

const BOTS: u64 = 12;
const NODES_OF_A_BOT: u64 = 4;
const WORDS: &[&str] = &[
    "parcel",
    "warehouse",
    "blue",
    "jacket",
    "appointment",
    "Tuesday",
    "insurance",
    "policy",
    "renewal",
    "table",
    "terrace",
    "window",
    "delivery",
    "Nürnberg",
    "customer",
    "loyal",
    "voucher",
    "discount",
    "damaged",
    "exchange",
    "refund",
    "courier",
    "signature",
    "neighbour",
    "doorstep",
    "tracking",
    "invoice",
    "address",
    "changed",
    "holiday",
];
const STREETS: &[&str] = &["Hauptstraße", "High Street", "Rue de la Paix", "Calle Mayor", "شارع النيل", "中山路"];
const NAMES: &[&str] =
    &["Asha Verma", "Liam O'Connor", "Zoë Krüger", "王小明", "محمد العتيبي", "José Muñoz", "佐藤 花子"];

/// Makes calls up.
pub struct CallMaker(u64);

impl CallMaker {
    /// One that always makes the same calls.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// An account: the second is half as likely as the first, the third a third, and so on.
    pub fn account(&mut self, accounts: usize) -> usize {
        let total: u64 = (1..=accounts as u64).map(|place| 1_000_000 / place).sum();
        let mut number = self.below(total);
        let shares = (1..=accounts as u64).map(|place| 1_000_000 / place);
        for (account, share) in shares.enumerate() {
            if number < share {
                return account;
            }
            number -= share;
        }
        0
    }

    /// A call made then; the rare one carries [`RARE_WORD`] and [`RARE_ORDER`], and succeeds.
    pub fn call(&mut self, account: usize, at: Timestamp, is_rare: bool) -> Call {
        let bot = self.below(BOTS).min(self.below(BOTS));
        let node = self.below(NODES_OF_A_BOT);
        let is_error = self.below(20) == 0 && !is_rare;
        let name = self.one_of(NAMES);
        let number = 100_000 + self.below(900_000);
        let order = if is_rare { RARE_ORDER.to_owned() } else { format!("NW-{number}") };
        let user = format!("u{:06}", self.below(40_000));
        let error = self.below(4);
        Call {
            id: CallId::from_u128(u128::from(self.number()) << 64 | u128::from(self.number())),
            timestamp: at,
            duration_ms: Some(40 + self.below(900)),
            bot: Some(Bot { id: format!("bot-{account}-{bot}"), name: format!("Bot {bot} of account {account}") }),
            source: Source {
                kind: SourceKind::BotFlow,
                path: Some(Path { id: format!("p-{bot}-{node}"), name: format!("Path {node}") }),
                node: Some(Node {
                    id: format!("n-{bot}-{node}"),
                    name: format!("Ask {node}"),
                    kind: "json_api".to_owned(),
                }),
                agent: None,
            },
            user: Some(EndUser { id: Some(user), name: Some(name.to_owned()) }),
            conversation_id: Some(format!("conv-{:016x}", self.number())),
            connection_id: None,
            application: match bot % 4 {
                0 => Application::GoogleSheets,
                1 => Application::Zendesk,
                _ => Application::JsonApi,
            },
            request: Some(self.request(bot, node, &order, name)),
            response: Some(if is_error { self.refusal(error) } else { self.answer(&order, name, is_rare) }),
            failure: None,
            script: None,
        }
    }

    fn request(&mut self, bot: u64, node: u64, order: &str, name: &str) -> Request {
        let url = format!("https://api{bot}.example.com/v2/orders/{order}?include=items,shipment&node={node}");
        let headers = [
            ("authorization", format!("Bearer {:016x}{:016x}", self.number(), self.number())),
            ("content-type", "application/json".to_owned()),
            ("accept", "application/json".to_owned()),
            ("user-agent", "Bots/3.18 (+https://bots.example.com)".to_owned()),
            ("x-request-id", format!("{:016x}", self.number())),
        ];
        let is_get = node == 0;
        let body = (!is_get)
            .then(|| format!("{{\"customer\":\"{name}\",\"order\":\"{order}\",\"note\":\"{}\"}}", self.words(12)));
        let method = if is_get { Method::Get } else { Method::Post };
        Request { method, url, headers: owned(headers), body: Some(body.unwrap_or_default()), encoding: None }
    }

    fn answer(&mut self, order: &str, name: &str, is_rare: bool) -> Response {
        let state = if self.below(2) == 0 { COMMON_WORD } else { "processing" };
        let note = self.words(36);
        let extra = if is_rare { RARE_WORD } else { "none" };
        let street = self.one_of(STREETS);
        let body = format!(
            "{{\"order\":\"{order}\",\"state\":\"{state}\",\"customer\":{{\"name\":\"{name}\",\"street\":\"{street} {}\"}},\"items\":[{{\"sku\":\"S-{}\",\"quantity\":{},\"price\":\"{}.90\"}}],\"note\":\"{note}\",\"gift\":\"{extra}\",\"trace\":\"{:016x}\"}}",
            1 + self.below(180),
            1_000 + self.below(9_000),
            1 + self.below(5),
            9 + self.below(300),
            self.number(),
        );
        self.response(200, body)
    }

    fn refusal(&mut self, error: u64) -> Response {
        let (status, code) = match error {
            0 => (404, "order_not_found"),
            1 => (422, "validation_failed"),
            2 => (429, "too_many_requests"),
            _ => (503, "unavailable"),
        };
        let body = format!("{{\"error\":{{\"code\":\"{code}\",\"message\":\"{}\"}}}}", self.words(30));
        self.response(status, body)
    }

    fn response(&mut self, status: u16, body: String) -> Response {
        let headers = [
            ("content-type", "application/json; charset=utf-8".to_owned()),
            ("server", "nginx/1.26.2".to_owned()),
            ("cache-control", "no-store".to_owned()),
            ("etag", format!("W/\"{:016x}\"", self.number())),
            ("x-request-id", format!("{:016x}{:016x}", self.number(), self.number())),
        ];
        Response { status: StatusCode(status), headers: owned(headers), body: Some(body), encoding: None }
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.one_of(WORDS)).collect::<Vec<_>>().join(" ")
    }

    fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        usize::try_from(self.below(choices.len() as u64))
            .ok()
            .and_then(|index| choices.get(index))
            .copied()
            .unwrap_or("")
    }

    /// A number from 0 up to, not including, `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.number().checked_rem(end).unwrap_or(0)
    }

    /// The next number of `SplitMix64`: the same calls whatever the versions of crates.
    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let number = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        number ^ (number >> 31)
    }
}

fn owned<const N: usize>(headers: [(&str, String); N]) -> Vec<(String, String)> {
    headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn calls_have_the_size_and_the_errors_of_real_ones() {
        let mut maker = CallMaker::new(1);
        let at = Timestamp::from_millis(1_795_000_000_000);
        let calls: Vec<Call> = (0..4_000).map(|_| maker.call(0, at, false)).collect();
        let bytes: usize = calls.iter().map(|call| serde_json::to_string(call).unwrap().len()).sum();
        assert!((1_600..1_700).contains(&(bytes / calls.len())), "{}", bytes / calls.len());
        let errors = calls.iter().filter(|call| call.outcome() == model::Outcome::Error).count();
        assert!((150..250).contains(&errors), "{errors}");
        assert_eq!(calls.iter().map(|call| call.id).collect::<HashSet<_>>().len(), calls.len());
    }

    #[test]
    fn words_are_as_rare_and_as_common_as_they_are_said_to_be() {
        let mut maker = CallMaker::new(1);
        let at = Timestamp::from_millis(1_795_000_000_000);
        let calls: Vec<Call> = (0..4_000).map(|number| maker.call(0, at, number == 7)).collect();
        let texts: Vec<String> = calls.iter().map(|call| serde_json::to_string(call).unwrap()).collect();
        let with = |word: &str| texts.iter().filter(|text| text.contains(word)).count();
        assert_eq!((with(RARE_WORD), with(RARE_ORDER)), (1, 1));
        assert!((1_700..2_100).contains(&with(COMMON_WORD)), "{}", with(COMMON_WORD));
        assert!((2_000..3_600).contains(&with(NOTE_WORD)), "{}", with(NOTE_WORD));
        let of_rare_bot = calls.iter().filter(|call| call.bot.as_ref().is_some_and(|bot| bot.id == RARE_BOT)).count();
        assert!((10..60).contains(&of_rare_bot), "{of_rare_bot}");
        assert!(calls.iter().any(|call| call.bot.as_ref().is_some_and(|bot| bot.id == BOT)));
    }

    #[test]
    fn the_first_account_is_the_largest() {
        let mut maker = CallMaker::new(1);
        let mut counts = [0; 20];
        (0..10_000).for_each(|_| counts[maker.account(20)] += 1);
        assert!(counts[0] > 2_500 && counts[19] > 50 && counts[0] > counts[1], "{counts:?}");
    }
}
