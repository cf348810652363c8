//! The URLs of the newest calls that a query finds.

use super::{Towards, stretch};
use crate::store::StoreError;
use crate::store::sqlite::question::{Gaps, Question};

/// Shows `visit` the URLs of at most so many of the newest calls; says whether those are all.
pub fn newest_urls(
    question: &Question,
    limit: usize,
    gaps: &mut Gaps,
    mut visit: impl FnMut(&str),
) -> Result<bool, StoreError> {
    let stretch = stretch(question, Towards::Older, None, limit, gaps)?;
    for run in stretch.found.chunk_by(|one, other| one.part.key == other.part.key) {
        let Some(first) = run.first() else { continue };
        let answer = question.read(first.part.key, |reader| {
            let mut statement = reader.connection.prepare_cached("SELECT url FROM call WHERE row = ?1")?;
            for call in run {
                let mut rows = statement.query([call.row])?;
                if let Some(row) = rows.next()?
                    && let Some(url) = row.get_ref(0)?.as_str_or_null().map_err(rusqlite::Error::from)?
                {
                    visit(url);
                }
            }
            Ok(())
        });
        gaps.pass(first.part.key, answer)?;
    }
    Ok(stretch.end.is_none())
}
