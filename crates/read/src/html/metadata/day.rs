//! When an article was published and when it was changed, from every place of a page that says so.
//!
//! Places are trusted in the order script, `meta`, marked elements, `time`, address, visible text. Where the most
//! trusted place stands alone against two others that agree, those win; a publication after the last change loses as
//! well. A moment in universal time can fall on the day after the one the outlet prints: then the local time is looked
//! for, and without one the printed day is taken.

use twosource_model::{Found, Instant};

use super::Facts;
use super::marks::{DateMark, Marks};
use super::words::{Hints, is_month_first};
use crate::dates::{Day, Days, Seen, dates_in, page_address_date};
use crate::words::floor;

/// What was decided.
#[derive(Debug, Default)]
pub(super) struct Times {
    pub(super) published: Option<(Instant, Found)>,
    pub(super) modified: Option<(Instant, Found)>,
    /// Whether nothing but the address of its picture tells the day of publication.
    pub(super) from_picture: bool,
}

/// One place that gives a day.
#[derive(Clone, Debug)]
struct Place {
    seen: Seen,
    day: Day,
    found: Found,
}

/// The times of a page whose article stands under the heading at `anchor`.
pub(super) fn times(facts: &Facts, url: Option<&str>, anchor: Option<usize>) -> Times {
    let reader = Reader::of(facts, url);
    let modified = reader.modified(anchor);
    let places = reader.published(url, anchor);
    let published =
        chosen(&places, modified.as_ref()).map(|place| (localised(place, &places, facts.marks), place.found));
    let published = published.and_then(|(instant, found)| Some((instant?, found)));
    let picture =
        || facts.marks.meta(&["og:image", "twitter:image"]).and_then(page_address_date).map(|day| (day, Found::Meta));
    let from_picture = published.is_none() && modified.is_none() && picture().is_some();
    let published = published.or_else(|| picture().filter(|_| from_picture));
    // What was changed before it was published is no change that readers saw.
    let is_later = |place: &Place| published.as_ref().is_none_or(|(day, _)| Day::of(day) <= Some(place.day));
    let modified = modified.filter(is_later).and_then(|place| Some((place.seen.on(place.day)?, place.found)));
    Times { published, modified, from_picture }
}

/// The place to believe.
fn chosen<'p>(places: &'p [Place], modified: Option<&Place>) -> Option<&'p Place> {
    let late = |place: &&Place| modified.is_some_and(|modified| place.day.number() > modified.day.number() + 1);
    let top = places.iter().find(|place| !late(place)).or(places.first())?;
    let kinds = |day: Day, near: i64| {
        let mut kinds: Vec<Found> = places
            .iter()
            .filter(|place| (place.day.number() - day.number()).abs() <= near)
            .map(|place| place.found)
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds.len()
    };
    let other = places.iter().filter(|place| !late(place)).find(|place| kinds(place.day, 0) >= 2);
    match other {
        Some(other) if kinds(top.day, 1) == 1 => Some(other),
        _ => Some(top),
    }
}

/// The moment in the outlet's own time, where other places print another day than universal time has.
fn localised(place: &Place, places: &[Place], marks: &Marks) -> Option<Instant> {
    let own = place.seen.on(place.day);
    let clock = place.seen.clock.as_ref().filter(|clock| clock.offset == Some(0));
    let Some(clock) = clock else { return own };
    let minutes = |day: Day, of_day: i64| day.number() * 1440 + of_day;
    let moment = minutes(place.day, clock.minutes());
    let agreed = places.iter().any(|other| other.day == place.day && is_printed(other));
    let marks_of = |day: Day| marks.dates.iter().filter(move |mark| mark.seen.days == Days::One(day));
    let printed = places.iter().filter(|_| !agreed).find(|other| {
        let near = (other.day.number() - place.day.number()).abs() == 1;
        near && is_printed(other)
    });
    let same_moment = |seen: &Seen| {
        let day = one(seen)?;
        let clock = seen.clock.as_ref()?;
        let offset = clock.offset.filter(|offset| *offset != 0)?;
        (minutes(day, clock.minutes()) - offset == moment).then(|| seen.on(day))?
    };
    let seen = places.iter().map(|place| &place.seen).chain(marks.dates.iter().map(|mark| &mark.seen));
    if let Some(same) = seen.into_iter().find_map(same_moment) {
        return Some(same);
    }
    let Some(printed) = printed else { return own };
    // A time of day printed beside the day tells the offset: zones lie whole quarters of an hour apart.
    let offset = marks_of(printed.day)
        .filter(|mark| !mark.hints.has(Hints::MODIFIED))
        .filter_map(|mark| mark.seen.clock.as_ref().filter(|clock| clock.offset.is_none()))
        .map(|clock| minutes(printed.day, clock.minutes()) - moment)
        .find(|offset| offset % 15 == 0 && (-12 * 60..=14 * 60).contains(offset));
    match offset {
        Some(offset) => place.seen.moved(printed.day, offset),
        None => printed.day.instant(),
    }
}

/// Whether a place gives the day as readers see it, on no clock of machines.
fn is_printed(place: &Place) -> bool {
    let no_zone = place.seen.clock.as_ref().is_none_or(|clock| clock.offset.is_none());
    no_zone && matches!(place.found, Found::Url | Found::Text | Found::Time | Found::Microdata)
}

/// Reads dates as the page writes them.
struct Reader<'f> {
    facts: &'f Facts<'f>,
    /// Whether figures put the month first, where the page tells.
    month_first: Option<bool>,
    /// Days that other places give without doubt.
    sure: Vec<Day>,
    /// Whether all dates of the page that stand in the article are one.
    only_day: bool,
}

impl<'f> Reader<'f> {
    fn of(facts: &'f Facts, url: Option<&str>) -> Reader<'f> {
        let marks = facts.marks;
        let mut sure: Vec<Day> = url.and_then(page_address_date).as_ref().and_then(Day::of).into_iter().collect();
        let stated = facts.stated.into_iter().flat_map(|stated| [&stated.published, &stated.modified]);
        sure.extend(stated.flatten().filter_map(one));
        sure.extend(
            marks.metas.iter().filter(|(name, _)| is_published(name)).filter_map(|(_, value)| one(&first(value)?)),
        );
        let mut days = marks.dates.iter().filter(|mark| !facts.is_apart(mark.at)).map(|mark| mark.seen.days);
        let only_day = days.next().is_some_and(|first| days.all(|day| day == first));
        Reader { facts, month_first: order(marks, url), sure, only_day }
    }

    /// The day of a date; one in figures that could be swapped by what else the page says.
    fn day(&self, seen: &Seen) -> Option<Day> {
        match seen.days {
            Days::One(day) => Some(day),
            Days::Either { day_first, month_first } => match self.month_first {
                _ if self.sure.contains(&day_first) && !self.sure.contains(&month_first) => Some(day_first),
                _ if self.sure.contains(&month_first) && !self.sure.contains(&day_first) => Some(month_first),
                Some(true) => Some(month_first),
                Some(false) => Some(day_first),
                None => None,
            },
        }
    }

    fn place(&self, seen: Seen, found: Found) -> Option<Place> {
        Some(Place { day: self.day(&seen)?, seen, found })
    }

    /// Every place of the publication in the order of trust.
    fn published(&self, url: Option<&str>, anchor: Option<usize>) -> Vec<Place> {
        let Facts { marks, stated, .. } = *self.facts;
        let dates = stated.map(|stated| (stated.is_article, stated.published.clone(), stated.created.clone()));
        let (is_article, script, created) = dates.unwrap_or_default();
        let metas = |wanted: fn(&str) -> bool| {
            marks.metas.iter().filter(move |(name, _)| wanted(name)).filter_map(|(_, value)| first(value))
        };
        let mut places: Vec<Option<Place>> = Vec::new();
        let mut add = |seen: Option<Seen>, found: Found| places.push(seen.and_then(|seen| self.place(seen, found)));
        let (of_article, of_page) = if is_article { (script, None) } else { (None, script) };
        add(of_article, Found::JsonLd);
        add(metas(is_published).next(), Found::Meta);
        add(self.property(&["datepublished", "pubdate", "issued", "published_time"], anchor), Found::Microdata);
        add(of_page, Found::JsonLd);
        add(metas(is_date).next(), Found::Meta);
        let best = |marked: bool| self.best(marked, anchor);
        let (time, text) = (best(true), best(false));
        let sure_time = time.as_ref().filter(|(_, score)| *score >= 40).map(|(mark, _)| mark.seen.clone());
        add(sure_time, Found::Time);
        let address = url.and_then(page_address_date).and_then(|instant| first(instant.as_str()));
        add(address, Found::Url);
        let weak_time = time.filter(|(_, score)| *score < 40);
        let text_first = weak_time.as_ref().zip(text.as_ref()).is_some_and(|((_, time), (_, text))| text > time);
        let text = text.map(|(mark, _)| (mark.seen.clone(), Found::Text));
        let weak_time = weak_time.map(|(mark, _)| (mark.seen.clone(), Found::Time));
        let both = if text_first { [text, weak_time] } else { [weak_time, text] };
        both.into_iter().flatten().for_each(|(seen, found)| add(Some(seen), found));
        add(self.property(&["datecreated", "created"], anchor), Found::Microdata);
        add(created, Found::JsonLd);
        add(metas(is_created).next(), Found::Meta);
        places.into_iter().flatten().collect()
    }

    /// Where the last change is told.
    fn modified(&self, anchor: Option<usize>) -> Option<Place> {
        let marks = self.facts.marks;
        let script = self.facts.stated.and_then(|stated| stated.modified.clone()).map(|seen| (seen, Found::JsonLd));
        let meta = || {
            let metas = marks.metas.iter().filter(|(name, _)| is_modified(name));
            metas.filter_map(|(_, value)| first(value)).next().map(|seen| (seen, Found::Meta))
        };
        let property =
            || self.property(&["datemodified", "modified_time"], anchor).map(|seen| (seen, Found::Microdata));
        let mark = || {
            let changed = marks.dates.iter().filter(|mark| mark.hints.has(Hints::MODIFIED) && !mark.long);
            let best = changed.filter_map(|mark| Some((mark, self.score(mark, anchor)?)));
            let (mark, _) = best
                .filter(|(_, score)| *score >= 24)
                .max_by_key(|(mark, score)| (*score, std::cmp::Reverse(mark.at)))?;
            Some((mark.seen.clone(), if mark.marked { Found::Time } else { Found::Text }))
        };
        let (seen, found) = script.or_else(meta).or_else(property).or_else(mark)?;
        self.place(seen, found)
    }

    /// A property in the attributes of elements, not one of a comment or of another article.
    fn property(&self, names: &[&str], anchor: Option<usize>) -> Option<Seen> {
        let marks = self.facts.marks;
        let own = |at: usize| !self.facts.is_apart(at) && !self.in_other_article(at, anchor);
        names.iter().find_map(|name| {
            let mut fits = marks.properties.iter().filter(|property| property.name == *name && own(property.at));
            fits.find_map(|property| first(&property.value))
        })
    }

    fn in_other_article(&self, at: usize, anchor: Option<usize>) -> bool {
        let articles = &self.facts.marks.articles;
        let of = |at: usize| articles.iter().find(|article| article.contains(&at));
        anchor.is_some_and(|anchor| {
            of(at).is_some_and(|article| {
                !article.contains(&anchor) && (of(anchor).is_some() || article.start > anchor + 40)
            })
        })
    }

    /// The mark that most likely tells the publication, with its score.
    fn best(&self, marked: bool, anchor: Option<usize>) -> Option<(&'f DateMark, i32)> {
        let fits = self.facts.marks.dates.iter().filter(|mark| mark.marked == marked);
        let published = fits.filter(|mark| !mark.hints.has(Hints::MODIFIED) || mark.hints.has(Hints::PUBLISHED));
        let scored = published.filter_map(|mark| Some((mark, self.score(mark, anchor)?)));
        scored.filter(|(_, score)| *score >= 28).max_by_key(|(mark, score)| (*score, std::cmp::Reverse(mark.at)))
    }

    /// How likely a mark dates the article; `None` where it cannot be read. Points, not a probability.
    fn score(&self, mark: &DateMark, anchor: Option<usize>) -> Option<i32> {
        let day = self.day(&mark.seen)?;
        (1994..=2100).contains(&day.year()).then_some(())?;
        let point = |given: bool, points: i32| if given { points } else { 0 };
        let hints = mark.hints;
        let apart = self.facts.is_apart(mark.at);
        let beside_title = anchor.is_some_and(|anchor| mark.at + 8 >= anchor && mark.at <= anchor + 12);
        let place = match anchor {
            Some(anchor) if mark.at >= anchor => match mark.at - anchor {
                0..=12 => 25,
                13..=40 => 15,
                41..=150 => 5,
                _ => 0,
            },
            Some(anchor) => point(anchor - mark.at <= 8, 20),
            None => 5,
        };
        let mut score = place
            + point(hints.has(Hints::DATE), 30)
            + point(hints.has(Hints::META), 12)
            + point(hints.has(Hints::AUTHOR), 10)
            + point(hints.has(Hints::PUBLISHED), 30)
            + point(mark.alone, 15)
            + point(mark.leads, 8)
            + point(mark.marked, 10);
        // Class names promise teasers and widgets over the article too.
        let is_beside = hints.has(Hints::COMMENT.with(Hints::ASIDE)) || apart;
        score -= point(is_beside, if beside_title { 15 } else { 45 });
        score += point(self.only_day, 15);
        score -= point(hints.has(Hints::OTHER), 40);
        score -= point(mark.long && !mark.leads, 40);
        score -= point(mark.seen.short && !(mark.alone || hints.has(Hints::DATE)), 30);
        score -= point(self.in_other_article(mark.at, anchor), 40);
        Some(score)
    }
}

fn one(seen: &Seen) -> Option<Day> {
    match seen.days {
        Days::One(day) => Some(day),
        Days::Either { .. } => None,
    }
}

fn first(value: &str) -> Option<Seen> {
    dates_in(&value[..floor(value, 100)]).into_iter().next()
}

/// Whether figures put the month first: by the region of the page's language, its host's country, or the other dates
/// on the page that can be read only one way.
fn order(marks: &Marks, url: Option<&str>) -> Option<bool> {
    let tags = [marks.language.as_deref(), marks.meta(&["og:locale", "content-language", "language"])];
    let tags = || tags.iter().flatten().map(|tag| tag.trim());
    if tags().any(is_month_first) {
        return Some(true);
    }
    let is_bare_english = |tag: &str| tag.eq_ignore_ascii_case("en") || tag.eq_ignore_ascii_case("english");
    if tags().any(|tag| !is_bare_english(tag) && !tag.is_empty()) {
        return Some(false);
    }
    // Countries whose names for hosts are used all over the world tell nothing.
    let anywhere = |end: &str| matches!(end, "us" | "io" | "co" | "tv" | "me" | "ai" | "fm" | "ly" | "to" | "cc");
    let host = url.and_then(crate::json::host);
    let country = host.as_deref().and_then(|host| host.rsplit('.').next()).filter(|end| end.len() == 2);
    let written = || {
        let mut orders = marks.dates.iter().filter_map(|mark| mark.seen.month_first);
        orders.next().filter(|first| orders.all(|other| other == *first))
    };
    country.filter(|end| !anywhere(end)).map(|_| false).or_else(written)
}

/// A name's letters, so that "article:published_time", "article.published" and "publishedTime" meet.
fn key(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphabetic).collect()
}

fn is_published(name: &str) -> bool {
    const ENDS: &[&str] = &[
        "publishedtime",
        "pubdate",
        "publishtime",
        "publishdate",
        "publisheddate",
        "publicationdate",
        "datepublished",
        "dateissued",
        "publishedat",
        "publisheddatetime",
        "articlepublished",
        "publicationtime",
        "publishedon",
    ];
    const NAMES: &[&str] = &[
        "dctermsissued",
        "citationonlinedate",
        "citationdate",
        "articledateoriginal",
        "displaydate",
        "firstpublished",
    ];
    let key = key(name);
    ENDS.iter().any(|end| key.ends_with(end)) || NAMES.contains(&key.as_str())
}

fn is_date(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "date",
        "dcdate",
        "dctermsdate",
        "sailthrudate",
        "articledate",
        "dateavailable",
        "timestamp",
        "datetime",
        "dctermsavailable",
    ];
    NAMES.contains(&key(name).as_str())
}

fn is_created(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "created",
        "creationdate",
        "datecreated",
        "dcdatecreated",
        "dctermscreated",
        "articlecreated",
        "createdate",
        "uploaddate",
    ];
    let key = key(name);
    NAMES.contains(&key.as_str()) || key.ends_with("uploaded")
}

fn is_modified(name: &str) -> bool {
    const ENDS: &[&str] = &[
        "modifiedtime",
        "datemodified",
        "updatedtime",
        "lastmodified",
        "lastmod",
        "dateupdate",
        "dateupdated",
        "modifieddate",
        "updatedate",
        "updatetime",
        "articleupdated",
        "lastupdated",
        "revised",
        "dctermsmodified",
    ];
    let key = key(name);
    ENDS.iter().any(|end| key.ends_with(end))
}
