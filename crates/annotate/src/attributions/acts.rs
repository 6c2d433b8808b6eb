//! What a token that can be a verb does in its sentence: decided by the words beside it, from left to right.

use std::ops::Range;

use crate::tokens::TokenKind;

use super::lexicon::{Class, ENGLISH, Frame, Inflection, Verb};
use super::phrases::{Act, Phrases};

/// "polls", not "analysis" nor "press".
fn is_plural(word: &str) -> bool {
    word.ends_with('s') && !["ss", "is", "us"].iter().any(|ending| word.ends_with(ending))
}

impl Phrases<'_> {
    /// What a token does in its sentence; those before it are decided.
    pub(super) fn act_in(&self, sentence: &Range<usize>, at: usize) -> Act {
        let Some(verb) = self.words[at].verb else { return self.guess(sentence, at) };
        if self.class(at, Class::Preposition) {
            return Act::Other;
        }
        let token = self.token(at);
        if token.capital && at > sentence.start && !self.is_title_case(sentence) {
            return Act::Other;
        }
        let before = self.before_adverbs(sentence.start, at);
        if before.is_some_and(|b| self.is(b, "united") && self.is(at, "states")) {
            return Act::Other;
        }
        let previous = |class| before.is_some_and(|before| self.class(before, class));
        let form = verb.inflection;
        if before.is_some_and(|before| self.is(before, "to") && before > 0 && self.is(before - 1, "according")) {
            return Act::Other;
        }
        if before.is_some_and(|before| self.is(before, "to")) {
            return if form.can_be(Inflection::BASE) { Act::Infinitive } else { Act::Other };
        }
        if previous(Class::Auxiliary) {
            let infinitive = before.is_some_and(|b| b > sentence.start && self.is(b - 1, "to"));
            return if infinitive { Act::Infinitive } else { self.after_auxiliary(form) };
        }
        if form.can_be(Inflection::GERUND) {
            let noun = previous(Class::Determiner | Class::Possessive) || before.is_some_and(|b| self.is_possessive(b));
            let number = before.is_some_and(|b| self.token(b).kind == TokenKind::Number || self.is(b, "worth"));
            // "Recent polling shows": a form that is as often a noun, right before a finite verb.
            let shows = |verb: Verb| verb.frames.any(Frame::Show) && !verb.inflection.can_be(Inflection::BASE);
            let subject = self.class(at, Class::AlsoNoun) && self.verb(at + 1).is_some_and(shows);
            return if noun || number || subject { Act::Other } else { Act::Gerund };
        }
        if self.is_attributive(before) || before.is_some_and(|b| self.class(b, Class::Preposition)) {
            return Act::Other;
        }
        if form.can_be(Inflection::PARTICIPLE) && (self.is_reduced(before, at) || self.is_absolute(before, at)) {
            return Act::Participle;
        }
        let past = form.can_be(Inflection::PAST) && !form.can_be(Inflection::BASE);
        // "…, retired general Anna Berg said": an adjective.
        let quoted = before.is_some_and(|b| b + 1 == at && self.token(b).is_quote());
        if past && quoted && !verb.frames.attributes() && self.is_nominal(at + 1) {
            return Act::Other;
        }
        let counted = |b: usize| self.token(b).kind == TokenKind::Number && self.token(b).lower.len() != 4;
        let says = verb.frames.attributes() && self.opens_complement(sentence, at + 1);
        if past && before.is_none_or(|b| counted(b) && !says || b + 1 == at && self.act(b) == Act::Finite) {
            return Act::Other;
        }
        if past && !self.class(at, Class::AlsoNoun) {
            return Act::Finite;
        }
        if self.acts_as_present(sentence, before, at, form) { Act::Finite } else { Act::Other }
    }

    /// A verb form after "has", "would", "is", "did".
    fn after_auxiliary(&self, form: Inflection) -> Act {
        let fits = form.can_be(Inflection::BASE | Inflection::PAST | Inflection::PARTICIPLE | Inflection::GERUND);
        if fits { Act::Finite } else { Act::Other }
    }

    /// A present-tense form is a verb where something like a subject stands before and something like a complement
    /// behind it; otherwise it is left a noun.
    fn acts_as_present(&self, sentence: &Range<usize>, before: Option<usize>, at: usize, form: Inflection) -> bool {
        let Some(before) = before else { return self.is_quote_ahead(sentence, at) };
        let pronoun = self.class(before, Class::SubjectPronoun | Class::Relative);
        if self.class(at, Class::AlsoNoun)
            && !pronoun
            && !self.is_likely_subject(sentence.start, before)
            && !self.opens_clause(sentence, before)
        {
            return false;
        }
        let after_quote = self.token(before).is_quote() || self.is(before, ",");
        let agrees = self.agrees(sentence, before, form);
        if self.class(at, Class::AlsoNoun) {
            let relative = self.is(at + 1, "that") && self.is_verbal(at + 2);
            if relative && !pronoun || self.is(at + 1, "of") {
                return false;
            }
            let pronoun = pronoun && !self.is(before, "that");
            let third = form.can_be(Inflection::THIRD);
            if third && self.is_several(before) {
                return false;
            }
            let subject = pronoun || after_quote && (third || form.can_be(Inflection::PAST)) || agrees;
            return subject && (pronoun || self.opens_complement_of(sentence, before, at, form));
        }
        if self.verb(at).is_some_and(|verb| !verb.frames.governs()) {
            return pronoun || agrees && self.opens_complement(sentence, at + 1);
        }
        pronoun || after_quote || agrees || self.opens_complement(sentence, at + 1) || self.is(at + 1, ",")
    }

    /// "two states", "some reports": behind these a noun stands in the plural.
    fn is_several(&self, at: usize) -> bool {
        let several =
            ["two", "three", "four", "five", "six", "several", "many", "these", "those", "all", "some", "both"];
        self.token(at).kind == TokenKind::Number && !self.token(at).lower.ends_with('s')
            || self.token(at).is_any(&several)
    }

    /// Whether a form agrees in number with the noun before it: "-s" with a singular, the base form with a plural.
    fn agrees(&self, sentence: &Range<usize>, before: usize, form: Inflection) -> bool {
        if self.class(before, Class::SubjectPronoun | Class::Relative) {
            return true;
        }
        let noun = self.token(before);
        let singular = !is_plural(&noun.lower) || noun.capital;
        if form.can_be(Inflection::THIRD) {
            return singular || self.head(sentence, before).is_some_and(|head| !is_plural(&self.token(head).lower));
        }
        let several = ["percent", "%", "both", "all", "many", "some", "most", "others", "few"];
        let joined = || (sentence.start..before).rev().take(3).any(|b| self.is(b, "and"));
        !singular
            || noun.lower.ends_with('s')
            || noun.is_any(&several)
            || noun.kind == TokenKind::Number
            || self.class(before, Class::People)
            || joined()
            || self.head(sentence, before).is_some_and(|head| {
                is_plural(&self.token(head).lower) || self.token(head).is_any(&["people", "police"])
            })
    }

    /// Whether what follows a form that is as often a noun can only be what a verb takes.
    fn opens_complement_of(&self, sentence: &Range<usize>, before: usize, at: usize, form: Inflection) -> bool {
        let noun = self.token(before);
        let third = form.can_be(Inflection::THIRD) || is_plural(&noun.lower) && !noun.capital;
        let intends = self.is(at + 1, "to")
            && self.verb(at).is_some_and(|verb| verb.frames.any(Frame::Intend | Frame::Want))
            && self.is_base(at + 2);
        self.is(at + 1, "out")
            || intends
            || self.opens_complement(sentence, at + 1)
            || third && self.takes(at, at + 1)
            || self.is(at + 1, ",") && self.is_aside(sentence, before, at)
            || self.is_plural_subject(sentence, before, at, form)
    }

    /// A base form or "be", as behind "to".
    fn is_base(&self, at: usize) -> bool {
        self.class(at, Class::Auxiliary) || self.verb(at).is_some_and(|verb| verb.inflection.can_be(Inflection::BASE))
    }

    /// "Supporters of the law": the head of the noun phrase that ends here, where something hangs on it.
    fn head(&self, sentence: &Range<usize>, last: usize) -> Option<usize> {
        let part = |at: &usize| self.is_nominal(*at) || self.class(*at, Class::Preposition);
        let first = (sentence.start..=last).rev().take(14).take_while(part).last()?;
        let hangs = ["of", "in", "from", "on", "for", "at", "with", "by", "to"];
        let preposition = (first + 1..last).find(|&at| self.token(at).is_any(&hangs))?;
        let adjective = self.token(preposition - 1).is_any(&["familiar", "close", "briefed"]);
        Some(preposition - 1 - usize::from(adjective && preposition > first + 1))
    }

    /// Whether the noun phrase that ends here, with what hangs on it by "of" or "from", begins its sentence.
    fn opens_clause(&self, sentence: &Range<usize>, last: usize) -> bool {
        let part = |b: &usize| self.is_nominal(*b) || self.token(*b).is_any(&["of", "from", "by", "in", "for"]);
        let length = (sentence.start..=last).rev().take(16).take_while(part).count();
        length <= 15 && last + 1 - length == sentence.start && length > 1
    }

    /// An auxiliary or a form that is nothing but a verb: "states that lead" are no statement.
    fn is_verbal(&self, at: usize) -> bool {
        let past = |verb: Verb| {
            verb.inflection.can_be(Inflection::PAST | Inflection::THIRD) && !verb.inflection.can_be(Inflection::BASE)
        };
        self.class(at, Class::Auxiliary) || self.verb(at).is_some_and(past) && !self.class(at, Class::AlsoNoun)
    }

    /// Whether the verb at `verb` takes the preposition at `next`: "points to", "calls for".
    fn takes(&self, verb: usize, next: usize) -> bool {
        let listed = self.verb(verb).and_then(|verb| ENGLISH.complements("verb", verb.lemma));
        listed.is_some_and(|prepositions| prepositions.iter().any(|word| self.is(next, word)))
    }

    /// "…, records show, …": a verb that can be an aside right behind a noun phrase between two commas.
    fn is_aside(&self, sentence: &Range<usize>, before: usize, at: usize) -> bool {
        let first = (sentence.start..=before).rev().take(5).take_while(|&b| self.is_nominal(b)).last();
        first.is_some_and(|first| first > sentence.start + 2 && self.is(first - 1, ","))
            && self.verb(at).is_some_and(|verb| verb.frames.any(Frame::Parenthetical))
    }

    /// "Millennials support background checks": a plural noun that begins its clause, then a base form.
    fn is_plural_subject(&self, sentence: &Range<usize>, before: usize, at: usize, form: Inflection) -> bool {
        let first =
            (sentence.start..=before).rev().take(6).take_while(|&b| self.is_nominal(b)).last().unwrap_or(before);
        let opens = first == sentence.start
            || self.is(first - 1, ",")
            || self.class(first - 1, Class::Relative | Class::Subordinator);
        let noun = self.token(before);
        let plural = is_plural(&noun.lower) && !noun.capital;
        let verb_ahead = self.verb(at + 1).is_some() && !self.class(at + 1, Class::AlsoNoun);
        opens && plural && form.can_be(Inflection::BASE) && self.is_nominal(at + 1) && !verb_ahead
    }

    /// Whether a noun phrase that can be a subject ends here: a name, a listed noun, or any noun with a determiner.
    fn is_likely_subject(&self, start: usize, last: usize) -> bool {
        let listed = Class::People | Class::Document | Class::Organisation | Class::OutletWord;
        let determined = |at: usize| self.class(at, Class::Determiner | Class::Possessive) || self.is_possessive(at);
        let nominal = (start..=last).rev().take(4).take_while(|&at| self.is_nominal(at)).count();
        let object = nominal < 4
            && (last + 1)
                .checked_sub(nominal + 1)
                .is_some_and(|b| b >= start && self.is(b, "to") && b > start && self.is(b - 1, "according"));
        !object
            && (self.token(last).capital
                || self.class(last, listed)
                || !self.token(last).is_word()
                || (start..last).rev().take(3).take_while(|&at| self.is_nominal(at)).any(determined))
    }

    fn is_quote_ahead(&self, sentence: &Range<usize>, at: usize) -> bool {
        at + 1 < sentence.end && self.token(at + 1).is_quote()
    }

    /// Whether a clause, an object or the end of the sentence begins here.
    fn opens_complement(&self, sentence: &Range<usize>, at: usize) -> bool {
        if at >= sentence.end {
            return true;
        }
        let classes = Class::Determiner
            | Class::Possessive
            | Class::SubjectPronoun
            | Class::ObjectPronoun
            | Class::Subordinator
            | Class::Time;
        let token = self.token(at);
        // "avoids condemning", "support reforming"; "states voting" are no statement.
        let third = |verb: Verb| verb.inflection.can_be(Inflection::THIRD);
        let noun = self.class(at - 1, Class::AlsoNoun) && self.verb(at - 1).is_some_and(third);
        let gerund = !noun && self.verb(at).is_some_and(|verb| verb.inflection.can_be(Inflection::GERUND));
        gerund
            || self.class(at, classes)
            || token.capital
            || token.is_quote()
            || token.kind == TokenKind::Number
            || token.is_any(&[".", ":", "there"])
    }

    /// Whether what stands before makes the token part of a noun phrase.
    fn is_attributive(&self, before: Option<usize>) -> bool {
        before.is_some_and(|b| {
            (self.class(b, Class::Determiner) && !self.class(b, Class::Pronoun))
                || (self.class(b, Class::Possessive) && !self.class(b, Class::SubjectPronoun))
                || self.is_possessive(b)
        })
    }

    /// "a letter released by", "two people asked about", "documents seen by": a participle behind a noun.
    fn is_reduced(&self, before: Option<usize>, at: usize) -> bool {
        before.is_some_and(|b| self.is_nominal(b) && !self.class(b, Class::SubjectPronoun))
            && (self.is(at + 1, "by")
                || before.is_some_and(|b| self.class(at + 1, Class::Preposition) && self.is_object_person(b))
                || (self.class(at + 1, Class::Time) && self.is(at + 2, "by"))
                || (self.verb(at).is_some_and(|verb| !verb.frames.attributes()) && self.is(at + 1, "on"))
                || self.verb(at).is_some_and(|verb| verb.lemma != "say") && self.is_before_verb(at)
                || self.is_beside_verb(at)
                || self.is_second_verb(at))
    }

    /// "when asked about", "if elected", ", first reported by": a participle without a noun beside it.
    fn is_absolute(&self, before: Option<usize>, at: usize) -> bool {
        let opened = |b: usize| {
            b + 1 == at && self.token(b).is_any(&["when", "if", "once", "unless", "though", "although", "while"])
        };
        before.is_some_and(|b| opened(b) || self.is(b, ",") && self.is(at + 1, "by"))
    }

    /// "according to people (briefed on the matter)": a noun for people behind a preposition, so no subject.
    fn is_object_person(&self, at: usize) -> bool {
        let first = (0..=at).rev().take(5).take_while(|&b| self.is_nominal(b)).last().unwrap_or(at);
        self.class(at, Class::People)
            && first > 0
            && self.is(first - 1, "to")
            && first > 1
            && self.is(first - 2, "according")
    }

    /// "residents polled said": right before a verb of saying no main verb stands.
    fn is_beside_verb(&self, at: usize) -> bool {
        let third = Inflection::PAST | Inflection::THIRD;
        !self.class(at + 1, Class::AlsoNoun)
            && self.verb(at + 1).is_some_and(|verb| {
                verb.frames.any(Frame::Parenthetical)
                    && verb.inflection.can_be(third)
                    && !verb.inflection.can_be(Inflection::BASE)
            })
    }

    /// "fined the owner of a ship caught in the harbour": a clause has one finite verb without a conjunction.
    fn is_second_verb(&self, at: usize) -> bool {
        let boundary = Class::Conjunction | Class::Relative | Class::Subordinator | Class::SubjectPronoun;
        let earlier = (0..at)
            .rev()
            .take(15)
            .take_while(|&b| !self.last[b] && self.token(b).kind != TokenKind::Sign && !self.class(b, boundary))
            .find(|&b| self.act(b) == Act::Finite);
        let takes_clause = |b: usize| self.verb(b).is_some_and(|verb| verb.frames.attributes());
        self.class(at + 1, Class::Preposition) && earlier.is_some_and(|b| !takes_clause(b))
    }

    /// "a report released last year found that": no main verb, since one comes right after a time or a place.
    fn is_before_verb(&self, at: usize) -> bool {
        let adjunct = self.class(at + 1, Class::Time | Class::Preposition);
        let limit = (at + 8).min(self.acts.len());
        let breaks = |ahead: &usize| {
            let token = self.token(*ahead);
            !token.is_word() && token.kind != TokenKind::Number
                || self.class(*ahead, Class::Conjunction | Class::Relative | Class::SubjectPronoun)
        };
        adjunct
            && (at + 2..limit).take_while(|ahead| !breaks(ahead)).any(|ahead| {
                let past = |verb: Verb| {
                    verb.frames.attributes()
                        && (verb.inflection.can_be(Inflection::PAST)
                            || verb.inflection.can_be(Inflection::THIRD) && !self.class(ahead, Class::AlsoNoun))
                        && !verb.inflection.can_be(Inflection::BASE)
                };
                self.verb(ahead).is_some_and(past) && !self.class(ahead - 1, Class::Determiner)
            })
    }

    pub(super) fn is_possessive(&self, at: usize) -> bool {
        self.token(at).kind == TokenKind::Possessive && !self.class(at, Class::Auxiliary)
    }

    /// The nearest token before `at` that is no adverb or negation.
    fn before_adverbs(&self, start: usize, at: usize) -> Option<usize> {
        let skipped = Class::Adverb | Class::Negation;
        (start..at)
            .rev()
            .take(4)
            .find(|&before| !self.class(before, skipped) || self.class(before, Class::Auxiliary | Class::Time))
    }

    /// An unlisted word that looks like a past tense and stands like one.
    fn guess(&self, sentence: &Range<usize>, at: usize) -> Act {
        let token = self.token(at);
        let word = &*token.lower;
        if token.kind != TokenKind::Word || token.capital || at == sentence.start {
            return Act::Other;
        }
        let Some(before) = self.before_adverbs(sentence.start, at) else { return Act::Other };
        if word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") {
            if self.class(before, Class::Auxiliary) {
                return Act::Finite;
            }
            if self.is_attributive(Some(before)) || !self.is_nominal(before) {
                return if self.class(before, Class::SubjectPronoun) { Act::Finite } else { Act::Other };
            }
            if self.is(at + 1, "by") {
                return Act::Participle;
            }
            let ahead = Class::Determiner | Class::Possessive | Class::ObjectPronoun | Class::Preposition;
            return if self.class(at + 1, ahead) || self.is(at + 1, "that") { Act::Finite } else { Act::Other };
        }
        let gerund = word.len() > 5 && word.ends_with("ing") && (self.is(before, ",") || self.class(before, Class::Be));
        if gerund { Act::Gerund } else { Act::Other }
    }

    /// Whether most words of a sentence are capitalised, as in a headline.
    fn is_title_case(&self, sentence: &Range<usize>) -> bool {
        let (mut words, mut capitals) = (0, 0);
        for token in self.document.tokens[sentence.clone()].iter().take(30) {
            if token.is_word() && token.lower.len() > 3 {
                words += 1;
                capitals += usize::from(token.capital);
            }
        }
        words > 2 && capitals * 4 >= words * 3
    }
}
