//! Where a server listens, as people write it.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, ToSocketAddrs};

/// The port where none is named.
const PORT: u16 = 4010;

/// What is used where nothing is said.
pub(crate) const DEFAULT: &str = "127.0.0.1:4010";

/// `HOST:PORT`, a host alone, or a port alone, with or without the colon before it; without a host it is
/// loopback.
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
    let addresses = addresses
        .map_err(|error| format!("no address of {host:?} is known: {error}; {}", form()))?;
    // On machines that have both, programs try IPv4 at the latest.
    let mut addresses: Vec<_> = addresses.collect();
    addresses.sort_by_key(SocketAddr::is_ipv6);
    addresses.first().copied().ok_or_else(form)
}

fn port(digits: &str) -> Result<u16, String> {
    let number = digits.parse();
    number.map_err(|_| format!("a port is a number from 0 to {}; {}", u16::MAX, form()))
}

fn form() -> String {
    format!("write HOST:PORT, such as {DEFAULT} or localhost:0, or a port alone")
}
