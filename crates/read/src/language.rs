//! The language of a text, from its body; unsure is no answer.

use twosource_model::{Article, BlockKind};
use whatlang::Lang;

/// Enough letters for trigrams to tell languages apart.
const SHORTEST: usize = 60;
/// More text does not make the answer surer.
const LONGEST: usize = 3000;

/// ISO 639-1 code of the language of the body.
pub(crate) fn language(article: &Article) -> Option<String> {
    let info = detected(article)?;
    let sure = info.is_reliable() || info.confidence() > 0.5;
    sure.then(|| code(info.lang()))?.map(str::to_owned)
}

/// The language of the body where it is clearly another than the one a page says it is in.
///
/// Rather a wrong hint believed than a right one overruled: the detector must be sure, must know the language of the
/// hint, and must not be known to take one of the two for the other.
pub(crate) fn clearly_other(article: &Article, hint: &str) -> Option<String> {
    const ALIKE: &[&[&str]] = &[
        &["da", "nb", "nn", "no", "sv"],
        &["bs", "hr", "sl", "sr"],
        &["cs", "sk"],
        &["ca", "es", "gl", "pt"],
        &["be", "bg", "mk", "ru", "sr", "uk"],
        &["id", "jv", "ms"],
        &["hi", "mr", "ne"],
        &["fa", "ur"],
        &["af", "nl"],
    ];
    let info = detected(article)?;
    let found = code(info.lang())?;
    let is_known = Lang::all().iter().filter_map(|lang| code(*lang)).any(|code| code == hint);
    let confused = ALIKE.iter().any(|group| group.contains(&found) && group.contains(&hint));
    let clear = found != hint && is_known && !confused && info.is_reliable() && info.confidence() > 0.9;
    clear.then(|| found.to_owned())
}

/// What the detector says of the body, where that has letters enough.
fn detected(article: &Article) -> Option<whatlang::Info> {
    let mut body = String::new();
    for block in article.blocks.iter().filter(|block| block.kind.is_body() || block.kind == BlockKind::Standfirst) {
        body.push_str(block.span.of(&article.text));
        body.push('\n');
        if body.len() > LONGEST {
            break;
        }
    }
    whatlang::detect(&body).filter(|_| body.chars().filter(|c| c.is_alphabetic()).count() >= SHORTEST)
}

/// The two-letter code of a tag such as "en-GB", "EN", "eng" or "English".
pub(crate) fn code_of_tag(tag: &str) -> Option<String> {
    let head = tag.trim().split(['-', '_']).next()?.to_lowercase();
    match head.len() {
        2 if head.is_ascii() => Some(head),
        3 => Lang::from_code(&head).and_then(code).map(str::to_owned),
        _ => Lang::all()
            .iter()
            .find(|lang| lang.eng_name().to_lowercase() == head)
            .and_then(|lang| code(*lang))
            .map(str::to_owned),
    }
}

/// ISO 639-3, which the detector speaks, to ISO 639-1.
fn code(lang: Lang) -> Option<&'static str> {
    const CODES: &[(&str, &str)] = &[
        ("afr", "af"),
        ("aka", "ak"),
        ("amh", "am"),
        ("ara", "ar"),
        ("aze", "az"),
        ("bel", "be"),
        ("ben", "bn"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("cmn", "zh"),
        ("cym", "cy"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("epo", "eo"),
        ("est", "et"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("guj", "gu"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("hye", "hy"),
        ("ind", "id"),
        ("ita", "it"),
        ("jav", "jv"),
        ("jpn", "ja"),
        ("kan", "kn"),
        ("kat", "ka"),
        ("khm", "km"),
        ("kor", "ko"),
        ("lat", "la"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("mal", "ml"),
        ("mar", "mr"),
        ("mkd", "mk"),
        ("mya", "my"),
        ("nep", "ne"),
        ("nld", "nl"),
        ("nob", "nb"),
        ("ori", "or"),
        ("pan", "pa"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("sin", "si"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("sna", "sn"),
        ("spa", "es"),
        ("srp", "sr"),
        ("swe", "sv"),
        ("tam", "ta"),
        ("tel", "te"),
        ("tgl", "tl"),
        ("tha", "th"),
        ("tuk", "tk"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("uzb", "uz"),
        ("vie", "vi"),
        ("yid", "yi"),
        ("zul", "zu"),
    ];
    CODES.iter().find(|(three, _)| *three == lang.code()).map(|(_, two)| *two)
}
