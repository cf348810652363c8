use model::{
    Application, Bot, CallId, CallPage, CallSummary, Method, Outcome, Source, SourceKind, StatusCode, Timestamp, Total,
};
use proptest::prelude::*;

use super::{FEWEST, Rows, are_alike};
use crate::state::feed::list::CallList;

/// A call of one of a few kinds, so that neighbours are often alike.
fn a_call(number: usize, kind: u8) -> CallSummary {
    let is_error = kind == 1;
    CallSummary {
        id: CallId::from_u128(number as u128 + 1),
        timestamp: Timestamp::from_millis(1_000_000 - i64::try_from(number).unwrap()),
        outcome: if is_error { Outcome::Error } else { Outcome::Success },
        duration_ms: Some(number as u64),
        bot: Some(Bot { id: if kind == 2 { "b2" } else { "b1" }.to_owned(), name: "Orders".to_owned() }),
        source: Source { kind: SourceKind::Platform, path: None, node: None, agent: None },
        user: None,
        application: Application::JsonApi,
        method: Some(Method::from("GET")),
        url: Some(if kind == 3 { "https://a.example/2" } else { "https://a.example/1" }.to_owned()),
        status: Some(StatusCode(if is_error { 500 } else { 200 })),
        failure: None,
        script_error: None,
        is_script: kind == 4,
    }
}

fn list_of(kinds: &[u8], day_length: i64) -> CallList {
    let items: Vec<_> = kinds.iter().enumerate().map(|(number, kind)| a_call(number, *kind)).collect();
    let total = Total { count: u64::try_from(items.len()).unwrap(), exact: true };
    let page = CallPage { items, before: None, after: None, total, partial: false, notices: Vec::new() };
    CallList::new(page, |time| i32::try_from(time.millis() / day_length).unwrap())
}

proptest! {
    #[test]
    fn unfolded_the_rows_are_the_list(
        kinds in proptest::collection::vec(prop_oneof![8 => Just(0_u8), 2 => 1_u8..5], 0..200),
        opened in proptest::collection::vec(0_u128..200, 0..6),
        day_length in 20_i64..400,
        is_folding: bool,
    ) {
        let list = list_of(&kinds, day_length);
        let opened: Vec<_> = opened.into_iter().map(|number| CallId::from_u128(number + 1)).collect();
        let rows = Rows::of(&list, is_folding, &opened);

        let mut calls = Vec::new();
        for place in 0..rows.len() {
            let row = rows.get(place).unwrap();
            prop_assert!(row.calls == 1 || row.calls >= FEWEST && row.calls == row.run && row.is_head);
            for call in row.first..row.first + row.calls {
                prop_assert_eq!(rows.row_of(call), place);
                // One row tells the truth about all of its calls.
                prop_assert!(call == row.first || are_alike(list.get(row.first).unwrap(), list.get(call).unwrap()));
                calls.push(call);
            }
        }
        prop_assert_eq!(calls, (0..list.len()).collect::<Vec<_>>());
        for heading in list.headings() {
            prop_assert_eq!(rows.get(rows.row_of(heading)).unwrap().first, heading, "a day begins with a row");
        }
        if !is_folding {
            prop_assert_eq!(rows.len(), list.len());
        }
    }

    #[test]
    fn an_opened_run_shows_every_call(length in FEWEST..50, opened in 0_usize..50) {
        prop_assume!(opened < length);
        let list = list_of(&vec![0; length], 1_000_000_000);
        let folded = Rows::of(&list, true, &[]);
        prop_assert_eq!((folded.len(), folded.get(0).unwrap().calls), (1, length));
        let open = Rows::of(&list, true, &[CallId::from_u128(opened as u128 + 1)]);
        prop_assert_eq!(open.len(), length);
        prop_assert!((0..length).all(|row| open.get(row).unwrap().run == length));
    }
}

#[test]
fn an_error_never_hides_among_successes() {
    let rows = Rows::of(&list_of(&[0, 0, 0, 1, 0, 0, 0], 1_000_000_000), true, &[]);
    assert_eq!((0..rows.len()).map(|row| rows.get(row).unwrap().calls).collect::<Vec<_>>(), [3, 1, 3]);
}

#[test]
fn scripts_and_cut_urls_are_never_folded() {
    assert_eq!(Rows::of(&list_of(&[4; 9], 1_000_000_000), true, &[]).len(), 9);
    let long = |number| CallSummary { url: Some("x".repeat(CallSummary::SHOWN_CHARACTERS)), ..a_call(number, 0) };
    let total = Total { count: 5, exact: true };
    let items = (0..5).map(long).collect();
    let page = CallPage { items, before: None, after: None, total, partial: false, notices: Vec::new() };
    assert_eq!(Rows::of(&CallList::new(page, |_| 0), true, &[]).len(), 5);
}
