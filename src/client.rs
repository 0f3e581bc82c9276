//! The client: a call from a signature id to a result.

use std::{sync::Arc, time::Duration};

use crate::{
    Endpoint, EnrollError, Enrolled, Invalid, IssuedToken, NoToken,
    call::{call, issued_token},
    client_core::ClientCore,
    generated::{facts::enroll::rule, wire::types},
    operation::Enroll,
    running_call::Pacing,
};

/// Enrolls faces on one server.
///
/// Clones share their connections, their tokens and their budget of retries; make one client and
/// clone it.
///
/// # Runtimes
///
/// Calls need a tokio runtime with I/O and timers. A client may be made outside of one. A connection
/// belongs to the runtime of the call that opened it: if that runtime is shut down, a call on another one
/// that reuses the connection fails, and is repeated as the [`RetryPolicy`](crate::RetryPolicy) says.
/// Make a client for each runtime, for example one in each test.
///
/// Code that is not async blocks on the runtime:
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
/// Tokio panics in a call on a runtime that was built without I/O or without timers. Outside of a runtime
/// a call is an [error](crate::ConnectReason::NoRuntime).
#[derive(Debug, Clone)]
pub struct Client {
    pub(crate) core: Arc<ClientCore>,
}

impl Client {
    /// Adds the face of a failed verification journey to the face set.
    ///
    /// `signature_id` is the id of the journey; it must not be blank. The call is sent again as the
    /// client's [`RetryPolicy`](crate::RetryPolicy) says. That is safe: at worst the answer is
    /// [`Outcome::AlreadyEnrolled`](crate::Outcome::AlreadyEnrolled), which is a success where the
    /// answer to an earlier attempt was lost.
    ///
    /// # Errors
    ///
    /// [`EnrollError`] says how far the last attempt got, what its answer means, whether a retry
    /// can help, and whether the face may be enrolled all the same. A face that was enrolled before
    /// this call is an error too, of outcome `AlreadyEnrolled`.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the call wherever it is: the request may have been received. The
    /// client remains usable.
    pub async fn enroll(&self, signature_id: &str) -> Result<Enrolled, EnrollError> {
        self.call(signature_id, None).await
    }

    pub(crate) async fn call(
        &self,
        signature_id: &str,
        pacing: Pacing<'_>,
    ) -> Result<Enrolled, EnrollError> {
        let request = request(signature_id);
        let success = call::<Enroll>(&self.core, request, Some(signature_id), pacing).await?;
        Ok(Enrolled {
            signature_id: success.request.signature_id.into(),
            answer: success.answer,
            call: success.call,
        })
    }

    /// Checks a signature id as [`enroll`](Self::enroll) does before it sends anything.
    ///
    /// # Errors
    ///
    /// [`Invalid`] for one that breaks a rule of the contract: it must not be blank. No more is
    /// documented about its format.
    pub fn check_signature_id(signature_id: &str) -> Result<(), Invalid> {
        request(signature_id).map(drop)
    }

    /// The token that the next call carries, for another program that calls the same server. A client
    /// that was made with [`Credentials`](crate::Credentials) gets one, unless it holds one that is
    /// still good.
    ///
    /// # Errors
    ///
    /// [`NoToken`], which says by [`token_error`](NoToken::token_error) how far the call for the token
    /// got.
    pub async fn issued_token(&self) -> Result<IssuedToken, Box<NoToken>> {
        issued_token(&self.core).await
    }

    /// The server that this client calls.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.core.endpoint
    }

    /// The longest that a whole call may take, repeats included; nothing for no limit.
    #[must_use]
    pub fn timeout(&self) -> Option<Duration> {
        self.core.time_limit
    }
}

fn request(signature_id: &str) -> Result<types::EnrollRequest, Invalid> {
    rule::SIGNATURE_ID.check(signature_id, "the id of the verification journey")?;
    let signature_id = signature_id.parse().map_err(|error| Invalid {
        field: rule::SIGNATURE_ID.field,
        rule: format!("{error}"),
    })?;
    Ok(types::EnrollRequest { signature_id })
}
