//! The parameters of a query string or a form, for people. What cannot be decoded stays as it came.

/// Names and values in order, decoded; a name may come twice.
pub fn parameters(encoded: &str) -> Vec<(String, String)> {
    encoded
        .split('&')
        .filter(|parameter| !parameter.is_empty())
        .map(|parameter| parameter.split_once('=').unwrap_or((parameter, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

/// The query string of a URL, without `?`; empty where there is none.
pub fn query_string(url: &str) -> &str {
    let before_fragment = url.split('#').next().unwrap_or(url);
    before_fragment.split_once('?').map_or("", |(_, query)| query)
}

/// Percent-encodes a text as one step of a path or one value of a query.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            encoded.push(char::from(byte));
        } else {
            let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0').to_ascii_uppercase();
            encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    encoded
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let (decoded, next) = match (byte, after) {
            (b'+', _) => (b' ', after),
            (b'%', [high, low, next @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => (high << 4 | low, next),
                _ => (byte, after),
            },
            _ => (byte, after),
        };
        bytes.push(decoded);
        rest = next;
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::{encode, parameters, query_string};
    use proptest::prelude::*;

    #[test]
    fn parameters_are_decoded_in_order() {
        let query = query_string("https://a.test/p?a=1&b=x%20y+z&a=%E2%82%AC&c&d=%ff&e=%zz#f?g=1");
        let shown: Vec<_> = parameters(query).into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(shown, ["a=1", "b=x y z", "a=€", "c=", "d=%ff", "e=%zz"]);
        assert_eq!(query_string("https://a.test/p"), "");
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(name in ".*", value in ".*") {
            prop_assume!(!name.is_empty());
            let encoded = format!("{}={}", encode(&name), encode(&value));
            prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_graphic()));
            prop_assert_eq!(parameters(&encoded), vec![(name, value)]);
        }
    }
}
