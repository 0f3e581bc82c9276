//! TLS by rustls. With `native-tls` alone reqwest's own set-up serves.

use std::sync::Arc;

use reqwest::ClientBuilder;
use rustls_platform_verifier::BuilderVerifierExt;

use crate::BuildError;

/// Sets up TLS with ring and the trust of the operating system.
///
/// The provider is named here so that no process-wide default has to be installed, and none that
/// the program has installed is put aside.
pub(crate) fn configure(builder: ClientBuilder) -> Result<ClientBuilder, BuildError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(|error| BuildError::Tls(Box::new(error)))?
        .with_no_client_auth();
    Ok(builder.tls_backend_preconfigured(config))
}
