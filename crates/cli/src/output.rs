//! Where results and remarks go.

use std::io::{IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, Result};
use twosource_present::TextStyle;

use crate::arguments::{Color, Style};

/// Says something about the input or the run on standard error; nobody listening is no reason to stop.
pub(crate) fn say(message: &str) {
    let _ = writeln!(std::io::stderr(), "twosource: {message}");
}

/// Writes a result to a file, or to standard output; a reader that hangs up early is no error.
pub(crate) fn write(result: &str, file: Option<&Path>) -> Result<()> {
    let Some(file) = file else {
        return match std::io::stdout().lock().write_all(result.as_bytes()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                Err(error).context("standard output cannot be written")
            }
            _ => Ok(()),
        };
    };
    std::fs::write(file, result)
        .with_context(|| format!("{} cannot be written; choose another place with -o", file.display()))
}

/// The style of text output: width and colour of the terminal, unless said otherwise.
pub(crate) fn text_style(options: &Style, output: Option<&Path>) -> TextStyle {
    let terminal = output.is_none() && std::io::stdout().is_terminal();
    let of_terminal = || terminal.then(terminal_size::terminal_size).flatten().map(|(width, _)| usize::from(width.0));
    let color = match options.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    };
    TextStyle { width: options.width.or_else(of_terminal).unwrap_or(80), color }
}
