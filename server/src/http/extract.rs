//! What handlers take: who asks, and what they ask.

use axum::Json;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::header::{AUTHORIZATION, COOKIE};
use axum::http::request::Parts;
use model::{CallId, Cursor, LogQuery, QueryIssue};
use serde::de::DeserializeOwned;

use super::App;
use super::problem::ApiProblem;
use crate::accounts::{AccountScope, Person};
use crate::control::ViewError;
use crate::redact::Rules;
use crate::store::Place;

/// The name of the session cookie. Where browsers come by HTTPS it carries the prefix that ties it to this host.
pub const fn cookie_name(is_https: bool) -> &'static str {
    if is_https { "__Host-api_logs" } else { "api_logs" }
}

/// The secret of the session that a request carries.
pub fn session_secret<'a>(parts: &'a Parts, app: &App) -> Option<&'a str> {
    let name = cookie_name(app.settings.is_https());
    parts
        .headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(cookie, value)| (cookie == name).then_some(value))
}

/// Whether a browser says that a page of another origin sends this. The cookie comes along from sites that share ours
/// (`SameSite=Lax`), which need not be ours. Where browsers do not name the site, as without HTTPS, they name the origin.
pub fn is_from_elsewhere(parts: &Parts, app: &App) -> bool {
    let header = |name: &str| parts.headers.get(name).map(|value| value.to_str().unwrap_or_default());
    match (header("sec-fetch-site"), header("origin")) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let authority = origin.split_once("://").map_or("", |(_, authority)| authority);
            let is_public = app.settings.public_url.strip_prefix(origin).is_some_and(|rest| rest.starts_with('/'));
            !is_public && header("host") != Some(authority)
        }
        (None, None) => false,
    }
}

/// A person with a session, whatever they may do.
pub struct SignedIn {
    /// Who.
    pub person: Person,
    /// The secret of their session.
    pub session: String,
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiProblem> {
        if !parts.method.is_safe() && is_from_elsewhere(parts, app) {
            return Err(ApiProblem::from_elsewhere());
        }
        let secret = session_secret(parts, app).ok_or_else(ApiProblem::not_signed_in)?;
        let person = app.control.person(secret, &app.settings.plans, app.clock.now())?;
        let person = person.ok_or_else(ApiProblem::not_signed_in)?;
        Ok(Self { person, session: secret.to_owned() })
    }
}

/// A person who may see logs, with the scope of what they see.
pub struct Viewer {
    /// Whose calls.
    pub scope: AccountScope,
    /// Who asks.
    pub person: Person,
    /// The account's id.
    pub account: String,
    /// The secret of their session: by it an answer that lasts looks up whether they may still see it.
    pub session: String,
}

impl FromRequestParts<App> for Viewer {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiProblem> {
        let SignedIn { person, session } = SignedIn::from_request_parts(parts, app).await?;
        let scope = person.scope().map_err(|access| ApiProblem::refused(&access))?;
        Ok(Self { scope, account: person.account.id.clone(), person, session })
    }
}

/// A person who may erase bodies, and read who erased what.
pub struct Eraser {
    /// Whose calls.
    pub scope: AccountScope,
    /// The account's id.
    pub account: String,
    /// Their name.
    pub name: String,
}

impl FromRequestParts<App> for Eraser {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiProblem> {
        let SignedIn { person, .. } = SignedIn::from_request_parts(parts, app).await?;
        let scope = person.scope().map_err(|access| ApiProblem::refused(&access))?;
        if !person.capabilities().erase {
            return Err(ApiProblem::may_not_erase());
        }
        Ok(Self { scope, account: person.account.id, name: person.name })
    }
}

/// A program that sends calls for an account.
pub struct Sender {
    /// Where its calls belong.
    pub scope: AccountScope,
    /// How they are redacted.
    pub rules: Rules,
}

impl FromRequestParts<App> for Sender {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiProblem> {
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let key = header.and_then(|value| value.strip_prefix("Bearer ")).ok_or_else(ApiProblem::invalid_key)?;
        let account = app.control.account_of_key(key.trim())?.ok_or_else(ApiProblem::invalid_key)?;
        let plan = app.settings.plans.of(&account.plan);
        Ok(Self {
            scope: AccountScope::for_ingest(&account, plan.retention()),
            rules: app.control.rules(&account.id, app.settings.body_limit_bytes)?,
        })
    }
}

/// The filter of a request, and the parameters beside it that a handler names; any other is refused by name.
pub struct Filter {
    /// The filter.
    pub query: LogQuery,
    others: Vec<(String, String)>,
}

/// More parameters than any address has; each that is wrong is answered with a line of its own.
const MAX_PARAMETERS: usize = 64;
/// Parameters that are no filter, by the handlers that take them.
const OTHERS: [&str; 7] = ["limit", "before", "after", "buckets", "format", "text", "caret"];

impl FromRequestParts<App> for Filter {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiProblem> {
        let query_string = parts.uri.query().unwrap_or_default();
        let pairs = form_urlencoded::parse(query_string.as_bytes()).into_owned();
        let pairs: Vec<(String, String)> = pairs.take(MAX_PARAMETERS + 1).collect();
        if let Some((name, value)) = pairs.get(MAX_PARAMETERS) {
            let message = format!("more than {MAX_PARAMETERS} parameters");
            return Err(ApiProblem::invalid_parameter(name, value, &message));
        }
        let (others, filters) = pairs.into_iter().partition(|(name, _)| OTHERS.contains(&name.as_str()));
        let parsed = LogQuery::from_pairs(filters);
        if parsed.issues.is_empty() {
            Ok(Self { query: parsed.query, others })
        } else {
            Err(ApiProblem::invalid_query(parsed.issues))
        }
    }
}

impl Filter {
    /// Takes a whole number between two bounds.
    pub fn take_number(
        &mut self,
        name: &str,
        bounds: std::ops::RangeInclusive<usize>,
        default: usize,
    ) -> Result<usize, ApiProblem> {
        match self.take(name)? {
            None => Ok(default),
            Some(value) => value.parse().ok().filter(|number| bounds.contains(number)).ok_or_else(|| {
                let message = format!("a whole number from {} to {}", bounds.start(), bounds.end());
                ApiProblem::invalid_parameter(name, &value, &message)
            }),
        }
    }

    /// Takes where a page begins.
    pub fn take_place(&mut self) -> Result<Place, ApiProblem> {
        let before = self.take_cursor("before")?;
        let after = self.take_cursor("after")?;
        match (before, after) {
            (None, None) => Ok(Place::Newest),
            (Some(cursor), None) => Ok(Place::Before(cursor)),
            (None, Some(cursor)) => Ok(Place::After(cursor)),
            (Some(_), Some(after)) => {
                Err(ApiProblem::invalid_parameter("after", &after.to_string(), "cannot stand beside before"))
            }
        }
    }

    /// Takes a cursor of this filter.
    pub fn take_cursor(&mut self, name: &str) -> Result<Option<Cursor>, ApiProblem> {
        let Some(value) = self.take(name)? else { return Ok(None) };
        let cursor = value.parse::<Cursor>().and_then(|cursor| cursor.for_query(&self.query));
        cursor.map(Some).map_err(|error| ApiProblem::invalid_parameter(name, &value, &error.to_string()))
    }

    /// Takes a parameter as it is.
    pub fn take(&mut self, name: &str) -> Result<Option<String>, ApiProblem> {
        let Some(index) = self.others.iter().position(|(other, _)| other == name) else { return Ok(None) };
        let (_, value) = self.others.swap_remove(index);
        if self.others.iter().any(|(other, _)| other == name) {
            return Err(ApiProblem::invalid_parameter(name, &value, "given twice"));
        }
        Ok(Some(value))
    }

    /// Where an address takes no filter: the error that names what was given of one.
    pub fn finish_empty(self) -> Result<(), ApiProblem> {
        let given = self.finish()?.to_query_string();
        if given.is_empty() {
            return Ok(());
        }
        Err(ApiProblem::invalid_parameter("filter", &given, "this address takes no filter"))
    }

    /// The filter, once every parameter beside it is taken.
    pub fn finish(self) -> Result<LogQuery, ApiProblem> {
        if self.others.is_empty() {
            return Ok(self.query);
        }
        let issues = self
            .others
            .into_iter()
            .map(|(parameter, value)| QueryIssue::new(&parameter, &value, "not a parameter of this address"));
        Err(ApiProblem::invalid_query(issues.collect()))
    }
}

/// A small JSON body.
pub struct Sent<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Sent<T> {
    type Rejection = ApiProblem;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiProblem> {
        match Json::<T>::from_request(request, app).await {
            Ok(Json(sent)) => Ok(Self(sent)),
            Err(rejection) => Err(ApiProblem::invalid_body(rejection.status(), &rejection.body_text())),
        }
    }
}

/// The call a path names. What is no id is told like a call that is not there.
pub struct NamedCall(pub CallId);

impl FromRequestParts<App> for NamedCall {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiProblem> {
        let path = axum::extract::Path::<String>::from_request_parts(parts, app).await;
        let id = path.ok().and_then(|path| path.0.parse().ok());
        id.map(Self).ok_or_else(ApiProblem::call_not_found)
    }
}

/// The end user a path names. Whoever leaves the name out means nobody, and not all who have none.
pub struct NamedEndUser(pub String);

/// Bytes of an end user's id that a call may have.
const MAX_END_USER_BYTES: usize = 1_024;

impl FromRequestParts<App> for NamedEndUser {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiProblem> {
        let path = axum::extract::Path::<String>::from_request_parts(parts, app).await;
        let id = path.ok().map(|path| path.0);
        let is_name =
            |id: &String| !id.trim().is_empty() && id.len() <= MAX_END_USER_BYTES && !id.chars().any(char::is_control);
        id.filter(is_name).map(Self).ok_or_else(|| {
            ApiProblem::new(
                StatusCode::BAD_REQUEST,
                "end_user_not_named",
                "The address names no end user",
                "Nothing was erased. Put the end user's id, as calls have it, into the address.",
            )
        })
    }
}

/// The view a path names. What is no number is told like a view that is not there.
pub struct NamedView(pub i64);

impl FromRequestParts<App> for NamedView {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiProblem> {
        let path = axum::extract::Path::<i64>::from_request_parts(parts, app).await;
        path.map(|path| Self(path.0)).map_err(|_| ViewError::NotFound.into())
    }
}
