//! Errors at the edge: one shape, stable codes, sentences that a bot builder understands.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use model::{Access, Problem, QueryIssue, Rejection};
use serde::Serialize;

use super::streams::Full;
use crate::control::{ControlError, ViewError};
use crate::ingest::DecodeError;
use crate::store::StoreError;

/// A problem on its way out.
#[derive(Clone, Debug)]
pub struct ApiProblem(Box<Parts>);

#[derive(Clone, Debug)]
struct Parts {
    problem: Problem,
    rejected: Vec<Rejection>,
    retry_after_seconds: Option<u32>,
    /// What went wrong on our side; for the log, never for the answer.
    cause: Option<String>,
}

impl ApiProblem {
    /// A problem with a code, a title that is the same for every problem of that code, and what happened this time.
    pub fn new(status: StatusCode, code: &str, title: &str, detail: impl Into<String>) -> Self {
        Self(Box::new(Parts {
            problem: Problem {
                status: status.as_u16(),
                code: code.to_owned(),
                title: title.to_owned(),
                detail: detail.into(),
                parameters: Vec::new(),
                request_id: None,
            },
            rejected: Vec::new(),
            retry_after_seconds: None,
            cause: None,
        }))
    }

    /// Parameters that cannot be used.
    pub fn invalid_query(parameters: Vec<QueryIssue>) -> Self {
        let detail = parameters
            .iter()
            .map(|issue| format!("{}: {}", issue.parameter, issue.message))
            .collect::<Vec<_>>()
            .join("; ");
        let mut problem = Self::new(StatusCode::BAD_REQUEST, "invalid_query", "The filter cannot be read", detail);
        problem.0.problem.parameters = parameters;
        problem
    }

    /// One parameter that cannot be used.
    pub fn invalid_parameter(parameter: &str, value: &str, message: &str) -> Self {
        Self::invalid_query(vec![QueryIssue::new(parameter, value, message)])
    }

    /// No session, or one that ended.
    pub fn not_signed_in() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "not_signed_in",
            "You are not signed in",
            "Sign in from the platform, or with a new sign-in link.",
        )
    }

    /// Signed in, but not for this.
    pub fn refused(access: &Access) -> Self {
        match access {
            Access::Plan => Self::new(
                StatusCode::FORBIDDEN,
                "plan_not_included",
                "API Logs is not in this account's plan",
                "The account's Owner can change the plan.",
            ),
            _ => Self::new(
                StatusCode::FORBIDDEN,
                "role_not_allowed",
                "Your role cannot see API Logs",
                "Owners, Supervisors and Bot Builders can.",
            ),
        }
    }

    /// A page of another origin asks for a change.
    pub fn from_elsewhere() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "from_elsewhere",
            "Another site asked for this",
            "Nothing was changed. Changes are made from the pages of API Logs, or by programs that are no browser.",
        )
    }

    /// Sees calls, but may not erase what is in them.
    pub fn may_not_erase() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "role_not_allowed",
            "Your role cannot erase bodies",
            "The account's Owner can, and reads who erased what.",
        )
    }

    /// A key that is missing or wrong.
    pub fn invalid_key() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "invalid_key",
            "The ingest key is missing or wrong",
            "Send the header \"Authorization: Bearer <ingest key>\" with a key of this account.",
        )
    }

    /// A body that is not what is asked for.
    pub fn invalid_body(status: StatusCode, message: &str) -> Self {
        Self::new(status, "invalid_body", "The body of the request cannot be read", message)
    }

    /// A call that is unknown, no longer kept, or of a bot that may not be seen: told alike.
    pub fn call_not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "call_not_found",
            "This call is not here",
            "It is not here any more, or not yours to see.",
        )
    }

    /// No success of the node is kept that came before the call.
    pub fn no_earlier_success() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "no_earlier_success",
            "There is no earlier success",
            "No successful call of this node from before this one is kept.",
        )
    }

    /// A call that did not fail has none that failed like it.
    pub fn did_not_fail() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "did_not_fail",
            "This call did not fail",
            "Only calls that failed are compared with others that failed alike.",
        )
    }

    /// A call that was not made by a node has nothing to be compared with.
    pub fn not_of_a_node() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_of_a_node",
            "This call was not made by a node",
            "Only calls of the nodes of a bot flow are compared with their last success.",
        )
    }

    /// As many lasting answers as there may be.
    pub fn too_many(what: &str, full: Full) -> Self {
        let detail = match full {
            Full::Session(most) => {
                format!("There are {most} {what} open in your session. Close one, or wait until one has ended.")
            }
            Full::Server => format!("There are as many {what} open as the server allows. Try again in a moment."),
        };
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_streams", "Too many at once", detail).later(10)
    }

    /// The server takes up nothing that lasts any more.
    pub fn stopping() -> Self {
        StoreError::Stopping.into()
    }

    /// Metrics, where no token is set with which they could be read.
    pub fn metrics_off() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "metrics_off",
            "There are no metrics here",
            "Whoever runs this server turns them on with the setting metrics_token.",
        )
    }

    /// Metrics, asked for without their token.
    pub fn invalid_metrics_token() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "invalid_metrics_token",
            "The token of the metrics is missing or wrong",
            "Send the header \"Authorization: Bearer <metrics_token>\" with the token of the settings.",
        )
    }

    /// A defect of ours.
    pub fn failed(cause: String) -> Self {
        Self::ours(
            StatusCode::INTERNAL_SERVER_ERROR,
            "failed",
            "The server could not answer",
            "Try again. If it stays so, tell support the reference.",
            cause,
        )
    }

    /// Nothing of what was sent was taken.
    pub fn nothing_accepted(rejected: Vec<Rejection>) -> Self {
        let first = rejected.first().map(|rejection| rejection.message.clone()).unwrap_or_default();
        let is_room = rejected.iter().all(|rejection| matches!(rejection.code.as_str(), "no_room" | "day_unwritable"));
        let mut problem = if is_room {
            let mut problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "no_room", "No call could be stored", first);
            problem.0.retry_after_seconds = Some(30);
            problem
        } else {
            Self::new(StatusCode::BAD_REQUEST, "nothing_accepted", "No call could be accepted", first)
        };
        problem.0.rejected = rejected;
        problem
    }

    /// Names the request, so that a person can quote it.
    pub fn with_request_id(mut self, request_id: &str) -> Self {
        self.0.problem.request_id = Some(request_id.to_owned());
        self
    }

    /// Its status.
    pub fn status(&self) -> u16 {
        self.0.problem.status
    }

    /// Its stable code.
    pub fn code(&self) -> &str {
        &self.0.problem.code
    }

    /// What the log says about it: once, and not what the request said, which the detail of a refusal may quote.
    pub fn log(&self) {
        let Problem { status, code, .. } = &self.0.problem;
        if *status >= 500 {
            tracing::error!(status, code, cause = self.0.cause.as_deref(), "a request failed");
        } else {
            tracing::debug!(status, code, "a request was refused");
        }
    }

    fn ours(status: StatusCode, code: &str, title: &str, detail: &str, cause: String) -> Self {
        let mut problem = Self::new(status, code, title, detail);
        problem.0.cause = Some(cause);
        problem
    }

    fn later(mut self, seconds: u32) -> Self {
        self.0.retry_after_seconds = Some(seconds);
        self
    }
}

impl From<StoreError> for ApiProblem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too_busy",
                "Too many calls at once",
                "Nothing of this request was stored. Send it again in a moment.",
            )
            .later(1),
            StoreError::DiskAlmostFull { .. } => Self::ours(
                StatusCode::INSUFFICIENT_STORAGE,
                "disk_almost_full",
                "The server's disk is almost full",
                "Nothing of this request was stored. Send it again when there is room.",
                error.to_string(),
            )
            .later(60),
            StoreError::TookTooLong => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "took_too_long",
                "The search took too long",
                "Narrow it with a filter or a shorter period, or try again.",
            )
            .later(1),
            StoreError::Search(error) => Self::invalid_query(vec![QueryIssue::of_search("", error)]),
            StoreError::Stopping => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "stopping",
                "The server is stopping",
                "Try again in a moment.",
            )
            .later(2),
            StoreError::Database(_) | StoreError::Files(_) | StoreError::Unreadable(_) => Self::ours(
                StatusCode::SERVICE_UNAVAILABLE,
                "store_failed",
                "The call store could not answer",
                "Try again. If it stays so, tell support the reference.",
                error.to_string(),
            )
            .later(5),
        }
    }
}

impl From<ViewError> for ApiProblem {
    fn from(error: ViewError) -> Self {
        let (status, code, title) = match error {
            ViewError::Control(error) => return error.into(),
            ViewError::BadName => (StatusCode::BAD_REQUEST, "invalid_name", "The view needs another name"),
            ViewError::NotFound => (StatusCode::NOT_FOUND, "view_not_found", "This view is not here"),
            ViewError::NotYours(_) => (StatusCode::FORBIDDEN, "view_not_yours", "Somebody else made this view"),
            ViewError::NameTaken => (StatusCode::CONFLICT, "view_name_taken", "There is a view of this name"),
            ViewError::TooMany(_) => (StatusCode::CONFLICT, "too_many_views", "There are too many views"),
        };
        Self::new(status, code, title, error.to_string())
    }
}

impl From<ControlError> for ApiProblem {
    fn from(error: ControlError) -> Self {
        Self::ours(
            StatusCode::SERVICE_UNAVAILABLE,
            "store_failed",
            "The server could not look up who you are",
            "Try again. If it stays so, tell support the reference.",
            error.to_string(),
        )
        .later(5)
    }
}

impl From<DecodeError> for ApiProblem {
    fn from(error: DecodeError) -> Self {
        let (status, code, title) = match &error {
            DecodeError::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too_large", "The request is too large"),
            DecodeError::TooMany => {
                (StatusCode::PAYLOAD_TOO_LARGE, "too_many_calls", "The request holds too many calls")
            }
            DecodeError::UnknownEncoding(_) => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unknown_encoding", "The content encoding is not known")
            }
            DecodeError::NotUnpackable(_) => {
                (StatusCode::BAD_REQUEST, "not_unpackable", "The request cannot be unpacked")
            }
            DecodeError::NotJson(_) => (StatusCode::BAD_REQUEST, "not_json", "The request is not JSON"),
            DecodeError::NoMemory => return StoreError::Busy.into(),
            DecodeError::Empty => (StatusCode::BAD_REQUEST, "no_calls", "The request holds no calls"),
        };
        Self::new(status, code, title, error.to_string())
    }
}

/// RFC 9457 problem details with our extensions.
#[derive(Serialize)]
struct Body<'a> {
    r#type: &'static str,
    #[serde(flatten)]
    problem: &'a Problem,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    rejected: &'a [Rejection],
}

impl IntoResponse for ApiProblem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = Body { r#type: "about:blank", problem: &self.0.problem, rejected: &self.0.rejected };
        let mut response = (status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.0.retry_after_seconds {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        // The layer that names requests writes the name in and answers this instead.
        response.extensions_mut().insert(self);
        response
    }
}

/// A path of the API that there is not.
pub async fn no_such_route() -> ApiProblem {
    ApiProblem::new(
        StatusCode::NOT_FOUND,
        "no_such_route",
        "There is nothing at this address",
        "The API begins at api/v1/.",
    )
}

/// A method that a path does not know.
pub async fn method_not_allowed() -> ApiProblem {
    ApiProblem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        "This address does not take this method",
        "Look the method up in the documentation of the API.",
    )
}
