//! Values that are different in every call: ids, times, tokens. They are told by their form, and by their name only
//! together with their form: an id that became `null` is not one that merely differs.

/// Headers that say something of the one answer they came with.
const HEADERS: [&str; 30] = [
    "age",
    "alt-svc",
    "cf-cache-status",
    "cf-ray",
    "content-length",
    "date",
    "etag",
    "expires",
    "idempotency-key",
    "last-modified",
    "nel",
    "report-to",
    "reporting-endpoints",
    "server-timing",
    "set-cookie",
    "sforce-limit-info",
    "traceparent",
    "tracestate",
    "twilio-concurrent-requests",
    "via",
    "x-amz-cf-id",
    "x-amz-cf-pop",
    "x-amz-date",
    "x-cache",
    "x-cache-hits",
    "x-powered-by-plesk",
    "x-runtime",
    "x-served-by",
    "x-timer",
    "x-transaction-id",
];
/// How the names of further ones end.
const HEADER_ENDINGS: [&str; 9] = [
    "-duration",
    "-id",
    "-nonce",
    "-remaining",
    "-reset",
    "-service-time",
    "-signature",
    "-timestamp",
    "-used-currentrequest",
];
/// What names of values that differ from call to call end in, or hold.
const NAME_ENDINGS: [&str; 8] = ["id", "_at", "at", "key", "no", "number", "uri", "url"];
const NAME_PARTS: [&str; 12] = [
    "cursor",
    "date",
    "duration",
    "elapsed",
    "etag",
    "expires",
    "nonce",
    "sequence",
    "signature",
    "time",
    "token",
    "uuid",
];

/// What a text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// A secret that was hidden.
    Redacted,
    /// A time.
    Time,
    /// A number that counts or names: nobody tells which.
    Number,
    /// A number so long that it is an id or a time.
    LongNumber,
    /// Letters and digits without a meaning.
    Token,
    /// Anything else.
    Words,
}

/// Whether two values that differ do so as they do from call to call.
pub fn is_volatile(name: &str, was: &str, now: &str) -> bool {
    let form = Form::of(was);
    if form != Form::of(now) {
        return false;
    }
    match form {
        Form::Redacted | Form::Time | Form::LongNumber | Form::Token => true,
        Form::Number => is_named_so(name),
        // `NW-483920` and `NW-118730`.
        Form::Words => skeleton(was) == skeleton(now) && (digits(was) >= 4 || (digits(was) > 0 && is_named_so(name))),
    }
}

/// Whether two segments of a path that differ do so as they do from call to call.
pub fn is_volatile_segment(was: &str, now: &str) -> bool {
    let form = Form::of(was);
    form == Form::of(now) && (form != Form::Words || (digits(was) > 0 && digits(now) > 0))
}

/// Whether a header says something of the one answer it came with.
pub fn is_volatile_header(name: &str) -> bool {
    HEADERS.contains(&name) || HEADER_ENDINGS.iter().any(|ending| name.ends_with(ending)) || name.contains("trace")
}

/// Whether the last part of a name is that of an id or a time.
fn is_named_so(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name);
    let lower = name.to_ascii_lowercase();
    let ends = NAME_ENDINGS.iter().any(|ending| {
        // `orderId`, `order_id`, `order-id` and `id`, but not `paid`.
        lower.strip_suffix(ending).is_some_and(|before| {
            let is_camel =
                name.get(before.len()..).is_some_and(|end| end.starts_with(|first: char| first.is_ascii_uppercase()));
            before.is_empty() || before.ends_with(['_', '-', '.', ' ']) || is_camel || ending.starts_with('_')
        })
    });
    ends || NAME_PARTS.iter().any(|part| lower.contains(part))
}

impl Form {
    fn of(text: &str) -> Self {
        let text = text.trim();
        if text.contains("[redacted:") {
            return Self::Redacted;
        }
        if is_time(text) {
            return Self::Time;
        }
        let bytes = text.as_bytes();
        let of_digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
        let is_number = !bytes.is_empty() && bytes.iter().all(|byte| byte.is_ascii_digit() || b".-".contains(byte));
        if is_number && of_digits > 0 {
            return if of_digits >= 9 { Self::LongNumber } else { Self::Number };
        }
        let is_of_a_token = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-+/=.:!~\"".contains(byte);
        let is_token = bytes.len() >= 12 && of_digits >= 3 && bytes.iter().all(is_of_a_token) && !text.contains("://");
        if is_token { Self::Token } else { Self::Words }
    }
}

/// `2026-11-23T10:00:00Z`, `2026-11-23`, `10:00:00`, `Mon, 23 Nov 2026 10:00:00 GMT`.
fn is_time(text: &str) -> bool {
    let has_shape = |shape: &str| {
        text.len() >= shape.len()
            && shape.bytes().zip(text.bytes()).all(|(wanted, byte)| match wanted {
                b'0' => byte.is_ascii_digit(),
                sign => sign == byte,
            })
    };
    let is_http_date = text.len() <= 40 && text.contains(':') && (text.ends_with("GMT") || text.contains(" +0"));
    (text.len() <= 40 && (has_shape("0000-00-00") || has_shape("00:00:00"))) || is_http_date
}

/// A text with every run of digits as one sign.
fn skeleton(text: &str) -> String {
    let mut skeleton = String::with_capacity(text.len());
    for character in text.chars() {
        let sign = if character.is_ascii_digit() { '0' } else { character };
        if sign != '0' || !skeleton.ends_with('0') {
            skeleton.push(sign);
        }
    }
    skeleton
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}
