//! The sources of facts that are not on the vendor's pages.

use crate::{mapping::Mapping, position::Located, reader::Reader, yaml::Node};

/// A named source.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name, to which a `source` key refers.
    pub name: Located<String>,
    /// What the source is.
    pub description: String,
}

#[derive(Debug, Default)]
pub(crate) struct Sources {
    pub(crate) all: Vec<Source>,
}

impl Sources {
    pub(crate) fn read(reader: &mut Reader, root: &Node) -> Self {
        let all = root
            .entries_at(&["info", "x-sources"])
            .iter()
            .filter_map(|(name, description)| {
                let description = reader.text(description, "source")?;
                Some(Source {
                    name: name.located(),
                    description: description.value,
                })
            })
            .collect();
        Self { all }
    }

    /// The `source` of `mapping`. A fact of the page has none.
    pub(crate) fn read_optional(
        &self,
        reader: &mut Reader,
        mapping: &mut Mapping<'_>,
    ) -> Option<Located<String>> {
        let source = mapping.optional_text(reader, "source")?;
        self.check(reader, &source);
        Some(source)
    }

    /// Reports a source that `info.x-sources` does not name.
    pub(crate) fn check(&self, reader: &mut Reader, source: &Located<String>) {
        if self.all.iter().any(|known| *known.name == **source) {
            return;
        }
        let known: Vec<_> = self.all.iter().map(|source| source.name.as_str()).collect();
        reader.problem(
            source.at,
            format!("unknown source {source}"),
            format!(
                "use one of: {}, or add it to info.x-sources",
                known.join(", ")
            ),
        );
    }
}
