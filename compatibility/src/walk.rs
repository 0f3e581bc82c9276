//! Walks through both trees at once. Every place is either the same in both, or judged by its rule,
//! or looked into; what is none of these is a change that no rule knows.

use face_search_enroll_contract::yaml::{Node, Value as Yaml};

use super::{
    change::Change,
    pair::{By, Pair, pairs},
    roles::Roles,
    rules::{self, Both, Judge, Rule, Side},
    spot::{Difference, Relation, Spot},
};

/// What changed from the one tree to the other, in the order of the newer one.
pub(super) fn changes(was: &Node, is: &Node) -> Vec<Change> {
    let (was_root, is_root) = (Spot::root(was), Spot::root(is));
    let both = Both {
        was: Side::of(was_root.clone()),
        is: Side::of(is_root.clone()),
        roles: Roles::of([was, is]),
    };
    let mut walk = Walk {
        both: &both,
        changes: Vec::new(),
    };
    walk.visit(Difference::at(Vec::new(), Some(was_root), Some(is_root)));
    for change in rules::changed_searches(&both) {
        walk.add(change);
    }
    walk.changes
}

struct Walk<'b, 'n> {
    both: &'b Both<'n>,
    changes: Vec<Change>,
}

impl<'n> Walk<'_, 'n> {
    /// Notes a change, once: what moved is told from either place.
    fn add(&mut self, change: Change) {
        if !self.changes.contains(&change) {
            self.changes.push(change);
        }
    }

    fn judge(&mut self, judge: Judge, difference: &Difference<'n>) {
        for change in judge.judge(self.both, difference) {
            self.add(change);
        }
    }

    fn visit(&mut self, mut difference: Difference<'n>) {
        match rules::find(&mut difference).map(|row| row.rule) {
            Some(Rule::Version) => {}
            Some(Rule::Entries(by)) => self.entries(&difference, |_, was, is| pairs(by, was, is)),
            Some(Rule::Outcomes) => self.entries(&difference, rules::outcome_pairs),
            Some(Rule::Each(by, judge)) => {
                if difference.both().is_none() || difference.relation != Relation::Same {
                    self.judge(judge, &difference);
                }
                self.inside(by, &difference);
            }
            Some(Rule::Value(judge)) => {
                if !difference.is_equal() || difference.relation != Relation::Same {
                    self.judge(judge, &difference);
                }
            }
            None if difference.both().is_none() => self.add(rules::unknown(&difference)),
            None => self.inside(By::Key, &difference),
        }
    }

    /// Looks into what both sides have.
    fn inside(&mut self, by: By, difference: &Difference<'n>) {
        let Some((was, is)) = difference.both() else {
            return;
        };
        if is_reference(was) || is_reference(is) {
            // It has no other content; what it refers to is compared where it stands.
            if !difference.is_equal() {
                let mut names = difference.names.clone();
                names.push("$ref".to_owned());
                let mut reference = Difference {
                    names,
                    ..difference.clone()
                };
                match rules::find(&mut reference).map(|row| row.rule) {
                    Some(Rule::Value(judge)) => self.judge(judge, &reference),
                    _ => self.add(rules::unknown(difference)),
                }
            }
            return;
        }
        match (&was.node.value, &is.node.value) {
            (Yaml::Map(_), Yaml::Map(_)) => {
                let pairs = pairs(by, was.children(), is.children());
                self.pairs(difference, pairs);
            }
            _ if difference.is_equal() => {}
            _ => self.add(rules::unknown(difference)),
        }
    }

    /// Compares what two mappings or lists hold; where one is missing it holds nothing.
    fn entries(
        &mut self,
        difference: &Difference<'n>,
        pair: impl Fn(&Both<'n>, Vec<Spot<'n>>, Vec<Spot<'n>>) -> Vec<Pair<'n>>,
    ) {
        let (old, new) = difference.values();
        let other_form = matches!(
            (form(old), form(new)),
            (Form::Scalar, _)
                | (_, Form::Scalar)
                | (Form::Map, Form::List)
                | (Form::List, Form::Map)
        );
        if other_form && !difference.is_equal() {
            self.add(rules::unknown(difference));
            return;
        }
        let children =
            |spot: &Option<Spot<'n>>| spot.as_ref().map_or_else(Vec::new, Spot::children);
        let (was, is) = (children(&difference.was), children(&difference.is));
        if was.is_empty() && is.is_empty() {
            if !difference.is_equal() {
                self.add(rules::same(difference));
            }
            return;
        }
        let pairs = pair(self.both, was, is);
        if is_reordered(&pairs) {
            self.add(rules::reordered(difference, &pairs));
        }
        self.pairs(difference, pairs);
    }

    fn pairs(&mut self, difference: &Difference<'n>, pairs: Vec<Pair<'n>>) {
        for Pair { was, is, relation } in pairs {
            let mut names = difference.names.clone();
            names.extend(was.as_ref().or(is.as_ref()).map(|spot| spot.name.clone()));
            self.visit(Difference {
                relation,
                ..Difference::at(names, was, is)
            });
        }
    }
}

fn is_reference(spot: &Spot<'_>) -> bool {
    spot.node.get("$ref").is_some()
}

/// What a value is to one who looks for entries.
enum Form {
    Nothing,
    Map,
    List,
    Scalar,
}

fn form(node: Option<&Node>) -> Form {
    match node.map(|node| &node.value) {
        None | Some(Yaml::Null) => Form::Nothing,
        Some(Yaml::Map(_)) => Form::Map,
        Some(Yaml::List(_)) => Form::List,
        Some(Yaml::Bool(_) | Yaml::Number(_) | Yaml::String(_)) => Form::Scalar,
    }
}

/// Whether what both sides have stands in another order.
fn is_reordered(pairs: &[Pair<'_>]) -> bool {
    let stayed = pairs
        .iter()
        .filter(|pair| pair.is.is_some() && pair.relation != Relation::Moved);
    let places = stayed
        .filter_map(|pair| pair.was.as_ref())
        .map(|was| was.at);
    !places.is_sorted()
}
