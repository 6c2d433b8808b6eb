//! Stories of the store, compared when somebody looks at them.
//!
//! A comparison costs as much as its reports are long, so it is kept, with its summary, until a report changes or joins.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use twosource_model::{Article, CodePoints, Comparison, Strength};
use twosource_store::{Cached, ComparisonKey, Error, Listed, Store, StoryListed};

use crate::{Earlier, Method, annotate_all, compare_story_with_earlier};

/// Changes whenever stages of this version would compare otherwise than before.
const STAGES: &str = concat!(env!("CARGO_PKG_VERSION"), "/3");

/// Stories looked at together.
const TOGETHER: usize = 32;

/// Which stories are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Only those after this one in the order of the list.
    pub after: Option<StoryListed>,
    /// With an article since this moment, in Unix time.
    pub since: Option<i64>,
    /// With at least so many reports.
    pub min_reports: u64,
    /// With at least so many independent origins behind the lead claim.
    pub min_origins: usize,
    /// With reports that differ.
    pub differences: bool,
    /// At most so many.
    pub most: usize,
    /// At most so many are looked at, where that is bounded: few of many may be wanted.
    pub effort: Option<usize>,
}

impl Wanted {
    fn takes(&self, summary: &Summary) -> bool {
        summary.independent_origins.unwrap_or(0) >= self.min_origins && (!self.differences || summary.differ())
    }
}

/// What lists of stories show of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// How many reports were compared.
    pub reports: usize,
    /// How many independent origins stand behind the lead claim; `None` where the reports share none.
    pub independent_origins: Option<usize>,
    /// Their names.
    pub origins: Vec<String>,
    /// The words of the lead claim.
    pub lead: Option<LeadWords>,
    /// Claims that at least two reports make.
    pub shared_claims: usize,
    /// Differences that exclude one another.
    pub contradictions: usize,
    /// Differences that pull apart without excluding one another.
    pub tensions: usize,
    /// Differences in how exactly something is said.
    pub precisions: usize,
}

/// The words of a lead claim, and where they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadWords {
    /// The number of the article.
    pub article: u64,
    /// Where they start in its text, in code points.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// The words.
    pub exact: String,
}

/// A story as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// Its id and its days.
    pub story: StoryListed,
    /// Its articles in the order of publication.
    pub articles: Vec<Listed>,
    /// What its comparison comes to.
    pub summary: Summary,
}

/// A story compared.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Its articles, in the order of the reports; earlier versions that take part stand behind them.
    pub articles: Vec<Listed>,
    /// Its comparison.
    pub comparison: Comparison,
}

/// A part of the list of stories.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoryPage {
    /// The stories that are wanted, the latest first.
    pub stories: Vec<Looked>,
    /// Where the list goes on; `None` at its end.
    pub next: Option<StoryListed>,
}

/// The comparison of a story as it was kept; `None` where it was never compared as it is now.
pub fn known_comparison(store: &Store, story: u64, method: &Method<'_>) -> Result<Option<Compared>, Error> {
    let articles = store.articles_of(story)?;
    let comparison = store.comparison(comparison_key(&articles, method))?;
    Ok(comparison.map(|comparison| Compared { articles, comparison }))
}

/// Compares the articles of a story.
pub fn compare_stored(store: &Store, story: u64, method: &Method<'_>) -> Result<Compared, Error> {
    let articles = store.articles_of(story)?;
    let comparison = Texts::of(store, &articles)?.compare(method);
    Ok(Compared { articles, comparison })
}

/// The comparison of a story as it was kept, or made now and not kept, for whoever only reads.
pub fn comparison_of(store: &Store, story: u64, method: &Method<'_>) -> Result<Compared, Error> {
    known_comparison(store, story, method)?.map_or_else(|| compare_stored(store, story, method), Ok)
}

/// What a comparison is made of.
#[derive(Default)]
struct Texts {
    /// The articles in their order.
    latest: Vec<Article>,
    /// Earlier revisions, each with the place of its article.
    earlier: Vec<(usize, Article)>,
}

impl Texts {
    fn of(store: &Store, articles: &[Listed]) -> Result<Texts, Error> {
        let latest = articles.iter().map(|listed| store.article(listed.article)).collect::<Result<_, _>>()?;
        Ok(Texts { latest, earlier: earlier(store, articles)? })
    }

    fn compare(self, method: &Method<'_>) -> Comparison {
        let (of, earlier): (Vec<usize>, Vec<Article>) = self.earlier.into_iter().unzip();
        let earlier = annotate_all(earlier).into_iter().zip(of).map(|(version, of)| Earlier { version, of }).collect();
        compare_story_with_earlier(annotate_all(self.latest), earlier, method)
    }
}

/// Of an article with many revisions so many of the latest are held against the other reports.
const EARLIER: usize = 4;

/// The earlier revisions of the articles of a story, the latest of each article first.
fn earlier(store: &Store, articles: &[Listed]) -> Result<Vec<(usize, Article)>, Error> {
    let mut earlier = Vec::new();
    for (of, listed) in articles.iter().enumerate().filter(|(_, listed)| listed.revisions > 1) {
        let mut revisions = store.revisions(listed.article)?;
        revisions.pop();
        earlier.extend(revisions.into_iter().rev().take(EARLIER).map(|revision| (of, revision.article)));
    }
    Ok(earlier)
}

/// What the comparison of some articles is kept under.
pub fn comparison_key(articles: &[Listed], method: &Method<'_>) -> ComparisonKey {
    ComparisonKey::new(articles, &format!("{STAGES} {}", method.name()))
}

/// Keeps a comparison that was made, for lists of stories and whoever asks for it again.
pub fn keep_comparison(store: &mut Store, story: u64, compared: &Compared, method: &Method<'_>) -> Result<(), Error> {
    let Compared { articles, comparison } = compared;
    let key = comparison_key(articles, method);
    store.put_comparisons(&[cached(key, story, &summary(comparison, articles), comparison)])
}

/// The stories that are wanted, the latest first. Those never compared as they are now are compared and kept.
pub fn stories(store: &mut Store, wanted: &Wanted, method: &Method<'_>) -> Result<Vec<Looked>, Error> {
    Ok(story_page(store, wanted, method)?.stories)
}

/// The stories that are wanted, the latest first, and where the list goes on. Those never compared as they are now are
/// compared and kept.
pub fn story_page(store: &mut Store, wanted: &Wanted, method: &Method<'_>) -> Result<StoryPage, Error> {
    let page = page(wanted, |last, most| {
        let listed = store.stories(wanted.since, wanted.min_reports, last, most)?;
        look(store, listed, method).map(Some)
    })?;
    Ok(page.unwrap_or_default())
}

/// The same without comparing anything: `None` where a story on the way was never compared as it is now.
pub fn known_story_page(store: &Store, wanted: &Wanted, method: &Method<'_>) -> Result<Option<StoryPage>, Error> {
    page(wanted, |last, most| {
        let mut found = Vec::new();
        for story in store.stories(wanted.since, wanted.min_reports, last, most)? {
            let articles = store.articles_of(story.story)?;
            let Some(summary) = known(store, comparison_key(&articles, method))? else { return Ok(None) };
            found.push(Looked { story, articles, summary });
        }
        Ok(Some(found))
    })
}

/// A story as lists show it; where it was never compared as it is now, it is compared and kept.
pub fn look_at(store: &mut Store, story: StoryListed, method: &Method<'_>) -> Result<Looked, Error> {
    // One for one.
    look(store, vec![story], method)?.pop().ok_or(Error::NoStory(story.story))
}

/// A story as lists show it: as it was kept, or compared now and not kept, for whoever only reads.
pub fn looked_at(store: &Store, story: StoryListed, method: &Method<'_>) -> Result<Looked, Error> {
    let articles = store.articles_of(story.story)?;
    let summary = match known(store, comparison_key(&articles, method))? {
        Some(summary) => summary,
        None => summary(&compare_stored(store, story.story, method)?.comparison, &articles),
    };
    Ok(Looked { story, articles, summary })
}

/// Goes through the list in steps, until there are enough stories that are wanted. A step gives the stories after a
/// story, at most so many, or `None` to give up.
fn page(
    wanted: &Wanted,
    mut step: impl FnMut(Option<StoryListed>, usize) -> Result<Option<Vec<Looked>>, Error>,
) -> Result<Option<StoryPage>, Error> {
    let mut found = Vec::new();
    let mut last = wanted.after;
    let mut left = wanted.effort.unwrap_or(usize::MAX);
    while found.len() < wanted.most && left > 0 {
        // One more than is wanted tells whether the list goes on.
        let most = TOGETHER.min((wanted.most - found.len()).saturating_add(1)).min(left);
        let Some(looked) = step(last, most)? else { return Ok(None) };
        left -= looked.len();
        let is_end = looked.len() < most;
        for looked in looked {
            if found.len() == wanted.most {
                return Ok(Some(StoryPage { stories: found, next: last }));
            }
            last = Some(looked.story);
            if wanted.takes(&looked.summary) {
                found.push(looked);
            }
        }
        if is_end {
            return Ok(Some(StoryPage { stories: found, next: None }));
        }
    }
    Ok(Some(StoryPage { stories: found, next: last }))
}

fn known(store: &Store, key: ComparisonKey) -> Result<Option<Summary>, Error> {
    Ok(store.comparison_summary(key)?.and_then(|json| serde_json::from_str(&json).ok()))
}

/// A story on its way to its summary.
struct Look {
    story: StoryListed,
    articles: Vec<Listed>,
    key: ComparisonKey,
    known: Option<Summary>,
    texts: Texts,
}

fn look(store: &mut Store, listed: Vec<StoryListed>, method: &Method<'_>) -> Result<Vec<Looked>, Error> {
    let mut looks = Vec::with_capacity(listed.len());
    for story in listed {
        let articles = store.articles_of(story.story)?;
        let key = comparison_key(&articles, method);
        let known = known(store, key)?;
        let texts = if known.is_some() { Texts::default() } else { Texts::of(store, &articles)? };
        looks.push(Look { story, articles, key, known, texts });
    }
    let (looked, cached): (Vec<Looked>, Vec<Option<Cached>>) =
        looks.into_par_iter().map(|look| compared(look, method)).unzip();
    store.put_comparisons(&cached.into_iter().flatten().collect::<Vec<_>>())?;
    Ok(looked)
}

fn compared(look: Look, method: &Method<'_>) -> (Looked, Option<Cached>) {
    let Look { story, articles, key, known, texts } = look;
    if let Some(summary) = known {
        return (Looked { story, articles, summary }, None);
    }
    let comparison = texts.compare(method);
    let summary = summary(&comparison, &articles);
    let cached = cached(key, story.story, &summary, &comparison);
    (Looked { story, articles, summary }, Some(cached))
}

fn cached(key: ComparisonKey, story: u64, summary: &Summary, comparison: &Comparison) -> Cached {
    Cached::new(key, story, serde_json::to_string(summary).unwrap_or_default(), comparison)
}

fn summary(comparison: &Comparison, articles: &[Listed]) -> Summary {
    let strength =
        |strength: Strength| comparison.differences.iter().filter(|difference| difference.strength == strength).count();
    let lead = comparison.lead.as_ref();
    let origins = lead.map_or(&[][..], |lead| &lead.origins[..]).iter();
    Summary {
        reports: comparison.reports.len(),
        independent_origins: lead.map(|lead| lead.independent_origins),
        origins: origins.filter_map(|&origin| Some(comparison.origins.get(origin)?.name.clone())).collect(),
        lead: lead_words(comparison, articles),
        shared_claims: comparison.claims.iter().filter(|claim| claim.is_shared()).count(),
        contradictions: strength(Strength::Contradiction),
        tensions: strength(Strength::Tension),
        precisions: strength(Strength::Precision),
    }
}

fn lead_words(comparison: &Comparison, articles: &[Listed]) -> Option<LeadWords> {
    let claim = comparison.claims.get(comparison.lead.as_ref()?.claim)?;
    let quote = claim.statements.get(claim.clearest)?.quote;
    let text = &comparison.reports.get(quote.report)?.article.text;
    let (start, end) = CodePoints::new(text).span(quote.span);
    let exact = text.get(quote.span.start..quote.span.end)?.to_owned();
    Some(LeadWords { article: articles.get(quote.report)?.article, start, end, exact })
}

impl Summary {
    /// Whether the reports differ in anything.
    pub fn differ(&self) -> bool {
        self.contradictions + self.tensions + self.precisions > 0
    }
}
