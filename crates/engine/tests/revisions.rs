//! Cases of revisions: two versions of an invented article, and what changed.

use twosource_embed::StaticTable;
use twosource_engine::{
    Earlier, Method, OutletLists, RevisionSettings, annotate_all, compare_story_with_earlier, revisions,
};
use twosource_model::{Annotated, Article, BlockKind, Change, Node, Relation, Revision};
use twosource_read::{Limits, read_bytes};

const CASES: &str = include_str!("../../compare/cases/en/revisions.txt");

fn article(text: &str) -> Article {
    read_bytes("case.txt", text.as_bytes(), &Limits::default()).expect("a text").articles.remove(0)
}

fn changed(old: &str, new: &str) -> (Article, Article, Revision) {
    let versions = [article(old), article(new)];
    let revision = revisions(&versions, &StaticTable::builtin(), RevisionSettings::default()).remove(0);
    let [old, new] = versions;
    (old, new, revision)
}

/// "number, silent: 12 => 14".
fn line(change: &Change, old: &Article, new: &Article) -> String {
    let mut words = change.kind.to_string();
    if change.block == BlockKind::Headline {
        words += ", headline";
    }
    if change.is_silent {
        words += ", silent";
    }
    let side = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{words}: {} => {}", side(change.old.of(&old.text)), side(change.new.of(&new.text))).trim_end().to_owned()
}

/// Checks the laws that hold for every revision.
fn check_laws(old: &Article, new: &Article, revision: &Revision) {
    let (mut o, mut n) = (0, 0);
    for change in &revision.changes {
        assert!(o <= change.old.start && n <= change.new.start, "changes stand in order and do not overlap");
        assert!(!(change.old.is_empty() && change.new.is_empty()), "a change changes something");
        let same = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(same(&old.text[o..change.old.start]), same(&new.text[n..change.new.start]));
        (o, n) = (change.old.end, change.new.end);
    }
    let rest = |text: &str| text.split_whitespace().collect::<String>();
    assert_eq!(rest(&old.text[o..]), rest(&new.text[n..]));
}

/// Cases stand behind lines of "===": the earlier text, "---", the later text, "---", then what the revision comes to and
/// a line for each change.
#[test]
fn cases() {
    let mut wrong = Vec::new();
    for case in CASES.split("===\n").skip(1) {
        let parts: Vec<&str> = case.split("---\n").collect();
        let [before, after, expected] = parts[..] else { panic!("a case without three parts:\n{case}") };
        let (old, new, revision) = changed(before, after);
        check_laws(&old, &new, &revision);
        let mut found = vec![revision.kind().to_string()];
        found.extend(revision.notes.iter().map(|note| format!("({})", note.kind)));
        found.extend(revision.changes.iter().map(|change| line(change, &old, &new)));
        let expected: Vec<&str> = expected.lines().filter(|line| !line.is_empty()).collect();
        if found != expected {
            wrong.push(format!(
                "{before}---\n{after}--- found\n{}\n--- expected\n{}",
                found.join("\n"),
                expected.join("\n")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n===\n"));
}

#[test]
fn an_article_is_no_revision_of_itself() {
    let text = "Ferry to stop in May\n\nThe ferry will stop in May, the port of Nova said.";
    let (_, _, revision) = changed(text, text);
    assert_eq!(revision, Revision::default());
}

fn annotated(text: &str, outlet: &str, published: &str) -> Annotated {
    let published = twosource_model::Instant::new(published);
    let article = Article { outlet: Some(outlet.to_owned()), published, ..article(text) };
    annotate_all(vec![article]).remove(0)
}

#[test]
fn what_a_later_version_settles_is_superseded() {
    let text = |count: &str| {
        format!(
            "Fire at the station of Norrvik\n\nA fire at the station of Norrvik killed {count} people on Monday, police said.\n\n\
             The roof of the old hall fell in at dawn."
        )
    };
    let today = || {
        vec![
            annotated(&text("14"), "Nova Post", "2031-03-04T09:00:00Z"),
            annotated(&text("14"), "Coast Gazette", "2031-03-04T12:00:00Z"),
        ]
    };
    let earlier =
        |count: &str| Earlier { version: annotated(&text(count), "Nova Post", "2031-03-04T09:00:00Z"), of: 0 };
    let meaning = StaticTable::builtin();
    let method = Method::new(&meaning, OutletLists::default());
    let comparison = compare_story_with_earlier(today(), vec![earlier("12")], &method);
    let [difference] = &comparison.differences[..] else { panic!("one difference: {:?}", comparison.differences) };
    assert!(difference.superseded);
    let sides: Vec<_> = difference.sides.iter().map(|side| (side.quote.report, side.value.as_str())).collect();
    assert_eq!(sides, [(1, "14"), (2, "12")]);
    let edge = comparison.provenance.iter().find(|edge| edge.relation == Relation::WasRevisionOf).expect("an edge");
    assert_eq!((edge.from, edge.to), (Node::Report(2), 0));
    let unchanged = compare_story_with_earlier(today(), vec![earlier("14")], &method);
    assert_eq!((unchanged.reports.len(), unchanged.differences.len()), (2, 0));
}
