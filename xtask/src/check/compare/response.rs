//! What the page says of answers: their fields, their codes, their examples.

use face_search_enroll_contract::{Charge, yaml::Node};
use serde_json::Value as Json;

use super::{super::finding::Said, Compare, paste};
use face_search_enroll_vendor_page::{self, ResponseField};

impl Compare<'_> {
    pub(super) fn response_fields(&mut self) {
        let body = &self.contract.operation.response;
        for field in &self.page.response_fields {
            let known = body
                .fields
                .iter()
                .find(|known| known.name.value == field.name);
            self.checked.fact(
                format!("response field {}", field.name),
                Some(Said::on_page(&field.name, field.line)),
                known.map(|known| Said::new(&known.name.value, known.name.at.line)),
                format!("write it under properties of {}", body.schema),
            );
            if known.is_some() {
                self.response_field(field);
            }
        }
        for known in &body.fields {
            if !self
                .page
                .response_fields
                .iter()
                .any(|field| field.name == known.name.value)
            {
                self.checked.fact(
                    format!("response field {}", known.name),
                    None,
                    Some(Said::new(&known.name.value, known.name.at.line)),
                    format!("take it from the properties of {}", body.schema),
                );
            }
        }
    }

    fn response_field(&mut self, field: &ResponseField) {
        let schema = &self.contract.operation.response.schema;
        let name = &field.name;
        let said = |text: String| Said::on_page(text, field.line);
        self.checked.fact(
            format!("response field {name} greatest length"),
            field.max_length.map(|length| said(length.to_string())),
            self.property(schema, name, "maxLength"),
            "write it as maxLength of the property",
        );
        self.checked.fact(
            format!("response field {name} deprecated"),
            field.deprecated.then(|| said("true".to_owned())),
            self.property(schema, name, "deprecated"),
            "write it as deprecated of the property",
        );
        self.checked.fact(
            format!("response field {name} constant"),
            field.constant.clone().map(said),
            self.property(schema, name, "x-always"),
            "write it as x-always of the property",
        );
        self.members(field);
    }

    fn members(&mut self, field: &ResponseField) {
        let envelope = &self.contract.operation.response.schema;
        let reference = self
            .contract
            .tree
            .at_path(&[
                "components",
                "schemas",
                envelope,
                "properties",
                &field.name,
                "$ref",
            ])
            .and_then(Node::as_str)
            .and_then(|reference| reference.rsplit('/').next());
        let own = reference
            .and_then(|schema| {
                self.contract
                    .tree
                    .at_path(&["components", "schemas", schema, "properties"])
            })
            .map_or(&[][..], Node::entries);
        for member in &field.members {
            let known = own.iter().find(|(name, _)| name.text == member.name);
            self.checked.fact(
                format!("response field {}.{}", field.name, member.name),
                Some(Said::on_page(&member.name, member.line)),
                known.map(|(name, _)| Said::new(&name.text, name.at.line)),
                "write it under properties of the schema that the field refers to",
            );
        }
        for (name, _) in own {
            if !field.members.iter().any(|member| member.name == name.text) {
                self.checked.fact(
                    format!("response field {}.{}", field.name, name.text),
                    None,
                    Some(Said::new(&name.text, name.at.line)),
                    "take it from the properties of the schema that the field refers to",
                );
            }
        }
    }

    pub(super) fn response_codes(&mut self) {
        for row in &self.page.response_codes {
            let fact = format!("response code {} {:?}", row.code, row.message);
            let example = self.example(&row.code, &row.message);
            self.checked.fact(
                &*fact,
                Some(Said::on_page(&row.message, row.line)),
                example.map(|example| Said::new(&example.message.value, example.message.at.line)),
                paste::new_example(row),
            );
            let Some(outcome) = example.and_then(|example| self.outcome(&example.outcome)) else {
                continue;
            };
            self.checked.fact(
                format!("{fact} charge"),
                row.charge
                    .map(|charge| Said::on_page(charge.as_str(), row.line)),
                outcome
                    .charge
                    .map(|charge| Said::new(charge_word(charge), outcome.name.at.line)),
                format!("write it as charge of the outcome {}", outcome.name),
            );
        }
        for own in &self.contract.examples {
            // An example that the page prints under another code than its table is an erratum.
            let mut listed = self.page.response_codes.iter();
            if !listed.any(|row| row.message == own.message.value) {
                self.checked.fact(
                    format!("response code {} {:?}", own.code, own.message.value),
                    None,
                    Some(Said::new(&own.message.value, own.message.at.line)),
                    "the table of codes has no such message any more; take the example away",
                );
            }
        }
        for code in self.contract.codes.iter().filter(|code| code.listed) {
            let row = self
                .page
                .response_codes
                .iter()
                .find(|row| row.code == code.code.value);
            self.checked.fact(
                format!("response code {}", code.code),
                row.map(|row| Said::on_page(&row.code, row.line)),
                Some(Said::new(&code.code.value, code.code.at.line)),
                "take it from x-extensible-enum of Code, and from the outcomes and examples",
            );
        }
    }

    pub(super) fn response_examples(&mut self) {
        for example in &self.page.response_examples {
            let fact = format!("response example {:?}", example.heading);
            let Some(json) = self.readable_body(&fact, &example.body) else {
                continue;
            };
            let text = |key: &str| json.get(key).and_then(Json::as_str).unwrap_or_default();
            let (code, message) = (text("code"), text("message"));
            let fact = format!("{fact} with {message:?}");
            let headed = example.heading.split_whitespace().next();
            let headed = headed.and_then(|word| {
                let mut listed = self.contract.codes.iter();
                listed.find(|known| known.code.value == word)
            });
            if let Some(headed) = headed {
                self.checked.fact(
                    format!("{fact} code"),
                    Some(Said::on_page(code, example.body.line)),
                    Some(Said::new(&headed.code.value, headed.code.at.line)),
                    "the body has another code than its heading; write an erratum, and an example for each",
                );
            }
            let own = self
                .contract
                .examples
                .iter()
                .find(|own| own.body.value == json);
            let own = own.or_else(|| self.example(code, message));
            let hint = match own {
                Some(own) => format!(
                    "they differ in {}; write the page's body as the value of the example {}",
                    differing(&json, &own.body).join(", "),
                    own.name,
                ),
                None => format!(
                    "write it as an example of its own:\n{}",
                    paste::pasted(&json)
                ),
            };
            self.checked.fact(
                fact,
                Some(Said::on_page(json.to_string(), example.body.line)),
                own.map(|own| Said::new(own.body.to_string(), own.body.at.line)),
                hint,
            );
        }
        for own in &self.contract.examples {
            let printed = self.page.response_examples.iter().any(|example| {
                let json = example.body.json.as_ref().ok();
                let text = |key: &str| json?.get(key)?.as_str();
                text("code") == Some(&own.code.value) && text("message") == Some(&own.message.value)
            });
            if !printed && own.source.is_none() {
                self.checked.fact(
                    format!("response example {}", own.name),
                    None,
                    Some(Said::new(own.body.to_string(), own.body.at.line)),
                    "take the example away, or write x-source: with where it comes from",
                );
            }
        }
    }
}

fn charge_word(charge: Charge) -> &'static str {
    match charge {
        Charge::Free => face_search_enroll_vendor_page::Charge::Free.as_str(),
        Charge::Pay => face_search_enroll_vendor_page::Charge::Pay.as_str(),
    }
}

/// The members in which two bodies differ.
fn differing(page: &Json, own: &Json) -> Vec<String> {
    let members = |json: &Json| json.as_object().cloned().unwrap_or_default();
    let (page, own) = (members(page), members(own));
    let keys = page
        .keys()
        .chain(own.keys().filter(|key| !page.contains_key(*key)));
    keys.filter(|key| page.get(*key) != own.get(*key))
        .cloned()
        .collect()
}
