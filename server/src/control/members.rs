//! Members of accounts, and the links that let them in.

use model::{Bot, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use super::{Control, ControlError, hash};
use crate::accounts::Role;
use crate::clock::random_secret;

/// How long a sign-in link can be used, in milliseconds.
const LINK_MILLIS: i64 = 24 * 3_600_000;

/// A way in that a person is given: who they will be.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The account.
    pub account: String,
    /// The role in it.
    pub role: Role,
    /// The person's name; nobody in particular where there is neither that nor an address.
    pub name: Option<String>,
    /// The person's e-mail address.
    pub email: Option<String>,
    /// A supervisor's bots.
    pub bots: Vec<Bot>,
}

impl Invitation {
    /// Without blanks around name and address. A name that is the role's word, or no word, is nobody's in particular.
    fn in_order(mut self) -> Self {
        for text in [&mut self.name, &mut self.email] {
            *text = text.take().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        }
        self.name = self.name.filter(|name| !is_word_of_a_role(name));
        self
    }
}

/// Whether a name is one that we give to whoever is invited without one: `Supervisor`, `Supervisor 2`.
fn is_word_of_a_role(name: &str) -> bool {
    let word = name.trim_end_matches(|character: char| character.is_ascii_digit()).trim_end();
    Role::ALL.iter().any(|role| role.label().eq_ignore_ascii_case(word))
}

/// Who was invited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// The token of their link, which signs them in once.
    pub token: String,
    /// Their name in the account.
    pub name: String,
    /// What they could see until now, in words, where that was something else.
    pub before: Option<String>,
}

/// A member as the table has them.
struct Member {
    id: i64,
    name: String,
    role: String,
    email: Option<String>,
    bots: String,
}

impl Control {
    /// Remembers a person as a member of their account and makes a link that signs them in once.
    ///
    /// A member is known by the e-mail address, and where none is given by the name; what the invitation says of them
    /// holds from then on, in their sessions too. Nobody becomes somebody else: a name whose owner has another address
    /// is refused, and whoever is invited without a name shares a place only with those who may see the same.
    pub fn invite(&self, invitation: &Invitation, now: Timestamp) -> Result<Invited, ControlError> {
        let invitation = &invitation.clone().in_order();
        let token = random_secret()?;
        let bots =
            serde_json::to_string(&invitation.bots).map_err(|error| ControlError::Unreadable(error.to_string()))?;
        let mut database = self.database();
        let transaction = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let known = match (&invitation.email, &invitation.name) {
            (Some(email), name) => {
                let known = find(&transaction, "email = ?2 COLLATE NOCASE", &invitation.account, email)?;
                let namesake = match name {
                    Some(name) => find(&transaction, "name = ?2 COLLATE NOCASE", &invitation.account, name)?,
                    None => None,
                };
                known.or(namesake)
            }
            (None, Some(name)) => find(&transaction, "name = ?2 COLLATE NOCASE", &invitation.account, name)?,
            (None, None) => nobody_in_particular(&transaction, invitation, &bots)?,
        };
        if let (Some(Member { name, email: Some(theirs), .. }), Some(email)) = (&known, &invitation.email)
            && !theirs.eq_ignore_ascii_case(email)
        {
            return Err(ControlError::NameTaken { name: name.clone(), email: theirs.clone() });
        }
        let role = invitation.role.as_str();
        let (member, name, before) = if let Some(member) = known {
            transaction.execute(
                "UPDATE member SET role = ?2, bots = ?3, email = coalesce(email, ?4) WHERE id = ?1",
                params![member.id, role, bots, invitation.email],
            )?;
            let before = (member.role != role || member.bots != bots).then(|| in_words(&member));
            (member.id, member.name, before)
        } else {
            let name = free_name(&transaction, invitation)?;
            transaction.execute(
                "INSERT INTO member (account, name, role, email, bots) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![invitation.account, name, role, invitation.email, bots],
            )?;
            (transaction.last_insert_rowid(), name, None)
        };
        transaction.execute(
            "INSERT INTO sign_in_link (hash, member, expires_at) VALUES (?1, ?2, ?3)",
            params![hash(&token), member, now.plus_millis(LINK_MILLIS).millis()],
        )?;
        transaction.commit()?;
        Ok(Invited { token, name, before })
    }
}

/// The member of an account for whom a condition of ours holds, with its value.
fn find(database: &Connection, condition: &str, account: &str, value: &str) -> Result<Option<Member>, ControlError> {
    let sql = format!("SELECT id, name, role, email, bots FROM member WHERE account = ?1 AND {condition} ORDER BY id");
    Ok(database.query_row(&sql, [account, value], read).optional()?)
}

/// The member who was invited without a name to see the same.
fn nobody_in_particular(
    database: &Connection,
    invitation: &Invitation,
    bots: &str,
) -> Result<Option<Member>, ControlError> {
    let label = invitation.role.label();
    let found = database
        .query_row(
            "SELECT id, name, role, email, bots FROM member WHERE account = ?1 AND role = ?2 AND bots = ?3 \
             AND email IS NULL AND (name = ?4 OR name GLOB ?4 || ' [0-9]*') ORDER BY id",
            [&invitation.account, invitation.role.as_str(), bots, label],
            read,
        )
        .optional()?;
    Ok(found)
}

/// The name of a new member: theirs, or the role's word, with a number where that is taken.
fn free_name(database: &Connection, invitation: &Invitation) -> Result<String, ControlError> {
    if let Some(name) = invitation.name.as_ref().or(invitation.email.as_ref()) {
        return Ok(name.clone());
    }
    let label = invitation.role.label();
    let mut name = label.to_owned();
    for number in 2_u32.. {
        if find(database, "name = ?2 COLLATE NOCASE", &invitation.account, &name)?.is_none() {
            break;
        }
        name = format!("{label} {number}");
    }
    Ok(name)
}

fn read(row: &Row<'_>) -> Result<Member, rusqlite::Error> {
    Ok(Member { id: row.get(0)?, name: row.get(1)?, role: row.get(2)?, email: row.get(3)?, bots: row.get(4)? })
}

fn in_words(member: &Member) -> String {
    let role = member.role.parse::<Role>().map_or(member.role.as_str(), |role| role.label());
    let bots = serde_json::from_str::<Vec<Bot>>(&member.bots).unwrap_or_default();
    if bots.is_empty() {
        return role.to_owned();
    }
    let names: Vec<&str> = bots.iter().map(|bot| bot.name.as_str()).collect();
    format!("{role} of {}", names.join(", "))
}
