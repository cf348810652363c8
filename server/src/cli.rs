//! Commands.

mod account;
mod check;
mod import;
mod key;
mod serve;
mod sign_in;

use std::fmt::Display;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::settings::Settings;

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
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&settings.data_dir)
        .map_err(|error| format!("the data folder {} cannot be made: {error}", settings.data_dir.display()))?;
    Ok(())
}

/// Says something on standard output.
fn say(line: impl Display) {
    // A closed pipe is the reader's choice.
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Logs to standard error: for people on a terminal, as JSON for machines. `API_LOGS_LOG` sets what is logged.
fn start_logging() {
    use std::io::IsTerminal;
    let filter = tracing_subscriber::EnvFilter::try_from_env("API_LOGS_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        builder.with_target(false).init();
    } else {
        builder.json().init();
    }
}
