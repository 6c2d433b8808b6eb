//! What must hold of every input: reading ends, fails with a message or gives articles whose blocks are in order.

use twosource_model::Article;
use twosource_read::{Error, Limits, read_bytes};

/// Limits low enough for an input of some kilobytes to pass them.
fn limits() -> Limits {
    Limits { file_bytes: 1_000_000, record_bytes: 300_000, page_bytes: 200_000, ..Limits::default() }
}

/// Reads bytes under a name and checks what comes of it.
pub fn read(name: &str, bytes: &[u8]) {
    match read_bytes(name, bytes, &limits()) {
        Ok(read) => {
            read.articles.iter().for_each(check);
            let ours = read.notes.iter().find(|(_, note)| note.contains("an error in this program"));
            assert!(ours.is_none(), "{ours:?}");
        }
        Err(error) => {
            assert!(!matches!(error, Error::Ours { .. }), "{error}");
            assert!(error.to_string().starts_with(name), "{error}");
        }
    }
}

/// Blocks lie in order, apart, and hold all of the text that is not white space.
fn check(article: &Article) {
    let mut end = 0;
    for block in &article.blocks {
        let gap = article.text.get(end..block.span.start).expect("blocks in order, on character boundaries");
        assert!(gap.trim().is_empty(), "“{gap}” is in no block");
        assert!(!block.span.of(&article.text).trim().is_empty(), "an empty block");
        end = block.span.end;
    }
    assert!(article.text[end..].trim().is_empty(), "“{}” is in no block", &article.text[end..]);
    assert!(article.block_times.keys().all(|&at| at < article.blocks.len()), "a time of no block");
}
