//! JSON kept as the text it came in.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// A JSON value as its text: key order, duplicate keys and numbers of any size survive. Absent means `null`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawJson(String);

impl RawJson {
    /// Takes a text that is JSON; `None` where it is not.
    pub fn new(text: String) -> Option<Self> {
        RawValue::from_string(text).ok().map(|raw| Self(String::from(Box::<str>::from(raw))))
    }

    /// Takes the text of a value out of JSON that has been read already.
    pub fn of_part(part: &str) -> Self {
        Self(part.to_owned())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is no value.
    pub fn is_null(&self) -> bool {
        self.0 == "null"
    }
}

impl Default for RawJson {
    fn default() -> Self {
        Self("null".to_owned())
    }
}

impl Serialize for RawJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.0.clone()).map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RawJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        Ok(Self(String::from(Box::<str>::from(raw))))
    }
}
