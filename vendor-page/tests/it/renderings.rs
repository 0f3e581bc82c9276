//! Every rendering of the same facts is read as these facts.

use face_search_enroll_vendor_page::{VendorPage, changes, read, to_yaml};
use proptest::prelude::*;

use crate::facts::{self, WithoutLines};
use crate::generated;
use crate::render::{Rendering, render};
use crate::token_page::token;

/// What saving a page may change in any rendering.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a thing that may happen or not"
)]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Surface {
    bom: bool,
    crlf: bool,
    nbsp: bool,
    trailing_spaces: bool,
}

fn render_with(page: &VendorPage, rendering: Rendering, surface: Surface) -> Vec<u8> {
    let mut text = render(page, rendering);
    if surface.nbsp && !matches!(rendering, Rendering::Html | Rendering::MinifiedHtml) {
        text = text.replace(' ', "\u{a0}");
    }
    if surface.trailing_spaces {
        text = text.replace('\n', "  \n");
    }
    if surface.crlf {
        text = text.replace('\n', "\r\n");
    }
    if surface.bom {
        text.insert(0, '\u{feff}');
    }
    text.into_bytes()
}

pub(crate) fn surfaces() -> impl Iterator<Item = Surface> {
    (0..16_u8).map(|bits| Surface {
        bom: bits & 1 != 0,
        crlf: bits & 2 != 0,
        nbsp: bits & 4 != 0,
        trailing_spaces: bits & 8 != 0,
    })
}

/// The differences after reading a rendering of the facts; empty on success.
pub(crate) fn difference(
    page: &VendorPage,
    rendering: Rendering,
    surface: Surface,
) -> Option<String> {
    let bytes = render_with(page, rendering, surface);
    let text = String::from_utf8_lossy(&bytes);
    let read = match read(&bytes) {
        Ok(page) => page.without_lines(),
        Err(error) => return Some(format!("{rendering:?} {surface:?}: {error}\n{text}")),
    };
    let changes: Vec<_> = changes(page, &read)
        .iter()
        .map(ToString::to_string)
        .collect();
    let same = read == *page && to_yaml(&read) == to_yaml(page);
    (!same).then(|| format!("{rendering:?} {surface:?}:\n{}\n{text}", changes.join("\n")))
}

#[test]
fn both_pages_read_the_same_in_every_rendering() {
    for page in [facts::base(), token()] {
        for rendering in Rendering::ALL {
            for surface in surfaces() {
                if let Some(difference) = difference(&page, rendering, surface) {
                    panic!("{difference}");
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_facts_read_the_same_in_every_rendering(
        page in generated::generated(),
        surface in (0..16_usize).prop_map(|at| surfaces().nth(at).unwrap()),
    ) {
        for rendering in Rendering::ALL {
            let difference = difference(&page, rendering, surface);
            prop_assert!(difference.is_none(), "{}", difference.unwrap_or_default());
        }
    }
}
