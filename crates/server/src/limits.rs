//! How much of a request is read, and how long an answer may take.

use std::time::Duration;

use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;

/// Time for one answer. A comparison that takes longer goes on, and is there when it is asked for again.
const PATIENCE: Duration = Duration::from_secs(30);

/// Bytes of an address with its query.
const LONGEST: usize = 8_000;

/// Refuses what nobody needs: bodies, since nothing here takes any, and endless addresses. Gives up in the end.
pub(crate) async fn limited(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let has_body = headers.contains_key(TRANSFER_ENCODING)
        || headers.get(CONTENT_LENGTH).is_some_and(|length| length.as_bytes() != b"0");
    if has_body && matches!(request.method().as_str(), "GET" | "HEAD") {
        let problem = Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "A request to read has no body.");
        return problem.into_response();
    }
    if request.uri().path_and_query().is_some_and(|address| address.as_str().len() > LONGEST) {
        return Problem::new(StatusCode::URI_TOO_LONG, "The address is too long; ask for less.").into_response();
    }
    match tokio::time::timeout(PATIENCE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let detail = "This takes long; it goes on meanwhile. Ask again in a moment.";
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail).into_response()
        }
    }
}
