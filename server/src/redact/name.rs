//! Which names stand before a secret: of headers, JSON keys, parameters, XML elements, variables.

use std::sync::LazyLock;

use super::mark::OPENING;
use super::value::Signs;

/// Parts of names in which a secret is hidden, and what it is. [`kind_of`] decides with them; a name that holds none
/// of them, nor is one of the few short ones, is done with at once.
const PARTS: [&str; 26] = [
    "authorization",
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "pwd",
    "apikey",
    "privatekey",
    "subscriptionkey",
    "accesskey",
    "accountkey",
    "authkey",
    "functionskey",
    "encryptionkey",
    "signingkey",
    "sharedkey",
    "masterkey",
    "sessionkey",
    "secret",
    "token",
    "credential",
    "signature",
    "hmac",
    "sessionid",
    "sessid",
    "cardnumber",
];

/// Names that end so speak about a secret without holding it.
const HARMLESS_ENDINGS: [&str; 16] = [
    "url",
    "uri",
    "type",
    "required",
    "enabled",
    "expiry",
    "expires",
    "expiresin",
    "expiresat",
    "expiration",
    "policy",
    "label",
    "hint",
    "count",
    "length",
    "placeholder",
];

static PART_SIGNS: LazyLock<Signs> = LazyLock::new(|| Signs::new(PARTS));

/// The kind of secret that a header, a JSON key or a parameter of this name holds.
///
/// Names are compared by their letters and digits only: `X-Api-Key`, `apiKey` and `api_key` are one.
pub fn secret_kind(name: &str) -> Option<&'static str> {
    // A name that a mark is part of says what was hidden in it, and not what it announces.
    if name.contains('[') && name.contains(OPENING) { None } else { with_folded(name, kind_of) }
}

/// As [`secret_kind`], for parameters of a URL or a form, where a bare `key` is an API key.
pub fn parameter_kind(name: &str) -> Option<&'static str> {
    if name.eq_ignore_ascii_case("key") { Some("api_key") } else { secret_kind(name) }
}

/// What a name announces where e-mail addresses and phone numbers are hidden.
pub fn contact_kind(name: &str) -> Option<&'static str> {
    with_folded(name, contact_kind_of)
}

/// Hands over the letters and digits of a name, in lower case. Most names are short, and cost no allocation.
pub fn with_folded<T>(name: &str, read: impl FnOnce(&str) -> T) -> T {
    const SHORT: usize = 64;
    let letters = name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
    if name.len() > SHORT {
        return read(&letters.map(char::from).collect::<String>());
    }
    let mut folded = [0; SHORT];
    let mut length = 0;
    for (place, letter) in folded.iter_mut().zip(letters) {
        *place = letter;
        length += 1;
    }
    read(folded.get(..length).and_then(|folded| str::from_utf8(folded).ok()).unwrap_or_default())
}

fn contact_kind_of(name: &str) -> Option<&'static str> {
    let ends_with = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    match name {
        "mail" => Some("email"),
        "tel" | "waid" | "whatsapp" | "whatsappnumber" | "fax" | "smsnumber" => Some("phone"),
        _ if ends_with(&["email", "emailaddress", "emailid"]) => Some("email"),
        _ if ends_with(&["phone", "phonenumber", "phoneno", "mobile", "mobilenumber", "mobileno", "msisdn"]) => {
            Some("phone")
        }
        _ => None,
    }
}

fn kind_of(name: &str) -> Option<&'static str> {
    match name {
        // They page through a list, and open nothing.
        "nextpagetoken" | "pagetoken" | "prevpagetoken" | "previouspagetoken" | "synctoken" | "nextsynctoken"
        | "continuationtoken" => return None,
        "auth" | "xauth" | "bearer" => return Some("authorization"),
        // Bots speak every language: German, Portuguese, Spanish and French words for it.
        "pass" | "passwort" | "kennwort" | "senha" | "contrasena" | "contrasea" | "motdepasse" => {
            return Some("password");
        }
        "otp" | "totp" | "pin" | "cvv" | "cvv2" | "cvc" | "cvc2" | "securitycode" => return Some("secret"),
        "csrf" | "xsrf" | "jwt" | "assertion" | "clientassertion" | "samlresponse" | "codeverifier"
        | "accesstokens" | "refreshtokens" | "apitokens" | "devicetokens" => return Some("token"),
        "appkey" | "consumerkey" => return Some("api_key"),
        "sig" => return Some("signature"),
        "cookie" | "cookies" | "setcookie" | "cookie2" => return Some("cookie"),
        "pan" | "ccnumber" | "ccnum" | "cardno" => return Some("card"),
        "iban" => return Some("iban"),
        _ => {}
    }
    if !PART_SIGNS.stand_in(name) || HARMLESS_ENDINGS.iter().any(|ending| name.ends_with(ending)) {
        return None;
    }
    // `token2` and `passwordValue` hold what `token` and `password` hold.
    let name = name.trim_end_matches(|character: char| character.is_ascii_digit());
    let name = name.strip_suffix("value").unwrap_or(name);
    let contains = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    let ends_with = |parts: &[&str]| parts.iter().any(|part| name.ends_with(part));
    if contains(&["authorization"]) {
        Some("authorization")
    } else if contains(&["password", "passwd", "passphrase", "passcode"]) || ends_with(&["pwd"]) {
        Some("password")
    } else if contains(&["apikey", "subscriptionkey", "privatekey"])
        || ends_with(&["accesskey", "accountkey", "authkey", "functionskey", "encryptionkey", "signingkey"])
        || ends_with(&["sharedkey", "masterkey", "sessionkey"])
    {
        Some("api_key")
    } else if (contains(&["secret"]) && !contains(&["secretar"])) || ends_with(&["credential", "credentials"]) {
        Some("secret")
    } else if ends_with(&["token"]) {
        Some("token")
    } else if contains(&["signature"]) || ends_with(&["hmac"]) {
        Some("signature")
    } else if ends_with(&["sessionid", "sessid"]) {
        Some("session")
    } else if ends_with(&["cardnumber"]) {
        Some("card")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{contact_kind, secret_kind};

    #[test]
    fn names_announce_secrets() {
        for (kind, names) in [
            ("authorization", &["Authorization", "proxy-authorization", "auth", "X-Authorization-Code"][..]),
            ("password", &["password", "userPassword", "db_pwd", "pass", "passwd", "password_hash", "contraseña"]),
            ("api_key", &["X-Api-Key", "apiKey", "API_KEY", "apikeys", "private_key", "Ocp-Apim-Subscription-Key"]),
            ("api_key", &["x-functions-key", "AccountKey", "secretAccessKey", "signing_key"]),
            ("secret", &["client_secret", "secret", "credentials", "otp", "CVV", "aws_credentials", "secret_id"]),
            ("token", &["access_token", "refreshToken", "token2", "x-csrf-token", "tokenValue", "jwt"]),
            ("signature", &["X-Hub-Signature-256", "sig", "hmac", "X-Amz-Signature"]),
            ("session", &["JSESSIONID", "session_id", "PHPSESSID"]),
            ("cookie", &["Cookie", "set-cookie"]),
            ("card", &["cardNumber", "credit_card_number", "pan"]),
        ] {
            for name in names {
                assert_eq!(secret_kind(name), Some(kind), "{name}");
            }
        }
    }

    #[test]
    fn names_that_speak_about_secrets_hold_none() {
        for name in [
            "nextPageToken",
            "max_tokens",
            "tokens",
            "token_type",
            "token_expires_in",
            "password_reset_url",
            "password_required",
            "secretary",
            "shipping",
            "company",
            "author",
            "key",
            "id",
            "sid",
            "keyboard",
            "",
            "日本",
        ] {
            assert_eq!(secret_kind(name), None, "{name}");
        }
    }

    #[test]
    fn names_announce_contacts() {
        for (name, kind) in [
            ("customer_email", Some("email")),
            ("E-Mail", Some("email")),
            ("homePhone", Some("phone")),
            ("wa_id", Some("phone")),
            ("mobile", Some("phone")),
            ("mail_sent", None),
            ("telephone_model", None),
            ("automobile_id", None),
        ] {
            assert_eq!(contact_kind(name), kind, "{name}");
        }
    }
}
