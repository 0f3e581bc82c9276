//! Markdown of the contract, as HTML and as plain text. Markup in it becomes text, everything that a
//! browser would load is removed, and links can only lead to the web or to a mailbox.

use maud::{Markup, PreEscaped};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// The schemes of links. Any other scheme could run a script.
const SCHEMES: [&str; 4] = ["https://", "http://", "mailto:", "#"];

/// Renders it as HTML, with its headings below those of the page.
pub(crate) fn to_html(markdown: &str) -> Markup {
    let mut link_is_kept = true;
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES).filter_map(|event| {
        Some(match event {
            // Only the description of an image is kept.
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => return None,
            // Links do not nest.
            Event::Start(Tag::Link { ref dest_url, .. }) => {
                link_is_kept = is_safe(dest_url);
                return link_is_kept.then_some(event);
            }
            Event::End(TagEnd::Link) => return link_is_kept.then_some(event),
            Event::Html(markup) | Event::InlineHtml(markup) => Event::Text(markup),
            Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
                level: lowered(level),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            }),
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lowered(level))),
            // The language would become a class.
            Event::Start(Tag::CodeBlock(_)) => {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced("".into())))
            }
            other => other,
        })
    });
    let mut markup = String::new();
    // The remaining events contain no HTML, and this escapes their texts.
    html::push_html(&mut markup, events);
    PreEscaped(markup)
}

/// Two levels below, since the sections of the page have the second level.
fn lowered(level: HeadingLevel) -> HeadingLevel {
    HeadingLevel::try_from(level as usize + 2).unwrap_or(HeadingLevel::H6)
}

/// The first paragraph as plain text on one line.
pub(crate) fn first_paragraph(markdown: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Paragraph) => inside = true,
            Event::End(TagEnd::Paragraph) => break,
            Event::Text(piece) | Event::Code(piece) if inside => text.push_str(&piece),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

/// Whether a link to `address` runs no script.
pub(crate) fn is_safe(address: &str) -> bool {
    SCHEMES.iter().any(|scheme| {
        address
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text() {
        let html = to_html("a <b>bold</b>\n\n<script>\nalert(1)\n</script>");
        assert_eq!(
            html.0,
            "<p>a &lt;b&gt;bold&lt;/b&gt;</p>\n<p>&lt;script&gt;\nalert(1)\n&lt;/script&gt;</p>\n"
        );
    }

    #[test]
    fn nothing_is_fetched_and_no_link_runs_a_script() {
        let html = to_html("![a face](https://a.example/x.png) [x](JavaScript:alert(1)) <data:a>");
        assert_eq!(html.0, "<p>a face x data:a</p>\n");
        let html = to_html("[x](https://a.example/?a&b)");
        assert_eq!(
            html.0,
            "<p><a href=\"https://a.example/?a&amp;b\">x</a></p>\n"
        );
    }

    #[test]
    fn headings_come_below_those_of_the_page() {
        assert_eq!(to_html("# Title").0, "<h3>Title</h3>\n");
    }

    #[test]
    fn the_first_paragraph_is_plain_text() {
        let text = first_paragraph("# T\n\nIt `adds` the\n*face* [here](https://a.example).\n\nB");
        assert_eq!(text, "It adds the face here.");
    }
}
