//! What one article says by itself.

use crate::article::Article;
use crate::span::Span;
use crate::vocabulary::vocabulary;

/// An article with everything that can be read from it alone. Lists are in text order; indices point within it.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Annotated {
    /// The article, unchanged.
    pub article: Article,
    /// Sentences of every block, body and furniture.
    pub sentences: Vec<Sentence>,
    /// Where people, organisations, places … are named or meant.
    pub mentions: Vec<Mention>,
    /// Who or what the mentions mean, within this article.
    pub entities: Vec<Entity>,
    /// Temporal expressions.
    pub times: Vec<Time>,
    /// Numbers with their units.
    pub quantities: Vec<Quantity>,
    /// What the article puts in another's mouth.
    pub attributions: Vec<Attribution>,
    /// What somebody wants, expects, is for, against or on about, where nothing is asserted: the same three spans, but no
    /// word to go by, so nothing rests on them and claims are not made of them. In text order.
    pub attitudes: Vec<Attribution>,
    /// The pieces of body sentences that say one thing each.
    pub clauses: Vec<Clause>,
}

/// A sentence of one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Without white space around it.
    pub span: Span,
    /// Index into [`Article::blocks`].
    pub block: usize,
}

/// A place in the text where an entity is named or meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The words: for a name the name itself, without title or article ("Brandt", not "Mayor Brandt").
    pub span: Span,
    /// The whole noun phrase around it ("harbour mayor Ada Brandt", "the radical group Open Quay"), equal to `span`
    /// where there is no more.
    pub phrase: Span,
    /// Named, described or by pronoun.
    pub form: MentionForm,
    /// Index into [`Annotated::entities`].
    pub entity: usize,
}

vocabulary! {
    /// How a mention means its entity.
    MentionForm {
        /// By name: "Brandt".
        Name = "name",
        /// By description: "the envoy", "the newspaper", "the dockers' movement".
        Nominal = "nominal",
        /// By pronoun: "he", "they".
        Pronoun = "pronoun",
    }
}

/// A person, organisation, place … that an article mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The fullest name the article uses, in its own words.
    pub name: String,
    /// What it is.
    pub kind: NameKind,
}

vocabulary! {
    /// What a name names.
    NameKind {
        /// A person.
        Person = "person",
        /// A company, authority, party, outlet …
        Organisation = "organisation",
        /// A place.
        Place = "place",
        /// A people, a religion, supporters of something.
        Group = "group",
        /// A named event.
        Event = "event",
        /// Anything else with a name, or unclear.
        Other = "other",
    }
}

/// A temporal expression with its TIMEX3 type and value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// The words, without a preposition ("Friday", not "on Friday").
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value ("2025-11-14", "2025-10", "P2D"), or `None` where it cannot be told.
    pub value: Option<String>,
    /// Whether the value was worked out from a date outside the expression ("Friday") or is in the words ("2011").
    pub worked_out: bool,
}

vocabulary! {
    /// TIMEX3 types.
    TimeKind {
        /// A calendar time of a day or longer.
        Date = "DATE",
        /// A time of day.
        Time = "TIME",
        /// A length of time.
        Duration = "DURATION",
        /// A recurring time.
        Set = "SET",
    }
}

/// A number, how it is bounded, and what it counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The number with its bound and unit: "more than 130,000", "$40 million", "two people".
    pub span: Span,
    /// The value; for "dozens" the least that the word allows (24), with [`Bound::AtLeast`].
    pub value: f64,
    /// The upper end of a range: "five to seven".
    pub upper: Option<f64>,
    /// How the value is bounded.
    pub bound: Bound,
    /// Unit in normal form: "USD", "%", "km", "year"; `None` for a bare count.
    pub unit: Option<String>,
    /// The words for what is counted: "people familiar with his plans".
    pub counted: Option<Span>,
    /// Whether the words are a vague number ("dozens", "several thousand").
    pub vague: bool,
    /// Whether it only picks one of several ("one of the men"): no number that reports could differ in.
    pub one_of: bool,
    /// How it belongs together with the quantity that follows it in the list, if it does.
    pub joint: Option<Joint>,
}

vocabulary! {
    /// How two quantities belong together.
    Joint {
        /// "from $50 to $40", "from 18 to 49": a change or a stretch; the words around tell which.
        FromTo = "from_to",
        /// "52-48": the two sides of a vote or a game.
        Score = "score",
    }
}

vocabulary! {
    /// How a quantity is bounded.
    Bound {
        /// As said.
        Exact = "exact",
        /// "about", "some", "nearly", "roughly".
        About = "about",
        /// "at least", "up from": this or more.
        AtLeast = "at_least",
        /// "more than", "over".
        MoreThan = "more_than",
        /// "at most", "up to": this or fewer.
        AtMost = "at_most",
        /// "fewer than", "under".
        LessThan = "less_than",
    }
}

/// Words that the article puts in another's mouth (the three spans of PolNeAR).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// What is attributed, in text order; never empty.
    pub content: Vec<Span>,
    /// The words for who says it; `None` where there are none ("reportedly").
    pub source: Option<Span>,
    /// The words that make it an attribution ("reported", "according to").
    pub cue: Option<Span>,
    /// Who that is: pronouns, "the newspaper", "the letter" followed back to a name; `None` where it stays unclear.
    pub resolved: Option<String>,
    /// Index into [`Annotated::entities`], where the source is one.
    pub entity: Option<usize>,
    /// What the source is.
    pub kind: SourceKind,
    /// How it holds the content: saying kept apart from believing and the rest.
    pub stance: Stance,
    /// Quoted, reported, or both.
    pub form: Form,
    /// Index of the attribution that this one itself rests on ("…, citing two people"). Never a cycle.
    pub rests_on: Option<usize>,
    /// Set where the attribution is an answer, or none, to a request for comment.
    pub response: Option<Response>,
    /// "did not say", "never claimed".
    pub negated: bool,
}

impl Attribution {
    /// The smallest span with the whole content.
    pub fn content_cover(&self) -> Span {
        self.content.iter().copied().reduce(Span::cover).unwrap_or_default()
    }
}

vocabulary! {
    /// What the source of an attribution is.
    SourceKind {
        /// A newspaper, broadcaster, site.
        Outlet = "outlet",
        /// A news agency.
        Agency = "agency",
        /// A person with a name, also when a description stands for the name.
        NamedPerson = "named_person",
        /// An organisation with a name.
        NamedOrganisation = "named_organisation",
        /// People without a name.
        UnnamedPeople = "unnamed_people",
        /// A letter, filing, report, statement, post.
        Document = "document",
        /// Not to be told from the text.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// How the source of an attribution holds its content.
    Stance {
        /// In words: "said", "according to", "promised".
        Says = "says",
        /// A document or a finding: "the survey shows".
        Shows = "shows",
        /// Without saying it: "believes", "expects", "knows".
        Thinks = "thinks",
        /// To be done: "wants to", "refused to", "urged them to".
        Wants = "wants",
        /// For or against it: "supports", "criticised", "sees it as".
        Judges = "judges",
        /// To nobody in particular: "seems to".
        Seems = "seems",
    }
}

vocabulary! {
    /// How the content is given.
    Form {
        /// Inside quotation marks.
        Direct = "direct",
        /// In the reporter's words.
        Indirect = "indirect",
        /// Partly quoted.
        Mixed = "mixed",
    }
}

vocabulary! {
    /// Answers to a request for comment, kept apart.
    Response {
        /// "declined to comment", "would not say".
        Declined = "declined",
        /// "did not respond", "has not replied".
        NoReply = "no_reply",
        /// "could not be reached".
        CouldNotReach = "could_not_reach",
        /// "denied".
        Denied = "denied",
        /// "confirmed".
        Confirmed = "confirmed",
    }
}

/// A piece of a body sentence that says one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// The words of the clause, one run, without white space around it.
    pub span: Span,
    /// Index into [`Annotated::sentences`].
    pub sentence: usize,
    /// The innermost attribution whose content it belongs to.
    pub attribution: Option<usize>,
    /// Asserted or denied.
    pub polarity: Polarity,
    /// How far it is held to be so.
    pub force: Force,
}

vocabulary! {
    /// Whether a clause affirms or denies.
    Polarity {
        /// Without negation.
        Positive = "positive",
        /// With negation ("not", "never", "no one").
        Negative = "negative",
    }
}

vocabulary! {
    /// How a clause holds what it says.
    Force {
        /// As a fact.
        Asserted = "asserted",
        /// As a plan or intention.
        Planned = "planned",
        /// As possible.
        Possible = "possible",
        /// On a condition.
        Conditional = "conditional",
        /// As a question or request.
        Asked = "asked",
    }
}
