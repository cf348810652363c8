//! Server-sent events out of the bytes they come in. Pure.
//!
//! Of the format (HTML, section 9.2.6) what our server sends: events that end with an empty line, lines that end with a
//! line feed, fields `id`, `event` and `data`, and comments.

/// The most bytes of one event; a stream that brings more is none of ours.
const MOST_BYTES: usize = 1 << 20;

/// An event; one without data is a sign of life.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// The place that is reached with it.
    pub id: Option<String>,
    /// Its kind; empty where none is said.
    pub kind: String,
    /// What it says.
    pub data: String,
}

/// What has come of events that are not whole yet.
#[derive(Default)]
pub struct EventReader {
    waiting: Vec<u8>,
}

impl EventReader {
    /// Takes bytes and gives the events that are whole with them.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Event> {
        self.waiting.extend_from_slice(bytes);
        let mut events = Vec::new();
        while let Some(end) = self.waiting.windows(2).position(|pair| pair == b"\n\n") {
            let event: Vec<u8> = self.waiting.drain(..end + 2).collect();
            events.push(Event::read(&String::from_utf8_lossy(&event)));
        }
        if self.waiting.len() > MOST_BYTES {
            self.waiting.clear();
        }
        events
    }
}

impl Event {
    fn read(lines: &str) -> Self {
        let mut event = Self::default();
        for line in lines.lines() {
            let (field, value) = line.split_once(':').unwrap_or((line, ""));
            let value = value.strip_prefix(' ').unwrap_or(value);
            match field {
                "id" => event.id = Some(value.to_owned()),
                "event" => value.clone_into(&mut event.kind),
                "data" => {
                    if !event.data.is_empty() {
                        event.data.push('\n');
                    }
                    event.data.push_str(value);
                }
                // Comments, and fields of later versions.
                _ => {}
            }
        }
        event
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, EventReader};
    use proptest::prelude::*;

    const STREAM: &str = ": live\nid: c1\n\nevent: call\nid: c2\ndata: {\"url\":\"https://x/\u{e9}: y\"}\n\nretry\ndata:one\ndata: two\n\n";

    fn events() -> Vec<Event> {
        let event = |id: Option<&str>, kind: &str, data: &str| Event {
            id: id.map(str::to_owned),
            kind: kind.to_owned(),
            data: data.to_owned(),
        };
        vec![
            event(Some("c1"), "", ""),
            event(Some("c2"), "call", "{\"url\":\"https://x/\u{e9}: y\"}"),
            event(None, "", "one\ntwo"),
        ]
    }

    proptest! {
        #[test]
        fn events_are_whole_however_they_are_cut(cuts in proptest::collection::vec(1_usize..20, 0..60)) {
            let mut reader = EventReader::default();
            let mut rest = STREAM.as_bytes();
            let mut read = Vec::new();
            for cut in cuts {
                let (now, later) = rest.split_at(cut.min(rest.len()));
                read.extend(reader.take(now));
                rest = later;
            }
            read.extend(reader.take(rest));
            prop_assert_eq!(read, events());
        }
    }

    #[test]
    fn what_never_ends_is_not_kept() {
        let mut reader = EventReader::default();
        assert_eq!(reader.take(&vec![b'x'; super::MOST_BYTES + 1]), []);
        assert_eq!(reader.take(STREAM.as_bytes()), events());
    }
}
