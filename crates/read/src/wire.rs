//! What the formats of agencies have in common: ninjs, NewsML-G2 and NITF all fill an [`Item`], and [`Item::article`]
//! makes the article of it.
//!
//! What an agency tells its customers is metadata, not text: the editor's note, the version, whether the item may be
//! used and until when it must wait. No clock is read here, so an embargo is always named, even one long past.

use twosource_model::{Article, BlockKind, Field, Found, Instant, PubStatus, Wire};

use crate::feeds::feed_date;
use crate::html::{self, Element};
use crate::labels::authors_of;
use crate::language::code_of_tag;
use crate::plain::from_blocks;
use crate::words::LISTS;

/// An item of an agency while it is read.
#[derive(Debug, Default)]
pub(crate) struct Item {
    /// The metadata; its text is still empty.
    pub(crate) article: Article,
    pub(crate) wire: Wire,
    /// What stands over the text: kicker, standfirst, byline, dateline.
    pub(crate) head: Vec<Element>,
    pub(crate) body: Vec<Element>,
    /// What is said of its pictures, and who made them.
    pub(crate) captions: Vec<Element>,
}

/// No item has more captions, nor more pieces over its text; what is more is no news.
const MOST_PIECES: usize = 200;
/// The longest note of the editors in bytes.
const LONGEST_NOTE: usize = 20_000;

impl Item {
    /// An item with nothing but where it was read.
    pub(crate) fn new(input: &str, id: Option<&str>, number: usize) -> Item {
        let id = id.filter(|id| id.len() <= 1000).map_or_else(|| format!("{input}:{number}"), str::to_owned);
        let article = Article { id, input: input.to_owned(), complete: true, ..Article::default() };
        Item { article, ..Item::default() }
    }

    /// First publication and last change; with one date only, that of the version at hand, it is both.
    pub(crate) fn dates(&mut self, first: Option<&str>, version: Option<&str>) {
        let first = first.and_then(|date| self.date(date));
        let version = version.and_then(|date| self.date(date));
        self.article.modified = version.clone().filter(|date| first.as_ref().is_some_and(|first| first != date));
        self.article.published = first.or(version);
    }

    fn date(&mut self, value: &str) -> Option<Instant> {
        let date = feed_date(value);
        if date.is_none() {
            self.article.diagnostics.push(format!("the date “{value}” could not be read; it should be as in RFC 3339"));
        }
        date
    }

    pub(crate) fn embargo(&mut self, value: Option<&str>) {
        self.wire.embargoed_until = value.and_then(|value| self.date(value));
        // A time that cannot be read must still keep the item back.
        if let Some(value) = value.filter(|_| self.wire.embargoed_until.is_none()) {
            let problem =
                format!("embargoed until “{value}”, a time that could not be read: not to be published before");
            self.article.diagnostics.push(problem);
        }
    }

    /// Whether it may be used: `stat:usable`, `http://cv.iptc.org/newscodes/pubstatus/usable`, `Usable`.
    pub(crate) fn status(&mut self, value: Option<&str>) {
        let Some(value) = value else { return };
        self.wire.status = match &*code(value).to_ascii_lowercase() {
            "usable" => Some(PubStatus::Usable),
            "withheld" | "embargoed" => Some(PubStatus::Withheld),
            "canceled" | "cancelled" => Some(PubStatus::Canceled),
            _ => None,
        };
        if self.wire.status.is_none() {
            self.article.diagnostics.push(format!("the status “{value}” is not known; check whether it may be used"));
        }
    }

    pub(crate) fn note(&mut self, note: Option<String>) {
        let Some(note) = note.map(|note| note.trim().to_owned()).filter(|note| !note.is_empty()) else { return };
        match &mut self.wire.editors_note {
            Some(notes) if notes.len() > LONGEST_NOTE => {}
            Some(notes) if notes.lines().any(|line| line == note) => {}
            Some(notes) => notes.extend(["\n", &note]),
            empty => *empty = Some(note),
        }
    }

    pub(crate) fn language(&mut self, tag: Option<&str>) {
        self.article.language = self.article.language.take().or_else(|| code_of_tag(tag?));
    }

    /// Whose copy it is, by the name we show for an agency that is known.
    pub(crate) fn agency(&mut self, name: Option<&str>) {
        let shown = |name: &str| LISTS.agency(name).unwrap_or(name).to_owned();
        self.article.agency = self.article.agency.take().or_else(|| Some(shown(name?)));
    }

    /// Who publishes it; an outlet that is a known agency is the agency too.
    pub(crate) fn outlet(&mut self, name: Option<&str>) {
        if self.article.outlet.is_some() {
            return;
        }
        self.article.outlet = name.map(str::to_owned);
        if let Some(agency) = name.and_then(|name| LISTS.agency(name)) {
            self.agency(Some(agency));
        }
    }

    /// The authors a byline names.
    pub(crate) fn byline(&mut self, byline: Option<&str>) {
        let Some(byline) = byline else { return };
        if self.article.authors.is_empty() {
            self.article.authors = authors_of(byline);
        }
    }

    pub(crate) fn title(&mut self, title: Option<String>) {
        self.article.title = self.article.title.take().or_else(|| title.filter(|title| !title.is_empty()));
    }

    /// A piece over the text, unless it is there or in the text already.
    pub(crate) fn over(&mut self, kind: BlockKind, words: Option<String>) {
        let Some(words) = words.filter(|words| !words.is_empty() && self.head.len() < MOST_PIECES) else { return };
        let opening = letters(&words, 60);
        let said = |element: &Element| letters(&element.text, 60) == opening;
        let same = self.head.iter().any(|element| element.kind == kind && said(element));
        if !same && !self.body.iter().take(8).any(said) {
            self.head.push(Element::new(kind, words));
        }
    }

    /// What is said of a picture, and who made it.
    pub(crate) fn caption(&mut self, caption: Option<String>, credit: Option<String>) {
        if self.captions.len() >= MOST_PIECES {
            return;
        }
        let known: Vec<String> =
            self.body.iter().chain(&self.captions).map(|element| letters(&element.text, 200)).collect();
        for (kind, words) in [(BlockKind::Caption, caption), (BlockKind::Credit, credit)] {
            let new = words.filter(|words| !words.is_empty() && !known.contains(&letters(words, 200)));
            self.captions.extend(new.map(|text| Element::new(kind, text)));
        }
    }

    /// The article; the error says why there is none.
    pub(crate) fn article(mut self) -> Result<Article, String> {
        if self.body.iter().all(|element| element.text.trim().is_empty()) {
            return Err("it holds no text".to_owned());
        }
        let has_headline = self.body.iter().any(|element| element.kind == BlockKind::Headline);
        let title = self.article.title.clone().filter(|_| !has_headline);
        let headline = title.map(|text| Element::new(BlockKind::Headline, text));
        self.head.sort_by_key(|element| order(element.kind));
        let kickers = self.head.iter().take_while(|element| element.kind == BlockKind::Kicker).count();
        let mut elements: Vec<Element> = self.head.drain(..kickers).collect();
        elements.extend(headline);
        elements.append(&mut self.head);
        elements.append(&mut self.body);
        elements.append(&mut self.captions);
        let mut article = self.article;
        let names = [article.outlet.clone(), article.agency.clone()];
        article.authors.retain(|author| !names.contains(&Some(author.clone())));
        note_found(&mut article, Found::Wire);
        article.diagnostics.extend(warnings(&self.wire));
        article.wire = Some(self.wire);
        html::write(&mut article, &elements);
        from_blocks(&mut article, false);
        Ok(article)
    }
}

/// The letters a text opens with: two that agree say the same.
fn letters(text: &str, most: usize) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).take(most).collect()
}

fn order(kind: BlockKind) -> usize {
    [BlockKind::Kicker, BlockKind::Standfirst, BlockKind::Byline].iter().position(|known| *known == kind).unwrap_or(3)
}

/// What must be said of an item that may not simply be used.
fn warnings(wire: &Wire) -> Vec<String> {
    let status = match wire.status {
        Some(PubStatus::Withheld) => {
            Some("withheld by its agency: not to be published until further notice".to_owned())
        }
        Some(PubStatus::Canceled) => Some("taken back by its agency (canceled): not to be published".to_owned()),
        Some(PubStatus::Usable) | None => None,
    };
    let embargo = wire.embargoed_until.as_ref();
    let embargo = embargo.map(|until| format!("embargoed until {}: not to be published before", until.as_str()));
    status.into_iter().chain(embargo).collect()
}

/// Says of all metadata an article has so far that it comes from one place.
pub(crate) fn note_found(article: &mut Article, found: Found) {
    let given = [
        (Field::Url, article.url.is_some()),
        (Field::Outlet, article.outlet.is_some()),
        (Field::Agency, article.agency.is_some()),
        (Field::Authors, !article.authors.is_empty()),
        (Field::Title, article.title.is_some()),
        (Field::Published, article.published.is_some()),
        (Field::Modified, article.modified.is_some()),
        (Field::Language, article.language.is_some()),
    ];
    article.found.extend(given.into_iter().filter(|(_, given)| *given).map(|(field, _)| (field, found)));
}

/// The last part of a code or an address of one: "usable" of "stat:usable".
pub(crate) fn code(value: &str) -> &str {
    value.trim().rsplit([':', '/', '#']).next().unwrap_or_default()
}

/// White space folded to single spaces.
pub(crate) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
