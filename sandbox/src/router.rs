//! The HTTP of the sandbox: which path is whose, what browsers ask for, and what an observer sees of
//! each request. The operations themselves are left to [`crate::handler`].

use std::{convert::Infallible, fmt, io, pin::Pin, sync::Arc, time::Instant};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, State as Extract, rejection::BytesRejection},
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, Uri, header,
    },
    response::IntoResponse,
    routing::{MethodRouter, options},
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
        let mut router = Router::new();
        let mut paths: Vec<&str> = Vec::new();
        for operation in &shared.operations {
            let path = &**operation.facts.path;
            if !paths.contains(&path) {
                router = router.route(path, serve_path(&shared, path));
                paths.push(path);
            }
        }
        let router = router
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
        let clock = self.shared.settings.clock;
        let response = self.router.clone().call(request.map(Body::new));
        Box::pin(async move {
            let Ok::<_, Infallible>(mut response) = response.await;
            let is_sent = response.extensions().get::<Disconnect>().is_none();
            if let Some((observer, method, uri, started)) = observed {
                let observed = response.extensions().get::<ObservedRequest>();
                observer(&ServedRequest {
                    method: method.as_str(),
                    path: uri.path(),
                    operation: observed.and_then(|request| request.operation.as_deref()),
                    status: is_sent.then_some(response.status().as_u16()),
                    outcome: observed.and_then(|request| request.outcome.as_deref()),
                    signature_id: observed.and_then(|request| request.signature_id.as_deref()),
                    elapsed: started.elapsed(),
                });
            }
            if !is_sent {
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
            if !response.headers().contains_key(header::DATE)
                && let Some(date) = clock.date()
            {
                response.headers_mut().insert(header::DATE, date);
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

/// The operations at `path`.
fn serve_path(shared: &Shared, path: &str) -> MethodRouter<Arc<Shared>> {
    let mut methods = options(preflight);
    for operation in shared.at(path) {
        let operation = Arc::clone(operation);
        methods = methods.on(
            operation.method_filter,
            async move |Extract(shared): Extract<Arc<Shared>>,
                        headers: HeaderMap,
                        body: Result<Bytes, BytesRejection>| {
                operate(&shared, &operation, headers, body).await
            },
        );
    }
    methods
}

/// What a browser asks before it lets a page call an operation.
async fn preflight(Extract(shared): Extract<Arc<Shared>>, uri: Uri) -> Response<Body> {
    let methods = methods(&shared, &uri);
    let mut allowed = vec![header::CONTENT_TYPE.as_str()];
    for operation in shared.at(uri.path()) {
        let token_header = operation.token_header.iter().map(HeaderName::as_str);
        allowed.extend(token_header);
    }
    allowed.push("prefer");
    let mut headers = HeaderMap::new();
    for (name, value) in [
        (header::ALLOW, &*methods),
        (header::ACCESS_CONTROL_ALLOW_METHODS, &*methods),
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
        Some(_) => not_allowed(&shared, &uri, "GET, HEAD"),
        None => {
            let paths = shared.operations.iter();
            let mut paths: Vec<_> = paths.map(|operation| &**operation.facts.path).collect();
            paths.dedup();
            let extra = format!("the path is {}", paths.join(" or "));
            refuse(&shared, &uri, StatusCode::NOT_FOUND, extra)
        }
    }
}

async fn wrong_method(Extract(shared): Extract<Arc<Shared>>, uri: Uri) -> Response<Body> {
    not_allowed(&shared, &uri, &methods(&shared, &uri))
}

/// The methods of the operations at a path.
fn methods(shared: &Shared, uri: &Uri) -> String {
    let methods = shared.at(uri.path());
    let methods: Vec<_> = methods.map(|operation| &**operation.facts.method).collect();
    methods.join(", ")
}

fn not_allowed(shared: &Shared, uri: &Uri, allowed: &str) -> Response<Body> {
    let extra = format!("the method is {allowed}");
    let mut response = refuse(shared, uri, StatusCode::METHOD_NOT_ALLOWED, extra);
    if let Ok(allowed) = HeaderValue::from_str(allowed) {
        response.headers_mut().insert(header::ALLOW, allowed);
    }
    response
}

/// Refuses a request in the words of an operation at its path. Where there is none, any operation's
/// will do: what HTTP refuses means the same for each.
fn refuse(shared: &Shared, uri: &Uri, status: StatusCode, extra: String) -> Response<Body> {
    let mut at_path = shared.at(uri.path());
    let Some(operation) = at_path.next().or(shared.operations.first()) else {
        return status.into_response();
    };
    let answer = ChosenAnswer::refused(operation, status, extra);
    let observed = ObservedRequest {
        operation: None,
        outcome: answer.outcome_name(),
        signature_id: None,
    };
    observed.attach(answer.respond(operation, Vec::new(), shared.state.count()))
}
