#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///The verification journey whose face to enroll.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct EnrollRequest {
        /**The id of a verification journey of the H5 flow. The result of the journey is looked up by the
same id. The vendor does not document its format, so only check that it is not blank.
*/
        #[serde(rename = "signatureId")]
        pub signature_id: EnrollRequestSignatureId,
    }
    /**The id of a verification journey of the H5 flow. The result of the journey is looked up by the
same id. The vendor does not document its format, so only check that it is not blank.
*/
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct EnrollRequestSignatureId(::std::string::String);
    impl ::std::ops::Deref for EnrollRequestSignatureId {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<EnrollRequestSignatureId> for ::std::string::String {
        fn from(value: EnrollRequestSignatureId) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for EnrollRequestSignatureId {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() < 1usize {
                return Err("shorter than 1 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for EnrollRequestSignatureId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for EnrollRequestSignatureId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for EnrollRequestSignatureId {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    /**The envelope of every response. Only `code` is always present, and new fields may appear at
any time.
*/
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct EnrollResponse {
        pub code: crate::Code,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub data: ::std::option::Option<
            ::face_search_enroll_runtime::lenient::Lenient<self::EnrolledSignature>,
        >,
        /**Details of a failure, for people to read. The vendor does not document its type: it is
usually null, and may be a string or an object.
*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub extra: ::std::option::Option<
            ::face_search_enroll_runtime::lenient::Lenient<::serde_json::Value>,
        >,
        /**Explains `code`. If one code covers several outcomes, only the message distinguishes
them. The vendor may reword it: if the message is unknown, use `code` alone.
*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<
            ::face_search_enroll_runtime::lenient::Lenient<::std::string::String>,
        >,
        ///No longer used. The value is the same in every response.
        #[serde(
            rename = "pricingStrategy",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub pricing_strategy: ::std::option::Option<
            ::face_search_enroll_runtime::lenient::Lenient<::std::string::String>,
        >,
        /**The id of this request and its response, not of the journey. The vendor's support asks
for it.
*/
        #[serde(
            rename = "transactionId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub transaction_id: ::std::option::Option<
            ::face_search_enroll_runtime::lenient::Lenient<::std::string::String>,
        >,
    }
    ///What was enrolled. Null or absent if nothing was.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct EnrolledSignature {
        ///The signature id of the request.
        #[serde(
            rename = "signatureId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub signature_id: ::std::option::Option<
            ::face_search_enroll_runtime::lenient::Lenient<::std::string::String>,
        >,
    }
    ///The token. Null or absent if none was issued.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct IssuedToken {
        /**When the token expires, by the server's clock, in milliseconds since 1970 UTC.
*/
        #[serde(
            rename = "expiredTime",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub expired_time: ::std::option::Option<
            ::face_search_enroll_runtime::lenient::Lenient<::serde_json::Value>,
        >,
        ///The access token. Send it in the header of the other calls.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub token: ::std::option::Option<::face_search_enroll_runtime::Hidden>,
    }
    ///The account that asks for a token, with a signature made with its secret key.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct TokenRequest {
        ///The access key of the account.
        #[serde(rename = "accessKey")]
        pub access_key: ::face_search_enroll_runtime::Hidden,
        ///How long the token is valid, in seconds.
        #[serde(
            rename = "periodSecond",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub period_second: ::std::option::Option<i64>,
        /**The SHA-256 of the access key, the secret key and the timestamp, concatenated in this order
in UTF-8 without separators. It is written as 64
lower-case hexadecimal digits.
*/
        pub signature: ::face_search_enroll_runtime::Hidden,
        /**The time of the request, in milliseconds since 1970 UTC. The signature contains the
same time.
*/
        pub timestamp: i64,
    }
    /**The envelope of every response. Only `code` is always present, and new fields may appear at
any time.
*/
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct TokenResponse {
        pub code: crate::Code,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub data: ::std::option::Option<
            ::face_search_enroll_runtime::lenient::Lenient<self::IssuedToken>,
        >,
        /**Details of a failure, for people to read. The vendor does not document its type: it is
usually null, and may be a string or an object.
*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub extra: ::std::option::Option<
            ::face_search_enroll_runtime::lenient::Lenient<::serde_json::Value>,
        >,
        /**Explains `code`. If one code covers several outcomes, only the message distinguishes
them. The vendor may reword it: if the message is unknown, use `code` alone.
*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<
            ::face_search_enroll_runtime::lenient::Lenient<::std::string::String>,
        >,
        ///No longer used. The value is the same in every response.
        #[serde(
            rename = "pricingStrategy",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub pricing_strategy: ::std::option::Option<
            ::face_search_enroll_runtime::lenient::Lenient<::std::string::String>,
        >,
        /**The id of this request and its response. The vendor's support asks for it.
*/
        #[serde(
            rename = "transactionId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub transaction_id: ::std::option::Option<
            ::face_search_enroll_runtime::lenient::Lenient<::std::string::String>,
        >,
    }
    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl ::std::fmt::Debug for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }
        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
}
#[derive(Clone, Debug)]
/**Client for Face-Search Enroll

Operations of ADVANCE.AI's identity verification platform that put faces into a face set. A *face
set* is the collection of faces that later face searches compare with. `enroll` adds
the face from a verification journey that failed, so that the same person is recognised at the next
attempt. `generateToken` issues the access token that `enroll`
takes, for the two keys of an account.

**Regions.** There are six servers, one for each country. There is no global server
and no default. Accounts are entitled for each country and domain, and each region has a face set
of its own, so never send a call for one country to the server of another.
`api.advance.ai` is the server of Indonesia; it is not a general server.

**Responses.** Every response is one JSON object, the *envelope*. Its `code` says what happened, and
its `message` refines that. This document has an example of each known pair of the two. The list of
codes is open: treat an unknown code as a failure whose effect is unknown. The vendor documents no
HTTP statuses, so read the envelope at any status. Use the status only if the body is not an envelope,
for example when a gateway returns an HTML page.

**Retrying is safe.** There is no idempotency key, and none is needed. A retry after a lost response
either enrolls the face or reports that it is already enrolled. So "already enrolled" after a
time-out is a success.

**Calling from China.** The vendor asks callers in China to connect through a VPN. On the public
route, packets may be lost and calls may time out.

The community maintains this document, based on the vendor's public documentation. The vendor
did not write it and does not endorse it.


Version: 1.2.0*/
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: crate::hooks::RequestContext,
}
impl Client {
    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new_with_client(
        baseurl: &str,
        client: reqwest::Client,
        inner: crate::hooks::RequestContext,
    ) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
            inner,
        }
    }
}
impl ClientInfo<crate::hooks::RequestContext> for Client {
    fn api_version() -> &'static str {
        "1.2.0"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &crate::hooks::RequestContext {
        &self.inner
    }
}
const _: () = {
    #[allow(dead_code)]
    fn assert_client_hooks()
    where
        Client: ClientHooks<crate::hooks::RequestContext>,
    {}
};
#[allow(clippy::all)]
impl Client {
    /**Add the face of a failed verification to the face set

Takes the `signatureId` of a verification journey and adds the face that was captured in that
journey to the face set of this region. The operation is meant for journeys that failed.

Call it once for each journey. A second call for the same journey changes nothing and reports that
the face is already enrolled. It is therefore safe to retry a call whose response was lost.


Sends a `POST` request to `/intl/openapi/identity-risk/idvs-h5/ekyc/v1/face-search-enroll`

*/
    pub async fn enroll<'a>(
        &'a self,
        body: &'a types::EnrollRequest,
    ) -> Result<ResponseValue<types::EnrollResponse>, Error<()>> {
        let url = format!(
            "{}/intl/openapi/identity-risk/idvs-h5/ekyc/v1/face-search-enroll", self
            .baseurl,
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "enroll",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Issue an access token for the two keys of an account

Issues an access token for the access key and the secret key of an account. The owner of the account
finds both keys in the vendor's console, under account management. The secret key is never sent: it
only signs the request. A signature is valid for one timestamp, so sign again before you retry.

Call the server that the token is for. A token expires, so request the next one in time.


Sends a `POST` request to `/openapi/auth/ticket/v1/generate-token`

*/
    pub async fn generate_token<'a>(
        &'a self,
        body: &'a types::TokenRequest,
    ) -> Result<ResponseValue<types::TokenResponse>, Error<()>> {
        let url = format!("{}/openapi/auth/ticket/v1/generate-token", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "generate_token",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    #[allow(unused_imports)]
    pub use super::Client;
}
