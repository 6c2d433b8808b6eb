//! However articles come, broken up and broken off, they end as the same store.

use std::sync::LazyLock;

use twosource_embed::StaticTable;
use twosource_engine::{Given, Ingest};
use twosource_model::Instant;
use twosource_read::Kept;
use twosource_store::{Because, Change, Store};

/// Invented reports, several of each event, in no order of time.
fn given() -> Vec<Given> {
    const EVENTS: &[&str] = &[
        "The ferry Halcyon struck a pier in Nova; divers searched the harbour for its captain.",
        "Beekeepers of Osmark expect a good harvest of heather honey after a warm summer.",
        "A court in Norrvik freed the poet Ines Falk, who had burned a flag on a square.",
        "The tram company of Lindholm raises its fares by a fifth, passengers protest.",
        "Archaeologists found a Bronze Age shield in a bog near Elmstad.",
        "The chess player Oda Brun won the open tournament with seven victories.",
        "A storm tore the roof off the library of Fjordby; thousands of books got wet.",
    ];
    let line = |number: usize| {
        let (event, day) = (number * 5 % EVENTS.len(), 1 + number * 11 % 28);
        let text = format!("{} Reporter {number} was told so by Anna Berg.", EVENTS[event]);
        format!(
            r#"{{"id":"n{number}","outlet":"Post {number}","published":"2025-10-{day:02}","title":"{}","language":"en","text":"{text}"}}"#,
            EVENTS[event]
        )
    };
    let record = |number: usize| {
        let bytes = line(number).into_bytes();
        let place = Some(format!("line {number}"));
        let kept = Kept { input: "a.jsonl".into(), place, format: "json".into(), head: None, bytes };
        let record = kept.record().expect("a record");
        Given { record, captured_at: Instant::new("2025-11-20T10:00:00Z"), fetched: false }
    };
    (0..52).map(record).collect()
}

/// Everything that was made: articles, stories, log.
fn state(store: &Store) -> String {
    let articles = store.article_ids(0, 1_000).expect("ids");
    let listed: Vec<_> = articles.iter().map(|&article| store.listed(article).expect("an article")).collect();
    let log = store.story_log(None).expect("a log");
    format!("{listed:#?}\n{:#?}\n{log:#?}", store.stories(None, 1, None, 1_000).expect("stories"))
}

/// A store to which everything was added, so many records at a time.
fn added(batch: usize) -> Ingest<'static> {
    let mut ingest = Ingest::new(Store::in_memory().expect("a store"), table());
    for given in given().chunks(batch) {
        ingest.add(given.to_vec()).expect("a batch");
    }
    ingest.sort().expect("stories");
    ingest
}

fn table() -> &'static StaticTable {
    static TABLE: LazyLock<StaticTable> = LazyLock::new(StaticTable::builtin);
    &TABLE
}

#[test]
fn batches_and_threads_change_nothing() {
    let expected = state(added(256).store());
    for batch in [1, 5, 31] {
        assert_eq!(state(added(batch).store()), expected, "batches of {batch}");
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    assert_eq!(pool.install(|| state(added(256).store())), expected);
}

#[test]
fn the_same_again_changes_nothing() {
    let mut ingest = added(256);
    let expected = state(ingest.store());
    let again = ingest.add(given()).expect("a batch");
    assert!(again.iter().flat_map(|taken| &taken.articles).all(|kept| kept.change == Change::Known));
    assert_eq!(ingest.sort().expect("nothing to sort").articles, 0);
    assert_eq!(state(ingest.store()), expected);
}

#[test]
fn made_anew_it_is_the_same() {
    let mut ingest = Ingest::new(Store::in_memory().expect("a store"), table());
    let given = given();
    ingest.add(given[..30].to_vec()).expect("a batch");
    ingest.sort().expect("stories");
    let stories = ingest.store().stories(None, 1, None, 2).expect("stories");
    ingest.store_mut().merge(stories[0].story, stories[1].story, &Because::default()).expect("a merge");
    ingest.add(given[30..].to_vec()).expect("a batch");
    ingest.sort().expect("stories");
    let expected = state(ingest.store());
    let mut steps = Vec::new();
    ingest.rebuild(&mut |done| steps.push(done)).expect("a rebuild");
    assert_eq!(steps, [52]);
    assert_eq!(state(ingest.store()), expected);
    ingest.store().check().expect("a sound store");
}
