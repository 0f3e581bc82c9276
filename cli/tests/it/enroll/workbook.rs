//! Excel workbooks are read: the first sheet, or the named one.

use std::fmt::Write as _;

use super::input::{enrolled, gzip, refused};

/// An archive whose files are not compressed.
fn zip(files: &[(&str, String)]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let offset = u32::try_from(archive.len()).unwrap();
        let (length, mut sum) = (u32::try_from(text.len()).unwrap(), flate2::Crc::new());
        sum.update(text.as_bytes());
        let mut head = Vec::new();
        head.extend([20, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        head.extend(sum.sum().to_le_bytes());
        head.extend(length.to_le_bytes());
        head.extend(length.to_le_bytes());
        head.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        head.extend([0, 0]);
        archive.extend(b"PK\x03\x04");
        archive.extend(&head);
        archive.extend(name.as_bytes());
        archive.extend(text.as_bytes());
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&head);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let count = u16::try_from(files.len()).unwrap().to_le_bytes();
    let (start, length) = (archive.len(), directory.len());
    archive.extend(directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend(count);
    archive.extend(count);
    archive.extend(u32::try_from(length).unwrap().to_le_bytes());
    archive.extend(u32::try_from(start).unwrap().to_le_bytes());
    archive.extend([0, 0]);
    archive
}

/// A workbook of sheets, each of them its name and its rows as XML.
fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let (mut list, mut relations, mut files) = (String::new(), String::new(), Vec::new());
    for (index, (name, rows)) in sheets.iter().enumerate() {
        let number = index + 1;
        write!(
            list,
            "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>"
        )
        .unwrap();
        write!(relations,
            "<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        )
        .unwrap();
        let sheet =
            format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>");
        files.push((format!("xl/worksheets/sheet{number}.xml"), sheet));
    }
    let content = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    files.push(("[Content_Types].xml".to_owned(), content.to_owned()));
    files.push((
        "_rels/.rels".to_owned(),
        format!(
            "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    ));
    files.push((
        "xl/workbook.xml".to_owned(),
        format!(
            "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{list}</sheets></workbook>"
        ),
    ));
    files.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!("<Relationships xmlns=\"{PACKAGE}\">{relations}</Relationships>"),
    ));
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (&**name, text.clone()))
        .collect();
    zip(&files)
}

/// A row of cells that hold text.
fn row(number: usize, cells: &[&str]) -> String {
    let mut row = format!("<row r=\"{number}\">");
    for (column, text) in ('A'..).zip(cells) {
        if !text.is_empty() {
            write!(
                row,
                "<c r=\"{column}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"
            )
            .unwrap();
        }
    }
    row + "</row>"
}

#[test]
fn the_first_sheet_is_read_or_the_one_that_is_named() {
    let first =
        row(2, &["name", "Signature ID"]) + &row(3, &["Anna", "a"]) + &row(7, &["B", " b "]);
    let second = row(1, &["c", "x"]) + &row(2, &["d", "y"]);
    let book = workbook(&[("May", &first), ("June", &second)]);
    // The extension does not matter.
    for name in ["ids.xlsx", "ids.csv", "ids"] {
        let (called, invalid, code) = enrolled(name, &book, &[]);
        assert_eq!(called, ["a", "b"], "{name}");
        assert!(invalid.is_empty(), "{invalid:?}");
        assert_eq!(code, 0);
    }
    let (called, _, _) = enrolled("ids.xlsx.gz", &gzip(&book), &["--column", "signature_id"]);
    assert_eq!(called, ["a", "b"]);
    let arguments = ["--sheet", "June", "--column", "1", "--no-header"];
    let (called, _, _) = enrolled("ids.xlsx", &book, &arguments);
    assert_eq!(called, ["c", "d"]);
    for (arguments, what) in [
        (
            &["--sheet", "July"][..],
            "there is no sheet \"July\"; pass --sheet with one of May, June",
        ),
        (&["--sheet", "June"], "the columns are c, x"),
        (&["--delimiter", ";"], "remove --delimiter"),
        (&["--field", "id"], "--field needs JSON Lines"),
    ] {
        let errors = refused("ids.xlsx", &book, arguments);
        assert!(errors.contains(what), "{errors}");
    }
    let errors = refused("ids.csv", b"signature_id\na\n", &["--sheet", "May"]);
    assert!(errors.contains("the input is not a workbook"), "{errors}");
    let errors = refused("ids.xlsx", b"signature_id\na\n", &[]);
    assert!(
        errors.contains("is not an Excel workbook; pass --input-format"),
        "{errors}"
    );
    let errors = refused("ids.xlsx", &book[..book.len() / 2], &[]);
    assert!(errors.contains("not a readable workbook"), "{errors}");
    let errors = refused(
        "ids.xlsx",
        &workbook(&[("May", &row(1, &["signature_id"]))]),
        &[],
    );
    assert!(errors.contains("contains no ids"), "{errors}");
}

#[test]
fn cells_that_are_no_text_are_told() {
    let cells = [
        "<c r=\"A2\"><v>730123</v></c>",
        "<c r=\"A3\"><v>1.2345678901234567E+15</v></c>",
        "<c r=\"A4\"><v>0.5</v></c>",
        "<c r=\"A5\" t=\"e\"><v>#N/A</v></c>",
        "<c r=\"A6\" t=\"b\"><v>1</v></c>",
        "<c r=\"B7\"><v>1</v></c>",
        "<c r=\"A8\" t=\"str\"><f>B1</f><v>a</v></c>",
    ];
    let rows = (2..)
        .zip(cells)
        .map(|(number, cell)| format!("<row r=\"{number}\">{cell}</row>"));
    let rows: String = std::iter::once(row(1, &["signature_id", "x"]))
        .chain(rows)
        .collect();
    let (called, invalid, code) = enrolled("ids.xlsx", &workbook(&[("May", &rows)]), &[]);
    assert_eq!(called, ["730123", "a"]);
    let blank = face_search_enroll::Client::check_signature_id("").unwrap_err();
    assert_eq!(
        invalid,
        [
            "ids.xlsx, line 3: the cell is the number 1234567890123456.8, which may have lost digits; format the column as text and enter the id again".to_owned(),
            "ids.xlsx, line 4: the cell is the number 0.5, which may have lost digits; format the column as text and enter the id again".to_owned(),
            "ids.xlsx, line 5: the cell has the error #N/A; write the id".to_owned(),
            "ids.xlsx, line 6: the cell is not text; format the column as text and enter the id again".to_owned(),
            format!("ids.xlsx, line 7: {blank}"),
        ]
    );
    assert_eq!(code, 1);
}
