//! TLS, and the certificates that it trusts. With rustls, this module sets the provider and the verifier. With
//! `native-tls` alone, it uses the setup of reqwest.

use std::{error::Error, fmt};

/// Root certificates that the client trusts in addition to those of the operating system.
#[derive(Clone)]
pub struct RootCertificates {
    certificates: Vec<Certificate>,
}

impl RootCertificates {
    /// Reads the certificates in the content of a PEM file, which has one or more `CERTIFICATE` blocks.
    ///
    /// # Errors
    ///
    /// [`RootCertificatesError`] for a text without a certificate, or with an invalid one.
    pub fn from_pem(pem: &[u8]) -> Result<Self, RootCertificatesError> {
        let certificates = read(pem).map_err(|source| RootCertificatesError::Broken { source })?;
        if certificates.is_empty() {
            return Err(RootCertificatesError::Empty);
        }
        Ok(Self { certificates })
    }
}

impl fmt::Debug for RootCertificates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RootCertificates({})", self.certificates.len())
    }
}

#[cfg(feature = "__rustls")]
pub(super) use with_rustls::configure;
#[cfg(feature = "__rustls")]
use with_rustls::{Certificate, read};

#[cfg(feature = "__rustls")]
mod with_rustls {
    use std::{error::Error, sync::Arc};

    use reqwest::ClientBuilder;
    #[cfg(feature = "rustls")]
    use rustls::crypto::aws_lc_rs::default_provider;
    #[cfg(not(feature = "rustls"))]
    use rustls::crypto::ring::default_provider;
    use rustls::{
        RootCertStore,
        pki_types::{CertificateDer, pem::PemObject},
    };
    use rustls_platform_verifier::Verifier;

    use super::RootCertificates;

    pub(super) type Certificate = CertificateDer<'static>;

    pub(super) fn read(pem: &[u8]) -> Result<Vec<Certificate>, Box<dyn Error + Send + Sync>> {
        // Report an invalid block now, and not by a failed handshake later.
        let mut store = RootCertStore::empty();
        let mut certificates = Vec::new();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate?;
            store.add(certificate.clone())?;
            certificates.push(certificate);
        }
        Ok(certificates)
    }

    /// Sets up TLS with the provider of the feature and the verifier of the operating system.
    ///
    /// The provider is passed explicitly. So the process needs no default provider, and a default provider of the
    /// program is not replaced.
    pub(crate) fn configure(
        builder: ClientBuilder,
        trusted: Vec<RootCertificates>,
    ) -> Result<ClientBuilder, Box<dyn Error + Send + Sync>> {
        let provider = Arc::new(default_provider());
        let trusted = trusted.into_iter().flat_map(|roots| roots.certificates);
        let verifier = Verifier::new_with_extra_roots(trusted, Arc::clone(&provider))?;
        let config = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .dangerous()
            // Not dangerous here, because the platform verifier makes all checks.
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        Ok(builder.tls_backend_preconfigured(config))
    }
}

#[cfg(all(feature = "native-tls", not(feature = "__rustls")))]
pub(super) use with_native_tls::configure;
#[cfg(all(feature = "native-tls", not(feature = "__rustls")))]
use with_native_tls::{Certificate, read};

#[cfg(all(feature = "native-tls", not(feature = "__rustls")))]
mod with_native_tls {
    use std::error::Error;

    use reqwest::ClientBuilder;

    use super::RootCertificates;

    pub(super) type Certificate = reqwest::Certificate;

    pub(super) fn read(pem: &[u8]) -> Result<Vec<Certificate>, Box<dyn Error + Send + Sync>> {
        Ok(Certificate::from_pem_bundle(pem)?)
    }

    #[expect(clippy::unnecessary_wraps, reason = "it can fail with rustls")]
    pub(crate) fn configure(
        builder: ClientBuilder,
        trusted: Vec<RootCertificates>,
    ) -> Result<ClientBuilder, Box<dyn Error + Send + Sync>> {
        let trusted = trusted.into_iter().flat_map(|roots| roots.certificates);
        Ok(builder.tls_certs_merge(trusted))
    }
}

/// The error for a text without valid root certificates.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RootCertificatesError {
    /// The text contains no certificate.
    #[error(
        "found no root certificate: no block begins with -----BEGIN CERTIFICATE-----; pass a PEM file"
    )]
    Empty,
    /// A block is not a certificate; the source says why.
    #[error(
        "could not read a root certificate: a block is not a certificate; pass a PEM file that has only certificates"
    )]
    #[non_exhaustive]
    Broken {
        /// What is wrong with the block.
        source: Box<dyn Error + Send + Sync>,
    },
}
