//! Many calls: a stream of signature ids in, a stream of results out.

use std::{
    fmt,
    num::{NonZeroU32, NonZeroUsize},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use futures_util::{
    FutureExt,
    stream::{FuturesUnordered, Stream, StreamExt},
};
use tokio::{runtime::Handle, task::JoinHandle};
use tracing::Instrument;

use crate::{
    Client, ConnectCause, EnrollError, Enrolled,
    call::without_runtime,
    pacer::{Pacer, Slot},
};

/// How many calls are under way at a time, and how many attempts are begun in a second.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Pace {
    concurrency: NonZeroUsize,
    /// From the beginning of one attempt to that of the next, at least.
    interval: Duration,
    patience: Duration,
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

    /// How long calls wait for a server that none of them reaches, or that asks for a pause; 5 minutes by
    /// default.
    ///
    /// While no call reaches the server, or the source of tokens fails, no item is taken, and one call at a
    /// time tries again, after a growing delay. When the time has passed, calls fail as a single call does.
    /// No time at all means that calls do not wait, but for their turn.
    pub const fn patience(mut self, time: Duration) -> Self {
        self.patience = time;
        self
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            concurrency: const { NonZeroUsize::new(8).unwrap() },
            interval: Duration::ZERO,
            patience: Duration::from_secs(300),
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
    /// The stream gives each item back with its result, in the order in which calls end. Items are taken
    /// while it is polled. Calls that have begun go on by themselves, each in a task of its own. A failed
    /// call does not end the stream.
    ///
    /// The pace holds for every attempt, repeats included. When the server asks to slow down, no
    /// attempt begins for as long as it asks, and a call that it throttled is sent again, whatever the
    /// [`RetryPolicy`](crate::RetryPolicy) says of attempts, unless that is to make only one. While no
    /// call reaches the server, all of them wait for it. How long calls wait is their
    /// [patience](Pace::patience). It is not counted against their
    /// [time-out](crate::ClientBuilder::timeout).
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
    pub fn enroll_all<S>(&self, items: S, pace: &Pace) -> EnrollAll<S>
    where
        S: Stream + Unpin,
        S::Item: Enrollable,
    {
        EnrollAll {
            client: self.clone(),
            pacer: Arc::new(Pacer::new(pace.interval, pace.patience)),
            concurrency: pace.concurrency.get(),
            items: Some(items),
            slot: None,
            awaited_slot: None,
            calls: FuturesUnordered::new(),
        }
    }
}

/// The results of [`Client::enroll_all`].
#[must_use = "streams do nothing unless they are polled"]
pub struct EnrollAll<S: Stream> {
    client: Client,
    pacer: Arc<Pacer>,
    concurrency: usize,
    /// None once there are no more.
    items: Option<S>,
    /// For the call of the next item.
    slot: Option<Slot>,
    awaited_slot: Option<Pin<Box<dyn Future<Output = Slot> + Send>>>,
    calls: FuturesUnordered<CallUnderWay<S::Item>>,
}

impl<S: Stream> EnrollAll<S> {
    /// How long no attempt begins yet because the server asked for a pause, if it did.
    #[must_use]
    pub fn pause_left(&self) -> Option<Duration> {
        self.pacer.pause_left()
    }

    /// Why calls make no connection now, while they wait for a server that none of them reaches.
    #[must_use]
    pub fn outage_cause(&self) -> Option<ConnectCause> {
        self.pacer.cause()
    }

    /// How long calls have waited, all in all, for a server that none of them reached.
    #[must_use]
    pub fn waited_for_server(&self) -> Duration {
        self.pacer.waited()
    }
}

impl<S> EnrollAll<S>
where
    S: Stream + Unpin,
    S::Item: Enrollable,
{
    /// Takes an item once its call may begin, not before: until then it is still where it comes from.
    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<(S::Item, Slot)>> {
        let Some(items) = &mut self.items else {
            return Poll::Ready(None);
        };
        if items.size_hint().1 == Some(0) {
            // Nobody waits for a slot that nobody takes.
            return Poll::Ready(None);
        }
        if self.slot.is_none() {
            let awaited = self.awaited_slot.get_or_insert_with(|| {
                let pacer = Arc::clone(&self.pacer);
                Box::pin(async move { pacer.acquire_slot(false).await })
            });
            let slot = ready!(awaited.poll_unpin(context));
            self.awaited_slot = None;
            self.slot = Some(slot);
        }
        let item = ready!(items.poll_next_unpin(context));
        Poll::Ready(item.zip(self.slot.take()))
    }

    fn begin(&self, item: S::Item, slot: Slot) {
        let (client, pacer) = (self.client.clone(), Arc::clone(&self.pacer));
        let id = item.signature_id().to_owned();
        let call = async move { client.call(&id, Some((&pacer, slot))).await };
        let runtime = Handle::try_current().ok();
        self.calls.push(CallUnderWay {
            item: Some(item),
            task: runtime.map(|runtime| runtime.spawn(call.in_current_span())),
        });
    }
}

impl<S> Stream for EnrollAll<S>
where
    S: Stream + Unpin,
    S::Item: Enrollable,
{
    type Item = (S::Item, Result<Enrolled, EnrollError>);

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while self.calls.len() < self.concurrency {
            match self.poll_item(context) {
                Poll::Ready(Some((item, slot))) => self.begin(item, slot),
                Poll::Ready(None) => {
                    self.items = None;
                    break;
                }
                Poll::Pending => break,
            }
        }
        match ready!(self.calls.poll_next_unpin(context)) {
            Some((item, Some(result))) => Poll::Ready(Some((item, result))),
            Some((item, None)) => {
                let error = without_runtime(&self.client.core.endpoint);
                Poll::Ready(Some((item, Err(error))))
            }
            None if self.items.is_none() => Poll::Ready(None),
            None => Poll::Pending,
        }
    }
}

impl<S: Stream> fmt::Debug for EnrollAll<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EnrollAll")
            .field("client", &self.client)
            .field("calls", &self.calls.len())
            .finish_non_exhaustive()
    }
}

/// A call in a task of its own, which ends with this.
struct CallUnderWay<I> {
    /// None once it was given back.
    item: Option<I>,
    /// None where there is no runtime for it.
    task: Option<JoinHandle<Result<Enrolled, EnrollError>>>,
}

impl<I> Unpin for CallUnderWay<I> {}

impl<I> Future for CallUnderWay<I> {
    /// Without a result if the runtime has none: it is not there, or was shut down.
    type Output = (I, Option<Result<Enrolled, EnrollError>>);

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let result = match &mut self.task {
            Some(task) => ready!(task.poll_unpin(context)).ok(),
            None => None,
        };
        // It is polled once more by nobody.
        self.item
            .take()
            .map_or(Poll::Pending, |item| Poll::Ready((item, result)))
    }
}

impl<I> Drop for CallUnderWay<I> {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}
