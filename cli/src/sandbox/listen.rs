//! Parses the address that a server listens on.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, ToSocketAddrs};

/// The default port.
const PORT: u16 = 4010;

/// The default address.
pub(crate) const DEFAULT: &str = "127.0.0.1:4010";

/// Parses `HOST:PORT`, a host, or a port with or without a colon before it. The default host is loopback.
pub(crate) fn address(text: &str) -> Result<SocketAddr, String> {
    let text = text.trim();
    let ports_alone = text.strip_prefix(':').unwrap_or(text);
    if !ports_alone.is_empty() && ports_alone.bytes().all(|byte| byte.is_ascii_digit()) {
        let port = port(ports_alone)?;
        return Ok((Ipv4Addr::LOCALHOST, port).into());
    }
    if let Ok(address) = text.parse() {
        return Ok(address);
    }
    let host = text.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = host.parse::<IpAddr>() {
        return Ok((address, PORT).into());
    }
    let (host, port) = match text.rsplit_once(':') {
        Some((host, digits)) => (host, port(digits)?),
        None => (text, PORT),
    };
    if host.is_empty() || host.contains(['/', ':', '*']) {
        return Err(form());
    }
    let addresses = (host, port).to_socket_addrs();
    let addresses =
        addresses.map_err(|error| format!("could not resolve {host:?}: {error}; {}", form()))?;
    // IPv4 first: on machines with both, every program tries it sooner or later.
    let mut addresses: Vec<_> = addresses.collect();
    addresses.sort_by_key(SocketAddr::is_ipv6);
    addresses.first().copied().ok_or_else(form)
}

fn port(digits: &str) -> Result<u16, String> {
    let number = digits.parse();
    number.map_err(|_| format!("a port must be a number from 0 to {}; {}", u16::MAX, form()))
}

fn form() -> String {
    format!("write HOST:PORT, such as {DEFAULT} or localhost:0, or only a port")
}
