//! A stream of invented reports, as long as one likes.
//!
//! `cargo xtask corpus --articles N` writes JSON Lines in the order of their publication: events ([`event`]) are told by
//! one to thirty reports of several outlets each ([`report`]) over hours and days, in words of their own, about 400 each;
//! every tenth report is a near copy of an earlier one. What is true of a report stands on its line: `story`, the number of
//! its event, and `copy_of`, the id of the report it copies. The same seed makes the same corpus.

mod event;
mod material;
mod queries;
mod report;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Result, bail};

use event::Event;
pub(crate) use material::Material;

/// Minutes of a day.
const DAY: u64 = 24 * 60;

/// What to make.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) articles: u64,
    pub(crate) seed: u64,
    /// Reports in a day of the stream.
    pub(crate) per_day: u64,
    /// Where it is written, if not to standard output.
    pub(crate) output: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Options { articles: 100_000, seed: 1, per_day: 5_000, output: None }
    }
}

impl Options {
    /// Reads `--articles N --seed N --per-day N -o FILE`.
    pub(crate) fn read(words: &[&str]) -> Result<Self> {
        let mut options = Options::default();
        for pair in words.chunks(2) {
            match pair {
                ["--articles", number] => options.articles = number.parse()?,
                ["--seed", number] => options.seed = number.parse()?,
                ["--per-day", number] => options.per_day = number.parse::<u64>()?.max(1),
                ["-o", file] => options.output = Some(PathBuf::from(file)),
                _ => bail!("corpus does not know {}", pair.join(" ")),
            }
        }
        Ok(options)
    }
}

/// Writes the corpus.
pub(crate) fn corpus(options: &Options) -> Result<()> {
    let material = Material::new()?;
    let stream = Stream::new(&material, options);
    match &options.output {
        Some(file) => write(stream, BufWriter::new(std::fs::File::create(file)?)),
        None => write(stream, BufWriter::new(std::io::stdout().lock())),
    }
}

/// Writes reports as lines.
pub(crate) fn write<'m>(reports: impl Iterator<Item = Published<'m>>, mut out: impl Write) -> Result<()> {
    let mut line = String::new();
    for published in reports {
        line.clear();
        report::line(&mut line, &published);
        if let Err(error) = out.write_all(line.as_bytes()) {
            // A reader that has enough is no failure.
            return if error.kind() == std::io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error.into()) };
        }
    }
    Ok(out.flush()?)
}

/// A report that appears.
pub(crate) struct Published<'m> {
    pub(crate) material: &'m Material,
    pub(crate) event: std::rc::Rc<Event>,
    /// Which of the event's reports.
    pub(crate) report: usize,
    /// Minutes since the beginning of the stream.
    pub(crate) minute: u64,
}

/// The reports in the order of their publication.
pub(crate) struct Stream<'m> {
    material: &'m Material,
    seed: u64,
    left: u64,
    /// Thousandths of a minute between the beginnings of two events, and to the next one.
    step: u64,
    next_event: u64,
    /// What is to come: minute, event, report.
    coming: BinaryHeap<Reverse<(u64, u64, usize)>>,
    /// Events of which something is to come, with how much.
    events: BTreeMap<u64, (std::rc::Rc<Event>, usize)>,
}

impl<'m> Stream<'m> {
    /// The stream from its beginning.
    pub(crate) fn new(material: &'m Material, options: &Options) -> Self {
        let step = 1_000 * DAY * event::MEAN_REPORTS / options.per_day;
        Stream {
            material,
            seed: options.seed,
            left: options.articles,
            step,
            next_event: 0,
            coming: BinaryHeap::new(),
            events: BTreeMap::new(),
        }
    }

    /// What to search for in the reports that have appeared: the arguments of `twosource search`, a list each.
    pub(crate) fn queries(&self) -> Vec<Vec<String>> {
        queries::queries(self.material, self.seed, self.next_event, self.step)
    }

    /// Begins the next event.
    fn begin(&mut self) {
        let number = self.next_event;
        let minute = number * self.step / 1_000;
        let event = std::rc::Rc::new(Event::new(self.material, self.seed, number, minute));
        for (report, telling) in event.reports.iter().enumerate() {
            self.coming.push(Reverse((minute + telling.delay, number, report)));
        }
        let reports = event.reports.len();
        self.events.insert(number, (event, reports));
        self.next_event += 1;
    }
}

impl<'m> Iterator for Stream<'m> {
    type Item = Published<'m>;

    fn next(&mut self) -> Option<Published<'m>> {
        self.left = self.left.checked_sub(1)?;
        while self.coming.peek().is_none_or(|next| next.0.0 >= self.next_event * self.step / 1_000) {
            self.begin();
        }
        let Reverse((minute, number, report)) = self.coming.pop()?;
        let (event, left) = self.events.get_mut(&number)?;
        *left -= 1;
        let (event, over) = (std::rc::Rc::clone(event), *left == 0);
        if over {
            self.events.remove(&number);
        }
        Some(Published { material: self.material, event, report, minute })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(seed: u64) -> Vec<serde_json::Value> {
        let options = Options { articles: 500, seed, per_day: 200, output: None };
        let mut bytes = Vec::new();
        write(Stream::new(&Material::new().unwrap(), &options), &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn the_same_seed_makes_the_same_corpus_in_the_order_of_time() {
        let reports = lines(1);
        assert_eq!(reports, lines(1));
        assert_ne!(reports, lines(2));
        assert_eq!(reports.len(), 500);
        assert!(reports.is_sorted_by_key(|report| report["published"].as_str().unwrap().to_owned()));
    }

    #[test]
    fn copies_come_after_what_they_copy_and_share_its_story() {
        let reports = lines(3);
        let mut copies = 0;
        for (at, report) in reports.iter().enumerate() {
            let Some(copied) = report["copy_of"].as_str() else { continue };
            let original = reports[..at].iter().find(|other| other["id"] == copied).expect("the original comes first");
            assert_eq!(original["story"], report["story"]);
            copies += 1;
        }
        assert!(copies > 20, "{copies} copies");
    }
}
