use super::{Column, Density, Table, WIDTHS};
use proptest::prelude::*;

/// Every column once, and what cannot be hidden is shown.
fn is_whole(table: &Table) -> bool {
    let count = |column: Column| table.columns().iter().filter(|setting| setting.column == column).count();
    Column::ALL.into_iter().all(|column| count(column) == 1)
        && table.columns().iter().all(|setting| setting.is_shown || setting.column.can_hide())
}

#[test]
fn the_usual_columns_are_those_of_the_product() {
    let table = Table::default();
    assert!(is_whole(&table) && table.has_usual_columns());
    assert_eq!(table.shown(), Column::ALL[..8]);
    assert!(table.tracks().starts_with("var(--w-status) var(--w-time) var(--w-app) "));
}

#[test]
fn status_and_time_stay() {
    let mut table = Table::default();
    for column in Column::ALL {
        table.show(column, false);
    }
    assert_eq!(table.shown(), [Column::Status, Column::Time]);
}

#[test]
fn the_request_takes_what_is_left() {
    let mut table = Table::default();
    table.set_width(Column::Request, Some(300));
    assert!(table.has_usual_columns());
}

#[test]
fn what_another_version_kept_is_used_as_far_as_it_goes() {
    let table = Table::read("Roomy user weather -time app:9999 user");
    assert!(is_whole(&table));
    assert_eq!((table.density, table.is_folding), (Density::Roomy, true));
    assert_eq!(table.shown()[..3], [Column::User, Column::Time, Column::Application]);
    assert_eq!(table.columns()[2].width, Some(WIDTHS.1));
}

proptest! {
    #[test]
    fn what_is_kept_comes_back(
        changes in proptest::collection::vec((0_usize..13, 0_u8..5, any::<u16>()), 0..40),
        density in 0_usize..3,
        is_folding: bool,
    ) {
        let mut table = Table { density: Density::ALL[density].0, is_folding, ..Table::default() };
        for (column, change, width) in changes {
            let column = Column::ALL[column];
            match change {
                0 => table.show(column, false),
                1 => table.show(column, true),
                2 => table.shift(column, true),
                3 => table.shift(column, false),
                _ => table.set_width(column, Some(width)),
            }
            prop_assert!(is_whole(&table));
        }
        prop_assert_eq!(Table::read(&table.print()), table);
    }

    #[test]
    fn whatever_is_kept_makes_a_whole_table(kept in "[a-z:0-9 -]{0,60}") {
        prop_assert!(is_whole(&Table::read(&kept)));
    }
}
