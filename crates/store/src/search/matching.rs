//! A query in the words of the index.

use super::query::{Expression, Field, Term};
use super::stems::Stems;
use super::terms::Terms;

/// Makes queries into those of the index: each word under the stems of every language there is, since nobody says in
/// which one a query is written.
pub(crate) struct Matching<'c> {
    stems: Vec<Stems>,
    plain: Stems,
    terms: Terms<'c>,
}

impl<'c> Matching<'c> {
    /// For one query.
    pub(crate) fn new(languages: &[String], terms: Terms<'c>) -> Matching<'c> {
        let stems = languages.iter().map(|language| Stems::of(Some(language))).collect();
        Matching { stems, plain: Stems::of(None), terms }
    }

    /// The query of the index; nothing in it comes from a person but letters and digits in quotation marks.
    pub(crate) fn expression(&self, expression: &Expression) -> rusqlite::Result<String> {
        let list = |all: &[Expression], between: &str| {
            let all = all.iter().map(|one| self.expression(one)).collect::<rusqlite::Result<Vec<String>>>()?;
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

    fn term(&self, term: &Term) -> rusqlite::Result<String> {
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
        lines.sort_unstable();
        lines.dedup();
        let mut phrases = Vec::new();
        for line in &lines {
            let line = line.trim_end();
            if term.is_prefix {
                phrases.extend(self.begun(line)?);
            } else {
                phrases.push(format!("\"{line}\""));
            }
        }
        phrases.sort_unstable();
        phrases.dedup();
        Ok(format!("{columns} : ({})", phrases.join(" OR ")))
    }

    /// A line whose last word is the beginning of one: once for each word it begins, as far as they can be named.
    fn begun(&self, line: &str) -> rusqlite::Result<Vec<String>> {
        let (before, start) = line.rsplit_once(' ').map_or(("", line), |(before, _)| line.split_at(before.len() + 1));
        let starred = || vec![format!("\"{line}\" *")];
        let Some(terms) = self.terms.beginning(start)?.filter(|terms| !terms.is_empty()) else { return Ok(starred()) };
        Ok(terms.iter().map(|term| format!("\"{before}{term}\"")).collect())
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

    use super::super::query::Query;
    use super::*;

    #[test]
    fn queries_of_the_index() {
        let connection = Connection::open_in_memory().expect("a database");
        let terms = ["dock", "docker", "ferri", "ferrybird", "ferryman"].into_iter().map(str::to_owned);
        let terms = terms.chain((0..300).map(|number| format!("x{number}")));
        connection.execute_batch("CREATE TABLE terms (term TEXT PRIMARY KEY)").expect("a table");
        for term in terms {
            connection.execute("INSERT INTO terms VALUES (?1)", [term]).expect("a term");
        }
        let check = |query: &str, expected: &str| {
            let query = Query::parse(query).expect("a query");
            let matching = Matching::new(&["en".to_owned(), "de".to_owned()], Terms::of(&connection));
            assert_eq!(matching.expression(&query.words.expect("words")).expect("terms"), expected);
        };
        check("ferries", r#"{title body outlet} : ("ferri" OR "ferries")"#);
        check("ferry*", r#"{title body outlet} : ("ferri" OR "ferrybird" OR "ferryman")"#);
        check("text:dock*", r#"body : ("dock" OR "docker")"#);
        check("name:the-dock*", r#"name : ("the dock" OR "the docker")"#);
        check("name:quay*", r#"name : ("quay" *)"#);
        check("name:x*", r#"name : ("x" *)"#);
        check("title:\"The Häfen\" NOT name:Gates", r#"(title : ("the haf" OR "the hafen") NOT name : ("gates"))"#);
        check("a OR origin:b", r#"({title body outlet} : ("a") OR origin : ("b"))"#);
    }
}
