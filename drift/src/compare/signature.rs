//! The worked example of a signature.

use std::fmt::Write as _;

use face_search_enroll_contract::{Field, Operation, Signature};
use face_search_enroll_vendor_page::{SignatureExample, VendorPage};
use sha2::{Digest, Sha256};

use super::{
    contract::Own,
    fact::{Fact, Sides, located, on_page, sourced},
};
use crate::{
    finding::{Checked, Verdict},
    subject::Subject,
};

pub(super) fn example(own: Own<'_>, page: &VendorPage) -> Sides {
    let about = |fact: Fact| fact.about(Subject::Signature);
    let stated = page.signature_example.iter().flat_map(stated).map(about);
    let own = signed(own.operation).flat_map(|(field, signature)| owned(field, signature));
    (stated.collect(), own.map(about).collect())
}

fn stated(example: &SignatureExample) -> Vec<Fact> {
    let SignatureExample {
        inputs,
        combined,
        result,
    } = example;
    let mut facts: Vec<_> = inputs
        .iter()
        .map(|input| {
            let hint = "add it to x-example of x-signature";
            Fact::new(
                input_name(&input.name),
                on_page(&input.value, input.line),
                hint,
            )
        })
        .collect();
    let names: Vec<_> = inputs.iter().map(|input| input.name.as_str()).collect();
    let order = inputs.first();
    let order = order.map(|first| on_page(names.join(", "), first.line));
    let hint = "set over of x-signature to it: callers then sign these values";
    facts.push(Fact::new(ORDER, order, hint));
    facts.push(Fact::optional(COMBINED, sourced(combined.as_ref())));
    let combination = example.combination();
    let is_digest = result.as_ref().map(|it| it.value == hex(&combination));
    let hint = match is_digest {
        Some(true) => "it is the SHA-256 of the page's inputs; add it to x-example",
        _ => "it is not the SHA-256 of the page's inputs; ask the vendor, and write an erratum",
    };
    facts.push(Fact::new(RESULT, sourced(result.as_ref()), hint));
    facts
}

fn owned(field: &Field, signature: &Signature) -> Vec<Fact> {
    let Some(first) = signature.over.first() else {
        return Vec::new();
    };
    let inputs = signature.over.iter().filter_map(|name| {
        let (at, text) = signature.example.iter().find(|(it, _)| **it == **name)?;
        let hint = "remove the name from over and x-example of x-signature";
        Some(Fact::new(
            input_name(name),
            (text.clone(), at.at.line),
            hint,
        ))
    });
    let names: Vec<_> = signature.over.iter().map(|name| name.as_str()).collect();
    let hint = "the page no longer shows a signature; name the source of x-signature";
    let order = Fact::new(ORDER, (names.join(", "), first.at.line), hint);
    let combined = (combination(signature), first.at.line);
    let hint = "compare it with the inputs and with over: the page joins them in another order or in another way, or has a mistake";
    let combined = Fact::optional(COMBINED, combined).mend(hint);
    let mut results = signature.example.iter();
    let result = results.find(|(name, _)| **name == *field.name);
    let result = result.map(|(name, text)| {
        let hint = "the page no longer shows a signature; name the source of x-example";
        Fact::new(RESULT, (text.clone(), located(name).1), hint)
    });
    let rest = [order, combined].into_iter().chain(result);
    inputs.chain(rest).collect()
}

/// The results in the contract's worked examples are the digests of their inputs.
pub(super) fn prove(operation: &Operation, checked: &mut Checked) {
    for (field, signature) in signed(operation) {
        let mut results = signature.example.iter();
        let Some((name, text)) = results.find(|(name, _)| **name == *field.name) else {
            continue;
        };
        let digest = hex(&combination(signature));
        if *text == digest {
            checked.facts += 1;
        } else {
            checked.found(
                Verdict::InvalidExample,
                &format!("signature example of {}", field.name),
                None,
                Some((format!("{text}: the SHA-256 is {digest}"), name.at.line)),
                "correct x-example of x-signature",
                Subject::Look,
            );
        }
    }
}

const ORDER: &str = "signature example order";
const COMBINED: &str = "signature example combined";
const RESULT: &str = "signature example result";

fn input_name(name: &str) -> String {
    format!("signature example input {name}")
}

fn signed(operation: &Operation) -> impl Iterator<Item = (&Field, &Signature)> {
    let fields = operation.request.fields.iter();
    fields.filter_map(|field| Some((field, field.signature.as_ref()?)))
}

/// The texts that are signed in the worked example, joined.
fn combination(signature: &Signature) -> String {
    let text = |name: &str| {
        let mut example = signature.example.iter();
        example
            .find(|(it, _)| **it == *name)
            .map(|(_, text)| text.as_str())
    };
    let over = signature.over.iter();
    over.filter_map(|name| text(name.as_str())).collect()
}

/// The SHA-256 of a text, in hexadecimal.
fn hex(text: &str) -> String {
    let mut hex = String::new();
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a string does not fail.
        _ = write!(hex, "{byte:02x}");
    }
    hex
}
