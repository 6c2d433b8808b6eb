//! Files of every earlier schema open, keep what they hold and become those of today.

mod common;

use common::{members, six, write};
use rusqlite::Connection;
use twosource_store::{Error, Query, Sort, Store};

/// What a file of each schema held, in its own SQL.
const FIXTURES: &[(&str, &str)] = &[
    (include_str!("../migrations/001_captures.sql"), include_str!("fixtures/schema_1.sql")),
    (include_str!("../migrations/002_articles.sql"), include_str!("fixtures/schema_2.sql")),
    (include_str!("../migrations/003_search.sql"), include_str!("fixtures/schema_3.sql")),
    (include_str!("../migrations/004_comparisons.sql"), include_str!("fixtures/schema_4.sql")),
    (include_str!("../migrations/005_watching.sql"), include_str!("fixtures/schema_5.sql")),
    (include_str!("../migrations/006_dated_stories.sql"), include_str!("fixtures/schema_6.sql")),
    (include_str!("../migrations/007_tokens.sql"), include_str!("fixtures/schema_7.sql")),
    (include_str!("../migrations/008_changes.sql"), include_str!("fixtures/schema_8.sql")),
    (include_str!("../migrations/009_webhooks.sql"), include_str!("fixtures/schema_9.sql")),
];

#[test]
fn from_every_earlier_schema() {
    for schema in 1..=FIXTURES.len() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("store.db");
        let connection = Connection::open(&path).expect("a file");
        for (step, fixture) in &FIXTURES[..schema] {
            connection.execute_batch(step).expect("a step");
            connection.execute_batch(fixture).expect("its data");
        }
        let marks = format!("PRAGMA application_id = 0x74776f73; PRAGMA user_version = {schema};");
        connection.execute_batch(&marks).expect("its marks");
        drop(connection);

        assert!(matches!(Store::open_read_only(&path), Err(Error::Older { .. })), "schema {schema}");
        let mut store = Store::open(&path).unwrap_or_else(|error| panic!("schema {schema}: {error}"));
        assert_eq!(store.count_captures().expect("a count"), 1, "schema {schema}");
        assert_eq!(store.feeds().expect("feeds")[0].title, "Nova Post");
        if schema >= 2 {
            assert_eq!(members(&store, 1), [1], "schema {schema}");
        }
        if schema >= 3 {
            let query = Query::parse("title:ferries").expect("a query");
            assert!(store.search(&query, Sort::Newest, 0, 1).is_err(), "the fixture's text is no packed article");
        }
        // What older programs did not make is made from the captures.
        store.begin_rebuild().expect("a rebuild");
        assert_eq!(store.next_captures(10).expect("captures").len(), 1);
        store.put_again(&[(1, common::capture(&six()[0]).packed(), vec![common::entry(&six()[0])])]).expect("written");
        common::sort(&mut store, |article| article);
        write(&mut store, &six()[1..]);
        store.check().unwrap_or_else(|error| panic!("schema {schema}: {error}"));
        drop(store);
        let again = Store::open_existing(&path).expect("the file of today");
        assert_eq!(again.count_articles().expect("a count"), 6);
        let mut read = Store::open_read_only(&path).expect("the file of today");
        assert_eq!(read.count_articles().expect("a count"), 6);
        assert!(read.remove_feed("https://nova.example/feed").is_err(), "it only reads");
    }
}

#[test]
fn strange_files_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store.db");
    assert!(matches!(Store::open_existing(&path), Err(Error::Missing { .. })));
    let connection = Connection::open(&path).expect("a file");
    connection.execute_batch("CREATE TABLE songs (name TEXT)").expect("a table");
    assert!(matches!(Store::open(&path), Err(Error::Foreign { .. })));
    connection.execute_batch("PRAGMA application_id = 0x74776f73; PRAGMA user_version = 9999;").expect("marks");
    assert!(matches!(Store::open(&path), Err(Error::Newer { found: 9999, .. })));
    std::fs::write(folder.path().join("text.db"), "Once upon a time there was no database.".repeat(40))
        .expect("a file");
    assert!(matches!(Store::open(&folder.path().join("text.db")), Err(Error::Open { .. })));
}
