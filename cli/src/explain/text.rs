//! An explanation for people.

use std::io::{self, Write};

use super::explanation::{Explanation, known_codes};
use crate::terminal::{BOLD, paint};

pub(crate) fn print(out: &mut impl Write, explanation: &Explanation) -> io::Result<()> {
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
