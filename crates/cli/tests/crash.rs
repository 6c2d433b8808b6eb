//! A killed `add` loses nothing it had acknowledged and doubles nothing.

#[path = "common/crash.rs"]
mod crash;

use crash::Crash;

#[test]
fn ten_kills() {
    let folder = tempfile::tempdir().expect("a folder");
    let crash = Crash {
        binary: env!("CARGO_BIN_EXE_twosource").into(),
        folder: folder.path().to_owned(),
        kills: 10,
        articles: 1_200,
        seed: 6,
    };
    crash.run(|_| {}).unwrap_or_else(|what| panic!("{what}"));
}
