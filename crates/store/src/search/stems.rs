//! Words as they are searched: folded and reduced to the stem of their language.

use rust_stemmers::{Algorithm, Stemmer};
use twosource_model::Span;

/// Characters of a word that are looked at.
const LONGEST: usize = 48;

/// The words of a text with their places: runs of letters and digits, and each character of a script that writes no
/// spaces.
pub(crate) fn words(text: &str) -> impl Iterator<Item = Span> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = rest.find(|&(_, c)| c.is_alphanumeric())?;
        let mut end = start + first.len_utf8();
        if !stands_alone(first) {
            while let Some((at, c)) = rest.next_if(|&(_, c)| belongs(c)) {
                end = at + c.len_utf8();
            }
        }
        Some(Span { start, end })
    })
}

/// Whether a character goes on a word.
fn belongs(c: char) -> bool {
    (c.is_alphanumeric() && !stands_alone(c)) || is_mark(c)
}

/// Whether a character is of a script that writes no spaces: Chinese, Japanese, Thai, Lao, Khmer, Burmese.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Accents that stand after their letter, and the vowel signs of Arabic and Hebrew.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}')
}

/// Makes stems of the words of one language; of one without a stemmer words are only folded.
pub(crate) struct Stems(Option<Stemmer>);

impl Stems {
    pub(crate) fn of(language: Option<&str>) -> Stems {
        Stems(language.and_then(algorithm).map(Stemmer::create))
    }

    /// The stem of a word: one run of letters and digits, in lower case and without accents. Empty for nothing but marks.
    pub(crate) fn stem(&self, word: &str) -> String {
        let lower = word.chars().take(LONGEST).flat_map(char::to_lowercase).collect::<String>();
        match &self.0 {
            Some(stemmer) => folded(&stemmer.stem(&lower)),
            None => folded(&lower),
        }
    }

    /// The stems of all words of a text, each apart by a space.
    pub(crate) fn line(&self, text: &str) -> String {
        let mut line = String::with_capacity(text.len());
        for span in words(text) {
            let stem = self.stem(span.of(text));
            if !stem.is_empty() {
                line.push_str(&stem);
                line.push(' ');
            }
        }
        line
    }
}

/// Without accents and vowel signs; whatever is no letter or digit then is left out.
fn folded(word: &str) -> String {
    if word.is_ascii() {
        return word.chars().filter(char::is_ascii_alphanumeric).collect();
    }
    word.chars().filter(|&c| !is_mark(c)).flat_map(plain).filter(|c| c.is_alphanumeric()).collect()
}

/// A Latin letter without its accent.
fn plain(c: char) -> impl Iterator<Item = char> {
    let letters = match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ'..='ặ' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ'..='ệ' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ị' | 'ỉ' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ọ'..='ợ' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ'..='ự' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' | 'ỳ'..='ỹ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'ά' => "α",
        'έ' => "ε",
        'ή' => "η",
        'ί' | 'ϊ' | 'ΐ' => "ι",
        'ό' => "ο",
        'ύ' | 'ϋ' | 'ΰ' => "υ",
        'ώ' => "ω",
        'ё' => "е",
        'أ' | 'إ' | 'آ' => "ا",
        _ => "",
    };
    letters.chars().chain(letters.is_empty().then_some(c))
}

fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "nl" => Algorithm::Dutch,
        "en" => Algorithm::English,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "es" => Algorithm::Spanish,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_stems() {
        let check = |language: &str, text: &str, expected: &str| {
            assert_eq!(Stems::of(Some(language)).line(text).trim_end(), expected, "{text}");
        };
        check(
            "en",
            "The ferries’ crews were striking; 3.5 million (U.S.)",
            "the ferri crew were strike 3 5 million u s",
        );
        check("de", "Die Fähren der Häfen", "die fahr der haf");
        check("fr", "l’Élysée refuse", "l elys refus");
        check("zh", "渡轮 ferry 停航", "渡 轮 ferry 停 航");
        check("xx", "Straße Łódź e\u{301}te\u{301}", "strasse lodz ete");
        check("en", "«—»", "");
    }
}
