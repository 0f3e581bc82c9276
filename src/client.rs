//! The client, which enrolls a face by its signature id.

use std::{sync::Arc, time::Duration};

use face_search_enroll_runtime::pace::Turn;

use crate::{
    Endpoint, EnrollError, Enrolled, Invalid, IssuedToken, NoToken,
    call::{call, issued_token},
    client_core::ClientCore,
    generated::{facts::enroll::rule, wire::types},
    operation::Enroll,
};

/// A client that enrolls faces on one server.
///
/// Create one client and clone it. Clones share connections, tokens and the retry budget.
///
/// # Runtimes
///
/// Calls need a tokio runtime with I/O and timers. You can create a client outside of a runtime. A connection
/// belongs to the runtime of the call that opened it. If that runtime is shut down, a call on another runtime
/// that reuses the connection fails, and is retried as the [`RetryPolicy`](crate::RetryPolicy) says. So create
/// one client for each runtime, for example in each test.
///
/// Code that is not async blocks on a runtime:
///
/// ```
/// # use face_search_enroll::{AccessToken, Client, Endpoint};
/// # fn call(endpoint: Endpoint) -> Result<(), Box<dyn std::error::Error>> {
/// let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
/// let client = Client::new(endpoint, AccessToken::new("an-access-token")?)?;
/// let enrolled = runtime.block_on(client.enroll("730baa5ab2e34e53"))?;
/// # Ok(())
/// # }
/// ```
///
/// # Panics
///
/// Tokio panics in a call on a runtime that was built without I/O or without timers. A call outside of a
/// runtime returns an [error](crate::ConnectReason::NoRuntime).
#[derive(Debug, Clone)]
pub struct Client {
    pub(crate) core: Arc<ClientCore>,
}

impl Client {
    /// Adds the face of a failed verification journey to the face set.
    ///
    /// `signature_id` is the id of the journey. It must not be blank. The call is retried as the
    /// [`RetryPolicy`](crate::RetryPolicy) of the client says. Retrying is safe: at worst the answer is
    /// [`Outcome::AlreadyEnrolled`](crate::Outcome::AlreadyEnrolled). This answer counts as a success if the
    /// answer to an earlier attempt of this call was lost.
    ///
    /// # Errors
    ///
    /// [`EnrollError`] says how far the last attempt got, what its answer means, whether a retry can help,
    /// and whether the face may be enrolled despite the error. A face that was enrolled before this call
    /// is an error too, with the outcome `AlreadyEnrolled`.
    ///
    /// # Cancel safety
    ///
    /// If you drop the future, the call is cancelled. The server may have received the request. You can
    /// continue to use the client.
    pub async fn enroll(&self, signature_id: &str) -> Result<Enrolled, EnrollError> {
        self.call(signature_id, Turn::alone()).await
    }

    pub(crate) async fn call(
        &self,
        signature_id: &str,
        turn: Turn<'_>,
    ) -> Result<Enrolled, EnrollError> {
        let request = request(signature_id);
        let success = call::<Enroll>(&self.core, request, Some(signature_id), turn).await?;
        Ok(Enrolled {
            signature_id: success.request.signature_id.into(),
            answer: success.answer,
            call: success.call,
        })
    }

    /// Checks a signature id in the same way as [`enroll`](Self::enroll), without sending anything.
    ///
    /// # Errors
    ///
    /// [`Invalid`] if the id breaks a rule of the contract: it must not be blank. The vendor documents no
    /// other rule.
    pub fn check_signature_id(signature_id: &str) -> Result<(), Invalid> {
        request(signature_id).map(drop)
    }

    /// Returns the token that the next call would use, for another program that calls the same server.
    ///
    /// A client with [`Credentials`](crate::Credentials) requests a token if it has no valid one.
    ///
    /// # Errors
    ///
    /// [`NoToken`], whose [`token_error`](NoToken::token_error) says how far the call for the token got.
    pub async fn issued_token(&self) -> Result<IssuedToken, Box<NoToken>> {
        issued_token(&self.core).await
    }

    /// The server that this client calls.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.core.endpoint
    }

    /// The timeout of a whole call, retries included. None means no limit.
    #[must_use]
    pub fn timeout(&self) -> Option<Duration> {
        self.core.time_limit
    }
}

fn request(signature_id: &str) -> Result<types::EnrollRequest, Invalid> {
    rule::SIGNATURE_ID.check(signature_id, "the id of a journey")?;
    let signature_id = signature_id.parse().map_err(|error| Invalid {
        field: rule::SIGNATURE_ID.field,
        rule: format!("{error}"),
    })?;
    Ok(types::EnrollRequest { signature_id })
}
