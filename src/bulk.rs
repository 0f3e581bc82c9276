//! Many calls: a stream of signature ids in, a stream of results out.

use std::sync::Arc;

use futures_util::stream::{self, Stream, StreamExt};

use crate::{Client, EnrollError, Enrolled, Pace, pace::Pacer};

impl Client {
    /// Enrolls the faces of many journeys, at a [`Pace`].
    ///
    /// The stream gives each id with its result, in the order in which calls end. It is lazy: ids
    /// are taken as calls end, and nothing is sent unless it is polled. A result of one id does not
    /// end it.
    ///
    /// The pace holds for every attempt, repeats included. When the server asks to slow down, no
    /// attempt begins for as long as it asks. The time that a call waits for its turn is not
    /// counted against its [time-out](crate::ClientBuilder::timeout).
    ///
    /// ```
    /// # #[cfg(feature = "sandbox")]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use face_search_enroll::{AccessToken, Client, Pace, Sandbox};
    /// use futures_util::{StreamExt, stream};
    ///
    /// let sandbox = Sandbox::start()?;
    /// let client = Client::builder(&sandbox)
    ///     .access_token(AccessToken::new("any-token-will-do")?)
    ///     .build()?;
    /// let ids = stream::iter(["730baa5ab2e34e53", "ed8b21c0c87ad617"].map(String::from));
    /// let mut results = client.enroll_all(ids, &Pace::default());
    /// while let Some((id, result)) = results.next().await {
    ///     println!("{id}: {}", result.is_ok());
    /// }
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "sandbox"))]
    /// # fn main() {}
    /// ```
    ///
    /// # Cancel safety
    ///
    /// Dropping the stream ends the calls under way wherever they are: their requests may have been
    /// received. Ids that it has not taken are still in the stream that gave them, if that was lent.
    pub fn enroll_all<I>(
        &self,
        ids: I,
        pace: &Pace,
    ) -> impl Stream<Item = (String, Result<Enrolled, EnrollError>)> + Unpin + use<I>
    where
        I: Stream<Item = String> + Unpin,
    {
        let client = self.clone();
        let pacer = Arc::new(Pacer::new(pace));
        // An id is taken when its call may begin, not before: until then it is still in the stream.
        let turns = (ids, Arc::clone(&pacer));
        let ids = stream::unfold(turns, |(mut ids, pacer)| async {
            if ids.size_hint().1 == Some(0) {
                // Nobody waits for a turn that nobody takes.
                return None;
            }
            pacer.ready().await;
            let id = ids.next().await?;
            // The id may have been waited for.
            pacer.unpaused().await;
            Some((id, (ids, pacer)))
        });
        let call = move |id: String| {
            let (client, pacer) = (client.clone(), Arc::clone(&pacer));
            async move {
                let result = client.call(&id, Some(&pacer)).await;
                (id, result)
            }
        };
        // What is polled is boxed: the calls themselves cannot be moved.
        Box::pin(ids.map(call).buffer_unordered(pace.concurrency.get()))
    }
}
