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
    let differ = expected.lines().zip(output.lines()).position(|(expected, output)| expected != output);
    let line = differ.unwrap_or_else(|| expected.lines().count().min(output.lines().count()));
    assert!(
        expected == output,
        "{name} differs from line {}:\n  expected {:?}\n  got      {:?}\nUPDATE_EXPECTED=1 accepts the new output",
        line + 1,
        expected.lines().nth(line).unwrap_or_default(),
        output.lines().nth(line).unwrap_or_default(),
    );
}
