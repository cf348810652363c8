//! Numbers that are worth money: card numbers (ISO/IEC 7812) and IBANs (ISO 13616).
//!
//! Bots send long numbers all day, and a number that is hidden wrongly is an order that nobody finds. So a card number
//! has to pass four guards; each alone would let through one number in ten or more:
//!
//! 1. It stands alone: no letter, digit, hyphen or decimal point touches it. This leaves out ids, hashes and amounts.
//! 2. Its first digits and its length are those of a card scheme. This leaves out moments in milliseconds,
//!    microseconds and nanoseconds, which begin with 1 until the year 2033, and most ids.
//! 3. Its check digit is right (Luhn), which it is by chance in one number of ten.
//! 4. Nothing before it says that it is something else: `"order_id": 4111...`, `/v19.0/4111...`. The ids that Meta
//!    gives to people have the length of card numbers and may begin like them; they stand under `id` or in a path.
//!    A number in groups of four, as cards are printed, needs no such look.
//!
//! Where a name says that it is a card, the second guard is waived: every length from 13 to 19 digits is taken.

use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};

use super::mark::{Edits, Hidden};
use super::name;

const LONGEST_CARD: usize = 19;
const SHORTEST_CARD: usize = 13;
/// How cards are printed and typed.
const GROUPINGS: [&[usize]; 4] = [&[4, 4, 4, 4, 3], &[4, 4, 4, 4], &[4, 6, 5], &[4, 6, 4]];

/// Endings of names that announce another number than a card's.
const OTHER_NUMBERS: &str = "id ids uid uuid psid ref reference order orderno ordernumber invoice tracking \
    trackingnumber shipment timestamp time ts date sku ean gtin upc isbn imei serial serialnumber phone phonenumber \
    mobile msisdn tel sender recipient page user version size offset sequence";

/// What the schemes give out: the first digits, and how many digits there are.
const ISSUED: [(RangeInclusive<u32>, RangeInclusive<usize>); 15] = [
    // Visa; its numbers of 13 digits are no longer given out, and article numbers (EAN) look the same.
    (4..=4, 16..=16),
    (4..=4, 19..=19),
    // Mastercard.
    (51..=55, 16..=16),
    (2_221..=2_720, 16..=16),
    // American Express.
    (34..=34, 15..=15),
    (37..=37, 15..=15),
    // Diners Club.
    (300..=305, 14..=14),
    (36..=36, 14..=14),
    (38..=39, 14..=14),
    // Discover and RuPay.
    (60..=60, 16..=16),
    (644..=649, 16..=19),
    (65..=65, 16..=19),
    // UnionPay.
    (62..=62, 16..=19),
    // JCB.
    (3_528..=3_589, 16..=19),
    // Mir.
    (2_200..=2_204, 16..=19),
];

/// A text with its card numbers and IBANs hidden.
pub fn redact<'t>(text: &'t str, hidden: &mut Hidden) -> Cow<'t, str> {
    let bytes = text.as_bytes();
    let mut edits = Edits::new(text);
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(u8::is_ascii_digit)) {
        let start = at + found;
        let end = digits_end(bytes, start);
        let number = iban_at(bytes, start).map(|part| (part, "iban"));
        let number = number.or_else(|| card_at(text, start..end).map(|part| (part, "card")));
        at = match number {
            Some((part, kind)) if part.start >= edits.settled() => {
                let end = part.end;
                edits.replace(part, &hidden.mark(kind));
                end
            }
            _ => end,
        };
    }
    edits.finish()
}

/// Whether a number of JSON, or of a script, under a name is a card's.
pub fn is_card(number: &[u8], name: &str) -> bool {
    let is_number = (SHORTEST_CARD..=LONGEST_CARD).contains(&number.len()) && number.iter().all(u8::is_ascii_digit);
    is_number && is_card_under(number, &name::folded(name))
}

/// Whether a name announces another number than a card's.
pub fn is_other(name: &str) -> bool {
    announces_other(&name::folded(name))
}

fn announces_other(name: &str) -> bool {
    OTHER_NUMBERS.split_whitespace().any(|other| name.ends_with(other))
}

fn is_card_under(digits: &[u8], name: &str) -> bool {
    let is_named = name.contains("card") || matches!(name, "pan" | "cc" | "ccnumber" | "ccnum");
    (is_named || (!announces_other(name) && is_issued(digits))) && passes_luhn(digits)
}

fn digits_end(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    start + rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len())
}

fn stands_alone(bytes: &[u8], part: &Range<usize>) -> bool {
    let touches = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let before = bytes.get(..part.start).unwrap_or_default();
    let after = bytes.get(part.end..).unwrap_or_default();
    let begins = match before {
        // The end of an escape in an address.
        [.., b'%', b'2' | b'3', last] => last.is_ascii_hexdigit(),
        [.., digit, b'.'] => !digit.is_ascii_digit(),
        [.., last] => !touches(last),
        [] => true,
    };
    let ends = match after {
        [b'.', digit, ..] => !digit.is_ascii_digit(),
        [first, ..] => !touches(first),
        [] => true,
    };
    begins && ends
}

fn card_at(text: &str, first: Range<usize>) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let length = first.len();
    let is_hyphenated = [first.start.checked_sub(1), Some(first.end)]
        .into_iter()
        .any(|place| place.and_then(|place| bytes.get(place)) == Some(&b'-'));
    if (SHORTEST_CARD..=LONGEST_CARD).contains(&length) && !is_hyphenated && stands_alone(bytes, &first) {
        let digits = bytes.get(first.clone())?;
        // The check digit first: it is right in one number of ten, and costs the least.
        let is_card = passes_luhn(digits) && is_card_under(digits, &name_before(text, first.start));
        return is_card.then_some(first);
    }
    if length == 4 { grouped_card_at(bytes, first.start) } else { None }
}

/// A card number in groups with spaces or hyphens between them.
fn grouped_card_at(bytes: &[u8], start: usize) -> Option<Range<usize>> {
    let separator = *bytes.get(start + 4).filter(|byte| matches!(byte, b' ' | b'-'))?;
    GROUPINGS.iter().find_map(|groups| {
        let end = start + groups.iter().sum::<usize>() + groups.len() - 1;
        let part = start..end;
        let mut digits = Vec::with_capacity(LONGEST_CARD);
        let mut at = start;
        for (index, group) in groups.iter().enumerate() {
            if index > 0 {
                bytes.get(at).filter(|byte| **byte == separator)?;
                at += 1;
            }
            digits.extend(bytes.get(at..at + group)?.iter().filter(|byte| byte.is_ascii_digit()));
            at += group;
        }
        let is_whole = digits.len() == groups.iter().sum::<usize>();
        (is_whole && stands_alone(bytes, &part) && is_issued(&digits) && passes_luhn(&digits)).then_some(part)
    })
}

/// The name before a value, its letters and digits only: of a JSON key, a parameter, an element, or the word before.
/// A number in a path stands under the part before it.
fn name_before(text: &str, at: usize) -> String {
    const LONGEST: usize = 48;
    let before = text.as_bytes().get(at.saturating_sub(LONGEST)..at).unwrap_or_default();
    let is_between = |byte: &u8| byte.is_ascii_whitespace() || b"\"'`\\:=(>/#".contains(byte);
    let between = before.iter().rev().take_while(|byte| is_between(byte)).count();
    let up_to_name = before.get(..before.len() - between).unwrap_or_default();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.$".contains(byte);
    let length = up_to_name.iter().rev().take_while(|byte| is_name(byte)).count();
    let name = up_to_name.get(up_to_name.len() - length..).and_then(|name| str::from_utf8(name).ok());
    let folded = name::folded(name.unwrap_or_default());
    // What stands in a path is an id, unless the path says otherwise.
    if before.last() == Some(&b'/') { folded + "id" } else { folded }
}

/// Whether a card scheme gives out numbers that begin like this and are this long.
fn is_issued(digits: &[u8]) -> bool {
    let first = |length: usize| {
        digits.iter().take(length).fold(0_u32, |number, digit| number * 10 + u32::from(digit.saturating_sub(b'0')))
    };
    ISSUED.iter().any(|(firsts, lengths)| {
        let length = firsts.end().to_string().len();
        lengths.contains(&digits.len()) && firsts.contains(&first(length))
    })
}

fn passes_luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = u32::from(digit.saturating_sub(b'0'));
            match value * 2 {
                _ if place % 2 == 0 => value,
                doubled if doubled > 9 => doubled - 9,
                doubled => doubled,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// An IBAN whose check digits stand at a place: two capital letters before, and as many letters and digits behind as
/// its country has, in one piece or in groups of four.
fn iban_at(bytes: &[u8], check: usize) -> Option<Range<usize>> {
    let start = check.checked_sub(2)?;
    let country = bytes.get(start..check).filter(|country| country.iter().all(u8::is_ascii_uppercase))?;
    let country = str::from_utf8(country).ok()?;
    let length: usize = IBANS.split(' ').find_map(|entry| entry.strip_prefix(country))?.parse().ok()?;
    let mut characters = Vec::with_capacity(34);
    let mut end = start;
    while characters.len() < length {
        match bytes.get(end)? {
            byte if byte.is_ascii_uppercase() || byte.is_ascii_digit() => characters.push(*byte),
            b' ' | b'-' if characters.len() % 4 == 0 && bytes.get(end - 1) != Some(&b' ') => {}
            _ => return None,
        }
        end += 1;
    }
    let part = start..end;
    (stands_alone(bytes, &part) && passes_mod_97(&characters)).then_some(part)
}

/// ISO 7064, mod 97-10, over the number that begins behind the check digits.
fn passes_mod_97(characters: &[u8]) -> bool {
    let (head, tail) = characters.split_at_checked(4).unwrap_or_default();
    let remainder = tail.iter().chain(head).fold(0_u32, |remainder, character| {
        if character.is_ascii_digit() {
            (remainder * 10 + u32::from(character - b'0')) % 97
        } else {
            (remainder * 100 + u32::from(character.saturating_sub(b'A')) + 10) % 97
        }
    });
    remainder == 1
}

/// The lengths of IBANs by country (SWIFT, IBAN registry, release 99).
const IBANS: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 \
    EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 \
    KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 \
    PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 XK20";
