//! Stories that changed lately are compared before somebody opens them, and what is kept is what was compared.

mod common;

use common::{Site, fill};
use twosource_embed::StaticTable;
use twosource_engine::{Method, compare_stored, known_comparison};
use twosource_server::Ahead;
use twosource_store::{List, Store};

/// Takes note of what there is now, as at rest.
fn rest(ahead: &mut Ahead, store: &Store) {
    for _ in 0..2 {
        ahead.look(store.last_change().expect("a change"));
    }
}

/// Turns until nothing is left to do; gives how many stories were compared.
fn all(site: &Site, ahead: &mut Ahead) -> usize {
    std::iter::repeat_with(|| site.turn(ahead)).take_while(|&compared| compared > 0).sum()
}

#[test]
fn what_changed_last_is_compared_first() {
    let site = Site::new(fill);
    let mut store = site.store();
    let mut ahead = Ahead::new().expect("a thread");
    assert_eq!(site.turn(&mut ahead), 0, "nothing is known to have changed");
    ahead.look(store.last_change().expect("a change"));
    assert_eq!(site.turn(&mut ahead), 0, "what just changed may change again");
    rest(&mut ahead, &store);
    // Somebody asks: one story a turn is enough.
    site.get("/outlets");
    let latest = store.lately_changed(u64::MAX, 9).expect("changes");
    let several = |story: u64| store.story(story).expect("an answer").is_some_and(|story| story.articles > 1);
    let stories: Vec<u64> = latest.iter().map(|change| change.story).filter(|&story| several(story)).collect();
    assert_eq!(stories, [6, 1]);
    assert_eq!(site.turn(&mut ahead), 1);
    let is_kept = |store: &Store, story: u64| store.last_summary(story).expect("an answer").is_some();
    assert_eq!((is_kept(&store, 6), is_kept(&store, 1)), (true, false));
    assert_eq!((all(&site, &mut ahead), all(&site, &mut ahead)), (1, 0), "each once");

    // Another method compares all of them otherwise.
    let list = [("Nova Post".to_owned(), vec!["The Nova Post".to_owned()])].into();
    store.put_list(List::Outlets, &list).expect("a list");
    assert_eq!(all(&site, &mut ahead), 2);
    store.split(6, &[8], &twosource_store::Because::default()).expect("a split");
    assert_eq!(all(&site, &mut ahead), 0, "it changed, but nobody looked");
}

#[test]
fn what_is_kept_is_what_was_compared() {
    let site = Site::new(fill);
    for story in [1, 6] {
        site.get(&format!("/story/{story}"));
    }
    let store = site.store();
    let meaning = StaticTable::builtin();
    let method = Method::of_store(&store, &meaning).expect("a method");
    for story in [1, 6] {
        let known = known_comparison(&store, story, &method).expect("an answer").expect("it was looked at");
        let made = compare_stored(&store, story, &method).expect("a comparison");
        assert_eq!((&known.articles, &known.comparison), (&made.articles, &made.comparison), "story {story}");
    }
}
