//! One request and its answer, without following it anywhere.

use std::error::Error as _;
use std::io;
use std::time::Duration;

use jiff::Timestamp;
use ureq::http::{HeaderMap, Response};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Timeout};

use crate::body::{CODINGS, Fault, read};
use crate::guard::{Guard, Refused};
use crate::headers::{field, max_age, may_be, media_type, retry_after};
use crate::target::Target;
use crate::{Body, Error, PRODUCT, Request, Settings, Want, robots};

/// What an address is answered with.
#[derive(Debug)]
pub(crate) enum Answer {
    Body(Body),
    NotModified,
    Redirect { location: String, permanent: bool },
}

/// The client of HTTP: no redirects and no compression of its own, no proxy, and no addresses but those of the guard.
pub(crate) fn agent(settings: &Settings, guard: Guard) -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .user_agent(user_agent(settings.contact.as_deref()))
        .timeout_connect(Some(settings.connect_time))
        .timeout_resolve(Some(settings.connect_time))
        .build();
    Agent::with_parts(config, DefaultConnector::default(), guard)
}

/// "twosource/0.1.0 (+mailto:desk@nova.example)".
fn user_agent(contact: Option<&str>) -> String {
    let name = format!("{PRODUCT}/{}", env!("CARGO_PKG_VERSION"));
    let contact: Option<String> = contact.map(|contact| contact.chars().filter(char::is_ascii_graphic).collect());
    contact.filter(|contact| !contact.is_empty()).map_or(name.clone(), |contact| format!("{name} (+{contact})"))
}

/// Asks once; the answer has come whole within `left`.
pub(crate) fn ask(
    agent: &Agent,
    target: &Target,
    request: &Request,
    settings: &Settings,
    left: Duration,
    now: Timestamp,
) -> Result<Answer, Error> {
    let url = target.as_str();
    let accept = match request.want {
        Want::Feed => {
            "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
        }
        Want::Page => "text/html, application/xhtml+xml, */*;q=0.5",
        Want::Input | Want::Robots => "*/*",
    };
    let codings = if request.want == Want::Robots { "identity" } else { CODINGS };
    let mut asked = agent.get(url).header("Accept", accept).header("Accept-Encoding", codings);
    // What a server gave us once may be no header any more.
    let fields = [("If-None-Match", &request.etag), ("If-Modified-Since", &request.last_modified)];
    for (name, value) in fields {
        let value = value.as_ref().filter(|value| value.bytes().all(|byte| (b' '..0x7f).contains(&byte)));
        asked = value.into_iter().fold(asked, |asked, value| asked.header(name, value));
    }
    let answer = asked.config().timeout_global(Some(left)).build().call().map_err(|error| failed(url, error))?;
    let status = answer.status().as_u16();
    match status {
        304 => Ok(Answer::NotModified),
        301 | 302 | 303 | 307 | 308 => redirect(url, status, answer.headers()),
        200 | 203 => body(url, request.want, settings, answer).map(Answer::Body),
        _ => Err(refusal(url, status, answer.headers(), now)),
    }
}

/// Sends a message once; the answer begins within `left`.
pub(crate) fn post(
    agent: &Agent,
    target: &Target,
    headers: &[(&str, String)],
    body: &str,
    left: Duration,
) -> Result<u16, Error> {
    let url = target.as_str();
    let sent = headers.iter().fold(agent.post(url), |sent, (name, value)| sent.header(*name, value.as_str()));
    let answer = sent.config().timeout_global(Some(left)).build().send(body).map_err(|error| failed(url, error))?;
    Ok(answer.status().as_u16())
}

fn redirect(url: &str, status: u16, headers: &HeaderMap) -> Result<Answer, Error> {
    match field(headers, "Location") {
        Some(location) => {
            Ok(Answer::Redirect { location: location.to_owned(), permanent: matches!(status, 301 | 308) })
        }
        None => Err(Error::Damaged { url: url.to_owned(), why: "a redirect that names no address".to_owned() }),
    }
}

/// The error of a status that brings no article.
fn refusal(url: &str, status: u16, headers: &HeaderMap, now: Timestamp) -> Error {
    let url = url.to_owned();
    match status {
        404 => Error::NotFound { url },
        410 => Error::Gone { url },
        429 | 503 => {
            let retry_after = field(headers, "Retry-After").and_then(|value| retry_after(value, now));
            Error::Busy { url, status, retry_after }
        }
        _ => Error::Status { url, status },
    }
}

fn body(url: &str, want: Want, settings: &Settings, answer: Response<ureq::Body>) -> Result<Body, Error> {
    let headers = answer.headers();
    let owned = |name: &str| field(headers, name).map(str::to_owned);
    let media = field(headers, "Content-Type").map(media_type).unwrap_or_default();
    if !may_be(want, &media) {
        return Err(Error::WrongType { url: url.to_owned(), kind: media, wanted: wanted(want) });
    }
    let mut body = Body {
        bytes: Vec::new(),
        content_type: owned("Content-Type"),
        etag: owned("ETag"),
        last_modified: owned("Last-Modified"),
        max_age: field(headers, "Cache-Control").and_then(max_age),
    };
    let codings = owned("Content-Encoding").unwrap_or_default();
    let limit = settings.most_bytes;
    let reader = answer.into_body().into_reader();
    let bytes = match want {
        Want::Robots => read(io::Read::take(reader, robots::MOST_BYTES), &codings, robots::MOST_BYTES),
        _ => read(reader, &codings, limit),
    };
    body.bytes = bytes.map_err(|fault| match fault {
        Fault::TooLarge(packed) => Error::TooLarge { url: url.to_owned(), limit, packed },
        Fault::Coding(name) => {
            Error::Damaged { url: url.to_owned(), why: format!("it is compressed in a way we did not ask for, {name}") }
        }
        Fault::Io(error) => broken(url, error),
    })?;
    Ok(body)
}

fn wanted(want: Want) -> &'static str {
    match want {
        Want::Page => "a page",
        Want::Feed => "a feed",
        Want::Input => "something to read",
        Want::Robots => "a list of rules",
    }
}

/// The error of a body that could not be read to its end.
fn broken(url: &str, error: io::Error) -> Error {
    match ureq::Error::from(error) {
        ureq::Error::Io(error) => Error::Damaged { url: url.to_owned(), why: error.to_string() },
        other => failed(url, other),
    }
}

/// The error of a request that brought no answer.
fn failed(url: &str, error: ureq::Error) -> Error {
    let url = url.to_owned();
    match error {
        ureq::Error::HostNotFound => Error::NoHost { url },
        ureq::Error::Timeout(what) => Error::Slow { url, what: slow(what).to_owned() },
        ureq::Error::Other(error) => match error.downcast_ref::<Refused>() {
            Some(Refused { address, kind }) => {
                Error::NotPublic { url, address: address.to_string(), kind: (*kind).to_owned() }
            }
            None => Error::Connection { url, why: error.to_string() },
        },
        ureq::Error::Protocol(error) => Error::Damaged { url, why: error.to_string() },
        ureq::Error::LargeResponseHeader(..) => Error::Damaged { url, why: "its head is too large".to_owned() },
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::TimedOut => {
            Error::Slow { url, what: "the connection".to_owned() }
        }
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            Error::Damaged { url, why: "it breaks off".to_owned() }
        }
        error => {
            let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
            Error::Connection { url, why: format!("{error}{cause}") }
        }
    }
}

fn slow(what: Timeout) -> &'static str {
    match what {
        Timeout::Resolve => "looking up the host",
        Timeout::Connect => "the connection",
        _ => "the answer",
    }
}

/// Whether a failure to get `robots.txt` says that a site has none (RFC 9309, section 2.3.1.3). A site that asks to be
/// left alone has said nothing of its rules.
pub(crate) fn means_no_rules(error: &Error) -> bool {
    match error {
        Error::NotFound { .. } | Error::Gone { .. } | Error::Redirects { .. } => true,
        Error::Status { status, .. } => (400..500).contains(status),
        _ => false,
    }
}

/// The error of an address whose site's rules cannot be had. Where there is no connection at all, that is the error.
pub(crate) fn without_rules(error: Error, url: String, robots: String) -> Error {
    match error {
        Error::NotPublic { address, kind, .. } => Error::NotPublic { url, address, kind },
        Error::NoHost { .. } => Error::NoHost { url },
        Error::Connection { why, .. } => Error::Connection { url, why },
        Error::Stopped { .. } => Error::Stopped { url },
        Error::Resting { wait, .. } => Error::Resting { url, wait },
        Error::Busy { status, retry_after, .. } => Error::Busy { url, status, retry_after },
        other => {
            let message = other.to_string();
            let why = message.strip_prefix(&format!("{robots}: ")).unwrap_or(&message);
            let why = why.split(';').next().unwrap_or_default().to_owned();
            Error::RobotsUnreachable { url, robots, why }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_we_are() {
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(user_agent(None), format!("twosource/{version}"));
        assert_eq!(
            user_agent(Some("mailto:desk@nova.example\r\nX: y")),
            format!("twosource/{version} (+mailto:desk@nova.exampleX:y)")
        );
    }
}
