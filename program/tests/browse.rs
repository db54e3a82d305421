//! Tests of `gijiroku browse` in a terminal: tmux shows what it draws, and types. Without tmux they pass and check nothing, unless
//! `CI_HAS_TMUX` is set.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs, process, thread};

use support::Project;

/// How long is waited for what a screen should show. It is reached only where something is wrong.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often the screen is looked at.
const PAUSE: Duration = Duration::from_millis(20);

/// What the shell prints where it waits for a command.
const PROMPT: &str = "ready>";

/// A terminal with a shell in the folder of a project.
struct Terminal {
    /// The name of a server of its own.
    server: String,
    project: Project,
}

impl Terminal {
    /// Opens a terminal of some columns and lines. Returns `None` if there is no tmux.
    fn open(columns: u16, lines: u16) -> Option<Self> {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        if Command::new("tmux").arg("-V").stdout(Stdio::null()).status().is_err() {
            assert!(env::var_os("CI_HAS_TMUX").is_none(), "tmux is not installed");
            return None;
        }
        let project = Project::with_seed();
        assert_eq!(project.run("index data/minutes").code, 0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let terminal = Self { server: format!("gijiroku-{}-{number}", process::id()), project };
        let mut command = terminal.tmux();
        command.args(["new-session", "-d", "-x", &columns.to_string(), "-y", &lines.to_string(), "sh", "-i"]);
        command.current_dir(terminal.project.path(""));
        // The environment of the shell, in which the program must not depend on where the test runs.
        command.envs([("PS1", PROMPT), ("LC_ALL", "C.UTF-8"), ("PROGRAM", env!("CARGO_BIN_EXE_gijiroku"))]);
        command.env("XDG_CONFIG_HOME", terminal.project.path("configuration"));
        for variable in
            ["ENV", "TMUX", "GIJIROKU_CONFIG", "GIJIROKU_INDEX", "COLUMNS", "NO_COLOR", "CLICOLOR"]
        {
            command.env_remove(variable);
        }
        assert!(command.status().unwrap().success());
        terminal.run(&["set-option", "-g", "set-clipboard", "on"]);
        terminal.wait_for(PROMPT);
        terminal.shell("check() { echo status=$?; stty -g >is; cmp was is && echo unchanged; }");
        Some(terminal)
    }

    fn tmux(&self) -> Command {
        let mut command = Command::new("tmux");
        command.args(["-L", &self.server, "-f", "/dev/null", "-u"]);
        command
    }

    /// Runs a command of tmux, and returns what it prints.
    fn run(&self, arguments: &[&str]) -> String {
        let output = self.tmux().args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn screen(&self) -> String {
        self.run(&["capture-pane", "-p"])
    }

    /// Waits until the screen is as it should be, and returns it.
    fn wait(&self, is_there: impl Fn(&str) -> bool) -> String {
        let start = Instant::now();
        loop {
            let screen = self.screen();
            if is_there(&screen) {
                return screen;
            }
            assert!(start.elapsed() < PATIENCE, "it does not come:\n{screen}");
            thread::sleep(PAUSE);
        }
    }

    fn wait_for(&self, text: &str) -> String {
        self.wait(|screen| screen.contains(text))
    }

    /// Presses keys, by the names that tmux has for them.
    fn press(&self, keys: &[&str]) {
        self.run(&[&["send-keys"], keys].concat());
    }

    /// Types a text as it is.
    fn type_text(&self, text: &str) {
        self.run(&["send-keys", "-l", text]);
    }

    /// Runs a line in the shell.
    fn shell(&self, line: &str) {
        self.type_text(line);
        self.press(&["Enter"]);
    }

    /// Begins to browse.
    fn browse(&self, arguments: &str) {
        self.shell(&format!(
            "clear; echo before; stty -g >was; sh -c 'echo $$ >number; exec $PROGRAM browse {arguments}'"
        ));
        self.wait_for("F1 keys");
    }

    /// Waits until browsing has ended, and checks that it left nothing behind. Returns its exit status.
    fn ended(&self) -> String {
        self.wait(|screen| screen.starts_with("before") && screen.trim_end().ends_with(PROMPT));
        self.shell("check");
        let screen = self.wait(|screen| screen.contains("status=") && screen.trim_end().ends_with(PROMPT));
        // A shell may say which signal has ended the program.
        let said = |line: &&str| !line.is_empty() && !["Terminated", "Hangup"].contains(line);
        let lines: Vec<&str> = screen.lines().filter(said).collect();
        let [before, check, status, unchanged, prompt] = lines.as_slice() else { panic!("{screen}") };
        let check_line = format!("{PROMPT}check");
        assert_eq!([*before, *check, *unchanged, *prompt], ["before", &check_line, "unchanged", PROMPT]);
        assert_eq!(self.run(&["display-message", "-p", "#{alternate_on}#{cursor_flag}"]).trim(), "01");
        status.replace("status=", "")
    }

    fn signal(&self, signal: &str) {
        let number = fs::read_to_string(self.project.path("number")).unwrap();
        assert!(Command::new("kill").args([signal, number.trim()]).status().unwrap().success());
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.tmux().arg("kill-server").status();
    }
}

#[test]
fn a_search_from_the_first_letter_to_the_citation() {
    let Some(terminal) = Terminal::open(80, 24) else { return };
    terminal.browse("");
    terminal.wait_for("For example: ");
    for kana in ["ほ", "う", "も", "ん"] {
        terminal.type_text(kana);
    }
    let found = terminal.wait_for("25 opinions");
    assert!(found.starts_with("Search: ほうもん "), "{found}");
    assert!(found.contains("\nalso searched for ほうもん: 訪問"), "{found}");

    // Choose the second hit.
    terminal.press(&["Down", "Down"]);
    terminal.wait_for("\n> 北多摩北部");

    // Tick a region; on a narrow screen the list comes in the place of the hits.
    terminal.press(&["Tab"]);
    terminal.wait_for("[ ] 区南部");
    terminal.press(&["Down", "Space"]);
    terminal.wait_for("[x] 区南部");
    terminal.press(&["Escape"]);
    let filtered = terminal.wait(|screen| screen.contains("4 opinions") && screen.contains("\n> 区南部"));
    assert!(filtered.contains("\nOnly: 区南部\n"), "{filtered}");

    // Open, and copy.
    terminal.press(&["Enter"]);
    let opened = terminal.wait_for("hit 1 of 4");
    terminal.press(&["c"]);
    terminal.wait_for("Copied: 「");
    let start = opened.find("20171").or_else(|| opened.find("20180")).unwrap();
    let id = opened[start..].split_whitespace().next().unwrap();
    let copied = terminal.run(&["show-buffer"]);
    assert_eq!(copied.trim_end(), terminal.project.run(&format!("show {id} --cite")).stdout.trim_end());

    // A wide screen has the facets beside the hits.
    // A key at the same time is not lost.
    terminal.run(&["resize-window", "-x", "120", "-y", "30"]);
    terminal.press(&["Escape"]);
    terminal.wait(|screen| screen.contains("[x] 区南部") && screen.contains("\n> 区南部"));
    terminal.run(&["resize-window", "-x", "80", "-y", "24"]);
    terminal.wait(|screen| !screen.contains("[x] 区南部") && screen.contains("\n> 区南部"));
    terminal.press(&["C-c"]);
    assert_eq!(terminal.ended(), "0");
}

#[test]
fn a_paste_is_typed_at_once_and_a_query_can_be_given() {
    let Some(terminal) = Terminal::open(100, 30) else { return };
    terminal.browse("退院調整 --region 区中央部");
    let given = terminal.wait_for("Search: 退院調整 ");
    assert!(given.contains("Only: 区中央部"), "{given}");
    // Two in a row would be one key to a terminal.
    terminal.press(&["Escape"]);
    terminal.wait(|screen| screen.starts_with("Search:  "));
    terminal.press(&["Escape"]);
    terminal.wait_for("For example: ");
    // Line breaks do not open anything, and what would command a terminal does not.
    terminal.run(&["set-buffer", "訪問\n看護\u{7}"]);
    terminal.run(&["paste-buffer", "-p"]);
    let pasted = terminal.wait(|screen| screen.contains("Search: 訪問 看護") && screen.contains("opinions"));
    assert!(pasted.contains("F1 keys"), "{pasted}");
    terminal.press(&["C-q"]);
    assert_eq!(terminal.ended(), "0");
}

#[test]
fn the_terminal_is_given_back_when_a_signal_ends_the_program() {
    let Some(terminal) = Terminal::open(80, 24) else { return };
    for (signal, status) in [("-TERM", "143"), ("-INT", "130"), ("-HUP", "129")] {
        terminal.browse("連携");
        terminal.wait_for("opinions");
        terminal.signal(signal);
        assert_eq!(terminal.ended(), status);
    }
}

#[test]
fn it_can_be_suspended_and_goes_on() {
    let Some(terminal) = Terminal::open(80, 24) else { return };
    terminal.shell("clear; $PROGRAM browse 連携");
    terminal.wait_for("opinions");
    terminal.press(&["C-z"]);
    terminal.wait(|screen| screen.contains("Stopped") && !screen.contains("opinions"));
    terminal.run(&["resize-window", "-x", "120", "-y", "30"]);
    terminal.shell("clear; fg");
    // On a wide screen the regions stand beside the hits.
    terminal.wait(|screen| screen.starts_with("Search: 連携") && screen.contains("[ ] 区東北部"));
    terminal.type_text("する");
    terminal.wait_for("Search: 連携する");
    terminal.press(&["C-c"]);
    terminal.wait(|screen| screen.trim_end().ends_with(PROMPT));
}

#[test]
fn a_screen_that_is_too_small_says_so() {
    let Some(terminal) = Terminal::open(60, 20) else { return };
    terminal.shell("$PROGRAM browse 連携");
    terminal.wait_for("80 columns and 24 lines");
    terminal.run(&["resize-window", "-x", "80", "-y", "24"]);
    terminal.wait(|screen| screen.starts_with("Search: 連携") && screen.contains("opinions"));
    terminal.run(&["resize-window", "-x", "79", "-y", "24"]);
    terminal.wait_for("has 79 and 24");
    terminal.press(&["C-c"]);
    terminal.wait(|screen| screen.trim_end().ends_with(PROMPT));
}

#[test]
fn colours_are_those_that_were_asked_for() {
    let Some(terminal) = Terminal::open(80, 24) else { return };
    for (arguments, has_colours) in [("", true), ("--color never", false), ("--color always", true)] {
        if arguments == "--color always" {
            terminal.shell("export NO_COLOR=1");
        }
        terminal.browse(&format!("訪問看護 {arguments}"));
        terminal.wait_for("opinions");
        let drawn = terminal.run(&["capture-pane", "-e", "-p"]);
        // The codes of red and cyan; a mark without a colour is underlined.
        assert_eq!(drawn.contains("[38;5;1m訪問看護"), has_colours, "{arguments}: {drawn:?}");
        assert_eq!(drawn.contains("[38;5;6mSearch:"), has_colours, "{arguments}: {drawn:?}");
        assert_eq!(drawn.contains("[4m") || drawn.contains(";4m"), !has_colours, "{arguments}: {drawn:?}");
        terminal.press(&["C-c"]);
        assert_eq!(terminal.ended(), "0");
    }
}

/// The index breaks while it is searched: whether that is noticed or makes the search panic, the terminal is as it was.
#[test]
fn the_terminal_is_given_back_when_the_index_breaks() {
    let Some(terminal) = Terminal::open(80, 24) else { return };
    terminal.browse("");
    terminal.wait_for("For example: ");
    for file in support::files(&terminal.project.path("index")) {
        if file.extension().is_some_and(|extension| {
            ["pos", "idx", "store", "fast", "term"].iter().any(|name| extension == *name)
        }) {
            let length = fs::metadata(&file).unwrap().len();
            fs::write(&file, vec![0xff; length as usize]).unwrap();
        }
    }
    terminal.type_text("訪問看護");
    let screen = terminal.wait(|screen| screen.contains("damaged"));
    if screen.starts_with("Search:") {
        terminal.press(&["C-c"]);
        assert_eq!(terminal.ended(), "0");
    } else {
        assert!(screen.trim_end().ends_with(PROMPT) && screen.starts_with("before"), "{screen}");
        terminal.shell("clear; check");
        terminal.wait(|screen| screen.starts_with("status=2\nunchanged\n"));
    }
}

#[test]
fn without_a_terminal_it_says_what_to_use() {
    let project = Project::with_seed();
    let output = project.run("browse 連携");
    assert_eq!(output.code, 2);
    assert_eq!(
        output.stderr,
        "error: browse needs a terminal to type into and to draw on; in a pipe use `gijiroku search`\n"
    );
    let output = project.run("browse 連携 --output found.txt");
    assert_eq!(output.code, 2);
    assert_eq!(output.stderr, "error: browse writes no file; leave out --output, or use `gijiroku search`\n");
    assert!(!project.path("found.txt").exists() && !project.path("index").exists());
}
