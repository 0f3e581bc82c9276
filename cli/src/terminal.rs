//! Output for people besides the results: notes, errors and progress.

use std::{
    fmt::Display,
    io::{IsTerminal, Write},
    time::Duration,
};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::problem::causes;

pub(crate) const RED: Style = AnsiColor::Red.on_default().bold();
pub(crate) const YELLOW: Style = AnsiColor::Yellow.on_default();
pub(crate) const GREEN: Style = AnsiColor::Green.on_default();
pub(crate) const BOLD: Style = Style::new().bold();

/// A text in a style. The streams of `anstream` remove the style where the output does not support it.
pub(crate) fn paint(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Prints a line on standard error, without colours where they are not wanted. Errors are ignored: a closed
/// standard error is no reason to fail.
pub(crate) fn say(line: impl Display) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// Prints a note for the user.
pub(crate) fn say_note(note: impl Display) {
    say(format_args!("{} {note}", paint(BOLD, "note:")));
}

/// The text of an error message.
pub(crate) fn error_text(problem: impl Display) -> String {
    format!("{} {problem}", paint(RED, "error:"))
}

/// Prints an error and its causes.
pub(crate) fn say_error(error: &(dyn std::error::Error + 'static)) {
    say(error_text(error));
    for cause in causes(error) {
        say(format_args!("  caused by: {cause}"));
    }
}

/// The number of steps of the progress bar.
const PARTS: u64 = 1000;

/// How often the progress bar is drawn.
const FRAME: Duration = Duration::from_millis(100);

/// How often a line is printed if there is no terminal.
const LINE: Duration = Duration::from_secs(10);

/// Standard error, where a run shows its progress.
#[derive(Debug)]
pub(crate) struct Terminal {
    bar: Option<ProgressBar>,
    lines: bool,
}

impl Terminal {
    /// Shows no progress.
    pub(crate) fn silent() -> Self {
        Self {
            bar: None,
            lines: false,
        }
    }

    /// Shows a bar if standard error is a terminal and `has_room` for one. Without a terminal, a line is
    /// printed at intervals. `known` says whether the end of the run is known.
    pub(crate) fn new(has_room: bool, known: bool) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let bar = (terminal && has_room).then(|| {
            let template = if known {
                "{bar:16} {percent:>3}% {wide_msg}"
            } else {
                "{spinner} {wide_msg}"
            };
            let target = ProgressDrawTarget::stderr_with_hz(10);
            let bar = ProgressBar::with_draw_target(Some(PARTS), target);
            // This does not fail, because the templates are fixed.
            let style = ProgressStyle::with_template(template);
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        });
        Self {
            bar,
            lines: !terminal,
        }
    }

    /// The interval at which [`Self::show`] is to be called.
    pub(crate) fn period(&self) -> Duration {
        if self.bar.is_some() { FRAME } else { LINE }
    }

    /// Shows the progress of a run.
    pub(crate) fn show(&self, share: Option<f64>, state: &str) {
        if let Some(bar) = &self.bar {
            let share = share.unwrap_or_default().clamp(0.0, 1.0);
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_precision_loss,
                clippy::cast_sign_loss
            )]
            bar.set_position((share * PARTS as f64) as u64);
            bar.set_message(state.to_owned());
        } else if self.lines {
            match share {
                Some(share) => say(format_args!("{:.0}%, {state}", share * 100.0)),
                None => say(state),
            }
        }
    }

    /// Prints a line, and draws the bar again below it.
    pub(crate) fn say(&self, line: impl Display) {
        match &self.bar {
            Some(bar) => bar.suspend(|| say(line)),
            None => say(line),
        }
    }

    /// Removes the bar.
    pub(crate) fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
