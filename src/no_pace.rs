//! Without the feature `bulk` no call has a pace.

use std::{future::Ready, time::Duration};

/// There is none.
pub(crate) enum Pacer {}

impl Pacer {
    pub(crate) fn ready(&self) -> Ready<()> {
        match *self {}
    }

    pub(crate) fn unpaused(&self) -> Ready<()> {
        match *self {}
    }

    pub(crate) fn throttled(&self, _: Option<Duration>, _: impl FnOnce(u32) -> Duration) {
        match *self {}
    }

    pub(crate) fn went_through(&self) {
        match *self {}
    }
}
