//! `explain`: what an answer means, by the contract.

mod saved;

use std::io::{self, IsTerminal, Write};

use clap::Args;
use face_search_enroll::{InFaceSet, Outcome, Retry, Stage};
use serde::Serialize;

use crate::{
    Exit, Format, Problem, advice,
    terminal::{BOLD, paint},
    write_json,
};
use saved::Saved;

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
    format: Format,
}

/// What something means.
#[derive(Debug, Serialize)]
struct Explanation {
    subject: Saved,
    outcome: Option<&'static str>,
    stage: Option<&'static str>,
    summary: &'static str,
    action: &'static str,
    retry: &'static str,
    /// The same for people.
    #[serde(skip)]
    repeat: &'static str,
    in_face_set: &'static str,
    account_wide: bool,
    /// What the same code may also mean, with another message.
    other_outcomes: Vec<Other>,
}

#[derive(Debug, Serialize)]
struct Other {
    outcome: &'static str,
    summary: &'static str,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Problem> {
    let subjects = match (&arguments.code, arguments.http_status) {
        (Some(code), _) => vec![named(code, arguments.message.as_deref())],
        (None, Some(status)) => vec![Saved {
            http_status: Some(status),
            ..Saved::default()
        }],
        (None, None) if io::stdin().is_terminal() => {
            return Err("nothing to explain; pass a code, or an answer on standard input".into());
        }
        (None, None) => saved::read(io::stdin().lock())?,
    };
    let mut out = anstream::stdout().lock();
    for (index, subject) in subjects.into_iter().enumerate() {
        let explanation = explain(subject)?;
        match arguments.format {
            Format::Json => write_json(&mut out, &explanation)?,
            Format::Text => {
                if index > 0 {
                    writeln!(out)?;
                }
                print(&mut out, &explanation)?;
            }
        }
    }
    out.flush()?;
    Ok(Exit::Enrolled)
}

/// A code, or what a person has read in a table of ours.
fn named(name: &str, message: Option<&str>) -> Saved {
    let mut saved = Saved::default();
    let outcome = Outcome::ALL
        .iter()
        .find(|outcome| outcome.as_str().eq_ignore_ascii_case(name));
    if known_codes().contains(&name) || message.is_some() {
        saved.code = Some(name.to_owned());
        saved.message = message.map(str::to_owned);
    } else if let Some(outcome) = outcome {
        saved.outcome = Some(outcome.as_str().to_owned());
    } else if advice::stage(name).is_some() {
        saved.stage = Some(name.to_owned());
    } else {
        saved.code = Some(name.to_owned());
    }
    saved
}

/// The codes of the contract, in its order.
fn known_codes() -> Vec<&'static str> {
    let mut known = Vec::new();
    for code in Outcome::ALL.iter().flat_map(|outcome| outcome.codes()) {
        if !known.contains(code) {
            known.push(*code);
        }
    }
    known
}

fn explain(subject: Saved) -> Result<Explanation, String> {
    let outcome = if let Some(name) = &subject.outcome {
        let unknown = || format!("unknown outcome {name:?}; is it of a newer version?");
        Some(advice::outcome(name).ok_or_else(unknown)?)
    } else if let Some(code) = &subject.code {
        let message = subject.message.as_deref().unwrap_or_default();
        Some(Outcome::classify(code, message))
    } else if subject.stage.is_none() {
        subject.http_status.and_then(Outcome::of_status)
    } else {
        None
    };
    if let Some(outcome) = outcome {
        return Ok(of_outcome(subject, outcome));
    }
    let unreadable = || Stage::Unreadable.as_str().to_owned();
    let stage = subject.stage.clone().unwrap_or_else(unreadable);
    let advice = advice::stage(&stage)
        .ok_or_else(|| format!("unknown stage {stage:?}; is it of a newer version?"))?;
    let (name, repeat) = retry(if advice.stage == Stage::Invalid {
        Retry::Never
    } else {
        Retry::Backoff
    });
    Ok(Explanation {
        subject,
        outcome: None,
        stage: Some(advice.stage.as_str()),
        summary: advice.summary,
        action: advice.action,
        retry: name,
        repeat,
        in_face_set: in_face_set(if advice.may_have_enrolled {
            InFaceSet::Unknown
        } else {
            InFaceSet::No
        }),
        account_wide: false,
        other_outcomes: Vec::new(),
    })
}

fn of_outcome(subject: Saved, outcome: Outcome) -> Explanation {
    let code = subject.code.as_deref();
    let others = Outcome::ALL.iter().filter(|other| {
        **other != outcome && code.is_some_and(|code| other.codes().contains(&code))
    });
    let other_outcomes = others
        .map(|other| Other {
            outcome: other.as_str(),
            summary: other.summary(),
        })
        .collect();
    let (name, repeat) = retry(outcome.retry());
    Explanation {
        subject,
        outcome: Some(outcome.as_str()),
        stage: None,
        summary: outcome.summary(),
        action: outcome.action(),
        retry: name,
        repeat,
        in_face_set: in_face_set(outcome.in_face_set()),
        account_wide: outcome.is_account_wide(),
        other_outcomes,
    }
}

/// As the contract names it, and for people.
fn retry(retry: Retry) -> (&'static str, &'static str) {
    match retry {
        Retry::Backoff => ("backoff", "after a delay"),
        Retry::Throttled => (
            "throttled",
            "after the delay that the server asks for, and slower",
        ),
        Retry::RefreshToken => ("refresh-token", "once, with a new token"),
        _ => ("never", "no"),
    }
}

fn in_face_set(face: InFaceSet) -> &'static str {
    match face {
        InFaceSet::Yes => "yes",
        InFaceSet::No => "no",
        _ => "unknown",
    }
}

fn print(out: &mut impl Write, explanation: &Explanation) -> io::Result<()> {
    let Explanation { subject, .. } = explanation;
    let name = explanation.outcome.or(explanation.stage);
    writeln!(out, "{}", paint(BOLD, name.unwrap_or_default()))?;
    let mut row = |name: &str, value: &str| writeln!(out, "  {name:<14}  {value}");
    for (name, value) in [
        ("signature id", &subject.signature_id),
        ("transaction", &subject.transaction_id),
        ("region", &subject.region),
        ("code", &subject.code),
        ("message", &subject.message),
    ] {
        if let Some(value) = value {
            row(name, &value.escape_debug().to_string())?;
        }
    }
    if let Some(status) = subject.http_status {
        row("HTTP status", &status.to_string())?;
    }
    row("what happened", explanation.summary)?;
    row("what to do", explanation.action)?;
    row("repeat", explanation.repeat)?;
    row("in face set", explanation.in_face_set)?;
    if explanation.account_wide {
        row("concerns", "every call of the account")?;
    }
    let known = known_codes();
    if subject
        .code
        .as_deref()
        .is_some_and(|code| !known.contains(&code))
    {
        row("known codes", &known.join(", "))?;
    }
    if !explanation.other_outcomes.is_empty() {
        row("may also mean", "with another message:")?;
    }
    for other in &explanation.other_outcomes {
        row("", &format!("{}: {}", other.outcome, other.summary))?;
    }
    Ok(())
}
