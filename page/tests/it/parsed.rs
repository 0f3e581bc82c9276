//! The page as a browser's parser sees it, flat: elements with their attributes and their text.

use std::collections::BTreeMap;

use html5gum::{DefaultEmitter, Token, Tokenizer};

/// Elements without an end.
const VOID: [&str; 4] = ["meta", "link", "wbr", "input"];

/// An element; its text is that of everything inside it, with white space made one space.
#[derive(Debug, Default, Clone)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) text: String,
    /// The names of the elements around it, the outermost first.
    pub(crate) parents: Vec<String>,
    /// The ids of the elements around it.
    pub(crate) within: Vec<String>,
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    pub(crate) fn words(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// All elements of the page in the order in which they begin. Fails where they do not nest.
pub(crate) fn elements(html: &str) -> Vec<Element> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = text(&tag.name);
                let of_open = |index: &usize| &elements[*index];
                let element = Element {
                    attributes: tag
                        .attributes
                        .iter()
                        .map(|(name, value)| (text(name), text(value)))
                        .collect(),
                    text: String::new(),
                    parents: open
                        .iter()
                        .map(|index| of_open(index).name.clone())
                        .collect(),
                    within: open
                        .iter()
                        .filter_map(|index| of_open(index).attributes.get("id").cloned())
                        .collect(),
                    name: name.clone(),
                };
                elements.push(element);
                if !VOID.contains(&name.as_str()) {
                    open.push(elements.len() - 1);
                }
            }
            Token::EndTag(tag) => {
                let index = open.pop().expect("an end without a start");
                assert_eq!(
                    elements[index].name,
                    text(&tag.name),
                    "elements that overlap"
                );
                // Words of neighbours are no one word.
                for index in &open {
                    elements[*index].text.push(' ');
                }
            }
            Token::String(string) => {
                for index in &open {
                    elements[*index].text.push_str(&text(&string));
                }
            }
            Token::Comment(_) | Token::Doctype(_) => {}
            Token::Error(error) => panic!("HTML that does not parse: {}", error.value),
        }
    }
    assert!(open.is_empty(), "elements that do not end");
    elements
}

pub(crate) fn named<'e>(
    elements: &'e [Element],
    name: &'e str,
) -> impl Iterator<Item = &'e Element> {
    elements.iter().filter(move |element| element.name == name)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}
