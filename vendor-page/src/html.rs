//! Turns HTML into lines of plain text. Each keeps its line in the file.
//!
//! Only a tokeniser is used and no tree is built, so deep nesting costs neither stack nor time.
//! `layout` decides how elements become lines.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use crate::layout::{LineBuilder, StartTag};
use crate::limits::MAX_LINES;
use crate::lines::PageText;

/// Whether a text is HTML: it starts with a tag, a comment or a doctype.
pub(crate) fn is_html(text: &str) -> bool {
    let mut chars = text.trim_start().chars();
    chars.next() == Some('<')
        && chars
            .next()
            .is_some_and(|c| c.is_ascii_alphabetic() || "!?/".contains(c))
        && !text.trim_start().starts_with("<http")
}

pub(crate) fn read(html: &str) -> PageText {
    let mut lines = LineNumbers {
        html: html.as_bytes(),
        offset: 0,
        number: 1,
    };
    let mut builder = LineBuilder::default();
    let mut tag = StartTag::default();
    let mut attribute = SpanAttribute::Other;
    let callback = |event: CallbackEvent<'_>, span: Span<usize>| -> Option<()> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                tag = StartTag {
                    name: String::from_utf8_lossy(name).into_owned(),
                    ..StartTag::default()
                };
                attribute = SpanAttribute::Other;
            }
            CallbackEvent::AttributeName { name } => {
                attribute = match name {
                    b"rowspan" => SpanAttribute::RowSpan,
                    b"colspan" => SpanAttribute::ColSpan,
                    _ => SpanAttribute::Other,
                };
            }
            CallbackEvent::AttributeValue { value } => {
                let number = str::from_utf8(value)
                    .ok()
                    .and_then(|it| it.trim().parse().ok());
                match attribute {
                    SpanAttribute::RowSpan => tag.rows = number.unwrap_or(1),
                    SpanAttribute::ColSpan => tag.columns = number.unwrap_or(1),
                    SpanAttribute::Other => {}
                }
            }
            CallbackEvent::CloseStartTag { .. } => {
                builder.number = lines.at(span.start);
                builder.start(&tag);
            }
            CallbackEvent::EndTag { name } => {
                builder.number = lines.at(span.start);
                builder.end(&String::from_utf8_lossy(name));
            }
            CallbackEvent::String { value } => {
                builder.number = lines.at(span.start);
                builder.text(&String::from_utf8_lossy(value));
            }
            CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
        // Return after each token, so that reading can stop at a limit.
        (builder.lines() > MAX_LINES).then_some(())
    };
    let mut emitter = CallbackEmitter::new(callback);
    // The text in scripts and styles is not markup.
    emitter.naively_switch_states(true);
    let _over_limit = Tokenizer::new_with_emitter(html, emitter).next();
    builder.finish()
}

/// The number of the line at an offset. Offsets grow, except for steps back of a few bytes.
struct LineNumbers<'a> {
    html: &'a [u8],
    offset: usize,
    number: u32,
}

impl LineNumbers<'_> {
    fn at(&mut self, offset: usize) -> u32 {
        if let Some(passed) = self.html.get(self.offset..offset) {
            for _ in passed.split(|&b| b == b'\n').skip(1) {
                self.number = self.number.saturating_add(1);
            }
            self.offset = offset;
        }
        self.number
    }
}

#[derive(Debug, Clone, Copy)]
enum SpanAttribute {
    RowSpan,
    ColSpan,
    Other,
}
