//! The calls to load: made up, but as alike and as different as those of real bots.
//!
//! Every account has nodes that make the same kind of call over and over; ids, names, amounts and times differ. One
//! call in twenty fails. About 1.65 kB each as JSON.

use std::io::Write;

use clap::ValueEnum;
use model::{
    Application, Bot, Call, CallId, EndUser, Method, Node, Path, Request, Response, Source, SourceKind, StatusCode,
    Timestamp,
};

use crate::{Error, Options};

/// A word that stands in exactly one call of the first account.
pub const RARE_WORD: &str = "quokkasaurus";
/// A word that stands in about half of all calls.
pub const COMMON_WORD: &str = "shipped";

const SPREAD_MILLIS: u64 = 6 * 86_400_000;
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

/// How a batch is packed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Encoding {
    /// zstd
    Zstd,
    /// gzip
    Gzip,
    /// Not at all.
    Identity,
}

impl Encoding {
    /// Its name in HTTP.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zstd => "zstd",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }

    /// Packs a text.
    pub fn pack(self, text: &[u8]) -> Result<Vec<u8>, Error> {
        Ok(match self {
            Self::Zstd => zstd::encode_all(text, 1)?,
            Self::Gzip => {
                let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
                encoder.write_all(text)?;
                encoder.finish()?
            }
            Self::Identity => text.to_vec(),
        })
    }
}

/// Calls of one account, ready to be sent.
pub struct Batch {
    /// Whose.
    pub account: usize,
    /// How many.
    pub calls: usize,
    /// NDJSON, packed.
    pub body: Vec<u8>,
}

/// Everything to send, oldest calls first.
pub struct Load {
    /// The batches.
    pub batches: Vec<Batch>,
    /// How they are packed.
    pub encoding: Encoding,
    /// All calls.
    pub calls: usize,
    /// All bytes before packing.
    pub bytes: usize,
}

impl Load {
    /// The calls of the six days before `now`.
    pub fn make(options: &Options, accounts: usize, now: Timestamp) -> Result<Self, Error> {
        let mut maker = CallMaker::new(options.seed);
        let mut open: Vec<(usize, Vec<u8>)> = vec![(0, Vec::new()); accounts];
        let mut load = Self { batches: Vec::new(), encoding: options.encoding, calls: 0, bytes: 0 };
        let begin = now.minus_millis(signed(SPREAD_MILLIS));
        let mut has_rare_word = false;
        for number in 0..options.calls {
            let at = begin.plus_millis(signed(SPREAD_MILLIS * number as u64 / options.calls.max(1) as u64));
            let account = maker.account(accounts);
            let is_rare = !has_rare_word && account == 0 && number * 2 > options.calls;
            has_rare_word |= is_rare;
            let call = maker.call(account, at, is_rare);
            let Some((count, text)) = open.get_mut(account) else { continue };
            serde_json::to_writer(&mut *text, &call)?;
            text.push(b'\n');
            *count += 1;
            if *count == options.batch {
                load.close(account, std::mem::take(count), &std::mem::take(text))?;
            }
        }
        for (account, (count, text)) in open.into_iter().enumerate() {
            load.close(account, count, &text)?;
        }
        Ok(load)
    }

    fn close(&mut self, account: usize, calls: usize, text: &[u8]) -> Result<(), Error> {
        if calls > 0 {
            self.calls += calls;
            self.bytes += text.len();
            self.batches.push(Batch { account, calls, body: self.encoding.pack(text)? });
        }
        Ok(())
    }
}

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

    /// A call made then.
    pub fn call(&mut self, account: usize, at: Timestamp, has_rare_word: bool) -> Call {
        let bot = self.below(BOTS).min(self.below(BOTS));
        let node = self.below(NODES_OF_A_BOT);
        let is_error = self.below(20) == 0;
        let name = self.one_of(NAMES);
        let order = 100_000 + self.below(900_000);
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
            request: Some(self.request(bot, node, order, name)),
            response: Some(if is_error { self.refusal(error) } else { self.answer(order, name, has_rare_word) }),
            failure: None,
            script: None,
        }
    }

    fn request(&mut self, bot: u64, node: u64, order: u64, name: &str) -> Request {
        let url = format!("https://api{bot}.example.com/v2/orders/NW-{order}?include=items,shipment&node={node}");
        let headers = [
            ("authorization", format!("Bearer {:016x}{:016x}", self.number(), self.number())),
            ("content-type", "application/json".to_owned()),
            ("accept", "application/json".to_owned()),
            ("user-agent", "Bots/3.18 (+https://bots.example.com)".to_owned()),
            ("x-request-id", format!("{:016x}", self.number())),
        ];
        let is_get = node == 0;
        let body = (!is_get)
            .then(|| format!("{{\"customer\":\"{name}\",\"order\":\"NW-{order}\",\"note\":\"{}\"}}", self.words(12)));
        let method = if is_get { Method::Get } else { Method::Post };
        Request { method, url, headers: owned(headers), body: Some(body.unwrap_or_default()), encoding: None }
    }

    fn answer(&mut self, order: u64, name: &str, has_rare_word: bool) -> Response {
        let state = if self.below(2) == 0 { COMMON_WORD } else { "processing" };
        let note = self.words(26);
        let extra = if has_rare_word { RARE_WORD } else { "none" };
        let street = self.one_of(STREETS);
        let body = format!(
            "{{\"order\":\"NW-{order}\",\"state\":\"{state}\",\"customer\":{{\"name\":\"{name}\",\"street\":\"{street} {}\"}},\"items\":[{{\"sku\":\"S-{}\",\"quantity\":{},\"price\":\"{}.90\"}}],\"note\":\"{note}\",\"gift\":\"{extra}\",\"trace\":\"{:016x}\"}}",
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

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
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
        assert!((1_500..1_800).contains(&(bytes / calls.len())), "{}", bytes / calls.len());
        let errors = calls.iter().filter(|call| call.outcome() == model::Outcome::Error).count();
        assert!((150..250).contains(&errors), "{errors}");
        assert_eq!(calls.iter().map(|call| call.id).collect::<HashSet<_>>().len(), calls.len());
    }

    #[test]
    fn the_first_account_is_the_largest() {
        let mut maker = CallMaker::new(1);
        let mut counts = [0; 20];
        (0..10_000).for_each(|_| counts[maker.account(20)] += 1);
        assert!(counts[0] > 2_500 && counts[19] > 50 && counts[0] > counts[1], "{counts:?}");
    }
}
