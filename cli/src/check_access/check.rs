//! One check: its subject, its result, and what to do about it.

use std::{
    error::Error,
    io::{self, Write},
};

use serde::Serialize;

use crate::{
    exit::Exit,
    problem::with_causes,
    terminal::{GREEN, RED, YELLOW, paint},
};

/// The result of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    Ok,
    Failed,
    NotChecked,
}

#[derive(Debug, Serialize)]
pub(crate) struct Check {
    #[serde(rename = "check")]
    name: &'static str,
    state: State,
    /// The finding, in one sentence.
    summary: String,
    /// What to do about it.
    action: Option<&'static str>,
    /// The error that the finding is based on.
    error: Option<String>,
    #[serde(skip)]
    exit: Exit,
}

impl Check {
    pub(crate) fn ok(name: &'static str, summary: impl Into<String>) -> Self {
        Self {
            name,
            state: State::Ok,
            summary: summary.into(),
            action: None,
            error: None,
            exit: Exit::Enrolled,
        }
    }

    pub(crate) fn failed(
        name: &'static str,
        exit: Exit,
        summary: impl Into<String>,
        action: &'static str,
    ) -> Self {
        Self {
            state: State::Failed,
            action: Some(action),
            exit,
            ..Self::ok(name, summary)
        }
    }

    /// A check that could not be made, because an earlier one failed.
    pub(crate) fn not_checked(name: &'static str, summary: impl Into<String>) -> Self {
        Self {
            state: State::NotChecked,
            ..Self::ok(name, summary)
        }
    }

    /// A check that stays open, because the server refused the request for another reason.
    pub(crate) fn not_told(
        name: &'static str,
        summary: impl Into<String>,
        action: &'static str,
    ) -> Self {
        Self {
            state: State::NotChecked,
            ..Self::failed(name, Exit::Rejected, summary, action)
        }
    }

    /// Adds the error that the finding is based on.
    pub(crate) fn because(self, error: &(dyn Error + 'static)) -> Self {
        Self {
            error: Some(with_causes(error)),
            ..self
        }
    }

    pub(crate) fn exit(&self) -> Exit {
        self.exit
    }

    /// Prints one line for people, and further lines if there is something to do.
    pub(crate) fn print(&self, out: &mut impl Write) -> io::Result<()> {
        let (style, state) = match self.state {
            State::Ok => (GREEN, "ok"),
            State::Failed => (RED, "failed"),
            State::NotChecked => (YELLOW, "not checked"),
        };
        let space = "not checked".len() - state.len();
        let (name, state) = (self.name, paint(style, state));
        writeln!(out, "{name:<11}  {state}{:space$}  {}", "", self.summary)?;
        if let Some(action) = self.action {
            writeln!(out, "{:26}what to do: {action}", "")?;
        }
        if let Some(error) = &self.error {
            writeln!(out, "{:26}error: {error}", "")?;
        }
        Ok(())
    }
}
