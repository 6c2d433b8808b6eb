//! A query in the words of the index.

use super::query::{Expression, Field, Term};
use super::stems::Stems;

/// Makes queries into those of the index: each word under the stems of every language there is, since nobody says in
/// which one a query is written.
pub(crate) struct Matching {
    stems: Vec<Stems>,
    plain: Stems,
}

impl Matching {
    pub(crate) fn new(languages: &[String]) -> Matching {
        let stems = languages.iter().map(|language| Stems::of(Some(language))).collect();
        Matching { stems, plain: Stems::of(None) }
    }

    /// The query of the index; nothing in it comes from a person but letters and digits in quotation marks.
    pub(crate) fn expression(&self, expression: &Expression) -> String {
        let list = |all: &[Expression], between: &str| {
            let all: Vec<String> = all.iter().map(|one| self.expression(one)).collect();
            format!("({})", all.join(between))
        };
        match expression {
            Expression::Term(term) => self.term(term),
            Expression::And(all) => list(all, " AND "),
            Expression::Or(all) => list(all, " OR "),
            Expression::Not(all, without) => format!("({} NOT {})", self.expression(all), self.expression(without)),
        }
    }

    fn term(&self, term: &Term) -> String {
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
        let star = if term.is_prefix { " *" } else { "" };
        let lines: Vec<String> = lines.iter().map(|line| format!("\"{}\"{star}", line.trim_end())).collect();
        format!("{columns} : ({})", lines.join(" OR "))
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
    use super::super::query::Query;
    use super::*;

    #[test]
    fn queries_of_the_index() {
        let matching = Matching::new(&["en".to_owned(), "de".to_owned()]);
        let check = |query: &str, expected: &str| {
            let query = Query::parse(query).expect("a query");
            assert_eq!(matching.expression(&query.words.expect("words")), expected);
        };
        check("ferries", r#"{title body outlet} : ("ferri" OR "ferries")"#);
        check("ferry*", r#"{title body outlet} : ("ferri" * OR "ferry" *)"#);
        check("title:\"The Häfen\" NOT name:Gates", r#"(title : ("the haf" OR "the hafen") NOT name : ("gates"))"#);
        check("a OR origin:b", r#"({title body outlet} : ("a") OR origin : ("b"))"#);
    }
}
