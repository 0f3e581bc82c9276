//! Classifies an answer with the rules of the contract, as the client does.

use super::{Match, Outcome, fold};

/// Which part of an answer decided its outcome. A later variant uses more of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// Nothing: the code is unlisted, so the outcome is the default.
    Nothing,
    /// Only the code.
    Code,
    /// The code and the message.
    Message,
}

/// The outcome of an answer with this code and message.
pub(crate) fn classify<'o>(
    outcomes: &'o [Outcome],
    code: &str,
    message: &str,
) -> Option<(&'o Outcome, Precision)> {
    let message = fold(message);
    let rank = |text: &Match| match text {
        Match::Exactly(text) => (message == fold(text)).then_some(3),
        Match::Containing(text) => message.contains(&fold(text)).then_some(2),
        Match::Any => Some(1),
    };
    let of_code = outcomes.iter().flat_map(|outcome| {
        let rules = outcome.rules.iter().filter(|rule| *rule.code == code);
        rules.filter_map(move |rule| Some((outcome, rank(&rule.message)?)))
    });
    // Two rules of the same rank are possible only for `Containing`. There the first one counts.
    let best = of_code.reduce(|best, next| if next.1 > best.1 { next } else { best });
    match best {
        Some((outcome, 1)) => Some((outcome, Precision::Code)),
        Some((outcome, _)) => Some((outcome, Precision::Message)),
        None => {
            let default = outcomes.iter().find(|outcome| outcome.default)?;
            Some((default, Precision::Nothing))
        }
    }
}
