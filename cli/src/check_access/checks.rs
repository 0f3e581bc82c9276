//! The checks, by a call for a token and a call that enrolls nothing.

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
    /// By how many seconds a clock may differ from the server's, if the contract says that.
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

    /// What the credentials are.
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
        // Sixteen digits as ids have: what looks different might be refused for that.
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
        let not_checked = |check| Check::not_checked(check, "there is no token");
        let (network, clock, credentials) = match (error, error.and_then(TokenError::outcome)) {
            // What gives the token failed on this machine.
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
            let what = "the server looked up a random signature id, which no verification has";
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
                let summary = format!("the answer does not tell: {}", outcome.summary());
                let told = Check::not_told(ENTITLEMENT, summary, outcome.action());
                (self.reached(), fit, told.because(error))
            }
            (_, outcome) => {
                let advice = StageAdvice::find(error.stage().as_str());
                let advice = advice.map(|advice| (advice.summary, advice.action));
                let outcome = outcome.map(|outcome| (outcome.summary(), outcome.action()));
                let (summary, action) = outcome.or(advice).unwrap_or_default();
                let network = Check::failed(NETWORK, Exit::Failed, summary, action).because(error);
                let entitlement = Check::not_checked(ENTITLEMENT, "there was no answer that tells");
                // Keys were answered with a token; a token was not used yet.
                let credentials = if self.server.has_keys {
                    fit
                } else {
                    Check::not_checked(self.credentials(), "there was no answer that tells")
                };
                (network, credentials, entitlement)
            }
        };
        vec![network, clock, credentials, entitlement]
    }

    fn reached(&self) -> Check {
        let endpoint = self.server.client.endpoint();
        Check::ok(NETWORK, format!("{endpoint} answers"))
    }

    /// By an answer, which was not refused for the time.
    fn clock(&self, offset: Option<i64>) -> Check {
        let Some(offset) = offset else {
            let what = "only an answer to a request for a token tells";
            return Check::not_checked(CLOCK, what);
        };
        let difference = self.difference(offset);
        if !self.is_far(offset) {
            return Check::ok(CLOCK, difference);
        }
        let summary = format!("{difference}; this command makes up for it, others do not");
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
            0 => "the clock of this machine is that of the server".to_owned(),
            _ => format!(
                "the clock of this machine is {} s {} that of the server",
                offset.unsigned_abs(),
                if offset > 0 { "behind" } else { "ahead of" }
            ),
        };
        match self.tolerance.filter(|_| self.is_far(offset)) {
            Some(most) => format!("{difference}, which takes {most} s at most"),
            None => difference,
        }
    }
}

fn good_until(issued: &IssuedToken) -> String {
    match issued.expiry() {
        Some(expiry) => {
            let expiry = humantime::format_rfc3339_seconds(expiry);
            format!("the token is good until {expiry}")
        }
        None => "the token is taken".to_owned(),
    }
}
