//! The story that comes with the program, for whoever has nothing in the store yet. It is invented.

use axum::extract::{Path, State as Given};
use axum::response::Response;
use twosource_engine::{Grouping, Method, OutletLists, compare};
use twosource_model::Comparison;
use twosource_present::{Links, part_page, side_page, story_page, verdict};
use twosource_read::{Limits, read_bytes};

use crate::pages::story::{named, nothing, pair};
use crate::pages::{Tab, answer};
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::state::{Shared, State, with_store};

/// The reports, as they stand in the examples of the repository.
const REPORTS: [(&str, &str); 5] = [
    ("1-meridian.txt", include_str!("../../../examples/harbour/1-meridian.txt")),
    ("2-gazette.txt", include_str!("../../../examples/harbour/2-gazette.txt")),
    ("3-lantern.txt", include_str!("../../../examples/harbour/3-lantern.txt")),
    ("4-observer.txt", include_str!("../../../examples/harbour/4-observer.txt")),
    ("5-post.txt", include_str!("../../../examples/harbour/5-post.txt")),
];

/// The example, compared.
pub(crate) struct Example {
    comparison: Comparison,
    links: Links,
}

impl State {
    /// The example, compared when it is first asked for.
    fn example(&self) -> &Example {
        self.example.get_or_init(|| {
            let read = |(name, text): (&str, &str)| read_bytes(name, text.as_bytes(), &Limits::default());
            let articles = REPORTS.into_iter().filter_map(|report| read(report).ok()).flat_map(|read| read.articles);
            let method = Method::new(&*self.meaning, OutletLists::default());
            let compared = compare(articles.collect(), Grouping::OneStory, &method);
            let comparison = compared.into_iter().next().unwrap_or_default();
            let articles = (1..).take(comparison.reports.len()).collect();
            Example { comparison, links: Links { story: "/example".to_owned(), articles, article: None } }
        })
    }
}

/// The comparison of the example.
pub(crate) async fn show(Given(state): Given<Shared>) -> Result<Response, Problem> {
    let page = with_store(&state, |state, _| {
        let Example { comparison, links } = state.example();
        Ok((verdict(comparison).headline(), story_page(comparison, links)))
    });
    let (title, page) = page.await?;
    Ok(answer(&format!("The example: {title}"), Tab::None, &page))
}

/// A section of it as a whole.
pub(crate) async fn part(Given(state): Given<Shared>, Path(name): Path<String>) -> Result<Response, Problem> {
    let part = named(&name)?;
    let page = with_store(&state, move |state, _| {
        let Example { comparison, links } = state.example();
        part_page(comparison, links, part).ok_or_else(|| nothing(part))
    });
    Ok(answer("The example", Tab::None, &page.await?))
}

/// Two of its reports side by side.
pub(crate) async fn side(Given(state): Given<Shared>, given: Parameters) -> Result<Response, Problem> {
    let page = with_store(&state, move |state, _| {
        let Example { comparison, links } = state.example();
        Ok(side_page(comparison, links, pair(&given, &links.articles)?))
    });
    Ok(answer("The example: two reports side by side", Tab::Side, &page.await?))
}
