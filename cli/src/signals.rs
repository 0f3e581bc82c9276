//! Signals that ask the command to stop.

use std::{io, process, thread};

use tokio::sync::mpsc;

use crate::exit::Exit;

/// Receives SIGINT, SIGTERM and SIGHUP from its creation on.
#[cfg(unix)]
pub(crate) struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    /// `None` if the process was started so that it outlives its terminal.
    hang_up: Option<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Signals {
    pub(crate) fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: if ignores_hang_up() {
                None
            } else {
                Some(signal(SignalKind::hangup())?)
            },
        })
    }

    /// Resolves at the next signal.
    pub(crate) async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            Some(()) = recv(self.hang_up.as_mut()) => {}
        }
    }
}

#[cfg(unix)]
async fn recv(signal: Option<&mut tokio::signal::unix::Signal>) -> Option<()> {
    signal?.recv().await
}

/// Whether the process was started with SIGHUP ignored, as `nohup` does.
#[cfg(target_os = "linux")]
fn ignores_hang_up() -> bool {
    /// The lowest bit of the mask.
    const SIGHUP: u64 = 1;

    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask & SIGHUP != 0)
}

/// Other systems do not tell. But `nohup` redirects standard error, so that it is not a terminal.
#[cfg(all(unix, not(target_os = "linux")))]
fn ignores_hang_up() -> bool {
    use std::io::IsTerminal;

    !io::stderr().is_terminal()
}

/// Receives Ctrl-C.
#[cfg(not(unix))]
pub(crate) struct Signals;

#[cfg(not(unix))]
impl Signals {
    #[allow(clippy::unnecessary_wraps)]
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self)
    }

    /// Resolves at the next signal.
    pub(crate) async fn next(&mut self) {
        // Without this signal, the process can only be ended from outside.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// Reports the first signal, and exits at the second. This needs a separate thread, because the main one may
/// be blocked in a write.
#[derive(Debug)]
pub(crate) struct StopSignals(mpsc::Receiver<()>);

impl StopSignals {
    pub(crate) fn start() -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let mut signals = {
            let _inside = runtime.enter();
            Signals::new()?
        };
        let (first, told) = mpsc::channel(1);
        let wait = async move {
            signals.next().await;
            let _ = first.send(()).await;
            signals.next().await;
            process::exit(Exit::Failed as i32)
        };
        thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || runtime.block_on(wait))?;
        Ok(Self(told))
    }

    /// Resolves at the first signal, once.
    pub(crate) async fn first(&mut self) {
        if self.0.recv().await.is_none() {
            std::future::pending::<()>().await;
        }
    }
}
