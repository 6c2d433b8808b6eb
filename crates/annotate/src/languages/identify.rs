//! The language of a text that says nothing of it and is too short for a detector: the votes of its commonest words.
//!
//! A text without votes stays English: rather the usual rules on a headline than none. It is another language where
//! that one has several votes and clearly more than English, and unknown where it is written in another script.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::names::lists::{Lists, Sections};

static WORDS: LazyLock<Lists> = LazyLock::new(|| Lists::new(&[include_str!("../../data/identify.txt")]));

/// Languages that vote, English first.
const VOTERS: [&str; 5] = ["en", "de", "es", "fr", "other"];

/// Text beyond this does not make the answer surer.
const LONGEST: usize = 3000;

/// The code of the language of a text: of one that has data, or "" where it is none of them.
pub(crate) fn identify(text: &str) -> &'static str {
    let text = &text[..text.floor_char_boundary(LONGEST)];
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let (mut latin, mut arabic, mut foreign, mut all) = (0, 0, 0, 0);
    for letter in letters {
        all += 1;
        latin += usize::from(letter < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&letter));
        if ('\u{600}'..'\u{700}').contains(&letter) {
            arabic += 1;
            // Letters of Persian, Urdu and others that Arabic does not have.
            foreign += usize::from("پچژگکیےٹڈڑںھ".contains(letter));
        }
    }
    if 2 * arabic > all && foreign == 0 {
        return "ar";
    }
    if 2 * latin < all { "" } else { by_votes(text) }
}

fn by_votes(text: &str) -> &'static str {
    static VOTES: LazyLock<[Sections; VOTERS.len()]> = LazyLock::new(|| VOTERS.map(|voter| WORDS.set(&[voter])));
    let mut votes = [0_usize; VOTERS.len()];
    // Each word once: a table full of "WAR" is not German.
    let mut seen = BTreeSet::new();
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    for word in words.map(str::to_lowercase) {
        let sections = WORDS.of(&word);
        if sections != 0 && seen.insert(word) {
            votes.iter_mut().zip(*VOTES).for_each(|(vote, voter)| *vote += usize::from(sections & voter != 0));
        }
    }
    let best = (1..VOTERS.len()).max_by_key(|&at| (votes[at], std::cmp::Reverse(at))).unwrap_or_default();
    let second = (1..VOTERS.len()).filter(|&at| at != best).map(|at| votes[at]).max().unwrap_or_default();
    match VOTERS[best] {
        _ if votes[best] < 3 || votes[best] <= 2 * votes[0] => "en",
        "other" => "",
        _ if votes[best] == second => "",
        code => code,
    }
}

#[cfg(test)]
mod tests {
    use super::identify;

    #[test]
    fn short_texts() {
        let cases = [
            ("Der Hafen von Nova ist seit dem Morgen geschlossen und bleibt es.", "de"),
            ("El puerto de Nova está cerrado desde la mañana y los barcos no salen.", "es"),
            ("Le port de Nova est fermé depuis ce matin et les bateaux restent à quai.", "fr"),
            ("أعلنت السلطات إغلاق ميناء نوفا", "ar"),
            ("Порт Новы закрыт с утра", ""),
            ("بندر نوفا از صبح بسته است و کشتی‌ها نمی‌روند", ""),
            ("Il porto di Nova è chiuso dal mattino e non si sa quando gli operai torneranno.", ""),
            ("The port of Nova is closed and the ferries do not sail.", "en"),
            ("Nova port closed", "en"),
            ("Berg (0.5 WAR), Holm (0.4 WAR), Moss (0.3 WAR), Fenn (0.3 WAR)", "en"),
            ("Anna Berg, Karl Holm: Berlin, Die Zeit", "en"),
            ("", "en"),
        ];
        for (text, code) in cases {
            assert_eq!(identify(text), code, "{text}");
        }
    }
}
