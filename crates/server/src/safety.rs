//! What browsers are told not to do, and who may ask at all.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::header::{HOST, HeaderName};
use axum::http::uri::Authority;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;

/// Nothing from elsewhere, nothing inline. The icon in the head of each page is the one image that is `data:`.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// Puts the headers of safety on every answer.
pub(crate) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

/// Refuses requests under names that are not of this machine: a page of elsewhere whose name was made to lead here could
/// read everything otherwise (DNS rebinding).
pub(crate) async fn own_host(request: Request, next: Next) -> Response {
    if is_for_us(&request) {
        return next.run(request).await;
    }
    let detail = "This server answers to localhost, 127.0.0.1 and [::1] only; open it under one of these names.";
    Problem::new(StatusCode::MISDIRECTED_REQUEST, detail).into_response()
}

/// Whether a request names a host, and only own ones.
fn is_for_us(request: &Request) -> bool {
    let header = request.headers().get(HOST).map(|host| host.to_str().unwrap_or_default());
    let in_address = request.uri().authority().map(Authority::as_str);
    let mut names = [header, in_address].into_iter().flatten().peekable();
    names.peek().is_some() && names.all(is_own)
}

/// Whether a host, with or without a port, is a name of the loopback interface.
fn is_own(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_names() {
        for own in ["localhost", "LocalHost:7420", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:7420", "127.9.9.9"] {
            assert!(is_own(own), "{own}");
        }
        for other in
            ["", "nova.example", "localhost.nova.example:7420", "10.0.0.1", "0.0.0.0", "[::]", "127.0.0.1.nova.example"]
        {
            assert!(!is_own(other), "{other}");
        }
    }
}
