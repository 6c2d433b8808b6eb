//! What a person types into the search box.
//!
//! ```text
//! query  = both { "OR" both }
//! both   = one { ["AND"] one | ["AND"] "NOT" one }
//! one    = [field ":"] ( word | word* | "phrase" | "(" query ")" )
//! field  = title | text | name | outlet | origin | language | since | until
//! ```

use jiff::civil::Date;

/// Characters of a query.
const LONGEST: usize = 2_000;

/// Depth of brackets.
const DEEPEST: usize = 32;

/// Words and phrases.
const MOST_TERMS: usize = 64;

/// A query that can be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// What was typed.
    pub(crate) text: String,
    /// What an article must hold; `None` where only days are asked for.
    pub(crate) words: Option<Expression>,
    /// The first day.
    pub(crate) since: Option<Date>,
    /// The last day.
    pub(crate) until: Option<Date>,
}

/// What an article must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expression {
    Term(Term),
    And(Vec<Expression>),
    Or(Vec<Expression>),
    /// The first, but not the second.
    Not(Box<Expression>, Box<Expression>),
}

/// A word, the beginning of one, or a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) field: Field,
    pub(crate) text: String,
    pub(crate) is_prefix: bool,
    /// The character of the query it starts with.
    pub(crate) at: usize,
}

/// Where a term is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Anywhere,
    Title,
    Text,
    Name,
    Outlet,
    Origin,
    Language,
}

/// Why a query cannot be understood, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}\n  {}\n  {}^", self.shown(), " ".repeat(self.at))]
pub struct QueryError {
    query: String,
    /// The character it is about, counted from 0.
    pub at: usize,
    /// What is wrong, and the way out.
    pub message: String,
}

impl QueryError {
    /// The query on one line: a character for each of its own.
    fn shown(&self) -> String {
        self.query.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
    }
}

impl Query {
    /// Reads a query; the error points at the character where it stops making sense.
    ///
    /// ```
    /// use twosource_store::Query;
    /// assert!(Query::parse("ferry AND origin:\"Nova Post\" since:2025-11").is_ok());
    /// assert_eq!(Query::parse("ferry OR").unwrap_err().at, 8);
    /// ```
    pub fn parse(query: &str) -> Result<Query, QueryError> {
        let pieces = pieces(query)?;
        let mut parser = Parser { query, pieces, next: 0, depth: 0, terms: 0, since: None, until: None };
        let words = parser.either(Field::Anywhere)?;
        match parser.peek() {
            Some(Piece { kind: Kind::Close, at }) => Err(parser.error(*at, "there is no “(” to this “)”")),
            _ if words.is_none() && parser.since.is_none() && parser.until.is_none() => {
                Err(parser.error(0, "nothing to search for; give a word"))
            }
            _ => Ok(Query { text: query.to_owned(), words, since: parser.since, until: parser.until }),
        }
    }

    /// That the words that begin like one of the query are too many to look for.
    pub(crate) fn too_wide(&self, term: &Term) -> QueryError {
        error(&self.text, term.at, format!("too many words begin with “{}”; write more of it", term.text))
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    kind: Kind,
    /// The character it starts with.
    at: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Open,
    Close,
    And,
    Or,
    Not,
    /// "outlet:", with nothing between it and what follows.
    Field(String),
    Word(String),
    Phrase(String),
}

fn error(query: &str, at: usize, message: impl Into<String>) -> QueryError {
    QueryError { query: query.chars().take(LONGEST).collect(), at, message: message.into() }
}

/// Cuts a query into its pieces.
fn pieces(query: &str) -> Result<Vec<Piece>, QueryError> {
    let characters: Vec<char> = query.chars().collect();
    if characters.len() > LONGEST {
        return Err(error(query, LONGEST, format!("longer than {LONGEST} characters; search for less at once")));
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let start = at;
        let kind = match characters[at] {
            c if c.is_whitespace() || c.is_control() => {
                at += 1;
                continue;
            }
            '(' => Kind::Open,
            ')' => Kind::Close,
            c if is_mark(c) => {
                let end = characters[at + 1..].iter().position(|&c| is_mark(c));
                let end = end.ok_or_else(|| error(query, start, "there is no second quotation mark to this one"))?;
                at += end + 1;
                Kind::Phrase(characters[start + 1..at].iter().collect())
            }
            _ => {
                let ends = |&c: &char| c.is_whitespace() || c.is_control() || matches!(c, '(' | ')') || is_mark(c);
                let length = characters[at..].iter().position(ends).unwrap_or(characters.len() - at);
                let word: String = characters[at..at + length].iter().collect();
                let (kind, taken) = word_or_field(word);
                at += taken.saturating_sub(1);
                kind
            }
        };
        pieces.push(Piece { kind, at: start });
        at += 1;
    }
    Ok(pieces)
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

/// A word of the grammar, a field, or a word; with how many characters it takes.
fn word_or_field(word: String) -> (Kind, usize) {
    let length = word.chars().count();
    let field = word.split_once(':').map(|(field, _)| field).unwrap_or_default();
    match word.as_str() {
        "AND" | "&&" => (Kind::And, length),
        "OR" | "||" => (Kind::Or, length),
        "NOT" => (Kind::Not, length),
        _ if !field.is_empty() && field.chars().all(|c| c.is_ascii_alphabetic()) => {
            (Kind::Field(field.to_lowercase()), field.len() + 1)
        }
        _ => (Kind::Word(word), length),
    }
}

struct Parser<'q> {
    query: &'q str,
    pieces: Vec<Piece>,
    next: usize,
    depth: usize,
    terms: usize,
    since: Option<Date>,
    until: Option<Date>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Piece> {
        self.pieces.get(self.next)
    }

    fn take(&mut self, kind: &Kind) -> Option<usize> {
        let at = self.peek().filter(|piece| piece.kind == *kind)?.at;
        self.next += 1;
        Some(at)
    }

    fn error(&self, at: usize, message: impl Into<String>) -> QueryError {
        error(self.query, at, message)
    }

    /// Where the next piece starts, or the query ends.
    fn here(&self) -> usize {
        self.peek().map_or_else(|| self.query.chars().count(), |piece| piece.at)
    }

    /// Alternatives; `None` where there are only days.
    fn either(&mut self, field: Field) -> Result<Option<Expression>, QueryError> {
        let mut all = Vec::from_iter(self.both(field)?);
        let mut days_before = all.is_empty();
        while let Some(at) = self.take(&Kind::Or) {
            if matches!(self.peek().map(|piece| &piece.kind), None | Some(Kind::Close | Kind::Or)) {
                return Err(self.error(self.here(), "a word is missing here"));
            }
            let next = self.both(field)?;
            days_before |= next.is_none();
            all.extend(next);
            if days_before {
                return Err(self.error(at, "OR stands between two words; days and NOT go around the whole"));
            }
        }
        Ok(only(all, Expression::Or))
    }

    /// What must be there together; `None` where there are only days.
    fn both(&mut self, field: Field) -> Result<Option<Expression>, QueryError> {
        let (mut all, mut without) = (Vec::new(), Vec::new());
        let mut first_not = None;
        loop {
            let is_and = self.take(&Kind::And).is_some();
            let not = self.take(&Kind::Not);
            match self.peek().map(|piece| &piece.kind) {
                None | Some(Kind::Close | Kind::Or) if !is_and && not.is_none() => break,
                None | Some(Kind::Close | Kind::Or | Kind::And | Kind::Not) => {
                    return Err(self.error(self.here(), "a word is missing here"));
                }
                Some(_) => {}
            }
            match (self.one(field)?, not) {
                (Some(one), Some(at)) => {
                    first_not = first_not.or(Some(at));
                    without.push(one);
                }
                (Some(one), None) => all.push(one),
                (None, Some(at)) => return Err(self.error(at, "NOT goes before words, not before days")),
                (None, None) => {}
            }
        }
        match (only(all, Expression::And), only(without, Expression::Or), first_not) {
            (None, Some(_), Some(at)) => Err(self.error(at, "NOT takes away from other words; give one more")),
            (Some(all), Some(without), _) => Ok(Some(Expression::Not(Box::new(all), Box::new(without)))),
            (all, _, _) => Ok(all),
        }
    }

    /// A word, a phrase, brackets, each perhaps in a field; `None` for a day, which is kept.
    fn one(&mut self, field: Field) -> Result<Option<Expression>, QueryError> {
        let Some(Piece { kind, at }) = self.peek().cloned() else {
            return Err(self.error(self.here(), "a word is missing here"));
        };
        self.next += 1;
        match kind {
            Kind::Open => self.brackets(field, at).map(Some),
            Kind::Word(word) => self.word(field, &word, at).map(Some),
            Kind::Phrase(text) => self.term(Term { field, text, is_prefix: false, at }).map(Some),
            Kind::Field(name) if name == "since" || name == "until" => self.day(&name, at).map(|()| None),
            Kind::Field(name) => self.in_field(&name, at).map(Some),
            Kind::Close | Kind::And | Kind::Or | Kind::Not => Err(self.error(at, "a word is missing here")),
        }
    }

    fn brackets(&mut self, field: Field, at: usize) -> Result<Expression, QueryError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.error(at, format!("brackets are nested deeper than {DEEPEST}")));
        }
        let days = (self.since, self.until);
        let within = self.either(field)?;
        if (self.since, self.until) != days {
            return Err(self.error(at, "since: and until: go around the whole, not into brackets"));
        }
        self.depth -= 1;
        match (self.take(&Kind::Close), within) {
            (None, _) => Err(self.error(at, "there is no “)” to this “(”")),
            (Some(close), None) => Err(self.error(close, "a word is missing here")),
            (Some(_), Some(within)) => Ok(within),
        }
    }

    fn word(&mut self, field: Field, word: &str, at: usize) -> Result<Expression, QueryError> {
        let is_prefix = word.ends_with('*');
        self.term(Term { field, text: word.trim_end_matches('*').to_owned(), is_prefix, at })
    }

    fn term(&mut self, term: Term) -> Result<Expression, QueryError> {
        self.terms += 1;
        if self.terms > MOST_TERMS {
            return Err(self.error(term.at, format!("more than {MOST_TERMS} words and phrases")));
        }
        if !term.text.chars().any(char::is_alphanumeric) {
            return Err(self.error(term.at, "there is no letter or digit in this"));
        }
        Ok(Expression::Term(term))
    }

    fn in_field(&mut self, name: &str, at: usize) -> Result<Expression, QueryError> {
        let field = match name {
            "title" => Field::Title,
            "text" => Field::Text,
            "name" => Field::Name,
            "outlet" => Field::Outlet,
            "origin" => Field::Origin,
            "language" | "lang" => Field::Language,
            _ => {
                let message = format!(
                    "there is no field “{name}”; fields are title, text, name, outlet, origin, language, since, until. \
                     Put words with a colon into quotation marks"
                );
                return Err(self.error(at, message));
            }
        };
        let after = self.here();
        match self.peek().map(|piece| &piece.kind) {
            Some(Kind::Word(_) | Kind::Phrase(_) | Kind::Open) if after == at + name.len() + 1 => {
                self.one(field)?.ok_or_else(|| self.error(after, "a word is missing here"))
            }
            _ => Err(self.error(at + name.len() + 1, format!("“{name}:” needs a word right behind it"))),
        }
    }

    fn day(&mut self, name: &str, at: usize) -> Result<(), QueryError> {
        let place = at + name.len() + 1;
        let wrong = "a day is missing here: 2025-11-14, 2025-11 or 2025";
        let text = match self.peek().map(|piece| piece.kind.clone()) {
            Some(Kind::Word(text) | Kind::Phrase(text)) if self.here() == place => text,
            _ => return Err(self.error(place, wrong)),
        };
        self.next += 1;
        let day = day(&text, name == "until").ok_or_else(|| self.error(place, wrong))?;
        let slot = if name == "since" { &mut self.since } else { &mut self.until };
        if slot.replace(day).is_some() {
            return Err(self.error(at, format!("“{name}:” can be said once")));
        }
        Ok(())
    }
}

/// The first or the last day of a day, month or year.
fn day(text: &str, is_last: bool) -> Option<Date> {
    let mut parts = text.split('-');
    let mut part = |digits: usize| match parts.next() {
        None => Some(None),
        Some(part) if part.len() == digits => part.parse::<i16>().ok().map(Some),
        Some(_) => None,
    };
    let (year, month, day) = (part(4)??, part(2)?, part(2)?);
    let month_of = |month: i16| Date::new(year, i8::try_from(month).ok()?, 1).ok();
    if parts.next().is_some() {
        return None;
    }
    match (month, day, is_last) {
        (Some(month), Some(day), _) => Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok(),
        (Some(month), None, false) => month_of(month),
        (Some(month), None, true) => Some(month_of(month)?.last_of_month()),
        (None, _, false) => Date::new(year, 1, 1).ok(),
        (None, _, true) => Date::new(year, 12, 31).ok(),
    }
}

/// One expression of several.
fn only(mut all: Vec<Expression>, several: fn(Vec<Expression>) -> Expression) -> Option<Expression> {
    if all.len() > 1 { Some(several(all)) } else { all.pop() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(expression: &Expression) -> String {
        let list = |all: &[Expression], word: &str| all.iter().map(shown).collect::<Vec<_>>().join(word);
        match expression {
            Expression::Term(term) => {
                let field = match term.field {
                    Field::Anywhere => String::new(),
                    field => format!("{field:?}:").to_lowercase(),
                };
                format!("{field}{}{}", term.text, if term.is_prefix { "*" } else { "" })
            }
            Expression::And(all) => format!("({})", list(all, " & ")),
            Expression::Or(all) => format!("({})", list(all, " | ")),
            Expression::Not(all, without) => format!("({} - {})", shown(all), shown(without)),
        }
    }

    #[test]
    fn what_is_meant() {
        let check = |query: &str, expected: &str| {
            let parsed = Query::parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
            let days = [parsed.since, parsed.until].into_iter().flatten().map(|day| format!(" {day}"));
            let days: String = days.collect();
            assert_eq!(parsed.words.as_ref().map_or_else(String::new, shown) + &days, expected, "{query}");
        };
        check("ferry", "ferry");
        check("ferry strike OR port", "((ferry & strike) | port)");
        check("ferry AND (strike OR “port of Nova”)", "(ferry & (strike | port of Nova))");
        check("ferry NOT strike AND NOT port", "(ferry - (strike | port))");
        check(
            "origin:Reuters outlet:(Post OR \"Nova Gazette\")",
            "(origin:Reuters & (outlet:Post | outlet:Nova Gazette))",
        );
        check("ferr* since:2025-11 until:2025-11", "ferr* 2025-11-01 2025-11-30");
        check("since:2024 until:2025-02-03", " 2024-01-01 2025-02-03");
        check("10:30 al-Hayya's", "(10:30 & al-Hayya's)");
        check("and or not", "(and & or & not)");
    }

    #[test]
    fn what_is_wrong_and_where() {
        let check = |query: &str, at: usize| match Query::parse(query) {
            Err(error) => assert_eq!(error.at, at, "{query}: {}", error.message),
            Ok(parsed) => panic!("{query}: {parsed:?}"),
        };
        check("", 0);
        check("ferry OR", 8);
        check("ferry AND", 9);
        check("(ferry", 0);
        check("ferry)", 5);
        check("()", 1);
        check("a \"b", 2);
        check("colour:red", 0);
        check("ferry origin:", 13);
        check("origin: Reuters", 7);
        check("NOT ferry", 0);
        check("since:friday x", 6);
        check("x (y since:2025)", 2);
        check("—", 0);
        check("é AND AND b", 6);
        check("since:2025 since:2024", 11);
    }

    #[test]
    fn errors_point() {
        let error = Query::parse("é (ferry").expect_err("an open bracket");
        assert_eq!(error.to_string(), "there is no “)” to this “(”\n  é (ferry\n    ^");
    }

    proptest! {
        #[test]
        fn no_query_makes_it_fail(query in "(\\PC|AND|OR|NOT|[ ():\"*a-z]|since:|origin:){0,60}") {
            if let Err(error) = Query::parse(&query) {
                prop_assert!(error.at <= query.chars().count());
            }
        }
    }
}
