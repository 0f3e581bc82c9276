//! A client as a good engineer would write it for only this endpoint: with reqwest and serde, a
//! time-out, and errors that contain the answer.

use std::{error::Error, fmt};

use http::{HeaderName, HeaderValue};
use reqwest::Url;
use serde::{Deserialize, Serialize};

#[derive(Debug)]
pub(crate) struct Client {
    http: reqwest::Client,
    url: Url,
    token: HeaderValue,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Request<'r> {
    signature_id: &'r str,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope {
    code: String,
    message: Option<String>,
    transaction_id: Option<String>,
}

#[derive(Debug)]
pub(crate) struct Enrolled {
    pub(crate) transaction_id: Option<String>,
}

#[derive(Debug)]
pub(crate) enum EnrollError {
    Http(reqwest::Error),
    Rejected {
        code: String,
        message: Option<String>,
    },
}

impl fmt::Display for EnrollError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Http(error) => write!(f, "the request failed: {error}"),
            Self::Rejected { code, message } => {
                write!(f, "{code}: {}", message.as_deref().unwrap_or_default())
            }
        }
    }
}

impl Error for EnrollError {}

impl From<reqwest::Error> for EnrollError {
    fn from(error: reqwest::Error) -> Self {
        Self::Http(error)
    }
}

impl Client {
    pub(crate) fn new(
        http: reqwest::Client,
        base_url: &str,
        token: &str,
    ) -> Result<Self, Box<dyn Error>> {
        let url = Url::parse(base_url)?.join(env!("OPERATION_PATH"))?;
        let mut token = HeaderValue::from_str(token)?;
        token.set_sensitive(true);
        Ok(Self { http, url, token })
    }

    pub(crate) async fn enroll(&self, signature_id: &str) -> Result<Enrolled, EnrollError> {
        let envelope: Envelope = self
            .http
            .post(self.url.clone())
            .header(
                HeaderName::from_static(super::setup::TOKEN_HEADER),
                self.token.clone(),
            )
            .json(&Request { signature_id })
            .send()
            .await?
            .json()
            .await?;
        if envelope.code == env!("CODE_OF_SUCCESS") {
            return Ok(Enrolled {
                transaction_id: envelope.transaction_id,
            });
        }
        Err(EnrollError::Rejected {
            code: envelope.code,
            message: envelope.message,
        })
    }
}
