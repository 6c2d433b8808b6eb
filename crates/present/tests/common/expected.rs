//! Expected output in plain files beside the tests.

use std::path::Path;

/// Holds output against `tests/expected/<name>`; with `UPDATE_EXPECTED=1` in the environment the file is rewritten.
pub(crate) fn check(name: &str, output: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected").join(name);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, output).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    let common = expected.chars().zip(output.chars()).take_while(|(expected, output)| expected == output).count();
    assert!(
        expected == output,
        "{name} differs from line {}:\n  expected {:?}\n  got      {:?}\nUPDATE_EXPECTED=1 accepts the new output",
        1 + output.chars().take(common).filter(|&char| char == '\n').count(),
        around(&expected, common),
        around(output, common),
    );
}

/// A few characters before a place and more behind it.
fn around(text: &str, place: usize) -> String {
    text.chars().skip(place.saturating_sub(40)).take(240).collect()
}
