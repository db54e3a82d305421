//! A limit, in bytes, on the documents that wait for the indexing threads.
//!
//! tantivy's queue holds ten thousand documents, whatever their size. Where an opinion is one line, that is
//! little memory; where it is a speech of an hour, it is gigabytes. So a document enters the queue only when
//! those that are already waiting leave room for it.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use tantivy::schema::TantivyDocument;
use tantivy::schema::document::Document;

/// Limits the number of bytes that wait at the same time.
#[derive(Clone)]
pub(super) struct QueueLimit {
    most_bytes: usize,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    /// The number of bytes that wait.
    waiting: Mutex<usize>,
    /// Signalled when a document leaves the queue.
    has_room: Condvar,
}

/// A document that occupies room in the queue until an indexing thread takes it out, or it is dropped.
pub(super) struct QueuedDocument {
    document: TantivyDocument,
    _room: Room,
}

/// Room that is given back when the value is dropped.
struct Room {
    bytes: usize,
    shared: Arc<Shared>,
}

impl QueueLimit {
    pub(super) fn new(most_bytes: usize) -> Self {
        Self { most_bytes, shared: Arc::default() }
    }

    /// Blocks until there is room for a document of this size. A document larger than the limit waits until
    /// the queue is empty.
    pub(super) fn admit(&self, document: TantivyDocument, bytes: usize) -> QueuedDocument {
        let is_full = |waiting: &mut usize| *waiting > 0 && waiting.saturating_add(bytes) > self.most_bytes;
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

    /// Called by the indexing thread that takes the document out of the queue. The room is given back here.
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
    fn a_document_waits_while_the_queue_is_full() {
        let queue = QueueLimit::new(100);
        let first = queue.admit(TantivyDocument::new(), 60);
        let second = queue.admit(TantivyDocument::new(), 40);
        let (sender, receiver) = mpsc::channel();
        thread::scope(|scope| {
            let queue = queue.clone();
            scope.spawn(move || {
                let third = queue.admit(TantivyDocument::new(), 1000);
                sender.send("admitted").unwrap();
                drop(third);
            });
            // Larger than the limit, the third waits for both.
            drop(first);
            assert_eq!(receiver.try_recv(), Err(mpsc::TryRecvError::Empty));
            drop(second.into_tantivy_document());
            assert_eq!(receiver.recv(), Ok("admitted"));
        });
    }
}
