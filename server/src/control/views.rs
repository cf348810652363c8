//! Saved views: filters with a name, of one person or shared with their account.
//!
//! A view holds a filter and nothing that it finds: whoever opens a shared one sees of it what they may see.

use model::fold::fold;
use model::{View, ViewDraft};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use super::{Control, ControlError};
use crate::accounts::{Person, Role};
use crate::characters::is_unseen;

/// The most views that one person has made for themselves, and for everybody.
const MOST: u32 = 50;
/// The most that one account shares.
const MOST_SHARED: u32 = 500;

/// Why a view was not saved, changed or removed.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// Its name is blank, too long, or no line of text.
    #[error("the name of a view has 1 to {} characters, on one line", ViewDraft::MAX_NAME)]
    BadName,
    /// There is none with this id, or it is somebody else's own.
    #[error("it has been removed, or is not yours to see")]
    NotFound,
    /// It is shared, by somebody else.
    #[error("only {by} and the Owner can change it; save one of your own instead", by = .0)]
    NotYours(String),
    /// Another one that is seen by the same people has the name.
    #[error("choose another name, or replace that view")]
    NameTaken,
    /// There are as many as there may be.
    #[error("there can be {0} of them; remove one first")]
    TooMany(u32),
    /// The control store failed.
    #[error(transparent)]
    Control(#[from] ControlError),
}

impl From<rusqlite::Error> for ViewError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Control(error.into())
    }
}

impl Control {
    /// The views that a person sees, by name.
    pub fn views(&self, person: &Person) -> Result<Vec<View>, ControlError> {
        let database = self.database();
        let mut statement = database.prepare_cached(
            "SELECT view.id, view.name, query, shared, member.name, view.member FROM view \
             JOIN member ON member.id = view.member \
             WHERE view.account = ?1 AND (shared OR view.member = ?2) ORDER BY folded, view.id",
        )?;
        let views = statement.query_map(params![person.account.id, person.member], |row| read(row, person))?;
        Ok(views.collect::<Result<_, _>>()?)
    }

    /// Saves a view; its query string has been read.
    pub fn add_view(&self, person: &Person, draft: &ViewDraft) -> Result<View, ViewError> {
        let name = name_of(draft)?;
        let mut database = self.database();
        let transaction = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
        insist_on_room(&transaction, person, person.member, draft, &name, None)?;
        transaction.execute(
            "INSERT INTO view (account, member, name, folded, query, shared) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![person.account.id, person.member, name, fold(&name), draft.query, draft.shared],
        )?;
        let view = find(&transaction, person, transaction.last_insert_rowid())?.ok_or(ViewError::NotFound)?;
        transaction.commit()?;
        Ok(view)
    }

    /// Changes a view of one's own, or as the Owner a shared one; its query string has been read.
    pub fn change_view(&self, person: &Person, id: i64, draft: &ViewDraft) -> Result<View, ViewError> {
        let name = name_of(draft)?;
        let mut database = self.database();
        let transaction = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let Maker { member, name: maker } = maker_of_changeable(&transaction, person, id)?;
        if member != person.member && !draft.shared {
            // It would become the maker's own.
            return Err(ViewError::NotYours(maker));
        }
        insist_on_room(&transaction, person, member, draft, &name, Some(id))?;
        transaction.execute(
            "UPDATE view SET name = ?2, folded = ?3, query = ?4, shared = ?5 WHERE id = ?1",
            params![id, name, fold(&name), draft.query, draft.shared],
        )?;
        let view = find(&transaction, person, id)?.ok_or(ViewError::NotFound)?;
        transaction.commit()?;
        Ok(view)
    }

    /// Removes a view of one's own, or as the Owner a shared one.
    pub fn remove_view(&self, person: &Person, id: i64) -> Result<(), ViewError> {
        let mut database = self.database();
        let transaction = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
        maker_of_changeable(&transaction, person, id)?;
        transaction.execute("DELETE FROM view WHERE id = ?1", [id])?;
        transaction.commit()?;
        Ok(())
    }
}

/// The name without blanks around it, where it is one.
fn name_of(draft: &ViewDraft) -> Result<String, ViewError> {
    let name = draft.name.trim();
    let name: String = name.chars().filter(|character| !is_unseen(*character)).collect();
    let is_line = |character: char| !character.is_control() && !matches!(character, '\u{2028}' | '\u{2029}');
    let is_name = (1..=ViewDraft::MAX_NAME).contains(&name.chars().count()) && name.chars().all(is_line);
    if is_name && !name.trim().is_empty() { Ok(name) } else { Err(ViewError::BadName) }
}

/// Who made a view.
struct Maker {
    member: i64,
    name: String,
}

/// Who made a view that a person may change.
fn maker_of_changeable(database: &Connection, person: &Person, id: i64) -> Result<Maker, ViewError> {
    let found = database
        .prepare_cached(
            "SELECT view.member, member.name FROM view JOIN member ON member.id = view.member \
             WHERE view.id = ?1 AND view.account = ?2 AND (shared OR view.member = ?3)",
        )?
        .query_row(params![id, person.account.id, person.member], |row| {
            Ok(Maker { member: row.get(0)?, name: row.get(1)? })
        })
        .optional()?;
    let maker = found.ok_or(ViewError::NotFound)?;
    if may_change(person, maker.member) { Ok(maker) } else { Err(ViewError::NotYours(maker.name)) }
}

/// Whether a person may change a view that they see.
fn may_change(person: &Person, maker: i64) -> bool {
    maker == person.member || person.role == Role::Owner
}

/// A view of a member is to be saved: among those that the same people see there must be room, and no other of its
/// name.
fn insist_on_room(
    database: &Connection,
    person: &Person,
    member: i64,
    draft: &ViewDraft,
    name: &str,
    id: Option<i64>,
) -> Result<(), ViewError> {
    let (theirs, all, has_name): (u32, u32, bool) = database
        .prepare_cached(
            "SELECT count(*) FILTER (WHERE member = ?3), count(*), coalesce(max(folded = ?4), 0) FROM view \
             WHERE account = ?1 AND shared = ?2 AND (shared OR member = ?3) AND id IS NOT ?5",
        )?
        .query_row(params![person.account.id, draft.shared, member, fold(name), id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    if has_name {
        Err(ViewError::NameTaken)
    } else if theirs >= MOST {
        Err(ViewError::TooMany(MOST))
    } else if all >= MOST_SHARED {
        Err(ViewError::TooMany(MOST_SHARED))
    } else {
        Ok(())
    }
}

fn find(database: &Connection, person: &Person, id: i64) -> Result<Option<View>, ViewError> {
    let found = database
        .prepare_cached(
            "SELECT view.id, view.name, query, shared, member.name, view.member FROM view \
             JOIN member ON member.id = view.member WHERE view.id = ?1",
        )?
        .query_row([id], |row| read(row, person))
        .optional()?;
    Ok(found)
}

fn read(row: &Row<'_>, person: &Person) -> Result<View, rusqlite::Error> {
    Ok(View {
        id: row.get(0)?,
        name: row.get(1)?,
        query: row.get(2)?,
        shared: row.get(3)?,
        by: row.get(4)?,
        may_change: may_change(person, row.get(5)?),
    })
}
