//! `explain`: what an answer means, by the contract.

mod explanation;
mod saved_call;
mod text;

use std::io::{self, IsTerminal, Write};

use clap::Args;
use face_search_enroll_contract::Operation;
use face_search_enroll_sandbox::embedded_contract;

use self::{
    explanation::{explain, known_codes},
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
  face-search-enroll explain PARAMETER_ERROR --operation generateToken
  face-search-enroll explain no-answer
  face-search-enroll explain --http-status 429
  grep 730baa5ab2e34e53 results.jsonl | face-search-enroll explain
  curl -i … | face-search-enroll explain")]
pub(crate) struct Arguments {
    /// The code of an answer, or an outcome or a stage as records name it
    code: Option<String>,

    /// The message of the answer
    message: Option<String>,

    /// The operation that was called, by its name in the contract, if others may not be meant
    #[arg(long, value_name = "ID")]
    operation: Option<String>,

    /// The HTTP status, where the body was no envelope
    #[arg(long, value_name = "NNN", conflicts_with = "code")]
    http_status: Option<u16>,

    /// How it is printed
    #[arg(long, value_enum, default_value = "text")]
    format: OutputFormat,
}

/// The operation whose calls have records.
const RECORDED: &str = "enroll";

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Problem> {
    let contract = embedded_contract()?;
    let operations = selected(&contract.operations, arguments.operation.as_deref())?;
    let known = known_codes(&operations);
    let subjects = match (&arguments.code, arguments.http_status) {
        (Some(code), _) => vec![named(code, arguments.message.as_deref(), &operations)],
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
    let mut is_first = true;
    for subject in &subjects {
        let mut asked = operations.clone();
        if subject.is_record && arguments.operation.is_none() {
            asked.retain(|operation| *operation.id == RECORDED);
        }
        for explanation in explain(subject, &asked)? {
            match arguments.format {
                OutputFormat::Json => write_json(&mut out, &explanation)?,
                OutputFormat::Text => {
                    if !is_first {
                        writeln!(out)?;
                    }
                    text::print(&mut out, &explanation, &known)?;
                }
            }
            is_first = false;
        }
    }
    out.flush()?;
    Ok(Exit::Enrolled)
}

/// The operations, or the one of this name.
fn selected<'c>(
    operations: &'c [Operation],
    id: Option<&str>,
) -> Result<Vec<&'c Operation>, String> {
    let Some(id) = id else {
        return Ok(operations.iter().collect());
    };
    let mut found = operations.iter();
    let found = found.find(|operation| operation.id.eq_ignore_ascii_case(id));
    let known = operations.iter().map(|operation| operation.id.as_str());
    let unknown = || {
        let known: Vec<_> = known.collect();
        format!("unknown operation {id:?}; use one of {}", known.join(", "))
    };
    Ok(vec![found.ok_or_else(unknown)?])
}

/// A code, or what a person has read in a table of ours.
fn named(name: &str, message: Option<&str>, operations: &[&Operation]) -> SavedCall {
    let mut saved = SavedCall::default();
    let mut outcomes = operations.iter().flat_map(|operation| &operation.outcomes);
    let outcome = outcomes.find(|outcome| outcome.name.eq_ignore_ascii_case(name));
    if known_codes(operations).contains(&name) || message.is_some() {
        saved.code = Some(name.to_owned());
        saved.message = message.map(str::to_owned);
    } else if let Some(outcome) = outcome {
        saved.outcome = Some(outcome.name.value.clone());
    } else if StageAdvice::find(name).is_some() {
        saved.stage = Some(name.to_owned());
    } else {
        saved.code = Some(name.to_owned());
    }
    saved
}
