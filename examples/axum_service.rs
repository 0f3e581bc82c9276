//! A client inside a web service: `POST /journeys/{signature_id}/face` enrolls the face of a journey.
//!
//! ```sh
//! export FACE_SEARCH_ENROLL_TOKEN=…
//! cargo run --package face-search-enroll-examples --bin axum_service -- sg
//! ```

use std::{env, error::Error};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::post,
};
use face_search_enroll::{AccessToken, Client, Endpoint, EnrollError, Outcome, Stage};
use serde_json::{Value, json};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = env::args()
        .nth(1)
        .ok_or("usage: axum_service REGION|ADDRESS")?;
    let token = AccessToken::new(env::var("FACE_SEARCH_ENROLL_TOKEN")?)?;
    // One client for the whole service: its clones share connections and the retry budget.
    let client = Client::new(server.parse::<Endpoint>()?, token)?;
    let service = Router::new()
        .route("/journeys/{signature_id}/face", post(enroll))
        .with_state(client);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, service).await?;
    Ok(())
}

async fn enroll(
    State(client): State<Client>,
    Path(signature_id): Path<String>,
) -> (StatusCode, Json<Value>) {
    match client.enroll(&signature_id).await {
        Ok(enrolled) => (
            StatusCode::CREATED,
            Json(json!({ "transaction_id": enrolled.transaction_id() })),
        ),
        Err(error) => (
            status(&error),
            Json(json!({
                "error": error.to_string(),
                "may_have_enrolled": error.may_have_enrolled(),
            })),
        ),
    }
}

/// The status of the response: who has to act, and whether a retry can help.
fn status(error: &EnrollError) -> StatusCode {
    match (error.outcome(), error.stage()) {
        (Some(Outcome::AlreadyEnrolled), _) => StatusCode::OK,
        (Some(Outcome::SignatureNotFound), _) => StatusCode::NOT_FOUND,
        (_, Stage::Invalid) => StatusCode::BAD_REQUEST,
        _ if error.is_retryable() => StatusCode::SERVICE_UNAVAILABLE,
        (_, Stage::Rejected) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::BAD_GATEWAY,
    }
}
