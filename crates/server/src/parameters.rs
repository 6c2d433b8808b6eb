//! What stands behind the question mark of an address.

use std::fmt::Display;
use std::str::FromStr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::problem::Problem;

/// The parameters of an address in their order. Forms send empty ones, which count as absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parameters(Vec<(String, String)>);

impl<S: Sync> FromRequestParts<S> for Parameters {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Parameters::of(parts.uri.query().unwrap_or_default()))
    }
}

impl Parameters {
    /// The parameters of a query.
    pub(crate) fn of(query: &str) -> Parameters {
        let pairs = form_urlencoded::parse(query.as_bytes());
        let trimmed = pairs.map(|(name, value)| (name.into_owned(), value.trim().to_owned()));
        Parameters(trimmed.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// The value of a parameter; the first of several.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All values of a parameter.
    pub(crate) fn all<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A number, where there is one.
    pub(crate) fn number<T: FromStr>(&self, name: &str) -> Result<Option<T>, Problem> {
        let wrong = |value: &str| Problem::wrong(format!("{name}={value}: a whole number is wanted."));
        self.text(name).map(|value| value.parse().map_err(|_| wrong(value))).transpose()
    }

    /// A number from 1 to a limit.
    pub(crate) fn limit(&self, default: usize, most: usize) -> Result<usize, Problem> {
        let limit = self.number("limit")?.unwrap_or(default);
        if (1..=most).contains(&limit) {
            return Ok(limit);
        }
        Err(Problem::wrong(format!("limit={limit}: a number from 1 to {most} is wanted.")))
    }

    /// Whether something is switched on: "1", "on", "true", "yes".
    pub(crate) fn flag(&self, name: &str) -> Result<bool, Problem> {
        match self.text(name) {
            None | Some("0" | "off" | "false" | "no") => Ok(false),
            Some("1" | "on" | "true" | "yes") => Ok(true),
            Some(other) => Err(Problem::wrong(format!("{name}={other}: 1 or 0 is wanted."))),
        }
    }

    /// The same address with another value of a parameter.
    pub(crate) fn link(&self, path: &str, name: &str, value: &dyn Display) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.0.iter().filter(|(known, _)| known != name));
        query.append_pair(name, &value.to_string());
        format!("{path}?{}", query.finish())
    }

    /// Some of the parameters under another path.
    pub(crate) fn only(&self, path: &str, names: &[&str]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.0.iter().filter(|(known, _)| names.contains(&known.as_str())));
        let query = query.finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

/// The number in the path of a story or an article.
pub(crate) struct Number(pub(crate) u64);

impl<S: Send + Sync> FromRequestParts<S> for Number {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = axum::extract::Path::<String>::from_request_parts(parts, state).await;
        Number::read(&path.map(|axum::extract::Path(path)| path).unwrap_or_default())
    }
}

impl Number {
    /// The number that a part of a path writes.
    pub(crate) fn read(part: &str) -> Result<Number, Problem> {
        let missing = || Problem::missing("Stories and articles have numbers; this is none.");
        Ok(Number(u64::from(part.parse::<u32>().map_err(|_| missing())?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters() {
        let given = Parameters::of("q=port+of+Nova&since=&limit=7&q=%22x%22&differences=on");
        assert_eq!(given.text("q"), Some("port of Nova"));
        assert_eq!(given.text("since"), None);
        assert_eq!(given.limit(25, 100), Ok(7));
        assert_eq!(given.flag("differences"), Ok(true));
        assert_eq!(
            given.link("/search", "cursor", &9),
            "/search?q=port+of+Nova&limit=7&q=%22x%22&differences=on&cursor=9"
        );
        assert_eq!(given.only("/feeds/search.atom", &["q"]), "/feeds/search.atom?q=port+of+Nova&q=%22x%22");
        assert!(Parameters::of("limit=0").limit(25, 100).is_err());
        assert!(Parameters::of("limit=x").limit(25, 100).is_err());
    }
}
