//! Where a call was made, in words.

use crate::words;
use model::{Source, SourceKind};

/// A source in up to two steps: the path and its node, or one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    /// The path, where the source has one; narrow lists leave it out.
    pub path: Option<String>,
    /// The node, the agent or the kind of place: what tells most.
    pub name: String,
}

impl SourceText {
    /// The words for a source.
    pub fn new(source: &Source) -> Self {
        if let Some(agent) = &source.agent {
            return Self { path: None, name: agent.label().to_owned() };
        }
        match (&source.path, &source.node) {
            (path, Some(node)) => Self { path: path.as_ref().map(|path| path.name.clone()), name: node.name.clone() },
            (Some(path), None) => Self { path: None, name: path.name.clone() },
            (None, None) => Self {
                path: None,
                name: match &source.kind {
                    SourceKind::Inbox => words::detail::AN_AGENT.to_owned(),
                    kind => kind.label().to_owned(),
                },
            },
        }
    }

    /// `Order status > Look up order`, for titles.
    pub fn sentence(&self) -> String {
        match &self.path {
            Some(path) => format!("{path} \u{203a} {}", self.name),
            None => self.name.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SourceText;
    use model::{Agent, Node, Path, Source, SourceKind};

    fn source(kind: SourceKind) -> Source {
        Source { kind, path: None, node: None, agent: None }
    }

    #[test]
    fn the_telling_name_comes_last() {
        let path = Some(Path { id: "p".to_owned(), name: "Order status".to_owned() });
        let node = Some(Node { id: "n".to_owned(), name: "Look up order".to_owned(), kind: "json_api".to_owned() });
        let agent = Some(Agent { name: None, email: Some("asha@example.com".to_owned()) });
        for (source, sentence) in [
            (Source { path: path.clone(), node, ..source(SourceKind::BotFlow) }, "Order status › Look up order"),
            (Source { path, ..source(SourceKind::BotFlow) }, "Order status"),
            (Source { agent, ..source(SourceKind::Inbox) }, "asha@example.com"),
            (source(SourceKind::Inbox), "An agent"),
            (source(SourceKind::ApiTrigger), "API Trigger"),
            (source(SourceKind::from("voice")), "voice"),
        ] {
            assert_eq!(SourceText::new(&source).sentence(), sentence);
        }
    }
}
