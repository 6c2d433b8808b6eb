//! Arguments of a tool, checked: assistants make mistakes, and learn from what they are told.

use serde_json::{Map, Value};

/// The arguments as they came.
pub(crate) type Arguments = Map<String, Value>;

/// Some words; `None` where there are none.
pub(crate) fn text<'a>(arguments: &'a Arguments, name: &str) -> Result<Option<&'a str>, String> {
    match arguments.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.trim()).filter(|text| !text.is_empty())),
        Some(_) => Err(format!("{name}: a text is wanted")),
    }
}

/// A whole number from 0 up; also one that came as a text.
pub(crate) fn number(arguments: &Arguments, name: &str) -> Result<Option<u64>, String> {
    let wrong = || format!("{name}: a whole number is wanted");
    match arguments.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Number(number)) => number.as_u64().map(Some).ok_or_else(wrong),
        Some(Value::String(text)) => text.trim().parse().map(Some).map_err(|_| wrong()),
        Some(_) => Err(wrong()),
    }
}

/// A number of entries, at least one and at most so many.
pub(crate) fn limit(arguments: &Arguments, default: usize, most: usize) -> Result<usize, String> {
    let limit = number(arguments, "limit")?.map_or(default, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(limit.clamp(1, most))
}

/// A number that must be there and fits an id.
pub(crate) fn id(arguments: &Arguments, name: &str) -> Result<u64, String> {
    let number = number(arguments, name)?.ok_or_else(|| format!("{name}: is missing"))?;
    u32::try_from(number).map(u64::from).map_err(|_| format!("{name}: no such number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_checked() {
        let given: Value =
            serde_json::from_str(r#"{"q": " ferry ", "limit": 900, "story": "7", "wrong": -1, "none": null}"#)
                .expect("JSON");
        let Value::Object(given) = given else { panic!("an object") };
        assert_eq!(text(&given, "q"), Ok(Some("ferry")));
        assert_eq!(text(&given, "none"), Ok(None));
        assert_eq!(limit(&given, 5, 20), Ok(20));
        assert_eq!(id(&given, "story"), Ok(7));
        assert!(number(&given, "wrong").is_err() && number(&given, "q").is_err() && text(&given, "limit").is_err());
        assert!(id(&given, "none").is_err());
    }
}
