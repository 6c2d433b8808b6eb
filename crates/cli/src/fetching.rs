//! Addresses to bytes: the client of the network as the command line sets it up, and what its answers mean to others.

use std::io::Cursor;

use twosource_engine::watch::{Answer, Failure, Fetched};
use twosource_fetch::{Body, Client, Error, Request, Settings, Want};
use twosource_read::{Limits, Piece, Record, records_of_stream};

use crate::arguments::Network;

/// The client, as the command line wants it.
pub(crate) fn client(network: &Network) -> Client {
    let trusted = network.allow_address.clone();
    // Our own servers in tests need no rest.
    let pace = if trusted.is_empty() { Settings::default().pace } else { std::time::Duration::ZERO };
    Client::new(Settings { contact: network.contact.clone(), trusted, pace, ..Settings::default() })
}

/// What is under an address that a person named, as records.
pub(crate) fn input(client: &Client, url: &str, limits: &Limits) -> Result<Box<dyn Iterator<Item = Piece>>, String> {
    let fetched = client.fetch(&Request::new(url, Want::Input)).map_err(|error| error.to_string())?;
    let Body { bytes, content_type, .. } = fetched.body.unwrap_or_default();
    let kind = content_type.unwrap_or_default();
    let is_page = ["text/html", "application/xhtml+xml", "text/plain"].iter().any(|page| kind.starts_with(page));
    let record = if is_page { Record::fetched(&fetched.url, &kind, bytes.clone()) } else { None };
    match record {
        Some(record) => Ok(Box::new(std::iter::once(Piece::Record(record)))),
        None => match records_of_stream(&fetched.url, Box::new(Cursor::new(bytes)), limits) {
            Ok(records) => Ok(Box::new(records)),
            Err(error) => Err(error.to_string()),
        },
    }
}

/// What came of an address that is watched.
pub(crate) fn answer(fetched: Result<twosource_fetch::Fetched, Error>) -> Answer {
    match fetched {
        Ok(twosource_fetch::Fetched { body: None, .. }) => Answer::Unchanged,
        Ok(twosource_fetch::Fetched { url, moved_to, body: Some(body) }) => {
            let Body { bytes, content_type, etag, last_modified, max_age } = body;
            let max_age = max_age.map(|age| age.as_secs());
            Answer::Body(Fetched { url, moved_to, bytes, content_type, etag, last_modified, max_age })
        }
        Err(error) => Answer::Failed(Failure {
            message: error.to_string(),
            is_gone: matches!(error, Error::Gone { .. }),
            is_missing: matches!(error, Error::NotFound { .. }),
            is_lasting: !error.is_passing(),
            retry_after: error.retry_after().map(|wait| wait.as_secs()),
        }),
    }
}
