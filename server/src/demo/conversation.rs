//! A conversation becomes calls: one for every node of its path, until something stops it.

use model::{
    Agent, Bot, Call, Failure, Headers, Node, Path, RawJson, Request, Response, Script, ScriptError, Source,
    SourceKind, StatusCode, Timestamp,
};

use super::exchanges::bodies::catalogue;
use super::facts::{Conversation, Moment};
use super::incidents::INCIDENTS;
use super::keeping::Keeping;
use super::people::AGENTS;
use super::plan::{
    Act, Answer, BotPlan, Content, Ending, Exchange, Fault, Fields, Maker, NodePlan, PathPlan, ScriptFault, ScriptPlan,
};
use super::random::{Random, seed};

/// In how many of a thousand conversations it was an agent who tried the integration.
const AGENTS_PER_MILLE: u64 = 35;
/// In how many of a thousand cases a fault ends the conversation.
const FAULTS_THAT_STOP_PER_MILLE: u64 = 700;
/// What passes between two nodes: the platform's own work, or somebody reading and typing.
const PAUSES_MILLIS: (u64, u64) = (40, 5_200);

/// A path taken once.
pub struct Run {
    /// The bot.
    pub bot: &'static BotPlan,
    /// The path.
    pub path: &'static PathPlan,
    /// When it begins.
    pub started: Timestamp,
    /// What all of it follows from.
    pub seed: u64,
    /// The node, by its place, and the fault, by its place, that must happen; nothing goes wrong before it.
    pub forced: Option<(usize, usize)>,
}

/// How one step goes wrong, if it does.
enum Mishap {
    Fault(&'static Fault),
    Script(&'static ScriptFault),
}

impl Run {
    /// The calls of this run that are still kept.
    pub fn calls(&self, keeping: &Keeping) -> Vec<Call> {
        let mut random = Random::new(seed(&[self.seed, 1]));
        let conversation = Conversation::new(self.seed, self.started);
        let agent = self.agent(&mut random);
        let steps = if agent.is_some() { 1 } else { self.path.nodes.len() };
        let mut calls = Vec::new();
        let mut at = self.started;
        for (index, node) in self.path.nodes.iter().take(steps).enumerate() {
            let mishap = self.mishap(index, node, at, keeping.now(), &mut random);
            let millis = random.between(duration(node.act, mishap.as_ref()));
            if keeping.keeps(at, millis, ends_well(mishap.as_ref())) {
                let seed = seed(&[self.seed, 2, index as u64]);
                let moment = Moment {
                    conversation: &conversation,
                    seed,
                    at,
                    connection: node.connection,
                    slip: slip(mishap.as_ref()),
                };
                let id = super::call_id(self.seed, index as u64);
                calls.push(self.call(id, millis, node, agent.as_ref(), &moment, mishap.as_ref()));
            }
            if mishap.is_some() && random.happens(FAULTS_THAT_STOP_PER_MILLE) {
                break;
            }
            at = at.plus_millis(i64::try_from(millis + random.between(PAUSES_MILLIS)).unwrap_or(0));
        }
        calls
    }

    /// The agent who tries the first node from the inbox, now and then.
    fn agent(&self, random: &mut Random) -> Option<Agent> {
        let can_be_tried = self.path.nodes.first().is_some_and(
            |node| matches!(node.act, Act::Call(exchange) if exchange.maker == Maker::Node && !self.bot.id.is_empty()),
        );
        if !random.happens(AGENTS_PER_MILLE) || !can_be_tried || self.forced.is_some() || self.path.share == 0 {
            return None;
        }
        let known = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        random.pick(AGENTS).map(|(name, email)| Agent { name: known(name), email: known(email) })
    }

    fn mishap(
        &self,
        index: usize,
        node: &NodePlan,
        at: Timestamp,
        now: Timestamp,
        random: &mut Random,
    ) -> Option<Mishap> {
        if let Act::Call(exchange) = node.act {
            for incident in INCIDENTS.iter().filter(|incident| incident.hits(at, now, node.connection, exchange.url)) {
                if random.happens(incident.per_mille) {
                    return random.pick(incident.faults).map(Mishap::Fault);
                }
            }
        }
        match (self.forced, node.act) {
            (Some((forced, fault)), Act::Call(exchange)) if forced == index => {
                exchange.faults.get(fault).map(Mishap::Fault)
            }
            (Some((forced, fault)), Act::Run(script)) if forced == index => {
                script.faults.get(fault).map(Mishap::Script)
            }
            (Some(_), _) => None,
            (None, Act::Call(exchange)) => drawn(exchange.faults, |fault| fault.per_mille, random).map(Mishap::Fault),
            (None, Act::Run(script)) => drawn(script.faults, |fault| fault.per_mille, random).map(Mishap::Script),
        }
    }

    fn call(
        &self,
        id: model::CallId,
        millis: u64,
        node: &NodePlan,
        agent: Option<&Agent>,
        moment: &Moment<'_>,
        mishap: Option<&Mishap>,
    ) -> Call {
        let is_of_a_person = !self.bot.id.is_empty() && self.path.share > 0;
        let mut call = Call {
            id,
            timestamp: moment.at,
            duration_ms: Some(millis),
            bot: (!self.bot.id.is_empty()).then(|| Bot { id: self.bot.id.to_owned(), name: self.bot.name.to_owned() }),
            source: self.source(node, agent),
            user: is_of_a_person.then(|| moment.conversation.user.clone()),
            conversation_id: is_of_a_person.then(|| moment.conversation.id.clone()),
            connection_id: (!node.connection.is_empty()).then(|| node.connection.to_owned()),
            application: model::Application::Script,
            request: None,
            response: None,
            failure: None,
            script: None,
        };
        match node.act {
            Act::Run(plan) => call.script = Some(script(plan, mishap, moment)),
            Act::Call(exchange) => {
                call.application = exchange.application.clone();
                call.request = Some(request(exchange, moment));
                match mishap {
                    Some(Mishap::Fault(Fault { ending: Ending::Lost(kind, message), .. })) => {
                        call.failure = Some(Failure { kind: (*kind).clone(), message: (*message).to_owned() });
                    }
                    Some(Mishap::Fault(Fault { ending: Ending::Answered(answer), .. })) => {
                        call.response = Some(response(answer, moment));
                    }
                    _ => {
                        call.response =
                            Random::new(moment.seed).pick(exchange.answers).map(|answer| response(answer, moment));
                    }
                }
            }
        }
        call
    }

    fn source(&self, node: &NodePlan, agent: Option<&Agent>) -> Source {
        let maker = match node.act {
            Act::Call(exchange) => exchange.maker,
            Act::Run(_) => Maker::Node,
        };
        let path = || Some(Path { id: self.path.id.to_owned(), name: self.path.name.to_owned() });
        let (kind, path, node) = match (agent, maker) {
            (Some(_), _) => (SourceKind::Inbox, None, None),
            (None, Maker::Platform) => (SourceKind::Platform, None, None),
            (None, Maker::Trigger) => (SourceKind::ApiTrigger, path(), None),
            (None, Maker::Node) => {
                let kind = match node.act {
                    Act::Call(exchange) => exchange.application.as_str(),
                    Act::Run(_) => "script",
                };
                let node = Node { id: node.id.to_owned(), name: node.name.to_owned(), kind: kind.to_owned() };
                (SourceKind::BotFlow, path(), Some(node))
            }
        };
        Source { kind, path, node, agent: agent.cloned() }
    }
}

/// One of several faults by its share of a thousand, mostly none.
fn drawn<T>(faults: &'static [T], per_mille: impl Fn(&T) -> u64, random: &mut Random) -> Option<&'static T> {
    let mut number = random.below(1_000);
    faults.iter().find(|fault| {
        let is_drawn = number < per_mille(fault);
        number = number.saturating_sub(per_mille(fault));
        is_drawn
    })
}

fn duration(act: Act, mishap: Option<&Mishap>) -> (u64, u64) {
    let usual = match act {
        Act::Call(exchange) => exchange.millis,
        Act::Run(script) => script.millis,
    };
    match mishap {
        Some(Mishap::Fault(fault)) => fault.millis.unwrap_or(usual),
        Some(Mishap::Script(fault)) => fault.millis.unwrap_or(usual),
        None => usual,
    }
}

fn ends_well(mishap: Option<&Mishap>) -> bool {
    match mishap {
        None => true,
        Some(Mishap::Fault(Fault { ending: Ending::Answered(answer), .. })) => answer.status < 400,
        Some(_) => false,
    }
}

fn slip(mishap: Option<&Mishap>) -> Option<(&'static str, &'static str)> {
    match mishap {
        Some(Mishap::Fault(fault)) => fault.slip,
        _ => None,
    }
}

fn headers(fields: Fields, moment: &Moment<'_>) -> Headers {
    fields.iter().map(|(name, value)| ((*name).to_owned(), moment.fill(value))).collect()
}

fn body(content: Content, moment: &Moment<'_>) -> (Option<String>, Option<String>) {
    match content {
        Content::NotCaptured => (None, None),
        Content::Text(template) => (Some(moment.fill(template)), None),
        Content::Base64(bytes) => (Some(bytes.to_owned()), Some("base64".to_owned())),
        Content::Catalogue => (Some(catalogue()), None),
    }
}

fn request(exchange: &Exchange, moment: &Moment<'_>) -> Request {
    let (body, encoding) = body(exchange.body, moment);
    Request {
        method: exchange.method.clone(),
        url: moment.fill(exchange.url),
        headers: headers(exchange.headers, moment),
        body,
        encoding,
    }
}

fn response(answer: &Answer, moment: &Moment<'_>) -> Response {
    let (body, encoding) = body(answer.body, moment);
    Response { status: StatusCode(answer.status), headers: headers(answer.headers, moment), body, encoding }
}

fn script(plan: &ScriptPlan, mishap: Option<&Mishap>, moment: &Moment<'_>) -> Script {
    let json = |template: &str| RawJson::new(moment.fill(template)).unwrap_or_default();
    let source = (!plan.source.is_empty()).then(|| plan.source.to_owned());
    let Some(Mishap::Script(fault)) = mishap else {
        return Script {
            source,
            before: json(plan.before),
            after: json(plan.after),
            error: None,
            result: json(plan.result),
        };
    };
    let error = ScriptError {
        message: moment.fill(fault.message),
        line: fault.at.map(|(line, _)| line),
        column: fault.at.map(|(_, column)| column),
    };
    Script {
        source,
        before: json(fault.before),
        after: json(fault.after),
        error: Some(error),
        result: RawJson::default(),
    }
}
