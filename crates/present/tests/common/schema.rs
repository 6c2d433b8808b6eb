//! As much of JSON Schema 2020-12 as our schema uses; a keyword it does not know fails the test.

use serde_json::Value;

/// Every way in which a document breaks the schema, with the path to it.
pub(crate) fn violations(schema: &Value, document: &Value) -> Vec<String> {
    let mut checker = Checker { root: schema, found: Vec::new() };
    checker.check(schema, document, "");
    checker.found
}

struct Checker<'s> {
    root: &'s Value,
    found: Vec<String>,
}

impl Checker<'_> {
    fn check(&mut self, schema: &Value, value: &Value, path: &str) {
        let schema = schema.as_object().unwrap_or_else(|| panic!("{path}: a schema is an object"));
        for (keyword, rule) in schema {
            let holds = match keyword.as_str() {
                "$schema" | "$id" | "$defs" | "title" | "description" => true,
                "$ref" => {
                    let pointer = rule.as_str().and_then(|rule| rule.strip_prefix('#')).expect("a local reference");
                    let target = self.root.pointer(pointer).unwrap_or_else(|| panic!("{pointer} is not there"));
                    self.check(&target.clone(), value, path);
                    true
                }
                "type" => listed(rule).iter().any(|name| is_of(value, name.as_str().expect("a type"))),
                "const" => value == rule,
                "enum" => listed(rule).contains(value),
                "minimum" => value.as_f64() >= rule.as_f64(),
                "maximum" => value.as_f64() <= rule.as_f64(),
                "minLength" => value.as_str().is_none_or(|text| text.chars().count() as u64 >= rule.as_u64().unwrap()),
                "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= rule.as_u64().unwrap()),
                "pattern" => value.as_str().is_none_or(|text| matches(rule.as_str().expect("a pattern"), text)),
                "required" => listed(rule).iter().all(|name| value.get(name.as_str().unwrap()).is_some()),
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(rule, item, &format!("{path}/{index}"));
                    }
                    true
                }
                "properties" => {
                    for (name, rule) in rule.as_object().expect("properties") {
                        if let Some(value) = value.get(name) {
                            self.check(rule, value, &format!("{path}/{name}"));
                        }
                    }
                    true
                }
                "additionalProperties" => {
                    assert_eq!(rule, false, "{path}: only false is known");
                    value.as_object().is_none_or(|members| {
                        members.keys().all(|name| schema["properties"].get(name.as_str()).is_some())
                    })
                }
                "oneOf" => listed(rule).iter().filter(|rule| violates_nothing(self.root, rule, value)).count() == 1,
                _ => panic!("{path}: the keyword {keyword} is not known here"),
            };
            if !holds {
                self.found.push(format!("{path}: {keyword} {rule} does not hold for {value}"));
            }
        }
    }
}

fn violates_nothing(root: &Value, schema: &Value, value: &Value) -> bool {
    let mut checker = Checker { root, found: Vec::new() };
    checker.check(schema, value, "");
    checker.found.is_empty()
}

fn listed(rule: &Value) -> Vec<Value> {
    rule.as_array().cloned().unwrap_or_else(|| vec![rule.clone()])
}

fn is_of(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => panic!("the type {name} is not known here"),
    }
}

/// The patterns of our schema, spelled out: ids and the start of a date.
fn matches(pattern: &str, text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match pattern {
        "^[a-z]+$" => !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase()),
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}" => text.get(..10).is_some_and(|day| {
            let parts: Vec<&str> = day.split('-').collect();
            parts.len() == 3 && parts[0].len() == 4 && parts[1].len() == 2 && parts.iter().all(|part| digits(part))
        }),
        _ => {
            let letter = pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix("[1-9][0-9]*$"));
            let letter = letter.unwrap_or_else(|| panic!("the pattern {pattern} is not known here"));
            text.strip_prefix(letter).is_some_and(|number| digits(number) && !number.starts_with('0'))
        }
    }
}
