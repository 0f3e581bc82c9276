//! Counts the results of many ids for the summary at the end of a run.

use std::{cmp::Reverse, fmt::Display, time::Duration};

use face_search_enroll::Outcome;
use hdrhistogram::Histogram;
use indicatif::HumanCount;

use crate::{
    exit::Exit,
    failure_advice,
    status::Status,
    terminal::{BOLD, paint},
};

/// Counts of results by status and reason.
#[derive(Debug)]
pub(crate) struct RunSummary {
    rows: Vec<SummaryRow>,
    /// In milliseconds. The relative error of a value is at most one sixteenth.
    times: Option<Histogram<u64>>,
    slowest: Option<(u64, String)>,
}

#[derive(Debug)]
struct SummaryRow {
    status: Status,
    /// The outcome, or else the stage. Empty for a plain success.
    reason: String,
    count: u64,
}

impl SummaryRow {
    /// The text for people. A success has a reason only if the response to an earlier attempt was lost.
    fn label(&self) -> &'static str {
        if self.status == Status::Enrolled && !self.reason.is_empty() {
            return "enrolled, confirmed by a retry";
        }
        self.status.text()
    }
}

/// The part of a result that is counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SummaryEntry<'r> {
    pub(crate) status: Status,
    pub(crate) reason: &'r str,
    pub(crate) id: &'r str,
    /// `None` if nothing was sent.
    pub(crate) elapsed_ms: Option<u64>,
}

impl RunSummary {
    pub(crate) fn new() -> Self {
        Self {
            rows: Vec::new(),
            // This never fails for one significant digit.
            times: Histogram::new(1).ok(),
            slowest: None,
        }
    }

    pub(crate) fn add(&mut self, entry: SummaryEntry<'_>) {
        let reason = match entry.status {
            Status::Enrolled if entry.reason == Outcome::AlreadyEnrolled.as_str() => entry.reason,
            Status::Enrolled | Status::AlreadyEnrolled => "",
            Status::Rejected | Status::Failed => entry.reason,
        };
        let known = self
            .rows
            .iter_mut()
            .find(|row| row.status == entry.status && row.reason == reason);
        match known {
            Some(row) => row.count += 1,
            None => self.rows.push(SummaryRow {
                status: entry.status,
                reason: reason.to_owned(),
                count: 1,
            }),
        }
        let Some(elapsed_ms) = entry.elapsed_ms else {
            return;
        };
        if let Some(times) = &mut self.times {
            // The histogram grows as needed, so this does not fail.
            let _ = times.record(elapsed_ms);
        }
        let slowest = self.slowest.as_ref();
        if slowest.is_none_or(|(most, _)| *most < elapsed_ms) {
            self.slowest = Some((elapsed_ms, entry.id.to_owned()));
        }
    }

    pub(crate) fn total(&self) -> u64 {
        self.rows.iter().map(|row| row.count).sum()
    }

    /// The number of ids per second.
    #[allow(clippy::cast_precision_loss)]
    pub(crate) fn rate(&self, elapsed: Duration) -> f64 {
        self.total() as f64 / elapsed.as_secs_f64().max(f64::MIN_POSITIVE)
    }

    pub(crate) fn count(&self, status: Status) -> u64 {
        let rows = self.rows.iter().filter(|row| row.status == status);
        rows.map(|row| row.count).sum()
    }

    /// The exit code of the worst result.
    pub(crate) fn exit(&self) -> Exit {
        let exits = self.rows.iter().map(|row| row.status.exit());
        exits.max().unwrap_or(Exit::Enrolled)
    }

    /// The summary for people: a table, a total, and what to do.
    pub(crate) fn lines(&self, elapsed: Option<Duration>) -> Vec<String> {
        if self.rows.is_empty() {
            return vec!["no ids to send".to_owned()];
        }
        let mut rows: Vec<_> = self.rows.iter().collect();
        rows.sort_by_key(|row| (row.status, Reverse(row.count)));
        let mut lines = table(&rows);
        let mut total = count_of(self.total(), "id");
        if let Some(elapsed) = elapsed {
            let rate = self.rate(elapsed);
            let whole = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
            total = format!("{total} in {}, {rate:.1}/s", milliseconds(whole));
        }
        if let Some(speed) = self.speed() {
            total = format!("{total}; {speed}");
        }
        lines.push(total);
        rows.retain(|row| row.status.exit() != Exit::Enrolled);
        let actions = rows.iter().filter_map(|row| {
            let action = failure_advice::action(&row.reason)?;
            Some(format!("  {}: {action}", paint(BOLD, &row.reason)))
        });
        let actions: Vec<_> = actions.collect();
        if !actions.is_empty() {
            lines.push(paint(BOLD, "what to do:"));
        }
        lines.extend(actions);
        lines
    }

    /// The times of the median call and the slowest call, if any was sent.
    fn speed(&self) -> Option<String> {
        let times = self.times.as_ref()?;
        let (slowest, id) = self.slowest.as_ref()?;
        let median = times.lowest_equivalent(times.value_at_quantile(0.5));
        Some(format!(
            "the median call took {}, the slowest {} ({})",
            milliseconds(median),
            milliseconds(*slowest),
            id.escape_debug()
        ))
    }
}

fn table(rows: &[&SummaryRow]) -> Vec<String> {
    let widest =
        |width: fn(&SummaryRow) -> usize| rows.iter().map(|row| width(row)).max().unwrap_or(0);
    let counts = widest(|row| HumanCount(row.count).to_string().len());
    let statuses = widest(|row| row.label().len());
    let line = |row: &&SummaryRow| {
        let (count, text) = (HumanCount(row.count).to_string(), row.label());
        let status = paint(row.status.style(), text);
        if row.status.exit() == Exit::Enrolled {
            return format!("  {count:>counts$}  {status}");
        }
        let space = statuses - text.len();
        format!("  {count:>counts$}  {status}{:space$}  {}", "", row.reason)
    };
    rows.iter().map(line).collect()
}

fn milliseconds(time: u64) -> String {
    if time == 0 {
        return "less than 1ms".to_owned();
    }
    humantime::format_duration(Duration::from_millis(time)).to_string()
}

/// A count with its noun.
pub(crate) fn count_of(number: u64, what: impl Display) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {what}{plural}", HumanCount(number))
}
