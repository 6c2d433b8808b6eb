//! The style and the script, under names that change with their content, so that browsers keep them for good.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use xxhash_rust::xxh3::xxh3_64;

use crate::problem::Problem;

/// A file that pages ask for.
pub(crate) struct Asset {
    /// Its name with the hash of its content.
    name: String,
    kind: &'static str,
    content: String,
}

impl Asset {
    fn new(stem: &str, ending: &str, kind: &'static str, content: String) -> Asset {
        Asset { name: format!("{stem}-{:016x}.{ending}", xxh3_64(content.as_bytes())), kind, content }
    }

    /// Its address.
    pub(crate) fn address(&self) -> String {
        format!("/assets/{}", self.name)
    }
}

/// The style of all pages: those of comparisons and revisions in files, and what only the server has.
pub(crate) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    let shared = [twosource_present::STYLE, twosource_present::REVISION_STYLE].concat();
    let content = shared + include_str!("assets/style.css");
    Asset::new("style", "css", "text/css; charset=utf-8", content)
});

/// Synchronised scrolling of two reports.
pub(crate) static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("script", "js", "text/javascript; charset=utf-8", include_str!("assets/script.js").to_owned())
});

/// The icon, in the page itself so that browsers do not ask for one.
pub(crate) const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E\
    %3Crect width='16' height='16' rx='3' fill='%231d4f7c'/%3E%3Cpath d='M4 4v8M7 4v8' stroke='%23fff' stroke-width='2'/%3E\
    %3Ccircle cx='11.5' cy='8' r='1.8' fill='%23fff'/%3E%3C/svg%3E";

/// An asset by its name.
pub(crate) async fn serve(path: Option<Path<String>>) -> Result<Response, Problem> {
    let name = path.map(|Path(name)| name).unwrap_or_default();
    let asset = [&*STYLE, &*SCRIPT].into_iter().find(|asset| asset.name == name);
    let asset = asset.ok_or_else(|| Problem::missing("There is no such file; load the page again."))?;
    let headers = [(CONTENT_TYPE, asset.kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, asset.content.as_str()).into_response())
}
