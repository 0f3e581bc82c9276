//! Any bytes are read as a page or rejected, and facts are unchanged after writing and reading them
//! back.
//!
//! `cargo +nightly fuzz run import`

#![no_main]

use libfuzzer_sys::fuzz_target;
use face_search_enroll_vendor_page::{changes, from_yaml, read, to_yaml};

fuzz_target!(|bytes: &[u8]| {
    let Ok(page) = read(bytes) else { return };
    let yaml = to_yaml(&page);
    let back = from_yaml(&yaml).expect("what was written reads back");
    assert_eq!(back, page);
    assert_eq!(to_yaml(&back), yaml);
    assert!(changes(&page, &back).is_empty());
});
