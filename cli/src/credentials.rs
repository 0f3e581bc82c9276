//! The ways to give credentials. A command uses exactly one of them.

use std::{path::PathBuf, time::Duration};

use clap::Args;
use face_search_enroll::{Credentials, TokenSource, TokenSourceError, token_source::from_fn};

use crate::{
    credentials_file, environment::variable, plain_text::mistake, problem::Problem, token_file,
    token_text,
};

pub(crate) const ACCESS_KEY_VARIABLE: &str = "FACE_SEARCH_ENROLL_ACCESS_KEY";
pub(crate) const SECRET_KEY_VARIABLE: &str = "FACE_SEARCH_ENROLL_SECRET_KEY";
const TOKEN_VARIABLE: &str = "FACE_SEARCH_ENROLL_TOKEN";

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct CredentialOptions {
    #[arg(long, value_name = "FILE", help = format!(
        "A file with the access key and the secret key of the account; or set {ACCESS_KEY_VARIABLE} and {SECRET_KEY_VARIABLE}"
    ), long_help = format!("\
A file with the access key and the secret key of the account

Write the access key on the first line and the secret key on the second, or the lines ACCESS_KEY=… and \
SECRET_KEY=…. Other users must not be able to read the file. The command requests access tokens with \
the keys and renews them; the secret key is never sent.

Instead of the file, you can set {ACCESS_KEY_VARIABLE} and {SECRET_KEY_VARIABLE} to the keys."
    ))]
    credentials_file: Option<PathBuf>,

    /// Accept a credentials file that its group or other users can read
    ///
    /// Some schedulers mount secrets with such permissions.
    #[arg(long, requires = "credentials_file")]
    allow_readable_credentials: bool,

    #[arg(long, value_name = "FILE", help = format!(
        "A file with an access token, to use instead of keys; or set {TOKEN_VARIABLE}"
    ), long_help = format!("\
A file with an access token, to use instead of keys

The file contains only the token, or the whole response that issued it. It is read again when the server \
refuses the token, so another program can renew the token during a long run.

Instead of the file, you can set {TOKEN_VARIABLE} to the token."
    ))]
    token_file: Option<PathBuf>,

    /// Refused, because every user of the machine could read it.
    #[arg(long, hide = true, value_name = "TOKEN", num_args = 0..=1, default_missing_value = "")]
    token: Option<String>,

    /// Refused for the same reason.
    #[arg(long, hide = true, value_name = "KEY", num_args = 0..=1, default_missing_value = "")]
    secret_key: Option<String>,
}

/// The credentials that calls use.
pub(crate) enum Given {
    Keys(Credentials),
    Token(Box<dyn TokenSource>),
}

/// One way to give credentials, with its value.
enum Way<'o> {
    CredentialsFile(&'o PathBuf),
    Keys(Option<String>, Option<String>),
    TokenFile(&'o PathBuf),
    Token(String),
}

impl Way<'_> {
    /// The option or the variable that is set.
    fn name(&self) -> &'static str {
        match self {
            Self::CredentialsFile(_) => "--credentials-file",
            Self::Keys(Some(_), _) => ACCESS_KEY_VARIABLE,
            Self::Keys(None, _) => SECRET_KEY_VARIABLE,
            Self::TokenFile(_) => "--token-file",
            Self::Token(_) => TOKEN_VARIABLE,
        }
    }
}

impl CredentialOptions {
    /// Refuses secrets on the command line: other users could read them.
    pub(crate) fn check(&self) -> Result<(), String> {
        let secret = "is visible to other users in the process list; put";
        if self.token.is_some() {
            return Err(format!(
                "a token on the command line {secret} it in a file and pass --token-file FILE, or set {TOKEN_VARIABLE}"
            ));
        }
        if self.secret_key.is_some() {
            return Err(format!(
                "a secret key on the command line {secret} the keys in a file and pass --credentials-file FILE, or set {ACCESS_KEY_VARIABLE} and {SECRET_KEY_VARIABLE}"
            ));
        }
        Ok(())
    }

    /// The credentials, which must be given in exactly one way. For `--sandbox` they are optional, and
    /// the environment is ignored.
    pub(crate) fn resolve(&self, for_sandbox: bool) -> Result<Given, Problem> {
        let mut ways = self.ways(for_sandbox)?;
        let way = match (ways.pop(), &*ways) {
            (Some(way), []) => way,
            (None, _) if for_sandbox => {
                return Ok(Given::Keys(Credentials::new("sandbox", "sandbox")?));
            }
            (None, _) => return Err(none_given().into()),
            (Some(last), others) => {
                let names: Vec<_> = others.iter().chain([&last]).map(Way::name).collect();
                return Err(format!(
                    "credentials are given in more than one way: {}; keep only one of them",
                    names.join(", ")
                )
                .into());
            }
        };
        Ok(match way {
            Way::CredentialsFile(path) => Given::Keys(credentials_file::read(
                path,
                self.allow_readable_credentials,
            )?),
            Way::Keys(Some(access_key), Some(secret_key)) => {
                let keys = [
                    (ACCESS_KEY_VARIABLE, &access_key),
                    (SECRET_KEY_VARIABLE, &secret_key),
                ];
                for (name, key) in keys {
                    if let Some(mistake) = mistake(key) {
                        return Err(format!("{name} {mistake}").into());
                    }
                }
                Given::Keys(Credentials::new(access_key, secret_key)?)
            }
            Way::Keys(access_key, _) => {
                let (set, unset) = match access_key {
                    Some(_) => (ACCESS_KEY_VARIABLE, SECRET_KEY_VARIABLE),
                    None => (SECRET_KEY_VARIABLE, ACCESS_KEY_VARIABLE),
                };
                return Err(format!("{set} is set without {unset}; set both").into());
            }
            Way::TokenFile(path) => Given::Token(Box::new(token_file::token_source(path)?)),
            Way::Token(text) => Given::Token(Box::new(constant(&text)?)),
        })
    }

    fn ways(&self, for_sandbox: bool) -> Result<Vec<Way<'_>>, String> {
        let mut ways = Vec::new();
        ways.extend(self.credentials_file.as_ref().map(Way::CredentialsFile));
        ways.extend(self.token_file.as_ref().map(Way::TokenFile));
        if for_sandbox {
            return Ok(ways);
        }
        let keys = (
            variable(ACCESS_KEY_VARIABLE)?,
            variable(SECRET_KEY_VARIABLE)?,
        );
        if keys.0.is_some() || keys.1.is_some() {
            ways.push(Way::Keys(keys.0, keys.1));
        }
        ways.extend(variable(TOKEN_VARIABLE)?.map(Way::Token));
        Ok(ways)
    }
}

impl Given {
    /// The same credentials, with tokens that are valid for this long.
    pub(crate) fn with_period(self, period: Option<Duration>) -> Result<Self, Problem> {
        match (self, period) {
            (given, None) => Ok(given),
            (Self::Keys(keys), Some(period)) => Ok(Self::Keys(keys.period(period)?)),
            (Self::Token(_), Some(_)) => Err(
                "--period applies to tokens that are requested with keys, but a token was given; remove --period, or give keys instead".into(),
            ),
        }
    }
}

/// A source of one token that never changes.
fn constant(text: &str) -> Result<impl TokenSource + use<>, Problem> {
    let issued = token_text::read(text).map_err(|what| format!("{TOKEN_VARIABLE} {what}"))?;
    Ok(from_fn(move || {
        let issued = issued.clone();
        async { Ok::<_, TokenSourceError>(issued) }
    }))
}

fn none_given() -> String {
    format!(
        "\
no credentials were given; pass the two keys of your account, or an access token:
  a file with the access key and the secret key, one per line: --credentials-file FILE
  the two keys in the environment: {ACCESS_KEY_VARIABLE} and {SECRET_KEY_VARIABLE}
  an access token: --token-file FILE, or {TOKEN_VARIABLE}
the keys are in the account management of the vendor's console; to try the command without an account, pass --sandbox"
    )
}
