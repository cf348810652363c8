//! One question: from a relative URL to a typed answer.

use leptos::prelude::Owner;
use leptos::task::spawn_local;
use model::Problem;

use super::ApiError;
use super::answers::{self, FromJson};
use crate::browser::fetch::{self, Abort, Answer, FetchFailure};
use crate::words;

/// Longer than the server's own deadline, so that its reason is heard.
const TIMEOUT_MILLIS: u32 = 30_000;

/// Asks `api/v1/{path}` and reads the answer.
pub(super) async fn get<T: FromJson>(path: &str, abort: Option<&Abort>) -> Result<T, ApiError> {
    read(&fetched(path, abort).await?)
}

/// Asks `api/v1/{path}` for a text.
pub(super) async fn get_text(path: &str, abort: Option<&Abort>) -> Result<String, ApiError> {
    let answer = fetched(path, abort).await?;
    insist(&answer)?;
    Ok(answer.body)
}

async fn fetched(path: &str, abort: Option<&Abort>) -> Result<Answer, ApiError> {
    fetch::ask_for("", &format!("api/v1/{path}"), None, abort, TIMEOUT_MILLIS).await.map_err(unanswered)
}

/// A question whose answer somebody else waits for than the code that asks.
#[derive(Default)]
pub(super) struct Asked {
    /// `GET` where it is empty.
    pub method: &'static str,
    /// Below `<base href>`.
    pub url: String,
    /// What is sent, as JSON.
    pub body: Option<String>,
    /// Takes the question back.
    pub abort: Option<Abort>,
}

/// Hands the text of an answer to `then`, unless whoever owns what asked is gone. There is one future for all of them:
/// one of its own for every question was two kilobytes of wasm each.
pub(super) fn ask(asked: Asked, then: Box<dyn FnOnce(Result<String, ApiError>)>) {
    let owner = Owner::current().map(|owner| owner.downgrade());
    spawn_local(async move {
        let Asked { method, url, body, abort } = asked;
        let answer = fetch::ask_for(method, &url, body.as_deref(), abort.as_ref(), TIMEOUT_MILLIS).await;
        let answer = answer.map_err(unanswered).and_then(|answer| insist(&answer).map(|()| answer.body));
        match owner {
            None => then(answer),
            Some(owner) => {
                if let Some(owner) = owner.upgrade() {
                    owner.with(|| then(answer));
                }
            }
        }
    });
}

/// The text of an answer as what was asked for.
pub(super) fn body<T: FromJson>(answer: Result<String, ApiError>) -> Result<T, ApiError> {
    answers::read(&answer?).map_err(|message| ApiError::Unreadable { message })
}

/// Why nothing came back.
pub(super) const fn unanswered(failure: FetchFailure) -> ApiError {
    match failure {
        FetchFailure::Unreachable => ApiError::Unreachable,
        FetchFailure::TooLate => ApiError::TooLate,
        FetchFailure::Aborted => ApiError::Aborted,
    }
}

fn read<T: FromJson>(answer: &Answer) -> Result<T, ApiError> {
    insist(answer)?;
    answers::read(&answer.body).map_err(|message| ApiError::Unreadable { message })
}

/// An answer that says that it could be done.
fn insist(answer: &Answer) -> Result<(), ApiError> {
    if (200..300).contains(&answer.status) {
        return Ok(());
    }
    Err(refused(answer))
}

/// Why an answer is none.
pub(super) fn refused(answer: &Answer) -> ApiError {
    let problem = || Box::new(answers::read(&answer.body).unwrap_or_else(|_| unknown_problem(answer.status)));
    match answer.status {
        401 => ApiError::NotSignedIn,
        403 => ApiError::Forbidden(problem()),
        429 => ApiError::TooMany { retry_after: answer.retry_after },
        _ => ApiError::Problem(problem()),
    }
}

/// For answers of others than our server: a proxy on the way, most likely.
fn unknown_problem(status: u16) -> Problem {
    Problem {
        status,
        code: "unknown".to_owned(),
        title: words::errors::answered(status),
        detail: String::new(),
        parameters: Vec::new(),
        request_id: None,
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::api::ApiError;
    use crate::browser::fetch::Answer;

    fn answer(status: u16, body: &str) -> Result<u32, ApiError> {
        read(&Answer { status, retry_after: Some(7), body: body.to_owned() })
    }

    #[test]
    fn an_answer_is_read() {
        assert_eq!(answer(200, "5"), Ok(5));
    }

    #[test]
    fn a_problem_keeps_its_code_and_words() {
        let body = r#"{"status":400,"code":"invalid_query","title":"T","detail":"D","request_id":"r1"}"#;
        let error = answer(400, body).unwrap_err();
        assert_eq!(
            (error.code(), error.request_id(), error.sentence()),
            (Some("invalid_query"), Some("r1"), "D".to_owned())
        );
    }

    #[test]
    fn what_a_proxy_says_is_a_problem_too() {
        let error = answer(502, "<html>Bad gateway</html>").unwrap_err();
        assert_eq!((error.code(), error.sentence()), (Some("unknown"), "The server answered 502.".to_owned()));
    }

    #[test]
    fn failures_are_told_apart() {
        assert_eq!(answer(401, ""), Err(ApiError::NotSignedIn));
        assert_eq!(answer(429, ""), Err(ApiError::TooMany { retry_after: Some(7) }));
        assert!(matches!(answer(403, "{}"), Err(ApiError::Forbidden(_))));
        assert!(matches!(answer(200, "{}"), Err(ApiError::Unreadable { .. })));
        assert!(answer(404, "{}").is_err_and(|error| error.is_not_found()));
    }
}
