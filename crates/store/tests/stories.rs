//! Stories: redirects, merges and splits by hand, undoing, and making everything anew.

mod common;

use common::{article, capture, entry, members, six, sort, store_of_six, write};
use proptest::prelude::*;
use twosource_model::Instant;
use twosource_store::{Because, Error, Placed, Progress, Resolved, Store, StoryChange};

fn because() -> Because {
    Because::default()
}

#[test]
fn merged_ids_redirect() {
    let mut store = store_of_six();
    assert_eq!(store.merge(5, 1, &because()).expect("a merge"), 1);
    assert_eq!(members(&store, 1), [1, 2, 3, 5, 6]);
    assert_eq!(store.resolve(5).expect("an answer"), Some(Resolved { story: 1, redirected: true }));
    assert_eq!(store.resolve(4).expect("an answer"), Some(Resolved { story: 4, redirected: false }));
    // An article's number that never was a story's id is none.
    assert_eq!(store.resolve(2).expect("an answer"), None);
    assert!(matches!(store.merge(5, 1, &because()), Err(Error::Decision(_))));
    assert!(matches!(store.merge(2, 1, &because()), Err(Error::NoStory(2))));
    let undone = store.undo(1, &because()).expect("an undoing");
    assert_eq!((undone.kind.as_str(), undone.by_hand), ("merge", true));
    assert_eq!((members(&store, 1), members(&store, 5)), (vec![1, 2, 3], vec![5, 6]));
    assert!(matches!(store.undo(1, &because()), Err(Error::Decision(_))));
    store.undo(2, &because()).expect("undoing an undoing");
    assert_eq!(store.resolve(5).expect("an answer"), Some(Resolved { story: 1, redirected: true }));
    store.check().expect("a sound store");
}

#[test]
fn a_story_keeps_its_id_where_its_first_article_is() {
    let mut store = store_of_six();
    assert_eq!(store.split(1, &[1, 3], &because()).expect("a split"), 2);
    assert_eq!((members(&store, 1), members(&store, 2)), (vec![1, 3], vec![2]));
    assert!(store.articles_of(1).expect("articles").iter().all(|listed| listed.pinned));
    assert_eq!(store.pinned_stories().expect("stories"), [1, 2]);
    store.pin(2, false, &because()).expect("an unpinning");
    assert_eq!(store.pinned_stories().expect("stories"), [1]);
    assert!(matches!(store.split(1, &[1, 3], &because()), Err(Error::Decision(_))));
    assert!(matches!(store.split(1, &[4], &because()), Err(Error::Decision(_))));
    store.undo(1, &because()).expect("an undoing");
    assert_eq!(members(&store, 1), [1, 2, 3]);
    assert_eq!(store.resolve(2).expect("an answer"), Some(Resolved { story: 1, redirected: true }));
}

#[test]
fn the_stream_merges_and_splits_with_a_reason() {
    let mut store = store_of_six();
    let more = article("n7", "Nova Post", "2025-11-17", "Ferry", "A seventh ferry.");
    write(&mut store, &[more]);
    let version = store.version().expect("a version");
    let changes = vec![
        StoryChange::Merge { from: 4, into: 1, reason: "alike".to_owned() },
        StoryChange::Split { from: 1, into: 2, articles: vec![2, 3], reason: "unlike".to_owned() },
    ];
    let placed = [Placed { article: 7, story: 2, changes }];
    let progress = Progress { position: vec![3], epoch: None };
    assert!(store.place(version, &placed, &progress).expect("a placement").is_some());
    assert_eq!(store.place(version, &placed, &progress).expect("an answer"), None, "somebody was faster");
    assert_eq!((members(&store, 1), members(&store, 2)), (vec![1, 4], vec![2, 3, 7]));
    let log = store.story_log(Some(1)).expect("a log");
    assert_eq!(log.iter().map(|entry| entry.reason.as_str()).collect::<Vec<_>>(), ["alike", "unlike"]);
    assert_eq!(store.progress().expect("progress"), Some((vec![3], vec![2])));
    store.check().expect("a sound store");
}

/// Everything a reader can see.
fn seen(store: &Store) -> String {
    let articles = store.article_ids(0, 100).expect("ids");
    let stories = store.stories(None, 1, None, 100).expect("stories");
    let shown = |article: &u64| {
        format!("{:?} {:?}\n", store.listed(*article), store.revisions(*article).expect("revisions").len())
    };
    let shown: String = articles.iter().map(shown).collect();
    let log: Vec<_> = store.story_log(None).expect("a log");
    format!("{shown}{stories:?}\n{log:#?}")
}

/// Makes everything anew from captures as [`write`] made them.
fn rebuild(store: &mut Store, articles: &[twosource_model::Article], story_of: impl Fn(u64) -> u64) {
    store.begin_rebuild().expect("a beginning");
    assert!(matches!(store.merge(1, 4, &because()), Err(Error::Unfinished)));
    loop {
        let captures = store.next_captures(4).expect("captures");
        if captures.is_empty() {
            break;
        }
        let again = |(number, given): (u64, twosource_store::Capture)| {
            let article = articles.iter().find(|article| capture(article).hash() == given.hash());
            (number, given.clone().packed(), vec![entry(article.expect("an article of the capture"))])
        };
        store.put_again(&captures.into_iter().map(again).collect::<Vec<_>>()).expect("written again");
    }
    sort(store, story_of);
}

#[test]
fn made_anew_it_is_the_same() {
    let story_of = |article: u64| [1, 1, 1, 4, 5, 5, 4, 1][article as usize - 1];
    let mut store = store_of_six();
    store.merge(5, 1, &because()).expect("a merge");
    store.split(1, &[3, 6], &Because { reason: "another strike".to_owned(), at: None }).expect("a split");
    store.undo(1, &because()).expect("an undoing");
    let mut later = article("n7", "Nova Post", "2025-11-01", "Ferry", "An earlier ferry, added later.");
    let other = article("n8", "Nova Post", "2025-11-02", "Ferry", "Another one.");
    write(&mut store, &[later.clone(), other.clone()]);
    sort(&mut store, story_of);
    store.merge(4, 1, &because()).expect("a merge");
    store.pin(5, false, &because()).expect("an unpinning");
    later.text.push_str(" Changed.");
    write(&mut store, std::slice::from_ref(&later));
    let before = seen(&store);
    let mut all = six();
    let first = article("n7", "Nova Post", "2025-11-01", "Ferry", "An earlier ferry, added later.");
    all.extend([first, other, later]);
    rebuild(&mut store, &all, story_of);
    assert_eq!(seen(&store), before);
    store.check().expect("a sound store");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_id_that_was_a_story_leads_to_one(steps in proptest::collection::vec((0_u8..3, 1_u64..7, 1_u64..7), 1..24)) {
        let mut store = store_of_six();
        let mut ids = vec![1, 4, 5];
        for (step, one, other) in steps {
            let done = match step {
                0 => store.merge(one, other, &because()).ok(),
                1 => store.split(one, &[other], &because()).ok(),
                _ => store.undo(one, &because()).ok().map(|undone| undone.into),
            };
            ids.extend(done);
            store.check().expect("a sound store");
            for &id in &ids {
                let found = store.resolve(id).expect("an answer").expect("a story");
                let again = store.resolve(found.story).expect("an answer").expect("a story");
                prop_assert!(!again.redirected, "{id} leads to {found:?}, which leads on");
            }
        }
        let all: usize = store.stories(None, 1, None, 100).expect("stories").iter().map(|s| s.articles as usize).sum();
        prop_assert_eq!(all, 6);
    }
}

#[test]
fn reports_without_a_date_do_not_make_a_story_new() {
    let mut store = Store::in_memory().expect("a store");
    let mut reports = six();
    (reports[0].published, reports[3].published, reports[4].published, reports[5].published) = (None, None, None, None);
    write(&mut store, &reports);
    sort(&mut store, |article| if article <= 4 { 1 } else { 5 });
    let day = |day: u32| twosource_store::seconds(&Instant::new(&format!("2025-11-{day:02}")).expect("a day"));
    let listed = store.story(1).expect("a store").expect("a story");
    assert_eq!((Some(listed.first_at), Some(listed.last_at)), (day(12), day(13)));
    let undated = store.story(5).expect("a store").expect("a story");
    assert_eq!(undated.last_at, day(20).expect("a day") + 10 * 3600);
    store.merge(5, 1, &because()).expect("a merge");
    assert_eq!(
        store.story(1).expect("a store").map(|story| (story.articles, story.last_at)),
        Some((6, listed.last_at))
    );
}
