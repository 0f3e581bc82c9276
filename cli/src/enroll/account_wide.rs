//! Responses that affect every call of the account. Several in a row stop a run.

use face_search_enroll::Outcome;

/// After so many of them in a row, no new calls are started.
pub(crate) const LIMIT: u32 = 10;

/// How many such responses came in a row, all with the same outcome.
#[derive(Debug, Default)]
pub(crate) struct AccountWideStreak(Option<(Outcome, u32)>);

impl AccountWideStreak {
    /// Adds a response. Returns the outcome once the limit is reached.
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
