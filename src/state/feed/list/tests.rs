use model::{
    Application, CallId, CallPage, CallSummary, Cursor, LogQuery, Outcome, Source, SourceKind, Timestamp, Total,
};
use proptest::prelude::*;

use super::{CallList, MAX_CALLS};

const PAGE: usize = 100;
/// Calls a day in the tests' store.
const A_DAY: u128 = 70;

/// The call with a number, counted from the oldest.
fn a_call(number: u128) -> CallSummary {
    CallSummary {
        id: CallId::from_u128(number),
        timestamp: Timestamp::from_millis(i64::try_from(number).unwrap()),
        outcome: Outcome::Success,
        duration_ms: None,
        bot: None,
        source: Source { kind: SourceKind::Platform, path: None, node: None, agent: None },
        user: None,
        application: Application::JsonApi,
        method: None,
        url: None,
        status: None,
        failure: None,
        script_error: None,
        is_script: false,
    }
}

fn cursor(number: u128) -> Cursor {
    let call = a_call(number);
    Cursor::new(&LogQuery::default(), call.timestamp, call.id)
}

/// Answers like a store that holds the calls 1 to `stored`.
fn page(newest: u128, stored: u128) -> CallPage {
    let items: Vec<_> = (1..=newest).rev().take(PAGE).map(a_call).collect();
    let oldest = items.last().map_or(0, |call| u128::try_from(call.timestamp.millis()).unwrap());
    CallPage {
        before: (oldest > 1).then(|| cursor(oldest)),
        after: (!items.is_empty()).then(|| cursor(newest)),
        total: Total { count: u64::try_from(stored).unwrap(), exact: true },
        items,
        partial: false,
        notices: Vec::new(),
    }
}

fn day_of(time: Timestamp) -> i32 {
    i32::try_from(u128::try_from(time.millis()).unwrap() / A_DAY).unwrap()
}

/// What the reader sees if everything that was let go were still there.
fn all_numbers(list: &CallList) -> Vec<u128> {
    list.iter().map(|listed| u128::try_from(listed.call.timestamp.millis()).unwrap()).collect()
}

fn number_of(cursor: Cursor) -> u128 {
    u128::try_from(cursor.timestamp.millis()).unwrap()
}

/// One scroll to an end of the list.
fn older(list: &mut CallList, stored: u128) {
    if let Some(before) = list.older() {
        list.push_older(page(number_of(before) - 1, stored), day_of);
    }
}

fn newer(list: &mut CallList, stored: u128) {
    if let Some(after) = list.newer() {
        let newest = (number_of(after) + PAGE as u128).min(stored);
        let mut answer = page(newest, stored);
        answer.items.retain(|call| call.timestamp > after.timestamp);
        list.push_newer(answer, day_of);
    }
}

/// A list of the newest calls of a store, to which calls come in.
fn held(newest: u128, pages: usize) -> CallList {
    let mut list = CallList::new(page(newest, newest), day_of);
    for _ in 1..pages {
        let Some(older) = list.older() else { break };
        list.push_older(page(number_of(older) - 1, newest), day_of);
    }
    list
}

fn take(list: &mut CallList, numbers: impl IntoIterator<Item = u128>) -> bool {
    list.take(numbers.into_iter().map(a_call).collect(), &LogQuery::default(), day_of)
}

#[test]
fn calls_that_come_in_stand_in_their_places() {
    let mut list = CallList::new(page(0, 0), day_of);
    assert!(take(&mut list, [5, 9, 7, 9]));
    assert_eq!(all_numbers(&list), [9, 7, 5]);
    assert!(take(&mut list, [6, 10, 7, 1]));
    assert_eq!(all_numbers(&list), [10, 9, 7, 6, 5, 1]);
    assert_eq!(list.total(), Total { count: 6, exact: true });
}

#[test]
fn a_call_beyond_the_oldest_is_left_to_its_page_but_counted() {
    let mut list = CallList::new(page(300, 299), day_of);
    assert_eq!(all_numbers(&list).last(), Some(&201));
    assert!(take(&mut list, [150]));
    assert_eq!((list.len(), list.total().count), (100, 300));
}

#[test]
fn where_the_newest_are_let_go_nothing_comes_in() {
    let mut list = held(5_000, 30);
    assert!(list.ahead().calls > 0);
    assert!(!take(&mut list, [5_001]));
}

#[test]
fn days_are_found_anew_in_another_zone() {
    let mut list = held(300, 3);
    list.regroup(|_| 1);
    assert_eq!(list.headings(), [0]);
}

proptest! {
    #[test]
    fn what_comes_in_keeps_the_order_and_the_bound(
        batches in proptest::collection::vec(proptest::collection::vec(0_u128..400, 1..60), 1..40),
    ) {
        let mut list = held(1_000, 4);
        let mut newest = 1_000;
        for batch in batches {
            newest += 400;
            prop_assert!(take(&mut list, batch.into_iter().map(|back| newest - back)));
            let numbers = all_numbers(&list);
            prop_assert!(numbers.windows(2).all(|pair| pair[0] > pair[1]));
            prop_assert!(list.len() <= MAX_CALLS + 2 * PAGE);
            // What is asked for beyond the oldest follows on it.
            prop_assert_eq!(list.older().map(number_of), numbers.last().copied().filter(|oldest| *oldest > 1));
        }
    }

    #[test]
    fn calls_stay_adjoining_and_bounded(stored in 0_u128..6_000, ways in proptest::collection::vec(any::<bool>(), 0..120)) {
        let mut list = CallList::new(page(stored, stored), day_of);
        for is_older in ways {
            if is_older { older(&mut list, stored) } else { newer(&mut list, stored) }
            let numbers = all_numbers(&list);
            prop_assert!(list.len() <= MAX_CALLS);
            prop_assert!(numbers.windows(2).all(|pair| pair[0] == pair[1] + 1));
            prop_assert_eq!(list.ahead().calls as u128 + numbers.first().copied().unwrap_or(stored), stored);
        }
    }

    #[test]
    fn headings_stand_where_days_begin(stored in 1_u128..6_000, steps in 0_usize..40) {
        let mut list = CallList::new(page(stored, stored), day_of);
        for _ in 0..steps {
            older(&mut list, stored);
        }
        let seen = list.ahead().calls + list.len();
        let days = (1..=stored).rev().take(seen).map(|number| number / A_DAY).collect::<std::collections::BTreeSet<_>>();
        prop_assert_eq!(list.ahead().headings + list.headings().len(), days.len());
    }

    #[test]
    fn from_a_time_every_newer_call_is_reached(stored in 1_u128..2_000, at in 1_u128..2_000, guess in 0_usize..4_000) {
        prop_assume!(at <= stored);
        let mut list = CallList::from_time(page(at, stored), guess.max(1), day_of);
        prop_assert!(list.newer().is_some());
        for _ in 0..stored {
            newer(&mut list, stored);
        }
        prop_assert_eq!(list.newer(), None);
        prop_assert_eq!(list.before_first(), 0);
        let numbers = all_numbers(&list);
        prop_assert_eq!(numbers.first(), Some(&stored));
        prop_assert!(numbers.windows(2).all(|pair| pair[0] == pair[1] + 1));
    }

    #[test]
    fn a_call_is_found_where_it_is(stored in 1_u128..3_000, index in 0_usize..3_000) {
        let mut list = CallList::new(page(stored, stored), day_of);
        older(&mut list, stored);
        let found = list.get(index).map(|listed| listed.call.id);
        prop_assert_eq!(found.and_then(|id| list.index_of(id)), (index < list.len()).then_some(index));
    }
}

#[test]
fn an_empty_page_moves_the_cursor_on() {
    let mut list = CallList::new(CallPage { items: vec![], ..page(500, 500) }, day_of);
    assert!(list.is_empty());
    let before = list.older().unwrap();
    list.push_older(page(number_of(before) - 1, 500), day_of);
    assert_eq!(list.len(), PAGE);
}

#[test]
fn an_exact_total_is_not_lost() {
    let mut list = CallList::new(page(500, 500), day_of);
    list.push_older(CallPage { total: Total { count: 900, exact: false }, ..page(400, 500) }, day_of);
    assert_eq!(list.total(), Total { count: 500, exact: true });
}
