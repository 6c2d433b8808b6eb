//! Everything that is no success, in the form of RFC 9457 for programs and as a page for people.

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::html as markup;
use serde_json::json;
use twosource_present::one_line;
use twosource_store::{Error, QueryError};

use crate::access::Visitor;
use crate::pages::{Page, Tab};

/// Why there is no answer, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    /// What went wrong, in words a person can act on.
    pub(crate) detail: String,
    /// The character of a query it is about, counted from 0.
    pub(crate) at: Option<usize>,
    /// Seconds after which asking again makes sense.
    pub(crate) retry_after: Option<u32>,
}

impl Problem {
    /// A problem of a status.
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Problem {
        let retry_after = (status == StatusCode::SERVICE_UNAVAILABLE).then_some(5);
        Problem { status, detail: detail.into(), at: None, retry_after }
    }

    /// There is no such thing.
    pub(crate) fn missing(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::NOT_FOUND, detail)
    }

    /// The request makes no sense.
    pub(crate) fn wrong(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, detail)
    }

    /// An error in this program.
    pub(crate) fn ours() -> Problem {
        let detail = "An error in this program; please report it with the address that brings it about.";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
    }

    fn title(&self) -> &'static str {
        match self.status {
            StatusCode::BAD_REQUEST => "That makes no sense here",
            StatusCode::UNAUTHORIZED => "Who is asking?",
            StatusCode::FORBIDDEN => "That is not allowed",
            StatusCode::TOO_MANY_REQUESTS => "Too often",
            StatusCode::UNSUPPORTED_MEDIA_TYPE => "Another form is wanted",
            StatusCode::NOT_FOUND => "There is nothing here",
            StatusCode::METHOD_NOT_ALLOWED => "That cannot be done here",
            StatusCode::PAYLOAD_TOO_LARGE => "Too much at once",
            StatusCode::MISDIRECTED_REQUEST => "Not the host you asked for",
            StatusCode::UNPROCESSABLE_ENTITY => "This cannot be read",
            StatusCode::SERVICE_UNAVAILABLE => "Not now",
            _ => "Something went wrong",
        }
    }

    /// As RFC 9457 has it.
    fn as_json(&self) -> String {
        let mut problem = json!({
            "type": "about:blank", "title": self.title(), "status": self.status.as_u16(), "detail": self.detail,
        });
        if let Some(at) = self.at {
            problem["at"] = json!(at);
        }
        format!("{problem}\n")
    }

    fn as_page(&self) -> Page {
        let main = markup! {
            main #content {
                h1 { (self.title()) }
                p.explanation { (one_line(&self.detail)) }
                p { a href="/" { "All stories" } }
            }
        };
        Page { title: self.title().to_owned(), tab: Tab::None, main }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match &error {
            Error::Query(error) => Problem::from(error.clone()),
            Error::NoArticle(_) | Error::NoStory(_) => Problem::missing(error.to_string()),
            Error::Unfinished => Problem::new(StatusCode::SERVICE_UNAVAILABLE, error.to_string()),
            _ => Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
        }
    }
}

impl From<QueryError> for Problem {
    fn from(error: QueryError) -> Self {
        Problem { at: Some(error.at), ..Problem::wrong(error.message) }
    }
}

/// The problem itself; [`rendered`] makes it a page or a document.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Gives every page its frame, and every error a body: a problem document under `/v1`, a page elsewhere.
pub(crate) async fn rendered(request: Request, next: Next) -> Response {
    let for_programs = request.uri().path().starts_with("/v1");
    let mut response = next.run(request).await;
    let status = response.status();
    let visitor = response.extensions_mut().remove::<Visitor>();
    if let Some(page) = response.extensions_mut().remove::<Page>() {
        return with_body(response, HTML, page.document(visitor.as_ref()));
    }
    if status.as_u16() < 400 {
        return response;
    }
    // What the router itself refuses comes without a word of ours.
    let problem = response.extensions_mut().remove::<Problem>();
    let problem = problem.unwrap_or_else(|| Problem::new(status, "The address cannot be read."));
    if let Some(wait) = problem.retry_after {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait));
    }
    match for_programs {
        true => with_body(response, "application/problem+json", problem.as_json()),
        false => with_body(response, HTML, problem.as_page().document(visitor.as_ref())),
    }
}

const HTML: &str = "text/html; charset=utf-8";

fn with_body(mut response: Response, kind: &'static str, body: String) -> Response {
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.remove(CONTENT_LENGTH);
    *response.body_mut() = Body::from(body);
    response
}

/// No route leads there.
pub(crate) async fn not_found(uri: Uri) -> Problem {
    let path: String = uri.path().chars().take(200).collect();
    Problem::missing(format!("No page has the address {path}."))
}

/// The route takes other methods.
pub(crate) async fn wrong_method() -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "This address does not take this method.")
}
