//! dump
fn main() {
    let t = std::fs::read_to_string("openapi/face-search-enroll.yaml").unwrap();
    let c = face_search_enroll_contract::Contract::parse("x", &t).unwrap_or_else(|e| panic!("{e}"));
    std::fs::write(
        std::env::args().nth(1).unwrap(),
        face_search_enroll_page::render(&c).unwrap(),
    )
    .unwrap();
}
