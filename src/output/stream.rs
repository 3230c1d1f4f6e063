//! One table to a stream, as it comes: standard output.

use std::io::{self, ErrorKind, Write};

use crate::{
    output::{Encoder, OutputError, Sink, Style},
    table::Table,
};

/// One table, written to a stream and seen there at once.
#[derive(Debug)]
pub struct Stream<W> {
    table: Table,
    writer: W,
}

impl<W: Write> Stream<W> {
    /// The stream with the table's header on it.
    ///
    /// # Errors
    /// [`OutputError::Closed`] when nobody reads the stream, [`OutputError::Stream`] when it takes no bytes.
    pub fn create(writer: W, table: Table, style: Style) -> Result<Self, OutputError> {
        let mut stream = Self { table, writer };
        let mut header = Vec::new();
        Encoder::new(style).header(table, &mut header);
        stream.write(table, &header)?;
        Ok(stream)
    }
}

impl<W: Write> Sink for Stream<W> {
    fn wants(&self, table: Table) -> bool {
        self.table == table
    }

    fn write(&mut self, table: Table, bytes: &[u8]) -> Result<(), OutputError> {
        if !self.wants(table) {
            return Ok(());
        }
        self.writer.write_all(bytes).and_then(|()| self.writer.flush()).map_err(stream_error)
    }

    fn finish(mut self: Box<Self>) -> Result<(), OutputError> {
        self.writer.flush().map_err(stream_error)
    }
}

fn stream_error(error: io::Error) -> OutputError {
    match error.kind() {
        ErrorKind::BrokenPipe => OutputError::Closed,
        _ => OutputError::Stream(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes so many writes, then fails so.
    struct Failing(usize, ErrorKind);

    impl Write for Failing {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.0 == 0 {
                return Err(self.1.into());
            }
            self.0 -= 1;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn only_its_table() {
        let mut out = Vec::new();
        let mut stream = Box::new(Stream::create(&mut out, Table::Speakers, Style::default()).expect("memory"));
        assert!(stream.wants(Table::Speakers) && !stream.wants(Table::Quotes));
        stream.write(Table::Quotes, b"lost\n").expect("memory");
        stream.write(Table::Speakers, b"kept\n").expect("memory");
        stream.finish().expect("memory");
        let header = Table::Speakers.columns().join(",");
        assert_eq!(String::from_utf8_lossy(&out), format!("{header}\nkept\n"));
    }

    #[test]
    fn a_closed_pipe_is_told_from_an_error() {
        let create = |writes, kind| Stream::create(Failing(writes, kind), Table::Quotes, Style::default());
        assert!(matches!(create(0, ErrorKind::BrokenPipe), Err(OutputError::Closed)));
        let mut stream = create(1, ErrorKind::BrokenPipe).expect("one write");
        assert!(matches!(stream.write(Table::Quotes, b"row\n"), Err(OutputError::Closed)));
        let mut stream = create(1, ErrorKind::StorageFull).expect("one write");
        let error = stream.write(Table::Quotes, b"row\n").expect_err("no room");
        assert_eq!(
            error.to_string(),
            "standard output: cannot be written (no storage space): lead it to another place"
        );
    }
}
