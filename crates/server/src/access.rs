//! Who asks, and what they may do.
//!
//! On a loopback address everybody who can ask may do everything, as with any program of theirs. With tokens asked for
//! ([`Access::by_token`]) a request shows one: programs in `Authorization: Bearer`, feed readers as the password of
//! `Basic` (which only reads, since browsers send it unasked), people on the sign-in page, which begins a session.
//! What changes something comes from this server's own pages ([`crate::safety`]) and, from a form, with the mark of the
//! page it stands on ([`Form`]).
//!
//! A page takes a [`Visitor`] to know what to offer, a handler of a form takes a [`Form`].

mod form;
mod rate;
mod secrets;
mod sessions;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{ConnectInfo, FromRequestParts, Request, State as Given};
use axum::http::header::{AUTHORIZATION, COOKIE, LOCATION, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use twosource_store::{Role, Token};

pub(crate) use form::Form;
pub(crate) use secrets::random;
pub use secrets::{NoRandomness, new_token};

use crate::problem::Problem;
use crate::state::{Shared, State};
use rate::{Allowance, Rate};
use secrets::{Seal, hash};
pub(crate) use sessions::LASTS;
use sessions::Sessions;

/// The cookie of a session.
pub(crate) const COOKIE_NAME: &str = "twosource_session";

/// What everybody may see.
const PUBLIC: &[&str] = &["/sign-in", "/sign-out", "/healthz"];

/// A token that was revoked is honoured for so long at most.
const FRESH: Duration = Duration::from_secs(2);

/// Requests of somebody who showed a token.
const KNOWN: Allowance = Allowance { burst: 400.0, rate: 100.0 };
/// Requests of somebody who did not, by address.
const UNKNOWN: Allowance = Allowance { burst: 60.0, rate: 5.0 };
/// A wrong token counts as so many requests.
const WRONG: f64 = 10.0;

/// Who is let in.
pub struct Access {
    /// Whether a token is asked for.
    is_guarded: bool,
    /// Where others reach this server, such as `https://desk.example`; known only behind a proxy.
    url: Option<(String, String)>,
    seal: Seal,
    sessions: Sessions,
    rate: Rate,
    tokens: Mutex<Option<(Instant, Arc<[Token]>)>>,
}

impl Access {
    /// Everybody who can ask may do everything: for loopback addresses.
    pub fn open() -> Result<Access, NoRandomness> {
        Ok(Access {
            is_guarded: false,
            url: None,
            seal: Seal::new()?,
            sessions: Sessions::default(),
            rate: Rate::new(),
            tokens: Mutex::default(),
        })
    }

    /// A token of the store is asked for.
    pub fn by_token() -> Result<Access, NoRandomness> {
        Ok(Access { is_guarded: true, ..Access::open()? })
    }

    /// The same where others reach this server by a name: `http` or `https`, and the name with its port, if any.
    #[must_use]
    pub fn under(self, scheme: &str, host: &str) -> Access {
        Access { url: Some((scheme.to_owned(), host.to_ascii_lowercase())), ..self }
    }

    /// Whether a token is asked for.
    pub(crate) fn is_guarded(&self) -> bool {
        self.is_guarded
    }

    /// The name by which others reach this server.
    pub(crate) fn host(&self) -> Option<&str> {
        self.url.as_ref().map(|(_, host)| host.as_str())
    }

    /// The scheme under which a host of ours is reached.
    pub(crate) fn scheme_of(&self, asked: &str) -> &str {
        let by_name = self.url.as_ref().filter(|(_, host)| host.eq_ignore_ascii_case(asked));
        by_name.map_or("http", |(scheme, _)| scheme)
    }

    pub(crate) fn is_form_token(&self, visitor: &Visitor, mark: &str) -> bool {
        self.seal.is_mark(&visitor.session_words(), mark)
    }

    /// Begins a session with a token, and gives its name and role; `None` where there is no such token.
    pub(crate) fn sign_in(&self, tokens: &[Token], word: &str, now: i64) -> Result<Option<String>, Problem> {
        let Some(token) = find(tokens, &hash(word)) else { return Ok(None) };
        self.sessions.begin(token.hash, now).map(Some).map_err(|_| Problem::ours())
    }

    pub(crate) fn sign_out(&self, visitor: &Visitor) {
        if let Some(session) = &visitor.session {
            self.sessions.end(session);
        }
    }

    /// Counts a wrong token against whoever showed it.
    pub(crate) fn wrong(&self, from: IpAddr) -> Result<(), Problem> {
        self.rate.take(&network(from), WRONG, UNKNOWN).map_err(too_often)
    }
}

/// The token of a hash.
fn find<'t>(tokens: &'t [Token], hash: &[u8; 32]) -> Option<&'t Token> {
    tokens.iter().find(|token| token.hash == *hash)
}

/// Whoever asks.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    /// What they may do; nothing for who showed no token where one is asked for.
    role: Option<Role>,
    /// The name of their token; `None` where none is needed.
    pub(crate) name: Option<String>,
    /// The name of their session; only browsers have one.
    session: Option<String>,
    /// The mark of the forms on their pages.
    form_token: String,
    /// Where they are.
    pub(crate) from: IpAddr,
}

impl Visitor {
    /// Whether they may do what a role may.
    pub(crate) fn may(&self, role: Role) -> bool {
        self.role >= Some(role)
    }

    /// Refuses who may not do what a role may.
    pub(crate) fn needs(&self, role: Role) -> Result<(), Problem> {
        if self.may(role) {
            return Ok(());
        }
        let detail = format!("This needs a token of the role “{role}”; ask whoever runs this server for one.");
        Err(Problem::new(StatusCode::FORBIDDEN, detail))
    }

    /// What they may do.
    pub(crate) fn role(&self) -> Option<Role> {
        self.role
    }

    /// Whether they signed in on the page, and can sign out.
    pub(crate) fn has_session(&self) -> bool {
        self.session.is_some()
    }

    /// What the mark of a form is made of.
    fn session_words(&self) -> String {
        format!("form {}", self.session.as_deref().unwrap_or_default())
    }
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Visitor, Problem> {
        parts.extensions.get::<Visitor>().cloned().ok_or_else(Problem::ours)
    }
}

/// What a request shows to be let in.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shown {
    Nothing,
    Bearer(String),
    Basic(String),
    Session(String),
}

/// Finds out who asks, lets in who may, and tells the others how to.
pub(crate) async fn admitted(Given(state): Given<Shared>, mut request: Request, next: Next) -> Response {
    let visitor = match visitor(&state, from(&request), shown(request.headers())).await {
        Ok(visitor) => visitor,
        Err(problem) => return refused(problem, request.uri().path()),
    };
    if let Err(problem) = state.access.pace(&visitor) {
        return problem.into_response();
    }
    let path = request.uri().path();
    let is_public = PUBLIC.contains(&path) || path.starts_with("/assets/");
    let role = if request.method().is_safe() { Role::Read } else { Role::Add };
    if !is_public && !visitor.may(role) {
        return match visitor.needs(role) {
            Err(problem) if visitor.role.is_some() => {
                let mut response = problem.into_response();
                response.extensions_mut().insert(visitor);
                response
            }
            _ => asked_to_sign_in(&request),
        };
    }
    request.extensions_mut().insert(visitor.clone());
    let mut response = next.run(request).await;
    // Whoever frames the page says who is signed in.
    response.extensions_mut().insert(visitor);
    response
}

impl Access {
    fn pace(&self, visitor: &Visitor) -> Result<(), Problem> {
        let taken = match &visitor.name {
            Some(name) => self.rate.take(name, 1.0, KNOWN),
            None if !self.is_guarded => Ok(()),
            None => self.rate.take(&network(visitor.from), 1.0, UNKNOWN),
        };
        taken.map_err(too_often)
    }

    /// A visitor by the token of a hash.
    fn visitor(&self, token: Option<&Token>, shown: &Shown, from: IpAddr) -> Visitor {
        let role = match (token, shown) {
            (None, _) => (!self.is_guarded).then_some(Role::Admin),
            // A browser sends these to whatever page makes it ask.
            (Some(_), Shown::Basic(_)) => Some(Role::Read),
            (Some(token), _) => Some(token.role),
        };
        let session = match shown {
            Shown::Session(name) if token.is_some() => Some(name.clone()),
            _ => None,
        };
        let name = token.map(|token| token.name.clone());
        let mut visitor = Visitor { role, name, session, form_token: String::new(), from };
        visitor.form_token = self.seal.mark(&visitor.session_words());
        visitor
    }
}

/// The address a request comes from.
fn from(request: &Request) -> IpAddr {
    let from = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(from)| from.ip().to_canonical());
    from.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
}

async fn visitor(state: &Shared, from: IpAddr, shown: Shown) -> Result<Visitor, Problem> {
    let known = match &shown {
        Shown::Nothing => None,
        Shown::Bearer(word) | Shown::Basic(word) => Some(hash(word)),
        Shown::Session(name) => state.access.sessions.find(name, state.now()).map(|session| session.token),
    };
    let tokens = if known.is_some() { tokens(state).await? } else { Arc::default() };
    let token = known.and_then(|known| find(&tokens, &known));
    if token.is_none() && matches!(shown, Shown::Bearer(_) | Shown::Basic(_)) {
        state.access.wrong(from)?;
        let detail =
            "This token is not known here; it may have been revoked. Ask whoever runs this server for another.";
        return Err(Problem::new(StatusCode::UNAUTHORIZED, detail));
    }
    Ok(state.access.visitor(token, &shown, from))
}

/// The tokens of the store, as they were a moment ago.
pub(crate) async fn tokens(state: &Shared) -> Result<Arc<[Token]>, Problem> {
    let known = state.access.tokens.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some((at, tokens)) = known
        && at.elapsed() < FRESH
    {
        return Ok(tokens);
    }
    let state = state.clone();
    // Not in line with those who wait for comparisons: nobody is let in without.
    let read = tokio::task::spawn_blocking(move || state.read_tokens()).await;
    read.unwrap_or_else(|_| Err(Problem::ours()))
}

impl State {
    fn read_tokens(&self) -> Result<Arc<[Token]>, Problem> {
        let tokens: Arc<[Token]> = self.pool.take()?.tokens()?.into();
        let mut kept = self.access.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some((Instant::now(), tokens.clone()));
        Ok(tokens)
    }
}

fn shown(headers: &HeaderMap) -> Shown {
    if let Some(given) = headers.get(AUTHORIZATION) {
        let (scheme, rest) = given.to_str().unwrap_or_default().split_once(' ').unwrap_or_default();
        if scheme.eq_ignore_ascii_case("basic") {
            return Shown::Basic(password(rest.trim()).unwrap_or_default());
        }
        let word = if scheme.eq_ignore_ascii_case("bearer") { rest.trim() } else { "" };
        return Shown::Bearer(word.to_owned());
    }
    let cookies = headers.get_all(COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE_NAME).map_or(Shown::Nothing, |(_, name)| Shown::Session(name.to_owned()))
}

/// The password of `Basic` credentials (RFC 7617); the name says nothing here.
fn password(credentials: &str) -> Option<String> {
    let text = String::from_utf8(unbase64(credentials)?).ok()?;
    text.split_once(':').map(|(_, password)| password.to_owned())
}

/// The bytes of base 64 (RFC 4648, section 4).
fn unbase64(text: &str) -> Option<Vec<u8>> {
    let value = |digit: u8| match digit {
        b'A'..=b'Z' => Some(digit - b'A'),
        b'a'..=b'z' => Some(digit - b'a' + 26),
        b'0'..=b'9' => Some(digit - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for digit in text.trim_end_matches('=').bytes() {
        bits = (bits << 6 | u32::from(value(digit)?)) & 0xffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    Some(bytes)
}

/// The network a client is counted by: one address of IPv4, and of IPv6 the part that a customer has (64 bits).
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
    }
}

fn too_often(wait: u32) -> Problem {
    let detail = format!("Too many requests; ask again in {wait} s.");
    Problem { retry_after: Some(wait), ..Problem::new(StatusCode::TOO_MANY_REQUESTS, detail) }
}

/// Tells programs that a token is wanted, and leads people to the page where they can show a token.
fn asked_to_sign_in(request: &Request) -> Response {
    let path = request.uri().path();
    if path.starts_with("/v1") || path.starts_with("/feeds/") || path == "/metrics" {
        let detail =
            "A token is wanted (Authorization: Bearer TOKEN); make one with: twosource token add NAME --role read";
        return refused(Problem::new(StatusCode::UNAUTHORIZED, detail), path);
    }
    let wanted = if request.method().is_safe() { request.uri().path_and_query() } else { None };
    let next = form_urlencoded::Serializer::new(String::new())
        .append_pair("next", wanted.map_or("/", |wanted| wanted.as_str()))
        .finish();
    (StatusCode::SEE_OTHER, [(LOCATION, format!("/sign-in?{next}"))]).into_response()
}

/// A problem with the credentials, and which ones are wanted: feed readers know `Basic` only.
fn refused(problem: Problem, path: &str) -> Response {
    let wanted = if path.starts_with("/feeds/") {
        "Basic realm=\"Twosource\", charset=\"UTF-8\""
    } else {
        "Bearer realm=\"Twosource\""
    };
    let is_unknown = problem.status == StatusCode::UNAUTHORIZED;
    let mut response = problem.into_response();
    if is_unknown {
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static(wanted));
    }
    response
}

impl std::fmt::Debug for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Access").field("is_guarded", &self.is_guarded).finish_non_exhaustive()
    }
}

/// An address inside this server that a sign-in may lead to; the first page where another was named.
pub(crate) fn inside(next: Option<&str>) -> &str {
    let is_inside = |next: &&str| {
        next.starts_with('/')
            && !next.starts_with("//")
            && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
    };
    next.filter(is_inside).unwrap_or("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: axum::http::HeaderName, value: &'static str) -> HeaderMap {
        [(name, HeaderValue::from_static(value))].into_iter().collect()
    }

    #[test]
    fn credentials() {
        assert_eq!(shown(&HeaderMap::new()), Shown::Nothing);
        assert_eq!(shown(&headers(AUTHORIZATION, "bearer  x ")), Shown::Bearer("x".to_owned()));
        assert_eq!(shown(&headers(AUTHORIZATION, "Basic YW5uYTpBdWd1c3Q6MQ==")), Shown::Basic("August:1".to_owned()));
        for wrong in ["Basic", "Basic %", "Basic ====", "Digest x", ""] {
            let empty = [Shown::Bearer(String::new()), Shown::Basic(String::new())];
            assert!(empty.contains(&shown(&headers(AUTHORIZATION, wrong))), "{wrong}");
        }
        let cookies = headers(COOKIE, "a=b; twosource_session=7f; twosource_session=0");
        assert_eq!(shown(&cookies), Shown::Session("7f".to_owned()));
    }

    #[test]
    fn next_stays_inside() {
        assert_eq!(inside(Some("/story/1?a=2")), "/story/1?a=2");
        for other in ["//nova.example", "https://nova.example", "/\\nova.example", "/a b", "/\u{7}", "", "javascript:x"]
        {
            assert_eq!(inside(Some(other)), "/", "{other}");
        }
    }

    #[test]
    fn networks() {
        let network = |address: &str| network(address.parse().expect("an address")).to_string();
        assert_eq!(network("192.0.2.7"), "192.0.2.7");
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
    }
}
