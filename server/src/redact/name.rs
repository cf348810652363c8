//! Which names stand before a secret.

/// Parameters that page through a list; they end in `token` and open nothing.
const PAGE_TOKENS: [&str; 7] = [
    "nextpagetoken",
    "pagetoken",
    "prevpagetoken",
    "previouspagetoken",
    "synctoken",
    "nextsynctoken",
    "continuationtoken",
];

/// The kind of secret that a header, a JSON key or a parameter of this name holds.
///
/// Names are compared by their letters and digits only: `X-Api-Key`, `apiKey` and `api_key` are one.
pub fn secret_kind(name: &str) -> Option<&'static str> {
    let name: String =
        name.chars().filter(char::is_ascii_alphanumeric).map(|character| character.to_ascii_lowercase()).collect();
    let contains = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    let ends_with = |parts: &[&str]| parts.iter().any(|part| name.ends_with(part));
    let is = |words: &[&str]| words.contains(&name.as_str());
    if is(&PAGE_TOKENS) {
        None
    } else if contains(&["authorization"]) || is(&["auth", "bearer"]) {
        Some("authorization")
    } else if contains(&["password", "passwd", "passphrase", "passcode"]) || ends_with(&["pwd"]) || is(&["pass"]) {
        Some("password")
    } else if contains(&["apikey", "subscriptionkey", "privatekey"]) || ends_with(&["accesskey", "authkey"]) {
        Some("api_key")
    } else if contains(&["secret"]) || is(&["credentials", "credential", "otp", "pin", "cvv", "cvc", "cvv2"]) {
        Some("secret")
    } else if ends_with(&["token"]) || is(&["jwt", "assertion", "clientassertion", "samlresponse"]) {
        Some("token")
    } else if ends_with(&["signature", "hmac"]) || is(&["sig"]) {
        Some("signature")
    } else if ends_with(&["sessionid", "phpsessid"]) {
        Some("session")
    } else if is(&["cookie", "cookies", "setcookie", "cookie2"]) {
        Some("cookie")
    } else {
        None
    }
}

/// As [`secret_kind`], for parameters of a URL or a form, where a bare `key` is an API key.
pub fn parameter_kind(name: &str) -> Option<&'static str> {
    if name.eq_ignore_ascii_case("key") { Some("api_key") } else { secret_kind(name) }
}
