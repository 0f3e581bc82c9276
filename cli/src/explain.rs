//! `explain`: what an answer means, by the contract.

mod explanation;
mod saved_call;
mod text;

use std::{
    io::{self, IsTerminal, Write},
    path::Path,
};

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
    numbers,
    output_format::{OutputFormat, write_json},
    problem::Problem,
};

/// Tell what an answer means, whether to repeat the call, and what to do
///
/// Without arguments, or with `-`, it reads standard input: the body of an answer, with or without its HTTP
/// head, or records of a journal.
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
    /// The code of an answer, or an outcome or a stage as records name it; or a whole answer or record
    code: Option<String>,

    /// The message of the answer
    message: Option<String>,

    /// The operation that was called, by its name in the contract, if others may not be meant
    #[arg(long, value_name = "ID")]
    operation: Option<String>,

    /// The HTTP status, where the body was no envelope
    #[arg(long, value_name = "NNN", conflicts_with = "code", value_parser = numbers::http_status)]
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
    let code = arguments.code.as_deref().filter(|code| *code != "-");
    let subjects = match (code, arguments.http_status) {
        (Some(text), _) if text.trim_start().starts_with('{') => {
            saved_call::read(text.as_bytes(), "the argument")?
        }
        (Some(code), _) => vec![named(code, arguments.message.as_deref(), &operations)?],
        (None, Some(status)) => vec![SavedCall {
            http_status: Some(status),
            ..SavedCall::default()
        }],
        (None, None) if arguments.code.is_none() && io::stdin().is_terminal() => {
            return Err("nothing to explain; pass a code, or an answer on standard input".into());
        }
        (None, None) => saved_call::read(io::stdin().lock(), "standard input")?,
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
///
/// # Errors
///
/// For what is no code by the looks of it, with what to do instead.
fn named(
    name: &str,
    message: Option<&str>,
    operations: &[&Operation],
) -> Result<SavedCall, String> {
    let name = name.trim();
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
    } else if let Some(mistake) = mistake(name, &known_codes(operations)) {
        return Err(mistake);
    } else {
        saved.code = Some(name.to_owned());
    }
    Ok(saved)
}

/// Why `name` is no code, if it is none.
fn mistake(name: &str, known: &[&str]) -> Option<String> {
    let same = known.iter().find(|code| code.eq_ignore_ascii_case(name));
    let way_out = if let Some(code) = same {
        format!("write {code}")
    } else if numbers::http_status(name).is_ok() {
        format!("for a status of HTTP, pass --http-status {name}")
    } else if Path::new(name).is_file() {
        format!("it is a file: pass what is in it on standard input, by < {name}")
    } else if is_code(name) {
        return None;
    } else {
        let example = known.first().copied().unwrap_or_default();
        format!(
            "pass a code, such as {example}, or for an id its record of a journal on standard input"
        )
    };
    Some(format!("{name:?} is no code; {way_out}"))
}

/// Whether it may be a code that is not known yet: capitals, underscores, and digits among them.
fn is_code(name: &str) -> bool {
    let mut characters = name.chars();
    characters
        .next()
        .is_some_and(|first| first.is_ascii_uppercase())
        && characters.all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}
