//! Renders the page as HTML with navigation, a table of contents, scripts, spanned cells and
//! entities.

use std::fmt::Write as _;

use super::Block;

pub(super) fn page(blocks: &[Block], newline: &str) -> String {
    let escape = |text: &str| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('"', "&quot;")
    };
    let headings = blocks.iter().filter_map(|block| match block {
        Block::Heading(text) => Some(format!("<li><a href='#x'>{text}</a></li>")),
        _ => None,
    });
    let contents: Vec<_> = headings.collect();
    let mut out = format!(
        "<!DOCTYPE html>{newline}<html><head><title>Docs | Example</title>{newline}\
         <script>if (1 < 2) {{ var x = \"<h2>Request Url</h2>\"; }}</script>{newline}\
         <style>td > p {{ color: red }}</style></head><body>{newline}\
         <nav><ul>{newline}<li>Some Other API</li>{newline}</ul></nav>{newline}\
         <ul class=contents>{newline}{}</ul>{newline}<div class=page>{newline}",
        contents.join(newline),
    );
    for block in blocks {
        match block {
            Block::Title(text) => write!(out, "<h1>{}</h1>", escape(text)).unwrap(),
            Block::Heading(text) => {
                write!(out, "<h2 id='x'>{text}<a href='#x'>#</a></h2>").unwrap();
            }
            Block::SubHeading(text) => write!(out, "<h3>{text}</h3>").unwrap(),
            Block::Prose(text) => write!(out, "<p>{text}</p>").unwrap(),
            Block::Lines(lines) => {
                let lines: Vec<_> = lines.iter().map(|it| escape(it)).collect();
                write!(out, "<p>{newline}{}</p>", lines.join("<br>")).unwrap();
            }
            Block::Curl(lines) if newline.is_empty() => {
                write!(out, "<p>{}</p>", escape(&lines.join(" "))).unwrap();
            }
            Block::Curl(lines) => {
                write!(
                    out,
                    "<pre><code>{}\n</code></pre>",
                    escape(&lines.join("\n"))
                )
                .unwrap();
            }
            Block::Json(text) => {
                let text = escape(text).replace("&quot;code", "<span class=k>&quot;code</span>");
                write!(out, "<pre><code class='json'>{text}</code></pre>").unwrap();
            }
            Block::Table { header, rows, .. } => table(&mut out, header, rows, newline, escape),
        }
        out.push_str(newline);
    }
    let foot = "</div><footer><p>Contact</p></footer><script src=x></script></body></html>";
    out + foot + newline
}

fn table(
    out: &mut String,
    header: &[&str],
    rows: &[Vec<Option<String>>],
    newline: &str,
    escape: impl Fn(&str) -> String,
) {
    let escape = |text: &str| escape(text).replace('\n', "<br>");
    write!(
        out,
        "<table><thead>{newline}<tr><th>{}</th></tr></thead>{newline}<tbody>",
        header.join("</th><th>")
    )
    .unwrap();
    for (at, row) in rows.iter().enumerate() {
        write!(out, "<tr>{newline}").unwrap();
        if let Some(first) = &row[0] {
            let below = rows[at + 1..]
                .iter()
                .take_while(|row| row[0].is_none())
                .count();
            write!(
                out,
                "<td rowspan=\"{}\"><code>{}</code></td>{newline}",
                below + 1,
                escape(first)
            )
            .unwrap();
        }
        let cells: Vec<_> = row[1..].iter().flatten().map(|cell| escape(cell)).collect();
        match cells.as_slice() {
            [charge, message] => {
                write!(
                    out,
                    "<td><span class=tag>{charge}</span>&nbsp;<p>{message}</p></td>"
                )
                .unwrap();
            }
            cells => write!(out, "<td>{}</td>", cells.concat()).unwrap(),
        }
        write!(out, "</tr>{newline}").unwrap();
    }
    write!(out, "</tbody></table>").unwrap();
}
