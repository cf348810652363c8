//! What the server answers, read from JSON into the model's types.
//!
//! The server writes these types with serde. Reading them with serde, too, makes code of its own of every type for
//! every turn that an answer could take: a tenth of the wasm, measured. Here a type is a list of its members' names;
//! the tests hold that what serde writes is what is read.

use std::ops::Range;

use model::answer::FacetLists;
use model::session::Access;
use model::{
    Agent, Application, Bot, CallDetail, CallId, CallPage, CallSummary, Capabilities, Cursor, EndUser, Erasure,
    FacetValue, Facets, Failure, FailureKind, Histogram, HistogramBucket, LogQuery, Method, Node, Notice, Omission,
    Outcome, Path, Problem, QueryIssue, RawJson, Redaction, RequestDetail, Response, Retention, Script, ScriptError,
    Session, Source, SourceKind, StatusCode, Suggestion, Suggestions, TextFilter, Timestamp, Total, Truncation, View,
    Views,
};

use super::tail::TailEnd;
use crate::format::json;

/// Reads an answer; what was wrong with it, where it is none.
pub fn read<T: FromJson>(answer: &str) -> Result<T, String> {
    let mut faults = Faults::default();
    let value = T::from_json(answer.trim(), &mut faults);
    match faults.first {
        None => Ok(value),
        Some((member, wanted)) => Err(format!("{wanted} is wanted as {member}")),
    }
}

/// What of an answer was not as it should be.
#[derive(Default)]
pub struct Faults {
    /// The member that is being read.
    member: &'static str,
    /// The first member that was wrong, and what was wanted in its place.
    first: Option<(&'static str, &'static str)>,
}

impl Faults {
    fn note(&mut self, wanted: &'static str) {
        self.first.get_or_insert((self.member, wanted));
    }
}

/// What can be read from an answer.
pub trait FromJson {
    /// Reads a value. Where it is no such value, that is noted as a fault, and anything may stand in its place.
    fn from_json(json: &str, faults: &mut Faults) -> Self;
}

/// The members of an object while they are taken out.
struct Members<'a> {
    members: Vec<(&'a str, &'a str)>,
}

impl<'a> Members<'a> {
    fn of(json: &'a str, faults: &mut Faults) -> Self {
        let members = json::members(json);
        if members.is_none() {
            faults.note("an object");
        }
        Self { members: members.unwrap_or_default() }
    }

    fn find(&self, name: &str) -> Option<&'a str> {
        let is_it = |raw: &str| raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"')) == Some(name);
        self.members.iter().find(|(raw, _)| is_it(raw)).map(|(_, value)| *value)
    }

    /// A member; one that is not there is read as nothing at all, which only optional ones can be.
    fn take<T: FromJson>(&self, name: &'static str, faults: &mut Faults) -> T {
        faults.member = name;
        T::from_json(self.find(name).unwrap_or_default(), faults)
    }

    /// A member that has a usual value where it is not there.
    fn take_or_usual<T: FromJson + Default>(&self, name: &'static str, faults: &mut Faults) -> T {
        faults.member = name;
        self.find(name).map(|json| T::from_json(json, faults)).unwrap_or_default()
    }
}

/// A type by its members; those behind the semicolon have a usual value. A member has the name of its field, or the one
/// that is given.
macro_rules! object {
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $name:literal) => { $name };
    ($type:ident { $($field:ident $($name:literal)?),* $(; $($usual:ident $($usual_name:literal)?),*)? }) => {
        impl FromJson for $type {
            fn from_json(json: &str, faults: &mut Faults) -> Self {
                let members = Members::of(json, faults);
                Self {
                    $($field: members.take(object!(@name $field $($name)?), faults),)*
                    $($($usual: members.take_or_usual(object!(@name $usual $($usual_name)?), faults),)*)?
                }
            }
        }
    };
}

object!(CallPage { items, before, after, total; partial, notices });
object!(CallSummary {
    id, timestamp, outcome, duration_ms, bot, source, user, application, method, url, status, failure, script_error;
    is_script
});
object!(Total { count, exact });
object!(Notice { code, message });
object!(Facets { facets; partial, notices, text, text_filters });
object!(TextFilter { facet, include, exclude, rest });
object!(FacetLists { status, method, code, bot, application, source });
object!(FacetValue { value, label, count });
object!(Histogram { bucket_ms, buckets; partial, notices });
object!(HistogramBucket { start, success, error, no_response });
object!(Suggestions { start, end, items; partial });
object!(Suggestion { text, label, about, count });
object!(Views { views });
object!(View { id, name, query, shared, by, may_change });
object!(CallDetail {
    id, timestamp, outcome, duration_ms, bot, source, user, conversation_id, connection_id, application, request,
    response, failure, script, expires_at, diagnosis; redactions, truncated, omitted, erased, kept_beyond_retention
});
object!(RequestDetail { method, url, headers, body, encoding, curl });
object!(Response { status, body, encoding; headers });
object!(Failure { kind; message });
object!(Script { source, error; before, after, result });
object!(ScriptError { message, line, column });
object!(Redaction { kind, count });
object!(Truncation { part, original_bytes });
object!(Omission { part, media_type, bytes });
object!(Erasure { part, at });
object!(Bot { id, name });
object!(Source { kind, path, node, agent });
object!(Path { id, name });
object!(Node { id, name; kind "type" });
object!(Agent { name, email });
object!(EndUser { id, name });
object!(Session {
    user,
    role,
    account,
    plan,
    plan_with_logs,
    access,
    capabilities,
    bots,
    retention,
    support,
    time_zone,
    now
});
object!(Capabilities { view_logs, reauthorise, manage_notifications, manage_plan; erase });
object!(Retention { success_seconds, error_seconds });
object!(TailEnd { reason, message });
object!(Problem { status, code, title; detail, parameters, request_id });
object!(QueryIssue { parameter, value, message, position, nearest, as_text });

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(json: &str, faults: &mut Faults) -> Self {
        (!matches!(json, "" | "null")).then(|| T::from_json(json, faults))
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(json: &str, faults: &mut Faults) -> Self {
        let items = json::items(json);
        if items.is_none() {
            faults.note("a list");
        }
        items.unwrap_or_default().into_iter().map(|item| T::from_json(item, faults)).collect()
    }
}

/// A place in a text.
impl FromJson for Range<usize> {
    fn from_json(json: &str, faults: &mut Faults) -> Self {
        let members = Members::of(json, faults);
        members.take("start", faults)..members.take("end", faults)
    }
}

/// Header names and values.
impl FromJson for (String, String) {
    fn from_json(json: &str, faults: &mut Faults) -> Self {
        let items = json::items(json);
        if let Some([name, value]) = items.as_deref() {
            (String::from_json(name, faults), String::from_json(value, faults))
        } else {
            faults.note("a pair");
            Self::default()
        }
    }
}

impl FromJson for String {
    fn from_json(json: &str, faults: &mut Faults) -> Self {
        json::text(json).unwrap_or_else(|| {
            faults.note("a text");
            Self::new()
        })
    }
}

impl FromJson for bool {
    fn from_json(json: &str, faults: &mut Faults) -> Self {
        if !matches!(json, "true" | "false") {
            faults.note("true or false");
        }
        json == "true"
    }
}

impl FromJson for u64 {
    fn from_json(json: &str, faults: &mut Faults) -> Self {
        json.parse().unwrap_or_else(|_| {
            faults.note("a whole number");
            0
        })
    }
}

/// Smaller whole numbers.
macro_rules! number {
    ($($type:ident),*) => {
        $(impl FromJson for $type {
            fn from_json(json: &str, faults: &mut Faults) -> Self {
                Self::try_from(u64::from_json(json, faults)).unwrap_or_else(|_| {
                    faults.note("a smaller number");
                    0
                })
            }
        })*
    };
}

number!(u16, u32, usize);

impl FromJson for StatusCode {
    fn from_json(json: &str, faults: &mut Faults) -> Self {
        Self(u16::from_json(json, faults))
    }
}

impl FromJson for RawJson {
    fn from_json(json: &str, _faults: &mut Faults) -> Self {
        Self::of_part(json)
    }
}

/// Words of which other ones may come.
macro_rules! word {
    ($($type:ident),*) => {
        $(impl FromJson for $type {
            fn from_json(json: &str, faults: &mut Faults) -> Self {
                Self::from(String::from_json(json, faults).as_str())
            }
        })*
    };
}

word!(Access, Application, FailureKind, Method, Outcome, SourceKind);

/// What has a text of its own form, and what stands in its place.
macro_rules! form {
    ($type:ident, $wanted:literal, $instead:expr) => {
        impl FromJson for $type {
            fn from_json(json: &str, faults: &mut Faults) -> Self {
                String::from_json(json, faults).parse().unwrap_or_else(|_| {
                    faults.note($wanted);
                    $instead
                })
            }
        }
    };
}

form!(CallId, "the id of a call", CallId::from_u128(0));
form!(Timestamp, "a time", Timestamp::from_millis(0));
form!(Cursor, "a cursor", Cursor::new(&LogQuery::default(), Timestamp::from_millis(0), CallId::from_u128(0)));

#[cfg(test)]
mod tests;
