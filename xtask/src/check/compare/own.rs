//! What the contract says by itself: that its examples fit, and that what it adds has a source.

use face_search_enroll_contract::{Match, Origin, Rule, fold};

use super::{
    super::{
        finding::{Said, Verdict},
        schema,
    },
    Compare,
};

impl Compare<'_> {
    /// The contract's examples fit its schemas.
    pub(super) fn own_examples(&mut self) {
        let operation = &self.contract.operation;
        let requests = self
            .contract
            .request_examples
            .iter()
            .map(|example| (&example.name, &example.body, &operation.request.schema));
        let answers = self
            .contract
            .examples
            .iter()
            .map(|example| (&example.name, &example.body, &operation.response.schema));
        for (name, body, schema) in requests.chain(answers) {
            let misfits = schema::misfits(&self.contract.tree, schema, body);
            if misfits.is_empty() {
                self.checked.facts += 1;
            }
            for misfit in misfits {
                self.checked.found(
                    Verdict::InvalidExample,
                    format!("example {name}"),
                    None,
                    Some(Said::new(misfit, body.at.line)),
                    format!("mend the example, or the schema {schema}"),
                );
            }
        }
    }

    /// What the operation's outcomes say is on the page, or has a source; rules that the page does
    /// not state are marked as ours.
    pub(super) fn own_rules(&mut self) {
        let own = self.contract.outcomes.iter();
        let own = own.filter(|outcome| outcome.origin == Origin::Operation);
        for (outcome, rule) in
            own.flat_map(|outcome| outcome.rules.iter().map(move |rule| (outcome, rule)))
        {
            let Match::Exactly(message) = &rule.message else {
                continue;
            };
            if rule.source.is_none() && !self.is_on_page(rule, message) {
                self.checked.fact(
                    format!("message {message:?} of {}", outcome.name),
                    None,
                    Some(Said::new(
                        format!("{} {message}", rule.code),
                        rule.code.at.line,
                    )),
                    "take it away, or write where it comes from",
                );
            }
        }
        let request = &self.contract.operation.request;
        for field in &request.fields {
            let ruled = field.not_blank || field.min_length.is_some();
            if ruled
                && self
                    .property(&request.schema, &field.name, "x-source")
                    .is_none()
            {
                self.checked.fact(
                    format!("request parameter {} rule", field.name),
                    None,
                    Some(Said::new("minLength or pattern", field.name.at.line)),
                    "the page states no such rule: take it away, or write x-source: ours",
                );
            }
        }
    }

    fn is_on_page(&self, rule: &Rule, message: &str) -> bool {
        let table = self
            .page
            .response_codes
            .iter()
            .map(|row| (row.code.as_str(), row.message.as_str()));
        let bodies = self.page.response_examples.iter().filter_map(|example| {
            let json = example.body.json.as_ref().ok()?;
            Some((json.get("code")?.as_str()?, json.get("message")?.as_str()?))
        });
        table
            .chain(bodies)
            .any(|(code, text)| code == rule.code.value && fold(text) == fold(message))
    }
}
