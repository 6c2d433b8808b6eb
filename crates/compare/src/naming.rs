//! The actors of a story across its reports, and how each report names them.
//!
//! [`actors`] merges the entities of all reports that are one person, organisation or place: by full names and their
//! spellings, by acronyms and short forms, and by a bare surname only where the story knows one bearer of it.
//! [`naming`] lists the wordings each report uses for the main actors and marks where they judge differently. Which
//! words judge is data (`data/en/naming_loaded.txt`); the program has no opinion on which of them is right. It prefers
//! two actors to one made of two people, and no contrast to one an editor would shrug at.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use any_ascii::any_ascii;
use twosource_model::{Annotated, BlockKind, Label, Mention, MentionForm, NameKind, Naming, Quote, Span};

/// One person, organisation, place … of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Actor {
    /// The fullest plain name any report uses.
    pub(crate) name: String,
    /// What it is.
    pub(crate) kind: NameKind,
    /// Report and entity in it, by report; one entity a report.
    pub(crate) members: Vec<(usize, usize)>,
}

/// Actors shown at most, and how many more that are less often mentioned but judged differently.
const MAIN: usize = 12;
const CONTRASTS: usize = 8;
/// Wordings shown a report and actor at most.
const WORDINGS: usize = 8;

static LOADED: LazyLock<BTreeMap<&'static str, usize>> = LazyLock::new(|| {
    let lines = include_str!("../data/en/naming_loaded.txt").lines().filter(|line| !line.starts_with('#'));
    lines.enumerate().flat_map(|(class, line)| line.split_whitespace().map(move |word| (word, class))).collect()
});

static WORDS: LazyLock<BTreeMap<&'static str, BTreeSet<&'static str>>> = LazyLock::new(|| {
    let mut sections: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut section = "stops";
    for line in include_str!("../data/en/naming_words.txt").lines().filter(|line| !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(name) => section = name,
            None => sections.entry(section).or_default().extend(line.split_whitespace()),
        }
    }
    sections
});

fn is(section: &str, word: &str) -> bool {
    WORDS.get(section).is_some_and(|words| words.contains(word))
}

/// An entity of one report before it is merged.
struct Candidate {
    report: usize,
    entity: usize,
    kind: NameKind,
    name: String,
    /// Folded words of the fullest name.
    words: Vec<String>,
    /// Mentions in the report.
    count: usize,
    /// The words before the name: "president".
    titles: BTreeSet<String>,
}

/// The actors of a story in the order of their first report and mention.
pub(crate) fn actors(reports: &[Annotated]) -> Vec<Actor> {
    let candidates = candidates(reports);
    let mut merge = Merge::new(&candidates);
    merge.by(|candidate| vec![candidate.words.concat()], |_, _| true);
    merge.by(|candidate| surname(candidate).into_iter().collect(), same_person);
    merge.by(short_keys, short_for);
    merge.by_bare_surname();
    merge.actors()
}

fn candidates(reports: &[Annotated]) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (report, annotated) in reports.iter().enumerate() {
        let mut counts = vec![0; annotated.entities.len()];
        let mut titles = vec![BTreeSet::new(); annotated.entities.len()];
        for mention in told(annotated).filter(|mention| mention.entity < annotated.entities.len()) {
            counts[mention.entity] += 1;
            titles[mention.entity].extend(title(mention, &annotated.article.text));
        }
        for (entity, (e, (count, titles))) in annotated.entities.iter().zip(counts.into_iter().zip(titles)).enumerate()
        {
            let (name, words) = (e.name.clone(), fold(&e.name));
            if count > 0 && !words.is_empty() {
                found.push(Candidate { report, entity, kind: e.kind, name, words, count, titles });
            }
        }
    }
    found
}

/// The last word before a name in its phrase, unless half the world bears it.
fn title(mention: &Mention, text: &str) -> Option<String> {
    let before = words(&text[mention.phrase.start..mention.span.start]).pop();
    before.filter(|title| mention.form == MentionForm::Name && !is("address", title) && !is("stops", title))
}

/// Mentions outside of what only surrounds the report.
fn told(report: &Annotated) -> impl Iterator<Item = &Mention> {
    report.mentions.iter().filter(|mention| {
        let blocks = &report.article.blocks;
        let after = blocks.partition_point(|block| block.span.start <= mention.span.start);
        let kind = after.checked_sub(1).map(|block| blocks[block].kind);
        !matches!(kind, Some(BlockKind::Promo | BlockKind::Credit | BlockKind::Byline))
    })
}

/// ASCII, lower case, hyphens as spaces, without stops and a leading article.
fn fold(name: &str) -> Vec<String> {
    let plain = any_ascii(name).to_lowercase().replace(['.', '\'', ','], "");
    let words = plain.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty() && *word != "the");
    words.map(str::to_owned).collect()
}

/// What different spellings of a name in another script have in common: "Qaddafi" and "Gadhafi", "Esther" and "Ester".
fn skeleton(word: &str) -> String {
    let mut bare = String::new();
    for c in word.replace("ph", "f").replace("ou", "u").replace("kh", "k").chars() {
        let c = match c {
            'y' | 'j' | 'e' => 'i',
            'q' | 'g' | 'c' => 'k',
            'z' => 's',
            'w' => 'v',
            'o' => 'u',
            'h' => continue,
            other => other,
        };
        if !bare.ends_with(c) {
            bare.push(c);
        }
    }
    bare
}

/// The words without "Jr" and the like.
fn core(words: &[String]) -> &[String] {
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() && is("suffixes", last) => rest,
        _ => words,
    }
}

fn suffix(words: &[String]) -> &[String] {
    &words[core(words).len()..]
}

/// The key of a person with given name and surname.
fn surname(candidate: &Candidate) -> Option<String> {
    let words = core(&candidate.words);
    (candidate.kind == NameKind::Person && words.len() > 1).then(|| skeleton(&words[words.len() - 1]))
}

/// Full names of one surname: the given names alike, abbreviated or spelled alike, and no junior for a senior.
fn same_person(one: &Candidate, other: &Candidate) -> bool {
    let (a, b) = (core(&one.words), core(&other.words));
    let (Some(first), Some(second)) = (a.first(), b.first()) else { return false };
    let alike = |a: &str, b: &str| a == b || a.len() > 3 && b.len() > 3 && skeleton(a) == skeleton(b);
    let initial = |a: &str, b: &str| a.len() == 1 && b.starts_with(a);
    let short = |a: &str, b: &str| a.len() > 2 && b.starts_with(a);
    let given = alike(first, second)
        || initial(first, second)
        || initial(second, first)
        || short(first, second)
        || short(second, first);
    let last = alike(&a[a.len() - 1], &b[b.len() - 1]);
    given && last && suffix(&one.words) == suffix(&other.words)
}

/// Under which an organisation or place may meet its acronym or its short form.
fn short_keys(candidate: &Candidate) -> Vec<String> {
    let words = &candidate.words;
    if candidate.kind == NameKind::Person || words.is_empty() {
        return Vec::new();
    }
    let mut keys = vec![words.concat()];
    if words.len() > 1 {
        let own: Vec<&String> = words.iter().filter(|word| !is("joints", word)).collect();
        keys.push(own.iter().filter_map(|word| word.chars().next()).collect());
        keys.push(words.iter().filter_map(|word| word.chars().next()).collect());
        let (last, rest) = (&words[words.len() - 1], &words[..words.len() - 1]);
        if is("newspaper heads", last) {
            keys.push(last.clone());
        }
        if is("place tails", last) {
            keys.push(rest.concat());
        }
    }
    keys.dedup();
    keys
}

/// Whether one name is the acronym of the other, a newspaper's last word, or the place without "Strip".
fn short_for(one: &Candidate, other: &Candidate) -> bool {
    let (short, long) = if one.words.len() <= other.words.len() { (one, other) } else { (other, one) };
    if let Some((tail, rest)) = long.words.split_last()
        && is("place tails", tail)
    {
        return rest == short.words;
    }
    let [word] = &short.words[..] else { return false };
    if long.words.len() < 2 {
        return false;
    }
    let shouted = short.name.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    let head = long.words.last() == Some(word);
    head && is("newspaper heads", word) || shouted && word.len() > 1 && short_keys(long).contains(word) && !head
}

/// The merging of candidates to groups that hold one entity a report at most.
struct Merge<'c> {
    candidates: &'c [Candidate],
    group: Vec<usize>,
    members: BTreeMap<usize, Vec<usize>>,
}

impl<'c> Merge<'c> {
    fn new(candidates: &'c [Candidate]) -> Self {
        let group: Vec<usize> = (0..candidates.len()).collect();
        let members = group.iter().map(|&candidate| (candidate, vec![candidate])).collect();
        Merge { candidates, group, members }
    }

    /// Joins two groups unless a report would have two entities in one.
    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.group[one].min(self.group[other]), self.group[one].max(self.group[other]));
        let reports = |group: usize| self.members[&group].iter().map(|&member| self.candidates[member].report);
        let mine: BTreeSet<usize> = reports(one).collect();
        if one == other || reports(other).any(|report| mine.contains(&report)) || !self.kinds_agree(one, other) {
            return;
        }
        let moved = self.members.remove(&other).unwrap_or_default();
        for &member in &moved {
            self.group[member] = one;
        }
        self.members.entry(one).or_default().extend(moved);
    }

    /// Whether two of the groups hold entities of one report, so that a name that fits both fits neither.
    fn share_a_report(&self, groups: &[usize]) -> bool {
        let mut seen = BTreeSet::new();
        let members = groups.iter().filter_map(|group| self.members.get(group)).flatten();
        members.map(|&member| self.candidates[member].report).any(|report| !seen.insert(report))
    }

    fn kinds_agree(&self, one: usize, other: usize) -> bool {
        let (a, b) = (&self.candidates[one], &self.candidates[other]);
        let long = a.words.len() > 1 && a.words == b.words;
        a.kind == b.kind || long || a.kind == NameKind::Other || b.kind == NameKind::Other
    }

    /// Joins the candidates that share a key and fit; one that fits two entities of one report joins neither.
    fn by(&mut self, keys: impl Fn(&Candidate) -> Vec<String>, fits: impl Fn(&Candidate, &Candidate) -> bool) {
        let mut shared: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, candidate) in self.candidates.iter().enumerate() {
            for key in keys(candidate) {
                shared.entry(key).or_default().push(index);
            }
        }
        for bucket in shared.values().filter(|bucket| bucket.len() > 1) {
            for &one in bucket {
                let mut fitting: Vec<usize> = Vec::new();
                for &other in bucket {
                    let group = self.group[other];
                    if group != self.group[one]
                        && !fitting.contains(&group)
                        && fits(&self.candidates[one], &self.candidates[other])
                    {
                        fitting.push(group);
                    }
                }
                if !self.share_a_report(&fitting) {
                    for group in fitting {
                        self.join(one, group);
                    }
                }
            }
        }
    }

    /// A bare surname joins the person of that name when the story knows one only, or one only of that title.
    fn by_bare_surname(&mut self) {
        let mut bearers: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (index, candidate) in self.candidates.iter().enumerate().filter(|(_, c)| c.kind == NameKind::Person) {
            let words = core(&candidate.words);
            if words.len() > 1 && suffix(&candidate.words).is_empty() {
                for start in 1..words.len() {
                    bearers.entry(words[start..].concat()).or_default().insert(self.group[index]);
                }
            }
        }
        for index in 0..self.candidates.len() {
            let candidate = &self.candidates[index];
            let bare =
                matches!(candidate.kind, NameKind::Person | NameKind::Other) && core(&candidate.words).len() <= 2;
            let Some(known) = bearers.get(&candidate.words.concat()).filter(|_| bare) else { continue };
            // One whom the same report names in full was kept apart from the bare surname there.
            let elsewhere = |group: &usize| {
                let members = self.members.get(&self.group[*group]).into_iter().flatten();
                !members.into_iter().any(|&member| self.candidates[member].report == candidate.report)
            };
            let mut groups: BTreeSet<usize> =
                known.iter().filter(|group| elsewhere(group)).map(|&group| self.group[group]).collect();
            if groups.len() > 1 {
                groups.retain(|&group| self.shares_title(group, candidate));
            }
            if let (1, Some(&only)) = (groups.len(), groups.first()) {
                self.join(index, only);
            }
        }
    }

    /// "President Holt" is the Holt who is called a president elsewhere.
    fn shares_title(&self, group: usize, candidate: &Candidate) -> bool {
        let mut members = self.members.get(&group).into_iter().flatten();
        members.any(|&member| !self.candidates[member].titles.is_disjoint(&candidate.titles))
    }

    fn actors(self) -> Vec<Actor> {
        self.members
            .into_values()
            .map(|mut members| {
                members.sort_unstable();
                let of = |member: &usize| &self.candidates[*member];
                let shouted = |name: &str| name.chars().count() > 6 && !name.contains(char::is_lowercase);
                let fullest = members
                    .iter()
                    .map(of)
                    .max_by_key(|c| (!shouted(&c.name), c.words.len(), c.count, std::cmp::Reverse(c.report)));
                let mut kinds: BTreeMap<NameKind, usize> = BTreeMap::new();
                for member in members.iter().map(of) {
                    *kinds.entry(member.kind).or_default() +=
                        if member.kind == NameKind::Other { 0 } else { member.count };
                }
                let kind =
                    kinds.iter().max_by_key(|&(kind, count)| (count, std::cmp::Reverse(kind))).map(|(&kind, _)| kind);
                Actor {
                    name: fullest.map(|c| c.name.clone()).unwrap_or_default(),
                    kind: kind.unwrap_or(NameKind::Other),
                    members: members.iter().map(of).map(|c| (c.report, c.entity)).collect(),
                }
            })
            .collect()
    }
}

/// The main actors, the most mentioned first, with the wordings of each report.
pub(crate) fn naming(reports: &[Annotated]) -> Vec<Naming> {
    let actors = actors(reports);
    let wordings = Wordings::new(reports, &actors);
    let mut shared: Vec<(usize, &Actor)> =
        actors.iter().enumerate().filter(|(_, actor)| actor.members.len() > 1).collect();
    shared.sort_by_key(|&(index, _)| (std::cmp::Reverse(wordings.count(index)), index));
    let namings = shared.into_iter().map(|(index, actor)| wordings.naming(index, actor));
    // Places and peoples bear one name everywhere; they are of interest where a judgement stands beside it.
    let telling = |naming: &Naming| naming.contrast || matches!(naming.kind, NameKind::Person | NameKind::Organisation);
    let ranked = namings.filter(telling).enumerate().filter(|(rank, naming)| *rank < MAIN || naming.contrast);
    ranked.map(|(_, naming)| naming).take(MAIN + CONTRASTS).collect()
}

/// A wording of one report: its uses by place.
type Uses = BTreeMap<String, Vec<Span>>;

/// All wordings by actor and report.
struct Wordings<'r> {
    reports: &'r [Annotated],
    by_actor: Vec<BTreeMap<usize, Uses>>,
    /// The nouns actors are described by, with the actors.
    heads: BTreeMap<String, BTreeSet<usize>>,
}

impl<'r> Wordings<'r> {
    fn new(reports: &'r [Annotated], actors: &[Actor]) -> Self {
        let mut actor_of: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (index, actor) in actors.iter().enumerate() {
            actor_of.extend(actor.members.iter().map(|&member| (member, index)));
        }
        let mut by_actor = vec![BTreeMap::new(); actors.len()];
        let mut heads: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (report, annotated) in reports.iter().enumerate() {
            for mention in told(annotated).filter(|mention| mention.form != MentionForm::Pronoun) {
                if let Some(&actor) = actor_of.get(&(report, mention.entity)) {
                    let uses: &mut Uses = by_actor[actor].entry(report).or_insert_with(Uses::new);
                    let Some(label) = label(mention, &annotated.article.text) else { continue };
                    uses.entry(wording(label.of(&annotated.article.text))).or_default().push(label);
                    if let Some(head) = head(mention, &annotated.article.text) {
                        heads.entry(head).or_default().insert(actor);
                    }
                }
            }
        }
        let mut wordings = Wordings { reports, by_actor, heads };
        wordings.describe();
        wordings
    }

    fn count(&self, actor: usize) -> usize {
        self.by_actor[actor].values().flat_map(BTreeMap::values).map(Vec::len).sum()
    }

    /// Adds descriptions that stand alone: where one report has "the Elm Front rebel group", "Elmish resistance group"
    /// in another that names the Elm Front is that front, if no other actor of the story is called a group.
    fn describe(&mut self) {
        let unique =
            self.heads.iter().filter_map(|(head, actors)| Some((head, actors.first().filter(|_| actors.len() == 1)?)));
        for (head, &actor) in unique {
            for (&report, uses) in &mut self.by_actor[actor] {
                let annotated = &self.reports[report];
                for span in descriptions(annotated, head) {
                    if !uses.values().flatten().any(|use_| use_.overlaps(span)) {
                        uses.entry(wording(span.of(&annotated.article.text))).or_default().push(span);
                    }
                }
            }
        }
    }

    fn naming(&self, index: usize, actor: &Actor) -> Naming {
        let mut labels = Vec::new();
        for (&report, uses) in &self.by_actor[index] {
            let mut firsts: Vec<(Span, usize)> =
                uses.values().filter_map(|spans| Some((spans.iter().copied().min()?, spans.len()))).collect();
            firsts.sort_by_key(|&(span, count)| (std::cmp::Reverse(count), span));
            let (mut kept, rest) =
                firsts.split_at_checked(WORDINGS).map_or((firsts.clone(), &[][..]), |(a, b)| (a.to_vec(), b));
            kept.extend(rest.iter().filter(|(span, _)| !self.judgements(report, *span).is_empty()));
            kept.sort_unstable();
            labels.extend(kept.into_iter().map(|(span, count)| Label { quote: Quote { report, span }, count }));
        }
        Naming { entity: actor.name.clone(), kind: actor.kind, labels, contrast: self.contrast(index, actor) }
    }

    /// The kinds of judgement in a wording, up to a preposition: in "the envoy to the rebel group" it is not the envoy
    /// who is judged.
    fn judgements(&self, report: usize, span: Span) -> BTreeSet<usize> {
        if !is_english(&self.reports[report]) {
            return BTreeSet::new();
        }
        let words = words(span.of(&self.reports[report].article.text));
        let from = usize::from(words.len() > 1 && is("determiners", &words[0]));
        let own = words[from..].iter().take_while(|word| !is("stops", word));
        own.filter_map(|word| LOADED.get(&**word)).copied().collect()
    }

    /// Whether the reports judge differently: a kind of judgement in one that another, which names the actor as well,
    /// does without. A word of the name itself judges nothing.
    fn contrast(&self, index: usize, actor: &Actor) -> bool {
        let own: BTreeSet<usize> = words(&actor.name).iter().filter_map(|word| LOADED.get(&**word)).copied().collect();
        let sides: Vec<BTreeSet<usize>> = self.by_actor[index]
            .iter()
            .filter(|(report, _)| is_english(&self.reports[**report]))
            .map(|(&report, uses)| {
                let firsts = uses.values().filter_map(|spans| spans.first().copied());
                firsts.flat_map(|span| self.judgements(report, span)).filter(|class| !own.contains(class)).collect()
            })
            .collect();
        sides.iter().any(|side| *side != sides[0])
    }
}

/// Whether a report is in the language whose judging words are known: "militant" judges in English, not in French.
fn is_english(report: &Annotated) -> bool {
    report.article.language.as_deref().is_none_or(|language| language == "en")
}

/// The noun a mention describes its actor by: "group" in "the Elm Front rebel group", "envoy" in "the envoy of Elmford"
/// and "special envoy Ana Holt".
fn head(mention: &Mention, text: &str) -> Option<String> {
    let after = words(&text[mention.span.end..mention.phrase.end]);
    let own = || -> Vec<String> {
        let all = words(mention.phrase.of(text));
        let from = usize::from(all.first().is_some_and(|first| is("determiners", first)));
        all[from..].iter().take_while(|word| !is("stops", word)).cloned().collect()
    };
    let before = || text[mention.phrase.start..mention.span.start].split_whitespace().next_back().map(str::to_owned);
    let head = match mention.form {
        MentionForm::Nominal => own().pop(),
        _ => after.last().cloned().or_else(before),
    };
    head.filter(|head| head.len() > 3 && head.chars().all(char::is_lowercase) && !is("stops", head))
}

/// The words of a mention that an editor would quote: the name alone where its phrase is cut from a longer one
/// ("dockers' movement Open Quay"), and no description of one plain word ("report").
fn label(mention: &Mention, text: &str) -> Option<Span> {
    let phrase = mention.phrase.of(text);
    let own = words(phrase);
    if mention.form != MentionForm::Name {
        let plain = own.len() < 2 && !phrase.contains(char::is_uppercase);
        let told = own.iter().any(|word| !is("determiners", word));
        return (!plain && told && !phrase.starts_with(['’', '\''])).then_some(mention.phrase);
    }
    let before = text[..mention.phrase.start].trim_end();
    let touches = before.len() == mention.phrase.start && before.ends_with(['-', '–']);
    let owned = ["’s", "'s", "s’", "s'"].iter().any(|end| before.ends_with(end));
    let lower = phrase.starts_with(char::is_lowercase) && !own.first().is_some_and(|first| is("determiners", first));
    Some(if touches || owned && lower { mention.span } else { mention.phrase })
}

/// A wording for comparison: lower case, one space, without a determiner.
fn wording(phrase: &str) -> String {
    let all = words(phrase);
    let from = usize::from(all.len() > 1 && is("determiners", &all[0]));
    all[from..].join(" ")
}

fn words(phrase: &str) -> Vec<String> {
    let clean = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    phrase.split_whitespace().map(clean).filter(|word| !word.is_empty()).collect()
}

/// Words before a head that a description reaches back over.
const REACH: usize = 4;

/// The descriptions with `head` in a report that carry a word that judges, without a determiner.
fn descriptions(report: &Annotated, head: &str) -> Vec<Span> {
    if !is_english(report) {
        return Vec::new();
    }
    let text = &report.article.text;
    let mut found = Vec::new();
    for block in report.article.blocks.iter().filter(|block| block.kind != BlockKind::Promo) {
        let words: Vec<Span> = word_spans(text, block.span);
        for (at, word) in words.iter().enumerate().filter(|(_, word)| word.of(text).eq_ignore_ascii_case(head)) {
            let mut start = at;
            while start > 0 && at - start < REACH && modifies(text, words[start - 1], words[start]) {
                start -= 1;
            }
            let span = Span::new(words[start].start, word.end);
            // "A rebel group" is somebody new.
            if start.checked_sub(1).is_some_and(|before| is("indefinite", &words[before].of(text).to_lowercase())) {
                continue;
            }
            let article =
                start.checked_sub(1).filter(|&before| is("determiners", &words[before].of(text).to_lowercase()));
            let span = article.map_or(span, |before| words[before].cover(span));
            if words[start..at].iter().any(|word| LOADED.contains_key(&*word.of(text).to_lowercase())) {
                found.push(span);
            }
        }
    }
    found
}

fn word_spans(text: &str, span: Span) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for (at, c) in span.of(text).char_indices() {
        let at = span.start + at;
        match found.last_mut() {
            Some(last) if last.end == at && (c.is_alphanumeric() || c == '-') => last.end = at + c.len_utf8(),
            _ if c.is_alphanumeric() => found.push(Span::new(at, at + c.len_utf8())),
            _ => {}
        }
    }
    found
}

/// Whether `word` can modify the word after it: one space between them, and no function word.
fn modifies(text: &str, word: Span, next: Span) -> bool {
    &text[word.end..next.start] == " "
        && !["stops", "indefinite"].iter().any(|section| is(section, &word.of(text).to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use twosource_model::{Article, Block, Entity};

    /// A report from a text with marks as the cases of the names have them: `{the [Elm Front]o0 rebel group}`.
    fn report(marked: &str) -> Annotated {
        let mut text = String::new();
        let (mut names, mut phrases): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        let mut mentions: Vec<(Span, usize)> = Vec::new();
        let mut braces: Vec<Span> = Vec::new();
        let mut entities: BTreeMap<usize, Entity> = BTreeMap::new();
        let mut chars = marked.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '[' => names.push(text.len()),
                '{' => phrases.push(text.len()),
                '}' => braces.push(Span::new(phrases.pop().expect("a brace to close"), text.len())),
                ']' => {
                    let span = Span::new(names.pop().expect("a bracket to close"), text.len());
                    let kind = kind(chars.next().expect("a kind behind the bracket"));
                    let mut number = 0;
                    while let Some(digit) = chars.next_if(char::is_ascii_digit) {
                        number = number * 10 + digit as usize - '0' as usize;
                    }
                    let entity = entities.entry(number).or_insert(Entity { name: String::new(), kind });
                    let name = span.of(&text);
                    if name.starts_with(char::is_uppercase)
                        && !name.starts_with("The ")
                        && name.len() > entity.name.len()
                    {
                        entity.name = name.to_owned();
                    }
                    mentions.push((span, number));
                }
                c => text.push(c),
            }
        }
        let mentions = mentions.into_iter().map(|(span, entity)| {
            let form = if text[span.start..].starts_with(char::is_uppercase) {
                MentionForm::Name
            } else {
                MentionForm::Nominal
            };
            let around = braces.iter().copied().filter(|brace| brace.contains(span)).min_by_key(|brace| brace.len());
            Mention { span, phrase: around.unwrap_or(span), form, entity }
        });
        let mut mentions: Vec<Mention> = mentions.collect();
        mentions.sort_by_key(|mention| mention.span);
        let blocks = vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }];
        let entities = entities.into_values().collect();
        Annotated {
            article: Article { text, blocks, ..Article::default() },
            mentions,
            entities,
            ..Annotated::default()
        }
    }

    fn kind(letter: char) -> NameKind {
        match letter {
            'p' => NameKind::Person,
            'o' => NameKind::Organisation,
            'l' => NameKind::Place,
            'g' => NameKind::Group,
            'e' => NameKind::Event,
            _ => NameKind::Other,
        }
    }

    fn shown(reports: &[Annotated]) -> Vec<String> {
        let line = |naming: Naming| {
            let mut line = naming.entity;
            if naming.contrast {
                line += " !";
            }
            let mut last = None;
            for label in naming.labels {
                let report = label.quote.report;
                let name = if last == Some(report) {
                    ",".to_owned()
                } else {
                    format!(" {}:", twosource_model::report_id(report))
                };
                line += &format!("{name} {}", label.quote.span.of(&reports[report].article.text));
                last = Some(report);
            }
            line
        };
        naming(reports).into_iter().map(line).collect()
    }

    #[test]
    fn cases() {
        let mut checked = 0;
        for case in include_str!("../cases/en/naming.txt").split("\n\n") {
            let lines: Vec<&str> = case.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
            if lines.is_empty() {
                continue;
            }
            let reports: Vec<Annotated> = lines.iter().filter_map(|line| line.strip_prefix("> ")).map(report).collect();
            let expected: Vec<&str> = lines.iter().filter_map(|line| line.strip_prefix("= ")).collect();
            assert_eq!(reports.len() + expected.len(), lines.len(), "a line is neither “> ” nor “= ”: {case}");
            assert_eq!(shown(&reports), expected, "{case}");
            checked += 1;
        }
        assert!(checked > 5, "the case file is cut short");
    }

    #[test]
    fn nothing_of_nothing() {
        assert!(actors(&[]).is_empty() && naming(&[]).is_empty());
        assert!(naming(&[report("[Ana Holt]p0 left.")]).is_empty());
    }
}
