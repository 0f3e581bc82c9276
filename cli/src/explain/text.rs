//! An explanation for people.

use std::io::{self, Write};

use super::explanation::Explanation;
use crate::terminal::{BOLD, paint};

/// Prints the explanation. If its code is not in `known`, it also lists the known codes.
pub(crate) fn print(
    out: &mut impl Write,
    explanation: &Explanation<'_>,
    known: &[&str],
) -> io::Result<()> {
    let Explanation {
        subject,
        operations,
        meaning,
        effects,
    } = explanation;
    let name = meaning.outcome.or(meaning.stage);
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
    row("operation", &operations.join(", "))?;
    row("what happened", meaning.summary)?;
    row("what to do", meaning.action)?;
    row("retry", meaning.retry_text)?;
    for (effect, there) in effects {
        row(effect, there)?;
    }
    if meaning.account_wide {
        row("affects", "every call of the account")?;
    }
    if subject
        .code
        .as_deref()
        .is_some_and(|code| !known.contains(&code))
    {
        row("known codes", &known.join(", "))?;
    }
    if !meaning.other_outcomes.is_empty() {
        row("may also mean", "with another message:")?;
    }
    for other in &meaning.other_outcomes {
        row("", &format!("{}: {}", other.outcome, other.summary))?;
    }
    Ok(())
}
