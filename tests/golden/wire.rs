#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///Names the verification journey whose face is to be enrolled.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct EnrollRequest {
        /**The id of a verification journey of the H5 flow, by which its result is looked up too.
Its format is not documented, so do not check more than that it is not blank.
*/
        #[serde(rename = "signatureId")]
        pub signature_id: EnrollRequestSignatureId,
    }
    /**The id of a verification journey of the H5 flow, by which its result is looked up too.
Its format is not documented, so do not check more than that it is not blank.
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
    /**The envelope of every answer. Only `code` can be relied on to be there; members that are
not listed here may appear at any time.
*/
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct EnrollResponse {
        pub code: crate::Code,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub data: ::std::option::Option<
            ::face_search_enroll_runtime::lenient::Lenient<self::EnrolledSignature>,
        >,
        /**More about a failure, for people. Its type is not documented: usually null, it may be
text or an object.
*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub extra: ::std::option::Option<
            ::face_search_enroll_runtime::lenient::Lenient<::serde_json::Value>,
        >,
        /**Says more about `code`. Where one code covers several outcomes only the
message tells them apart. The vendor may reword it: fall back on `code`.
*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<
            ::face_search_enroll_runtime::lenient::Lenient<::std::string::String>,
        >,
        ///No longer in use; the same value in every answer.
        #[serde(
            rename = "pricingStrategy",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub pricing_strategy: ::std::option::Option<
            ::face_search_enroll_runtime::lenient::Lenient<::std::string::String>,
        >,
        /**Names this request and its answer, not the journey. The vendor's support asks for it.
*/
        #[serde(
            rename = "transactionId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub transaction_id: ::std::option::Option<
            ::face_search_enroll_runtime::lenient::Lenient<::std::string::String>,
        >,
    }
    ///What was enrolled; null, or absent, where nothing was.
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
    ///The token; null, or absent, where none was issued.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct IssuedToken {
        /**When the token expires, in milliseconds since 1970 UTC by the server's clock.
*/
        #[serde(
            rename = "expiredTime",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub expired_time: ::std::option::Option<
            ::face_search_enroll_runtime::lenient::Lenient<::serde_json::Value>,
        >,
        ///The access token. Send it in the header of other calls.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub token: ::std::option::Option<::face_search_enroll_runtime::Hidden>,
    }
    ///Names the account, and is signed with its secret key.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct TokenRequest {
        ///The access key of the account.
        #[serde(rename = "accessKey")]
        pub access_key: ::face_search_enroll_runtime::Hidden,
        ///How long the token is good, in seconds.
        #[serde(
            rename = "periodSecond",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub period_second: ::std::option::Option<i64>,
        /**The SHA-256 of the access key, the secret key and the timestamp, one after the other in
UTF-8 with nothing between them, as 64 hexadecimal
digits in lower case.
*/
        pub signature: ::face_search_enroll_runtime::Hidden,
        /**When the request is made, in milliseconds since 1970 UTC. It is the time that
the signature is made of.
*/
        pub timestamp: i64,
    }
    /**The envelope of every answer. Only `code` can be relied on to be there; members that are
not listed here may appear at any time.
*/
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct TokenResponse {
        pub code: crate::Code,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub data: ::std::option::Option<
            ::face_search_enroll_runtime::lenient::Lenient<self::IssuedToken>,
        >,
        /**More about a failure, for people. Its type is not documented: usually null, it may be
text or an object.
*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub extra: ::std::option::Option<
            ::face_search_enroll_runtime::lenient::Lenient<::serde_json::Value>,
        >,
        /**Says more about `code`. Where one code covers several outcomes only the
message tells them apart. The vendor may reword it: fall back on `code`.
*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<
            ::face_search_enroll_runtime::lenient::Lenient<::std::string::String>,
        >,
        ///No longer in use; the same value in every answer.
        #[serde(
            rename = "pricingStrategy",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub pricing_strategy: ::std::option::Option<
            ::face_search_enroll_runtime::lenient::Lenient<::std::string::String>,
        >,
        /**Names this request and its answer. The vendor's support asks for it.
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

Calls of ADVANCE.AI's identity verification platform. The main one adds the face of a
verification journey that failed to the *face set*, the collection of faces that later face
searches look through. A person who failed once is then recognised when they try again.
Another issues the access token that it takes, for the two keys of an account.

**Regions.** There are six servers, one for each country. There is no global
server and no default: accounts are entitled for each country and domain, and every region
keeps a face set of its own, so a call for one country must never be moved to another.
`api.advance.ai` is the server of Indonesia, not a general one.

**Answers.** Every answer is one JSON object, the *envelope*. `code` says what happened and
`message` refines it; an example below is given for each pair that is known. The list of
codes is open, so treat an unknown one as a failure whose effect is unknown. The vendor
documents no HTTP status: read the envelope whatever the status is, and rely on the status
only when there is no envelope, as with an HTML page from a gateway.

**Repeating a call is safe.** There is no idempotency key and none is needed: a call repeated
after a lost answer either enrolls the face or answers that it is enrolled already. So
"already enrolled" after a time-out is a success.

**Calling from China.** The vendor warns of packet loss and time-outs on the public route
from mainland China and asks to connect through a VPN.

This document is a community's, written from the vendor's public documentation. It is not the
vendor's own.


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

Names a verification journey by its `signatureId` and adds the face that was captured in
it to the face set of this region. It is meant for journeys that failed.

One call for each journey is enough. A second call for the same journey changes nothing and answers
that it is enrolled already, which also makes it safe to repeat a call whose answer was
lost.


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

Gives an access token for an access key and a secret key, which the account's owner finds in
the account management of the vendor's console. The secret key is not sent: the request is
signed with it. A signature is bound to its time, so a request that is sent again is signed
anew.

Ask the server that the token is for. Tokens expire: get the next one in good time.


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
