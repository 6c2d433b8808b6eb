//! A store with some invented articles.

#![allow(dead_code, reason = "every test file uses its own part")]

use twosource_model::{Article, Block, BlockKind, Instant, Span};
use twosource_store::{Capture, Entry, Outcome, Placed, Progress, Store};

pub(crate) fn article(id: &str, outlet: &str, published: &str, title: &str, text: &str) -> Article {
    Article {
        id: id.to_owned(),
        input: "a.jsonl".to_owned(),
        outlet: Some(outlet.to_owned()),
        title: Some(title.to_owned()),
        published: Instant::new(published),
        language: Some("en".to_owned()),
        complete: true,
        blocks: vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }],
        text: text.to_owned(),
        ..Article::default()
    }
}

pub(crate) fn capture(article: &Article) -> Capture {
    Capture {
        input: article.input.clone(),
        format: "json".to_owned(),
        bytes: format!("{} {:?} {}", article.id, article.title, article.text).into_bytes(),
        captured_at: Instant::new("2025-11-20T10:00:00Z"),
        ..Capture::default()
    }
}

pub(crate) fn entry(article: &Article) -> Entry {
    Entry::new(article.clone(), article.id.clone().into_bytes(), &["Anna Berg"], &["the port of Nova"])
}

/// Writes articles, each from a capture of its own.
pub(crate) fn write(store: &mut Store, articles: &[Article]) -> Vec<Outcome> {
    let batch: Vec<_> = articles.iter().map(|article| (capture(article).packed(), vec![entry(article)])).collect();
    store.write(&batch).expect("articles written").concat()
}

/// Sorts what waits: each article into the story that `story_of` names.
pub(crate) fn sort(store: &mut Store, story_of: impl Fn(u64) -> u64) {
    loop {
        let pending = store.pending(2).expect("what waits");
        if pending.is_empty() {
            return;
        }
        let version = store.version().expect("a version");
        let placed = |article: u64| Placed { article, story: story_of(article), changes: vec![] };
        let placed: Vec<Placed> = pending.iter().map(|waiting| placed(waiting.article)).collect();
        let progress = Progress { position: vec![1], epoch: Some(vec![2]) };
        assert!(store.place(version, &placed, &progress).expect("placed").is_some());
    }
}

/// Six articles of one outlet on following days.
pub(crate) fn six() -> Vec<Article> {
    let one = |number: u32| {
        let text = format!("The ferry number {number} left the port of Nova; its crew were striking.");
        article(&format!("n{number}"), "Nova Post", &format!("2025-11-{:02}", 10 + number), "Ferries strike", &text)
    };
    (1..=6).map(one).collect()
}

/// A store with six articles: 1 to 3 in story 1, 4 in story 4, 5 and 6 in story 5.
pub(crate) fn store_of_six() -> Store {
    let mut store = Store::in_memory().expect("a store");
    write(&mut store, &six());
    sort(&mut store, |article| [1, 1, 1, 4, 5, 5][article as usize - 1]);
    store
}

pub(crate) fn members(store: &Store, story: u64) -> Vec<u64> {
    store.articles_of(story).expect("articles").iter().map(|listed| listed.article).collect()
}
