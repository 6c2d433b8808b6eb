//! What browsers are told not to do, and who may ask at all.

use std::net::IpAddr;

use axum::extract::{Request, State as Given};
use axum::http::header::{HOST, HeaderName, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::access::Access;
use crate::problem::Problem;
use crate::state::Shared;

/// Where a request comes from, as browsers see it (Fetch Metadata).
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Nothing from elsewhere, nothing inline. The icon in the head of each page is the one image that is `data:`.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    // With none at all browsers would not name the origin of our own forms either.
    ("referrer-policy", "same-origin"),
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

/// Refuses requests under names that are not ours: a page of elsewhere whose name was made to lead here could read
/// everything otherwise (DNS rebinding).
pub(crate) async fn own_host(Given(state): Given<Shared>, request: Request, next: Next) -> Response {
    if is_for_us(&request, &state.access) {
        return next.run(request).await;
    }
    let detail = match state.access.is_guarded() {
        false => "This server answers to localhost, 127.0.0.1 and [::1] only; open it under one of these names.",
        true => "This server does not know this name of its own; it is told names with: twosource serve --url",
    };
    Problem::new(StatusCode::MISDIRECTED_REQUEST, detail).into_response()
}

/// Whether a request names a host, and only own ones.
fn is_for_us(request: &Request, access: &Access) -> bool {
    let header = request.headers().get(HOST).map(|host| host.to_str().unwrap_or_default());
    let in_address = request.uri().authority().map(Authority::as_str);
    let mut names = [header, in_address].into_iter().flatten().peekable();
    names.peek().is_some() && names.all(|host| is_own(host, access))
}

/// Whether a host, with or without a port, is ours: a name of the loopback interface; where a token is asked for, also
/// any address, which nobody can make to mean another one, and the name that this server was told.
fn is_own(host: &str, access: &Access) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let is_ours = |address: IpAddr| access.is_guarded() || address.is_loopback();
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(is_ours)
        || access.host().is_some_and(|own| own.eq_ignore_ascii_case(host))
}

/// Refuses to change anything for a page of elsewhere (cross-site request forgery): browsers say which page asks.
pub(crate) async fn own_origin(request: Request, next: Next) -> Response {
    if request.method().is_safe() || is_from_us(request.headers()) {
        return next.run(request).await;
    }
    let detail = "A page of another site asks for this; only pages of this server may change something.";
    Problem::new(StatusCode::FORBIDDEN, detail).into_response()
}

/// Whether a request comes from a page of ours, or from no page at all: programs do not say.
fn is_from_us(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let host = text(HOST).unwrap_or_default();
    let is_ours = |origin: &str| {
        let rest = origin.strip_prefix("http://").or(origin.strip_prefix("https://"));
        rest.is_some_and(|rest| rest.eq_ignore_ascii_case(host))
    };
    text(ORIGIN).is_none_or(is_ours) && text(SITE).is_none_or(|site| matches!(site, "same-origin" | "none"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair = |&(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn own_names() {
        let open = Access::open().expect("random numbers");
        for own in ["localhost", "LocalHost:7420", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:7420", "127.9.9.9"] {
            assert!(is_own(own, &open), "{own}");
        }
        let names = ["", "nova.example", "localhost.nova.example:7420", "127.0.0.1.nova.example", "desk.example:80"];
        let addresses = ["10.0.0.1", "0.0.0.0", "[::]"];
        for other in names.iter().chain(&addresses) {
            assert!(!is_own(other, &open), "{other}");
        }
        let guarded = Access::by_token().expect("random numbers").under("https", "Desk.example");
        assert!(names.iter().all(|name| !is_own(name, &guarded)));
        assert!(addresses.iter().all(|address| is_own(address, &guarded)));
        assert!(is_own("desk.example", &guarded) && is_own("DESK.example", &guarded));
    }

    #[test]
    fn own_pages() {
        let host = ("host", "127.0.0.1:7420");
        for own in [
            &[host][..],
            &[host, ("origin", "http://127.0.0.1:7420")],
            &[host, ("origin", "http://127.0.0.1:7420"), ("sec-fetch-site", "same-origin")],
            &[host, ("sec-fetch-site", "none")],
        ] {
            assert!(is_from_us(&headers(own)), "{own:?}");
        }
        for other in [
            &[host, ("origin", "http://127.0.0.1:8000")][..],
            &[host, ("origin", "http://localhost:7420")],
            &[host, ("origin", "null")],
            &[host, ("origin", "https://nova.example")],
            &[host, ("origin", "")],
            &[host, ("sec-fetch-site", "same-site")],
            &[host, ("sec-fetch-site", "cross-site")],
            &[host, ("origin", "http://127.0.0.1:7420"), ("sec-fetch-site", "cross-site")],
        ] {
            assert!(!is_from_us(&headers(other)), "{other:?}");
        }
    }
}
