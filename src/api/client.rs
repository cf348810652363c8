//! One question: from a relative URL to a typed answer.

use model::Problem;

use super::ApiError;
use super::answers::{self, FromJson};
use crate::browser::fetch::{self, Abort, Answer, FetchFailure};

/// Longer than the server's own deadline, so that its reason is heard.
const TIMEOUT_MILLIS: u32 = 30_000;

/// Asks `api/v1/{path}` and reads the answer.
pub(super) async fn get<T: FromJson>(path: &str, abort: Option<&Abort>) -> Result<T, ApiError> {
    read(&ask(path, abort).await?)
}

/// Asks `api/v1/{path}` for a text.
pub(super) async fn get_text(path: &str, abort: Option<&Abort>) -> Result<String, ApiError> {
    let answer = ask(path, abort).await?;
    refused(&answer)?;
    Ok(answer.body)
}

async fn ask(path: &str, abort: Option<&Abort>) -> Result<Answer, ApiError> {
    fetch::get(&format!("api/v1/{path}"), abort, TIMEOUT_MILLIS).await.map_err(|failure| match failure {
        FetchFailure::Unreachable => ApiError::Unreachable,
        FetchFailure::TooLate => ApiError::TooLate,
        FetchFailure::Aborted => ApiError::Aborted,
    })
}

fn read<T: FromJson>(answer: &Answer) -> Result<T, ApiError> {
    refused(answer)?;
    answers::read(&answer.body).map_err(|message| ApiError::Unreadable { message })
}

/// The error where the status is that of one.
fn refused(answer: &Answer) -> Result<(), ApiError> {
    if (200..300).contains(&answer.status) {
        return Ok(());
    }
    let problem = || Box::new(answers::read(&answer.body).unwrap_or_else(|_| unknown_problem(answer.status)));
    Err(match answer.status {
        401 => ApiError::NotSignedIn,
        403 => ApiError::Forbidden(problem()),
        429 => ApiError::TooMany { retry_after: answer.retry_after },
        _ => ApiError::Problem(problem()),
    })
}

/// For answers of others than our server: a proxy on the way, most likely.
fn unknown_problem(status: u16) -> Problem {
    Problem {
        status,
        code: "unknown".to_owned(),
        title: format!("The server answered {status}."),
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
