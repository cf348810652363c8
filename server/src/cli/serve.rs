//! `api-logs serve`

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::{CliError, Common, hold_alone, make_data_dir, say, sign_in, start_logging};
use crate::accounts::{AccountScope, Role};
use crate::clock::Clock;
use crate::control::{Control, Invitation};
use crate::http::{App, ConnectionLimits, Streams, router, serve as serve_connections};
use crate::ingest::Memory;
use crate::metrics::Metrics;
use crate::redact::Rules;
use crate::settings::Settings;
use crate::store::sqlite::{Limits, SqliteStore};
use crate::store::{CallStore, Measured};
use crate::{demo, ingest};

/// The account of a first run.
const DEMO_ACCOUNT: &str = "demo";
/// Calls that are taken in at once.
const DEMO_BATCH: usize = 1_000;
/// The demo account shows how large a body can be, whatever the limit for what comes by HTTP.
const DEMO_BODY_LIMIT: usize = 1 << 20;
/// Between two looks for files in which nothing is kept any more.
const FORGET_EVERY: Duration = Duration::from_mins(10);
/// Requests that are still running when the server stops have this long.
const STOP_WITHIN: Duration = Duration::from_secs(10);

/// Serve the page and the API.
#[derive(Args)]
pub struct Serve {
    /// Where to listen, like 127.0.0.1:8080.
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// Make a demo account where there is none yet, and print sign-in links for it.
    #[arg(long)]
    demo: bool,
}

impl Serve {
    pub(super) fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let listen = self.listen.iter().map(|listen| ("listen", listen.clone())).collect();
        let settings = common.settings(listen)?;
        make_data_dir(&settings)?;
        start_logging(settings.log_format);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(serve(settings, self.demo))?;
        Ok(ExitCode::SUCCESS)
    }
}

async fn serve(settings: Settings, wants_demo: bool) -> Result<(), CliError> {
    let _alone = hold_alone(&settings)?
        .ok_or_else(|| format!("a server is running on {} already", settings.data_dir.display()))?;
    let clock = Clock::System;
    let control = Arc::new(Control::open(&settings.data_dir)?);
    let metrics = Arc::new(Metrics::new(clock.now()));
    let limits =
        Limits { least_free_bytes: settings.least_free_bytes, metrics: metrics.writer.clone(), ..Limits::default() };
    let store = SqliteStore::open(&settings.data_dir, clock.clone(), settings.plans.clone(), limits)?;
    let listener = TcpListener::bind(settings.listen)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}", settings.listen))?;
    if wants_demo {
        prepare_demo(&settings, &control, &store, &clock).await?;
    }
    if let Err(error) = control.note_public_url(&settings.public_url) {
        // Links that other commands print are the poorer for it. A full disk is where people look for what went wrong.
        tracing::warn!(%error, "the address of this server could not be noted");
    }
    let calls = Arc::new(Measured::new(store.clone(), metrics.questions.clone()));
    let streams = Arc::new(Streams::default());
    let memory = Memory::default();
    let app = App { settings: Arc::new(settings), calls, control, clock, streams, memory, metrics };
    say(format_args!("API Logs is at {}integrations/api-logs", app.settings.public_url));
    if wants_demo {
        print_demo_links(&app, &store).await?;
    }
    let forgetting = tokio::spawn(forget_regularly(store.clone()));
    let stopping = stop_asked_for()?;
    tracing::info!(address = %listener.local_addr()?, data = %app.settings.data_dir.display(), "serving");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(serve_connections(listener, router(&app), ConnectionLimits::of_this_process(), async {
        // A sender that is gone asks to stop as well.
        let _ = stopped.await;
    }));
    stopping.await;
    tracing::info!("stopping");
    app.streams.stop();
    drop(stop);
    // Whoever is still asking after this long is cut off; nothing acknowledged is lost by it.
    let _ = tokio::time::timeout(STOP_WITHIN, serving).await;
    forgetting.abort();
    store.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// Resolves when the process is asked to stop.
fn stop_asked_for() -> Result<impl Future<Output = ()>, CliError> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

async fn forget_regularly(store: SqliteStore) {
    let mut ticks = tokio::time::interval(FORGET_EVERY);
    loop {
        ticks.tick().await;
        match store.forget_expired().await {
            Ok(0) => {}
            Ok(files) => tracing::info!(files, "removed files in which nothing is kept any more"),
            Err(error) => tracing::error!(%error, "files in which nothing is kept any more could not be removed"),
        }
        if let Err(error) = store.finish_erasures().await {
            tracing::warn!(%error, "an erasure could not be finished");
        }
    }
}

async fn prepare_demo(
    settings: &Settings,
    control: &Control,
    store: &SqliteStore,
    clock: &Clock,
) -> Result<(), CliError> {
    if control.account(DEMO_ACCOUNT)?.is_some() {
        return Ok(());
    }
    let plan = settings.plans.first_with_logs().ok_or("no plan of the settings includes API Logs")?;
    let account = control.ensure_account(DEMO_ACCOUNT, &plan.name)?;
    let scope = AccountScope::for_ingest(&account, plan.retention());
    let now = clock.now();
    let calls = demo::calls(now);
    let rules = Rules { body_limit: DEMO_BODY_LIMIT, contacts: None };
    for batch in calls.chunks(DEMO_BATCH) {
        let read = batch.iter().cloned().map(Ok).collect();
        let answer = ingest::take_in(store, &scope, read, now, rules).await?;
        if let Some(rejection) = answer.rejected.first() {
            return Err(format!("a call of the demo account was not taken: {}", rejection.message).into());
        }
    }
    say(format_args!("made a demo account with {} calls", calls.len()));
    Ok(())
}

async fn print_demo_links(app: &App, store: &SqliteStore) -> Result<(), CliError> {
    let account = app.control.account(DEMO_ACCOUNT)?.ok_or("the demo account is gone")?;
    let people = [
        (Role::Owner, "Olivia Owner", Vec::new()),
        (Role::Supervisor, "Sami Supervisor", demo::SUPERVISOR_BOTS.map(str::to_owned).to_vec()),
        (Role::BotBuilder, "Bela Builder", Vec::new()),
    ];
    say("sign in once with one of these links:");
    for (role, name, words) in people {
        let invitation = Invitation {
            account: DEMO_ACCOUNT.to_owned(),
            role,
            name: Some(name.to_owned()),
            email: None,
            bots: sign_in::bots_named(store, &account, &app.settings, &words).await?,
        };
        let invited = app.control.invite(&invitation, app.clock.now())?;
        say(format_args!("  {:<12} {}", role.label(), sign_in::link(&app.settings.public_url, &invited.token)));
    }
    Ok(())
}
