//! What changed is found by whoever looked before, and nothing else is.

mod common;

use common::{six, sort, store_of_six, write};
use twosource_store::{ArticleChange, Because, Store};

/// The stories that changed after a change, and the last one.
fn stories(store: &Store, after: u64) -> (Vec<u64>, u64) {
    let changed = store.changed_stories(after, 100).expect("changes");
    assert!(changed.windows(2).all(|pair| pair[0].number < pair[1].number));
    let last = changed.last().map_or(after, |changed| changed.number);
    assert_eq!(last, store.last_change().expect("a number").max(after));
    (changed.into_iter().map(|changed| changed.story).collect(), last)
}

fn articles(store: &Store, after: ArticleChange) -> (Vec<u64>, ArticleChange) {
    let changed = store.changed_articles(after, 100).expect("changes");
    let last = changed.last().map_or(after, |(place, _)| *place);
    (changed.into_iter().map(|(_, listed)| listed.article).collect(), last)
}

#[test]
fn changes_come_in_their_order_and_once() {
    let mut store = store_of_six();
    let (changed, mut last) = stories(&store, 0);
    assert_eq!(changed, [1, 4, 5]);
    let (changed, mut place) = articles(&store, ArticleChange::default());
    assert_eq!(changed, [1, 2, 3, 4, 5, 6]);

    // The same articles again are no change.
    write(&mut store, &six());
    sort(&mut store, |article| article);
    assert_eq!((stories(&store, last), articles(&store, place)), ((vec![], last), (vec![], place)));

    let mut revised = six()[1].clone();
    revised.text = revised.text.replace("striking", "back at work");
    write(&mut store, &[revised]);
    let (changed, next) = stories(&store, last);
    assert_eq!(changed, [1]);
    last = next;
    let (changed, next) = articles(&store, place);
    assert_eq!(changed, [2]);
    place = next;

    // A story that was merged away is among the changes.
    store.merge(4, 5, &Because::default()).expect("a merge");
    let (changed, next) = stories(&store, last);
    assert_eq!(changed, [4, 5]);
    assert_eq!(store.resolve(5).expect("an answer").map(|resolved| resolved.story), Some(4));
    assert_eq!(articles(&store, place).0, [0; 0], "no text changed");
    store.undo(1, &Because::default()).expect("an undoing");
    assert_eq!(stories(&store, next).0, [4, 5]);
}

#[test]
fn a_rebuild_loses_no_change() {
    let mut store = store_of_six();
    let (_, last) = stories(&store, 0);
    store.begin_rebuild().expect("a rebuild");
    let again = store.next_captures(10).expect("captures");
    let batch = again.into_iter().zip(six());
    let batch = batch.map(|((number, capture), article)| (number, capture.packed(), vec![common::entry(&article)]));
    store.put_again(&batch.collect::<Vec<_>>()).expect("written");
    sort(&mut store, |article| if article < 4 { 1 } else { 4 });
    assert_eq!(stories(&store, last).0, [1, 4], "numbers never come twice");
}
