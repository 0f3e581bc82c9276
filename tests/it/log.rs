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
pub(crate) struct Told {
    /// The spans of this crate, with all recorded fields.
    pub(crate) spans: Vec<Fields>,
    /// The events of this crate.
    pub(crate) events: Vec<(Level, Fields)>,
    /// Everything, including what dependencies emit.
    pub(crate) text: String,
}

thread_local! {
    static TOLD: RefCell<Option<Told>> = const { RefCell::new(None) };
}

/// Runs `call`, and returns what it emits at all levels.
pub(crate) async fn told<T>(call: impl Future<Output = T>) -> (T, Told) {
    static INSTALL: Once = Once::new();
    INSTALL.call_once(|| {
        // Some dependencies use `log`.
        tracing_log::LogTracer::init().unwrap();
        tracing::subscriber::set_global_default(Registry::default().with(ByThread)).unwrap();
    });
    TOLD.set(Some(Told::default()));
    let result = call.await;
    (result, TOLD.take().unwrap())
}

struct ByThread;

impl<S: Subscriber> Layer<S> for ByThread {
    fn on_new_span(&self, attributes: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        let metadata = attributes.metadata();
        let mut fields = Fields::from([("span", metadata.name().to_owned())]);
        attributes.record(&mut Collect(&mut fields));
        tell(metadata, fields, |told, fields| told.spans.push(fields));
    }

    fn on_record(&self, _: &Id, values: &Record<'_>, _: Context<'_, S>) {
        TOLD.with_borrow_mut(|told| {
            let Some(told) = told else { return };
            let mut fields = Fields::new();
            values.record(&mut Collect(&mut fields));
            writeln!(told.text, "{fields:?}").unwrap();
            if let Some(span) = told.spans.last_mut() {
                span.extend(fields);
            }
        });
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut fields = Fields::new();
        event.record(&mut Collect(&mut fields));
        let metadata = event.metadata();
        tell(metadata, fields, |told, fields| {
            told.events.push((*metadata.level(), fields));
        });
    }
}

fn tell(metadata: &Metadata<'_>, fields: Fields, keep: impl FnOnce(&mut Told, Fields)) {
    TOLD.with_borrow_mut(|told| {
        let Some(told) = told else { return };
        writeln!(told.text, "{} {fields:?}", metadata.target()).unwrap();
        if metadata.target() == "face_search_enroll" {
            keep(told, fields);
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

impl Told {
    pub(crate) fn events(&self, message: &str) -> Vec<(Level, Fields)> {
        let wanted = |(_, fields): &&(Level, Fields)| fields["message"] == message;
        self.events.iter().filter(wanted).cloned().collect()
    }

    pub(crate) fn span(&self) -> Fields {
        assert_eq!(self.spans.len(), 1);
        self.spans[0].clone()
    }
}
