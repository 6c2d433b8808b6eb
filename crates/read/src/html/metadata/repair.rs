//! JSON as pages write it: wrapped in comments, with raw line ends, with a comma too many.

use serde_json::Value;

/// The values of a script: as it stands, else repaired; none where that is not enough.
pub(super) fn values(script: &str) -> Vec<Value> {
    let source = unwrapped(script);
    if let Ok(value) = serde_json::from_str(source) {
        return vec![value];
    }
    let source = if source.contains("&quot;") && !source.contains('"') {
        source.replace("&quot;", "\"").replace("&amp;", "&")
    } else {
        source.to_owned()
    };
    // Several values one after another are read up to the first that is broken.
    serde_json::Deserializer::from_str(&repaired(&source)).into_iter().map_while(Result::ok).take(100).collect()
}

/// Without the comments, CDATA marks and semicolons that stand around JSON in old pages.
fn unwrapped(script: &str) -> &str {
    const OPEN: &[&str] = &["<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "<![CDATA[", "\u{feff}"];
    const CLOSE: &[&str] = &["//-->", "-->", "//]]>", "// ]]>", "/*]]>*/", "]]>", ";"];
    let mut source = script.trim();
    for _ in 0..4 {
        let opened = OPEN.iter().find_map(|mark| source.strip_prefix(mark)).unwrap_or(source).trim_start();
        let closed = CLOSE.iter().find_map(|mark| opened.strip_suffix(mark)).unwrap_or(opened).trim_end();
        if closed.len() == source.len() {
            break;
        }
        source = closed;
    }
    source
}

/// Raw control characters in strings escaped, wrong escapes made right, comments and commas before a bracket removed.
fn repaired(source: &str) -> String {
    let mut out = String::with_capacity(source.len() + 64);
    let mut chars = source.chars().peekable();
    let mut in_string = false;
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                in_string = !in_string;
                out.push(c);
            }
            '\\' if in_string => match chars.next() {
                Some(next @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => out.extend(['\\', next]),
                Some(next) => out.push(next),
                None => {}
            },
            c if in_string && c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            '/' if !in_string && chars.peek() == Some(&'/') => while chars.next_if(|c| *c != '\n').is_some() {},
            '/' if !in_string && chars.peek() == Some(&'*') => {
                let mut last = ' ';
                for c in chars.by_ref().skip(1) {
                    if last == '*' && c == '/' {
                        break;
                    }
                    last = c;
                }
            }
            ']' | '}' if !in_string => {
                let kept = out.trim_end().trim_end_matches(',').len();
                out.truncate(kept);
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(script: &str, expected: &str) {
        let found: Vec<String> = values(script).iter().map(Value::to_string).collect();
        assert_eq!(found.join(" "), expected, "{script}");
    }

    #[test]
    fn json_of_pages() {
        check("<!-- {\"a\":1} //-->", "{\"a\":1}");
        check("//<![CDATA[\n{\"a\":1}\n//]]>", "{\"a\":1}");
        check("{\"a\":[1,2,],\n};", "{\"a\":[1,2]}");
        check("{\"a\":\"one\ntwo\\' \"}", "{\"a\":\"one\\ntwo' \"}");
        check("{// note\n\"a\": /* x */ \"b//c\"}", "{\"a\":\"b//c\"}");
        check("{&quot;a&quot;:1}", "{\"a\":1}");
        check("{\"a\":1}\n{\"b\":2}", "{\"a\":1} {\"b\":2}");
        check("{a:1}", "");
        check(&"[".repeat(100_000), "");
    }
}
