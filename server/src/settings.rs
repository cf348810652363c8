//! Settings: one TOML file, the environment above it, flags above both.
//!
//! A key of the file is `section.key`; its environment variable is `API_LOGS_SECTION__KEY`. Everything that is wrong
//! is collected, so that one start shows all of it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use toml::Value;

use crate::accounts::{Plan, Plans};

/// What the server is told at its start.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Where it keeps everything.
    pub data_dir: PathBuf,
    /// Its address as browsers see it, with a slash at the end; the path is the base path.
    pub public_url: String,
    /// Where people turn to for help.
    pub support: String,
    /// The plans there are.
    pub plans: Plans,
    /// The most bytes of one request or response body that are stored of a call that comes by HTTP.
    pub body_limit_bytes: usize,
    /// Calls are refused while less than this can still be written to the disk of `data_dir`.
    pub least_free_bytes: u64,
    /// How the log is written; for people on a terminal and as JSON elsewhere where it is `None`.
    pub log_format: Option<LogFormat>,
    /// With which `/metrics` is read; nobody reads it where it is `None`.
    pub metrics_token: Option<String>,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For people.
    Text,
}

impl LogFormat {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Text => "text",
        }
    }
}

/// Everything that is wrong with the settings.
#[derive(Debug, thiserror::Error)]
#[error("the settings cannot be used:\n{}", .0.iter().map(|fault| format!("  - {fault}")).collect::<Vec<_>>().join("\n"))]
pub struct SettingsError(pub Vec<String>);

/// The keys, for the message about an unknown one.
const KEYS: [&str; 9] = [
    "listen",
    "data_dir",
    "public_url",
    "support",
    "body_limit_bytes",
    "least_free_bytes",
    "log_format",
    "metrics_token",
    "plans",
];
const ENVIRONMENT_PREFIX: &str = "API_LOGS_";
/// Variables with our prefix that are not settings of the server.
const OTHER_VARIABLES: [&str; 2] = ["API_LOGS_LOG", "API_LOGS_TOOLS"];
/// What the most bytes of one body that are kept may be.
pub const BODY_LIMITS: RangeInclusive<usize> = 1 << 10..=8 << 20;
/// Most bodies of JSON APIs are far smaller, and who looks for an error needs their beginnings.
const DEFAULT_BODY_LIMIT: usize = 1 << 16;
const LEAST_FREE_BYTES: u64 = 256 << 20;
/// A shorter token could be guessed.
const MIN_TOKEN_LENGTH: usize = 16;
/// What is printed for a secret that is set.
const HIDDEN: &str = "(hidden)";

impl Settings {
    /// Reads the file's text, the environment and the flags, in rising order.
    pub fn read(
        file: Option<&str>,
        environment: impl IntoIterator<Item = (String, String)>,
        flags: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Result<Self, SettingsError> {
        let mut reader = Reader::default();
        if let Some(text) = file {
            match text.parse::<toml::Table>() {
                Ok(table) => reader.values.extend(table.into_iter().map(|(key, value)| {
                    let source = format!("{key} in the settings file");
                    (key, (source, value))
                })),
                Err(error) => reader.faults.push(format!("the settings file is not TOML: {error}")),
            }
        }
        for (name, value) in environment {
            if let Some(key) = name.strip_prefix(ENVIRONMENT_PREFIX)
                && !OTHER_VARIABLES.contains(&name.as_str())
            {
                let key = key.to_ascii_lowercase().replace("__", ".");
                reader.values.insert(key, (name, Value::String(value)));
            }
        }
        for (key, value) in flags {
            reader.values.insert(key.to_owned(), (format!("--{}", key.replace('_', "-")), Value::String(value)));
        }
        reader.finish()
    }

    /// The path of the public URL: begins and ends with a slash.
    pub fn base_path(&self) -> &str {
        let after_scheme = self.public_url.split_once("://").map_or(self.public_url.as_str(), |(_, rest)| rest);
        after_scheme.find('/').and_then(|slash| after_scheme.get(slash..)).unwrap_or("/")
    }

    /// Every setting that has a value, as it would stand in the settings file. Secrets are hidden.
    pub fn to_toml(&self) -> String {
        let number = |number: u64| Value::Integer(i64::try_from(number).unwrap_or(i64::MAX));
        let mut table = toml::Table::new();
        table.insert("listen".to_owned(), Value::String(self.listen.to_string()));
        table.insert("data_dir".to_owned(), Value::String(self.data_dir.display().to_string()));
        table.insert("public_url".to_owned(), Value::String(self.public_url.clone()));
        table.insert("support".to_owned(), Value::String(self.support.clone()));
        table.insert("body_limit_bytes".to_owned(), number(self.body_limit_bytes as u64));
        table.insert("least_free_bytes".to_owned(), number(self.least_free_bytes));
        if let Some(format) = self.log_format {
            table.insert("log_format".to_owned(), Value::String(format.as_str().to_owned()));
        }
        if self.metrics_token.is_some() {
            table.insert("metrics_token".to_owned(), Value::String(HIDDEN.to_owned()));
        }
        let plans = self.plans.all().iter().filter_map(|plan| Value::try_from(plan).ok());
        table.insert("plans".to_owned(), Value::Array(plans.collect()));
        table.to_string()
    }

    /// Whether browsers reach us by HTTPS.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

#[derive(Default)]
struct Reader {
    /// By key: where a value comes from, and the value.
    values: BTreeMap<String, (String, Value)>,
    faults: Vec<String>,
}

impl Reader {
    fn finish(mut self) -> Result<Settings, SettingsError> {
        let listen = self.take("listen", SocketAddr::from(([127, 0, 0, 1], 8080)), |value| {
            text(value)?.parse().map_err(|_| "must be an address with a port, like 127.0.0.1:8080".to_owned())
        });
        let data_dir = self.take("data_dir", PathBuf::from("data"), |value| Ok(PathBuf::from(text(value)?)));
        let public_url = self.take("public_url", format!("http://{listen}/"), |value| {
            let url = text(value)?;
            let is_http = url.starts_with("http://") || url.starts_with("https://");
            if !is_http || url.contains(['?', '#', '"', '<', ' ']) {
                return Err("must be an http or https address without query, like https://host/logs/".to_owned());
            }
            Ok(if url.ends_with('/') { url } else { format!("{url}/") })
        });
        let support = self.take("support", "support@metahumans.ltd".to_owned(), text);
        let body_limit_bytes = self.take("body_limit_bytes", DEFAULT_BODY_LIMIT, |value| {
            let bounds = *BODY_LIMITS.start() as u64..=*BODY_LIMITS.end() as u64;
            bytes(&value, bounds).and_then(|bytes| usize::try_from(bytes).map_err(|error| error.to_string()))
        });
        let least_free_bytes =
            self.take("least_free_bytes", LEAST_FREE_BYTES, |value| bytes(&value, 0..=i64::MAX.cast_unsigned()));
        let log_format = self.take("log_format", None, |value| match text(value)?.as_str() {
            "json" => Ok(Some(LogFormat::Json)),
            "text" => Ok(Some(LogFormat::Text)),
            _ => Err("must be json or text".to_owned()),
        });
        let metrics_token = self.take("metrics_token", None, |value| match text(value)? {
            token if token.len() < MIN_TOKEN_LENGTH => {
                Err(format!("must have at least {MIN_TOKEN_LENGTH} characters, so that nobody guesses it"))
            }
            token => Ok(Some(token)),
        });
        let plans = self.take("plans", Plans::default(), |value| {
            let plans: Vec<Plan> = value.try_into().map_err(|error| format!("cannot be read: {error}"))?;
            if plans.iter().any(|plan| !(1..=366).contains(&plan.success_days) || !(1..=366).contains(&plan.error_days))
            {
                return Err("must keep calls for 1 to 366 days".to_owned());
            }
            Ok(Plans::new(plans))
        });
        for (source, _) in self.values.values() {
            self.faults.push(format!("{source} is not a setting; the settings are {}", KEYS.join(", ")));
        }
        if self.faults.is_empty() {
            Ok(Settings {
                listen,
                data_dir,
                public_url,
                support,
                plans,
                body_limit_bytes,
                least_free_bytes,
                log_format,
                metrics_token,
            })
        } else {
            Err(SettingsError(self.faults))
        }
    }

    fn take<T>(&mut self, key: &str, default: T, read: impl FnOnce(Value) -> Result<T, String>) -> T {
        let Some((source, value)) = self.values.remove(key) else { return default };
        read(value).unwrap_or_else(|fault| {
            self.faults.push(format!("{source} {fault}"));
            default
        })
    }
}

fn bytes(value: &Value, allowed: RangeInclusive<u64>) -> Result<u64, String> {
    let number = match value {
        Value::Integer(number) => u64::try_from(*number).ok(),
        Value::String(digits) => digits.parse().ok(),
        _ => None,
    };
    number
        .filter(|bytes| allowed.contains(bytes))
        .ok_or_else(|| format!("must be a number of bytes from {} to {}", allowed.start(), allowed.end()))
}

fn text(value: Value) -> Result<String, String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Ok(text.trim().to_owned()),
        Value::String(_) => Err("must not be empty".to_owned()),
        _ => Err("must be a text in quotes".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{HIDDEN, KEYS, Settings};

    fn none() -> [(String, String); 0] {
        []
    }

    #[test]
    fn flags_stand_above_the_environment_and_that_above_the_file() {
        let file = "listen = \"127.0.0.1:1\"\nsupport = \"file@example.com\"\ndata_dir = \"file\"";
        let environment = [("API_LOGS_LISTEN", "127.0.0.1:2"), ("API_LOGS_DATA_DIR", "environment"), ("HOME", "/")];
        let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let settings = Settings::read(Some(file), environment, [("listen", "127.0.0.1:3".to_owned())]).unwrap();
        assert_eq!(settings.listen.port(), 3);
        assert_eq!(settings.data_dir.to_str(), Some("environment"));
        assert_eq!(settings.support, "file@example.com");
        assert_eq!(settings.public_url, "http://127.0.0.1:3/");
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let file = "listen = \"nowhere\"\ncolour = 3\nbody_limit_bytes = 5\npublic_url = \"ftp://x\"\n\
                    least_free_bytes = -1\nlog_format = \"xml\"\nmetrics_token = \"short\"";
        let error = Settings::read(Some(file), none(), []).unwrap_err();
        assert_eq!(
            error.0,
            [
                "listen in the settings file must be an address with a port, like 127.0.0.1:8080",
                "public_url in the settings file must be an http or https address without query, like https://host/logs/",
                "body_limit_bytes in the settings file must be a number of bytes from 1024 to 8388608",
                "least_free_bytes in the settings file must be a number of bytes from 0 to 9223372036854775807",
                "log_format in the settings file must be json or text",
                "metrics_token in the settings file must have at least 16 characters, so that nobody guesses it",
                "colour in the settings file is not a setting; the settings are listen, data_dir, public_url, support, \
                 body_limit_bytes, least_free_bytes, log_format, metrics_token, plans",
            ]
        );
    }

    #[test]
    fn what_is_printed_says_every_setting_and_can_be_read_again() {
        let file = "log_format = \"json\"\nsupport = \"a \\\"b\\\"\"\n[[plans]]\nname = \"pro\"\nlabel = \"Pro\"\napi_logs = true";
        let environment = [("API_LOGS_METRICS_TOKEN".to_owned(), "a secret of mine".to_owned())];
        let settings = Settings::read(Some(file), environment, []).unwrap();
        let printed = settings.to_toml();
        assert!(!printed.contains("secret"), "{printed}");
        for key in KEYS {
            assert!(
                printed.lines().any(|line| line.starts_with(key) || line == format!("[[{key}]]")),
                "{key}: {printed}"
            );
        }
        // What is hidden is no secret that could be used by mistake.
        assert_eq!(
            Settings::read(Some(&printed), none(), []).unwrap_err().0,
            ["metrics_token in the settings file must have at least 16 characters, so that nobody guesses it"]
        );
        let again = Settings::read(Some(&printed.replace(HIDDEN, "another secret of mine")), none(), []).unwrap();
        assert_eq!(again.to_toml(), printed);
    }

    #[test]
    fn the_readme_lists_every_setting() {
        for key in KEYS {
            let row = format!("\n| `{key}` |");
            assert!(include_str!("../../README.md").contains(&row), "{key}");
        }
    }

    #[test]
    fn the_path_of_the_public_url_is_the_base_path() {
        for (url, base) in [("http://a:1/", "/"), ("https://a/logs", "/logs/"), ("https://a/x/y/", "/x/y/")] {
            let settings = Settings::read(Some(&format!("public_url = \"{url}\"")), none(), []).unwrap();
            assert_eq!(settings.base_path(), base);
        }
    }
}
