//! One entry of a feed as a record of its own, to be kept without the rest of the feed.

use serde_json::{Value, json};

use super::{Content, Entry, Feed, entry};
use crate::{Limits, Record, records};

/// Whether the feed gives the text of an entry itself, as far as can be seen, and not only what leads to it.
pub fn is_whole(feed: &Feed, entry: &Entry, limits: &Limits) -> bool {
    entry::articles("feed", &alone(feed, entry), limits).articles.first().is_some_and(|article| article.complete)
}

/// An entry as a JSON Feed of its own. Reading it gives the article that reading the feed would give.
pub fn record(feed_url: &str, feed: &Feed, entry: &Entry) -> Record {
    let authors: Vec<Value> = entry.authors.iter().map(|name| json!({ "name": name })).collect();
    let media: Vec<Value> = entry.media.iter().map(|media| json!({ "title": media.caption })).collect();
    let instant = |time: &Option<twosource_model::Instant>| time.as_ref().map(|time| time.as_str().to_owned());
    let part = |content: &Option<Content>, is_html: bool| match content {
        Some(Content::Html(html)) if is_html => Some(html.clone()),
        Some(Content::Text(text)) if !is_html => Some(text.clone()),
        _ => None,
    };
    let summary = entry.summary.as_ref().map(|(Content::Html(text) | Content::Text(text))| text.clone());
    let item = json!({
        "id": entry.id, "url": entry.url, "title": entry.title,
        "content_html": part(&entry.content, true), "content_text": part(&entry.content, false), "summary": summary,
        "date_published": instant(&entry.published), "date_modified": instant(&entry.modified),
        "authors": authors, "language": entry.language, "attachments": media, "_via": entry.via,
    });
    let document = json!({
        "version": "https://jsonfeed.org/version/1.1", "title": feed.title, "home_page_url": feed.site,
        "language": feed.language, "items": [item],
    });
    let content = records::Content::Json(document.to_string().into_bytes());
    Record { input: feed_url.to_owned(), place: None, content }
}

/// A feed with one entry.
fn alone(feed: &Feed, entry: &Entry) -> Feed {
    Feed { entries: vec![entry.clone()], notes: Vec::new(), ..feed.clone_head() }
}

impl Feed {
    /// What the feed says of itself.
    fn clone_head(&self) -> Feed {
        let Feed { title, site, language, .. } = self;
        Feed { title: title.clone(), site: site.clone(), language: language.clone(), ..Feed::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feeds::feed;

    #[test]
    fn an_entry_alone_is_the_article_it_was() {
        let text = "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Nova Post</title><language>en</language>\
            <item><title>Ferry to stop</title><link>https://nova.example/1</link><guid>n1</guid><author>Anna Berg</author>\
            <pubDate>Sat, 03 May 2031 08:00:00 GMT</pubDate><description>The ferry stops.</description>\
            <source url='https://coast.example/feed'>Coast Wire</source>\
            <content:encoded><![CDATA[<p>The ferry will stop in May, the port of Nova said.</p><p>It ran for a hundred years.</p>]]></content:encoded></item>\
            <item><title>Teaser</title><link>https://nova.example/2</link><description>More on the page.</description></item></channel></rss>";
        let limits = Limits::default();
        let found = feed(text.as_bytes(), &limits).expect("a feed");
        let whole = entry::articles("https://nova.example/1", &found, &limits).articles.remove(0);
        let record = record("https://nova.example/feed", &found, &found.entries[0]);
        let again = record.read(&limits).expect("an article").articles.remove(0);
        assert!(is_whole(&found, &found.entries[0], &limits));
        assert!(!is_whole(&found, &found.entries[1], &limits));
        assert_eq!(again.text, whole.text);
        assert_eq!(
            (again.url, again.outlet, again.via, again.published),
            (whole.url, whole.outlet, whole.via, whole.published)
        );
        assert_eq!(
            (again.authors, again.title, again.id, again.complete),
            (whole.authors, whole.title, whole.id, true)
        );
    }
}
