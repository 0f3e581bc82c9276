//! Answers that concern every call of the account: a run of them ends early.

use face_search_enroll::Outcome;

/// So many of them in a row, and no more ids are taken.
pub(crate) const LIMIT: u32 = 10;

/// How many such answers came in a row, all with one outcome.
#[derive(Debug, Default)]
pub(crate) struct AccountWideStreak(Option<(Outcome, u32)>);

impl AccountWideStreak {
    /// Adds an answer. Gives the outcome if it is one too many.
    pub(crate) fn add(&mut self, outcome: Option<Outcome>) -> Option<Outcome> {
        let account_wide = outcome.filter(|outcome| outcome.is_account_wide());
        self.0 = account_wide.map(|outcome| {
            let before = self.0.filter(|(before, _)| *before == outcome);
            (outcome, before.map_or(1, |(_, count)| count + 1))
        });
        let (outcome, count) = self.0?;
        (count >= LIMIT).then_some(outcome)
    }
}
