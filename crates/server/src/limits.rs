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

/// Bytes of a body; what reads one counts them.
pub(crate) const BODY: usize = 16 << 20;

/// Bytes of an address with its query.
const LONGEST: usize = 8_000;

/// Refuses what nobody needs: bodies of requests to read, endless bodies and addresses. Gives up in the end.
pub(crate) async fn limited(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let length = headers.get(CONTENT_LENGTH);
    let has_body = headers.contains_key(TRANSFER_ENCODING) || length.is_some_and(|length| length.as_bytes() != b"0");
    let length: Option<usize> = length.and_then(|length| length.to_str().ok()?.parse().ok());
    if has_body && matches!(request.method().as_str(), "GET" | "HEAD") {
        let problem = Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "A request to read has no body.");
        return problem.into_response();
    }
    if length.is_some_and(|length| length > BODY) {
        let detail = format!("At most {} MB at a time; send less at once.", BODY >> 20);
        return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail).into_response();
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
