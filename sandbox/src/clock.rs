//! The clock of a sandbox, which may differ from that of the machine.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::http::HeaderValue;

/// The last millisecond that the `Date` header can say.
const LAST: i64 = 253_402_300_799_999;

/// A clock that is this many seconds ahead of the machine's.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Clock {
    pub(crate) offset: i64,
}

impl Clock {
    /// The time in milliseconds since 1970 UTC.
    pub(crate) fn now(self) -> i64 {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = now.map_or(0, |now| i64::try_from(now.as_millis()).unwrap_or(LAST));
        now.saturating_add(self.offset.saturating_mul(1000))
            .clamp(0, LAST)
    }

    /// The time as the `Date` header says it.
    pub(crate) fn date(self) -> Option<HeaderValue> {
        let since = Duration::from_millis(u64::try_from(self.now()).ok()?);
        let date = httpdate::fmt_http_date(UNIX_EPOCH + since);
        HeaderValue::try_from(date).ok()
    }
}
