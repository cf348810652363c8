//! Why a call failed and who must act, from rules on its application, its status and its body; what is odd about its
//! request; and what to ask for to find the calls that failed like it. Pure: a call goes in, words come out.
//!
//! The rules are data, in `rules/`. What a call is stored as stays as it is: an answer of 200 whose body reports an
//! error is a success in lists and counts, and only its diagnosis says otherwise.

mod cause;
mod evidence;
mod findings;
mod pack;
mod rule;
mod rules;
mod similar;

use model::{Call, Diagnosis};

pub use pack::evidence_pack;
pub use similar::{SameError, same_error, similar};

/// What can be said of a call; nothing for a plain success.
pub fn diagnose(call: &Call) -> Option<Diagnosis> {
    let cause = cause::find(call).map(|known| known.cause);
    Diagnosis { cause, findings: findings::of(call.request.as_ref()) }.unless_empty()
}

#[cfg(test)]
mod tests;
