//! The HTTP side of the sandbox: routes paths, answers the preflight requests of browsers, and
//! calls the observer. [`crate::handler`] handles the operations.

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
    answers::Filling,
    choice::REQUEST_LIMIT,
    handler::operate,
    observed::ObservedRequest,
    response::{ChosenAnswer, Disconnect, plain},
    served::ServedRequest,
    shared::Shared,
};

/// The router as a service for hyper.
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
            if !paths.contains(&operation.path.as_str()) {
                paths.push(&operation.path);
                router = router.route(&operation.path, methods(&shared, &operation.path));
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
        let response = self.router.clone().call(request.map(Body::new));
        let shared = Arc::clone(&self.shared);
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
            if shared.settings.clock_offset != 0
                && let Ok(date) = httpdate::fmt_http_date(shared.settings.now()).parse()
            {
                response.headers_mut().insert(header::DATE, date);
            }
            // Allow every origin, so that a page from a file or from another server can call the
            // sandbox. There is nothing to protect.
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

/// The operations of a path by their methods.
fn methods(shared: &Shared, path: &str) -> MethodRouter<Arc<Shared>> {
    let operations = shared.operations.iter().enumerate();
    let of_path = operations.filter(|(_, operation)| operation.path == path);
    of_path.fold(options(preflight), |methods, (index, operation)| {
        let handle = move |Extract(shared): Extract<Arc<Shared>>,
                           headers: HeaderMap,
                           body: Result<Bytes, BytesRejection>| {
            operate(shared, index, headers, body)
        };
        methods.on(operation.method_filter, handle)
    })
}

/// The names of the methods of a path.
fn allowed(shared: &Shared, path: &str) -> String {
    let of_path = shared.operations.iter().filter(|it| it.path == path);
    let methods: Vec<_> = of_path.map(|it| it.method.as_str()).collect();
    methods.join(", ")
}

/// Answers the preflight request that a browser sends before a page may call an operation.
async fn preflight(Extract(shared): Extract<Arc<Shared>>, uri: Uri) -> Response<Body> {
    let methods = allowed(&shared, uri.path());
    let of_path = shared.operations.iter().filter(|it| it.path == uri.path());
    let tokens = of_path.filter_map(|it| it.token_header.as_ref());
    let mut names = vec![header::CONTENT_TYPE.as_str()];
    names.extend(tokens.map(HeaderName::as_str));
    names.push("prefer");
    let mut headers = HeaderMap::new();
    for (name, value) in [
        (header::ALLOW, methods.as_str()),
        (header::ACCESS_CONTROL_ALLOW_METHODS, &methods),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, &names.join(", ")),
        (header::ACCESS_CONTROL_MAX_AGE, "600"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// Serves a document, or rejects an unknown path.
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
            let paths: Vec<_> = shared.operations.iter().map(|it| &*it.path).collect();
            let extra = match paths.as_slice() {
                [path] => format!("use the path {path}"),
                _ => format!("use one of the paths {}", paths.join(", ")),
            };
            refuse(&shared, StatusCode::NOT_FOUND, extra)
        }
    }
}

async fn wrong_method(Extract(shared): Extract<Arc<Shared>>, uri: Uri) -> Response<Body> {
    not_allowed(&shared, &allowed(&shared, uri.path()))
}

fn not_allowed(shared: &Shared, allowed: &str) -> Response<Body> {
    let extra = format!("use the method {allowed}");
    let mut response = refuse(shared, StatusCode::METHOD_NOT_ALLOWED, extra);
    if let Ok(allowed) = HeaderValue::from_str(allowed) {
        response.headers_mut().insert(header::ALLOW, allowed);
    }
    response
}

/// An answer in the envelope of the first operation, because the request belongs to no operation.
fn refuse(shared: &Shared, status: StatusCode, extra: String) -> Response<Body> {
    let Some(operation) = shared.operations.first() else {
        return status.into_response();
    };
    let answer = ChosenAnswer::refused(operation, status, extra);
    let observed = ObservedRequest {
        operation: None,
        outcome: answer.outcome_name(),
        signature_id: None,
    };
    let filling = Filling {
        number: shared.state.count(),
        data: Vec::new(),
    };
    observed.attach(answer.respond(operation, &filling))
}
