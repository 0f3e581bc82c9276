//! Forms of single rows and lines: new names and codes in cells without separators, and text that
//! is not a row.

use face_search_enroll_vendor_page::{PrintedCharge, Section, VendorPage, read};

use crate::facts::{self, WithoutLines};
use crate::render::{Rendering, render};

/// The base page in a rendering without separators, with these lines below the header of a table.
fn with_rows(section: Section, rows: &str) -> VendorPage {
    let text = render(&facts::base(), Rendering::Glued);
    let (before, after) = text.split_once(section.heading()).unwrap();
    let (header, rest) = after.trim_start().split_once('\n').unwrap();
    let heading = section.heading();
    read(format!("{before}{heading}\n\n{header}\n{rows}\n{rest}").as_bytes()).unwrap()
}

#[test]
fn fields_without_separators() {
    // The row, and its name, maximum length and constant.
    let rows: [(&str, &str, Option<u32>, Option<&str>); 9] = [
        ("requestTimeClock of the server", "requestTime", None, None),
        ("dataListAll of them", "dataList", None, None),
        ("messageIdHandle of the text", "messageId", None, None),
        ("callbackURLWhere to call", "callbackURL", None, None),
        ("countA number", "count", None, None),
        ("statusHTTP status", "status", None, None),
        (
            "trace_idHandle, at most 32 characters",
            "trace_id",
            Some(32),
            None,
        ),
        ("remarkMaximum length: 200", "remark", Some(200), None),
        ("channelIt is always H5.", "channel", None, Some("H5")),
    ];
    for (row, name, length, constant) in rows {
        let page = with_rows(Section::ResponseDescription, row);
        let first = &page.response_fields[0];
        assert_eq!(first.name, name, "{row}");
        assert_eq!(
            (first.max_length, first.constant.as_deref()),
            (length, constant),
            "{row}"
        );
        assert_eq!(first.members, [], "{row}");
        assert_eq!(page.response_fields.len(), 7, "{row}");
        assert_eq!(page.unread, [], "{row}");
    }
}

#[test]
fn ambiguous_fields_without_separators() {
    // The row, the assumed name, and the other possible name.
    let rows = [
        ("faceIdid of the face in the set", "faceId", Some("face")),
        ("faceIDid of the face", "faceID", Some("faceI")),
        ("faceIdhandle of it", "faceId", Some("face")),
        ("startTimetime of the start", "startTime", Some("start")),
        ("faceHashthe hash of it", "faceHash", Some("face")),
        ("userIdentity of the person", "user", None),
        ("requestTimeClock of the server", "requestTime", None),
        ("userIDThe id of the user", "userID", None),
        ("faceNumber of faces", "face", None),
    ];
    for (row, name, other) in rows {
        let page = with_rows(Section::ResponseDescription, row);
        let first = &page.response_fields[0];
        let read = (first.name.as_str(), first.other_reading.as_deref());
        assert_eq!(read, (name, other), "{row}");
    }
    // With separate cells, or a body with the name, the name is certain.
    let page = with_rows(Section::ResponseDescription, "faceId\tid of the face");
    assert_eq!(page.response_fields[0].other_reading, None);
    let text = render(&facts::base(), Rendering::Glued);
    let shown = text.replacen("\"extra\"", "\"faceId\": \"a\", \"extra\"", 1);
    let row = "extraOutcome in a word\nfaceIdid of the face";
    let page = read(shown.replacen("extraOutcome in a word", row, 1).as_bytes()).unwrap();
    let last = page.response_fields.last().unwrap();
    assert_eq!((&*last.name, &last.other_reading), ("faceId", &None));
}

#[test]
fn a_member_without_separator_that_no_body_has() {
    let text = render(&facts::base(), Rendering::Glued);
    let text = text.replace("datasignatureId echo", "dataownerId echo");
    let page = read(text.as_bytes()).unwrap();
    let data = &page.response_fields[4];
    assert_eq!(
        (data.name.as_str(), data.members[0].name.as_str()),
        ("data", "ownerId")
    );
    assert_eq!(page.response_fields.len(), 6);
}

#[test]
fn parameters_without_separators() {
    let rows = [
        ("faceImagefile a picture", "faceImage", Some("file")),
        ("profilestringThe kind", "profile", Some("string")),
        ("idsarray<string> several", "ids", Some("array<string>")),
        (
            "signatureIdsstring[] several",
            "signatureIds",
            Some("string[]"),
        ),
        ("X-REQUEST-IDString any", "X-REQUEST-ID", Some("String")),
        (
            "retryCount integer how often",
            "retryCount",
            Some("integer"),
        ),
        ("signatureIdNames the journey", "signatureId", None),
    ];
    for (row, name, type_name) in rows {
        let page = with_rows(Section::RequestParameters, row);
        let first = &page.request_parameters[0];
        assert_eq!(
            (first.name.as_str(), first.type_name.as_deref()),
            (name, type_name),
            "{row}"
        );
        assert_eq!(page.request_parameters.len(), 2, "{row}");
    }
}

#[test]
fn codes_without_separators() {
    let rows = [
        (
            "NEW_CODE_2pay It costs",
            "NEW_CODE_2",
            Some(PrintedCharge::Pay),
            "It costs",
        ),
        (
            "RETRYfreefree calls are used up",
            "RETRY",
            Some(PrintedCharge::Free),
            "free calls are used up",
        ),
        (
            "RETRYfreeplease wait",
            "RETRY",
            Some(PrintedCharge::Free),
            "please wait",
        ),
        ("RETRY free", "RETRY", Some(PrintedCharge::Free), ""),
        ("RETRYWait a little", "RETRY", None, "Wait a little"),
        (
            "RETRYfreeA | B",
            "RETRY",
            Some(PrintedCharge::Free),
            "A | B",
        ),
    ];
    for (row, code, charge, message) in rows {
        let page = with_rows(Section::ResponseCode, row);
        let first = &page.response_codes[0];
        assert_eq!(
            (first.code.as_str(), first.charge, first.message.as_str()),
            (code, charge, message),
            "{row}"
        );
        assert_eq!(page.response_codes.len(), 9, "{row}");
    }
}

#[test]
fn an_unreadable_row_is_reported_and_does_not_affect_others() {
    let rows = [
        (Section::ResponseCode, "freeA message of no code"),
        (Section::ResponseCode, "payment is due when the month ends"),
        (Section::ResponseDescription, "in lower case without a name"),
        (Section::RequestParameters, "in lower case a string"),
    ];
    for (section, row) in rows {
        let page = with_rows(section, row);
        let unread: Vec<_> = page.unread.iter().map(|it| it.section).collect();
        assert_eq!(unread, [section], "{row}");
        let mut page = page.without_lines();
        page.unread.clear();
        assert_eq!(page, facts::base(), "{row}");
    }
}

#[test]
fn sections_may_stand_in_another_order() {
    let text = render(&facts::base(), Rendering::Markdown);
    let (before, rest) = text.split_once("## Response Description").unwrap();
    let (fields, codes) = rest.split_once("## Response Code").unwrap();
    let (codes, examples) = codes.split_once("## Response Examples").unwrap();
    let text = format!(
        "{before}## Response Examples{examples}\n## Response Code{codes}## Response Description{fields}"
    );
    assert_eq!(
        read(text.as_bytes()).unwrap().without_lines(),
        facts::base()
    );
}

#[test]
fn an_unknown_section_ends_the_one_above() {
    let text = render(&facts::base(), Rendering::Markdown);
    let text = text.replace(
        "## Response Examples",
        "## Error Handling\n\n| Kind | Remedy |\n| --- | --- |\n| OTHER | free rein |\n\n## Response Examples",
    );
    assert_eq!(
        read(text.as_bytes()).unwrap().without_lines(),
        facts::base()
    );
}

#[test]
fn a_note_is_identified_by_its_words() {
    let text = render(&facts::base(), Rendering::Glued);
    let note = "• A tunnel may help where the network is slow, see https://example.com";
    let noted = |words: &str| {
        assert!(text.contains(note));
        read(text.replacen(note, words, 1).as_bytes())
            .unwrap()
            .without_lines()
            .notes
    };
    for same in [
        "1. A tunnel may **help** where\n   the network is slow; see <https://example.com>",
        "- A tunnel may help\n\n- where the network is slow, see [https://example.com](https://other.example)",
    ] {
        assert_eq!(noted(same), facts::base().notes, "{same}");
    }
    for other in [
        "• A tunnel will help where the network is slow, see https://example.com",
        "• None",
    ] {
        assert_ne!(noted(other), facts::base().notes, "{other}");
    }
    assert_eq!(noted(""), []);
}

#[test]
fn prose_that_names_a_section_is_not_a_heading() {
    let text = render(&facts::base(), Rendering::Glued);
    let text = text.replace(
        "Notes:",
        "Notes:\n\nSee the Response Code\nand \"Request Parameters\" below, or (Request Url).",
    );
    let mut page = read(text.as_bytes()).unwrap().without_lines();
    assert_ne!(page.notes, facts::base().notes);
    page.notes = facts::base().notes;
    assert_eq!(page, facts::base());
}

#[test]
fn prose_above_a_table_is_not_a_row() {
    use Rendering::{BareMarkdown, Glued, Html, Markdown, Tabs};
    for rendering in [Glued, Tabs, Markdown, BareMarkdown, Html] {
        let mut text = render(&facts::base(), rendering);
        for header in [
            "Parameter",
            "| Parameter",
            "Status Code",
            "| Status Code",
            "<table><thead>",
        ] {
            let prose = match rendering {
                Html => "<p>What goes over the wire.</p>\n<p>idle words</p>",
                _ => "What goes over the wire.\nidle words\n",
            };
            text = text.replace(&format!("\n{header}"), &format!("\n{prose}\n{header}"));
        }
        let page = read(text.as_bytes()).unwrap().without_lines();
        assert_eq!(page, facts::base(), "{rendering:?}");
    }
}

#[test]
fn a_header_of_a_markdown_table_may_have_other_words() {
    let text = render(&facts::base(), Rendering::Markdown);
    let text = text.replace("| Parameter | Description |", "| Feld | Bedeutung |");
    let text = text.replace("| Status Code | Message |", "| KENNUNG | free Text |");
    assert_eq!(
        read(text.as_bytes()).unwrap().without_lines(),
        facts::base()
    );
}
