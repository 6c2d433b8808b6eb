//! Conditional requests: what did not change is not sent again.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use xxhash_rust::xxh3::xxh3_128;

use crate::problem::Problem;

/// Names the content of every good answer by its hash (ETag) and answers 304 where the client has it. HEAD gets the
/// headers of GET.
pub(crate) async fn conditional(mut request: Request, next: Next) -> Response {
    let is_head = request.method() == Method::HEAD;
    if is_head {
        *request.method_mut() = Method::GET;
    }
    let known = request.headers().get(IF_NONE_MATCH).cloned();
    let (mut parts, body) = next.run(request).await.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return Problem::ours().into_response() };
    let mut send = if is_head { Bytes::new() } else { bytes.clone() };
    parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    if parts.status == StatusCode::OK {
        let etag = format!("\"{:032x}\"", xxh3_128(&bytes));
        if known.is_some_and(|known| is_among(&etag, known.to_str().unwrap_or_default())) {
            parts.status = StatusCode::NOT_MODIFIED;
            parts.headers.remove(CONTENT_LENGTH);
            send = Bytes::new();
        }
        if let Ok(etag) = HeaderValue::from_str(&etag) {
            parts.headers.insert(ETAG, etag);
        }
        parts.headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    } else {
        parts.headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    Response::from_parts(parts, Body::from(send))
}

/// Whether a content is among those that `If-None-Match` names; weak names count (RFC 9110, 13.1.2).
fn is_among(etag: &str, known: &str) -> bool {
    known.trim() == "*" || known.split(',').any(|known| known.trim().trim_start_matches("W/") == etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_contents() {
        assert!(is_among("\"a\"", "\"b\", W/\"a\""));
        assert!(is_among("\"a\"", "*"));
        assert!(!is_among("\"a\"", "\"ab\", a"));
    }
}
