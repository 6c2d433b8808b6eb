//! Forms that change something: only those that this server gave to this very visitor.

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use maud::{Markup, html as markup};

use super::Visitor;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::state::Shared;

/// Bytes of a form.
const LONGEST: usize = 1_000_000;

/// The field with the mark of the form.
const MARK: &str = "form_token";

/// A form that was sent. Its mark was checked: it comes from a page that this server gave to the visitor who sends it.
///
/// A handler says first what the visitor must be allowed: `form.visitor.needs(Role::Admin)?`.
#[derive(Debug)]
pub(crate) struct Form {
    pub(crate) visitor: Visitor,
    pub(crate) fields: Parameters,
}

impl Visitor {
    /// The hidden field that each form has which changes something.
    pub(crate) fn form_field(&self) -> Markup {
        markup! { input type="hidden" name=(MARK) value=(self.form_token); }
    }
}

impl FromRequest<Shared> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &Shared) -> Result<Form, Problem> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("application/x-www-form-urlencoded") {
            let detail = "A form is wanted (application/x-www-form-urlencoded).";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
        }
        let visitor = request.extensions().get::<Visitor>().cloned().ok_or_else(Problem::ours)?;
        let body = to_bytes(request.into_body(), LONGEST).await;
        let body = body.map_err(|_| Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "The form is too long."))?;
        let fields = Parameters::of(&String::from_utf8_lossy(&body));
        if !state.access.is_form_token(&visitor, fields.text(MARK).unwrap_or_default()) {
            let detail = "This form is out of date; load its page again and send it anew.";
            return Err(Problem::new(StatusCode::FORBIDDEN, detail));
        }
        Ok(Form { visitor, fields })
    }
}
