//! The progress of a build: a bar on a terminal, warnings as they come, and a message if it is interrupted.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bytesize::ByteSize;
use gijiroku::index::UpgradeReport;
use gijiroku::minutes::Warning;
use gijiroku::{BuildEvent, BuildReport, Index, IndexBuilder, IndexError};
use indicatif::{ProgressBar, ProgressStyle};

use super::context::Place;
use super::visible::in_line;
use super::{pager, say};
use crate::cli::texts;
use crate::cli::told::localized;

/// After more warnings than this, the first ones have scrolled off the screen, so failed files are listed
/// again.
const SCREEN: usize = 20;

/// Maximum number of warnings of one kind that are printed for a file; the others are counted.
const ALIKE: usize = 5;

/// How often the bar is drawn anew.
const REDRAWN: Duration = Duration::from_millis(100);

/// The exit status of a program that Ctrl-C has ended: 128 plus the number of the signal.
const INTERRUPTED: i32 = 130;

/// The stage of the build that this process runs, for the handler of Ctrl-C.
#[derive(Default)]
struct Stage {
    is_building: AtomicBool,
    is_committing: AtomicBool,
    files: AtomicUsize,
    done: AtomicUsize,
}

/// Shows the progress of builds.
pub(super) struct Progress {
    bar: ProgressBar,
    stage: Arc<Stage>,
    start: Instant,
    opinions: usize,
    bytes: u64,
    /// The file that is being read, and the number of opinions of it so far.
    file: (String, usize),
    /// When the message of the bar was changed last.
    told_at: Instant,
    /// The warnings so far. The next build of this process (`--watch`) does not repeat them.
    told: HashSet<Warning>,
    /// The number of warnings for each file and each wording, whatever the wording quotes.
    alike: BTreeMap<(String, String), usize>,
}

impl Progress {
    /// Installs a handler of Ctrl-C, which prints how far the build was and ends the program.
    pub(super) fn new() -> Self {
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template(&texts::screens().bar_of_files()) {
            bar.set_style(style);
        }
        let stage = Arc::<Stage>::default();
        let (stage_then, bar_then) = (Arc::clone(&stage), bar.clone());
        // If no handler can be set, Ctrl-C ends the program without a message. The index stays intact all the
        // same.
        let _ = ctrlc::set_handler(move || interrupted(&stage_then, &bar_then));
        Self {
            bar,
            stage,
            start: Instant::now(),
            opinions: 0,
            bytes: 0,
            file: (String::new(), 0),
            told_at: Instant::now(),
            told: HashSet::new(),
            alike: BTreeMap::new(),
        }
    }

    /// Builds an index, with a progress bar if standard error is a terminal. Warnings are printed there as
    /// they come.
    pub(super) fn build(
        &mut self,
        builder: &IndexBuilder,
        place: &Place<'_>,
    ) -> Result<(Index, BuildReport), IndexError> {
        let told = self.told.len();
        let built = self.during(|observer| match place {
            Place::Folder(folder) => builder.build_with(folder, observer),
            #[cfg(feature = "cluster")]
            Place::Cluster(cluster) => builder.build_in_cluster(cluster, observer),
        });
        for ((file, words), count) in std::mem::take(&mut self.alike) {
            if count > ALIKE {
                let told = texts::screens().more_of_the_kind(file, count - ALIKE, words);
                say(texts::errors().warning(told));
            }
        }
        if let Ok((_, report)) = &built
            && self.told.len() - told > SCREEN
        {
            for failed in &report.failed {
                say(texts::screens().not_read(localized(failed)));
            }
        }
        built
    }

    /// Upgrades the index in a folder, and shows how far it is if standard error is a terminal.
    pub(super) fn upgrade(&mut self, folder: &Path) -> Result<Option<UpgradeReport>, IndexError> {
        // How many files the opinions are from is of no interest.
        if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg}") {
            self.bar.set_style(style);
        }
        self.during(|observer| Index::upgrade(folder, observer))
    }

    /// Shows the bar while an index is written.
    fn during<T>(&mut self, write: impl FnOnce(&mut dyn FnMut(BuildEvent<'_>)) -> T) -> T {
        self.bar.reset();
        self.bar.enable_steady_tick(REDRAWN);
        (self.start, self.opinions, self.bytes) = (Instant::now(), 0, 0);
        self.stage.is_committing.store(false, Ordering::SeqCst);
        self.stage.is_building.store(true, Ordering::SeqCst);
        let written = write(&mut |event| self.show(&event));
        self.stage.is_building.store(false, Ordering::SeqCst);
        self.bar.finish_and_clear();
        written
    }

    fn show(&mut self, event: &BuildEvent<'_>) {
        match event {
            BuildEvent::Discovered { files } => {
                self.bar.set_length(*files as u64);
                self.stage.files.store(*files, Ordering::SeqCst);
                self.stage.done.store(0, Ordering::SeqCst);
            }
            BuildEvent::Reading { file } => {
                self.file = (in_line(file).into_owned(), 0);
                self.tell_file();
            }
            BuildEvent::Warning(warning) | BuildEvent::Skipped(warning) | BuildEvent::Failed(warning)
                if self.told.insert((*warning).clone()) =>
            {
                let alike = self
                    .alike
                    .entry((warning.file.clone(), words(&localized(&warning.message))))
                    .or_default();
                *alike += 1;
                if *alike <= ALIKE {
                    self.bar.suspend(|| say(texts::errors().warning(localized(*warning))));
                }
            }
            BuildEvent::Meeting { opinions } => {
                self.opinions += opinions;
                self.file.1 += opinions;
                // A big file has many meetings, and to tell of each would take longer than to read it.
                if self.told_at.elapsed() >= REDRAWN {
                    self.tell_file();
                }
            }
            BuildEvent::SourceDone { bytes } => {
                self.bytes += bytes;
                self.bar.inc(1);
                self.stage.done.fetch_add(1, Ordering::SeqCst);
            }
            BuildEvent::Committing => {
                self.stage.is_committing.store(true, Ordering::SeqCst);
                self.bar.set_message(texts::screens().writing(self.rate()));
            }
            _ => {}
        }
    }

    /// Tells how far the file is read.
    fn tell_file(&mut self) {
        self.told_at = Instant::now();
        let (file, opinions) = &self.file;
        let read = (*opinions > 0).then(|| texts::screens().opinions(*opinions));
        let told = [Some(file.clone()).filter(|file| !file.is_empty()), read];
        let told = told.into_iter().flatten().collect::<Vec<_>>().join(&texts::common().comma());
        self.bar.set_message(format!("{}  {told}", self.rate()));
    }

    /// Returns the speed so far, in opinions and bytes a second.
    fn rate(&self) -> String {
        let seconds = self.start.elapsed().as_secs_f64().max(0.1);
        let a_second = |sum: f64| sum / seconds;
        let bytes = ByteSize::b(a_second(self.bytes as f64) as u64);
        texts::screens().rate(format!("{:.0}", a_second(self.opinions as f64)), bytes.to_string())
    }
}

/// Replaces what a message quotes by an ellipsis, so that messages of one kind are equal: `…` is not a date.
fn words(message: &str) -> String {
    let quoted = message.split('`').enumerate();
    quoted.map(|(place, part)| if place % 2 == 1 { "`…`" } else { part }).collect()
}

/// Prints how far the build was and ends the program. The index is always either the old or the new one,
/// because it changes in a single step.
fn interrupted(stage: &Stage, bar: &ProgressBar) {
    if pager::is_shown() {
        return;
    }
    bar.finish_and_clear();
    if !stage.is_building.load(Ordering::SeqCst) {
        process::exit(0);
    }
    let (done, files) = (stage.done.load(Ordering::SeqCst), stage.files.load(Ordering::SeqCst));
    let texts = texts::screens();
    if stage.is_committing.load(Ordering::SeqCst) {
        say(texts.interrupted_while_writing());
    } else {
        say(match files {
            0 => texts.interrupted(),
            _ => texts.interrupted_after(done, texts.files(files)),
        });
    }
    process::exit(INTERRUPTED);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_one_big_file_is_read_is_told_while_it_is_read() {
        let mut progress = Progress::new();
        progress.show(&BuildEvent::Discovered { files: 1 });
        progress.show(&BuildEvent::Reading { file: "big.jsonl" });
        assert!(progress.bar.message().ends_with("  big.jsonl"), "{}", progress.bar.message());
        // Not for each meeting, but as often as the bar is drawn.
        progress.told_at = Instant::now() + Duration::from_secs(60);
        progress.show(&BuildEvent::Meeting { opinions: 200 });
        assert!(progress.bar.message().ends_with("  big.jsonl"), "{}", progress.bar.message());
        progress.told_at = Instant::now() - REDRAWN;
        progress.show(&BuildEvent::Meeting { opinions: 1000 });
        assert!(progress.bar.message().ends_with("  big.jsonl, 1200 opinions"), "{}", progress.bar.message());
        assert_eq!((progress.bar.position(), progress.bar.length()), (0, Some(1)));
        progress.show(&BuildEvent::SourceDone { bytes: 1 << 20 });
        assert_eq!(progress.bar.position(), 1);
    }
}
