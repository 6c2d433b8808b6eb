//! The word lists of `data/en/attribution_*.txt`, read once: what a word can be, before its sentence is looked at.

use std::sync::LazyLock;

use crate::word_map::{WordMap, WordSet};

const GRAMMAR: &str = include_str!("../../data/en/attribution_grammar.txt");
const VERBS: &str = include_str!("../../data/en/attribution_verbs.txt");
const NOUNS: &str = include_str!("../../data/en/attribution_nouns.txt");
const COMPLEMENTS: &str = include_str!("../../data/en/attribution_complements.txt");
const OUTLETS: &str = include_str!("../../data/en/attribution_outlets.txt");

/// Defines a set of flags over one integer, each with the name of its section in the word lists.
macro_rules! flags {
    ($(#[$meta:meta])* $name:ident: $int:ty { $($(#[$flag_meta:meta])* $flag:ident = $section:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
        pub(crate) struct $name(pub(crate) $int);

        #[allow(non_upper_case_globals, dead_code)]
        impl $name {
            const SECTIONS: &'static [&'static str] = &[$($section),+];
            flags!(@ 0, $int, $($(#[$flag_meta])* $flag),+);

            /// Whether any of `other`'s flags is set.
            pub(crate) fn any(self, other: $name) -> bool {
                self.0 & other.0 != 0
            }

            fn of_section(section: &str) -> Option<$name> {
                Self::SECTIONS.iter().position(|name| *name == section).map(|at| $name(1 << at))
            }
        }

        impl std::ops::BitOr for $name {
            type Output = $name;
            fn bitor(self, other: $name) -> $name {
                $name(self.0 | other.0)
            }
        }
    };
    (@ $at:expr, $int:ty, $(#[$flag_meta:meta])* $flag:ident $(, $(#[$rest_meta:meta])* $rest:ident)*) => {
        $(#[$flag_meta])*
        pub(crate) const $flag: Self = Self(1 << ($at));
        flags!(@ ($at) + 1, $int, $($(#[$rest_meta])* $rest),*);
    };
    (@ $at:expr, $int:ty,) => {};
}

flags! {
    /// The classes a word can belong to, apart from being a verb.
    Class: u64 {
        /// "the", "some", "two".
        Determiner = "determiner",
        /// "his", "whose".
        Possessive = "possessive",
        /// "he", "who", "everyone".
        SubjectPronoun = "subject_pronoun",
        /// "him", "themselves".
        ObjectPronoun = "object_pronoun",
        /// Determiners that also stand alone: "some", "one".
        Pronoun = "pronoun",
        /// "of", "during".
        Preposition = "preposition",
        /// "and", "but".
        Conjunction = "conjunction",
        /// "because", "that".
        Subordinator = "subordinator",
        /// "who", "which", "that".
        Relative = "relative",
        /// "has", "would", "didn't".
        Auxiliary = "auxiliary",
        /// "is", "were".
        Be = "be",
        /// "has", "had".
        Have = "have",
        /// "not", "never", "didn't".
        Negation = "negation",
        /// Adverbs that stand beside verbs.
        Adverb = "adverb",
        /// Words in "-ly" that are no adverbs.
        NotAdverb = "not_adverb",
        /// Weekdays, months, "week", "ago".
        Time = "time",
        /// Where words are uttered: "interview", "statement".
        Setting = "speech_setting",
        /// "Mr", "Sen", "governor".
        Title = "title",
        /// "claim", "promise": nouns that carry what is said.
        Speech = "speech",
        /// Verb forms that are as often nouns.
        AlsoNoun = "also_noun",
        /// "letter", "survey".
        Document = "document",
        /// "newspaper", "network", "reports".
        OutletWord = "outlet_words",
        /// "newspaper", "tabloid": never anything but an outlet.
        OutletNoun = "outlet_noun_phrases",
        /// "officials", "source".
        People = "people",
        /// "company", "ministry".
        Organisation = "organisation_words",
        /// "made", "expressed": verbs that lend a noun of saying a subject.
        LightVerb = "light_verb",
        /// "would", "might".
        Modal = "modal",
        /// "reportedly".
        Hearsay = "hearsay",
        /// "but", "although".
        Contrast = "contrast",
        /// "because", "after".
        ClauseOpener = "clause_opener",
        /// "if", "unless".
        Condition = "condition",
        /// "whether", "how".
        Question = "question",
        /// "when", "if".
        Circumstance = "circumstance",
        /// "the", "his".
        Article = "article",
        /// "released", "obtained".
        MadePublic = "made_public",
        /// "went (on to)", "continued (to)".
        Continuing = "continuing",
        /// "Jr", "Inc".
        Suffix = "suffix",
        /// "reports", "allegations".
        Rumour = "rumour",
        /// "responded (by saying)".
        Introducing = "introducing",
        /// "faced (questions about)".
        Receiving = "receiving",
        /// "declined", "refused".
        Declining = "declining",
        /// "comment", "interviews".
        Declined = "declined",
        /// "respond", "replied".
        Answering = "answering",
        /// "returned".
        Returning = "returning",
        /// What is declined: "comment", "elaborate".
        Comment = "comment",
        /// What is left unanswered: "calls", "messages".
        Contact = "contact",
    }
}

flags! {
    /// The patterns a verb takes.
    Frame: u32 {
        /// "… that S", bare S, a quotation.
        Say = "say",
        /// Can stand behind or inside what is said.
        Parenthetical = "parenthetical",
        /// A hearer before the clause.
        Tell = "tell",
        /// Belief.
        Think = "think",
        /// What documents do.
        Show = "show",
        /// What it is about as an object.
        Judge = "judge",
        /// An infinitive.
        Intend = "intend",
        /// An infinitive or a wish: nothing is asserted.
        Want = "want",
        /// A hearer and what he is to do.
        Urge = "urge",
        /// An object and, behind "as", what it is taken for.
        Regard = "regard",
        /// What is known, weighed or taken for granted.
        Know = "know",
        /// What is loved or hated.
        Feel = "feel",
        /// What one is for, against, or on about.
        Attitude = "attitude",
        /// How something looks to nobody in particular.
        Seem = "seem",
        /// Whom something moves.
        Impress = "impress",
        /// No verb of attribution.
        Other = "other",
    }
}

impl Frame {
    /// Every pattern that makes an attribution or an attitude.
    pub(crate) fn governs(self) -> bool {
        self.any(Frame(!Frame::Other.0))
    }

    /// Every pattern that makes an attribution.
    pub(crate) fn attributes(self) -> bool {
        self.any(
            Frame::Say | Frame::Parenthetical | Frame::Tell | Frame::Think | Frame::Show | Frame::Judge | Frame::Intend,
        )
    }
}

/// Which inflections a verb form can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Inflection(pub(crate) u8);

impl Inflection {
    pub(crate) const BASE: u8 = 1;
    pub(crate) const THIRD: u8 = 2;
    pub(crate) const PAST: u8 = 4;
    pub(crate) const PARTICIPLE: u8 = 8;
    pub(crate) const GERUND: u8 = 16;

    /// Whether the form can be one of `forms`.
    pub(crate) fn can_be(self, forms: u8) -> bool {
        self.0 & forms != 0
    }
}

/// A form of a listed verb.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verb {
    /// Its base form.
    pub(crate) lemma: &'static str,
    /// The patterns it takes.
    pub(crate) frames: Frame,
    /// Which inflections the form can be.
    pub(crate) inflection: Inflection,
}

/// What a word can be.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    /// Its classes.
    pub(crate) class: Class,
    /// The verb it is a form of.
    pub(crate) verb: Option<Verb>,
}

/// For each section and each of its words the prepositions behind it.
type Complements = WordMap<WordMap<Vec<&'static str>>>;

/// The word lists of a language.
pub(crate) struct Lexicon {
    words: WordMap<Word>,
    /// The prepositions behind verbs, nouns and adjectives of attitude, by section and word.
    complements: Complements,
    outlets: WordSet,
    agencies: WordSet,
    outlet_tails: WordSet,
}

/// The English word lists.
pub(crate) static ENGLISH: LazyLock<Lexicon> = LazyLock::new(Lexicon::english);

impl Lexicon {
    fn english() -> Lexicon {
        let mut words: WordMap<Word> = WordMap::default();
        for (section, line) in lines(GRAMMAR).chain(lines(NOUNS)) {
            let Some(class) = Class::of_section(section) else { continue };
            for word in line.split_whitespace() {
                let entry = words.entry(word).or_default();
                entry.class = entry.class | class;
            }
        }
        for (section, line) in lines(VERBS) {
            let Some(frame) = Frame::of_section(section) else { continue };
            let forms: Vec<&'static str> = line.split_whitespace().collect();
            for (at, form) in forms.iter().enumerate() {
                add_form(words.entry(form).or_default(), forms[0], frame, 1 << at);
            }
        }
        let names =
            |wanted: &'static str| lines(OUTLETS).filter(move |(section, _)| *section == wanted).map(|(_, line)| line);
        Lexicon {
            words,
            complements: complements(),
            outlets: names("outlet").collect(),
            agencies: names("agency").collect(),
            outlet_tails: names("outlet_tail").flat_map(str::split_whitespace).collect(),
        }
    }

    /// What a lower-case word can be.
    pub(crate) fn word(&self, lower: &str) -> Word {
        self.words.get(lower).copied().unwrap_or_default()
    }

    /// The prepositions behind a verb (its base form), a noun or an adjective; `None` where the word is not listed.
    pub(crate) fn complements(&self, section: &str, word: &str) -> Option<&[&'static str]> {
        self.complements.get(section)?.get(word).map(Vec::as_slice)
    }

    /// Whether a name without article is one of the listed agencies.
    pub(crate) fn is_agency(&self, name: &str) -> bool {
        self.agencies.contains(name)
    }

    /// Whether a name without article is a listed outlet or ends like the name of one.
    pub(crate) fn is_outlet(&self, name: &str) -> bool {
        self.outlets.contains(name)
            || name.rsplit_once(' ').is_some_and(|(_, last)| self.outlet_tails.contains(last))
                && name.chars().next().is_some_and(char::is_uppercase)
    }
}

fn complements() -> Complements {
    let mut found = Complements::default();
    for (section, line) in lines(COMPLEMENTS) {
        let mut words = line.split_whitespace();
        if let Some(word) = words.next() {
            found.entry(section).or_default().insert(word, words.collect());
        }
    }
    found
}

fn add_form(word: &mut Word, lemma: &'static str, frame: Frame, form: u8) {
    let verb = word.verb.get_or_insert(Verb { lemma, frames: frame, inflection: Inflection::default() });
    verb.frames = verb.frames | frame;
    verb.inflection.0 |= form;
}

/// The lines of a word list, each with the section it stands in; blank lines and comments left out.
fn lines(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut section = "";
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).filter_map(move |line| {
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(name) => {
                section = name;
                None
            }
            None => Some((section, line)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_has_a_meaning() {
        let classes = lines(GRAMMAR).chain(lines(NOUNS)).filter(|(section, _)| Class::of_section(section).is_none());
        let frames = lines(VERBS).filter(|(section, _)| Frame::of_section(section).is_none());
        assert_eq!(classes.chain(frames).next(), None);
    }

    #[test]
    fn verbs_have_five_forms() {
        for (_, line) in lines(VERBS) {
            assert_eq!(line.split_whitespace().count(), 5, "{line}");
        }
    }

    #[test]
    fn words() {
        let said = ENGLISH.word("said").verb.expect("a verb");
        assert_eq!(said.lemma, "say");
        assert!(said.frames.any(Frame::Say) && said.inflection.can_be(Inflection::PAST));
        assert!(ENGLISH.word("who").class.any(Class::Relative));
        assert!(ENGLISH.is_outlet("Springfield Gazette") && !ENGLISH.is_outlet("a Gazette"));
    }
}
