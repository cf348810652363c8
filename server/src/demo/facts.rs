//! The particulars of one conversation and one moment of it, and how they fill a template.
//!
//! A placeholder is `@{name}`. Its value follows from the conversation (or the call) and the name alone, so that the
//! same order number stands in the request, the answer and the next node's variables. `@{form:name}` is encoded for a
//! URL or a form. `digits:n`, `hex:n` and `code:n` are made up anew for every call, with a third part
//! (`digits:6:ticket`) for every conversation; `key:n:label` never changes, `secret:n` is the connection's.

use model::{EndUser, Timestamp};

use super::exchanges::bodies::PRODUCTS;
use super::people::{Person, somebody};
use super::random::{Random, seed, seed_of};
use super::rhythm::DAY;

const AIRPORTS: [&str; 6] = ["LIS", "ATH", "IST", "HND", "TLV", "KEF"];
const DIGITS: &[u8] = b"0123456789";
const NONZERO_DIGITS: &[u8] = b"123456789";
const HEX: &[u8] = b"0123456789abcdef";
const ALPHANUMERIC: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// One conversation of somebody with a bot.
pub struct Conversation {
    /// What everything made up in it follows from.
    pub seed: u64,
    /// When it began.
    pub started: Timestamp,
    /// Its id.
    pub id: String,
    /// The end user as the platform knows them.
    pub user: EndUser,
    person: Option<&'static Person>,
    phone: String,
}

impl Conversation {
    /// The conversation that follows from a seed.
    pub fn new(seed: u64, started: Timestamp) -> Self {
        let mut random = Random::new(seed);
        let (number, person) = somebody(&mut random);
        // Both ranges are reserved for fiction: 555-01xx in North America, 07700 900xxx in the United Kingdom.
        let phone =
            if number % 2 == 0 { format!("+1202555{:04}", 100 + number) } else { format!("+447700900{number:03}") };
        let channel_id =
            if number % 3 == 2 { format!("web-{}", letters(seed_of(&phone), 10, HEX)) } else { phone.clone() };
        let name = person.map(|person| person.name.to_owned());
        let user = match random.below(100) {
            0 | 1 => EndUser { id: None, name: None },
            2 | 3 => EndUser { id: Some(channel_id), name: Some(phone.clone()) },
            _ => EndUser { id: Some(channel_id), name },
        };
        Self { seed, started, id: format!("conv-{}", letters(seed, 12, HEX)), user, person, phone }
    }
}

/// One call of a conversation, about to be written down.
pub struct Moment<'a> {
    /// The conversation.
    pub conversation: &'a Conversation,
    /// What is made up for this call follows from it.
    pub seed: u64,
    /// When the call is made.
    pub at: Timestamp,
    /// The connection that it uses.
    pub connection: &'static str,
    /// A placeholder that the bot fills wrongly, and with what.
    pub slip: Option<(&'static str, &'static str)>,
}

impl Moment<'_> {
    /// The template with its placeholders filled.
    pub fn fill(&self, template: &str) -> String {
        let mut filled = String::with_capacity(template.len() + template.len() / 4);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once("@{") {
            let Some((name, remainder)) = after.split_once('}') else { break };
            filled.push_str(before);
            match name.strip_prefix("form:") {
                Some(name) => filled.extend(form_urlencoded::byte_serialize(self.value(name).as_bytes())),
                None => filled.push_str(&self.value(name)),
            }
            rest = remainder;
        }
        filled.push_str(rest);
        filled
    }

    fn value(&self, name: &str) -> String {
        if let Some((_, slip)) = self.slip.filter(|(placeholder, _)| *placeholder == name) {
            return slip.to_owned();
        }
        let conversation = self.conversation;
        let seed_here = seed(&[conversation.seed, seed_of(name)]);
        let mut random = Random::new(seed_here);
        let person = conversation.person;
        match name {
            "user" => conversation.user.name.clone().unwrap_or_default(),
            "email" => person.map(|person| format!("{}@example.com", person.mailbox)).unwrap_or_default(),
            "phone" => conversation.phone.clone(),
            "phone_digits" => conversation.phone.trim_start_matches('+').to_owned(),
            "user_id" => conversation.user.id.clone().unwrap_or_else(|| format!("anon-{}", letters(seed_here, 8, HEX))),
            "conversation" => conversation.id.clone(),
            "city" => person.map(Person::city).unwrap_or_default().to_owned(),
            "says" => person.map(|person| person.says(&mut random)).unwrap_or_default().to_owned(),
            "told" => person.map(Person::is_told).unwrap_or_default().to_owned(),
            "order" => format!("NW-{}", random.between((104_000, 989_999))),
            "amount" => format!("{}.{:02}", random.between((12, 279)), random.below(100)),
            "qty" => random.between((1, 5)).to_string(),
            "hour" => random.between((10, 18)).to_string(),
            "sku" => self.product().0.to_owned(),
            "product" => self.product().1.to_owned(),
            "airport" => random.pick(&AIRPORTS).copied().unwrap_or_default().to_owned(),
            "day" => date(conversation.started.plus_millis(DAY * whole_days(random.between((1, 13))))),
            "past" => date(conversation.started.minus_millis(DAY * whole_days(random.between((1, 9))))),
            "iso" => self.at.to_string(),
            "http_date" => self.at.to_chrono().format("%a, %d %b %Y %H:%M:%S GMT").to_string(),
            "uuid" => uuid(self.seed),
            _ => self.made_up(name),
        }
    }

    fn product(&self) -> (&'static str, &'static str) {
        Random::new(self.conversation.seed).pick(PRODUCTS).copied().unwrap_or_default()
    }

    /// `kind:length:label`, the label optional.
    fn made_up(&self, name: &str) -> String {
        let mut parts = name.splitn(3, ':');
        let kind = parts.next().unwrap_or_default();
        let length = parts.next().and_then(|length| length.parse::<usize>().ok()).unwrap_or(0);
        let owner = match (kind, parts.next()) {
            ("key", _) => 0,
            ("secret", _) => seed_of(self.connection),
            (_, Some(_)) => self.conversation.seed,
            (_, None) => self.seed,
        };
        let seed = seed(&[owner, seed_of(name)]);
        match kind {
            // Numbers in JSON do not begin with a zero.
            "digits" => {
                letters(seed, 1, NONZERO_DIGITS) + &letters(seed.rotate_left(9), length.saturating_sub(1), DIGITS)
            }
            "hex" => letters(seed, length, HEX),
            "code" | "key" | "secret" => letters(seed, length, ALPHANUMERIC),
            // Left as it stands: a test looks for these.
            _ => format!("@{{{name}}}"),
        }
    }
}

fn letters(seed: u64, length: usize, alphabet: &[u8]) -> String {
    let mut random = Random::new(seed);
    (0..length).filter_map(|_| random.pick(alphabet).copied().map(char::from)).collect()
}

fn uuid(seed: u64) -> String {
    super::call_id(seed, 0xa11).to_string()
}

fn date(time: Timestamp) -> String {
    time.to_string().chars().take(10).collect()
}

fn whole_days(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(0)
}
