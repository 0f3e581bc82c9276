//! Bulk calls, from a stream of signature ids to a stream of results. The runtime package limits their rate.

use std::{
    fmt,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use face_search_enroll_runtime::pace::{PacedCalls, Turn};
use futures_util::stream::Stream;

use crate::{Client, ConnectCause, EnrollError, Enrolled, Pace, call::without_runtime};

/// An item of [`Client::enroll_all`]: a signature id, with or without a payload.
///
/// A string is an item, and so is a pair of an item and a payload of any type. If you implement this trait for
/// your own type, each result comes with its value.
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

/// An item with a payload, such as the line number that it came from.
impl<I: Enrollable, P> Enrollable for (I, P) {
    fn signature_id(&self) -> &str {
        self.0.signature_id()
    }
}

impl Client {
    /// Enrolls the faces of many journeys, within the limits of a [`Pace`].
    ///
    /// The stream returns each item with its result, in the order in which calls end. It takes items only
    /// while you poll it. Calls that have begun continue between polls, each in its own task. A failed call
    /// does not end the stream.
    ///
    /// The pace applies to every attempt, retries included. If the server asks for a pause, no attempt begins
    /// before the pause ends. A throttled call is retried more often than the
    /// [`RetryPolicy`](crate::RetryPolicy) says, except if the policy allows only one attempt. While no call
    /// reaches the server, all calls wait for it, for at most the [patience](Pace::patience) of the pace. The
    /// wait does not count towards their [timeout](crate::ClientBuilder::timeout).
    ///
    /// ```
    /// use face_search_enroll::{Client, Pace};
    /// use futures_util::{StreamExt, stream};
    ///
    /// # async fn enroll(client: Client) {
    /// // Each id with its line number.
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
    /// If you drop the stream, the running calls are cancelled. The server may have received their requests.
    /// If you passed a `&mut` stream, it still has the items that were not taken.
    pub fn enroll_all<S>(&self, items: S, pace: &Pace) -> EnrollAll<S>
    where
        S: Stream + Unpin,
        S::Item: Enrollable,
    {
        EnrollAll {
            client: self.clone(),
            calls: PacedCalls::new(items, pace),
        }
    }
}

/// The results of [`Client::enroll_all`].
#[must_use = "streams do nothing unless they are polled"]
pub struct EnrollAll<S: Stream> {
    client: Client,
    calls: PacedCalls<S, Result<Enrolled, EnrollError>>,
}

impl<S: Stream> EnrollAll<S> {
    /// The rest of the pause that the server asked for. No attempt begins before it ends. None if there is
    /// no pause.
    #[must_use]
    pub fn pause_left(&self) -> Option<Duration> {
        self.calls.pacer().pause_left()
    }

    /// Why calls cannot connect, while they wait for the server. None if they do not wait, or if the cause is
    /// not known.
    #[must_use]
    pub fn outage_cause(&self) -> Option<ConnectCause> {
        self.calls.pacer().outage_cause()
    }

    /// The total time during which no call reached the server and calls waited for it.
    #[must_use]
    pub fn waited_for_server(&self) -> Duration {
        self.calls.pacer().waited_for_server()
    }
}

impl<S> Stream for EnrollAll<S>
where
    S: Stream + Unpin,
    S::Item: Enrollable,
{
    type Item = (S::Item, Result<Enrolled, EnrollError>);

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { client, calls } = &mut *self;
        let next = ready!(calls.poll_next(context, |item, pacer, slot| {
            let (client, id) = (client.clone(), item.signature_id().to_owned());
            async move { client.call(&id, Turn::new(&pacer, slot)).await }
        }));
        Poll::Ready(next.map(|(item, result)| {
            let result = result.unwrap_or_else(|| Err(without_runtime(client.endpoint())));
            (item, result)
        }))
    }
}

impl<S: Stream> fmt::Debug for EnrollAll<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EnrollAll")
            .field("client", &self.client)
            .field("calls", &self.calls)
            .finish()
    }
}
