//! Reads the facts from the bytes of a page, or reports why they are not a page of the vendor.
//!
//! An incomplete page still gives the facts that it has. It is unreadable only if almost all
//! expected sections are missing.

use crate::codes::{self, KnownCodes};
use crate::facts::VendorPage;
use crate::known_names::KnownNames;
use crate::limits::{MAX_BYTES, MAX_FACTS};
use crate::outline::{self, PagePart};
use crate::section::Section;
use crate::unreadable::{Reason, Unreadable};
use crate::{addresses, curl, decode, examples, fields, notes, parameters, signature, title};

/// A page with fewer sections is not a page of the vendor about an endpoint.
const MIN_SECTIONS: usize = 3;

/// Reads a saved page in any rendering: HTML, Markdown, or plain text with or without tabs between
/// cells.
///
/// # Errors
///
/// [`Unreadable`] if the bytes are not text, or not a page about an endpoint.
pub fn read(bytes: &[u8]) -> Result<VendorPage, Unreadable> {
    let nothing_found = |reason| Unreadable {
        reason,
        missing: Section::ALL.to_vec(),
    };
    if bytes.len() > MAX_BYTES {
        return Err(nothing_found(Reason::TooLarge));
    }
    let page = decode::lines(bytes).map_err(nothing_found)?;
    let parts = outline::parts(&page);
    let page = facts(&parts);
    let found = Section::ALL.into_iter().filter(|it| page.has(*it)).count();
    let missing = page.missing_sections();
    let reason = if count(&page) > MAX_FACTS {
        Reason::TooLarge
    } else if found < MIN_SECTIONS {
        Reason::AnotherPage
    } else {
        return Ok(page);
    };
    Err(Unreadable { reason, missing })
}

fn facts(parts: &[PagePart<'_>]) -> VendorPage {
    let of = |section| {
        parts
            .iter()
            .filter(move |part| part.section == Some(section))
    };
    let mut page = VendorPage {
        request_example: of(Section::RequestExample).find_map(curl::read),
        response_examples: examples::read(of(Section::ResponseExamples)),
        ..VendorPage::default()
    };
    // The names in the bodies and headers of the page help to split cells without separators.
    let request = match &page.request_example {
        Some(example) => KnownNames::of(&example.headers, example.body.iter()),
        None => KnownNames::default(),
    };
    let response = KnownNames::of(&[], page.response_examples.iter().map(|it| &it.body));
    let codes = KnownCodes::of(&page.response_examples);
    let mut above = parts.len();
    for (index, part) in parts.iter().enumerate() {
        let Some(section) = part.section else {
            continue;
        };
        let unread = &mut page.unread;
        let found = match section {
            Section::RequestExample => curl::read(part).is_some(),
            Section::RequestUrl => add(&mut page.addresses, addresses::read(part)),
            Section::RequestHeaderParameters => {
                let parameters = parameters::read(part, None, &request, unread);
                add(&mut page.header_parameters, parameters)
            }
            Section::RequestParameters => {
                let signature = signature::find(part);
                let parameters = parameters::read(part, signature.as_ref(), &request, unread);
                if page.signature_example.is_none() {
                    page.signature_example = signature.map(|it| it.example);
                }
                add(&mut page.request_parameters, parameters)
            }
            Section::ResponseDescription => {
                let fields = fields::read(part, &response, unread);
                add(&mut page.response_fields, fields)
            }
            Section::ResponseCode => {
                add(&mut page.response_codes, codes::read(part, &codes, unread))
            }
            Section::ResponseExamples => examples::any(part),
        };
        if found {
            above = above.min(index);
        }
    }
    page.notes = notes::read(parts);
    page.title = title::read(parts.get(..above).unwrap_or_default());
    page
}

/// Adds what was found, and returns whether there was anything.
fn add<T>(facts: &mut Vec<T>, found: Vec<T>) -> bool {
    let any = !found.is_empty();
    facts.extend(found);
    any
}

fn count(page: &VendorPage) -> usize {
    let members = page.response_fields.iter().map(|it| it.members.len());
    let inputs = page.signature_example.iter().map(|it| it.inputs.len());
    page.addresses.len()
        + page.notes.len()
        + page.header_parameters.len()
        + page.request_parameters.len()
        + page.response_fields.len()
        + members.sum::<usize>()
        + inputs.sum::<usize>()
        + page.response_codes.len()
        + page.response_examples.len()
        + page.unread.len()
}
