//! The page of the token operation, which has no charges and no headers, but limits and an example
//! of a signature. The tests cover its facts, reports on changed pages, and text that must not
//! become a fact.

use std::fmt::Write as _;
use std::path::Path;

use face_search_enroll_vendor_page::{
    Member, Parameter, ResponseCode, Section, VendorPage, changes, from_yaml, read, to_yaml,
};
use serde_json::json;

use crate::facts::{self, WithoutLines};
use crate::generated::{self, sourced};
use crate::render::{Rendering, render};
use crate::renderings::{difference, surfaces};

/// The facts of the page without line numbers.
pub(crate) fn token() -> VendorPage {
    let facts = include_str!("../../../tests/frozen/vendor-pages/generateToken.yaml");
    from_yaml(facts).unwrap().without_lines()
}

#[test]
fn what_the_page_states() {
    let page = token();
    assert_eq!(page.paths(), ["/openapi/auth/ticket/v1/generate-token"]);
    assert_eq!(page.missing_sections(), []);
    assert_eq!(page.unread, []);
    let period = page.request_parameters.last().unwrap();
    assert_eq!(
        *period,
        Parameter {
            name: "periodSecond".to_owned(),
            type_name: Some("string".to_owned()),
            optional: true,
            default: Some(3600),
            minimum: Some(60),
            maximum: Some(86400),
            digits: None,
            line: 0,
        }
    );
    assert_eq!(page.request_parameters[1].digits, Some(13));
    let signature = page.signature_example.as_ref().unwrap();
    let inputs: Vec<_> = signature.inputs.iter().map(|it| &*it.name).collect();
    assert_eq!(inputs, ["accessKey", "secretKey", "timestamp"]);
    assert_eq!(signature.combines(), Some(true));
    // The table says string, and the curl command has a number. Both are facts.
    let body = page.request_example.unwrap().body.unwrap().json.unwrap();
    assert!(body["timestamp"].is_number() && body["periodSecond"].is_number());
}

#[test]
fn paths_are_distinct_and_without_a_host() {
    let mut page = token();
    for url in [
        "https://a.example",
        "https://a.example/x/y?z=1#t",
        "http://b/x/y",
        "/x",
    ] {
        let mut address = page.addresses[0].clone();
        address.url = url.to_owned();
        page.addresses.push(address);
    }
    assert_eq!(
        page.paths(),
        ["/openapi/auth/ticket/v1/generate-token", "/", "/x/y", "/x"]
    );
    assert_eq!(facts::base().paths().len(), 1);
}

type Patch = fn(&mut VendorPage);

/// Changed facts, in any rendering.
const FACT_PATCHES: [(&str, Patch); 27] = [
    ("an address added", |page| {
        let mut address = page.addresses[1].clone();
        address.url = address.url.replace("sg-api", "vn-api");
        page.addresses.push(address);
    }),
    ("an address taken away", |page| {
        page.addresses.remove(5);
    }),
    ("addresses in another order", |page| {
        page.addresses.swap(0, 1);
    }),
    ("a parameter added", |page| {
        page.request_parameters.push(Parameter {
            name: "channel".to_owned(),
            type_name: Some("string".to_owned()),
            optional: true,
            ..Parameter::default()
        });
    }),
    ("a parameter taken away", |page| {
        page.request_parameters.pop();
    }),
    ("a number where there was a string", |page| {
        page.request_parameters[3].type_name = Some("integer".to_owned());
    }),
    ("a maximum that changed", |page| {
        page.request_parameters[3].maximum = Some(43200);
    }),
    ("a minimum that changed", |page| {
        page.request_parameters[3].minimum = Some(300);
    }),
    ("a default that changed", |page| {
        page.request_parameters[3].default = Some(7200);
    }),
    ("limits taken away", |page| {
        page.request_parameters[3].minimum = None;
        page.request_parameters[3].maximum = None;
    }),
    ("no longer optional", |page| {
        page.request_parameters[3].optional = false;
    }),
    ("seconds where there were milliseconds", |page| {
        page.request_parameters[1].digits = Some(10);
    }),
    ("a string in the curl where there was a number", |page| {
        let body = json!({"accessKey": "a", "signature": "b", "timestamp": "1648785145789"});
        example(page).body = Some(generated::body(body));
    }),
    ("a token header in the curl", |page| {
        let mut header = example(page).headers[0].clone();
        "X-ACCESS-TOKEN".clone_into(&mut header.name);
        "{token}".clone_into(&mut header.value);
        example(page).headers.push(header);
    }),
    ("another input of the signature", |page| {
        let signature = page.signature_example.as_mut().unwrap();
        let mut input = signature.inputs[0].clone();
        "region".clone_into(&mut input.name);
        "sg".clone_into(&mut input.value);
        signature.inputs.push(input);
    }),
    ("inputs in another order", |page| {
        let signature = page.signature_example.as_mut().unwrap();
        signature.inputs.swap(0, 1);
    }),
    ("another result of the signature", |page| {
        let signature = page.signature_example.as_mut().unwrap();
        signature.result = Some(sourced(&"0f".repeat(32)));
    }),
    ("no combination of the inputs", |page| {
        page.signature_example.as_mut().unwrap().combined = None;
    }),
    ("no example of the signature", |page| {
        page.signature_example = None;
    }),
    ("a member of the data added", |page| {
        page.response_fields[2].members.push(Member {
            name: "refreshToken".to_owned(),
            line: 0,
        });
        let data = json!({"token": "t", "expiredTime": 1, "refreshToken": "r"});
        page.response_examples[0].body.json.as_mut().unwrap()["data"] = data;
    }),
    ("a member of the data taken away", |page| {
        page.response_fields[2].members.pop();
    }),
    ("a longest length that changed", |page| {
        page.response_fields[4].max_length = Some(32);
    }),
    ("a message added", |page| {
        page.response_codes
            .insert(4, code("PARAMETER_ERROR", "Period out of range"));
    }),
    ("a message reworded", |page| {
        "Wrong signature".clone_into(&mut page.response_codes[3].message);
    }),
    ("a code added", |page| {
        page.response_codes.push(code("SERVICE_BUSY", "Try later"));
    }),
    ("a code cell emptied", |page| {
        "PARAMETER_ERROR".clone_into(&mut page.response_codes[4].code);
    }),
    ("an example taken away", |page| {
        page.response_examples.remove(1);
    }),
];

fn example(page: &mut VendorPage) -> &mut face_search_enroll_vendor_page::RequestExample {
    page.request_example.as_mut().unwrap()
}

fn code(code: &str, message: &str) -> ResponseCode {
    ResponseCode {
        code: code.to_owned(),
        message: message.to_owned(),
        ..ResponseCode::default()
    }
}

/// Text of the page, and its replacement.
const TEXT_PATCHES: [(&str, &str, &str); 28] = [
    (
        "the curl under another heading that is known",
        "Code Sample",
        "Request Example:",
    ),
    (
        "the curl under a heading that is not known",
        "Code Sample",
        "How it looks",
    ),
    (
        "a heading reworded beyond recognition",
        "Response Code",
        "What may come back",
    ),
    ("the note without its heading", "Note:\n\n", ""),
    (
        "the curl in single quotes",
        "-H \"Content-Type: application/json\"",
        "-H 'Content-Type: application/json'",
    ),
    (
        "the address of the curl without quotes",
        "\"https://api.advance.ai/openapi/auth/ticket/v1/generate-token\"",
        "https://api.advance.ai/openapi/auth/ticket/v1/generate-token",
    ),
    (
        "a backslash missing in the curl",
        "application/json\" \\",
        "application/json\"",
    ),
    (
        "a body that is broken",
        "\"timestamp\":1648785145789,",
        "\"timestamp\":1648785145789",
    ),
    (
        "a type taken away",
        "string Value to send along\n\ntimestamp",
        "Value to send along\n\ntimestamp",
    ),
    (
        "a description taken away",
        "accessKey\n\nstring Value to send along\n",
        "accessKey\n",
    ),
    (
        "a name that no body shows",
        "timestamp\n\nstring 13-digit-wide",
        "clientTime\n\nstring 13-digit-wide",
    ),
    (
        "limits in other words",
        "defaults to 3600 units, minimum 60 units, maximum 86400 units",
        "between 60 and 86,400; 3600 seconds by default",
    ),
    (
        "numbers that are no limits",
        "defaults to 3600 units, minimum 60 units, maximum 86400 units",
        "with at most 5 digits, 1.5 of them by default, and at least 10 characters",
    ),
    (
        "optional said of something else",
        "string Value to send along\n\ntimestamp",
        "string Needs no optional header\n\ntimestamp",
    ),
    (
        "prose below the parameters",
        "\nNote:",
        "\naccessKey must be known\n\nThe maximum is 5 calls a second, optional.\n\nboth\n\nNote:",
    ),
    (
        "prose between the fields",
        "\ndata\n",
        "\nAll of them are sent.\n\naccessToken is no part of it\n\ndata\n",
    ),
    (
        "a combination that is wrong",
        "Together: sampleaccesskeysamplesecretkey",
        "Together: samplesecretkeysampleaccesskey",
    ),
    (
        "other words around the signature",
        "Together:",
        "When it is put in one string:",
    ),
    (
        "the signature in one line",
        "e.g.\naccessKey: sampleaccesskey\nsecretKey: samplesecretkey\n",
        "e.g. accessKey: sampleaccesskey, secretKey: samplesecretkey, ",
    ),
    (
        "a signature without inputs",
        "secretKey: samplesecretkey\ntimestamp: 1665993522952\n",
        "",
    ),
    (
        "a message that the vendor glued to no code",
        "Signature error",
        "signature error",
    ),
    (
        "a code of another form",
        "ACCOUNT_DISABLEDAccount Disabled",
        "Account-Disabled Account Disabled",
    ),
    (
        "a code whose end cannot be told",
        "CLIENT_ERRORHTTP 400",
        "CLIENT_ERRORXYZ 400",
    ),
    (
        "a sentence right below the codes",
        "HTTP 400 - Bad Request\n",
        "HTTP 400 - Bad Request\nThese are sent with status 200.\n",
    ),
    (
        "a sentence further below the codes",
        "HTTP 400 - Bad Request\n",
        "HTTP 400 - Bad Request\n\nOther answers are rare\n",
    ),
    ("charges added to the codes", "SUCCESSOK", "SUCCESSfree OK"),
    (
        "a heading over the second example of a code",
        "{\n \"code\": \"PARAMETER_ERROR\"",
        "TIME_ERROR\n\n{\n \"code\": \"PARAMETER_ERROR\"",
    ),
    (
        "an example of another code",
        "\"message\": \"OK\"",
        "\"message\": \"Done\"",
    ),
];

fn lines(old: &VendorPage, new: &VendorPage) -> String {
    let mut report = String::new();
    for change in changes(old, new) {
        writeln!(report, "{change}").unwrap();
    }
    for section in new.missing_sections() {
        writeln!(report, "missing  section {section}").unwrap();
    }
    report
}

/// A file has the expected report of each patch. `UPDATE_EXPECTED=1` rewrites it.
#[test]
fn each_patch_has_its_report() {
    let base = token();
    let mut reports = String::new();
    for (name, patch) in FACT_PATCHES {
        let mut page = token();
        patch(&mut page);
        write!(reports, "# {name}\n{}\n", lines(&base, &page)).unwrap();
    }
    let text = render(&base, Rendering::Stacked);
    let base = read(text.as_bytes()).unwrap();
    for (name, from, to) in TEXT_PATCHES {
        let patched = text.replacen(from, to, 1);
        assert_ne!(patched, text, "{name}: the page has no such text");
        let page = read(patched.as_bytes()).unwrap();
        write!(reports, "# text: {name}\n{}\n", lines(&base, &page)).unwrap();
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/token-page-patches.txt");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&file, &reports).unwrap();
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(
        reports, expected,
        "set UPDATE_EXPECTED=1 to rewrite the file"
    );
}

#[test]
fn each_patch_of_a_fact_reads_the_same_in_every_rendering() {
    let surface = surfaces().next().unwrap();
    for (name, patch) in FACT_PATCHES {
        let mut page = token();
        patch(&mut page);
        for rendering in Rendering::ALL {
            if let Some(difference) = difference(&page, rendering, surface) {
                panic!("{name}: {difference}");
            }
        }
        assert_eq!(from_yaml(&to_yaml(&page)), Ok(page), "{name}");
    }
}

#[test]
fn a_header_section_is_missed_only_where_the_curl_sends_more_than_media_types() {
    let mut page = token();
    assert_eq!(page.missing_sections(), []);
    example(&mut page).headers[0].name = "X-ACCESS-TOKEN".to_owned();
    let missing = [Section::RequestHeaderParameters];
    assert_eq!(page.missing_sections(), missing);
    // Without a curl command, it is unknown whether a request has headers.
    page.request_example = None;
    let missing = [Section::RequestExample, Section::RequestHeaderParameters];
    assert_eq!(page.missing_sections(), missing);
}

/// A page that is cut off states no parameter, field or code that the complete page does not state.
#[test]
fn a_page_that_was_cut_off_states_nothing_new() {
    let whole = token();
    for rendering in [Rendering::Stacked, Rendering::Glued, Rendering::Markdown] {
        let text = render(&whole, rendering);
        // The last cell may be incomplete. Everything above it is complete.
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        for page in ends.filter_map(|end| read(&text.as_bytes()[..end]).ok()) {
            let page = page.without_lines();
            let named = |page: &VendorPage| -> Vec<String> {
                let parameters = page.request_parameters.iter().map(|it| &it.name);
                let fields = page.response_fields.iter().map(|it| &it.name);
                parameters.chain(fields).cloned().collect()
            };
            let known = named(&whole);
            let mut new = named(&page);
            new.retain(|it| !known.contains(it));
            assert_eq!(new, [""; 0], "{rendering:?}");
            let known = &whole.response_codes;
            assert!(
                page.response_codes.iter().all(|it| known.contains(it)),
                "{rendering:?}"
            );
        }
    }
}
