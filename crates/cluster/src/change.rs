//! What the coming of an article changed.

/// Where an article went.
#[derive(Clone, Debug, PartialEq)]
pub struct Placement {
    /// The story it belongs to, after the changes.
    pub story: u64,
    /// Whether it is the first article of that story.
    pub founded: bool,
    /// The story most like it when it came, and how like, where there was one in the window.
    pub nearest: Option<(u64, f64)>,
    /// What its coming changed for the articles that were there, in order; itself it is in none of them.
    pub changes: Vec<Change>,
}

/// A change of stories that were there already.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// All articles of a story, whether in the window or not, went to another; its id leads there from now on.
    Merge {
        /// The story that is no more.
        from: u64,
        /// The story that has its articles now: the one that began first, unless a person pinned the other.
        into: u64,
        /// Why.
        reason: Reason,
    },
    /// Some articles of a story went to a new one.
    Split {
        /// The story that they left.
        from: u64,
        /// The new story: the id of the first article in it.
        into: u64,
        /// The articles, ascending in time.
        articles: Vec<u64>,
        /// Why.
        reason: Reason,
    },
}

/// Why stories were merged or split.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// So alike were the articles of the two in the mean.
    Alike(f64),
    /// So unlike were the articles of the two in the mean.
    Unlike(f64),
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Reason::Alike(similarity) => write!(f, "their articles are alike: {similarity:.2} in the mean"),
            Reason::Unlike(similarity) => write!(f, "their articles are not alike: {similarity:.2} in the mean"),
        }
    }
}
