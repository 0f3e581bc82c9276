//! Measures what the layer does with a received answer: reading and classifying it.

#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use face_search_enroll::{Outcome, Region, raw::types::EnrollResponse};
use face_search_enroll_contract::Contract;

const CONTRACT: &str = "../openapi/face-search-enroll.yaml";

fn classification(criterion: &mut Criterion) {
    let text = std::fs::read_to_string(CONTRACT).unwrap();
    let contract = Contract::parse(CONTRACT, &text).unwrap();
    let operation = contract.operation("enroll").unwrap();
    let mut group = criterion.benchmark_group("classify");
    for example in &operation.examples {
        let pair = (example.code.as_str(), example.message.as_str());
        group.bench_with_input(
            BenchmarkId::new("example", &*example.name),
            &pair,
            |bencher, pair| {
                bencher.iter(|| Outcome::classify(black_box(pair.0), black_box(pair.1)));
            },
        );
    }
    for outcome in Outcome::ALL {
        if let Some(code) = outcome.codes().first() {
            group.bench_function(BenchmarkId::new("code alone", outcome), |bencher| {
                bencher.iter(|| Outcome::classify(black_box(code), black_box("")));
            });
        }
    }
    for (name, code, message) in [
        ("unknown code", "SOMETHING_NEW", "never seen before"),
        (
            "changed message",
            "PARAMETER_ERROR",
            "Parameter error: the vendor has thought of other words for this",
        ),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| Outcome::classify(black_box(code), black_box(message)));
        });
    }
    group.finish();

    let mut group = criterion.benchmark_group("read envelope");
    for example in &operation.examples {
        let body = example.body.to_string();
        group.bench_with_input(
            BenchmarkId::from_parameter(&*example.name),
            &body,
            |bencher, body| {
                bencher.iter(|| serde_json::from_str::<EnrollResponse>(black_box(body)).unwrap());
            },
        );
    }
    group.finish();

    let mut group = criterion.benchmark_group("parse region");
    for text in ["sg", "Singapore", "SGP", "atlantis"] {
        group.bench_with_input(BenchmarkId::from_parameter(text), text, |bencher, text| {
            bencher.iter(|| black_box(text).parse::<Region>().is_ok());
        });
    }
    group.finish();
}

criterion_group!(layer, classification);
criterion_main!(layer);
