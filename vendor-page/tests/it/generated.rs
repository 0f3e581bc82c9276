//! Random facts, as a page may state them.

use face_search_enroll_vendor_page::{
    Address, Broken, Header, Member, Note, Parameter, PrintedBody, PrintedCharge, RequestExample,
    ResponseCode, ResponseExample, ResponseField, SignatureExample, SignatureInput, Slip, SlipKind,
    Sourced, VendorPage,
};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use serde_json::{Map, Value};

/// The error of the parser for [`crate::render::BROKEN`].
const BROKEN_REASON: &str = "expected `,` or `}`";

fn header(name: &str, value: &str) -> Header {
    Header {
        name: name.to_owned(),
        value: value.to_owned(),
        line: 0,
    }
}

fn parameter(name: &str, type_name: Option<&str>) -> Parameter {
    Parameter {
        name: name.to_owned(),
        type_name: type_name.map(str::to_owned),
        ..Parameter::default()
    }
}

pub(crate) fn sourced(value: &str) -> Sourced {
    Sourced {
        value: value.to_owned(),
        line: 0,
    }
}

pub(crate) fn body(json: Value) -> PrintedBody {
    PrintedBody {
        line: 0,
        json: Ok(json),
    }
}

/// Any facts that the renderings can print without ambiguity.
pub(crate) fn generated() -> impl Strategy<Value = VendorPage> {
    let title = "[A-Z][a-z]{2,8}( [A-Z][a-z-]{1,8}){0,3} API";
    (
        title,
        request_example(),
        vec(address(), 1..9),
        prop_oneof![
            parameters("[A-Z][A-Z0-9]{1,5}(-[A-Z]{2,8}){0,2}"),
            Just(vec![]),
        ],
        (
            limited_parameters(),
            option::of(signature_example()),
            any::<bool>(),
        ),
        answer(),
        prop_oneof![unique_codes(), unique_codes().prop_map(without_charges)],
    )
        .prop_map(
            |(
                title,
                request,
                addresses,
                headers,
                (parameters, signature, noted),
                answer,
                codes,
            )| {
                let (response_fields, response_examples) = answer;
                let mut page = VendorPage {
                    title: Some(sourced(&title)),
                    request_example: Some(request),
                    addresses,
                    notes: vec![],
                    header_parameters: headers,
                    request_parameters: parameters,
                    signature_example: signature,
                    response_fields,
                    response_codes: codes,
                    response_examples,
                    unread: vec![],
                };
                if noted {
                    let digest = note_digest(&page).to_owned();
                    page.notes.push(Note { digest, line: 0 });
                }
                page
            },
        )
}

/// The digest of the note on the page. Each of the two forms of a page has its own note.
fn note_digest(page: &VendorPage) -> &'static str {
    if page.header_parameters.is_empty() {
        "5ec7774c72ec43f9"
    } else {
        "a14cb17511fb484b"
    }
}

const NAME: &str = "[a-z]{2,7}([A-Z][a-z]{2,6}){0,2}";
const CODE: &str = "[A-Z]{2,8}(_[A-Z0-9]{1,8}){0,2}";

fn name() -> impl Strategy<Value = String> {
    // A name that ends like a type cannot be distinguished from a shorter name with that type.
    let types = [
        "int", "date", "list", "map", "file", "text", "enum", "json", "bool", "long",
    ];
    NAME.prop_filter("ends in the name of a type", move |name| {
        let lower = name.to_ascii_lowercase();
        !types.iter().any(|it| lower.ends_with(it))
    })
}

/// A sentence with all characters that a message may contain.
fn message() -> impl Strategy<Value = String> {
    let word = r"[ -~éß中😀]{1,10}";
    ("[A-Z][a-z]{1,7}", vec(word, 0..4), "[a-z0-9.!?)]").prop_map(|(first, words, last)| {
        let text = format!("{first} {} {last}", words.join(" "));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    })
}

fn url() -> impl Strategy<Value = String> {
    "https?://[a-z]{1,3}(-[a-z]{2,4})?\\.[a-z]{3,8}\\.[a-z]{2,3}(/[a-z0-9-]{1,8}){1,5}"
}

fn address() -> impl Strategy<Value = Address> {
    let method = prop_oneof![Just("POST"), Just("GET"), Just("PUT"), Just("DELETE")];
    let media = prop_oneof![
        Just("application/json"),
        Just("multipart/form-data"),
        Just("text/xml")
    ];
    (url(), method, option::weighted(0.9, media)).prop_map(|(url, method, media_type)| Address {
        url,
        method: Some(method.to_owned()),
        media_type: media_type.map(str::to_owned),
        line: 0,
    })
}

fn parameters(name: &'static str) -> impl Strategy<Value = Vec<Parameter>> {
    let types = prop_oneof![
        Just("string"),
        Just("integer"),
        Just("file"),
        Just("boolean"),
        Just("array")
    ];
    vec((name, types), 1..5).prop_map(|all| {
        all.iter()
            .map(|(name, kind)| parameter(name, Some(kind)))
            .collect()
    })
}

fn limited_parameters() -> impl Strategy<Value = Vec<Parameter>> {
    let number = || option::of(0..u64::MAX);
    let limits = (
        any::<bool>(),
        number(),
        number(),
        number(),
        option::of(1..99_u32),
    );
    (parameters(NAME), vec(limits, 5)).prop_map(|(parameters, limits)| {
        let limited = parameters.into_iter().zip(limits);
        limited
            .map(|(parameter, limits)| {
                let (optional, default, minimum, maximum, digits) = limits;
                Parameter {
                    optional,
                    default,
                    minimum,
                    maximum,
                    digits,
                    ..parameter
                }
            })
            .collect()
    })
}

fn signature_example() -> impl Strategy<Value = SignatureExample> {
    let inputs = vec((NAME, "[a-z0-9]{1,12}"), 2..5);
    let combined = option::of(option::of("[g-z]{4,20}"));
    let result = option::of("[0-9a-f]{64}");
    (inputs, combined, result).prop_map(|(inputs, combined, result)| {
        let input = |(name, value)| SignatureInput {
            name,
            value,
            line: 0,
        };
        let mut example = SignatureExample {
            inputs: inputs.into_iter().map(input).collect(),
            ..SignatureExample::default()
        };
        let right = example.combination();
        let wrong = combined.map(|it| it.unwrap_or_else(|| right.clone()));
        // Without both, there is no example.
        let combined = wrong.or_else(|| result.is_none().then_some(right));
        example.combined = combined.as_deref().map(sourced);
        example.result = result.as_deref().map(sourced);
        example
    })
}

fn request_example() -> impl Strategy<Value = RequestExample> {
    let header = (
        "[A-Z][a-z]{1,6}(-[A-Z][a-z]{1,6}){0,2}",
        "[a-z{][ -&(-\\[\\]-~]{0,15}[a-z}]",
    );
    let method = prop_oneof![Just("POST"), Just("PUT"), Just("PATCH")];
    // No apostrophe, because the body is quoted with apostrophes, and nothing that HTML would
    // collapse.
    let members = vec(
        (name(), scalar("([!-&(-~é中]{1,8} ){0,2}[!-&(-~]{0,5}")),
        0..4,
    );
    (method, url(), vec(header, 0..4), members, any::<bool>()).prop_map(
        |(method, url, headers, members, slip)| RequestExample {
            line: 0,
            method: Some(sourced(method)),
            address: Some(sourced(&url)),
            headers: headers
                .iter()
                .map(|(name, value)| {
                    let words: Vec<_> = value.split_whitespace().collect();
                    self::header(name, &words.join(" "))
                })
                .collect(),
            body: Some(body(Value::Object(members.into_iter().collect()))),
            slips: Vec::from_iter(slip.then_some(Slip {
                kind: SlipKind::AddressRunsIntoBackslash,
                line: 0,
            })),
        },
    )
}

fn scalar(text: &'static str) -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        text.prop_map(Value::from),
    ]
}

fn unique_codes() -> impl Strategy<Value = Vec<ResponseCode>> {
    let rows = vec((any::<bool>(), message()), 1..4);
    (btree_set(CODE, 1..6), vec(rows, 6)).prop_map(|(codes, rows)| {
        let of_code = |(code, rows): (String, Vec<(bool, String)>)| {
            rows.into_iter().map(move |(free, message)| ResponseCode {
                code: code.clone(),
                charge: Some(if free {
                    PrintedCharge::Free
                } else {
                    PrintedCharge::Pay
                }),
                message,
                line: 0,
            })
        };
        codes.into_iter().zip(rows).flat_map(of_code).collect()
    })
}

/// The same codes in a table without charges, where only its form distinguishes a row from prose.
fn without_charges(mut codes: Vec<ResponseCode>) -> Vec<ResponseCode> {
    for row in &mut codes {
        row.charge = None;
        if row.code.len() < 4 {
            row.code += "_CODE";
        }
        // Directly after its code, `Pay` looks like a charge, and `Epay` like the end of the code and a charge.
        let is_charge = |text: &str| {
            ["pay", "free"]
                .iter()
                .any(|charge| text.starts_with(charge))
        };
        let message = row.message.to_lowercase();
        if is_charge(&message) || message.get(1..).is_some_and(is_charge) {
            row.message = format!("Is {}", row.message);
        }
        if row.message.ends_with('.') {
            row.message.push('x');
        }
    }
    codes
}

/// Fields and the bodies that use them. Some fields are in no body, as on a page whose examples are
/// out of date.
fn answer() -> impl Strategy<Value = (Vec<ResponseField>, Vec<ResponseExample>)> {
    let fields = (
        btree_set(name(), 1..7),
        vec((0..5_u8, any::<bool>(), 1..999_u32), 7),
    );
    let members = btree_set("[a-z]{2,5}[A-Z][a-z]{2,5}", 1..4);
    (
        fields,
        members,
        vec(
            (CODE, vec(scalar("[ -~é\n\t\u{85}中]{0,20}"), 7), 0..9_u8),
            1..6,
        ),
    )
        .prop_map(|((names, states), members, bodies)| {
            let members: Vec<_> = members
                .into_iter()
                .filter(|it| !names.contains(it))
                .collect();
            let fields: Vec<_> = names
                .iter()
                .zip(&states)
                .map(|(name, &(kind, _, length))| field(name, kind, length, &members))
                .collect();
            let examples = bodies
                .iter()
                .enumerate()
                .map(|(at, (code, values, broken))| ResponseExample {
                    heading: format!("{code} Response"),
                    // One body is valid. Without any, a member without separator cannot be
                    // distinguished from its field.
                    body: if *broken == 0 && at > 0 {
                        PrintedBody {
                            line: 0,
                            json: Err(Broken {
                                reason: BROKEN_REASON.to_owned(),
                                line: 0,
                            }),
                        }
                    } else {
                        body(Value::Object(values_of(&fields, &states, values)))
                    },
                })
                .collect();
            (fields, examples)
        })
}

fn member(name: &str) -> Member {
    Member {
        name: name.to_owned(),
        line: 0,
    }
}

fn field(name: &str, kind: u8, length: u32, members: &[String]) -> ResponseField {
    ResponseField {
        name: name.to_owned(),
        other_reading: None,
        max_length: (kind == 1).then_some(length),
        deprecated: kind == 2 || kind == 3,
        constant: (kind == 3).then(|| "FREE".to_owned()),
        members: if kind == 4 {
            members.iter().map(|it| member(it)).collect()
        } else {
            vec![]
        },
        line: 0,
    }
}

fn values_of(
    fields: &[ResponseField],
    states: &[(u8, bool, u32)],
    values: &[Value],
) -> Map<String, Value> {
    let shown = fields.iter().zip(states).zip(values);
    shown
        .filter(|((field, (_, shown, _)), _)| *shown || !field.members.is_empty())
        .map(|((field, _), value)| {
            let members = field
                .members
                .iter()
                .map(|it| (it.name.clone(), value.clone()));
            let value = if field.members.is_empty() {
                value.clone()
            } else {
                Value::Object(members.collect())
            };
            (field.name.clone(), value)
        })
        .collect()
}
