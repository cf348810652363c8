//! The rules, in the order in which they are tried: those of an application before those that hold for any.

use std::sync::LazyLock;

use super::rule::{self, Rule};

const FILES: [(&str, &str); 10] = [
    ("google", include_str!("rules/google.toml")),
    ("salesforce", include_str!("rules/salesforce.toml")),
    ("zendesk", include_str!("rules/zendesk.toml")),
    ("freshdesk", include_str!("rules/freshdesk.toml")),
    ("twilio", include_str!("rules/twilio.toml")),
    ("clickatell", include_str!("rules/clickatell.toml")),
    ("platform", include_str!("rules/platform.toml")),
    ("script", include_str!("rules/script.toml")),
    ("says_success", include_str!("rules/says_success.toml")),
    ("http", include_str!("rules/http.toml")),
];

/// All of them. They are a part of the program; a test holds that each file can be read.
pub fn all() -> &'static [Rule] {
    static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
        let read = |(name, file): (&str, &str)| {
            rule::read(file).unwrap_or_else(|fault| {
                tracing::error!(file = name, fault, "rules cannot be read");
                Vec::new()
            })
        };
        FILES.into_iter().flat_map(read).collect()
    });
    &RULES
}

/// What is wrong with the files.
#[cfg(test)]
pub fn faults() -> Vec<String> {
    FILES.iter().filter_map(|(name, file)| rule::read(file).err().map(|fault| format!("{name}: {fault}"))).collect()
}
