//! Calls with their spans and log events. `running_call` makes the attempts of a call.

use std::sync::Arc;

use face_search_enroll_runtime::{Progress, pace::Turn};
use tokio::runtime::Handle;
use tracing::Instrument;

use crate::{
    CallContext, CallError, Connect, ConnectReason, Endpoint, Invalid, IssuedToken, NoToken,
    client_core::ClientCore,
    log,
    operation::{CallResult, Operation},
    running_call::RunningCall,
};

/// Makes a call if the request is valid, and logs it. `id` identifies the request in the log.
pub(crate) async fn call<O: Operation>(
    core: &Arc<ClientCore>,
    request: Result<O::Request, Invalid>,
    id: Option<&str>,
    turn: Turn<'_>,
) -> CallResult<O> {
    let span = O::span(&core.endpoint);
    span.in_scope(|| log::call_begun::<O::Outcome>(id));
    let result = match request {
        Ok(_) if Handle::try_current().is_err() => Err(without_runtime(&core.endpoint)),
        Ok(request) => {
            let mut call = RunningCall::<O>::new(core, request, turn);
            let read = call.attempts().instrument(span.clone()).await;
            read.map(|read| call.success(read))
        }
        Err(invalid) => Err(invalid.into()),
    };
    log::call_ended(&span, &result);
    result
}

/// The error of a call without a tokio runtime, or whose runtime was shut down during the call.
pub(crate) fn without_runtime<O>(endpoint: &Endpoint) -> CallError<O> {
    CallError::Connect(Box::new(Connect {
        call: CallContext::new(&Progress::begin(), endpoint),
        reason: ConnectReason::NoRuntime,
        proxy_status: None,
        source: "make the call within a tokio runtime, for example with `Runtime::block_on`".into(),
    }))
}

/// Returns the token that the next call would use.
pub(crate) async fn issued_token(core: &ClientCore) -> Result<IssuedToken, Box<NoToken>> {
    let progress = Progress::begin();
    let deadline = progress.deadline(core.time_limit);
    let issued = match Handle::try_current() {
        Ok(_) => core.tokens.issued(deadline).await,
        Err(error) => Err(error.into()),
    };
    issued.map_err(|error| {
        log::no_token();
        Box::new(NoToken::new(&progress, &core.endpoint, error))
    })
}
