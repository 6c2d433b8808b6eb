//! What the tests of pages in a browser need: Debian's Chromium, node, and two packages of npm under the target folder.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use crate::run::{command, output, run, target};

/// The packages, each at the version that was tried: one drives the browser, the other looks at what it shows.
const PACKAGES: [&str; 2] = ["playwright-core@1.65.1", "axe-core@4.14.1"];

/// Debian's packages, with the program by which each is known to be there.
const PROGRAMS: [(&str, &str); 3] = [("chromium", "/usr/bin/chromium"), ("nodejs", "node"), ("npm", "npm")];

/// Installs what is missing. Where it cannot be had the tests of pages in a browser skip themselves.
pub(crate) fn prepare() {
    if let Err(error) = programs().and_then(|()| packages()) {
        println!("skipped: pages are not tried in a browser: {error:#}");
    }
}

fn programs() -> Result<()> {
    let is_there = |program: &str| Path::new(program).exists() || command(program, &["--version"]).output().is_ok();
    let missing: Vec<&str> =
        PROGRAMS.into_iter().filter(|(_, program)| !is_there(program)).map(|(package, _)| package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    run("apt-get", &["update"])?;
    run("apt-get", &[&["install", "--yes", "--no-install-recommends"][..], &missing].concat())
}

fn packages() -> Result<()> {
    let folder: PathBuf = target().join("browser");
    std::fs::create_dir_all(&folder)?;
    println!("$ npm install {}", PACKAGES.join(" "));
    let quiet = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--prefix"];
    output(command("npm", &quiet).arg(&folder).args(PACKAGES))?;
    ensure!(folder.join("node_modules/playwright-core").exists(), "npm installed nothing");
    Ok(())
}
