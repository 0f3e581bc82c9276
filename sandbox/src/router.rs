//! The HTTP of the sandbox: which path is whose, what browsers ask for, and what an observer sees of
//! each request. The operation itself is left to [`crate::handler`].

use std::{convert::Infallible, fmt, io, pin::Pin, sync::Arc, time::Instant};

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, State as Extract},
    http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Uri, header},
    response::IntoResponse,
    routing::on,
};
use hyper::body::Incoming;

use crate::{
    choice::REQUEST_LIMIT,
    handler::operate,
    observed::ObservedRequest,
    response::{ChosenAnswer, Disconnect, plain},
    served::ServedRequest,
    shared::Shared,
};

/// The router, for hyper.
#[derive(Clone)]
pub(crate) struct Service {
    router: Router,
    shared: Arc<Shared>,
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service").finish_non_exhaustive()
    }
}

impl Service {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        let operation = &shared.operation;
        let router = Router::new()
            .route(
                &operation.path,
                on(operation.method_filter, operate).options(preflight),
            )
            .method_not_allowed_fallback(wrong_method)
            .fallback(another_path)
            .layer(DefaultBodyLimit::max(REQUEST_LIMIT))
            .with_state(Arc::clone(&shared));
        Self { router, shared }
    }
}

impl hyper::service::Service<Request<Incoming>> for Service {
    type Response = Response<Body>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        use tower_service::Service as _;

        let observed = self.shared.settings.observer.clone().map(|observer| {
            let method = request.method().clone();
            (observer, method, request.uri().clone(), Instant::now())
        });
        let response = self.router.clone().call(request.map(Body::new));
        Box::pin(async move {
            let Ok::<_, Infallible>(mut response) = response.await;
            let is_sent = response.extensions().get::<Disconnect>().is_none();
            if let Some((observer, method, uri, started)) = observed {
                let observed = response.extensions().get::<ObservedRequest>();
                observer(&ServedRequest {
                    method: method.as_str(),
                    path: uri.path(),
                    status: is_sent.then_some(response.status().as_u16()),
                    outcome: observed.and_then(|request| request.outcome.as_deref()),
                    signature_id: observed.and_then(|request| request.signature_id.as_deref()),
                    elapsed: started.elapsed(),
                });
            }
            if !is_sent {
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
            // A page may be opened from a file, or come from another origin: there is nothing to
            // protect.
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

/// What a browser asks before it lets a page call the operation.
async fn preflight(Extract(shared): Extract<Arc<Shared>>) -> Response<Body> {
    let operation = &shared.operation;
    let allowed = [
        header::CONTENT_TYPE.as_str(),
        operation.token_header.as_str(),
        "prefer",
    ];
    let mut headers = HeaderMap::new();
    for (name, value) in [
        (header::ALLOW, operation.method.as_str()),
        (
            header::ACCESS_CONTROL_ALLOW_METHODS,
            operation.method.as_str(),
        ),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, &allowed.join(", ")),
        (header::ACCESS_CONTROL_MAX_AGE, "600"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// A document, or a path that is not known.
async fn another_path(
    Extract(shared): Extract<Arc<Shared>>,
    method: Method,
    uri: Uri,
) -> Response<Body> {
    let mut documents = shared.settings.documents.iter();
    match documents.find(|document| document.path == uri.path()) {
        Some(document) if method == Method::GET || method == Method::HEAD => {
            plain(&document.content_type, document.body.clone())
        }
        Some(_) => not_allowed(&shared, "GET, HEAD"),
        None => {
            let extra = format!("the path is {}", shared.operation.path);
            refuse(&shared, StatusCode::NOT_FOUND, extra)
        }
    }
}

async fn wrong_method(Extract(shared): Extract<Arc<Shared>>) -> Response<Body> {
    not_allowed(&shared, shared.operation.method.as_str())
}

fn not_allowed(shared: &Shared, allowed: &str) -> Response<Body> {
    let extra = format!("the method is {allowed}");
    let mut response = refuse(shared, StatusCode::METHOD_NOT_ALLOWED, extra);
    if let Ok(allowed) = HeaderValue::from_str(allowed) {
        response.headers_mut().insert(header::ALLOW, allowed);
    }
    response
}

fn refuse(shared: &Shared, status: StatusCode, extra: String) -> Response<Body> {
    let operation = &shared.operation;
    let answer = ChosenAnswer::refused(operation, status, extra);
    let observed = ObservedRequest {
        outcome: answer.outcome_name(),
        signature_id: None,
    };
    observed.attach(answer.respond(operation, None, shared.state.count()))
}
