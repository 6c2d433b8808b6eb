//! The pages and the API of a store, over HTTP.
//!
//! [`router`] is the table of contents: every address and what answers it. A page is one file under `pages`, a resource
//! of the API one under `api`; both ask [`state`] for values and make text of them, and neither decides anything. What
//! holds for every answer (headers, limits, conditional requests, errors, the log) is done once, around the table.
//! On a loopback address everybody of this machine may do everything; on any other one a token is asked for ([`Access`]).
//!
//! ```no_run
//! # fn main() -> Result<(), twosource_server::Error> {
//! let settings = twosource_server::Settings { store: "store.db".into(), ..Default::default() };
//! twosource_server::serve(&settings, &mut |address| eprintln!("listening on http://{address}"))
//! # }
//! ```

mod access;
mod ahead;
mod api;
mod assets;
mod background;
mod comparisons;
mod conditional;
mod error;
mod example;
mod limits;
mod measures;
mod notices;
mod pages;
mod parameters;
mod pool;
mod problem;
mod revised;
mod rows;
mod safety;
mod serving;
mod state;
mod syndicate;
mod work;
mod writer;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, delete, get, post};
use tokio::net::TcpListener;
use twosource_fetch::Client;

pub use access::{Access, NoRandomness, new_token};
pub use ahead::Ahead;
pub use error::Error;
pub use measures::Log;
pub use notices::{Event, new_webhook};
pub use rows::{hit_row, revision_row, story_row};
pub use state::{Clock, Shared, State};

/// What to serve, and where.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The file of the store; made where there is none.
    pub store: PathBuf,
    /// The address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where others reach this server, by a proxy or a name: `https://desk.example`. Then a token is asked for.
    pub url: Option<String>,
    /// Whether a token is asked for on a loopback address too.
    pub by_token: bool,
    /// Whether to write a line a request to standard error.
    pub log: Log,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { store: PathBuf::from("store.db"), listen: LISTEN, url: None, by_token: false, log: Log::Off }
    }
}

/// Where to listen unless said otherwise.
pub const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 7420);

/// Every address and what answers it.
pub fn routes() -> Vec<(&'static str, MethodRouter<Shared>)> {
    vec![
        // Pages.
        ("/", get(pages::stories::show)),
        ("/story/{id}", get(pages::story::show)),
        ("/story/{id}/side", get(pages::story::side)),
        ("/story/{id}/{part}", get(pages::story::part)),
        ("/article/{id}", get(pages::article::show)),
        ("/article/{id}/revisions", get(pages::revisions::show)),
        ("/search", get(pages::search::show)),
        ("/outlets", get(pages::outlets::show).post(pages::outlets::change)),
        ("/feeds", get(pages::feeds::show).post(pages::feeds::change)),
        ("/webhooks", get(pages::webhooks::show).post(pages::webhooks::change)),
        ("/webhooks/{id}", get(pages::webhooks::messages)),
        ("/sign-in", get(pages::sign_in::show).post(pages::sign_in::sign_in)),
        ("/sign-out", post(pages::sign_in::sign_out)),
        ("/example", get(example::show)),
        ("/example/side", get(example::side)),
        ("/example/{part}", get(example::part)),
        ("/assets/{name}", get(assets::serve)),
        // The API.
        ("/v1/stories", get(api::stories::list)),
        ("/v1/stories/{id}", get(api::stories::one)),
        ("/v1/stories/{id}/comparison", get(api::stories::comparison)),
        ("/v1/stories/{id}/comparison.jsonld", get(api::stories::linked)),
        ("/v1/articles", get(api::articles::list).post(api::articles::add)),
        ("/v1/articles/{id}", get(api::articles::one)),
        ("/v1/articles/{id}/revisions", get(api::articles::changes)),
        ("/v1/search", get(api::search::list)),
        ("/v1/outlets", get(api::outlets::list)),
        ("/v1/webhooks", get(api::webhooks::list).post(api::webhooks::add)),
        ("/v1/webhooks/{id}", delete(api::webhooks::remove)),
        ("/v1/webhooks/{id}/deliveries", get(api::webhooks::deliveries)),
        ("/v1/work", get(api::work::list)),
        ("/v1/openapi.json", get(api::openapi)),
        // For feed readers.
        ("/feeds/{name}", get(syndicate::list)),
        ("/feeds/story/{name}", get(syndicate::story)),
        // For machines that watch machines.
        ("/healthz", get(measures::health)),
        ("/metrics", get(measures::metrics)),
    ]
}

/// The whole service on a state: the routes, and around them what holds for every answer, the outermost last.
pub fn router(state: &Shared) -> Router {
    let table = routes().into_iter().fold(Router::new(), |router, (path, answer)| router.route(path, answer));
    table
        .fallback(problem::not_found)
        .method_not_allowed_fallback(problem::wrong_method)
        .layer(from_fn_with_state(state.clone(), access::admitted))
        .layer(from_fn(safety::own_origin))
        .layer(from_fn(limits::limited))
        .layer(from_fn_with_state(state.clone(), safety::own_host))
        .layer(from_fn(problem::rendered))
        .layer(from_fn(conditional::conditional))
        .layer(from_fn(safety::headers))
        .layer(from_fn_with_state(state.clone(), measures::measured))
        .with_state(state.clone())
}

/// Serves, calls webhooks and compares ahead until the process is told to stop (SIGINT, SIGTERM), then lets what is under
/// way finish. Calls `ready` with the address once it listens.
pub fn serve(settings: &Settings, ready: &mut dyn FnMut(SocketAddr)) -> Result<(), Error> {
    let state = State::guarded(&settings.store, settings.log, state::system_clock(), access(settings)?)?;
    if state.access.is_guarded() && !state.has_tokens()? {
        return Err(Error::NoTokens { address: settings.listen });
    }
    let failed = |reason| Error::Listen { address: settings.listen, reason };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(failed)?;
    let stop = background::start(&state, Client::new(calls())).map_err(failed)?;
    let served = runtime.block_on(async {
        let listener = TcpListener::bind(settings.listen).await?;
        ready(listener.local_addr()?);
        serving::serve(listener, router(&state), told_to_stop()).await;
        Ok(())
    });
    stop.store(true, Ordering::Relaxed);
    // A comparison under way is not waited for: it is made anew when it is asked for again.
    runtime.shutdown_timeout(Duration::from_secs(1));
    served.map_err(failed)
}

/// How webhooks are called: whoever takes long holds up the others.
fn calls() -> twosource_fetch::Settings {
    let most = Duration::from_secs(10);
    twosource_fetch::Settings { connect_time: most, whole_time: most, ..Default::default() }
}

/// Who is let in: everybody on this machine, or who has a token.
fn access(settings: &Settings) -> Result<Access, Error> {
    let by_token = settings.by_token || settings.url.is_some() || !settings.listen.ip().is_loopback();
    let access = if by_token { Access::by_token()? } else { Access::open()? };
    let Some(url) = &settings.url else { return Ok(access) };
    let wrong = || Error::Url { url: url.clone() };
    let read: axum::http::Uri = url.parse().map_err(|_| wrong())?;
    match (read.scheme_str(), read.authority(), read.path_and_query().map_or("/", |path| path.as_str())) {
        (Some(scheme @ ("http" | "https")), Some(host), "/") if !host.as_str().contains('@') => {
            Ok(access.under(scheme, host.as_str()))
        }
        _ => Err(wrong()),
    }
}

/// Waits for the signal to stop.
async fn told_to_stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
