//! Setting up a client.

use std::{error::Error, sync::Arc, time::Duration};

use reqwest::header::{self, ACCEPT_ENCODING, HeaderMap, HeaderValue};

use crate::{
    AccessToken, CachedTokenSource, Client, Credentials, Endpoint, Proxy, RetryPolicy,
    RootCertificates, TokenSource,
    client_core::ClientCore,
    request_head::RequestHeads,
    retry::Retries,
    tls,
    token_source::{cached::PATIENCE, issuer::Issuer, supply::TokenSupply},
};

/// The name and version of this crate, for the vendor's logs.
const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// The longest that a call for a token may take.
const ISSUE_LIMIT: Duration = PATIENCE.saturating_sub(Duration::from_secs(2));

/// Where the tokens of a client come from.
#[derive(Debug, Clone)]
enum Tokens {
    Supply(TokenSupply),
    Credentials(Credentials),
}

/// Sets up a [`Client`]. It needs no tokio runtime; calls do, see [`Client`].
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
    /// The access token that calls carry. For one that changes, see
    /// [`token_source`](Self::token_source).
    pub fn access_token(mut self, token: AccessToken) -> Self {
        self.tokens = Some(Tokens::Supply(TokenSupply::Constant(token)));
        self
    }

    /// Where the access token of each attempt comes from, instead of a constant one.
    ///
    /// When a server refuses a token, the source is told and asked once more, and the call is
    /// repeated once with the new token.
    pub fn token_source(mut self, source: impl TokenSource) -> Self {
        self.tokens = Some(Tokens::Supply(TokenSupply::Source(Arc::new(source))));
        self
    }

    /// Gets the tokens that calls carry for the keys of an account, from the server that is called. A
    /// token is kept, and renewed before it expires; see [`CachedTokenSource`].
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.tokens = Some(Tokens::Credentials(credentials));
        self
    }

    /// When calls are sent again; the default is [`RetryPolicy::standard`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// The longest that connecting may take, TLS included. The default is 5 s;
    /// [`Duration::MAX`] means no limit of its own.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The longest that an attempt may take, from connecting to the whole answer. The default is
    /// 15 s; [`Duration::MAX`] means no limit of its own.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// The longest that a call may take: tokens, attempts and the delays between them. The default
    /// is 60 s; [`Duration::MAX`] means no limit.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The largest body of an answer that is read, in bytes; the default is 64 KiB. A larger one is
    /// [unreadable](crate::UnreadableReason::TooLarge).
    ///
    /// Answers are asked for without compression, and none is undone.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Trusts these certificates too when it connects over TLS, for example, of a proxy that
    /// inspects traffic. What the operating system trusts is still trusted.
    pub fn root_certificates(mut self, certificates: RootCertificates) -> Self {
        self.root_certificates.push(certificates);
        self
    }

    /// Connects through this proxy. Without it none is used, whatever the environment says.
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.proxy = Some(proxy);
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`BuildError`] without a token, for a time-out or a number of attempts of zero, where TLS cannot
    /// be set up on this machine, and for a proxy between the client and a server that it calls over
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
        let default_headers = HeaderMap::from_iter([
            (header::USER_AGENT, HeaderValue::from_static(USER_AGENT)),
            (ACCEPT_ENCODING, HeaderValue::from_static("identity")),
        ]);
        let mut http = reqwest::Client::builder()
            .default_headers(default_headers.clone())
            .https_only(endpoint.is_https())
            // A redirect would take the token to another host.
            .redirect(reqwest::redirect::Policy::none())
            // A broken connection that all calls share would leave all of them in doubt.
            .http1_only()
            // An attempt that nobody counts could enroll without anybody knowing.
            .retry(reqwest::retry::never())
            // Another crate may have turned these features of reqwest on: they would ask for
            // compressed answers, which pass the body limit when they are expanded.
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate();
        if let Some(limit) = limit(connect_timeout) {
            http = http.connect_timeout(limit);
        }
        if let Some(limit) = limit(attempt_timeout) {
            http = http.timeout(limit);
        }
        http = match &proxy {
            None => http.no_proxy(),
            // On plain http a proxy would read the token.
            Some(_) if !endpoint.is_https() => return Err(BuildError::ProxyOnPlainHttp),
            Some(proxy) => http.proxy(proxy.inner()),
        };
        let http = tls::configure(http, root_certificates).map_err(BuildError::Tls)?;
        let http = http
            .build()
            .map_err(|error| BuildError::Tls(Box::new(error)))?;
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
                // In time for the renewal that it is part of, so that its own error is told.
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

/// The longest duration there is is no limit.
fn limit(timeout: Duration) -> Option<Duration> {
    (timeout < Duration::MAX).then_some(timeout)
}

impl Client {
    /// Makes a client with the standard settings and a constant token. [`builder`](Self::builder)
    /// gives a choice.
    ///
    /// # Errors
    ///
    /// [`BuildError`] where TLS cannot be set up on this machine.
    pub fn new(endpoint: impl Into<Endpoint>, token: AccessToken) -> Result<Self, BuildError> {
        Self::builder(endpoint).access_token(token).build()
    }

    /// Starts the set-up of a client for a region, or for an [`Endpoint::custom`].
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

/// A client that cannot be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// No credentials and no access token were given.
    #[error(
        "no credentials and no access token; pass the keys of the account to ClientBuilder::credentials, a token to ClientBuilder::access_token, or a source of tokens to ClientBuilder::token_source"
    )]
    NoToken,
    /// With this setting no call could be made.
    #[error(
        "{setting} is zero, so that no call could be made; leave it out for the default{}",
        if setting.ends_with("timeout") { ", or pass Duration::MAX for no limit" } else { "" }
    )]
    #[non_exhaustive]
    Zero {
        /// The method that sets it.
        setting: &'static str,
    },
    /// TLS cannot be set up on this machine; the source says why.
    #[error("cannot set up TLS on this machine")]
    Tls(#[source] Box<dyn Error + Send + Sync>),
    /// A proxy was set for a server that is called over plain http: it would read the token.
    #[error(
        "a proxy would read the token on plain http; leave the proxy out for a server on loopback"
    )]
    ProxyOnPlainHttp,
}
