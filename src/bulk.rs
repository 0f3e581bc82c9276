//! Many calls: a stream of signature ids in, a stream of results out.

use std::{
    num::{NonZeroU32, NonZeroUsize},
    sync::Arc,
    time::Duration,
};

use futures_util::stream::{self, Stream, StreamExt};

use crate::{Client, EnrollError, Enrolled, pacer::Pacer};

/// How many calls are under way at a time, and how many attempts are begun in a second.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Pace {
    concurrency: NonZeroUsize,
    /// From the beginning of one attempt to that of the next, at least.
    interval: Duration,
}

impl Pace {
    /// This many calls at a time; 8 by default.
    pub const fn concurrency(mut self, calls: NonZeroUsize) -> Self {
        self.concurrency = calls;
        self
    }

    /// At most this many attempts a second, repeats included, evenly spaced but for what a timer that
    /// was late has left over; by default as many as there can be.
    pub const fn rate(self, per_second: NonZeroU32) -> Self {
        let nanoseconds = 1_000_000_000 / per_second.get() as u64;
        self.interval(Duration::from_nanos(nanoseconds))
    }

    /// At least this long from one attempt to the next, repeats included: a [rate](Self::rate) for
    /// those who may call less than once a second. No time at all is no limit.
    pub const fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            concurrency: const { NonZeroUsize::new(8).unwrap() },
            interval: Duration::ZERO,
        }
    }
}

/// An item of [`Client::enroll_all`]: a signature id, perhaps with something that belongs to it.
///
/// Texts are items, and so is a pair of an item and a payload of any type. Implement it for a type of
/// your own to get that back with each result.
pub trait Enrollable {
    /// The signature id of the journey.
    fn signature_id(&self) -> &str;
}

impl Enrollable for str {
    fn signature_id(&self) -> &str {
        self
    }
}

impl Enrollable for String {
    fn signature_id(&self) -> &str {
        self
    }
}

macro_rules! pointers {
    ($($pointer:ty),*) => {
        $(impl<I: Enrollable + ?Sized> Enrollable for $pointer {
            fn signature_id(&self) -> &str {
                I::signature_id(self)
            }
        })*
    };
}

pointers!(&I, Box<I>, Arc<I>);

/// An item with a payload, such as the line that it stood on.
impl<I: Enrollable, P> Enrollable for (I, P) {
    fn signature_id(&self) -> &str {
        self.0.signature_id()
    }
}

impl Client {
    /// Enrolls the faces of many journeys, at a [`Pace`].
    ///
    /// The stream gives each item back with its result, in the order in which calls end. It is lazy:
    /// items are taken as calls end, and nothing is sent unless it is polled. A failed call does not
    /// end it.
    ///
    /// The pace holds for every attempt, repeats included. When the server asks to slow down, no
    /// attempt begins for as long as it asks. The time that a call waits for its turn is not
    /// counted against its [time-out](crate::ClientBuilder::timeout).
    ///
    /// ```
    /// use face_search_enroll::{Client, Pace};
    /// use futures_util::{StreamExt, stream};
    ///
    /// # async fn enroll(client: Client) {
    /// // Each id with the line that it stood on.
    /// let ids = stream::iter([("730baa5ab2e34e53", 1), ("ed8b21c0c87ad617", 2)]);
    /// let mut results = client.enroll_all(ids, &Pace::default());
    /// while let Some(((id, line), result)) = results.next().await {
    ///     println!("line {line}: {id} {}", result.is_ok());
    /// }
    /// # }
    /// ```
    ///
    /// # Cancel safety
    ///
    /// Dropping the stream ends the calls under way wherever they are: their requests may have been
    /// received. Items that it has not taken are still in the stream that gave them, if that was lent.
    pub fn enroll_all<S>(
        &self,
        items: S,
        pace: &Pace,
    ) -> impl Stream<Item = (S::Item, Result<Enrolled, EnrollError>)> + Unpin + use<S>
    where
        S: Stream + Unpin,
        S::Item: Enrollable,
    {
        let client = self.clone();
        let pacer = Arc::new(Pacer::new(pace.interval));
        // An item is taken when its call may begin, not before: until then it is still in the stream.
        let slots = (items, Arc::clone(&pacer));
        let items = stream::unfold(slots, |(mut items, pacer)| async {
            if items.size_hint().1 == Some(0) {
                // Nobody waits for a slot that nobody takes.
                return None;
            }
            pacer.acquire_slot().await;
            let item = items.next().await?;
            // The item may have been waited for.
            pacer.unpaused().await;
            Some((item, (items, pacer)))
        });
        let call = move |item: S::Item| {
            let (client, pacer) = (client.clone(), Arc::clone(&pacer));
            async move {
                let result = client.call(item.signature_id(), Some(&pacer)).await;
                (item, result)
            }
        };
        // What is polled is boxed: the calls themselves cannot be moved.
        Box::pin(items.map(call).buffer_unordered(pace.concurrency.get()))
    }
}
