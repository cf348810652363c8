//! Questions to the server of this page.

use leptos::prelude::{on_cleanup, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::{Array, Reflect, Uint8Array};
use web_sys::{
    AbortController, AbortSignal, DomException, Headers, ReadableStreamDefaultReader, RequestInit, Response,
};

use super::boot;

/// Takes a question back; clones take back the same one.
#[derive(Clone)]
pub struct Abort(AbortController);

impl Abort {
    /// A way to take a question back; `None` never happens in a browser.
    pub fn new() -> Option<Self> {
        AbortController::new().ok().map(Self)
    }

    /// A way that is also taken when the owner is gone.
    pub fn with_owner() -> Option<Self> {
        let abort = Self::new()?;
        let held = send_wrapper::SendWrapper::new(abort.clone());
        on_cleanup(move || held.abort());
        Some(abort)
    }

    /// Takes the question back; nothing happens when it was answered.
    pub fn abort(&self) {
        self.0.abort();
    }
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// `Retry-After` in seconds.
    pub retry_after: Option<u32>,
    /// The body as text.
    pub body: String,
}

/// Why nothing came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchFailure {
    /// The server could not be reached.
    Unreachable,
    /// It did not answer in time.
    TooLate,
    /// The question was taken back.
    Aborted,
}

/// What became of a question whose answer lasts.
pub enum Opened {
    /// It is answered from now on.
    Stream(ByteStream),
    /// It is answered otherwise.
    Refused(Answer),
}

/// An answer that comes bit by bit.
pub struct ByteStream(ReadableStreamDefaultReader);

impl ByteStream {
    /// The next bytes, waited for; `None` at the end.
    pub async fn next(&self) -> Result<Option<Vec<u8>>, FetchFailure> {
        let read = JsFuture::from(self.0.read()).await.map_err(|error| failure(&error))?;
        let bytes = Reflect::get(&read, &"value".into()).ok().and_then(|bytes| bytes.dyn_into::<Uint8Array>().ok());
        Ok(bytes.map(|bytes| bytes.to_vec()))
    }
}

/// Asks for a URL relative to `<base href>` whose answer lasts.
pub async fn open(url: &str, abort: Option<&Abort>) -> Result<Opened, FetchFailure> {
    let options = RequestInit::new();
    options.set_signal(abort.map(|abort| abort.0.signal()).as_ref());
    let opened = async {
        let response: Response = JsFuture::from(window().fetch_with_str_and_init(url, &options)).await?.dyn_into()?;
        match response.body() {
            Some(body) if response.ok() => Ok(Opened::Stream(ByteStream(body.get_reader().dyn_into()?))),
            _ => Ok(Opened::Refused(answer(&response).await?)),
        }
    };
    opened.await.map_err(|error: JsValue| failure(&error))
}

/// Asks a URL relative to `<base href>`: for it, where the method is empty, or to change something; the body is JSON.
pub async fn ask_for(
    method: &str,
    url: &str,
    body: Option<&str>,
    abort: Option<&Abort>,
    timeout_millis: u32,
) -> Result<Answer, FetchFailure> {
    let early = if method.is_empty() { boot::take_early(url) } else { None };
    let asked = early.unwrap_or_else(|| ask(method, url, body, abort, timeout_millis));
    let answer = read(asked).await.map_err(|error| failure(&error));
    // An early question has its own signal; whoever has taken the question back must not hear its answer.
    match abort {
        Some(abort) if abort.0.signal().aborted() => Err(FetchFailure::Aborted),
        _ => answer,
    }
}

fn ask(
    method: &str,
    url: &str,
    body: Option<&str>,
    abort: Option<&Abort>,
    timeout_millis: u32,
) -> web_sys::js_sys::Promise {
    let signals = Array::of1(&AbortSignal::timeout_with_u32(timeout_millis));
    if let Some(abort) = abort {
        signals.push(&abort.0.signal());
    }
    let options = RequestInit::new();
    options.set_signal(Some(&AbortSignal::any(&signals)));
    if !method.is_empty() {
        options.set_method(method);
    }
    if let Some(body) = body {
        options.set_body(&JsValue::from_str(body));
        if let Ok(headers) = Headers::new() {
            // Refused only for a name that is none.
            let _ = headers.set("content-type", "application/json");
            options.set_headers(&headers);
        }
    }
    window().fetch_with_str_and_init(url, &options)
}

async fn read(asked: web_sys::js_sys::Promise) -> Result<Answer, JsValue> {
    answer(&JsFuture::from(asked).await?.dyn_into()?).await
}

async fn answer(response: &Response) -> Result<Answer, JsValue> {
    let retry_after = response.headers().get("retry-after").ok().flatten().and_then(|seconds| seconds.parse().ok());
    let body = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    Ok(Answer { status: response.status(), retry_after, body })
}

fn failure(error: &JsValue) -> FetchFailure {
    match error.dyn_ref::<DomException>().map(DomException::name).as_deref() {
        Some("AbortError") => FetchFailure::Aborted,
        Some("TimeoutError") => FetchFailure::TooLate,
        _ => FetchFailure::Unreachable,
    }
}
