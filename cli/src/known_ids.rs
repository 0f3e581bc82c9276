//! The state of many ids, in little memory.
//!
//! A table keeps its entries sorted by their digests, with gaps between them. Digests are spread evenly, so a
//! digest gives the approximate place of its entry, and a table that is nearly full is still searched in a few
//! steps. A table grows by a fifth, while a hash map doubles.

use std::mem;

use crate::id_digest::IdDigest;

/// What is known about an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// It is enrolled, according to an earlier run.
    Enrolled = 1,
    /// It was rejected in an earlier run.
    Rejected,
    /// It occurred before in the input of this run.
    Given,
}

/// How many of the highest bits of a key choose its table. A table that grows needs more memory for a moment,
/// so many small tables are better than a large one.
const TABLE_BITS: u32 = 6;

/// What is known about many ids, in at most 24 bytes for each.
#[derive(Debug)]
pub(crate) struct KnownIds(Vec<Table>);

impl KnownIds {
    pub(crate) fn new() -> Self {
        Self((0..1 << TABLE_BITS).map(|_| Table::default()).collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|table| table.count == 0)
    }

    /// Sets what is known about an id, and returns what was known before.
    pub(crate) fn insert(&mut self, id: IdDigest, known: Known) -> Option<Known> {
        let key = id.sort_key();
        let table = usize::try_from(key >> (u128::BITS - TABLE_BITS)).ok()?;
        self.0.get_mut(table)?.insert(key, known)
    }
}

/// The sort key of a digest, with what is known about the id in the lowest byte.
type Entry = u128;

const GAP: Entry = 0;

/// The slots of a table at first.
const FIRST_SLOTS: usize = 64;

/// Places behind the last slot, for entries that move there to make room for others.
const SPARE: usize = 32;

#[derive(Debug, Default)]
struct Table {
    entries: Vec<Entry>,
    /// How many entries are not gaps.
    count: usize,
    /// The number of places over which digests are spread.
    slots: usize,
}

impl Table {
    fn insert(&mut self, key: u128, known: Known) -> Option<Known> {
        let entry = key | known as u128;
        let mut at = self.position(key);
        if let Some(found) = self.entries.get_mut(at)
            && *found >> 8 == key >> 8
        {
            return known_of(mem::replace(found, entry));
        }
        while !self.put(at, entry) {
            self.grow();
            at = self.position(key);
        }
        None
    }

    /// The position of the entry with this key, or where it would be inserted.
    fn position(&self, key: u128) -> usize {
        let start = slot(key, self.slots);
        let entries = self.entries.get(start..).unwrap_or_default();
        let is_before = |entry: &&Entry| **entry != GAP && **entry < key;
        start + entries.iter().take_while(is_before).count()
    }

    /// Inserts an entry at its position and moves the entries up to the next gap by one. Returns false if there
    /// is no room.
    fn put(&mut self, at: usize, entry: Entry) -> bool {
        if self.count * 8 >= self.slots * 7 {
            return false;
        }
        let entries = self.entries.get_mut(at..).unwrap_or_default();
        let gap = entries.iter().position(|entry| *entry == GAP);
        let Some(moved) = gap.and_then(|gap| entries.get_mut(..=gap)) else {
            return false;
        };
        moved.rotate_right(1);
        if let Some(first) = moved.first_mut() {
            *first = entry;
        }
        self.count += 1;
        true
    }

    /// Enlarges the table in place, without a copy of all entries.
    fn grow(&mut self) {
        let slots = (self.slots + self.slots / 5).max(FIRST_SLOTS);
        let entries = &mut self.entries;
        let before = entries.len();
        let present = entries.iter().filter(|entry| **entry != GAP);
        let end = present.fold(0, |next, entry| slot(*entry, slots).max(next) + 1);
        let length = end.max(slots) + SPARE;
        entries.reserve_exact(length - before);
        entries.resize(length, GAP);
        // First all entries move to the end, beginning with the last.
        let mut first = length;
        for from in (0..before).rev() {
            if entries.get(from).is_some_and(|entry| *entry != GAP) {
                first -= 1;
                entries.swap(from, first);
            }
        }
        // Then each entry moves to its place, which is never behind its present position.
        let mut next = 0;
        for from in first..length {
            next = entries
                .get(from)
                .map_or(next, |entry| slot(*entry, slots).max(next));
            entries.swap(from, next);
            next += 1;
        }
        self.slots = slots;
    }
}

/// The place of a key among `slots` places.
fn slot(key: u128, slots: usize) -> usize {
    let share = (key << TABLE_BITS) >> 64;
    let slot = (share * slots as u128) >> 64;
    usize::try_from(slot).unwrap_or_default()
}

fn known_of(entry: Entry) -> Option<Known> {
    let all = [Known::Enrolled, Known::Rejected, Known::Given];
    all.into_iter().find(|known| entry & 0xff == *known as u128)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digests(shards: u64) -> impl Iterator<Item = IdDigest> {
        let all = (0_u64..).map(|number| IdDigest::of(number.to_le_bytes()));
        all.filter(move |digest| digest.number() % shards == 0)
    }

    #[test]
    fn the_last_state_of_an_id_is_returned_also_among_many() {
        let mut known = KnownIds::new();
        assert!(known.is_empty());
        for (before, now) in [
            (None, Known::Enrolled),
            (Some(Known::Enrolled), Known::Rejected),
            (Some(Known::Rejected), Known::Given),
            (Some(Known::Given), Known::Given),
        ] {
            for digest in digests(1).take(20_000) {
                assert_eq!(known.insert(digest, now), before);
            }
            assert!(!known.is_empty());
        }
        let counts = known.0.iter().map(|table| table.count);
        assert_eq!(counts.sum::<usize>(), 20_000);
    }

    /// At any size, because a table grows in small steps.
    #[test]
    fn an_id_takes_little_memory() {
        let mut known = KnownIds::new();
        for (count, digest) in (1..).zip(digests(1).take(200_000)) {
            known.insert(digest, Known::Given);
            if count > 100_000 && count % 1000 == 0 {
                let places = known.0.iter().map(|table| table.entries.capacity());
                let bytes = places.sum::<usize>() * size_of::<Entry>() / count;
                assert!(bytes < 24, "{bytes} bytes each of {count}");
            }
        }
    }

    /// Also if all ids belong to one shard.
    #[test]
    fn an_id_is_found_in_a_few_steps() {
        for shards in [1, 16, 64] {
            let mut known = KnownIds::new();
            for digest in digests(shards).take(5000) {
                known.insert(digest, Known::Given);
            }
            let steps = known.0.iter().flat_map(|table| {
                let entries = (0..).zip(&table.entries);
                let entries = entries.filter(|(_, entry)| **entry != GAP);
                entries.map(|(at, entry): (usize, _)| at - slot(*entry, table.slots))
            });
            let steps: usize = steps.sum();
            assert!(steps < 5000 * 5, "{steps} steps in shards of {shards}");
        }
    }
}
