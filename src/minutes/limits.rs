//! What a single file may take of the memory, so that no file takes all of it.
//!
//! The limits are shares of the memory of the whole build, and follow from how many times its length a file takes: text
//! some five times, a page a thousand bytes an element, a document as much a line.

/// The memory that is assumed where none is given, in bytes.
const MEMORY: u64 = 1 << 30;

/// The limits that follow from the memory of a build.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// In bytes.
    memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { memory: MEMORY }
    }
}

impl Limits {
    /// The limits for a build that has this memory, in bytes.
    pub(super) fn of(memory: usize) -> Self {
        Self { memory: memory as u64 }
    }

    /// The greatest length in bytes of a file that is read as a whole, or of a file that is unpacked. Anything larger
    /// than 128 MiB is a mistake or an attack.
    pub(super) fn largest_file(self) -> u64 {
        (self.memory / 8).min(128 << 20)
    }

    /// The greatest length in bytes of a text that is one opinion, and of a line of JSON.
    pub(super) fn longest_opinion(self) -> u64 {
        self.memory / 64
    }

    /// The greatest length in bytes of the opinions of one meeting.
    pub(super) fn longest_meeting(self) -> u64 {
        self.memory / 16
    }

    /// The greatest number of lines and elements in a file that is read as a whole.
    pub(super) fn most_parts(self) -> u64 {
        self.memory_for(1024)
    }

    /// The number of things of this length in bytes that fill the memory.
    pub(super) fn memory_for(self, bytes: u64) -> u64 {
        self.memory / bytes
    }

    /// The greatest memory of the process that reads a PDF, in bytes.
    pub(super) fn pdf_memory(self) -> u64 {
        (self.memory / 4).max(128 << 20)
    }
}

/// A number of bytes in the unit in which a user gives the memory: `16 MiB`.
pub(super) fn in_words(bytes: u64) -> String {
    if bytes < 1 << 20 { format!("{} KiB", bytes >> 10) } else { format!("{} MiB", bytes >> 20) }
}
