//! Markup: what this crate wrote itself, and text that has been made harmless. Nothing else gets
//! into [`Html`] but by the few constructors that say what makes theirs safe.

/// Markup that can stand in the page.
#[derive(Debug, Default, Clone)]
pub(crate) struct Html(String);

impl Html {
    /// Markup that stands in this crate.
    pub(crate) fn fixed(markup: &'static str) -> Self {
        Self(markup.to_owned())
    }

    /// Text, in which nothing is markup.
    pub(crate) fn of_text(text: &str) -> Self {
        let mut html = Self::default();
        html.text(text);
        html
    }

    /// Markup that someone else has made safe: the caller says how.
    pub(crate) fn made_safe(markup: String) -> Self {
        Self(markup)
    }

    /// Adds markup that stands in this crate.
    pub(crate) fn markup(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Adds text; it may stand in an element or in a quoted attribute.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                _ => self.0.push(c),
            }
        }
        self
    }

    /// Adds text between two pieces of markup.
    pub(crate) fn wrapped(
        &mut self,
        before: &'static str,
        text: &str,
        after: &'static str,
    ) -> &mut Self {
        self.markup(before).text(text).markup(after)
    }

    /// Adds what is markup already.
    pub(crate) fn html(&mut self, html: &Self) -> &mut Self {
        self.0.push_str(&html.0);
        self
    }

    /// Puts `parts` in the places `{{name}}` of `template`, in one pass: what a part holds is not
    /// looked at again.
    pub(crate) fn fill(template: &'static str, parts: &[(&str, Self)]) -> Self {
        let mut html = Self::default();
        let mut rest = template;
        while let Some((before, place)) = rest.split_once("{{") {
            html.0.push_str(before);
            let (name, after) = place.split_once("}}").unwrap_or((place, ""));
            // A place that nobody fills is left to be seen; a test looks for it.
            match parts.iter().find(|(part, _)| *part == name) {
                Some((_, part)) => html.html(part),
                None => html.markup("{{").markup(name).markup("}}"),
            };
            rest = after;
        }
        html.markup(rest);
        html
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn into_string(self) -> String {
        self.0
    }
}
