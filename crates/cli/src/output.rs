//! Where results and remarks go.

use std::fs::File;
use std::io::{ErrorKind, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use twosource_present::TextStyle;

use crate::arguments::{Color, Style};

/// Says something about the input or the run on standard error; nobody listening is no reason to stop.
pub(crate) fn say(message: &str) {
    let _ = writeln!(std::io::stderr(), "twosource: {message}");
}

/// Where a result goes, piece by piece: a file, or standard output. It is opened when the first piece comes.
pub(crate) struct Output {
    writer: Option<Box<dyn Write>>,
    /// The file; standard output has none.
    file: Option<PathBuf>,
}

impl Output {
    pub(crate) fn new(file: Option<&Path>) -> Output {
        Output { writer: None, file: file.map(Path::to_owned) }
    }

    fn writer(&mut self) -> Result<&mut Box<dyn Write>> {
        if self.writer.is_none() {
            self.writer = Some(match &self.file {
                None => Box::new(std::io::stdout()),
                Some(path) => Box::new(File::create(path).with_context(|| unwritable(path))?),
            });
        }
        self.writer.as_mut().context("nowhere to write to")
    }

    /// Writes a piece. A reader that hangs up early is no error: `Break` says that nobody wants more.
    pub(crate) fn write(&mut self, piece: &str) -> Result<ControlFlow<()>> {
        let writer = self.writer()?;
        let written = writer.write_all(piece.as_bytes()).and_then(|()| writer.flush());
        match (written, &self.file) {
            (Ok(()), _) => Ok(ControlFlow::Continue(())),
            (Err(error), None) if error.kind() == ErrorKind::BrokenPipe => Ok(ControlFlow::Break(())),
            (Err(error), None) => Err(error).context("standard output cannot be written"),
            (Err(error), Some(path)) => Err(error).with_context(|| unwritable(path)),
        }
    }
}

fn unwritable(path: &Path) -> String {
    format!("{} cannot be written; choose another place with -o", path.display())
}

/// Writes a result to a file, or to standard output; a reader that hangs up early is no error.
pub(crate) fn write(result: &str, file: Option<&Path>) -> Result<()> {
    Output::new(file).write(result).map(|_| ())
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
