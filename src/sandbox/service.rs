//! The HTTP of the sandbox: which path is whose, what browsers ask for, and what is told of each
//! request. The endpoint itself is left to [`super::enroll`].

use std::{
    convert::Infallible,
    fmt, io,
    ops::RangeInclusive,
    pin::Pin,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, State as Extract},
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, Uri, header,
    },
    response::IntoResponse,
    routing::{MethodFilter, on},
};
use hyper::body::Incoming;

use super::{
    Served,
    enroll::{Told, enroll},
    state::State,
    trouble::Trouble,
    verdict::{Disconnect, Verdict, plain},
};
use crate::generated::facts::operation::{METHOD, PATH, TOKEN_HEADER};

/// The largest request that is read, in bytes.
pub(super) const REQUEST_LIMIT: usize = 1024 * 1024;

/// What a sandbox was told before it started.
#[derive(Default)]
pub(super) struct Setup {
    pub(super) latency: Option<RangeInclusive<Duration>>,
    pub(super) trouble: Option<Trouble>,
    pub(super) face_limit: Option<usize>,
    pub(super) documents: Vec<Document>,
    pub(super) observer: Option<Observer>,
}

/// A text that is served besides the endpoint.
pub(super) struct Document {
    pub(super) path: String,
    pub(super) content_type: String,
    pub(super) body: Bytes,
}

pub(super) type Observer = Arc<dyn Fn(&Served<'_>) + Send + Sync>;

/// What all requests share.
pub(super) struct Shared {
    pub(super) state: Arc<State>,
    pub(super) setup: Setup,
}

/// The router, for hyper.
#[derive(Clone)]
pub(super) struct Service {
    router: Router,
    observer: Option<Observer>,
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service").finish_non_exhaustive()
    }
}

impl Service {
    pub(super) fn new(state: Arc<State>, setup: Setup) -> Self {
        let method = Method::from_bytes(METHOD.as_bytes()).unwrap_or_default();
        let method = MethodFilter::try_from(method).unwrap_or(MethodFilter::POST);
        let observer = setup.observer.clone();
        let router = Router::new()
            .route(PATH, on(method, enroll).options(preflight))
            .method_not_allowed_fallback(wrong_method)
            .fallback(another_path)
            .layer(DefaultBodyLimit::max(REQUEST_LIMIT))
            .with_state(Arc::new(Shared { state, setup }));
        Self { router, observer }
    }
}

impl hyper::service::Service<Request<Incoming>> for Service {
    type Response = Response<Body>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        use tower_service::Service as _;

        let observed = self.observer.clone().map(|observer| {
            let method = request.method().clone();
            (observer, method, request.uri().clone(), Instant::now())
        });
        let response = self.router.clone().call(request.map(Body::new));
        Box::pin(async move {
            let Ok::<_, Infallible>(mut response) = response.await;
            let is_sent = response.extensions().get::<Disconnect>().is_none();
            if let Some((observer, method, uri, started)) = observed {
                let told = response.extensions().get::<Told>();
                observer(&Served {
                    method: method.as_str(),
                    path: uri.path(),
                    status: is_sent.then_some(response.status().as_u16()),
                    outcome: told.and_then(|told| told.outcome),
                    signature_id: told.and_then(|told| told.signature_id.as_deref()),
                    elapsed: started.elapsed(),
                });
            }
            if !is_sent {
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
            // A page may be opened from a file, or be somebody else's: there is nothing to protect.
            for name in [
                header::ACCESS_CONTROL_ALLOW_ORIGIN,
                header::ACCESS_CONTROL_EXPOSE_HEADERS,
            ] {
                let any = HeaderValue::from_static("*");
                response.headers_mut().insert(name, any);
            }
            Ok(response)
        })
    }
}

/// What a browser asks before it lets a page call the endpoint.
async fn preflight() -> Response<Body> {
    let mut headers = HeaderMap::new();
    let allowed = [
        header::CONTENT_TYPE,
        HeaderName::from_static(TOKEN_HEADER),
        HeaderName::from_static("prefer"),
    ];
    for (name, value) in [
        (header::ALLOW, METHOD.to_owned()),
        (header::ACCESS_CONTROL_ALLOW_METHODS, METHOD.to_owned()),
        (
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            allowed.each_ref().map(HeaderName::as_str).join(", "),
        ),
        (header::ACCESS_CONTROL_MAX_AGE, "600".to_owned()),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// A document, or nothing that is known.
async fn another_path(
    Extract(shared): Extract<Arc<Shared>>,
    method: Method,
    uri: Uri,
) -> Response<Body> {
    let mut documents = shared.setup.documents.iter();
    match documents.find(|document| document.path == uri.path()) {
        Some(document) if method == Method::GET || method == Method::HEAD => {
            plain(&document.content_type, document.body.clone())
        }
        Some(_) => not_allowed(&shared, "GET, HEAD"),
        None => refuse(
            &shared,
            StatusCode::NOT_FOUND,
            format!("the path is {PATH}"),
        ),
    }
}

async fn wrong_method(Extract(shared): Extract<Arc<Shared>>) -> Response<Body> {
    not_allowed(&shared, METHOD)
}

fn not_allowed(shared: &Shared, allowed: &'static str) -> Response<Body> {
    let mut response = refuse(
        shared,
        StatusCode::METHOD_NOT_ALLOWED,
        format!("the method is {allowed}"),
    );
    response
        .headers_mut()
        .insert(header::ALLOW, HeaderValue::from_static(allowed));
    response
}

fn refuse(shared: &Shared, status: StatusCode, extra: String) -> Response<Body> {
    let verdict = Verdict::refused(status, extra);
    let mut response = verdict.respond(None, shared.state.count());
    response.extensions_mut().insert(Told {
        outcome: verdict.outcome,
        signature_id: None,
    });
    response
}
