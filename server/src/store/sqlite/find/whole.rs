//! Whole calls, one page after another, for exports: read until there are enough of them or they are large together.

use model::{CallId, Cursor, Timestamp};

use super::{Position, stretch, way_from};
use crate::store::sqlite::question::{Gaps, Question};
use crate::store::sqlite::text::read_call;
use crate::store::{Place, StoreError, StoredCall, WholePage};

/// A page ends when its calls together have more bytes of text than this.
const MAX_PAGE_BYTES: usize = 1 << 20;

/// One page of whole calls.
pub fn whole_page(question: &Question, place: Place, limit: usize) -> Result<WholePage, StoreError> {
    let (towards, beside) = way_from(place);
    let mut gaps = Gaps::default();
    let stretch = stretch(question, towards, beside, limit, &mut gaps)?;
    let mut calls = Vec::with_capacity(stretch.found.len());
    let mut bytes = 0;
    let mut end = stretch.end;
    for run in stretch.found.chunk_by(|one, other| one.part.key == other.part.key) {
        let Some(first) = run.first() else { continue };
        let answer = question.read(first.part.key, |reader| {
            for call in run {
                let Some(stored) = gaps.pass(first.part.key, read_call(reader, call.row))? else { continue };
                bytes += text_bytes(&stored);
                calls.push(stored);
                if bytes > MAX_PAGE_BYTES {
                    return Ok(Some(call.position));
                }
            }
            Ok(None)
        });
        if let Some(Some(full_at)) = gaps.pass(first.part.key, answer)? {
            end = Some(full_at);
            break;
        }
    }
    let cursor =
        |(millis, id): Position| Cursor::new(&question.query, Timestamp::from_millis(millis), CallId::from_bytes(id));
    Ok(WholePage { calls, before: end.map(cursor), missing: gaps.missing() })
}

fn text_bytes(stored: &StoredCall) -> usize {
    let call = &stored.call;
    let request = call.request.as_ref().and_then(|request| request.body.as_ref()).map_or(0, String::len);
    let response = call.response.as_ref().and_then(|response| response.body.as_ref()).map_or(0, String::len);
    let script = call.script.as_ref().map_or(0, |script| script.before.as_str().len() + script.after.as_str().len());
    request + response + script
}
