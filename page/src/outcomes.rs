//! The tables of outcomes: by which codes and messages each is told, and what to do about it.

use face_search_enroll_contract::{Enrolled, Match, Origin, Outcome, Retry, Rule, Scope};

use crate::{html::Html, sources};

/// The rows of the outcomes of one origin.
pub(crate) fn rows(outcomes: &[Outcome], origin: Origin) -> Html {
    let mut rows = Html::default();
    for outcome in outcomes.iter().filter(|outcome| outcome.origin == origin) {
        rows.wrapped("<tr id=\"outcome-", &outcome.name, "\">")
            .wrapped("<th scope=\"row\"><code>", &outcome.name, "</code></th>")
            .markup("<td>")
            .html(&told_by(outcome))
            .wrapped("</td><td>", &outcome.summary, "</td>")
            .wrapped("<td>", &outcome.action, "</td>")
            .wrapped("<td>", retry(outcome.retry), scope(outcome.scope))
            .markup("</td><td>")
            .html(&enrolled(outcome.enrolled))
            .markup("</td>");
        if origin == Origin::Platform {
            rows.markup("<td>").html(&source(outcome)).markup("</td>");
        }
        rows.markup("</tr>\n");
    }
    rows
}

/// The name of the outcome that is left where nothing else matches.
pub(crate) fn default_name(outcomes: &[Outcome]) -> &str {
    outcomes
        .iter()
        .find(|outcome| outcome.default)
        .map_or("", |outcome| outcome.name.as_str())
}

fn retry(retry: Retry) -> &'static str {
    match retry {
        Retry::Never => "no",
        Retry::Backoff => "yes, after a growing delay",
        Retry::Throttled => "yes, after the delay that the server asks for, and with fewer calls",
        Retry::RefreshToken => "once, with a new token",
    }
}

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Call => "",
        Scope::Account => "; every call of the account is answered so",
    }
}

fn enrolled(enrolled: Enrolled) -> Html {
    Html::fixed(match enrolled {
        Enrolled::Yes => "<span class=\"state yes\">yes</span>",
        Enrolled::No => "<span class=\"state no\">not by this call</span>",
        Enrolled::Unknown => "<span class=\"state unknown\">not known</span>",
    })
}

fn source(outcome: &Outcome) -> Html {
    outcome
        .source
        .as_ref()
        .map(|source| sources::link(source))
        .unwrap_or_default()
}

/// The codes, each with its messages, then the statuses.
fn told_by(outcome: &Outcome) -> Html {
    let mut list = Html::fixed("<ul class=\"codes\">");
    for code in codes(&outcome.rules) {
        let rules = outcome.rules.iter().filter(|rule| *rule.code == code);
        list.wrapped("<li><code>", code, "</code><ul>");
        // What holds for any message comes after those that are known.
        let (any, known): (Vec<_>, Vec<_>) = rules.partition(|rule| rule.message == Match::Any);
        let alone = known.is_empty();
        for rule in known.into_iter().chain(any) {
            list.markup("<li>")
                .html(&message(&rule.message, alone))
                .html(&own_source(rule, outcome))
                .markup("</li>");
        }
        list.markup("</ul></li>");
    }
    if outcome.default {
        list.markup("<li>any other code</li>");
    }
    if !outcome.statuses.is_empty() {
        let statuses: Vec<_> = outcome.statuses.iter().map(ToString::to_string).collect();
        list.wrapped(
            "<li>HTTP status ",
            &statuses.join(", "),
            ", where no code can be read</li>",
        );
    }
    list.markup("</ul>");
    list
}

/// The codes in the order in which they first come up.
fn codes(rules: &[Rule]) -> Vec<&str> {
    let mut codes = Vec::new();
    for rule in rules {
        if !codes.contains(&rule.code.as_str()) {
            codes.push(&rule.code);
        }
    }
    codes
}

fn message(message: &Match, alone: bool) -> Html {
    let mut html = Html::default();
    match message {
        Match::Exactly(text) => html.wrapped("<samp>", text, "</samp>"),
        Match::Containing(text) => html.wrapped("a message with <samp>", text, "</samp> in it"),
        Match::Any if alone => html.markup("any message"),
        Match::Any => html.markup("any other message"),
    };
    html
}

/// The source of a rule that is not its outcome's.
fn own_source(rule: &Rule, outcome: &Outcome) -> Html {
    let shown = outcome.source.as_ref().map(|source| source.value.as_str());
    match &rule.source {
        Some(source) if Some(source.as_str()) != shown => {
            let mut html = Html::fixed(" ");
            html.html(&sources::link(source));
            html
        }
        _ => Html::default(),
    }
}
