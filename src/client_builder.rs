//! The builder of a client, with its settings and their defaults.

use std::{error::Error, sync::Arc, time::Duration};

use face_search_enroll_runtime::{
    http_client::{HttpSettings, default_headers},
    retry::Retries,
    token_source::{RENEWAL_LIMIT, TokenSupply},
};

use crate::{
    AccessToken, CachedTokenSource, Client, Credentials, Endpoint, Proxy, RetryPolicy,
    RootCertificates, TokenSource,
    client_core::{ClientCore, RequestHeads},
    token_source::issuer::Issuer,
};

/// The name and version of this crate, for the vendor's logs.
const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// The timeout of a call that requests a token. The call ends before the renewal that it is part of, so that
/// the error of the call is returned.
const ISSUE_LIMIT: Duration = RENEWAL_LIMIT.saturating_sub(Duration::from_secs(2));

/// Where the tokens of a client come from.
#[derive(Debug, Clone)]
enum Tokens {
    Supply(TokenSupply),
    Credentials(Credentials),
}

/// Builds a [`Client`] with your settings.
///
/// Building does not need a tokio runtime, but calls do; see [`Client`].
#[derive(Debug, Clone)]
#[must_use]
pub struct ClientBuilder {
    endpoint: Endpoint,
    tokens: Option<Tokens>,
    retry: RetryPolicy,
    connect_timeout: Duration,
    attempt_timeout: Duration,
    timeout: Duration,
    body_limit: usize,
    root_certificates: Vec<RootCertificates>,
    proxy: Option<Proxy>,
}

impl ClientBuilder {
    /// Sets the access token of all calls. For a token that changes, see [`token_source`](Self::token_source).
    pub fn access_token(mut self, token: AccessToken) -> Self {
        self.tokens = Some(Tokens::Supply(TokenSupply::Constant(token)));
        self
    }

    /// Sets the source that returns the access token for each attempt.
    ///
    /// If the server refuses a token, the client notifies the source and asks it once more. The client retries
    /// the call once with the new token.
    pub fn token_source(mut self, source: impl TokenSource) -> Self {
        self.tokens = Some(Tokens::Supply(TokenSupply::Source(Arc::new(source))));
        self
    }

    /// Sets the keys of an account, with which the client requests tokens from the server that it calls.
    ///
    /// The client caches a token and renews it before it expires; see [`CachedTokenSource`].
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.tokens = Some(Tokens::Credentials(credentials));
        self
    }

    /// Sets when calls are retried. The default is [`RetryPolicy::standard`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets the timeout for connecting, TLS included. The default is 5 s.
    ///
    /// With [`Duration::MAX`], only the other timeouts apply.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets the timeout of an attempt, from connecting to the end of the answer. The default is 15 s.
    ///
    /// With [`Duration::MAX`], only the other timeouts apply.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// Sets the timeout of a call: tokens, attempts and the delays between them. The default is 60 s.
    ///
    /// [`Duration::MAX`] means no limit.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the size limit for the body of an answer, in bytes. The default is 64 KiB.
    ///
    /// A larger body is [unreadable](crate::UnreadableReason::TooLarge). The client asks for answers without
    /// compression, and never decompresses one.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Trusts these certificates in addition to those of the operating system.
    ///
    /// An example is the certificate of a TLS-intercepting proxy. You can call this method several times.
    pub fn root_certificates(mut self, certificates: RootCertificates) -> Self {
        self.root_certificates.push(certificates);
        self
    }

    /// Connects through this proxy. By default no proxy is used, even if the environment sets one.
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.proxy = Some(proxy);
        self
    }

    /// Builds the client, without sending anything.
    ///
    /// # Errors
    ///
    /// [`BuildError`] if the builder has neither credentials nor a token, if a timeout or the number of attempts
    /// is zero, if TLS cannot be set up on this machine, or if a proxy is set for a server that is called over
    /// plain http.
    pub fn build(self) -> Result<Client, BuildError> {
        let Self {
            endpoint,
            tokens,
            retry,
            connect_timeout,
            attempt_timeout,
            timeout,
            body_limit,
            root_certificates,
            proxy,
        } = self;
        let tokens = tokens.ok_or(BuildError::NoToken)?;
        let settings = [
            ("connect_timeout", connect_timeout.is_zero()),
            ("attempt_timeout", attempt_timeout.is_zero()),
            ("timeout", timeout.is_zero()),
            ("RetryPolicy::max_attempts", !retry.makes_attempts()),
        ];
        if let Some((setting, _)) = settings.into_iter().find(|(_, is_zero)| *is_zero) {
            return Err(BuildError::Zero { setting });
        }
        if proxy.is_some() && !endpoint.is_https() {
            // With plain http, a proxy could read the token.
            return Err(BuildError::ProxyOnPlainHttp);
        }
        let default_headers = default_headers(USER_AGENT);
        let http = HttpSettings {
            default_headers: default_headers.clone(),
            https_only: endpoint.is_https(),
            connect_timeout: limit(connect_timeout),
            timeout: limit(attempt_timeout),
            proxy: proxy.as_ref(),
            root_certificates,
        };
        let http = http.build().map_err(BuildError::Tls)?;
        let core = ClientCore {
            http,
            default_headers,
            heads: RequestHeads::default(),
            endpoint,
            proxy,
            tokens: TokenSupply::None,
            body_limit,
            attempt_time_limit: limit(attempt_timeout),
            time_limit: limit(timeout),
            retries: Arc::new(Retries::new(retry)),
        };
        let tokens = match tokens {
            Tokens::Supply(supply) => supply,
            Tokens::Credentials(credentials) => {
                let mut core = core.clone();
                let limit = core.time_limit.unwrap_or(ISSUE_LIMIT);
                core.time_limit = Some(limit.min(ISSUE_LIMIT));
                let issuer = Issuer::new(Arc::new(core), credentials);
                TokenSupply::Source(Arc::new(CachedTokenSource::new(issuer)))
            }
        };
        Ok(Client {
            core: Arc::new(ClientCore { tokens, ..core }),
        })
    }
}

/// `Duration::MAX` means no limit.
fn limit(timeout: Duration) -> Option<Duration> {
    (timeout < Duration::MAX).then_some(timeout)
}

impl Client {
    /// Builds a client with a constant token and the default settings.
    ///
    /// For other settings, see [`builder`](Self::builder).
    ///
    /// # Errors
    ///
    /// [`BuildError`] if TLS cannot be set up on this machine.
    pub fn new(endpoint: impl Into<Endpoint>, token: AccessToken) -> Result<Self, BuildError> {
        Self::builder(endpoint).access_token(token).build()
    }

    /// Returns a builder of a client for a region or for an [`Endpoint::custom`].
    pub fn builder(endpoint: impl Into<Endpoint>) -> ClientBuilder {
        ClientBuilder {
            endpoint: endpoint.into(),
            tokens: None,
            retry: RetryPolicy::standard(),
            connect_timeout: Duration::from_secs(5),
            attempt_timeout: Duration::from_secs(15),
            timeout: Duration::from_secs(60),
            body_limit: 64 * 1024,
            root_certificates: Vec::new(),
            proxy: None,
        }
    }
}

/// The reason why a client could not be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The builder has no credentials, no access token and no token source.
    #[error(
        "the client has no credentials and no access token; pass the keys of the account to ClientBuilder::credentials, a token to ClientBuilder::access_token, or a source of tokens to ClientBuilder::token_source"
    )]
    NoToken,
    /// A setting is zero, so no call could be made.
    #[error(
        "{setting} is zero, so no call could be made; remove it to use the default{}",
        if setting.ends_with("timeout") { ", or pass Duration::MAX for no limit" } else { "" }
    )]
    #[non_exhaustive]
    Zero {
        /// The method that sets it, for example `connect_timeout`.
        setting: &'static str,
    },
    /// TLS cannot be set up on this machine; the source says why.
    #[error("could not set up TLS on this machine")]
    Tls(#[source] Box<dyn Error + Send + Sync>),
    /// A proxy was set for a server that is called over plain http. The proxy could read the token.
    #[error(
        "a proxy cannot be used with plain http, where it could read the token; remove the proxy for a server on loopback"
    )]
    ProxyOnPlainHttp,
}
