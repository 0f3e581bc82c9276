//! The ways to give credentials, of which exactly one is taken.

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
        "The file that holds the access key and the secret key of the account, a line each [otherwise the environment: {ACCESS_KEY_VARIABLE}, {SECRET_KEY_VARIABLE}]"
    ))]
    credentials_file: Option<PathBuf>,

    /// Take a credentials file that its group or others can read, such as one that a scheduler mounts
    #[arg(long, requires = "credentials_file")]
    allow_readable_credentials: bool,

    #[arg(long, value_name = "FILE", help = format!(
        "The file that holds an access token, instead of keys; it is read again when the server refuses the token [otherwise the environment: {TOKEN_VARIABLE}]"
    ))]
    token_file: Option<PathBuf>,

    /// Refused: every user of the machine could read it.
    #[arg(long, hide = true, value_name = "TOKEN", num_args = 0..=1, default_missing_value = "")]
    token: Option<String>,

    /// Refused likewise.
    #[arg(long, hide = true, value_name = "KEY", num_args = 0..=1, default_missing_value = "")]
    secret_key: Option<String>,
}

/// What calls are made with.
pub(crate) enum Given {
    Keys(Credentials),
    Token(Box<dyn TokenSource>),
}

/// A way to give credentials, and what was given in it.
enum Way<'o> {
    CredentialsFile(&'o PathBuf),
    Keys(Option<String>, Option<String>),
    TokenFile(&'o PathBuf),
    Token(String),
}

impl Way<'_> {
    /// What is set.
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
    /// Refuses secrets on the command line.
    pub(crate) fn check(&self) -> Result<(), String> {
        let secret = "shows in the list of processes; put";
        if self.token.is_some() {
            return Err(format!(
                "a token on the command line {secret} it into a file and pass --token-file FILE, or set {TOKEN_VARIABLE}"
            ));
        }
        if self.secret_key.is_some() {
            return Err(format!(
                "a secret key on the command line {secret} the keys into a file and pass --credentials-file FILE, or set {ACCESS_KEY_VARIABLE} and {SECRET_KEY_VARIABLE}"
            ));
        }
        Ok(())
    }

    /// What is given in the one way that is used. A sandbox of this command needs none, and is given
    /// nothing of the environment.
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
                    "credentials are given in more than one way: {}; leave one",
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
    /// The same, with tokens that are good for this long.
    pub(crate) fn with_period(self, period: Option<Duration>) -> Result<Self, Problem> {
        match (self, period) {
            (given, None) => Ok(given),
            (Self::Keys(keys), Some(period)) => Ok(Self::Keys(keys.period(period)?)),
            (Self::Token(_), Some(_)) => Err(
                "a token that is there already cannot be given a period; leave --period out, or give keys".into(),
            ),
        }
    }
}

/// A token that does not change.
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
no credentials; give the two keys of your account, which are in the account management of the vendor's console, or an access token:
  a file with the access key and the secret key, a line each: --credentials-file FILE
  the two keys in the environment: {ACCESS_KEY_VARIABLE} and {SECRET_KEY_VARIABLE}
  an access token: --token-file FILE, or {TOKEN_VARIABLE}
to try without an account, pass --sandbox"
    )
}
