//! Measures looking up ids in a large set, as a bulk run does with each id that it reads: all ids,
//! or those of one shard.

#![allow(missing_docs)]

#[path = "../../cli/src/id_digest.rs"]
mod id_digest;
#[allow(dead_code, unused_imports)]
#[path = "../../cli/src/known_ids.rs"]
mod known_ids;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

use id_digest::IdDigest;
use known_ids::{Known, KnownIds};

/// Few enough that the benchmark does not measure memory access.
const IDS: usize = 20_000;

fn lookups(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("look up known ids");
    group.throughput(Throughput::Elements(IDS as u64));
    for shards in [1, 16, 64] {
        let all = (0_u64..).map(|number| IdDigest::of(number.to_le_bytes()));
        let mine = all.filter(|digest| digest.number() % shards == 0);
        let digests: Vec<_> = mine.take(IDS).collect();
        let mut known = KnownIds::new();
        for digest in &digests {
            known.insert(*digest, Known::Enrolled);
        }
        group.bench_function(BenchmarkId::new("one share of", shards), |bencher| {
            bencher.iter(|| {
                for digest in &digests {
                    black_box(known.insert(*digest, Known::Enrolled));
                }
            });
        });
    }
    group.finish();
}

criterion_group!(ids, lookups);
criterion_main!(ids);
