//! The checks. They make one request for a token, and one call that enrolls nothing.

use face_search_enroll::{
    CallError, ConnectCause, EnrollError, Enrolled, IssuedToken, NoToken, Outcome, TokenError,
    TokenOutcome,
};
use face_search_enroll_sandbox::embedded_contract;

use super::check::Check;
use crate::{
    connection_advice,
    exit::Exit,
    failure_advice::{StageAdvice, TokenAdvice},
    problem::Problem,
    server::Server,
    terminal::say_note,
};

const NETWORK: &str = "network";
const CLOCK: &str = "clock";
const ENTITLEMENT: &str = "entitlement";

pub(crate) struct Checks<'s> {
    server: &'s Server,
    /// How many seconds a clock may differ from the server's, if the contract says so.
    tolerance: Option<u64>,
}

impl<'s> Checks<'s> {
    pub(crate) fn new(server: &'s Server) -> Result<Self, Problem> {
        let contract = embedded_contract()?;
        let operations = contract.operations.iter();
        let mut fields = operations.flat_map(|operation| &operation.request.fields);
        let clock = fields.find_map(|field| field.clock.as_ref());
        Ok(Self {
            server,
            tolerance: clock
                .and_then(|clock| clock.tolerance.as_ref())
                .map(|tolerance| tolerance.value),
        })
    }

    /// The kind of credentials.
    fn credentials(&self) -> &'static str {
        if self.server.has_keys {
            "keys"
        } else {
            "token"
        }
    }

    pub(crate) async fn run(&self) -> Vec<Check> {
        let issued = match self.server.client.issued_token().await {
            Ok(issued) => issued,
            Err(no_token) => {
                self.advise(no_token.token_error().and_then(CallError::connect_cause));
                return self.without_token(&no_token);
            }
        };
        // Sixteen hex digits, as in real ids: the server may refuse an id of another form.
        let id = format!("{:016x}", fastrand::u64(..));
        let result = self.server.client.enroll(&id).await;
        self.advise(result.as_ref().err().and_then(CallError::connect_cause));
        self.with_token(&issued, &id, &result)
    }

    fn advise(&self, cause: Option<ConnectCause>) {
        let advice = cause.and_then(|cause| connection_advice::advice(cause, self.server));
        advice.into_iter().for_each(say_note);
    }

    fn without_token(&self, no_token: &NoToken) -> Vec<Check> {
        let TokenAdvice {
            summary,
            action,
            exit,
        } = TokenAdvice::of(no_token);
        let credentials = self.credentials();
        let failed = |check| Check::failed(check, exit, summary, action).because(no_token);
        let error = no_token.token_error();
        let offset = error
            .and_then(CallError::answer)
            .and_then(|answer| answer.clock_offset);
        let not_checked = |check| Check::not_checked(check, "not possible without a token");
        let (network, clock, credentials) = match (error, error.and_then(TokenError::outcome)) {
            // The source of the token failed on this machine.
            (None, _) => (
                not_checked(NETWORK),
                not_checked(CLOCK),
                failed(credentials),
            ),
            (Some(_), Some(TokenOutcome::WrongTime)) => {
                let far = offset.filter(|offset| self.is_far(*offset));
                let what = far.map_or_else(|| summary.to_owned(), |far| self.difference(far));
                let clock = Check::failed(CLOCK, exit, what, action);
                (
                    self.reached(),
                    clock.because(no_token),
                    not_checked(credentials),
                )
            }
            (Some(error), _) if exit == Exit::Failed || error.answer().is_none() => (
                failed(NETWORK),
                self.clock(offset),
                not_checked(credentials),
            ),
            (Some(_), _) => (self.reached(), self.clock(offset), failed(credentials)),
        };
        vec![network, clock, credentials, not_checked(ENTITLEMENT)]
    }

    fn with_token(
        &self,
        issued: &IssuedToken,
        id: &str,
        result: &Result<Enrolled, EnrollError>,
    ) -> Vec<Check> {
        let clock = self.clock(issued.clock_offset());
        let fit = Check::ok(self.credentials(), good_until(issued));
        let looked_up = || {
            let what = "the server looked up a random signature id that belongs to no verification";
            Check::ok(ENTITLEMENT, format!("{what}: {id}"))
        };
        let Err(error) = result else {
            return vec![self.reached(), clock, fit, looked_up()];
        };
        let refused = |check, outcome: Outcome| {
            Check::failed(check, Exit::Rejected, outcome.summary(), outcome.action()).because(error)
        };
        let outcome = error.outcome();
        let (network, credentials, entitlement) = match (error.answer(), outcome) {
            (Some(_), Some(Outcome::SignatureNotFound | Outcome::AlreadyEnrolled)) => {
                (self.reached(), fit, looked_up())
            }
            (Some(_), Some(Outcome::Unauthorized)) => (
                self.reached(),
                refused(self.credentials(), Outcome::Unauthorized),
                Check::not_checked(ENTITLEMENT, "the token was refused"),
            ),
            (Some(_), Some(outcome)) if outcome.is_account_wide() => {
                (self.reached(), fit, refused(ENTITLEMENT, outcome))
            }
            (Some(_), Some(outcome)) if !outcome.is_retryable() => {
                let summary = format!("the response leaves this open: {}", outcome.summary());
                let told = Check::not_told(ENTITLEMENT, summary, outcome.action());
                (self.reached(), fit, told.because(error))
            }
            (_, outcome) => {
                let advice = StageAdvice::find(error.stage().as_str());
                let advice = advice.map(|advice| (advice.summary, advice.action));
                let outcome = outcome.map(|outcome| (outcome.summary(), outcome.action()));
                let (summary, action) = outcome.or(advice).unwrap_or_default();
                let network = Check::failed(NETWORK, Exit::Failed, summary, action).because(error);
                let entitlement = Check::not_checked(ENTITLEMENT, "no response shows this");
                // The server accepted the keys and issued a token. A token of the user is not tried yet.
                let credentials = if self.server.has_keys {
                    fit
                } else {
                    Check::not_checked(self.credentials(), "no response shows this")
                };
                (network, credentials, entitlement)
            }
        };
        vec![network, clock, credentials, entitlement]
    }

    fn reached(&self) -> Check {
        let endpoint = self.server.client.endpoint();
        Check::ok(NETWORK, format!("{endpoint} responds"))
    }

    /// The check of the clock, by a response that did not refuse the time.
    fn clock(&self, offset: Option<i64>) -> Check {
        let Some(offset) = offset else {
            let what = "only the response to a request for a token shows the server's time";
            return Check::not_checked(CLOCK, what);
        };
        let difference = self.difference(offset);
        if !self.is_far(offset) {
            return Check::ok(CLOCK, difference);
        }
        let summary =
            format!("{difference}; this command corrects for it, but other programs do not");
        let action = TokenOutcome::WrongTime.action();
        Check::failed(CLOCK, Exit::Rejected, summary, action)
    }

    fn is_far(&self, offset: i64) -> bool {
        self.tolerance
            .is_some_and(|most| offset.unsigned_abs() > most)
    }

    /// How far the clock is from the server's.
    fn difference(&self, offset: i64) -> String {
        let difference = match offset {
            0 => "the clock of this machine agrees with the server".to_owned(),
            _ => format!(
                "the clock of this machine is {} s {} the server",
                offset.unsigned_abs(),
                if offset > 0 { "behind" } else { "ahead of" }
            ),
        };
        match self.tolerance.filter(|_| self.is_far(offset)) {
            Some(most) => format!("{difference}, which accepts at most {most} s"),
            None => difference,
        }
    }
}

fn good_until(issued: &IssuedToken) -> String {
    match issued.expiry() {
        Some(expiry) => {
            let expiry = humantime::format_rfc3339_seconds(expiry);
            format!("the token is valid until {expiry}")
        }
        None => "the server accepted the token".to_owned(),
    }
}
