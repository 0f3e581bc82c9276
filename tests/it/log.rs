//! Collects `tracing` spans and events and `log` records, by thread.
//!
//! All tests share one subscriber. With several short-lived subscribers, `tracing` may miss events.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    fmt::{self, Write},
    sync::Once,
};

use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};
use tracing_subscriber::{
    Layer, Registry,
    layer::{Context, SubscriberExt},
};

pub(crate) type Fields = BTreeMap<&'static str, String>;

/// The spans and events of one thread.
#[derive(Default)]
pub(crate) struct Logged {
    /// The spans of this crate, with all recorded fields.
    pub(crate) spans: Vec<Fields>,
    /// The events of this crate.
    pub(crate) events: Vec<(Level, Fields)>,
    /// Everything, including what dependencies emit.
    pub(crate) text: String,
}

thread_local! {
    static LOGGED: RefCell<Option<Logged>> = const { RefCell::new(None) };
}

/// Runs `call`, and returns what it emits at all levels.
pub(crate) async fn logged<T>(call: impl Future<Output = T>) -> (T, Logged) {
    static INSTALL: Once = Once::new();
    INSTALL.call_once(|| {
        // Some dependencies use `log`.
        tracing_log::LogTracer::init().unwrap();
        tracing::subscriber::set_global_default(Registry::default().with(ByThread)).unwrap();
    });
    LOGGED.set(Some(Logged::default()));
    let result = call.await;
    (result, LOGGED.take().unwrap())
}

struct ByThread;

impl<S: Subscriber> Layer<S> for ByThread {
    fn on_new_span(&self, attributes: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        let metadata = attributes.metadata();
        let mut fields = Fields::from([("span", metadata.name().to_owned())]);
        attributes.record(&mut Collect(&mut fields));
        record(metadata, fields, |logged, fields| logged.spans.push(fields));
    }

    fn on_record(&self, _: &Id, values: &Record<'_>, _: Context<'_, S>) {
        LOGGED.with_borrow_mut(|logged| {
            let Some(logged) = logged else { return };
            let mut fields = Fields::new();
            values.record(&mut Collect(&mut fields));
            writeln!(logged.text, "{fields:?}").unwrap();
            if let Some(span) = logged.spans.last_mut() {
                span.extend(fields);
            }
        });
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut fields = Fields::new();
        event.record(&mut Collect(&mut fields));
        let metadata = event.metadata();
        record(metadata, fields, |logged, fields| {
            logged.events.push((*metadata.level(), fields));
        });
    }
}

fn record(metadata: &Metadata<'_>, fields: Fields, keep: impl FnOnce(&mut Logged, Fields)) {
    LOGGED.with_borrow_mut(|logged| {
        let Some(logged) = logged else { return };
        writeln!(logged.text, "{} {fields:?}", metadata.target()).unwrap();
        if metadata.target() == "face_search_enroll" {
            keep(logged, fields);
        }
    });
}

struct Collect<'f>(&'f mut Fields);

impl Visit for Collect<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}

impl Logged {
    pub(crate) fn events(&self, message: &str) -> Vec<(Level, Fields)> {
        let wanted = |(_, fields): &&(Level, Fields)| fields["message"] == message;
        self.events.iter().filter(wanted).cloned().collect()
    }

    pub(crate) fn span(&self) -> Fields {
        assert_eq!(self.spans.len(), 1);
        self.spans[0].clone()
    }
}
