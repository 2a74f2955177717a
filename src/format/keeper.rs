//! Where text is kept that is not in the file as it is: in memory, and beyond some size in a temporary file without a name.

use crate::transcript::Extent;
use std::fs::File;
use std::io::Write;
use std::sync::Arc;

/// Keeps text that is not in the file as it is.
#[derive(Default)]
pub struct Keeper {
    in_memory: u64,
    spool: Option<(Arc<File>, u64)>,
}

impl Keeper {
    /// Keeps a text: in memory while no more than `most` bytes are there.
    pub fn keep(&mut self, text: &str, most: u64) -> Extent {
        if self.in_memory + text.len() as u64 > most
            && let Some(extent) = self.spool(text)
        {
            return extent;
        }
        self.in_memory += text.len() as u64;
        Extent::Memory(text.into())
    }

    /// Keeps an extent that is in memory, as [`Keeper::keep`] keeps a text.
    pub fn hold(&mut self, extent: Extent, most: u64) -> Extent {
        match extent {
            Extent::Memory(text) if self.in_memory + text.len() as u64 > most => self.keep(&text, most),
            extent => {
                self.in_memory += extent.len() as u64;
                extent
            }
        }
    }

    /// Appends to the temporary file; none if there cannot be one.
    fn spool(&mut self, text: &str) -> Option<Extent> {
        let (file, at) = match self.spool.take() {
            Some(spool) => spool,
            None => (Arc::new(tempfile::tempfile().ok()?), 0),
        };
        (&*file).write_all(text.as_bytes()).ok()?;
        self.spool = Some((Arc::clone(&file), at + text.len() as u64));
        Some(Extent::File { file, at, len: text.len() })
    }
}
