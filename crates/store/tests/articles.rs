//! What becomes of captures: articles, revisions, search results.

mod common;

use common::{article, capture, entry, six, store_of_six, write};
use twosource_model::{Article, Instant};
use twosource_store::{Capture, Change, Outcome, Query, Sort, Store};

fn found(store: &Store, query: &str) -> Vec<u64> {
    let query = Query::parse(query).unwrap_or_else(|error| panic!("{error}"));
    let hits = store.search(&query, Sort::Newest, 0, 100).expect("results");
    hits.iter().map(|hit| hit.listed.article).collect()
}

#[test]
fn the_same_again_changes_nothing() {
    let mut store = Store::in_memory().expect("a store");
    let first = write(&mut store, &six());
    assert!(first.iter().all(|outcome| outcome.change == Change::New));
    let again = write(&mut store, &six());
    assert!(again.iter().all(|outcome| outcome.change == Change::Known));
    assert_eq!(
        first.iter().map(|o| o.article).collect::<Vec<_>>(),
        again.iter().map(|o| o.article).collect::<Vec<_>>()
    );
    assert_eq!((store.count_articles().expect("a count"), store.count_captures().expect("a count")), (6, 6));
    store.check().expect("a sound store");
}

#[test]
fn changed_texts_are_revisions() {
    let mut store = Store::in_memory().expect("a store");
    let was = article("7", "Nova Post", "2025-11-14", "Ferry stops", "At least 12 boats were tied up.");
    let is = article("7", "Nova Post", "2025-11-14", "Ferry stops", "At least 14 boats were tied up.");
    let outcomes = write(&mut store, &[was.clone(), is.clone()]);
    assert_eq!(outcomes[1], Outcome { article: outcomes[0].article, change: Change::Revision(2) });
    let revisions = store.revisions(outcomes[0].article).expect("revisions");
    assert_eq!(revisions.iter().map(|r| r.article.text.clone()).collect::<Vec<_>>(), [was.text.clone(), is.text]);
    assert_eq!((found(&store, "12"), found(&store, "14")), (vec![], vec![outcomes[0].article]));
    // Given again, the earlier text is no news; fetched again, it is.
    assert_eq!(write(&mut store, std::slice::from_ref(&was))[0].change, Change::Known);
    let fetched = || Capture { fetched: true, ..capture(&was) }.packed();
    let fetch = |store: &mut Store| store.write(&[(fetched(), vec![entry(&was)])]).expect("a write")[0][0].change;
    assert_eq!(fetch(&mut store), Change::Revision(3));
    assert_eq!(fetch(&mut store), Change::Known);
    store.check().expect("a sound store");
}

#[test]
fn two_articles_under_one_id_are_two() {
    let mut store = Store::in_memory().expect("a store");
    let ferry = article("a", "Nova Post", "2025-11-14", "Ferry stops", "The ferry to Elm stops in May, the port said.");
    let mine = article("a", "Nova Post", "2025-11-14", "Mine floods", "Water rose in a mine at Holt on Friday night.");
    let outcomes = write(&mut store, &[ferry.clone(), mine.clone()]);
    assert_eq!(
        outcomes.iter().map(|o| (o.article, o.change)).collect::<Vec<_>>(),
        [(1, Change::New), (2, Change::New)]
    );
    let again = Capture { input: "other.jsonl".to_owned(), head: Some("x".to_owned()), ..capture(&mine) }.packed();
    let again = store.write(&[(again, vec![entry(&mine)])]).expect("a write");
    assert_eq!(again, [[Outcome { article: 2, change: Change::Known }]]);
    let later =
        Article { title: Some("Water in mine".to_owned()), text: format!("{} No one died.", mine.text), ..mine };
    assert_eq!(write(&mut store, &[later]), [Outcome { article: 2, change: Change::Revision(2) }]);
    store.check().expect("a sound store");
}

#[test]
fn a_summary_takes_nothing_away() {
    let mut store = Store::in_memory().expect("a store");
    let whole = article("7", "Nova Post", "2025-11-14", "Ferry stops", "All of it.");
    let mut summary = article("7", "Nova Post", "2025-11-14", "Ferry stops", "All …");
    summary.complete = false;
    assert_eq!(write(&mut store, std::slice::from_ref(&summary))[0].change, Change::New);
    assert_eq!(write(&mut store, &[whole])[0].change, Change::Revision(2));
    summary.text = "Al …".to_owned();
    assert_eq!(write(&mut store, &[summary])[0].change, Change::Known);
}

#[test]
fn several_revisions_of_one_batch() {
    let mut store = Store::in_memory().expect("a store");
    let at = |day: &str, text: &str| article("7", "Nova Post", day, "Ferry stops", text);
    write(&mut store, &[at("2025-11-14", "one"), at("2025-11-15", "two"), at("2025-11-16", "three")]);
    assert_eq!((found(&store, "one OR two"), found(&store, "three since:2025-11-16")), (vec![], vec![1]));
    write(&mut store, &[at("2025-11-17", "four"), at("2025-11-12", "five")]);
    assert_eq!((found(&store, "three OR four"), found(&store, "five until:2025-11-12")), (vec![], vec![1]));
    store.check().expect("a sound store");
}

#[test]
fn searching() {
    let mut store = store_of_six();
    let german = {
        let mut german = article("d", "Hafenbote", "2025-11-13", "Fähren", "Die Fähren der Häfen standen still.");
        german.language = Some("de".to_owned());
        german
    };
    write(&mut store, &[german]);
    let check = |query: &str, expected: &[u64]| assert_eq!(found(&store, query), expected, "{query}");
    check("ferry", &[6, 5, 4, 3, 2, 1]);
    check("hafen", &[7]);
    check("strikes since:2025-11-14 until:2025-11-15", &[5, 4]);
    check("\"number 3\" OR \"number 4\"", &[4, 3]);
    check("number NOT (1 OR 2 OR 3 OR 4)", &[6, 5]);
    check("outlet:\"nova post\" crew 2", &[2]);
    check("outlet:hafenb*", &[7]);
    check("ferr*", &[6, 5, 4, 3, 2, 1]);
    check("fahr* NOT ferr*", &[7]);
    let finds = |query: &str, article| store.finds(&Query::parse(query).expect("a query"), article).expect("an answer");
    assert!(finds("fähr* outlet:hafen*", 7) && !finds("fähr*", 6) && finds("name:be*", 2) && !finds("name:x*", 2));
    check("name:berg origin:nova title:ferries language:de", &[]);
    check("name:\"berg anna\"", &[]);
    check("language:de", &[7]);
    check("since:2025-11-16", &[6]);
    let hits = |sort| store.search(&Query::parse("ferry 4").expect("a query"), sort, 0, 10).expect("results");
    assert_eq!(hits(Sort::Relevance).len(), 1);
    let hit = &hits(Sort::Newest)[0];
    let words: Vec<&str> = hit.snippet.hits.iter().map(|span| span.of(&hit.text)).collect();
    assert_eq!(words, ["ferry", "4"]);
}

#[test]
fn articles_are_found_by_number_address_and_id() {
    let mut store = store_of_six();
    let mut page = article("", "Nova Post", "2025-11-14", "Ferry", "A page.");
    page.url = Some("https://www.nova.example/ferry?utm_source=x".to_owned());
    let number = write(&mut store, &[page])[0].article;
    let check = |name: &str, expected: Option<u64>| {
        assert_eq!(store.find_article(name).expect("an answer"), expected, "{name}");
    };
    check("http://nova.example/ferry", Some(number));
    check("3", Some(3));
    check("n5", Some(5));
    check("99", None);
}

#[test]
fn undated_articles_come_last() {
    let mut store = store_of_six();
    let mut undated = article("u", "Nova Post", "", "Ferry", "A ferry at some time.");
    undated.published = None;
    assert_eq!(Instant::new(""), None);
    let number = write(&mut store, &[undated])[0].article;
    assert_eq!(found(&store, "ferry").last(), Some(&number));
}
