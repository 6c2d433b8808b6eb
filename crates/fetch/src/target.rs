//! What may be asked for: an address of the web, without credentials, on a port where the web is.

use url::{Host, Url};

use crate::Error;

/// An address that may be asked for, in its canonical form: `HTTP://0x7f.1:80/a b` is `http://127.0.0.1/a%20b`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target(Url);

/// No address is longer, in bytes.
const LONGEST: usize = 8000;

impl Target {
    /// Takes an address as somebody wrote it.
    pub(crate) fn new(address: &str) -> Result<Target, Error> {
        Self::checked(address, Url::parse(address.trim()))
    }

    /// Where a redirect from here leads.
    pub(crate) fn join(&self, location: &str) -> Result<Target, Error> {
        Self::checked(location, self.0.join(location.trim()))
    }

    fn checked(address: &str, parsed: Result<Url, url::ParseError>) -> Result<Target, Error> {
        let unusable =
            |why: &'static str| Error::Address { url: address.chars().take(200).collect(), why: why.to_owned() };
        if address.len() > LONGEST {
            return Err(unusable("it is longer than 8,000 bytes"));
        }
        let mut url = parsed.map_err(|error| Error::Address { url: address.to_owned(), why: error.to_string() })?;
        let port = url.port_or_known_default();
        match () {
            () if !matches!(url.scheme(), "http" | "https") => return Err(unusable("only http and https are fetched")),
            () if !url.username().is_empty() || url.password().is_some() => {
                return Err(unusable("it holds a user name or a password; leave them out"));
            }
            () if url.host().is_none() => return Err(unusable("it names no host")),
            // Below 1024 are the services of a machine itself, and none of them speaks HTTP.
            () if port.is_some_and(|port| port < 1024 && port != 80 && port != 443) => {
                return Err(unusable("its port belongs to another service than the web"));
            }
            () => {}
        }
        url.set_fragment(None);
        Ok(Target(url))
    }

    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Scheme, host and port: what has one `robots.txt`.
    pub(crate) fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// The host, which has one pace whatever its ports.
    pub(crate) fn host(&self) -> String {
        match self.0.host() {
            Some(Host::Domain(name)) => name.trim_end_matches('.').to_owned(),
            Some(other) => other.to_string(),
            None => String::new(),
        }
    }

    /// Path and query, as `robots.txt` sees them.
    pub(crate) fn path(&self) -> &str {
        &self.0[url::Position::BeforePath..url::Position::AfterQuery]
    }
}

/// An address in its canonical form, without what follows "#"; the error says why it cannot be asked for.
pub fn canonical(address: &str) -> Result<String, Error> {
    Target::new(address).map(|target| target.as_str().to_owned())
}

/// The host of an address; nothing where it cannot be asked for.
pub fn host_of(address: &str) -> Option<String> {
    Target::new(address).ok().map(|target| target.host())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let check = |address: &str, expected: Option<&str>| {
            assert_eq!(canonical(address).ok().as_deref(), expected, "{address}");
        };
        check(" HTTP://Nova.Example:80/a b?c#d ", Some("http://nova.example/a%20b?c"));
        check("https://nova.example", Some("https://nova.example/"));
        check("http://0x7f.1/", Some("http://127.0.0.1/"));
        check("http://2130706433/", Some("http://127.0.0.1/"));
        check("http://[::ffff:127.0.0.1]/", Some("http://[::ffff:7f00:1]/"));
        check("https://h\u{e4}fen.example/", Some("https://xn--hfen-loa.example/"));
        check("http://nova.example:8080/", Some("http://nova.example:8080/"));
        check("http://nova.example:22/", None);
        check("ftp://nova.example/", None);
        check("file:///etc/passwd", None);
        check("gopher://nova.example/", None);
        check("http://anna@nova.example/", None);
        check("http://anna:x@nova.example/", None);
        check("http://", None);
        check("nova.example", None);
    }

    #[test]
    fn redirects() {
        let target = Target::new("http://nova.example/a/b").expect("an address");
        assert_eq!(target.join("../c").expect("an address").as_str(), "http://nova.example/c");
        assert_eq!(target.join("//other.example/").expect("an address").as_str(), "http://other.example/");
        assert!(target.join("file:///etc/passwd").is_err());
        assert!(target.join("http://a:b@nova.example/").is_err());
        assert!(Target::new("https://Nova.example.:444444/").is_err());
        assert_eq!(Target::new("https://nova.example.:8443/x?y").expect("an address").path(), "/x?y");
    }
}
