//! What languages are called.

/// Code, a space, the name in English; lines that begin with `#` say what the file is.
const NAMES: &str = include_str!("../data/languages.txt");

/// The English name of a language by its code (ISO 639-1, as articles carry it); `None` for any other code.
pub fn language_name(code: &str) -> Option<&'static str> {
    let mut names = NAMES.lines().filter_map(|line| line.split_once(' '));
    names.find(|(known, _)| *known == code && *known != "#").map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_languages() {
        assert_eq!((language_name("en"), language_name("nb")), (Some("English"), Some("Norwegian Bokmål")));
        assert_eq!((language_name("#"), language_name(""), language_name("EN")), (None, None, None));
        let codes: Vec<&str> = NAMES.lines().skip(1).filter_map(|line| line.split(' ').next()).collect();
        assert!(codes.is_sorted() && codes.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
