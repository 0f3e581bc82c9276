//! What all ways to make a call have in common.

use std::{error::Error, time::Duration};

pub(crate) const TOKEN: &str = "0123456789abcdef0123456789abcdef";
pub(crate) const ID: &str = "730baa5ab2e34e53";

/// As the crate sends one of its own: what is compared are clients, not what they say.
pub(crate) const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// How long a request may take.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(15);

pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;

pub(crate) const TOKEN_HEADER: &str = env!("TOKEN_HEADER");

/// reqwest, set up as careful people do.
pub(crate) fn http() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(Duration::from_secs(5))
        .timeout(TIMEOUT)
}
