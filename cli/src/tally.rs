//! What became of many ids, counted.

use std::{cmp::Reverse, fmt::Display, time::Duration};

use anstyle::Style;

use crate::{
    Exit, advice,
    record::Status,
    terminal::{BOLD, paint},
};

/// Counts by what became of ids and why.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    rows: Vec<Row>,
    times: Times,
    slowest: Option<(u64, String)>,
}

#[derive(Debug)]
struct Row {
    status: Status,
    /// The outcome, or the stage where there is none.
    reason: String,
    count: u64,
}

/// One call, as far as it is counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counted<'r> {
    pub(crate) status: Status,
    pub(crate) reason: &'r str,
    pub(crate) id: &'r str,
    /// Nothing if it was not sent.
    pub(crate) elapsed_ms: Option<u64>,
}

impl Tally {
    pub(crate) fn add(&mut self, call: Counted<'_>) {
        let known = self
            .rows
            .iter_mut()
            .find(|row| row.status == call.status && row.reason == call.reason);
        match known {
            Some(row) => row.count += 1,
            None => self.rows.push(Row {
                status: call.status,
                reason: call.reason.to_owned(),
                count: 1,
            }),
        }
        let Some(elapsed_ms) = call.elapsed_ms else {
            return;
        };
        self.times.add(elapsed_ms);
        if self
            .slowest
            .as_ref()
            .is_none_or(|(most, _)| *most < elapsed_ms)
        {
            self.slowest = Some((elapsed_ms, call.id.to_owned()));
        }
    }

    pub(crate) fn total(&self) -> u64 {
        self.rows.iter().map(|row| row.count).sum()
    }

    /// How many a second.
    #[allow(clippy::cast_precision_loss)]
    pub(crate) fn rate(&self, elapsed: Duration) -> f64 {
        self.total() as f64 / elapsed.as_secs_f64().max(f64::MIN_POSITIVE)
    }

    pub(crate) fn count(&self, status: Status) -> u64 {
        let rows = self.rows.iter().filter(|row| row.status == status);
        rows.map(|row| row.count).sum()
    }

    /// The exit code that the worst of them deserves.
    pub(crate) fn exit(&self) -> Exit {
        let exits = self.rows.iter().map(|row| row.status.exit());
        exits.max().unwrap_or(Exit::Enrolled)
    }

    /// All of it, for people: a table, a total, and what to do.
    pub(crate) fn lines(&self, elapsed: Option<Duration>) -> Vec<String> {
        if self.rows.is_empty() {
            return vec!["no ids to call".to_owned()];
        }
        let mut rows: Vec<_> = self.rows.iter().collect();
        rows.sort_by_key(|row| (row.status, Reverse(row.count)));
        let mut lines = table(&rows);
        let mut total = counted(self.total(), "id");
        if let Some(elapsed) = elapsed {
            let rate = self.rate(elapsed);
            let whole = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
            total = format!("{total} in {}, {rate:.1}/s", milliseconds(whole));
        }
        let speed = self.speed();
        lines.push(speed.map_or_else(|| total.clone(), |speed| format!("{total}; {speed}")));
        rows.retain(|row| row.status.exit() != Exit::Enrolled);
        let actions = rows.iter().filter_map(|row| {
            let action = advice::action(&row.reason)?;
            Some(format!("  {}: {action}", paint(BOLD, &row.reason)))
        });
        let actions: Vec<_> = actions.collect();
        if !actions.is_empty() {
            lines.push(paint(BOLD, "what to do:"));
        }
        lines.extend(actions);
        lines
    }

    /// The median and the slowest call, if any was sent.
    fn speed(&self) -> Option<String> {
        let (slowest, id) = self.slowest.as_ref()?;
        Some(format!(
            "the median call took {}, the slowest {} ({})",
            milliseconds(self.times.median()),
            milliseconds(*slowest),
            id.escape_debug()
        ))
    }
}

fn table(rows: &[&Row]) -> Vec<String> {
    let widest = |width: fn(&Row) -> usize| rows.iter().map(|row| width(row)).max().unwrap_or(0);
    let counts = widest(|row| grouped(row.count).len());
    let statuses = widest(|row| row.status.text().len());
    let line = |row: &&Row| {
        let (count, text) = (grouped(row.count), row.status.text());
        let status = paint(row.status.style(), text);
        if row.status.exit() == Exit::Enrolled {
            return format!("  {count:>counts$}  {status}");
        }
        let space = statuses - text.len();
        format!("  {count:>counts$}  {status}{:space$}  {}", "", row.reason)
    };
    rows.iter().map(line).collect()
}

/// Times in buckets, none of them wider than a sixteenth of what is in it.
#[derive(Debug, Default)]
struct Times(Vec<u64>);

impl Times {
    fn add(&mut self, time: u64) {
        let bucket = usize::try_from(bucket(time)).unwrap_or_default();
        if self.0.len() <= bucket {
            self.0.resize(bucket + 1, 0);
        }
        if let Some(count) = self.0.get_mut(bucket) {
            *count += 1;
        }
    }

    fn median(&self) -> u64 {
        let half = self.0.iter().sum::<u64>().div_ceil(2);
        let mut seen = 0;
        let bucket = self.0.iter().position(|count| {
            seen += count;
            seen >= half
        });
        bucket.map_or(0, |bucket| {
            lowest(u64::try_from(bucket).unwrap_or_default())
        })
    }
}

/// Small numbers have a bucket each, larger ones sixteen for each power of two.
fn bucket(time: u64) -> u64 {
    let shift = u64::from((time | 16).ilog2()) - 4;
    shift * 16 + (time >> shift)
}

fn lowest(bucket: u64) -> u64 {
    let shift = (bucket / 16).saturating_sub(1);
    (bucket - shift * 16) << shift
}

fn milliseconds(time: u64) -> String {
    if time == 0 {
        return "less than 1ms".to_owned();
    }
    humantime::format_duration(Duration::from_millis(time)).to_string()
}

/// A number with a comma before each three digits.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// So many of something.
pub(crate) fn counted(number: u64, what: impl Display) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {what}{plural}", grouped(number))
}

impl Status {
    pub(crate) fn style(self) -> Style {
        use crate::terminal::{GREEN, RED, YELLOW};

        match self {
            Self::Enrolled | Self::AlreadyEnrolled => GREEN,
            Self::Rejected => YELLOW,
            Self::Failed => RED,
        }
    }
}
