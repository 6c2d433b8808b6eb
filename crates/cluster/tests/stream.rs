//! What holds of every stream: it can stop anywhere and go on, the batch is the stream, ids last, pins hold.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use twosource_cluster::{Change, Epoch, Kept, Placement, Position, Profile, Stream, cluster, profile, time_order};
use twosource_model::{Annotated, Article, Block, BlockKind, Instant, Meaning, Span};

/// Every word is rare.
struct Plain;

impl Meaning for Plain {
    fn name(&self) -> &str {
        "plain"
    }

    fn sentences(&self, texts: &[&str]) -> Vec<Vec<f32>> {
        vec![Vec::new(); texts.len()]
    }

    fn word(&self, _word: &str) -> Option<Vec<f32>> {
        None
    }

    fn document_share(&self, _word: &str) -> f64 {
        0.001
    }
}

fn article(text: &str, day: Option<Date>) -> Annotated {
    let article = Article {
        text: text.to_owned(),
        published: day.and_then(|day| Instant::new(&day.to_string())),
        blocks: vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }],
        ..Article::default()
    };
    Annotated { article, ..Annotated::default() }
}

/// Articles of a few topics that share some of their words, over some weeks; some without a day.
fn articles(most: usize) -> impl Strategy<Value = Vec<Annotated>> {
    let article = (0..6_u8, prop::collection::vec(0..12_u8, 3..10), prop::option::weighted(0.9, 0..80_i64));
    let text = |topic: u8, words: &[u8]| -> String {
        words
            .iter()
            .map(|word| if *word < 4 { format!("shared{word} ") } else { format!("topic{topic}word{word} ") })
            .collect()
    };
    let annotated = move |(topic, words, day): (u8, Vec<u8>, Option<i64>)| {
        let day = day.map(|day| date(2026, 1, 5).checked_add(jiff::Span::new().days(day)).expect("a day of 2026"));
        self::article(&text(topic, &words), day)
    };
    prop::collection::vec(article.prop_map(annotated), 1..most)
}

fn day(article: &Annotated) -> Option<Date> {
    article.article.published.as_ref().and_then(|published| published.day().parse().ok())
}

/// What a store does with placements: the story of each article, and where ids lead that are no more.
#[derive(Default)]
struct Stored {
    stories: BTreeMap<u64, u64>,
}

impl Stored {
    fn take(&mut self, article: u64, placement: &Placement) {
        for change in &placement.changes {
            match change {
                Change::Merge { from, into, .. } => {
                    self.stories.values_mut().filter(|story| *story == from).for_each(|story| *story = *into);
                }
                Change::Split { from, into, articles, .. } => {
                    for moved in articles {
                        assert_eq!(self.stories.insert(*moved, *into), Some(*from), "it was where it is said to leave");
                    }
                }
            }
        }
        self.stories.insert(article, placement.story);
    }
}

fn run(stream: &mut Stream, articles: &[(u64, Option<Date>, Profile)]) -> (Vec<Placement>, Stored) {
    let mut kept = Stored::default();
    let mut placements = Vec::new();
    for (id, day, profile) in articles {
        let placement = stream.add(*id, *day, profile.clone());
        kept.take(*id, &placement);
        placements.push(placement);
    }
    (placements, kept)
}

fn in_order(articles: &[Annotated]) -> Vec<(u64, Option<Date>, Profile)> {
    let order = time_order(articles);
    (0..).zip(order).map(|(id, at)| (id, day(&articles[at]), profile(&articles[at], &Plain))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_stream_goes_on_as_if_it_had_never_stopped(articles in articles(160), stop in 0.0..1.0_f64) {
        let articles = in_order(&articles);
        let (before, after) = articles.split_at((stop * articles.len() as f64) as usize);
        let mut whole = Stream::new();
        let (_, kept) = run(&mut whole, before);
        let stored = before.iter().map(|(id, day, profile)| Kept {
            article: *id,
            story: kept.stories[id],
            day: *day,
            pinned: false,
            profile: Profile::from_bytes(&profile.to_bytes()).expect("a profile"),
        });
        let epoch = Epoch::from_bytes(&whole.epoch().to_bytes()).expect("an epoch");
        let position = Position::from_bytes(&whole.position().to_bytes()).expect("a position");
        let mut restored = Stream::restore(epoch, position, stored, []);
        let add = |stream: &mut Stream, (id, day, profile): &(u64, Option<Date>, Profile)| stream.add(*id, *day, profile.clone());
        for article in after {
            prop_assert_eq!(add(&mut whole, article), add(&mut restored, article));
        }
    }

    #[test]
    fn the_batch_is_the_stream(articles in articles(120)) {
        let order = time_order(&articles);
        let (_, kept) = run(&mut Stream::new(), &in_order(&articles));
        let mut stories: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        kept.stories.iter().for_each(|(id, story)| stories.entry(*story).or_default().push(order[*id as usize]));
        let mut stories: Vec<Vec<usize>> = stories.into_values().collect();
        stories.iter_mut().for_each(|story| story.sort_unstable());
        stories.sort_unstable();
        prop_assert_eq!(cluster(&articles, &Plain), stories);
    }

    #[test]
    fn a_story_has_the_id_of_an_article_in_it(articles in articles(160)) {
        let (_, kept) = run(&mut Stream::new(), &in_order(&articles));
        prop_assert!(kept.stories.values().all(|story| kept.stories.get(story) == Some(story)), "{:?}", kept.stories);
    }

    #[test]
    fn what_a_person_pinned_stays(articles in articles(120), pins in prop::collection::vec(any::<bool>(), 60)) {
        let articles = in_order(&articles);
        let (before, after) = articles.split_at(articles.len().min(60));
        let mut stream = Stream::new();
        let (_, kept) = run(&mut stream, before);
        let stored = before.iter().zip(&pins).map(|((id, day, profile), pinned)| Kept {
            article: *id, story: kept.stories[id], day: *day, pinned: *pinned, profile: profile.clone(),
        });
        let mut restored = Stream::restore(stream.epoch().clone(), stream.position().clone(), stored, []);
        let mut later = Stored { stories: kept.stories.clone() };
        for (id, day, profile) in after {
            later.take(*id, &restored.add(*id, *day, profile.clone()));
        }
        for ((id, ..), _) in before.iter().zip(&pins).filter(|(_, pinned)| **pinned) {
            prop_assert_eq!(later.stories[id], kept.stories[id]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_story_pinned_before_the_window_leads_to_no_other(articles in articles(120), pins in prop::collection::vec(any::<bool>(), 60)) {
        let articles = in_order(&articles);
        let (before, after) = articles.split_at(articles.len().min(60));
        let mut stream = Stream::new();
        let (_, mut kept) = run(&mut stream, before);
        let stored = before.iter().map(|(id, day, profile)| Kept {
            article: *id, story: kept.stories[id], day: *day, pinned: false, profile: profile.clone(),
        });
        let pinned: Vec<u64> = before.iter().zip(&pins).filter(|(_, pin)| **pin).map(|((id, ..), _)| kept.stories[id]).collect();
        let (epoch, position) = (stream.epoch().clone(), stream.position().clone());
        let mut restored = Stream::restore(epoch, position, stored, pinned.iter().copied());
        for (id, day, profile) in after {
            let placement = restored.add(*id, *day, profile.clone());
            for change in &placement.changes {
                if let Change::Merge { from, .. } = change {
                    prop_assert!(!pinned.contains(from), "{from} is pinned");
                }
            }
            kept.take(*id, &placement);
        }
        for story in &pinned {
            prop_assert!(kept.stories.values().any(|other| other == story), "nothing is left of {story}");
        }
    }
}

#[test]
fn a_wrong_date_in_the_future_empties_nothing() {
    let mut stream = Stream::new();
    let text = "Ferry Albatross ran aground off Norrvik with forty passengers aboard";
    let report = |day| article(text, Some(day));
    let add = |stream: &mut Stream, id, day| stream.add(id, Some(day), profile(&report(day), &Plain));
    add(&mut stream, 1, date(2026, 1, 5));
    add(&mut stream, 2, date(2099, 1, 1));
    assert_eq!(add(&mut stream, 3, date(2026, 1, 6)).story, 1);
}
