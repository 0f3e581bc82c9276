//! Which entry of the release is which of the contract: by its key, by what tells it apart in a
//! list, or by what it says under another name.

use serde_json::Value as Json;

use super::{
    meanings::Claim,
    pattern::is_method,
    spot::{Relation, Spot},
};

/// What tells the entries of a mapping or a list apart.
#[derive(Debug, Clone, Copy)]
pub(super) enum By {
    /// The key.
    Key,
    /// The key, or else the content: the same under another key is renamed.
    KeyOrContent,
    /// The key, or else that there is one alone on each side.
    KeyOrAlone,
    /// The key, or else that each side has one method alone.
    Method,
    /// The value of an item.
    Value,
    /// The values of an item at these paths; where the first finds nothing, the next is asked.
    Fields(&'static [&'static [&'static str]]),
    /// The code, message or status that an item claims for an outcome.
    Claim,
}

/// An entry of one side or of both.
#[derive(Debug)]
pub(super) struct Pair<'n> {
    pub(super) was: Option<Spot<'n>>,
    pub(super) is: Option<Spot<'n>>,
    pub(super) relation: Relation,
}

/// Pairs the entries: those of the contract in their order, then what is gone.
pub(super) fn pairs<'n>(by: By, was: Vec<Spot<'n>>, is: Vec<Spot<'n>>) -> Vec<Pair<'n>> {
    let mut pairing = Pairing {
        gone: was.into_iter().map(Some).collect(),
        pairs: is
            .into_iter()
            .map(|is| Pair {
                was: None,
                is: Some(is),
                relation: Relation::Same,
            })
            .collect(),
    };
    match by {
        By::Key => pairing.by_name(),
        By::KeyOrContent => {
            pairing.by_name();
            pairing.rename(|was, is| was.node.to_json() == is.node.to_json());
        }
        By::KeyOrAlone => {
            pairing.by_name();
            pairing.rename_alone(|_| true);
        }
        By::Method => {
            pairing.by_name();
            pairing.rename_alone(is_method);
        }
        By::Value => pairing.by_value(|spot| Some(spot.node.to_json())),
        By::Claim => pairing.by_value(|spot| Some(Claim::of(spot.node)?.to_string().into())),
        By::Fields(paths) => {
            let field = |path| move |spot: &Spot<'n>| Some(spot.node.at_path(path)?.to_json());
            for (index, path) in paths.iter().enumerate() {
                if index == 0 {
                    pairing.call_by(field(path));
                }
                pairing.pair_by(field(path));
            }
        }
    }
    pairing.finish()
}

struct Pairing<'n> {
    gone: Vec<Option<Spot<'n>>>,
    pairs: Vec<Pair<'n>>,
}

impl<'n> Pairing<'n> {
    fn pair(&mut self, relation: Relation, belong: impl Fn(&Spot<'n>, &Spot<'n>) -> bool) {
        for pair in self.pairs.iter_mut().filter(|pair| pair.was.is_none()) {
            let Some(is) = &pair.is else { continue };
            let mut gone = self.gone.iter_mut();
            let found = gone.find(|was| was.as_ref().is_some_and(|was| belong(was, is)));
            if let Some(found) = found {
                (pair.was, pair.relation) = (found.take(), relation);
            }
        }
    }

    fn by_name(&mut self) {
        self.pair(Relation::Same, |was, is| was.name == is.name);
    }

    fn by_value(&mut self, value: impl Fn(&Spot<'n>) -> Option<Json>) {
        self.call_by(&value);
        self.pair_by(&value);
    }

    /// Calls items by a value of theirs instead of by their index.
    fn call_by(&mut self, value: impl Fn(&Spot<'n>) -> Option<Json>) {
        let new = self.pairs.iter_mut().filter_map(|pair| pair.is.as_mut());
        for spot in new.chain(self.gone.iter_mut().flatten()) {
            if let Some(value) = value(spot) {
                let text = value.as_str().map(str::to_owned);
                spot.name = text.unwrap_or_else(|| value.to_string());
            }
        }
    }

    /// Pairs items that have the same value.
    fn pair_by(&mut self, value: impl Fn(&Spot<'n>) -> Option<Json>) {
        self.pair(Relation::Same, |was, is| {
            value(was).is_some_and(|was| value(is) == Some(was))
        });
    }

    fn rename(&mut self, belong: impl Fn(&Spot<'n>, &Spot<'n>) -> bool) {
        self.pair(Relation::Renamed, |was, is| belong(was, is));
    }

    fn rename_alone(&mut self, counts: impl Fn(&str) -> bool) {
        let gone = self.gone.iter().flatten();
        let gone = gone.filter(|was| counts(&was.name)).count();
        let new = self.pairs.iter().filter(|pair| pair.was.is_none());
        let new = new.filter_map(|pair| pair.is.as_ref());
        let new = new.filter(|is| counts(&is.name)).count();
        if (gone, new) == (1, 1) {
            self.rename(|was, is| counts(&was.name) && counts(&is.name));
        }
    }

    fn finish(self) -> Vec<Pair<'n>> {
        let gone = self.gone.into_iter().flatten().map(|was| Pair {
            was: Some(was),
            is: None,
            relation: Relation::Same,
        });
        self.pairs.into_iter().chain(gone).collect()
    }
}
