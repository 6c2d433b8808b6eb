//! The pages in a real browser: Debian's Chromium, driven by Playwright, with axe for accessibility.
//!
//! What is checked stands in `browser/look.mjs` (every page) and `browser/walks.mjs` (what people do). `cargo xtask test`
//! installs what this needs under the target folder; without it the test says so and passes.

#![allow(clippy::print_stderr, reason = "a test that is skipped says why")]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::{HOSTILE_SITE, SITE, Site, token};
use serde_json::json;
use twosource_server::Access;
use twosource_store::Role;

/// Debian's browser.
const CHROMIUM: &str = "/usr/bin/chromium";

#[test]
fn the_pages_hold_in_a_browser() {
    let Some(modules) = modules() else { return };
    let shots = modules.join("shots");
    std::fs::create_dir_all(&shots).expect("a folder for screenshots");
    let empty = Site::new(|_| {});
    let mut word = String::new();
    let guarded = Site::with(Access::by_token().expect("random numbers"), |path| {
        word = token(path, "anna", Role::Admin);
    });
    let given = json!({
        "modules": modules, "chromium": CHROMIUM, "shots": shots,
        "sites": { "main": SITE.listen(), "hostile": HOSTILE_SITE.listen(), "empty": empty.listen(), "guarded": guarded.listen() },
        "token": word,
    });
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/check.mjs");
    let status = Command::new("node").arg(script).arg(given.to_string()).status().expect("node starts");
    assert!(status.success(), "the faults stand above");
}

/// The folder with what drives the browser; `None`, with a word on why, where something is missing.
fn modules() -> Option<PathBuf> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent()?;
    let modules = target.join("browser");
    let has_node = Command::new("node").arg("--version").output().is_ok_and(|output| output.status.success());
    let missing = [
        (!has_node, "node is not installed"),
        (!Path::new(CHROMIUM).exists(), "Debian's chromium is not installed"),
        (!modules.join("node_modules/playwright-core").exists(), "playwright-core is not under the target folder"),
    ];
    let Some((_, why)) = missing.into_iter().find(|(is_missing, _)| *is_missing) else { return Some(modules) };
    eprintln!("skipped: {why}; cargo xtask test installs it");
    None
}
