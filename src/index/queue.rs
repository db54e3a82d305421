//! Documents on their way to the threads that analyze and index them.
//!
//! tantivy's queue holds ten thousand documents, whatever their size. Where an opinion is a line that is nothing, and where
//! it is a speech of an hour it is gigabytes. So whoever adds a document waits until those that wait before it have no more
//! than a given number of bytes.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use tantivy::schema::TantivyDocument;
use tantivy::schema::document::Document;

/// Lets so many bytes wait, and no more.
#[derive(Clone)]
pub(super) struct Queue {
    limit: usize,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    waiting: Mutex<usize>,
    has_room: Condvar,
}

/// A document that takes room in the queue until a thread takes it out, or the queue is dropped.
pub(super) struct QueuedDocument {
    document: TantivyDocument,
    _room: Room,
}

struct Room {
    bytes: usize,
    shared: Arc<Shared>,
}

impl Queue {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, shared: Arc::default() }
    }

    /// Waits until there is room. A document that is larger than all of it waits until the queue is empty.
    pub(super) fn enter(&self, document: TantivyDocument, bytes: usize) -> QueuedDocument {
        let is_full = |waiting: &mut usize| *waiting > 0 && waiting.saturating_add(bytes) > self.limit;
        let waiting = self.shared.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let has_room = self.shared.has_room.wait_while(waiting, is_full);
        *has_room.unwrap_or_else(PoisonError::into_inner) += bytes;
        QueuedDocument { document, _room: Room { bytes, shared: Arc::clone(&self.shared) } }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        *self.shared.waiting.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.shared.has_room.notify_all();
    }
}

impl Document for QueuedDocument {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }

    /// What the thread calls that takes the document out of the queue.
    fn into_tantivy_document(self) -> TantivyDocument {
        self.document
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;

    use super::*;

    #[test]
    fn who_finds_the_queue_full_waits_until_it_is_not() {
        let queue = Queue::new(100);
        let first = queue.enter(TantivyDocument::new(), 60);
        let second = queue.enter(TantivyDocument::new(), 40);
        let (sender, receiver) = mpsc::channel();
        thread::scope(|scope| {
            let third = queue.clone();
            scope.spawn(move || {
                let third = third.enter(TantivyDocument::new(), 1000);
                sender.send("entered").unwrap();
                drop(third);
            });
            // Larger than all of the room, it waits for both.
            drop(first);
            assert_eq!(receiver.try_recv(), Err(mpsc::TryRecvError::Empty));
            drop(second.into_tantivy_document());
            assert_eq!(receiver.recv(), Ok("entered"));
        });
    }
}
