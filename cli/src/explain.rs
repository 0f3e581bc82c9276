//! `explain`: what an answer means, by the contract.

mod explanation;
mod saved_call;
mod text;

use std::io::{self, IsTerminal, Write};

use clap::Args;
use face_search_enroll::Outcome;

use self::{
    explanation::{Explanation, known_codes},
    saved_call::SavedCall,
};
use crate::{
    exit::Exit,
    failure_advice::StageAdvice,
    output_format::{OutputFormat, write_json},
    problem::Problem,
};

/// Tell what an answer means, whether to repeat the call, and what to do
///
/// Without arguments it reads standard input: the body of an answer, with or without its HTTP head, or
/// records of a journal.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  face-search-enroll explain PARAMETER_ERROR 'transaction is not pass'
  face-search-enroll explain no-answer
  face-search-enroll explain --http-status 429
  grep 730baa5ab2e34e53 results.jsonl | face-search-enroll explain
  curl -i … | face-search-enroll explain")]
pub(crate) struct Arguments {
    /// The code of an answer, or an outcome or a stage as records name it
    code: Option<String>,

    /// The message of the answer
    message: Option<String>,

    /// The HTTP status, where the body was no envelope
    #[arg(long, value_name = "NNN", conflicts_with = "code")]
    http_status: Option<u16>,

    /// How it is printed
    #[arg(long, value_enum, default_value = "text")]
    format: OutputFormat,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Problem> {
    let subjects = match (&arguments.code, arguments.http_status) {
        (Some(code), _) => vec![named(code, arguments.message.as_deref())],
        (None, Some(status)) => vec![SavedCall {
            http_status: Some(status),
            ..SavedCall::default()
        }],
        (None, None) if io::stdin().is_terminal() => {
            return Err("nothing to explain; pass a code, or an answer on standard input".into());
        }
        (None, None) => saved_call::read(io::stdin().lock())?,
    };
    let mut out = anstream::stdout().lock();
    for (index, subject) in subjects.into_iter().enumerate() {
        let explanation = Explanation::of(subject)?;
        match arguments.format {
            OutputFormat::Json => write_json(&mut out, &explanation)?,
            OutputFormat::Text => {
                if index > 0 {
                    writeln!(out)?;
                }
                text::print(&mut out, &explanation)?;
            }
        }
    }
    out.flush()?;
    Ok(Exit::Enrolled)
}

/// A code, or what a person has read in a table of ours.
fn named(name: &str, message: Option<&str>) -> SavedCall {
    let mut saved = SavedCall::default();
    let outcome = Outcome::ALL
        .iter()
        .find(|outcome| outcome.as_str().eq_ignore_ascii_case(name));
    if known_codes().contains(&name) || message.is_some() {
        saved.code = Some(name.to_owned());
        saved.message = message.map(str::to_owned);
    } else if let Some(outcome) = outcome {
        saved.outcome = Some(outcome.as_str().to_owned());
    } else if StageAdvice::find(name).is_some() {
        saved.stage = Some(name.to_owned());
    } else {
        saved.code = Some(name.to_owned());
    }
    saved
}
