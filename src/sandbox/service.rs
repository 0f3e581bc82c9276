//! The HTTP of the sandbox: checking a request, keeping the face set, sending the answer.

use std::{
    collections::{BTreeSet, VecDeque},
    convert::Infallible,
    fmt, io,
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll},
};

use axum::{
    Router,
    body::{Body, Bytes, HttpBody},
    extract::{DefaultBodyLimit, State as Extract},
    http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header},
    response::IntoResponse,
    routing::{MethodFilter, on},
};
use hyper::body::{Frame, Incoming};
use serde_json::Value;

use super::{
    answer::{self, Answer},
    received::Received,
    reply::{Kind, Reply, UnknownExample},
};
use crate::{
    Outcome,
    generated::facts::operation::{MEDIA_TYPE, METHOD, PATH, TOKEN_HEADER, request, rule},
};

/// The largest request that is read, in bytes.
const REQUEST_LIMIT: usize = 1024 * 1024;

/// What requests change, and what the owner of the sandbox sees.
#[derive(Default)]
pub(super) struct State {
    faces: Mutex<BTreeSet<String>>,
    replies: Mutex<VecDeque<Reply>>,
    responder: Mutex<Option<Responder>>,
    requests: AtomicU64,
}

/// Says how to treat a request.
type Responder = Box<dyn FnMut(&Received<'_>) -> Reply + Send>;

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State")
            .field("faces", &self.faces)
            .field("replies", &self.replies)
            .field("requests", &self.requests)
            .finish_non_exhaustive()
    }
}

impl State {
    pub(super) fn push(&self, reply: Reply) {
        lock(&self.replies).push_back(reply);
    }

    pub(super) fn answer_with(&self, responder: Responder) {
        *lock(&self.responder) = Some(responder);
    }

    /// What was told about this request, if anything was.
    fn told(&self, request: &Received<'_>) -> Option<Reply> {
        let reply = lock(&self.replies).pop_front();
        reply.or_else(|| Some(lock(&self.responder).as_mut()?(request)))
    }

    pub(super) fn is_enrolled(&self, signature_id: &str) -> bool {
        lock(&self.faces).contains(signature_id)
    }

    pub(super) fn enrolled(&self) -> Vec<String> {
        lock(&self.faces).iter().cloned().collect()
    }

    pub(super) fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }
}

/// What is behind the lock is whole at any time, also after a panic.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The router, for hyper.
#[derive(Clone)]
pub(super) struct Service {
    router: Router,
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service").finish_non_exhaustive()
    }
}

impl Service {
    pub(super) fn new(state: Arc<State>) -> Self {
        let method = Method::from_bytes(METHOD.as_bytes()).unwrap_or_default();
        let method = MethodFilter::try_from(method).unwrap_or(MethodFilter::POST);
        let router = Router::new()
            .route(PATH, on(method, enroll))
            .method_not_allowed_fallback(wrong_method)
            .fallback(wrong_path)
            .layer(DefaultBodyLimit::max(REQUEST_LIMIT))
            .with_state(state);
        Self { router }
    }
}

/// Marks a response that is not to be sent: the connection breaks instead.
#[derive(Clone, Copy)]
struct Disconnect;

impl hyper::service::Service<Request<Incoming>> for Service {
    type Response = Response<Body>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        use tower_service::Service as _;

        let response = self.router.clone().call(request.map(Body::new));
        Box::pin(async move {
            let Ok::<_, Infallible>(response) = response.await;
            if response.extensions().get::<Disconnect>().is_some() {
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
            Ok(response)
        })
    }
}

/// An answer, and under which status it is sent.
struct Verdict {
    answer: Option<&'static Answer>,
    status: Option<StatusCode>,
    extra: Option<String>,
}

impl Verdict {
    fn outcome(outcome: Outcome) -> Self {
        Self {
            answer: answer::of(outcome),
            status: None,
            extra: None,
        }
    }

    /// What HTTP itself refuses.
    fn refused(status: StatusCode, extra: impl Into<String>) -> Self {
        Self {
            answer: answer::of_status(Outcome::InvalidRequest, status.as_u16()),
            status: Some(status),
            extra: Some(extra.into()),
        }
    }
}

async fn enroll(
    Extract(state): Extract<Arc<State>>,
    headers: HeaderMap,
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> Response<Body> {
    let number = state.requests.fetch_add(1, Ordering::Relaxed) + 1;
    let transaction_id = format!("{number:016x}");
    let body = body.unwrap_or_default();
    let sent = read_signature_id(&body);
    let signature_id = sent.as_ref().ok().map(String::as_str);
    let told = state.told(&Received {
        number,
        token: token(&headers),
        signature_id,
    });
    let preference = Preference::read(&headers);
    let (reply, unknown) = match (told, preference.example) {
        (Some(reply), _) | (None, Some(Ok(reply))) => (reply, None),
        (None, Some(Err(unknown))) => (Reply::usual(), Some(unknown)),
        (None, None) => (Reply::usual(), None),
    };
    tokio::time::sleep(reply.delay).await;

    let usual = || match unknown {
        Some(unknown) => Verdict::refused(StatusCode::BAD_REQUEST, unknown.to_string()),
        None => decide(&state, &headers, &sent),
    };
    let verdict = match &reply.kind {
        Kind::Refused => return disconnect(),
        Kind::Lost => {
            usual();
            return disconnect();
        }
        Kind::Body { content_type, body } => {
            let response = plain(content_type, body.clone());
            return dress(response, &reply, preference.status);
        }
        Kind::Usual | Kind::Cut => usual(),
        Kind::Answer(_) if token(&headers).is_none() => Verdict::outcome(Outcome::Unauthorized),
        Kind::Answer(answer) => Verdict {
            answer: *answer,
            status: None,
            extra: None,
        },
    };
    let mut response = send(&verdict, signature_id, &transaction_id);
    if matches!(reply.kind, Kind::Cut) {
        response = cut(response);
    }
    dress(response, &reply, preference.status)
}

/// The usual answer to a request, which may change the face set.
fn decide(state: &State, headers: &HeaderMap, sent: &Result<String, Outcome>) -> Verdict {
    if token(headers).is_none() {
        return Verdict::outcome(Outcome::Unauthorized);
    }
    if !has_media_type(headers) {
        return Verdict::refused(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            format!("send Content-Type: {MEDIA_TYPE}"),
        );
    }
    Verdict::outcome(match sent {
        Err(outcome) => *outcome,
        Ok(signature_id) if lock(&state.faces).insert(signature_id.clone()) => Outcome::Enrolled,
        Ok(_) => Outcome::AlreadyEnrolled,
    })
}

fn token(headers: &HeaderMap) -> Option<&str> {
    let token = headers.get(TOKEN_HEADER)?.to_str().ok()?;
    (!token.is_empty()).then_some(token)
}

fn has_media_type(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|media_type| media_type.trim().eq_ignore_ascii_case(MEDIA_TYPE))
}

/// The signature id of a request, or the outcome of one that has none.
fn read_signature_id(body: &[u8]) -> Result<String, Outcome> {
    let body: Value = serde_json::from_slice(body).map_err(|_| Outcome::InvalidParameter)?;
    let body = body.as_object().ok_or(Outcome::InvalidParameter)?;
    match body.get(request::SIGNATURE_ID) {
        Some(Value::String(id)) if rule::SIGNATURE_ID.check(id).is_ok() => Ok(id.clone()),
        None | Some(Value::Null | Value::String(_)) => Err(Outcome::MissingParameter),
        Some(_) => Err(Outcome::InvalidParameter),
    }
}

async fn wrong_path(Extract(state): Extract<Arc<State>>) -> Response<Body> {
    refuse(
        &state,
        StatusCode::NOT_FOUND,
        &format!("the path is {PATH}"),
    )
}

async fn wrong_method(Extract(state): Extract<Arc<State>>) -> Response<Body> {
    let mut response = refuse(
        &state,
        StatusCode::METHOD_NOT_ALLOWED,
        &format!("the method is {METHOD}"),
    );
    response
        .headers_mut()
        .insert(header::ALLOW, HeaderValue::from_static(METHOD));
    response
}

fn refuse(state: &State, status: StatusCode, extra: &str) -> Response<Body> {
    let number = state.requests.fetch_add(1, Ordering::Relaxed) + 1;
    send(
        &Verdict::refused(status, extra),
        None,
        &format!("{number:016x}"),
    )
}

fn send(verdict: &Verdict, signature_id: Option<&str>, transaction_id: &str) -> Response<Body> {
    let Some(answer) = verdict.answer else {
        return StatusCode::NOT_IMPLEMENTED.into_response();
    };
    let envelope = answer.make_out(signature_id, transaction_id, verdict.extra.as_deref());
    let mut response = plain(MEDIA_TYPE, envelope.to_string());
    *response.status_mut() = verdict
        .status
        .or_else(|| StatusCode::from_u16(answer.status).ok())
        .unwrap_or_default();
    response
}

fn plain(content_type: &str, body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(body.into());
    if let Ok(content_type) = content_type.parse() {
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, content_type);
    }
    response
}

/// The status and the headers that were asked for.
fn dress(mut response: Response<Body>, reply: &Reply, preferred: Option<u16>) -> Response<Body> {
    let status = reply.status.or(preferred);
    let is_final = |status: &u16| (200..1000).contains(status);
    let status = status.filter(is_final);
    if let Some(status) = status.and_then(|status| StatusCode::from_u16(status).ok()) {
        *response.status_mut() = status;
    }
    response.headers_mut().extend(reply.headers.iter().cloned());
    response
}

fn disconnect() -> Response<Body> {
    let mut response = Response::default();
    response.extensions_mut().insert(Disconnect);
    response
}

/// The same response, whose connection breaks after half of the body.
fn cut(response: Response<Body>) -> Response<Body> {
    let (mut parts, body) = response.into_parts();
    let length = body.size_hint().exact().unwrap_or_default();
    parts.headers.insert(header::CONTENT_LENGTH, length.into());
    Response::from_parts(
        parts,
        Body::new(Half {
            body,
            left: length / 2,
        }),
    )
}

/// A body that fails after `left` bytes.
struct Half {
    body: Body,
    left: u64,
}

impl HttpBody for Half {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.left == 0 {
            let broken = io::Error::from(io::ErrorKind::ConnectionAborted);
            return Poll::Ready(Some(Err(axum::Error::new(broken))));
        }
        let frame = std::task::ready!(Pin::new(&mut self.body).poll_frame(context));
        let Some(Ok(frame)) = frame else {
            return Poll::Ready(frame);
        };
        let Ok(mut data) = frame.into_data() else {
            return Poll::Ready(None);
        };
        data.truncate(usize::try_from(self.left).unwrap_or(usize::MAX));
        self.left = self
            .left
            .saturating_sub(u64::try_from(data.len()).unwrap_or(u64::MAX));
        Poll::Ready(Some(Ok(Frame::data(data))))
    }
}

/// What a client prefers, by RFC 7240: `Prefer: example=NAME, code=NNN`.
struct Preference {
    example: Option<Result<Reply, UnknownExample>>,
    status: Option<u16>,
}

impl Preference {
    fn read(headers: &HeaderMap) -> Self {
        let mut preference = Self {
            example: None,
            status: None,
        };
        let values = headers.get_all("prefer").into_iter();
        let items = values
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split([',', ';']));
        for (name, value) in items.filter_map(|item| item.split_once('=')) {
            let value = value.trim().trim_matches('"');
            match name.trim() {
                "example" => preference.example = Some(Reply::example(value)),
                "code" => preference.status = value.parse().ok(),
                _ => {}
            }
        }
        preference
    }
}
