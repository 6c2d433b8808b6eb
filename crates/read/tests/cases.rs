//! The case files: text with the kind of every block before it, held against what is found.

use twosource_read::{Hints, label_blocks};

/// A case: its name, the text, and the kinds and words expected.
struct Case {
    name: String,
    text: String,
    expected: Vec<(String, String)>,
}

fn cases(file: &str) -> Vec<Case> {
    let parts = file.split("\n=== ").skip(1);
    parts.map(|part| case(part.split_once('\n').expect("a case has a name and lines"))).collect()
}

fn case((name, lines): (&str, &str)) -> Case {
    let mut case = Case { name: name.to_owned(), text: String::new(), expected: Vec::new() };
    for line in lines.trim_end().lines() {
        if line.is_empty() {
            case.text.push('\n');
            continue;
        }
        let (glued, line) = line.strip_prefix("+ ").map_or((false, line), |line| (true, line));
        let (kind, words) = line.split_once(" | ").unwrap_or_else(|| panic!("{name}: no kind before “{line}”"));
        let newline = if case.text.is_empty() || glued { "" } else { "\n" };
        case.text.push_str(if glued { " " } else { newline });
        case.text.push_str(words);
        case.expected.push((kind.trim().to_owned(), words.to_owned()));
    }
    case
}

fn check(case: &Case) -> Result<(), String> {
    let blocks = label_blocks(&case.text, &Hints::default());
    let found: Vec<_> =
        blocks.iter().map(|block| (block.kind.as_str().to_owned(), block.span.of(&case.text).to_owned())).collect();
    let show = |blocks: &[(String, String)]| -> String {
        blocks.iter().map(|(kind, words)| format!("    {kind} | {words}\n")).collect()
    };
    let message = || format!("=== {}\n  expected\n{}  found\n{}", case.name, show(&case.expected), show(&found));
    if found == case.expected { Ok(()) } else { Err(message()) }
}

#[test]
fn labels() {
    let cases = cases(include_str!("../cases/en/labels.txt"));
    assert!(cases.len() > 10, "the case file was not cut into cases");
    let wrong: Vec<String> = cases.iter().filter_map(|case| check(case).err()).collect();
    assert!(wrong.is_empty(), "{} of {} cases\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
