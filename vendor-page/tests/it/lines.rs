//! The line of a fact is its line in the rendering.

use face_search_enroll_vendor_page::{VendorPage, read};

use crate::facts;
use crate::render::{Rendering, render};
use crate::token_page::token;

/// For every fact, a word of its line and the line number.
fn places(page: &VendorPage) -> Vec<(String, u32)> {
    let mut places = vec![];
    let mut place = |word: &str, line| places.push((word.to_owned(), line));
    let title = page.title.as_ref().unwrap();
    place(&title.value, title.line);
    let example = page.request_example.as_ref().unwrap();
    place("curl", example.line);
    let address = example.address.as_ref().unwrap();
    place(&address.value, address.line);
    for slip in &example.slips {
        place(&address.value, slip.line);
    }
    for header in &example.headers {
        place(&header.name, header.line);
    }
    place("-d ", example.body.as_ref().unwrap().line);
    for address in &page.addresses {
        place(&address.url, address.line);
    }
    for parameter in page
        .header_parameters
        .iter()
        .chain(&page.request_parameters)
    {
        place(&parameter.name, parameter.line);
    }
    if let Some(example) = &page.signature_example {
        for input in &example.inputs {
            place(&format!("{}: {}", input.name, input.value), input.line);
        }
        for stated in [&example.combined, &example.result].into_iter().flatten() {
            place(&stated.value, stated.line);
        }
    }
    for field in &page.response_fields {
        place(&field.name, field.line);
        for member in &field.members {
            place(&member.name, member.line);
        }
    }
    for code in &page.response_codes {
        place(&code.message, code.line);
    }
    for example in &page.response_examples {
        place("{", example.body.line);
    }
    places
}

#[test]
fn each_fact_has_its_line() {
    let pages = [facts::base(), token()];
    let renderings = Rendering::ALL.into_iter();
    for (facts, rendering) in renderings.flat_map(|it| pages.iter().map(move |page| (page, it))) {
        let text = render(facts, rendering);
        let page = read(text.as_bytes()).unwrap();
        let lines: Vec<_> = text.split('\n').collect();
        for (word, number) in places(&page) {
            // A row of a saved page takes several lines, and starts at its first text.
            let first = number as usize - 1;
            let row = if rendering == Rendering::Html { 3 } else { 1 };
            let near = lines[first..lines.len().min(first + row)].join("\n");
            assert!(
                near.contains(&word),
                "{rendering:?}: {word} in line {number}:\n{near}"
            );
        }
    }
}

#[test]
fn lines_only_grow_down_the_page() {
    for rendering in Rendering::ALL {
        let text = render(&facts::base(), rendering);
        let page = read(text.as_bytes()).unwrap();
        let lines: Vec<_> = places(&page).into_iter().map(|(_, line)| line).collect();
        assert!(lines.is_sorted(), "{rendering:?}: {lines:?}");
    }
}

#[test]
fn a_carriage_return_or_a_byte_order_mark_does_not_change_lines() {
    for rendering in Rendering::ALL {
        let text = render(&facts::base(), rendering);
        let page = read(text.as_bytes()).unwrap();
        let other = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert_eq!(read(other.as_bytes()).unwrap(), page, "{rendering:?}");
    }
}

#[test]
fn a_broken_body_says_where_it_breaks() {
    let text = render(&facts::base(), Rendering::Glued);
    let broken = text.replacen("\"message\": \"OK\",", "\"message\": \"OK\"", 1);
    assert_ne!(broken, text);
    let page = read(broken.as_bytes()).unwrap();
    let body = &page.response_examples[0].body;
    let error = body.json.as_ref().unwrap_err();
    let line = broken.split('\n').nth(error.line as usize - 1).unwrap();
    assert!(line.contains("\"data\""), "{line}");
    assert!(body.line < error.line);
}
