pub(crate) const CONTRACT_VERSION: &str = "1.2.0";
/// A regional server with its own face set.
///
/// An account is entitled for each region separately, and a face that is enrolled in one
/// region is not found in another. Therefore there is no default region, and the client
/// never falls back to another region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Region {
    ///Indonesia: the server `api.advance.ai`, code `id`.
    Indonesia,
    ///Singapore: the server `sg-api.advance.ai`, code `sg`.
    Singapore,
    ///Philippines: the server `ph-api.advance.ai`, code `ph`.
    Philippines,
    ///Thailand: the server `th-api.advance.ai`, code `th`.
    Thailand,
    ///Malaysia: the server `my-api.advance.ai`, code `my`.
    Malaysia,
    ///Vietnam: the server `vn-api.advance.ai`, code `vn`.
    Vietnam,
}
impl Region {
    /// Every region, in the order of the contract.
    pub const ALL: &'static [Self] = &[
        Self::Indonesia,
        Self::Singapore,
        Self::Philippines,
        Self::Thailand,
        Self::Malaysia,
        Self::Vietnam,
    ];
    ///The name of the region, in English: `Singapore`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Indonesia => "Indonesia",
            Self::Singapore => "Singapore",
            Self::Philippines => "Philippines",
            Self::Thailand => "Thailand",
            Self::Malaysia => "Malaysia",
            Self::Vietnam => "Vietnam",
        }
    }
    ///The short code of the region, in lower case: `sg`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Indonesia => "id",
            Self::Singapore => "sg",
            Self::Philippines => "ph",
            Self::Thailand => "th",
            Self::Malaysia => "my",
            Self::Vietnam => "vn",
        }
    }
    ///The ISO 3166-1 alpha-2 code of the country: `SG`.
    #[must_use]
    pub const fn country(self) -> &'static str {
        match self {
            Self::Indonesia => "ID",
            Self::Singapore => "SG",
            Self::Philippines => "PH",
            Self::Thailand => "TH",
            Self::Malaysia => "MY",
            Self::Vietnam => "VN",
        }
    }
    ///The ISO 3166-1 alpha-3 code of the country: `SGP`.
    #[must_use]
    pub const fn country_alpha3(self) -> &'static str {
        match self {
            Self::Indonesia => "IDN",
            Self::Singapore => "SGP",
            Self::Philippines => "PHL",
            Self::Thailand => "THA",
            Self::Malaysia => "MYS",
            Self::Vietnam => "VNM",
        }
    }
    ///The common English name of the country, which may differ from [`name`](Self::name).
    #[must_use]
    pub const fn country_name(self) -> &'static str {
        match self {
            Self::Indonesia => "Indonesia",
            Self::Singapore => "Singapore",
            Self::Philippines => "Philippines",
            Self::Thailand => "Thailand",
            Self::Malaysia => "Malaysia",
            Self::Vietnam => "Vietnam",
        }
    }
    ///The base URL of the server: scheme and host, without a final slash.
    #[must_use]
    pub const fn base_url(self) -> &'static str {
        match self {
            Self::Indonesia => "https://api.advance.ai",
            Self::Singapore => "https://sg-api.advance.ai",
            Self::Philippines => "https://ph-api.advance.ai",
            Self::Thailand => "https://th-api.advance.ai",
            Self::Malaysia => "https://my-api.advance.ai",
            Self::Vietnam => "https://vn-api.advance.ai",
        }
    }
    ///The host of the server.
    #[must_use]
    pub const fn host(self) -> &'static str {
        match self {
            Self::Indonesia => "api.advance.ai",
            Self::Singapore => "sg-api.advance.ai",
            Self::Philippines => "ph-api.advance.ai",
            Self::Thailand => "th-api.advance.ai",
            Self::Malaysia => "my-api.advance.ai",
            Self::Vietnam => "vn-api.advance.ai",
        }
    }
}
/// The `code` of an answer.
///
/// The list is open. A code that the contract does not list becomes
/// [`Unlisted`](Self::Unlisted), which keeps its text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Code {
    ///`SUCCESS`, a code of an operation of the contract.
    Success,
    ///`PARAMETER_ERROR`, a code of an operation of the contract.
    ParameterError,
    ///`SIGNATURE_NOT_EXIST`, a code of an operation of the contract.
    SignatureNotExist,
    ///`SIGNATURE_ALREADY_ENROLLED`, a code of an operation of the contract.
    SignatureAlreadyEnrolled,
    ///`ERROR`, a code of an operation of the contract.
    Error,
    ///`ACCOUNT_DISABLED`, a code of an operation of the contract.
    AccountDisabled,
    ///`CLIENT_ERROR`, a code of an operation of the contract.
    ClientError,
    ///`EMPTY_PARAMETER_ERROR`, a code of any operation of the platform.
    EmptyParameterError,
    ///`IAM_FAILED`, a code of any operation of the platform.
    IamFailed,
    ///`ACCESS_DENIED`, a code of any operation of the platform.
    AccessDenied,
    ///`SERVICE_DISABLED`, a code of any operation of the platform.
    ServiceDisabled,
    ///`INSUFFICIENT_BALANCE`, a code of any operation of the platform.
    InsufficientBalance,
    ///`SERVICE_BUSY`, a code of any operation of the platform.
    ServiceBusy,
    ///`OVER_QUERY_LIMIT`, a code of any operation of the platform.
    OverQueryLimit,
    ///`RETRY_LATER`, a code of any operation of the platform.
    RetryLater,
    ///`REQUEST_IN_PROCESSING`, a code of any operation of the platform.
    RequestInProcessing,
    /// A code that the contract does not list.
    Unlisted(crate::UnlistedCode),
}
impl Code {
    /// The code as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Success => "SUCCESS",
            Self::ParameterError => "PARAMETER_ERROR",
            Self::SignatureNotExist => "SIGNATURE_NOT_EXIST",
            Self::SignatureAlreadyEnrolled => "SIGNATURE_ALREADY_ENROLLED",
            Self::Error => "ERROR",
            Self::AccountDisabled => "ACCOUNT_DISABLED",
            Self::ClientError => "CLIENT_ERROR",
            Self::EmptyParameterError => "EMPTY_PARAMETER_ERROR",
            Self::IamFailed => "IAM_FAILED",
            Self::AccessDenied => "ACCESS_DENIED",
            Self::ServiceDisabled => "SERVICE_DISABLED",
            Self::InsufficientBalance => "INSUFFICIENT_BALANCE",
            Self::ServiceBusy => "SERVICE_BUSY",
            Self::OverQueryLimit => "OVER_QUERY_LIMIT",
            Self::RetryLater => "RETRY_LATER",
            Self::RequestInProcessing => "REQUEST_IN_PROCESSING",
            Self::Unlisted(code) => code.as_str(),
        }
    }
    pub(crate) fn listed(text: &str) -> Option<Self> {
        match text {
            "SUCCESS" => Some(Self::Success),
            "PARAMETER_ERROR" => Some(Self::ParameterError),
            "SIGNATURE_NOT_EXIST" => Some(Self::SignatureNotExist),
            "SIGNATURE_ALREADY_ENROLLED" => Some(Self::SignatureAlreadyEnrolled),
            "ERROR" => Some(Self::Error),
            "ACCOUNT_DISABLED" => Some(Self::AccountDisabled),
            "CLIENT_ERROR" => Some(Self::ClientError),
            "EMPTY_PARAMETER_ERROR" => Some(Self::EmptyParameterError),
            "IAM_FAILED" => Some(Self::IamFailed),
            "ACCESS_DENIED" => Some(Self::AccessDenied),
            "SERVICE_DISABLED" => Some(Self::ServiceDisabled),
            "INSUFFICIENT_BALANCE" => Some(Self::InsufficientBalance),
            "SERVICE_BUSY" => Some(Self::ServiceBusy),
            "OVER_QUERY_LIMIT" => Some(Self::OverQueryLimit),
            "RETRY_LATER" => Some(Self::RetryLater),
            "REQUEST_IN_PROCESSING" => Some(Self::RequestInProcessing),
            _ => None,
        }
    }
}
/// The fields of an answer that are used. `D` is the type of its data.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Envelope<'a, D> {
    #[serde(rename = "code")]
    pub(crate) code: Code,
    #[serde(rename = "message", borrow)]
    pub(crate) message: Option<face_search_enroll_runtime::lenient::LenientText<'a>>,
    #[serde(rename = "data")]
    pub(crate) data: Option<D>,
    #[serde(rename = "extra")]
    pub(crate) extra: Option<
        face_search_enroll_runtime::lenient::Lenient<serde_json::Value>,
    >,
    #[serde(rename = "transactionId", borrow)]
    pub(crate) transaction_id: Option<
        face_search_enroll_runtime::lenient::LenientText<'a>,
    >,
}
impl<D> Envelope<'_, D> {
    /// The message that classifies the answer. It is empty if the answer has none.
    pub(crate) fn message_text(&self) -> &str {
        self.message.as_ref().map_or("", |text| &text.0)
    }
}
/// The header for the access token in an operation of the generated client; `None` if the
/// operation takes no token.
pub(crate) fn token_header(operation: &str) -> Option<&'static str> {
    match operation {
        "enroll" => Some("x-access-token"),
        _ => None,
    }
}
/// Whether an answer to an operation of the generated client refuses the token. An envelope
/// is judged by its code and message, and an unlisted code or any other answer by the HTTP status.
pub(crate) fn refuses_token(
    operation: &str,
    answer: Option<(&str, &str)>,
    http_status: u16,
) -> bool {
    let retry = match operation {
        "enroll" => {
            let of_status = enroll::outcome_of_status(http_status)
                .map(enroll::Outcome::retry);
            answer
                .map_or(
                    of_status,
                    |(code, message)| {
                        let (rules, default) = (
                            enroll::rules(code),
                            enroll::Outcome::DEFAULT,
                        );
                        let outcome = crate::outcome::classify(rules, default, message);
                        Some(outcome.retry().resolve(of_status))
                    },
                )
        }
        _ => None,
    };
    retry == Some(crate::Retry::RefreshToken)
}
/// Punctuation that is ignored at the end of a message.
pub(crate) const FINAL_PUNCTUATION: &[char] = &['.', '!', '?', ',', ';', ':', '…'];
///The facts of the operation `enroll`.
pub(crate) mod enroll {
    /// The `operationId` in the contract.
    pub(crate) const ID: &str = "enroll";
    /// Whether the operation takes an access token.
    pub(crate) const TAKES_TOKEN: bool = true;
    /// The words for its effect: in place, not in place, and unknown.
    pub(crate) const EFFECT: Option<crate::outcome::EffectWords> = Some(crate::outcome::EffectWords {
        yes: "the face is enrolled",
        no: "the face was not enrolled",
        unknown: "the face may be enrolled",
    });
    /// The rules for the fields of a request.
    pub(crate) mod rule {
        pub(crate) const SIGNATURE_ID: crate::request::TextRule = crate::request::TextRule {
            field: "signatureId",
            min_length: Some(1u64),
            max_length: None,
            not_blank: true,
        };
    }
    /// What an answer means, derived from its code and message.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Outcome {
        /**The face was added to the face set.

No action is needed; store the transaction id with the journey.*/
        Enrolled,
        /**The face of this journey was already in the face set.

Treat it as a success, especially if an earlier response was lost.*/
        AlreadyEnrolled,
        /**No journey with this signature id is known in this region.

Check the id, and check that the journey took place in this region.*/
        SignatureNotFound,
        /**The journey is not eligible; the vendor says "Transaction is not pass." and does not explain it.

Look up the result of the journey; if it did fail, send the transaction id to the vendor's support.*/
        TransactionNotPassed,
        /**The journey is not eligible; the vendor says "Transaction is not be enrolled." and does not explain it.

Look up the result of the journey; if it did fail, send the transaction id to the vendor's support.*/
        TransactionNotEnrollable,
        /**The request has no signature id, or an empty one.

Send a signature id that is not empty.*/
        MissingParameter,
        /**The server rejected the parameters of the request.

Read the message, and compare your request with the example.*/
        InvalidParameter,
        /**The server failed while it handled the call.

Retry after a delay; if it keeps failing, send the transaction id to the vendor's support.*/
        ServerError,
        /**The access token is missing, unknown or expired.

Get a new token and retry once; if that fails too, check the account's keys.*/
        Unauthorized,
        /**The account is not entitled for this country or this domain; a new token does not help.

Call a region that the account is entitled for, or ask the vendor to entitle the account.*/
        NotEntitled,
        /**The account has expired, is disabled, or is unknown to the vendor's access management.

Ask the owner of the account to resolve this with the vendor.*/
        AccountUnavailable,
        /**The service is not enabled for the account; face search is off by default.

Ask the vendor to enable the service.*/
        ServiceDisabled,
        /**The account has no balance left.

Top up the account, then retry.*/
        InsufficientBalance,
        /**The account's quota of free queries is used up.

Wait until the quota is renewed, or ask the vendor for more; retrying soon does not help.*/
        QuotaExhausted,
        /**The account made too many calls in a short time; the platform asks you to slow down.

Wait as long as the Retry-After header says, then retry, and send fewer calls at a time.*/
        Throttled,
        /**The platform, or a gateway in front of it, is temporarily unavailable.

Retry after a delay, or after the time in the Retry-After header.*/
        Unavailable,
        /**The server is still working on an earlier copy of this request.

Wait, then retry to learn the result.*/
        InProgress,
        /**The platform rejected the HTTP request before it reached this endpoint.

Check the address, the method and the headers; a proxy on the way may have changed them.*/
        InvalidRequest,
        /**The response has a code that this document does not list.

Read the message, and send the code and the transaction id to the vendor's support.*/
        Unlisted,
    }
    impl Outcome {
        /// Every outcome, in the order of the contract.
        pub const ALL: &'static [Self] = &[
            Self::Enrolled,
            Self::AlreadyEnrolled,
            Self::SignatureNotFound,
            Self::TransactionNotPassed,
            Self::TransactionNotEnrollable,
            Self::MissingParameter,
            Self::InvalidParameter,
            Self::ServerError,
            Self::Unauthorized,
            Self::NotEntitled,
            Self::AccountUnavailable,
            Self::ServiceDisabled,
            Self::InsufficientBalance,
            Self::QuotaExhausted,
            Self::Throttled,
            Self::Unavailable,
            Self::InProgress,
            Self::InvalidRequest,
            Self::Unlisted,
        ];
        pub(crate) const DEFAULT: Self = Self::Unlisted;
        ///The name as in the contract: `AlreadyEnrolled`.
        #[must_use]
        pub const fn as_str(self) -> &'static str {
            match self {
                Self::Enrolled => "Enrolled",
                Self::AlreadyEnrolled => "AlreadyEnrolled",
                Self::SignatureNotFound => "SignatureNotFound",
                Self::TransactionNotPassed => "TransactionNotPassed",
                Self::TransactionNotEnrollable => "TransactionNotEnrollable",
                Self::MissingParameter => "MissingParameter",
                Self::InvalidParameter => "InvalidParameter",
                Self::ServerError => "ServerError",
                Self::Unauthorized => "Unauthorized",
                Self::NotEntitled => "NotEntitled",
                Self::AccountUnavailable => "AccountUnavailable",
                Self::ServiceDisabled => "ServiceDisabled",
                Self::InsufficientBalance => "InsufficientBalance",
                Self::QuotaExhausted => "QuotaExhausted",
                Self::Throttled => "Throttled",
                Self::Unavailable => "Unavailable",
                Self::InProgress => "InProgress",
                Self::InvalidRequest => "InvalidRequest",
                Self::Unlisted => "Unlisted",
            }
        }
        ///What happened, in one sentence.
        #[must_use]
        pub const fn summary(self) -> &'static str {
            match self {
                Self::Enrolled => "The face was added to the face set.",
                Self::AlreadyEnrolled => {
                    "The face of this journey was already in the face set."
                }
                Self::SignatureNotFound => {
                    "No journey with this signature id is known in this region."
                }
                Self::TransactionNotPassed => {
                    "The journey is not eligible; the vendor says \"Transaction is not pass.\" and does not explain it."
                }
                Self::TransactionNotEnrollable => {
                    "The journey is not eligible; the vendor says \"Transaction is not be enrolled.\" and does not explain it."
                }
                Self::MissingParameter => {
                    "The request has no signature id, or an empty one."
                }
                Self::InvalidParameter => {
                    "The server rejected the parameters of the request."
                }
                Self::ServerError => "The server failed while it handled the call.",
                Self::Unauthorized => "The access token is missing, unknown or expired.",
                Self::NotEntitled => {
                    "The account is not entitled for this country or this domain; a new token does not help."
                }
                Self::AccountUnavailable => {
                    "The account has expired, is disabled, or is unknown to the vendor's access management."
                }
                Self::ServiceDisabled => {
                    "The service is not enabled for the account; face search is off by default."
                }
                Self::InsufficientBalance => "The account has no balance left.",
                Self::QuotaExhausted => "The account's quota of free queries is used up.",
                Self::Throttled => {
                    "The account made too many calls in a short time; the platform asks you to slow down."
                }
                Self::Unavailable => {
                    "The platform, or a gateway in front of it, is temporarily unavailable."
                }
                Self::InProgress => {
                    "The server is still working on an earlier copy of this request."
                }
                Self::InvalidRequest => {
                    "The platform rejected the HTTP request before it reached this endpoint."
                }
                Self::Unlisted => {
                    "The response has a code that this document does not list."
                }
            }
        }
        ///What to do about it, in one sentence.
        #[must_use]
        pub const fn action(self) -> &'static str {
            match self {
                Self::Enrolled => {
                    "No action is needed; store the transaction id with the journey."
                }
                Self::AlreadyEnrolled => {
                    "Treat it as a success, especially if an earlier response was lost."
                }
                Self::SignatureNotFound => {
                    "Check the id, and check that the journey took place in this region."
                }
                Self::TransactionNotPassed => {
                    "Look up the result of the journey; if it did fail, send the transaction id to the vendor's support."
                }
                Self::TransactionNotEnrollable => {
                    "Look up the result of the journey; if it did fail, send the transaction id to the vendor's support."
                }
                Self::MissingParameter => "Send a signature id that is not empty.",
                Self::InvalidParameter => {
                    "Read the message, and compare your request with the example."
                }
                Self::ServerError => {
                    "Retry after a delay; if it keeps failing, send the transaction id to the vendor's support."
                }
                Self::Unauthorized => {
                    "Get a new token and retry once; if that fails too, check the account's keys."
                }
                Self::NotEntitled => {
                    "Call a region that the account is entitled for, or ask the vendor to entitle the account."
                }
                Self::AccountUnavailable => {
                    "Ask the owner of the account to resolve this with the vendor."
                }
                Self::ServiceDisabled => "Ask the vendor to enable the service.",
                Self::InsufficientBalance => "Top up the account, then retry.",
                Self::QuotaExhausted => {
                    "Wait until the quota is renewed, or ask the vendor for more; retrying soon does not help."
                }
                Self::Throttled => {
                    "Wait as long as the Retry-After header says, then retry, and send fewer calls at a time."
                }
                Self::Unavailable => {
                    "Retry after a delay, or after the time in the Retry-After header."
                }
                Self::InProgress => "Wait, then retry to learn the result.",
                Self::InvalidRequest => {
                    "Check the address, the method and the headers; a proxy on the way may have changed them."
                }
                Self::Unlisted => {
                    "Read the message, and send the code and the transaction id to the vendor's support."
                }
            }
        }
        /// Whether the effect of the operation is in place after this answer; `None` if the
        /// operation has no effect.
        pub(crate) const fn effect(self) -> Option<crate::outcome::Effected> {
            match self {
                Self::Enrolled => Some(crate::outcome::Effected::Yes),
                Self::AlreadyEnrolled => Some(crate::outcome::Effected::Yes),
                Self::SignatureNotFound => Some(crate::outcome::Effected::No),
                Self::TransactionNotPassed => Some(crate::outcome::Effected::No),
                Self::TransactionNotEnrollable => Some(crate::outcome::Effected::No),
                Self::MissingParameter => Some(crate::outcome::Effected::No),
                Self::InvalidParameter => Some(crate::outcome::Effected::No),
                Self::ServerError => Some(crate::outcome::Effected::Unknown),
                Self::Unauthorized => Some(crate::outcome::Effected::No),
                Self::NotEntitled => Some(crate::outcome::Effected::No),
                Self::AccountUnavailable => Some(crate::outcome::Effected::No),
                Self::ServiceDisabled => Some(crate::outcome::Effected::No),
                Self::InsufficientBalance => Some(crate::outcome::Effected::No),
                Self::QuotaExhausted => Some(crate::outcome::Effected::No),
                Self::Throttled => Some(crate::outcome::Effected::No),
                Self::Unavailable => Some(crate::outcome::Effected::Unknown),
                Self::InProgress => Some(crate::outcome::Effected::Unknown),
                Self::InvalidRequest => Some(crate::outcome::Effected::No),
                Self::Unlisted => Some(crate::outcome::Effected::Unknown),
            }
        }
        /// Whether any operation of the platform may give this answer. Such an answer is about
        /// the account, the request or the platform, and not about the subject of the call.
        #[must_use]
        pub const fn is_of_platform(self) -> bool {
            matches!(
                self, Self::Unauthorized | Self::NotEntitled | Self::AccountUnavailable |
                Self::ServiceDisabled | Self::InsufficientBalance | Self::QuotaExhausted
                | Self::Throttled | Self::Unavailable | Self::InProgress |
                Self::InvalidRequest | Self::Unlisted
            )
        }
        /// Whether every call of the account gets this answer until the account or its token
        /// changes. If you make many calls, stop after such an answer.
        #[must_use]
        pub const fn is_account_wide(self) -> bool {
            matches!(
                self, Self::Unauthorized | Self::NotEntitled | Self::AccountUnavailable |
                Self::ServiceDisabled | Self::InsufficientBalance | Self::QuotaExhausted
            )
        }
        /// The codes that can mean this outcome, as they are sent. Most codes can also mean
        /// other outcomes, depending on the message.
        #[must_use]
        pub const fn codes(self) -> &'static [&'static str] {
            match self {
                Self::Enrolled => &["SUCCESS"],
                Self::AlreadyEnrolled => {
                    &["SIGNATURE_ALREADY_ENROLLED", "SIGNATURE_NOT_EXIST"]
                }
                Self::SignatureNotFound => &["SIGNATURE_NOT_EXIST"],
                Self::TransactionNotPassed => &["PARAMETER_ERROR"],
                Self::TransactionNotEnrollable => &["PARAMETER_ERROR"],
                Self::MissingParameter => &["PARAMETER_ERROR", "EMPTY_PARAMETER_ERROR"],
                Self::InvalidParameter => &["PARAMETER_ERROR"],
                Self::ServerError => &["ERROR"],
                Self::Unauthorized => &["IAM_FAILED", "ACCESS_DENIED"],
                Self::NotEntitled => &["IAM_FAILED"],
                Self::AccountUnavailable => &["ACCOUNT_DISABLED", "IAM_FAILED"],
                Self::ServiceDisabled => &["SERVICE_DISABLED"],
                Self::InsufficientBalance => &["INSUFFICIENT_BALANCE"],
                Self::QuotaExhausted => &["SERVICE_BUSY", "OVER_QUERY_LIMIT"],
                Self::Throttled => &["SERVICE_BUSY"],
                Self::Unavailable => &["RETRY_LATER"],
                Self::InProgress => &["REQUEST_IN_PROCESSING"],
                Self::InvalidRequest => &["CLIENT_ERROR"],
                Self::Unlisted => &[],
            }
        }
        /// Whether the same call may be retried, and when.
        #[must_use]
        pub const fn retry(self) -> crate::Retry {
            match self {
                Self::Enrolled => crate::Retry::Never,
                Self::AlreadyEnrolled => crate::Retry::Never,
                Self::SignatureNotFound => crate::Retry::Never,
                Self::TransactionNotPassed => crate::Retry::Never,
                Self::TransactionNotEnrollable => crate::Retry::Never,
                Self::MissingParameter => crate::Retry::Never,
                Self::InvalidParameter => crate::Retry::Never,
                Self::ServerError => crate::Retry::Backoff,
                Self::Unauthorized => crate::Retry::RefreshToken,
                Self::NotEntitled => crate::Retry::Never,
                Self::AccountUnavailable => crate::Retry::Never,
                Self::ServiceDisabled => crate::Retry::Never,
                Self::InsufficientBalance => crate::Retry::Never,
                Self::QuotaExhausted => crate::Retry::Never,
                Self::Throttled => crate::Retry::Throttled,
                Self::Unavailable => crate::Retry::Backoff,
                Self::InProgress => crate::Retry::Backoff,
                Self::InvalidRequest => crate::Retry::Never,
                Self::Unlisted => crate::Retry::ByStatus,
            }
        }
    }
    /// The outcomes of `code` by its messages, and without one.
    pub(crate) fn rules(code: &str) -> Option<crate::outcome::Rules<Outcome>> {
        Some(
            match code {
                "SUCCESS" => {
                    crate::outcome::Rules {
                        exactly: &[("ok", Outcome::Enrolled)],
                        containing: &[],
                        alone: Outcome::Enrolled,
                    }
                }
                "PARAMETER_ERROR" => {
                    crate::outcome::Rules {
                        exactly: &[
                            ("transaction is not pass", Outcome::TransactionNotPassed),
                            (
                                "transaction is not be enrolled",
                                Outcome::TransactionNotEnrollable,
                            ),
                            ("parameter should not be empty", Outcome::MissingParameter),
                            (
                                "parameter error,please check you input",
                                Outcome::InvalidParameter,
                            ),
                        ],
                        containing: &[],
                        alone: Outcome::InvalidParameter,
                    }
                }
                "SIGNATURE_NOT_EXIST" => {
                    crate::outcome::Rules {
                        exactly: &[
                            (
                                "the signatureid has already been enrolled",
                                Outcome::AlreadyEnrolled,
                            ),
                            ("this signatureid is not exist", Outcome::SignatureNotFound),
                        ],
                        containing: &[],
                        alone: Outcome::SignatureNotFound,
                    }
                }
                "SIGNATURE_ALREADY_ENROLLED" => {
                    crate::outcome::Rules {
                        exactly: &[
                            (
                                "the signatureid has already been enrolled",
                                Outcome::AlreadyEnrolled,
                            ),
                        ],
                        containing: &[],
                        alone: Outcome::AlreadyEnrolled,
                    }
                }
                "ERROR" => {
                    crate::outcome::Rules {
                        exactly: &[("server error", Outcome::ServerError)],
                        containing: &[],
                        alone: Outcome::ServerError,
                    }
                }
                "ACCOUNT_DISABLED" => {
                    crate::outcome::Rules {
                        exactly: &[("account disabled", Outcome::AccountUnavailable)],
                        containing: &[],
                        alone: Outcome::AccountUnavailable,
                    }
                }
                "CLIENT_ERROR" => {
                    crate::outcome::Rules {
                        exactly: &[
                            ("http 400 - bad request", Outcome::InvalidRequest),
                            ("http 404 - not found", Outcome::InvalidRequest),
                            ("http 405 - method not allowed", Outcome::InvalidRequest),
                        ],
                        containing: &[],
                        alone: Outcome::InvalidRequest,
                    }
                }
                "EMPTY_PARAMETER_ERROR" => {
                    crate::outcome::Rules {
                        exactly: &[
                            ("parameter should not be empty", Outcome::MissingParameter),
                        ],
                        containing: &[],
                        alone: Outcome::MissingParameter,
                    }
                }
                "IAM_FAILED" => {
                    crate::outcome::Rules {
                        exactly: &[
                            ("access denied", Outcome::Unauthorized),
                            ("token not found or expired", Outcome::Unauthorized),
                            ("access key not found", Outcome::Unauthorized),
                            ("access key not found or expired", Outcome::Unauthorized),
                            (
                                "account not authorized for this country",
                                Outcome::NotEntitled,
                            ),
                            (
                                "account not authorized for this domain",
                                Outcome::NotEntitled,
                            ),
                            ("account is expired", Outcome::AccountUnavailable),
                            ("account is disabled", Outcome::AccountUnavailable),
                        ],
                        containing: &[
                            (
                                "not authorized by the identity and access management system",
                                Outcome::AccountUnavailable,
                            ),
                        ],
                        alone: Outcome::Unauthorized,
                    }
                }
                "ACCESS_DENIED" => {
                    crate::outcome::Rules {
                        exactly: &[("access denied", Outcome::Unauthorized)],
                        containing: &[],
                        alone: Outcome::Unauthorized,
                    }
                }
                "SERVICE_DISABLED" => {
                    crate::outcome::Rules {
                        exactly: &[("service disabled", Outcome::ServiceDisabled)],
                        containing: &[],
                        alone: Outcome::ServiceDisabled,
                    }
                }
                "INSUFFICIENT_BALANCE" => {
                    crate::outcome::Rules {
                        exactly: &[
                            (
                                "insufficient balance, please top up or contact your sales manager for help",
                                Outcome::InsufficientBalance,
                            ),
                        ],
                        containing: &[],
                        alone: Outcome::InsufficientBalance,
                    }
                }
                "SERVICE_BUSY" => {
                    crate::outcome::Rules {
                        exactly: &[],
                        containing: &[
                            ("quota exceeded", Outcome::QuotaExhausted),
                            ("daily quota for free queries", Outcome::QuotaExhausted),
                            ("rate limit is exceeded", Outcome::Throttled),
                        ],
                        alone: Outcome::Throttled,
                    }
                }
                "OVER_QUERY_LIMIT" => {
                    crate::outcome::Rules {
                        exactly: &[],
                        containing: &[],
                        alone: Outcome::QuotaExhausted,
                    }
                }
                "RETRY_LATER" => {
                    crate::outcome::Rules {
                        exactly: &[],
                        containing: &[],
                        alone: Outcome::Unavailable,
                    }
                }
                "REQUEST_IN_PROCESSING" => {
                    crate::outcome::Rules {
                        exactly: &[
                            (
                                "your request is currently being processed. please do not submit it repeatedly",
                                Outcome::InProgress,
                            ),
                        ],
                        containing: &[],
                        alone: Outcome::InProgress,
                    }
                }
                _ => return None,
            },
        )
    }
    /// The outcome of an HTTP status if there is no readable envelope.
    pub(crate) const fn outcome_of_status(status: u16) -> Option<Outcome> {
        match status {
            500u16 => Some(Outcome::ServerError),
            401u16 => Some(Outcome::Unauthorized),
            429u16 => Some(Outcome::Throttled),
            408u16 | 425u16 | 502u16 | 503u16 | 504u16 => Some(Outcome::Unavailable),
            400u16 | 404u16 | 405u16 | 406u16 | 411u16 | 413u16 | 415u16 => {
                Some(Outcome::InvalidRequest)
            }
            _ => None,
        }
    }
}
///The facts of the operation `generateToken`.
pub(crate) mod generate_token {
    /// The `operationId` in the contract.
    pub(crate) const ID: &str = "generateToken";
    /// Whether the operation takes an access token.
    pub(crate) const TAKES_TOKEN: bool = false;
    /// The words for its effect: in place, not in place, and unknown.
    pub(crate) const EFFECT: Option<crate::outcome::EffectWords> = None;
    /// The rules for the fields of a request.
    pub(crate) mod rule {
        pub(crate) const ACCESS_KEY: crate::request::TextRule = crate::request::TextRule {
            field: "accessKey",
            min_length: Some(1u64),
            max_length: None,
            not_blank: true,
        };
        pub(crate) const TIMESTAMP: crate::request::IntegerRule = crate::request::IntegerRule {
            field: "timestamp",
            minimum: Some(1000000000000i64),
            maximum: Some(9999999999999i64),
        };
        pub(crate) const SIGNATURE: crate::request::TextRule = crate::request::TextRule {
            field: "signature",
            min_length: Some(64u64),
            max_length: Some(64u64),
            not_blank: false,
        };
        pub(crate) const PERIOD_SECOND: crate::request::IntegerRule = crate::request::IntegerRule {
            field: "periodSecond",
            minimum: Some(60i64),
            maximum: Some(86400i64),
        };
        pub(crate) const PERIOD_SECOND_DEFAULT: i64 = 3600i64;
    }
    /// What an answer means, derived from its code and message.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Outcome {
        /**An access token was issued.

Send it with each call until it expires.*/
        TokenIssued,
        /**The timestamp of the request is too far from the server's time.

Correct the clock of this machine, then sign the request again.*/
        WrongTime,
        /**The signature does not match the access key and the timestamp.

Check the secret key, and check that it belongs to the access key.*/
        WrongSignature,
        /**The access key is unknown or has expired.

Check the access key, and check that it belongs to an account of this region.*/
        Unauthorized,
        /**A required field of the request is missing or empty.

Send the access key, the timestamp and the signature.*/
        MissingParameter,
        /**The server rejected the parameters of the request.

Read the message, and compare your request with the example.*/
        InvalidParameter,
        /**The account is not entitled for this country or this domain; a new token does not help.

Call a region that the account is entitled for, or ask the vendor to entitle the account.*/
        NotEntitled,
        /**The account has expired, is disabled, or is unknown to the vendor's access management.

Ask the owner of the account to resolve this with the vendor.*/
        AccountUnavailable,
        /**The service is not enabled for the account; face search is off by default.

Ask the vendor to enable the service.*/
        ServiceDisabled,
        /**The account has no balance left.

Top up the account, then retry.*/
        InsufficientBalance,
        /**The account's quota of free queries is used up.

Wait until the quota is renewed, or ask the vendor for more; retrying soon does not help.*/
        QuotaExhausted,
        /**The account made too many calls in a short time; the platform asks you to slow down.

Wait as long as the Retry-After header says, then retry, and send fewer calls at a time.*/
        Throttled,
        /**The platform, or a gateway in front of it, is temporarily unavailable.

Retry after a delay, or after the time in the Retry-After header.*/
        Unavailable,
        /**The server is still working on an earlier copy of this request.

Wait, then retry to learn the result.*/
        InProgress,
        /**The platform rejected the HTTP request before it reached this endpoint.

Check the address, the method and the headers; a proxy on the way may have changed them.*/
        InvalidRequest,
        /**The server failed while it handled the call.

Retry after a delay; if it keeps failing, ask the vendor's support.*/
        ServerError,
        /**The response has a code that this document does not list.

Read the message, and send the code and the transaction id to the vendor's support.*/
        Unlisted,
    }
    impl Outcome {
        /// Every outcome, in the order of the contract.
        pub const ALL: &'static [Self] = &[
            Self::TokenIssued,
            Self::WrongTime,
            Self::WrongSignature,
            Self::Unauthorized,
            Self::MissingParameter,
            Self::InvalidParameter,
            Self::NotEntitled,
            Self::AccountUnavailable,
            Self::ServiceDisabled,
            Self::InsufficientBalance,
            Self::QuotaExhausted,
            Self::Throttled,
            Self::Unavailable,
            Self::InProgress,
            Self::InvalidRequest,
            Self::ServerError,
            Self::Unlisted,
        ];
        pub(crate) const DEFAULT: Self = Self::Unlisted;
        ///The name as in the contract: `AlreadyEnrolled`.
        #[must_use]
        pub const fn as_str(self) -> &'static str {
            match self {
                Self::TokenIssued => "TokenIssued",
                Self::WrongTime => "WrongTime",
                Self::WrongSignature => "WrongSignature",
                Self::Unauthorized => "Unauthorized",
                Self::MissingParameter => "MissingParameter",
                Self::InvalidParameter => "InvalidParameter",
                Self::NotEntitled => "NotEntitled",
                Self::AccountUnavailable => "AccountUnavailable",
                Self::ServiceDisabled => "ServiceDisabled",
                Self::InsufficientBalance => "InsufficientBalance",
                Self::QuotaExhausted => "QuotaExhausted",
                Self::Throttled => "Throttled",
                Self::Unavailable => "Unavailable",
                Self::InProgress => "InProgress",
                Self::InvalidRequest => "InvalidRequest",
                Self::ServerError => "ServerError",
                Self::Unlisted => "Unlisted",
            }
        }
        ///What happened, in one sentence.
        #[must_use]
        pub const fn summary(self) -> &'static str {
            match self {
                Self::TokenIssued => "An access token was issued.",
                Self::WrongTime => {
                    "The timestamp of the request is too far from the server's time."
                }
                Self::WrongSignature => {
                    "The signature does not match the access key and the timestamp."
                }
                Self::Unauthorized => "The access key is unknown or has expired.",
                Self::MissingParameter => {
                    "A required field of the request is missing or empty."
                }
                Self::InvalidParameter => {
                    "The server rejected the parameters of the request."
                }
                Self::NotEntitled => {
                    "The account is not entitled for this country or this domain; a new token does not help."
                }
                Self::AccountUnavailable => {
                    "The account has expired, is disabled, or is unknown to the vendor's access management."
                }
                Self::ServiceDisabled => {
                    "The service is not enabled for the account; face search is off by default."
                }
                Self::InsufficientBalance => "The account has no balance left.",
                Self::QuotaExhausted => "The account's quota of free queries is used up.",
                Self::Throttled => {
                    "The account made too many calls in a short time; the platform asks you to slow down."
                }
                Self::Unavailable => {
                    "The platform, or a gateway in front of it, is temporarily unavailable."
                }
                Self::InProgress => {
                    "The server is still working on an earlier copy of this request."
                }
                Self::InvalidRequest => {
                    "The platform rejected the HTTP request before it reached this endpoint."
                }
                Self::ServerError => "The server failed while it handled the call.",
                Self::Unlisted => {
                    "The response has a code that this document does not list."
                }
            }
        }
        ///What to do about it, in one sentence.
        #[must_use]
        pub const fn action(self) -> &'static str {
            match self {
                Self::TokenIssued => "Send it with each call until it expires.",
                Self::WrongTime => {
                    "Correct the clock of this machine, then sign the request again."
                }
                Self::WrongSignature => {
                    "Check the secret key, and check that it belongs to the access key."
                }
                Self::Unauthorized => {
                    "Check the access key, and check that it belongs to an account of this region."
                }
                Self::MissingParameter => {
                    "Send the access key, the timestamp and the signature."
                }
                Self::InvalidParameter => {
                    "Read the message, and compare your request with the example."
                }
                Self::NotEntitled => {
                    "Call a region that the account is entitled for, or ask the vendor to entitle the account."
                }
                Self::AccountUnavailable => {
                    "Ask the owner of the account to resolve this with the vendor."
                }
                Self::ServiceDisabled => "Ask the vendor to enable the service.",
                Self::InsufficientBalance => "Top up the account, then retry.",
                Self::QuotaExhausted => {
                    "Wait until the quota is renewed, or ask the vendor for more; retrying soon does not help."
                }
                Self::Throttled => {
                    "Wait as long as the Retry-After header says, then retry, and send fewer calls at a time."
                }
                Self::Unavailable => {
                    "Retry after a delay, or after the time in the Retry-After header."
                }
                Self::InProgress => "Wait, then retry to learn the result.",
                Self::InvalidRequest => {
                    "Check the address, the method and the headers; a proxy on the way may have changed them."
                }
                Self::ServerError => {
                    "Retry after a delay; if it keeps failing, ask the vendor's support."
                }
                Self::Unlisted => {
                    "Read the message, and send the code and the transaction id to the vendor's support."
                }
            }
        }
        /// Whether the effect of the operation is in place after this answer; `None` if the
        /// operation has no effect.
        pub(crate) const fn effect(self) -> Option<crate::outcome::Effected> {
            match self {
                Self::TokenIssued => None,
                Self::WrongTime => None,
                Self::WrongSignature => None,
                Self::Unauthorized => None,
                Self::MissingParameter => None,
                Self::InvalidParameter => None,
                Self::NotEntitled => None,
                Self::AccountUnavailable => None,
                Self::ServiceDisabled => None,
                Self::InsufficientBalance => None,
                Self::QuotaExhausted => None,
                Self::Throttled => None,
                Self::Unavailable => None,
                Self::InProgress => None,
                Self::InvalidRequest => None,
                Self::ServerError => None,
                Self::Unlisted => None,
            }
        }
        /// Whether any operation of the platform may give this answer. Such an answer is about
        /// the account, the request or the platform, and not about the subject of the call.
        #[must_use]
        pub const fn is_of_platform(self) -> bool {
            matches!(
                self, Self::NotEntitled | Self::AccountUnavailable |
                Self::ServiceDisabled | Self::InsufficientBalance | Self::QuotaExhausted
                | Self::Throttled | Self::Unavailable | Self::InProgress |
                Self::InvalidRequest | Self::ServerError | Self::Unlisted
            )
        }
        /// Whether every call of the account gets this answer until the account or its token
        /// changes. If you make many calls, stop after such an answer.
        #[must_use]
        pub const fn is_account_wide(self) -> bool {
            matches!(
                self, Self::WrongSignature | Self::Unauthorized | Self::NotEntitled |
                Self::AccountUnavailable | Self::ServiceDisabled |
                Self::InsufficientBalance | Self::QuotaExhausted
            )
        }
        /// The codes that can mean this outcome, as they are sent. Most codes can also mean
        /// other outcomes, depending on the message.
        #[must_use]
        pub const fn codes(self) -> &'static [&'static str] {
            match self {
                Self::TokenIssued => &["SUCCESS"],
                Self::WrongTime => &["PARAMETER_ERROR"],
                Self::WrongSignature => &["PARAMETER_ERROR"],
                Self::Unauthorized => &["IAM_FAILED", "ACCESS_DENIED"],
                Self::MissingParameter => &["PARAMETER_ERROR", "EMPTY_PARAMETER_ERROR"],
                Self::InvalidParameter => &["PARAMETER_ERROR"],
                Self::NotEntitled => &["IAM_FAILED"],
                Self::AccountUnavailable => &["ACCOUNT_DISABLED", "IAM_FAILED"],
                Self::ServiceDisabled => &["SERVICE_DISABLED"],
                Self::InsufficientBalance => &["INSUFFICIENT_BALANCE"],
                Self::QuotaExhausted => &["SERVICE_BUSY", "OVER_QUERY_LIMIT"],
                Self::Throttled => &["SERVICE_BUSY"],
                Self::Unavailable => &["RETRY_LATER"],
                Self::InProgress => &["REQUEST_IN_PROCESSING"],
                Self::InvalidRequest => &["CLIENT_ERROR"],
                Self::ServerError => &["ERROR"],
                Self::Unlisted => &[],
            }
        }
        /// Whether the same call may be retried, and when.
        #[must_use]
        pub const fn retry(self) -> crate::Retry {
            match self {
                Self::TokenIssued => crate::Retry::Never,
                Self::WrongTime => crate::Retry::Never,
                Self::WrongSignature => crate::Retry::Never,
                Self::Unauthorized => crate::Retry::Never,
                Self::MissingParameter => crate::Retry::Never,
                Self::InvalidParameter => crate::Retry::Never,
                Self::NotEntitled => crate::Retry::Never,
                Self::AccountUnavailable => crate::Retry::Never,
                Self::ServiceDisabled => crate::Retry::Never,
                Self::InsufficientBalance => crate::Retry::Never,
                Self::QuotaExhausted => crate::Retry::Never,
                Self::Throttled => crate::Retry::Throttled,
                Self::Unavailable => crate::Retry::Backoff,
                Self::InProgress => crate::Retry::Backoff,
                Self::InvalidRequest => crate::Retry::Never,
                Self::ServerError => crate::Retry::Backoff,
                Self::Unlisted => crate::Retry::ByStatus,
            }
        }
    }
    /// The outcomes of `code` by its messages, and without one.
    pub(crate) fn rules(code: &str) -> Option<crate::outcome::Rules<Outcome>> {
        Some(
            match code {
                "SUCCESS" => {
                    crate::outcome::Rules {
                        exactly: &[("ok", Outcome::TokenIssued)],
                        containing: &[],
                        alone: Outcome::TokenIssued,
                    }
                }
                "PARAMETER_ERROR" => {
                    crate::outcome::Rules {
                        exactly: &[
                            ("timestamp error", Outcome::WrongTime),
                            ("signature error", Outcome::WrongSignature),
                            ("parameter should not be empty", Outcome::MissingParameter),
                        ],
                        containing: &[],
                        alone: Outcome::InvalidParameter,
                    }
                }
                "ERROR" => {
                    crate::outcome::Rules {
                        exactly: &[],
                        containing: &[],
                        alone: Outcome::ServerError,
                    }
                }
                "ACCOUNT_DISABLED" => {
                    crate::outcome::Rules {
                        exactly: &[("account disabled", Outcome::AccountUnavailable)],
                        containing: &[],
                        alone: Outcome::AccountUnavailable,
                    }
                }
                "CLIENT_ERROR" => {
                    crate::outcome::Rules {
                        exactly: &[
                            ("http 400 - bad request", Outcome::InvalidRequest),
                            ("http 404 - not found", Outcome::InvalidRequest),
                            ("http 405 - method not allowed", Outcome::InvalidRequest),
                        ],
                        containing: &[],
                        alone: Outcome::InvalidRequest,
                    }
                }
                "EMPTY_PARAMETER_ERROR" => {
                    crate::outcome::Rules {
                        exactly: &[
                            ("parameter should not be empty", Outcome::MissingParameter),
                        ],
                        containing: &[],
                        alone: Outcome::MissingParameter,
                    }
                }
                "IAM_FAILED" => {
                    crate::outcome::Rules {
                        exactly: &[
                            ("access denied", Outcome::Unauthorized),
                            ("token not found or expired", Outcome::Unauthorized),
                            ("access key not found", Outcome::Unauthorized),
                            ("access key not found or expired", Outcome::Unauthorized),
                            (
                                "account not authorized for this country",
                                Outcome::NotEntitled,
                            ),
                            (
                                "account not authorized for this domain",
                                Outcome::NotEntitled,
                            ),
                            ("account is expired", Outcome::AccountUnavailable),
                            ("account is disabled", Outcome::AccountUnavailable),
                        ],
                        containing: &[
                            (
                                "not authorized by the identity and access management system",
                                Outcome::AccountUnavailable,
                            ),
                        ],
                        alone: Outcome::Unauthorized,
                    }
                }
                "ACCESS_DENIED" => {
                    crate::outcome::Rules {
                        exactly: &[("access denied", Outcome::Unauthorized)],
                        containing: &[],
                        alone: Outcome::Unauthorized,
                    }
                }
                "SERVICE_DISABLED" => {
                    crate::outcome::Rules {
                        exactly: &[("service disabled", Outcome::ServiceDisabled)],
                        containing: &[],
                        alone: Outcome::ServiceDisabled,
                    }
                }
                "INSUFFICIENT_BALANCE" => {
                    crate::outcome::Rules {
                        exactly: &[
                            (
                                "insufficient balance, please top up or contact your sales manager for help",
                                Outcome::InsufficientBalance,
                            ),
                        ],
                        containing: &[],
                        alone: Outcome::InsufficientBalance,
                    }
                }
                "SERVICE_BUSY" => {
                    crate::outcome::Rules {
                        exactly: &[],
                        containing: &[
                            ("quota exceeded", Outcome::QuotaExhausted),
                            ("daily quota for free queries", Outcome::QuotaExhausted),
                            ("rate limit is exceeded", Outcome::Throttled),
                        ],
                        alone: Outcome::Throttled,
                    }
                }
                "OVER_QUERY_LIMIT" => {
                    crate::outcome::Rules {
                        exactly: &[],
                        containing: &[],
                        alone: Outcome::QuotaExhausted,
                    }
                }
                "RETRY_LATER" => {
                    crate::outcome::Rules {
                        exactly: &[],
                        containing: &[],
                        alone: Outcome::Unavailable,
                    }
                }
                "REQUEST_IN_PROCESSING" => {
                    crate::outcome::Rules {
                        exactly: &[
                            (
                                "your request is currently being processed. please do not submit it repeatedly",
                                Outcome::InProgress,
                            ),
                        ],
                        containing: &[],
                        alone: Outcome::InProgress,
                    }
                }
                _ => return None,
            },
        )
    }
    /// The outcome of an HTTP status if there is no readable envelope.
    pub(crate) const fn outcome_of_status(status: u16) -> Option<Outcome> {
        match status {
            401u16 => Some(Outcome::Unauthorized),
            429u16 => Some(Outcome::Throttled),
            408u16 | 425u16 | 502u16 | 503u16 | 504u16 => Some(Outcome::Unavailable),
            400u16 | 404u16 | 405u16 | 406u16 | 411u16 | 413u16 | 415u16 => {
                Some(Outcome::InvalidRequest)
            }
            500u16 => Some(Outcome::ServerError),
            _ => None,
        }
    }
}
