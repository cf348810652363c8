//! The words in which the demo account is written down: bots, paths, nodes, what a node does and how that goes wrong.
//!
//! Every text may hold placeholders like `@{order}`; `facts` knows their names.

use model::{Application, FailureKind, Method};

use super::rhythm::Rhythm;

/// Header names and values, as templates.
pub type Fields = &'static [(&'static str, &'static str)];

/// A bot of the account.
pub struct BotPlan {
    /// Its id; empty for the calls that the platform makes for the account as a whole.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Conversations on an average day.
    pub per_day: u64,
    /// When people talk to it.
    pub rhythm: Rhythm,
    /// Its paths.
    pub paths: &'static [PathPlan],
}

/// A path of a bot.
pub struct PathPlan {
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// How often it is taken, compared with the bot's other paths. One with 0 runs once, in the last night.
    pub share: u64,
    /// The nodes that call somebody, in their order.
    pub nodes: &'static [NodePlan],
}

/// A node of a path.
pub struct NodePlan {
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub act: Act,
    /// The connection whose credentials it uses; empty when it brings its own.
    pub connection: &'static str,
}

/// What a node does.
#[derive(Clone, Copy)]
pub enum Act {
    /// Calls somebody.
    Call(&'static Exchange),
    /// Runs a script.
    Run(&'static ScriptPlan),
}

/// A kind of call that a node makes again and again.
#[derive(Clone, Copy)]
pub struct Exchange {
    /// What it talks to.
    pub application: &'static Application,
    /// Who makes it.
    pub maker: Maker,
    /// The request type.
    pub method: &'static Method,
    /// The URL.
    pub url: &'static str,
    /// The request's headers.
    pub headers: Fields,
    /// The request's body.
    pub body: Content,
    /// How it is answered when all goes well; each as likely as the others.
    pub answers: &'static [Answer],
    /// How it goes wrong.
    pub faults: &'static [Fault],
    /// How long it takes, in milliseconds.
    pub millis: (u64, u64),
}

/// Who makes a call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Maker {
    /// A node of a path.
    Node,
    /// An API Trigger, which starts the path.
    Trigger,
    /// The platform.
    Platform,
}

/// A response.
#[derive(Clone, Copy)]
pub struct Answer {
    /// Its status code.
    pub status: u16,
    /// Its headers.
    pub headers: Fields,
    /// Its body.
    pub body: Content,
}

/// A body.
#[derive(Clone, Copy)]
pub enum Content {
    /// The platform did not keep it.
    NotCaptured,
    /// A text, as a template.
    Text(&'static str),
    /// Bytes in base64.
    Base64(&'static str),
    /// The whole product catalogue.
    Catalogue,
}

/// A way in which a call goes wrong.
#[derive(Clone, Copy)]
pub struct Fault {
    /// In how many of a thousand calls.
    pub per_mille: u64,
    /// How the call ends.
    pub ending: Ending,
    /// A placeholder that the bot filled wrongly, and with what.
    pub slip: Option<(&'static str, &'static str)>,
    /// How long the call takes, where that differs from the usual.
    pub millis: Option<(u64, u64)>,
}

/// How a call that goes wrong ends.
#[derive(Clone, Copy)]
pub enum Ending {
    /// With an answer.
    Answered(Answer),
    /// Without one: why, and the HTTP client's message.
    Lost(&'static FailureKind, &'static str),
}

/// A script that a node runs again and again.
pub struct ScriptPlan {
    /// Its text; empty where the platform does not send it.
    pub source: &'static str,
    /// The variables before the run, as JSON.
    pub before: &'static str,
    /// The variables after it.
    pub after: &'static str,
    /// What it returns, as JSON.
    pub result: &'static str,
    /// How it stops.
    pub faults: &'static [ScriptFault],
    /// How long it runs, in milliseconds.
    pub millis: (u64, u64),
}

/// A way in which a script stops.
pub struct ScriptFault {
    /// In how many of a thousand runs.
    pub per_mille: u64,
    /// The variables before the run that bring it about.
    pub before: &'static str,
    /// The variables when it stopped.
    pub after: &'static str,
    /// The runtime's message.
    pub message: &'static str,
    /// The line and the column, where the runtime knows them.
    pub at: Option<(u32, u32)>,
    /// How long it ran, where that differs from the usual.
    pub millis: Option<(u64, u64)>,
}

/// An answer with a text.
pub const fn answer(status: u16, headers: Fields, text: &'static str) -> Answer {
    Answer { status, headers, body: Content::Text(text) }
}

/// A fault that is answered.
pub const fn refused(per_mille: u64, status: u16, headers: Fields, text: &'static str) -> Fault {
    Fault { per_mille, ending: Ending::Answered(answer(status, headers, text)), slip: None, millis: None }
}

/// A fault that is not answered.
pub const fn lost(per_mille: u64, kind: &'static FailureKind, message: &'static str, millis: (u64, u64)) -> Fault {
    Fault { per_mille, ending: Ending::Lost(kind, message), slip: None, millis: Some(millis) }
}

impl Fault {
    /// The same fault, brought about by a placeholder that the bot filled wrongly.
    pub const fn because(self, placeholder: &'static str, filled_with: &'static str) -> Self {
        Self { slip: Some((placeholder, filled_with)), ..self }
    }

    /// The same fault, taking another time.
    pub const fn taking(self, low: u64, high: u64) -> Self {
        Self { millis: Some((low, high)), ..self }
    }
}
