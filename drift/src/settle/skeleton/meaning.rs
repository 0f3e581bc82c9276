//! The meanings of the answers on a page: an outcome of the platform, or a new one that a person names.

use face_search_enroll_contract::{
    Contract,
    envelope::{CODE, DATA, MESSAGE},
    fold,
    yaml::Node,
};
use face_search_enroll_vendor_page::{PrintedCharge, VendorPage};

use crate::{
    pieces::pair_of,
    yaml::{line, quoted},
};

/// The outcomes to add, and the codes of the page.
pub(super) struct Meanings {
    outcomes: Vec<Meaning>,
    pub(super) codes: Vec<String>,
}

struct Meaning {
    name: String,
    /// Its texts, if it is an outcome of the platform.
    words: Option<Words>,
    /// The code and the folded message of each answer with this meaning.
    answers: Vec<(String, String)>,
    /// The codes that mean it, regardless of the message.
    codes: Vec<String>,
    /// Messages without an example.
    messages: Vec<(String, String)>,
    charge: Option<PrintedCharge>,
    is_done: bool,
}

#[derive(Clone)]
struct Words {
    summary: String,
    action: String,
    retry: String,
}

/// An answer on the page: a row of its table, or an example.
struct Stated<'p> {
    code: &'p str,
    message: &'p str,
    charge: Option<PrintedCharge>,
    has_example: bool,
    has_data: bool,
}

impl Meanings {
    pub(super) fn of(contract: &Contract, page: &VendorPage) -> Self {
        let mut meanings = Self {
            outcomes: Vec::new(),
            codes: Vec::new(),
        };
        let platform = contract.tree.get("x-platform-outcomes");
        let platform = platform.map_or(&[][..], Node::entries);
        for stated in stated(page) {
            if !meanings.codes.iter().any(|code| code == stated.code) {
                meanings.codes.push(stated.code.to_owned());
            }
            let known = platform.iter().find_map(|(name, node)| {
                let by = Claim::of(node, stated.code, stated.message)?;
                Some((name.text.as_str(), node, by))
            });
            // The platform's outcome is enough, unless an example must name it.
            if !matches!(known, Some((_, _, Claim::Message))) || stated.has_example {
                meanings.add(&stated, known.map(|(name, node, _)| (name, node)));
            }
        }
        let claimed = |code: &str| {
            platform
                .iter()
                .any(|(_, node)| Claim::codes(node).any(|it| it == code))
        };
        for code in &meanings.codes {
            let mut outcomes = meanings.outcomes.iter_mut();
            let first = outcomes.find(|it| it.answers.iter().any(|(it, _)| it == code));
            if let Some(first) = first.filter(|_| !claimed(code)) {
                first.codes.push(code.clone());
            }
        }
        meanings
    }

    fn add(&mut self, stated: &Stated<'_>, known: Option<(&str, &Node)>) {
        let answer = (stated.code.to_owned(), fold(stated.message));
        let name = known.map(|(name, _)| name);
        let found = self.outcomes.iter().position(|it| match name {
            Some(name) => it.name == name,
            None => it.answers.contains(&answer),
        });
        let at = found.unwrap_or_else(|| {
            let open = format!("NAME-{}", self.outcomes.len() + 1);
            self.outcomes.push(Meaning {
                name: name.map_or(open, str::to_owned),
                words: known.map(|(_, node)| Words::of(node)),
                answers: Vec::new(),
                codes: Vec::new(),
                messages: Vec::new(),
                charge: None,
                is_done: false,
            });
            self.outcomes.len() - 1
        });
        let Some(outcome) = self.outcomes.get_mut(at) else {
            return;
        };
        outcome.answers.push(answer);
        outcome.charge = outcome.charge.or(stated.charge);
        outcome.is_done |= stated.has_data;
        if !stated.has_example {
            let message = (stated.code.to_owned(), stated.message.to_owned());
            outcome.messages.push(message);
        }
    }

    /// The name of the outcome that an answer means.
    pub(super) fn outcome_of(&self, code: &str, message: &str) -> &str {
        let answer = (code.to_owned(), fold(message));
        let found = self.outcomes.iter().find(|it| it.answers.contains(&answer));
        found.map_or("NAME", |outcome| &outcome.name)
    }

    pub(super) fn write(&self, out: &mut String) {
        line(out, 4, "x-outcomes:");
        let done = self.outcomes.iter().position(|outcome| outcome.is_done);
        for (index, outcome) in self.outcomes.iter().enumerate() {
            outcome.write(out, done == Some(index));
        }
    }
}

impl Meaning {
    fn write(&self, out: &mut String, is_done: bool) {
        line(out, 6, &format!("{}:", self.name));
        let words = self.words.as_ref();
        let summary = words.map_or("SUMMARY".to_owned(), |words| quoted(&words.summary));
        let action = words.map_or("ACTION".to_owned(), |words| quoted(&words.action));
        line(out, 8, &format!("summary: {summary}"));
        line(out, 8, &format!("action: {action}"));
        if is_done {
            line(out, 8, "when: done");
        }
        let retry = words.map_or("never", |words| &words.retry);
        line(out, 8, &format!("retry: {retry}"));
        if let Some(charge) = self.charge {
            line(out, 8, &format!("charge: {}", charge.as_str()));
        }
        if !self.codes.is_empty() {
            let codes: Vec<_> = self.codes.iter().map(|code| quoted(code)).collect();
            line(out, 8, &format!("codes: [{}]", codes.join(", ")));
        }
        if !self.messages.is_empty() {
            line(out, 8, "messages:");
        }
        for (code, message) in &self.messages {
            let (code, message) = (quoted(code), quoted(message));
            line(
                out,
                10,
                &format!("- {{ code: {code}, message: {message} }}"),
            );
        }
    }
}

impl Words {
    fn of(node: &Node) -> Self {
        let text = |key| node.get(key).and_then(Node::as_str).unwrap_or_default();
        Self {
            summary: text("summary").to_owned(),
            action: text("action").to_owned(),
            retry: text("retry").to_owned(),
        }
    }
}

/// How an outcome of the platform matches an answer.
#[derive(Clone, Copy)]
enum Claim {
    Message,
    Code,
}

impl Claim {
    fn of(outcome: &Node, code: &str, message: &str) -> Option<Self> {
        let messages = outcome.get("messages").map_or(&[][..], Node::items);
        let text = |node: &Node, key| node.get(key).and_then(Node::as_str).map(str::to_owned);
        let exactly = messages.iter().any(|node| {
            text(node, CODE).is_some_and(|it| it == code)
                && text(node, MESSAGE).is_some_and(|it| it == message)
        });
        let alone = Self::codes(outcome).any(|it| it == code);
        match (exactly, alone) {
            (true, _) => Some(Self::Message),
            (false, true) => Some(Self::Code),
            (false, false) => None,
        }
    }

    fn codes(outcome: &Node) -> impl Iterator<Item = &str> {
        let codes = outcome.get("codes").map_or(&[][..], Node::items).iter();
        codes.filter_map(|code| code.as_str().or_else(|| code.get(CODE)?.as_str()))
    }
}

/// The distinct answers on the page.
fn stated(page: &VendorPage) -> Vec<Stated<'_>> {
    let examples: Vec<_> = page
        .response_examples
        .iter()
        .filter_map(|example| {
            let json = example.body.json.as_ref().ok()?;
            let (code, message) = pair_of(json)?;
            Some(Stated {
                code,
                message,
                charge: None,
                has_example: true,
                has_data: json.get(DATA).is_some_and(|data| !data.is_null()),
            })
        })
        .collect();
    let is =
        |one: &Stated<'_>, code: &str, message: &str| one.code == code && one.message == message;
    let mut all: Vec<_> = page
        .response_codes
        .iter()
        .map(|row| {
            let mut examples = examples.iter();
            let example = examples.find(|it| is(it, &row.code, &row.message));
            Stated {
                code: &row.code,
                message: &row.message,
                charge: row.charge,
                has_example: example.is_some(),
                has_data: example.is_some_and(|example| example.has_data),
            }
        })
        .collect();
    for example in examples {
        if !all.iter().any(|it| is(it, example.code, example.message)) {
            all.push(example);
        }
    }
    all
}
