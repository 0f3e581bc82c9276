//! `explain`: says what a response means, according to the contract.

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

/// Explain what a response means, whether to retry the call, and what to do
///
/// Pass a code and, if you have it, the message: one code can have several meanings, and the message tells
/// them apart.
///
/// Without arguments, or with `-`, the command reads standard input: a response body, with or without its
/// HTTP headers, or journal records.
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
    /// The code of a response, the outcome or stage of a record, or a whole response or record as JSON
    code: Option<String>,

    /// The message of the response
    message: Option<String>,

    /// Explain the code for this operation only, named as in the contract
    ///
    /// By default, the code is explained for every operation that knows it.
    #[arg(long, value_name = "ID")]
    operation: Option<String>,

    /// The HTTP status, for a response whose body has no code
    #[arg(long, value_name = "NNN", conflicts_with = "code", value_parser = numbers::http_status)]
    http_status: Option<u16>,

    /// The output format of the explanation
    #[arg(long, value_enum, default_value = "text")]
    format: OutputFormat,
}

/// The operation whose results are written as records.
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
            return Err(
                "nothing to explain; pass a code, or pipe a response to standard input".into(),
            );
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

/// All operations, or the one with this name.
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

/// A code, or the name of an outcome or a stage.
///
/// # Errors
///
/// If the text does not look like a code. The message says what to do instead.
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

/// Why `name` is not a code, if it is not one.
fn mistake(name: &str, known: &[&str]) -> Option<String> {
    let same = known.iter().find(|code| code.eq_ignore_ascii_case(name));
    let way_out = if let Some(code) = same {
        format!("write {code}")
    } else if numbers::http_status(name).is_ok() {
        format!("for an HTTP status, pass --http-status {name}")
    } else if Path::new(name).is_file() {
        format!("it is a file; to explain its contents, redirect standard input with < {name}")
    } else if is_code(name) {
        return None;
    } else {
        let example = known.first().copied().unwrap_or_default();
        format!(
            "pass a code such as {example}; to explain an id, pipe its journal record to standard input"
        )
    };
    Some(format!("{name:?} is not a code; {way_out}"))
}

/// Whether the name may be an unlisted code: capital letters, digits and underscores.
fn is_code(name: &str) -> bool {
    let mut characters = name.chars();
    characters
        .next()
        .is_some_and(|first| first.is_ascii_uppercase())
        && characters.all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}
