//! The setup that all clients share.

use std::{error::Error, time::Duration};

pub(crate) const TOKEN: &str = "0123456789abcdef0123456789abcdef";
pub(crate) const ID: &str = "730baa5ab2e34e53";

/// The crate sends a `User-Agent`, so the others do too. The comparison is about clients, not about
/// headers.
pub(crate) const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// The time-out of a request.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(15);

pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;

pub(crate) const TOKEN_HEADER: &str = env!("TOKEN_HEADER");

/// A reqwest client with careful settings.
pub(crate) fn http() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(Duration::from_secs(5))
        .timeout(TIMEOUT)
}
