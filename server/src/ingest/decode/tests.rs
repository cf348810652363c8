//! What holds of every request, whatever is in it.

use std::io::Write;

use model::{Call, Rejection};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::{DecodeError, Decoded, MAX_CALLS, MAX_MESSAGE, MAX_REQUEST_BYTES, becomes, read_calls};
use crate::ingest::Memory;

fn decompress(body: &[u8], encoding: &str) -> Result<Vec<u8>, DecodeError> {
    super::decompress(body.to_vec(), encoding, &mut Memory::default().share())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// With a checksum, so that what is garbled is not taken for something else.
fn zstd(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 3).unwrap();
    encoder.include_checksum(true).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const CALL: &str = r#"{"id":"01a1b2c3-0000-7000-8000-000000000001","timestamp":"2026-11-23T12:00:00Z","source":{"kind":"platform"},"application":"zendesk","request":{"method":"GET","url":"https://a.example/é"},"response":{"status":200,"body":"\"x\"\n"}}"#;

/// What may stand in a line: calls, nearly calls, no calls, no JSON, no text.
fn line() -> impl Strategy<Value = Vec<u8>> {
    let garbled = (Index::arbitrary(), any::<u8>()).prop_map(|(place, byte)| {
        let mut call = CALL.as_bytes().to_vec();
        let place = place.index(call.len());
        call[place] = byte;
        call
    });
    let line = prop_oneof![
        4 => Just(CALL.as_bytes().to_vec()),
        4 => garbled,
        2 => select(&["{}", "7", "null", "[]", "\"a\"", "{\"id\":7}", "{\"id\":\"x\"", "1e999", "{\"a\":1}{}", "]", ","][..])
            .prop_map(|text| text.as_bytes().to_vec()),
        1 => vec(any::<u8>(), 1..20),
    ];
    // Two lines never become one, and none is blank.
    line.prop_map(|line| line.into_iter().filter(|byte| *byte != b'\n').collect::<Vec<u8>>())
        .prop_filter("a line says something", |line| !line.trim_ascii().is_empty())
}

/// Each line read alone, with its place among the others.
fn read_alone(lines: &[Vec<u8>]) -> Decoded {
    let read = lines.iter().enumerate().map(|(index, line)| super::read_call(index, line));
    read.collect()
}

fn is_json(line: &[u8]) -> bool {
    str::from_utf8(line).is_ok_and(|line| serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_unpacked_and_read_without_panic(
        bytes in vec(any::<u8>(), 0..400),
        encoding in select(&["", "identity", "gzip", "GZip", " zstd", "br", "gzip, gzip"][..]),
    ) {
        if let Ok(unpacked) = decompress(&bytes, encoding) {
            let _ = read_calls(&unpacked);
        }
        let _ = read_calls(&bytes);
    }

    #[test]
    fn a_garbled_packing_is_refused_or_unpacks(place: Index, bit in 0_u8..8, cut: Index, is_cut: bool) {
        let text = CALL.repeat(40);
        for (packed, encoding) in [(gzip(text.as_bytes()), "gzip"), (zstd(text.as_bytes()), "zstd")] {
            let mut garbled = packed.clone();
            if is_cut {
                garbled.truncate(cut.index(packed.len()));
            } else {
                garbled[place.index(packed.len())] ^= 1 << bit;
            }
            match decompress(&garbled, encoding) {
                Err(error) => {
                    prop_assert!(matches!(error, DecodeError::NotUnpackable(_) | DecodeError::TooLarge), "{:?}", error);
                }
                // Bits of a header that say nothing of the content, and the very end of a frame.
                Ok(unpacked) => prop_assert!(text.as_bytes().starts_with(&unpacked)),
            }
        }
    }

    #[test]
    fn it_does_not_matter_in_how_many_pieces_it_was_packed(text in vec(any::<u8>(), 0..3_000), cuts in vec(any::<Index>(), 0..6)) {
        let mut places: Vec<usize> = cuts.iter().map(|cut| cut.index(text.len() + 1)).chain([0, text.len()]).collect();
        places.sort_unstable();
        let pieces = || places.windows(2).map(|ends| &text[ends[0]..ends[1]]);
        prop_assert_eq!(decompress(&pieces().flat_map(gzip).collect::<Vec<u8>>(), "gzip"), Ok(text.clone()));
        prop_assert_eq!(decompress(&pieces().flat_map(zstd).collect::<Vec<u8>>(), "zstd"), Ok(text.clone()));
    }

    #[test]
    fn every_line_is_read_as_if_it_were_alone(
        lines in vec(line(), 2..12),
        gaps in vec(select(&["\n", "\r\n", "\n\n", "\n \t\r\n"][..]), 12),
    ) {
        // As a whole it is something else where it begins an array, or where lines together are one object.
        let joined: Vec<u8> = lines.iter().zip(&gaps).flat_map(|(line, gap)| [line.as_slice(), gap.as_bytes()].concat()).collect();
        prop_assume!(joined.trim_ascii().first() != Some(&b'[') && !is_json(joined.trim_ascii()));
        let trimmed: Vec<Vec<u8>> = lines.iter().map(|line| line.trim_ascii().to_vec()).collect();
        let read = read_calls(&joined).unwrap();
        prop_assert_eq!(read.len(), lines.len());
        for (one, other) in read.iter().zip(read_alone(&trimmed)) {
            prop_assert!(is_same(one, &other), "{:?} {:?}", one, other);
        }
    }

    #[test]
    fn an_array_is_read_as_its_lines_are(lines in vec(line(), 1..12)) {
        let items: Vec<Vec<u8>> = lines.into_iter().filter(|line| is_json(line)).collect();
        prop_assume!(!items.is_empty());
        let array = [b"[".as_slice(), &items.join(&b","[..]), b"]"].concat();
        let read = read_calls(&array).unwrap();
        prop_assert_eq!(read.len(), items.len());
        for (one, other) in read.iter().zip(read_alone(&items)) {
            prop_assert!(is_same(one, &other), "{:?} {:?}", one, other);
        }
    }
}

/// Places in a message are counted from the beginning of what was read, which spaces around it move.
fn is_same(one: &Result<Call, Rejection>, other: &Result<Call, Rejection>) -> bool {
    match (one, other) {
        (Ok(one), Ok(other)) => one == other,
        (Err(one), Err(other)) => (one.index, &one.id, &one.code) == (other.index, &other.id, &other.code),
        _ => false,
    }
}

#[test]
fn what_it_becomes_is_taken_from_the_share_before_it_is() {
    let memory = Memory::new(1 << 20);
    let decompress = |body, encoding| super::decompress(body, encoding, &mut memory.share());
    assert_eq!(decompress(zstd(&vec![b' '; 300 << 10]), "zstd"), Err(DecodeError::NoMemory));
    assert_eq!(decompress(vec![b' '; 400 << 10], ""), Err(DecodeError::NoMemory));
    assert_eq!(decompress(vec![b' '; 200 << 10], ""), Ok(vec![b' '; 200 << 10]));
    // Many short strings become much more than their text, and the largest request still fits alone.
    let strings = "\"\",".repeat(60 << 10).into_bytes();
    assert_eq!(decompress(strings.clone(), ""), Err(DecodeError::NoMemory));
    assert_eq!(decompress(gzip(&strings), "gzip"), Err(DecodeError::NoMemory));
    assert_eq!(Memory::default().share().grow(becomes(&vec![b'"'; MAX_REQUEST_BYTES])), Ok(()));
}

#[test]
fn a_bomb_is_refused_before_it_unfolds() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..MAX_REQUEST_BYTES / (1 << 20) + 8 {
        encoder.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    assert!(bomb.len() < 100_000);
    assert_eq!(decompress(&bomb, "gzip"), Err(DecodeError::TooLarge));
    assert_eq!(decompress(&zstd(&vec![0_u8; MAX_REQUEST_BYTES + 1]), "zstd"), Err(DecodeError::TooLarge));
}

#[test]
fn a_file_of_more_members_than_calls_is_refused() {
    let members = |count: usize| [gzip(b"{}"), gzip(b"").repeat(count - 2), gzip(b"\n{}")].concat();
    assert_eq!(decompress(&members(MAX_CALLS + 1), "gzip"), Ok(b"{}\n{}".to_vec()));
    assert_eq!(decompress(&members(MAX_CALLS + 2), "gzip"), Err(DecodeError::NotUnpackable("gzip")));
    assert_eq!(decompress(&[gzip(b"{}"), b"more".to_vec()].concat(), "gzip"), Err(DecodeError::NotUnpackable("gzip")));
}

#[test]
fn a_frame_that_wants_a_huge_window_is_refused() {
    for (window_log, expected) in [(23, Ok(CALL.as_bytes().to_vec())), (27, Err(DecodeError::NotUnpackable("zstd")))] {
        let mut encoder = zstd::Encoder::new(Vec::new(), 3).unwrap();
        encoder.set_parameter(zstd::zstd_safe::CParameter::WindowLog(window_log)).unwrap();
        encoder.write_all(CALL.as_bytes()).unwrap();
        assert_eq!(decompress(&encoder.finish().unwrap(), "zstd"), expected, "{window_log}");
    }
}

#[test]
fn what_is_not_packed_as_it_says_is_refused() {
    assert_eq!(decompress(b"{}", "gzip"), Err(DecodeError::NotUnpackable("gzip")));
    assert_eq!(decompress(b"{}", "zstd"), Err(DecodeError::NotUnpackable("zstd")));
    assert_eq!(decompress(b"{}", "br"), Err(DecodeError::UnknownEncoding("br".to_owned())));
    assert_eq!(decompress(b"{}", ""), Ok(b"{}".to_vec()));
    assert_eq!(decompress(&gzip(b"{}"), "GZIP"), Ok(b"{}".to_vec()));
}

#[test]
fn one_call_too_many_is_refused_however_many_follow() {
    for calls in [MAX_CALLS, MAX_CALLS + 1, 300_000] {
        let items = vec!["7"; calls];
        let expected = if calls > MAX_CALLS { Err(DecodeError::TooMany) } else { Ok(calls) };
        assert_eq!(read_calls(format!("[{}]", items.join(",")).as_bytes()).map(|read| read.len()), expected);
        assert_eq!(read_calls(items.join("\n").as_bytes()).map(|read| read.len()), expected);
    }
    // An array that breaks off is no array, wherever it does.
    let broken = format!("[{}", "7,".repeat(MAX_CALLS + 5));
    assert!(matches!(read_calls(broken.as_bytes()), Err(DecodeError::NotJson(_))));
}

#[test]
fn what_is_said_of_a_call_does_not_repeat_all_of_it() {
    let long = "x".repeat(1 << 20);
    let body = format!(r#"{{"id":"{long}","timestamp":{{"{long}":7}},"duration_ms":"{long}"}}"#);
    for body in [body.clone(), format!("[{body}]"), format!(r#"{{"duration_ms":"{long}"}}"#)] {
        let rejection = read_calls(body.as_bytes()).unwrap().remove(0).unwrap_err();
        assert!(rejection.message.len() <= MAX_MESSAGE, "{}", rejection.message.len());
        assert!(rejection.id.is_none_or(|id| id.len() <= 64));
    }
}

#[test]
fn nesting_costs_no_stack() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}7{}", open.repeat(1 << 17), close.repeat(1 << 17));
        assert!(read_calls(deep.as_bytes()).unwrap().iter().all(Result::is_err));
        assert!(matches!(read_calls(format!("[{}", open.repeat(1 << 17)).as_bytes()), Err(DecodeError::NotJson(_))));
        let call = CALL.replacen('{', &format!("{{\"more\":{deep},"), 1);
        assert!(read_calls(call.as_bytes()).unwrap().iter().all(Result::is_ok));
    }
}

#[test]
fn lines_fail_alone_and_arrays_as_a_whole() {
    let codes = |body: &[u8]| -> Vec<String> {
        read_calls(body).unwrap().into_iter().map(|read| read.unwrap_err().code).collect()
    };
    assert_eq!(codes(b"{\"id\": 1}\nnot json\n\n\xff\xfe"), ["invalid_call", "not_json", "not_json"]);
    assert_eq!(codes(b"[{}, 7, null]"), ["invalid_call"; 3]);
    assert!(matches!(read_calls(b"[{}, "), Err(DecodeError::NotJson(_))));
    assert!(matches!(read_calls(b"[\"\xff\"]"), Err(DecodeError::NotJson(_))));
    assert_eq!(read_calls(b" \n"), Err(DecodeError::Empty));
    assert_eq!(read_calls(b"[]"), Err(DecodeError::Empty));
    let rejection = read_calls(b"{\"id\": \"x\", \"timestamp\": 7}").unwrap().remove(0).unwrap_err();
    assert_eq!(rejection.id.as_deref(), Some("x"));
}
