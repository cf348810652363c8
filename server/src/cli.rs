//! Commands.

mod account;
mod backup;
mod check;
mod config;
mod erase;
mod import;
mod key;
mod serve;
mod sign_in;

use std::fmt::Display;
use std::fs::{File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::settings::{LogFormat, Settings};

/// Keeps every call the bots made, and shows it.
#[derive(Parser)]
#[command(name = "api-logs", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

/// Flags of every command.
#[derive(Args, Clone)]
struct Common {
    /// The folder that holds everything.
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<String>,
    /// The settings file (TOML).
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the page and the API.
    Serve(serve::Serve),
    /// Take in HTTP archives (HAR 1.2) or NDJSON of calls, plain or .gz.
    Import(import::Import),
    /// Ingest keys.
    #[command(subcommand)]
    Key(key::Key),
    /// What is set for an account.
    #[command(subcommand)]
    Account(account::Account),
    /// Print a link that signs a person in once.
    SignIn(sign_in::SignIn),
    /// Verify every file of a stopped or running store.
    Check,
    /// Copy everything a stopped or running server keeps into a folder.
    Backup(backup::Backup),
    /// Erase the bodies of one call, or of all calls of an end user, of a stopped server.
    Erase(erase::Erase),
    /// Print who erased what.
    Audit(erase::Audit),
    /// The settings, as the server would read them.
    #[command(subcommand)]
    Config(config::Config),
}

/// Runs the command of this process.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let ran = match cli.command {
        Command::Serve(serve) => serve.run(&cli.common),
        Command::Import(import) => import.run(&cli.common),
        Command::Key(key) => key.run(&cli.common),
        Command::Account(account) => account.run(&cli.common),
        Command::SignIn(sign_in) => sign_in.run(&cli.common),
        Command::Check => check::run(&cli.common),
        Command::Backup(backup) => backup.run(&cli.common),
        Command::Erase(erase) => erase.run(&cli.common),
        Command::Audit(audit) => audit.run(&cli.common),
        Command::Config(config) => config.run(&cli.common),
    };
    match ran {
        Ok(code) => code,
        Err(error) => {
            // Standard error may be closed; there is nobody else to tell.
            let _ = writeln!(std::io::stderr(), "api-logs: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Why a command ended without doing its work; for people.
type CliError = Box<dyn std::error::Error + Send + Sync>;

impl Common {
    /// The settings, with the flags of a command above them.
    fn settings(&self, flags: Vec<(&'static str, String)>) -> Result<Settings, CliError> {
        let file = match &self.config {
            Some(path) => Some(
                std::fs::read_to_string(path)
                    .map_err(|error| format!("the settings file {} cannot be read: {error}", path.display()))?,
            ),
            None => None,
        };
        let data = self.data.iter().map(|data| ("data_dir", data.clone()));
        Ok(Settings::read(file.as_deref(), std::env::vars(), flags.into_iter().chain(data))?)
    }
}

/// Makes the data directory, readable by its owner only.
fn make_data_dir(settings: &Settings) -> Result<(), CliError> {
    use std::os::unix::fs::PermissionsExt;
    make_private_dir(&settings.data_dir)
        .map_err(|error| format!("the data folder {} cannot be made: {error}", settings.data_dir.display()))?;
    // One that somebody else made may be open to everybody.
    if let Err(error) = std::fs::set_permissions(&settings.data_dir, std::fs::Permissions::from_mode(0o700)) {
        tracing::warn!(%error, "the data folder cannot be closed to other users of this machine");
    }
    Ok(())
}

/// Makes a folder where there is none, readable by its owner only.
fn make_private_dir(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Holds the data directory for as long as what is returned lives; `None` where another process holds it.
///
/// A server holds it, and so does whoever must not work beside one.
fn hold_alone(settings: &Settings) -> Result<Option<File>, CliError> {
    let lock = File::options().create(true).write(true).truncate(false).open(settings.data_dir.join("server.lock"))?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(lock)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Says something on standard output.
fn say(line: impl Display) {
    // A closed pipe is the reader's choice.
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Says how it goes on, on standard error: standard output is for what a command is asked for.
fn tell(line: impl Display) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Logs to standard error: for people on a terminal, as JSON for machines, unless the settings say how. `API_LOGS_LOG`
/// sets what is logged.
fn start_logging(format: Option<LogFormat>) {
    use std::io::IsTerminal;
    let filter = tracing_subscriber::EnvFilter::try_from_env("API_LOGS_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let terminal = if std::io::stderr().is_terminal() { LogFormat::Text } else { LogFormat::Json };
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format.unwrap_or(terminal) {
        LogFormat::Text => builder.with_target(false).with_ansi(std::io::stderr().is_terminal()).init(),
        LogFormat::Json => builder.json().flatten_event(true).with_span_list(false).init(),
    }
}
