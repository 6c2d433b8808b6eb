//! The tools: functions from a store and arguments to JSON. An error is a message for the assistant.

mod article;
mod comparison;
mod search;

use serde_json::Value;
use twosource_model::Meaning;
use twosource_store::Store;

use crate::arguments::Arguments;

/// What the tools work with.
pub(crate) struct Desk {
    pub(crate) store: Store,
    pub(crate) meaning: Box<dyn Meaning>,
}

impl Desk {
    /// How stories are compared: with the outlets and families of the store.
    pub(crate) fn method(&self) -> Result<twosource_engine::Method<'_>, twosource_store::Error> {
        twosource_engine::Method::of_store(&self.store, &*self.meaning)
    }
}

/// A tool and what clients are told about it.
pub(crate) struct Described {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) description: &'static str,
    /// The JSON Schema of its arguments.
    pub(crate) arguments: &'static str,
    pub(crate) call: fn(&Desk, &Arguments) -> Result<Value, String>,
}

/// All tools.
pub(crate) const TOOLS: &[Described] = &[
    Described {
        name: "search_stories",
        title: "Search stories",
        description: "Finds stories whose reports hold some words, the latest first; the latest stories of all where no \
                      query is given. Each comes with how many independent origins stand behind its lead claim, its \
                      outlets, and how its reports differ.",
        arguments: r#"{"type": "object", "properties": {
            "query": {"type": "string", "description": "Words, \"phrases\", AND, OR, NOT, (brackets), begin*, and fields: title:, text:, name:, outlet:, origin: (whose word a report gives), language:, since:2025-11-14, until:2025-11."},
            "limit": {"type": "integer", "minimum": 1, "maximum": 20, "description": "Stories at most; 5 unless said otherwise."}
        }}"#,
        call: search::stories,
    },
    Described {
        name: "get_story",
        title: "Get a story",
        description: "The comparison of a story's reports without their texts: the verdict, the claims with every \
                      report's own wording and the origins behind them, the differences, who draws on whom.",
        arguments: r#"{"type": "object", "required": ["story"], "properties": {
            "story": {"type": "integer", "description": "The number of the story."},
            "limit": {"type": "integer", "minimum": 1, "maximum": 100, "description": "Claims and differences at most; 20 unless said otherwise. The shared claims come first."}
        }}"#,
        call: comparison::story,
    },
    Described {
        name: "get_article",
        title: "Get an article",
        description: "An article with its metadata, its text from a place on, and who says what in it.",
        arguments: r#"{"type": "object", "required": ["article"], "properties": {
            "article": {"type": ["integer", "string"], "description": "Its number, or its address."},
            "from": {"type": "integer", "minimum": 0, "description": "The code point to begin with; 0 unless said otherwise."},
            "limit": {"type": "integer", "minimum": 1, "maximum": 20000, "description": "Code points at most; 8000 unless said otherwise."}
        }}"#,
        call: article::get,
    },
    Described {
        name: "whose_word",
        title: "Whose word is this claim?",
        description: "Follows a claim of a story back through every attribution the reports give: who says it in which \
                      report, what that rests on, and how many independent origins are at the end.",
        arguments: r#"{"type": "object", "required": ["story", "claim"], "properties": {
            "story": {"type": "integer", "description": "The number of the story."},
            "claim": {"type": "string", "description": "The claim's id, such as c1, or words of it as a report has them."}
        }}"#,
        call: comparison::whose_word,
    },
    Described {
        name: "compare",
        title: "Compare reports",
        description: "Compares reports as those of one story: articles of the store by their numbers, or texts that are \
                      given. Nothing is kept.",
        arguments: r#"{"type": "object", "properties": {
            "articles": {"type": "array", "items": {"type": "integer"}, "maxItems": 20, "description": "Numbers of articles of the store."},
            "reports": {"type": "array", "maxItems": 20, "description": "Reports as they were published.", "items": {"type": "object", "required": ["text"], "properties": {
                "text": {"type": "string"}, "title": {"type": "string"}, "outlet": {"type": "string"}, "published": {"type": "string"}, "url": {"type": "string"}}}},
            "limit": {"type": "integer", "minimum": 1, "maximum": 100, "description": "Claims and differences at most; 20 unless said otherwise."}
        }}"#,
        call: comparison::compare,
    },
];

/// What went wrong, for the assistant.
pub(crate) fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}
