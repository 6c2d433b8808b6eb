//! Health, metrics for Prometheus, and a line a request for whoever keeps a log.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::HttpBody;
use axum::extract::{MatchedPath, Request, State as Given};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::problem::Problem;
use crate::state::{Shared, with_store};

/// Upper ends of the classes of duration, in seconds.
const CLASSES: [f64; 9] = [0.005, 0.01, 0.025, 0.06, 0.1, 0.25, 1.0, 5.0, 30.0];

/// Whether requests are logged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Log {
    /// Nothing is written.
    #[default]
    Off,
    /// A JSON object a request on standard error.
    Json,
}

/// What was counted since the start, by route. Routes are the table's own, so there are never many.
#[derive(Debug, Default)]
pub(crate) struct Measures {
    routes: Mutex<BTreeMap<String, Counts>>,
}

#[derive(Clone, Debug, Default)]
struct Counts {
    by_status: BTreeMap<u16, u64>,
    by_class: [u64; CLASSES.len()],
    seconds: f64,
    requests: u64,
}

impl Measures {
    fn add(&self, route: &str, status: u16, took: Duration) {
        let mut routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = routes.entry(route.to_owned()).or_default();
        *counts.by_status.entry(status).or_default() += 1;
        let seconds = took.as_secs_f64();
        for (count, end) in counts.by_class.iter_mut().zip(CLASSES) {
            *count += u64::from(seconds <= end);
        }
        counts.seconds += seconds;
        counts.requests += 1;
    }

    /// The counts in the text format of Prometheus.
    fn text(&self) -> String {
        let routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut text = String::from(
            "# HELP twosource_requests_total Requests answered.\n# TYPE twosource_requests_total counter\n",
        );
        for (route, counts) in &routes {
            for (status, count) in &counts.by_status {
                let _ = writeln!(text, "twosource_requests_total{{route=\"{route}\",status=\"{status}\"}} {count}");
            }
        }
        text += "# HELP twosource_request_seconds Time to answer.\n# TYPE twosource_request_seconds histogram\n";
        for (route, counts) in &routes {
            for (count, end) in counts.by_class.iter().zip(CLASSES) {
                let _ = writeln!(text, "twosource_request_seconds_bucket{{route=\"{route}\",le=\"{end}\"}} {count}");
            }
            let Counts { seconds, requests, .. } = counts;
            let _ = writeln!(text, "twosource_request_seconds_bucket{{route=\"{route}\",le=\"+Inf\"}} {requests}");
            let _ = writeln!(text, "twosource_request_seconds_sum{{route=\"{route}\"}} {seconds}");
            let _ = writeln!(text, "twosource_request_seconds_count{{route=\"{route}\"}} {requests}");
        }
        text
    }
}

/// Counts every answer, and logs it where that is wanted.
pub(crate) async fn measured(Given(state): Given<Shared>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let route =
        request.extensions().get::<MatchedPath>().map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    let said = (state.log == Log::Json).then(|| (request.method().to_string(), request.uri().to_string()));
    let response = next.run(request).await;
    let took = started.elapsed();
    state.measures.add(&route, response.status().as_u16(), took);
    if let Some((method, address)) = said {
        let line = json!({
            "at": (state.clock)().to_string(), "method": method, "address": address, "route": route,
            "status": response.status().as_u16(), "bytes": response.body().size_hint().exact(),
            "ms": took.as_micros() as f64 / 1_000.0,
        });
        // Nobody reading the log is no reason to stop.
        let _ = writeln!(std::io::stderr(), "{line}");
    }
    response
}

/// Whether the store answers.
pub(crate) async fn health(Given(state): Given<Shared>) -> Result<Response, Problem> {
    with_store(&state, |_, store| Ok(store.article_ids(0, 1)?)).await?;
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "no-store")], "ok\n").into_response())
}

/// What was counted, and how much the store holds.
pub(crate) async fn metrics(Given(state): Given<Shared>) -> Result<Response, Problem> {
    let (articles, stories) =
        with_store(&state, |_, store| Ok((store.count_articles()?, store.count_stories(1)?))).await?;
    let mut text = state.measures.text();
    for (name, help, value) in
        [("articles", "Articles in the store.", articles), ("stories", "Stories in the store.", stories)]
    {
        let _ =
            write!(text, "# HELP twosource_{name} {help}\n# TYPE twosource_{name} gauge\ntwosource_{name} {value}\n");
    }
    let kind = (CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    Ok(([kind, (CACHE_CONTROL, "no-store")], text).into_response())
}
