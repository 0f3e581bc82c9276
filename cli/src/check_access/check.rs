//! One check: what was looked at, what was found, and what to do.

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

/// What a check found.
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
    /// What was found, in a sentence.
    summary: String,
    /// What to do about it.
    action: Option<&'static str>,
    /// The error that tells it.
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

    /// One that there was no occasion for.
    pub(crate) fn not_checked(name: &'static str, summary: impl Into<String>) -> Self {
        Self {
            state: State::NotChecked,
            ..Self::ok(name, summary)
        }
    }

    /// One of which an answer that refuses something else does not tell.
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

    /// The same, with the error that tells it.
    pub(crate) fn because(self, error: &(dyn Error + 'static)) -> Self {
        Self {
            error: Some(with_causes(error)),
            ..self
        }
    }

    pub(crate) fn exit(&self) -> Exit {
        self.exit
    }

    /// A line for people, and more where something is to be done.
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
            writeln!(out, "{:26}because: {error}", "")?;
        }
        Ok(())
    }
}
