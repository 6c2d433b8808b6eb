//! The nouns of Twosource and the laws they keep.
//!
//! [`Article`] is one published text with its metadata and [`Block`]s; [`Annotated`] adds what one article says by
//! itself (sentences, names, times, quantities, attributions, clauses); [`Comparison`] is what several reports of one
//! story say side by side. Everything a reader is shown is a [`Span`] of an article's text: half-open, in UTF-8
//! bytes, always on character boundaries. [`CodePoints`] converts spans at the border, where the public JSON counts
//! Unicode code points.
//!
//! No I/O happens here, and nothing here decides anything: deciding belongs to the stage crates.

mod annotation;
mod article;
mod comparison;
mod meaning;
mod revision;
mod span;
mod vocabulary;

pub use annotation::{
    Annotated, Attribution, Bound, Clause, Entity, Force, Form, Joint, Mention, MentionForm, NameKind, Polarity,
    Quantity, Response, Sentence, SourceKind, Stance, Time, TimeKind,
};
pub use article::{Article, Block, BlockKind, Field, Found, Instant, PubStatus, Wire};
pub use comparison::{
    Claim, Comparison, Difference, DifferenceKind, Label, Lead, Moment, Naming, Node, Note, Origin, OriginKind,
    Provenance, Quote, Relation, Report, ReportAttribution, ReportTime, Side, Statement, Strength, report_id,
};
pub use meaning::Meaning;
pub use revision::{Change, ChangeKind, ChangeNote, NoteKind, Revision, RevisionKind};
pub use span::{CodePoints, Span};
