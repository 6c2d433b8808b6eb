//! A query in the words of the index.

use super::query::{Expression, Field, Query, Term};
use super::stems::Stems;
use super::terms::Terms;
use crate::Error;

/// Makes queries into those of the index: each word under the stems of every language there is, since nobody says in
/// which one a query is written.
pub(crate) struct Matching<'m> {
    query: &'m Query,
    stems: Vec<Stems>,
    plain: Stems,
    terms: Terms<'m>,
}

impl<'m> Matching<'m> {
    pub(crate) fn new(query: &'m Query, languages: &[String], terms: Terms<'m>) -> Matching<'m> {
        let stems = languages.iter().map(|language| Stems::of(Some(language))).collect();
        Matching { query, stems, plain: Stems::of(None), terms }
    }

    /// The query of the index; nothing in it comes from a person but letters and digits in quotation marks. The error says
    /// which beginning stands for too many words.
    pub(crate) fn expression(&self, expression: &Expression) -> Result<String, Error> {
        let list = |all: &[Expression], between: &str| {
            let all = all.iter().map(|one| self.expression(one)).collect::<Result<Vec<String>, Error>>()?;
            Ok(format!("({})", all.join(between)))
        };
        match expression {
            Expression::Term(term) => self.term(term),
            Expression::And(all) => list(all, " AND "),
            Expression::Or(all) => list(all, " OR "),
            Expression::Not(all, without) => {
                Ok(format!("({} NOT {})", self.expression(all)?, self.expression(without)?))
            }
        }
    }

    fn term(&self, term: &Term) -> Result<String, Error> {
        let columns = match term.field {
            Field::Anywhere => "{title body outlet}",
            Field::Title => "title",
            Field::Text => "body",
            Field::Name => "name",
            Field::Outlet => "outlet",
            Field::Origin => "origin",
            Field::Language => "language",
        };
        let mut lines = vec![self.plain.line(&term.text)];
        if is_bent(term.field) {
            lines.extend(self.stems.iter().map(|stems| stems.line(&term.text)));
        }
        if term.is_prefix {
            keep_near(&mut lines);
        }
        let mut phrases: Vec<String> = Vec::new();
        for line in lines.iter().map(|line| line.trim_end()) {
            if term.is_prefix {
                phrases.extend(self.begun(line)?.ok_or_else(|| self.query.too_wide(term))?);
            } else {
                phrases.push(format!("\"{line}\""));
            }
        }
        phrases.sort_unstable();
        phrases.dedup();
        Ok(format!("{columns} : ({})", phrases.join(" OR ")))
    }

    /// A line whose last word is the beginning of one: once for each word it begins, or as it stands where it begins none;
    /// `None` where it begins too many.
    fn begun(&self, line: &str) -> Result<Option<Vec<String>>, Error> {
        let (before, start) = line.rsplit_once(' ').map_or(("", line), |(before, _)| line.split_at(before.len() + 1));
        let Some(terms) = self.terms.beginning(start)? else { return Ok(None) };
        let begun: Vec<String> = terms.iter().map(|term| format!("\"{before}{term}\"")).collect();
        Ok(Some(if begun.is_empty() { vec![format!("\"{line}\"")] } else { begun }))
    }
}

/// Whether the words of a field are kept as stems.
pub(super) fn is_bent(field: Field) -> bool {
    matches!(field, Field::Anywhere | Field::Title | Field::Text)
}

/// Of the stems of the beginning of a word those that take no more than a letter away: "ferry*" is looked for as "ferri*"
/// too, but "running*" not as "run*".
fn keep_near(lines: &mut Vec<String>) {
    let length = lines.first().map_or(0, String::len);
    lines.retain(|line| line.len() + 1 >= length);
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;

    #[test]
    fn queries_of_the_index() {
        let connection = Connection::open_in_memory().expect("a database");
        let terms = ["dock", "docker", "ferri", "ferrybird", "ferryman"].into_iter().map(str::to_owned);
        let terms = terms.chain((0..3_000).map(|number| format!("x{number}")));
        connection.execute_batch("CREATE TABLE terms (term TEXT PRIMARY KEY)").expect("a table");
        for term in terms {
            connection.execute("INSERT INTO terms VALUES (?1)", [term]).expect("a term");
        }
        let expression = |query: &str, terms| {
            let query = Query::parse(query).expect("a query");
            let matching = Matching::new(&query, &["en".to_owned(), "de".to_owned()], terms);
            matching.expression(query.words.as_ref().expect("words"))
        };
        let check = |query: &str, expected: &str| {
            assert_eq!(expression(query, Terms::of(&connection)).expect("terms"), expected);
        };
        check("ferries", r#"{title body outlet} : ("ferri" OR "ferries")"#);
        check("ferry*", r#"{title body outlet} : ("ferri" OR "ferrybird" OR "ferryman")"#);
        check("text:dock*", r#"body : ("dock" OR "docker")"#);
        check("name:the-dock*", r#"name : ("the dock" OR "the docker")"#);
        check("name:quay*", r#"name : ("quay")"#);
        check(
            "name:x299*",
            r#"name : ("x299" OR "x2990" OR "x2991" OR "x2992" OR "x2993" OR "x2994" OR "x2995" OR "x2996" OR "x2997" OR "x2998" OR "x2999")"#,
        );
        let wide = expression("dock* name:x*", Terms::of(&connection)).expect_err("too many words").to_string();
        assert!(wide.contains("too many words begin with “x”; write more of it"), "{wide}");
        let words = ["docker", "x1"].map(str::to_owned).into();
        let of_article = expression("text:dock* name:x*", Terms::of_article(&connection, words)).expect("terms");
        assert_eq!(of_article, r#"(body : ("dock" OR "docker") AND name : ("x1"))"#);
        check("title:\"The Häfen\" NOT name:Gates", r#"(title : ("the haf" OR "the hafen") NOT name : ("gates"))"#);
        check("a OR origin:b", r#"({title body outlet} : ("a") OR origin : ("b"))"#);
    }
}
