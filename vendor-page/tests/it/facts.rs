//! The facts of the vendor's pages at the time when these tests were written.

use face_search_enroll_vendor_page::{
    PrintedBody, RequestExample, ResponseField, SignatureExample, VendorPage, from_yaml,
};

/// The facts of the endpoint's page without line numbers.
pub(crate) fn base() -> VendorPage {
    let facts = include_str!("../../../tests/frozen/vendor-pages/enroll.yaml");
    from_yaml(facts).unwrap().without_lines()
}

/// Helps to compare two renderings of one page.
pub(crate) trait WithoutLines {
    /// The same facts with every line set to 0.
    fn without_lines(self) -> Self;
}

impl WithoutLines for VendorPage {
    fn without_lines(mut self) -> Self {
        for line in lines(&mut self) {
            *line = 0;
        }
        self
    }
}

fn lines(page: &mut VendorPage) -> Vec<&mut u32> {
    let VendorPage {
        title,
        request_example,
        addresses,
        notes,
        header_parameters,
        request_parameters,
        signature_example,
        response_fields,
        response_codes,
        response_examples,
        unread,
    } = page;
    let mut lines = vec![];
    lines.extend(title.as_mut().map(|it| &mut it.line));
    lines.extend(request_example.iter_mut().flat_map(request_lines));
    lines.extend(addresses.iter_mut().map(|it| &mut it.line));
    lines.extend(notes.iter_mut().map(|it| &mut it.line));
    lines.extend(header_parameters.iter_mut().map(|it| &mut it.line));
    lines.extend(request_parameters.iter_mut().map(|it| &mut it.line));
    lines.extend(signature_example.iter_mut().flat_map(signature_lines));
    for ResponseField { members, line, .. } in response_fields {
        lines.push(line);
        lines.extend(members.iter_mut().map(|it| &mut it.line));
    }
    lines.extend(response_codes.iter_mut().map(|it| &mut it.line));
    lines.extend(
        response_examples
            .iter_mut()
            .flat_map(|it| body_lines(&mut it.body)),
    );
    lines.extend(unread.iter_mut().map(|it| &mut it.line));
    lines
}

fn request_lines(example: &mut RequestExample) -> Vec<&mut u32> {
    let RequestExample {
        line,
        method,
        address,
        headers,
        body,
        slips,
    } = example;
    let mut lines = vec![line];
    lines.extend(method.as_mut().map(|it| &mut it.line));
    lines.extend(address.as_mut().map(|it| &mut it.line));
    lines.extend(headers.iter_mut().map(|it| &mut it.line));
    lines.extend(body.iter_mut().flat_map(body_lines));
    lines.extend(slips.iter_mut().map(|it| &mut it.line));
    lines
}

fn signature_lines(example: &mut SignatureExample) -> Vec<&mut u32> {
    let SignatureExample {
        inputs,
        combined,
        result,
    } = example;
    let inputs = inputs.iter_mut().map(|it| &mut it.line);
    let stated = [combined, result].into_iter().flatten();
    inputs.chain(stated.map(|it| &mut it.line)).collect()
}

fn body_lines(body: &mut PrintedBody) -> Vec<&mut u32> {
    let PrintedBody { line, json } = body;
    let mut lines = vec![line];
    lines.extend(json.as_mut().err().map(|it| &mut it.line));
    lines
}
