//! `/sign-in`: where a token is shown once, for a session; `/sign-out`.

use axum::extract::{FromRequest, Request, State as Given};
use axum::http::StatusCode;
use axum::http::header::{LOCATION, ORIGIN, SET_COOKIE};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html as markup};
use twosource_present::{footer, one_line};

use super::{Tab, answer};
use crate::access::{COOKIE_NAME, Form, LASTS, Visitor, inside, tokens};
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::state::Shared;

/// The page.
pub(crate) async fn show(Given(state): Given<Shared>, visitor: Visitor, given: Parameters) -> Response {
    let main = match (&visitor.name, state.access.is_guarded()) {
        (Some(name), _) if visitor.has_session() => signed_in(&visitor, name),
        (None, false) => {
            markup! { p.explanation { "Everybody on this machine may do everything here; no token is asked for." } }
        }
        _ => form(&visitor, inside(given.text("next")), false),
    };
    page(&main)
}

fn page(main: &Markup) -> Response {
    let main = markup! {
        main.listing #content { h1 { "Sign in" } (main) }
        (footer())
    };
    answer("Sign in", Tab::None, &main)
}

fn form(visitor: &Visitor, next: &str, is_wrong: bool) -> Markup {
    markup! {
        @if is_wrong { div.complaint role="alert" { p { "This token is not known here; it may have been revoked." } } }
        form.filters method="post" action="/sign-in" {
            (visitor.form_field())
            input type="hidden" name="next" value=(next);
            label.wide { "Token" input type="password" name="token" autocomplete="current-password" required maxlength="200"; }
            button { "Sign in" }
        }
        p.facts { "Whoever runs this server gives out tokens: " code { "twosource token add NAME --role read" } }
    }
}

fn signed_in(visitor: &Visitor, name: &str) -> Markup {
    let may = visitor.role().map_or("", |role| role.as_str());
    markup! {
        p { "You are signed in as " bdi { (one_line(name)) } " (" (may) "). The way out stands at the top of every page." }
    }
}

/// Begins a session.
pub(crate) async fn sign_in(Given(state): Given<Shared>, request: Request) -> Result<Response, Problem> {
    // Browsers name the page that a form stands on: where it is under TLS, the cookie never leaves it.
    let is_secure = request.headers().get(ORIGIN).is_some_and(|origin| origin.as_bytes().starts_with(b"https://"));
    let Form { visitor, fields } = Form::from_request(request, &state).await?;
    let (word, next) = (fields.text("token").unwrap_or_default(), inside(fields.text("next")));
    match state.access.sign_in(&tokens(&state).await?, word, state.now())? {
        Some(session) => {
            let secure = if is_secure { "; Secure" } else { "" };
            let cookie = format!("{COOKIE_NAME}={session}; Path=/; HttpOnly; SameSite=Strict; Max-Age={LASTS}{secure}");
            Ok((StatusCode::SEE_OTHER, [(LOCATION, next.to_owned()), (SET_COOKIE, cookie)]).into_response())
        }
        None => {
            state.access.wrong(visitor.from)?;
            let mut response = page(&form(&visitor, next, true));
            *response.status_mut() = StatusCode::FORBIDDEN;
            Ok(response)
        }
    }
}

/// Ends the session.
pub(crate) async fn sign_out(Given(state): Given<Shared>, form: Form) -> Response {
    state.access.sign_out(&form.visitor);
    let cookie = format!("{COOKIE_NAME}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    (StatusCode::SEE_OTHER, [(LOCATION, "/sign-in".to_owned()), (SET_COOKIE, cookie)]).into_response()
}
