//! Whether the parts of a page that are no body text are kept apart and named: captions, credits, standfirst, headings.
//!
//! A gold block counts only if the page shows its words at all (some parsers take captions from data in scripts): at
//! least four fifths of its rows of three words must stand in the page's text without tags and scripts. A caption or a
//! heading is kept when more than half of its rows stand in blocks of its kind. A caption has leaked when more than
//! half of its rows stand in body blocks; captions whose words the gold body holds too are not counted. A credit is too
//! short for that ("AP"): it has leaked when its words open or close a body block that is not gold body text. Shares
//! are those that did *not* leak, so that floors only rise.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

/// Words that follow one another.
type Rows = BTreeSet<Vec<String>>;

/// A block of gold or of ours: kind and words.
type Named = (String, Vec<String>);

/// Kinds that make claims.
const BODY: &[&str] = &["paragraph", "list_item", "quote", "live_entry"];

/// The shares of gold blocks kept and not leaked, by the names of the figures.
pub(super) fn figures(pages: &Path, gold: &Path, predicted: &Path) -> Result<BTreeMap<String, f64>> {
    let (gold, ours) = (by_id(&read(gold)?)?, by_id(&read(predicted)?)?);
    let mut counts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for (id, page) in by_id(&unpacked(pages)?)? {
        let Some(gold) = gold.get(&id) else { continue };
        let shown: Rows = all_rows(&words(&visible(&text(&page, "html")))).into_iter().collect();
        let found = ours.get(&id).map(our_blocks).unwrap_or_default();
        for (name, held) in judge(&gold_blocks(gold), &found, &shown) {
            let count = counts.entry(name).or_default();
            *count = (count.0 + u32::from(held), count.1 + 1);
        }
    }
    let share =
        |(name, (held, all)): (&str, (u32, u32))| (format!("extract.fundus.{name}"), f64::from(held) / f64::from(all));
    Ok(counts.into_iter().map(share).collect())
}

/// What became of each gold block of a page: the figure it counts for, and whether it was done right.
fn judge(gold: &[Named], ours: &[Named], shown: &Rows) -> Vec<(&'static str, bool)> {
    let of = |blocks: &[Named], kinds: &[&str]| -> Rows {
        let wanted = blocks.iter().filter(|(kind, _)| kinds.contains(&kind.as_str()));
        wanted.flat_map(|(_, words)| all_rows(words)).collect()
    };
    let told = of(gold, &["paragraph", "heading", "standfirst"]);
    let (body, captions) = (of(ours, BODY), of(ours, &["caption", "credit"]));
    let (headings, standfirsts) = (of(ours, &["heading"]), of(ours, &["standfirst"]));
    let mut judged = Vec::new();
    for (kind, words) in gold.iter().filter(|(_, words)| !words.is_empty() && share(words, shown) >= 0.8) {
        match kind.as_str() {
            "caption" if share(words, &told) <= 0.5 => {
                judged.push(("captions_not_leaked", share(words, &body) <= 0.5));
                judged.push(("captions_kept", share(words, &captions) > 0.5));
            }
            "heading" => judged.push(("headings_kept", share(words, &headings) > 0.5)),
            "standfirst" => judged.push(("standfirst_kept", share(words, &standfirsts) > 0.5)),
            "credit" => {
                judged.push(("credits_not_leaked", !ours.iter().any(|block| holds_credit(block, words, &told))))
            }
            _ => {}
        }
    }
    judged
}

/// Whether a body block that is not gold body text opens or closes with a credit.
fn holds_credit((kind, block): &Named, credit: &[String], told: &Rows) -> bool {
    let near = credit.len() + 3;
    let edge = |words: &[String]| words.windows(credit.len()).any(|row| row == credit);
    BODY.contains(&kind.as_str())
        && share(block, told) <= 0.5
        && (edge(&block[..near.min(block.len())]) || edge(&block[block.len().saturating_sub(near)..]))
}

/// The part of the rows of three words that stands among others; of shorter texts the whole is one row.
fn share(words: &[String], among: &Rows) -> f64 {
    let length = words.len().min(3);
    let rows = words.windows(length.max(1));
    let (held, all) = rows.fold((0u32, 0u32), |(held, all), row| (held + u32::from(among.contains(row)), all + 1));
    if all == 0 { 1.0 } else { f64::from(held) / f64::from(all) }
}

/// Every row of one to three words.
fn all_rows(words: &[String]) -> Vec<Vec<String>> {
    (1..=3).flat_map(|length| words.windows(length)).map(<[String]>::to_vec).collect()
}

fn words(text: &str) -> Vec<String> {
    let letters = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    letters.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn gold_blocks(page: &Value) -> Vec<Named> {
    let blocks = page["blocks"].as_array().into_iter().flatten();
    blocks.map(|block| (text(block, "kind"), words(&text(block, "text")))).collect()
}

fn our_blocks(page: &Value) -> Vec<Named> {
    let letters: Vec<char> = page["text"].as_str().unwrap_or_default().chars().collect();
    let number =
        |block: &Value, name: &str| block[name].as_u64().and_then(|at| usize::try_from(at).ok()).unwrap_or_default();
    let blocks = page["blocks"].as_array().into_iter().flatten();
    blocks
        .map(|block| {
            let span = letters.get(number(block, "start")..number(block, "end")).unwrap_or_default();
            (text(block, "kind"), words(&span.iter().collect::<String>()))
        })
        .collect()
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

/// The text of a page without tags, scripts and styles; tags inside words leave no gap.
fn visible(page: &str) -> String {
    const INLINE: &[&str] = &[
        "a", "b", "i", "em", "strong", "span", "font", "mark", "u", "sub", "sup", "small", "abbr", "cite", "q", "s",
        "ruby", "rt", "rp", "rb",
    ];
    let mut out = String::with_capacity(page.len() / 4);
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if rest.starts_with("!--") {
            rest = rest.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let name: String = rest.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        out.push_str(if INLINE.contains(&name.as_str()) { "" } else { " " });
        let opens = !rest.starts_with('/');
        rest = rest.split_once('>').map_or("", |(_, after)| after);
        if opens && ["script", "style", "noscript", "template"].contains(&name.as_str()) {
            let end = rest.find(&format!("</{name}")).or_else(|| rest.find(&format!("</{}", name.to_uppercase())));
            rest = end.map_or("", |end| &rest[end..]);
        }
    }
    out.push_str(rest);
    unescaped(&out)
}

/// The character references that news pages use, named and numbered.
fn unescaped(text: &str) -> String {
    const NAMES: &[(&str, &str)] = &[
        ("amp", "&"),
        ("quot", "\""),
        ("apos", "'"),
        ("nbsp", " "),
        ("rsquo", "’"),
        ("lsquo", "‘"),
        ("ldquo", "“"),
        ("rdquo", "”"),
        ("ndash", "–"),
        ("mdash", "—"),
        ("auml", "ä"),
        ("ouml", "ö"),
        ("uuml", "ü"),
        ("Auml", "Ä"),
        ("Ouml", "Ö"),
        ("Uuml", "Ü"),
        ("szlig", "ß"),
        ("eacute", "é"),
        ("egrave", "è"),
        ("agrave", "à"),
        ("ccedil", "ç"),
        ("aacute", "á"),
        ("iacute", "í"),
        ("oacute", "ó"),
        ("uacute", "ú"),
        ("ntilde", "ñ"),
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let reference: String = rest[at + 1..].chars().take(10).take_while(|c| *c != ';').collect();
        let number = reference.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        });
        let named = NAMES.iter().find(|(name, _)| *name == reference.as_str()).map(|(_, shown)| (*shown).to_owned());
        match number.and_then(char::from_u32).map(String::from).or(named) {
            Some(shown) => {
                out.push_str(&shown);
                rest = rest[at + 1 + reference.len()..].trim_start_matches(';');
            }
            None => {
                out.push('&');
                rest = &rest[at + 1..];
            }
        }
    }
    out + rest
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn unpacked(path: &Path) -> Result<String> {
    let mut text = String::new();
    let file = std::fs::File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
    flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text)?;
    Ok(text)
}

fn by_id(lines: &str) -> Result<BTreeMap<String, Value>> {
    let records = lines.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str::<Value>);
    records.map(|record| record.map(|record| (text(&record, "id"), record)).context("a line is no JSON")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(given: &[(&str, &str)]) -> Vec<Named> {
        given.iter().map(|(kind, text)| ((*kind).to_owned(), words(text))).collect()
    }

    #[test]
    fn what_is_kept_and_what_has_leaked() {
        let page = "<p>The ferry stops in May.</p><figcaption>The pier of Nova in spring</figcaption><span>Anna Berg</span><h2>No bridge</h2>";
        let shown: Rows = all_rows(&words(&visible(page))).into_iter().collect();
        let gold = blocks(&[
            ("paragraph", "The ferry stops in May."),
            ("caption", "The pier of Nova in spring"),
            ("credit", "Anna Berg"),
            ("heading", "No bridge"),
            ("caption", "Never shown on the page at all"),
        ]);
        let ours = blocks(&[
            ("paragraph", "The ferry stops in May."),
            ("paragraph", "The pier of Nova in spring. Photo: Anna Berg"),
            ("heading", "No bridge"),
        ]);
        assert_eq!(
            judge(&gold, &ours, &shown),
            [
                ("captions_not_leaked", false),
                ("captions_kept", false),
                ("credits_not_leaked", false),
                ("headings_kept", true)
            ]
        );
    }

    #[test]
    fn the_text_of_a_page() {
        assert_eq!(words(&visible("<script>a</script>b<b>c</b>&auml;<p>d&#101;&x")), ["bcä", "de", "x"]);
    }
}
