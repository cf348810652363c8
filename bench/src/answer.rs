//! An answer in the form in which the answers of different engines are equal.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::Error;

/// What was answered. What was not asked for is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// The ids of the rows, in order.
    pub ids: Vec<String>,
    /// Counts by filter and value; values that no call has are left out.
    pub facets: BTreeMap<String, BTreeMap<String, u64>>,
    /// Successes and errors by the beginning of the bucket, in milliseconds since 1970; empty buckets are left out.
    pub buckets: BTreeMap<String, (u64, u64)>,
    /// The width of a bucket in milliseconds.
    pub bucket_ms: Option<u64>,
}

impl Answer {
    /// Takes in one of the server's answers: a page, facets or a histogram.
    pub fn add(&mut self, part: &Value) -> Result<(), Error> {
        if part.get("items").is_some() {
            let page: model::CallPage = serde_json::from_value(part.clone())?;
            self.ids.extend(page.items.iter().map(|call| call.id.to_string()));
        } else if part.get("facets").is_some() {
            let facets: model::Facets = serde_json::from_value(part.clone())?;
            for facet in model::Facet::ALL {
                let counts = facets.facets.get(facet).iter().filter(|value| value.count > 0);
                let counts = counts.map(|value| (value.value.clone(), value.count)).collect();
                self.facets.insert(facet.parameter().to_owned(), counts);
            }
        } else {
            let histogram: model::Histogram = serde_json::from_value(part.clone())?;
            self.bucket_ms = Some(histogram.bucket_ms);
            let filled = histogram.buckets.iter().filter(|bucket| bucket.success + bucket.error > 0);
            self.buckets
                .extend(filled.map(|bucket| (bucket.start.millis().to_string(), (bucket.success, bucket.error))));
        }
        Ok(())
    }

    /// Whether another answer begins with what this one has, which is not whole. Counts that are not whole can only be
    /// smaller.
    pub fn begins(&self, whole: &Self) -> bool {
        let smaller = |count: &u64, of: Option<&u64>| of.is_some_and(|of| count <= of);
        whole.ids.starts_with(&self.ids)
            && self.facets.iter().all(|(facet, counts)| {
                let of = whole.facets.get(facet);
                counts.iter().all(|(value, count)| smaller(count, of.and_then(|of| of.get(value))))
            })
            && self.buckets.iter().all(|(start, (success, error))| {
                let of = whole.buckets.get(start);
                smaller(success, of.map(|(success, _)| success)) && smaller(error, of.map(|(_, error)| error))
            })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_the_server_says_equals_what_a_peer_says() {
        let mut ours = Answer::default();
        let value = |value, count| json!({"value": value, "label": value, "count": count});
        ours.add(&json!({"facets": {"status": [value("success", 7), value("error", 0)], "method": [], "code": [],
            "bot": [value("b1", 7)], "application": [], "source": []}}))
            .unwrap();
        ours.add(&json!({"bucket_ms": 60_000, "buckets": [
            {"start": "2026-11-23T00:00:00Z", "success": 6, "error": 1, "no_response": 0},
            {"start": "2026-11-23T00:01:00Z", "success": 0, "error": 0, "no_response": 3}]}))
            .unwrap();
        let peer: Answer = serde_json::from_value(json!({
            "facets": {"status": {"success": 7}, "bot": {"b1": 7}, "method": {}, "code": {}, "application": {},
                "source": {}},
            "buckets": {"1795392000000": [6, 1]}, "bucket_ms": 60_000}))
        .unwrap();
        assert_eq!(ours, peer);
    }

    #[test]
    fn what_is_not_whole_is_part_of_what_is() {
        let answer = |ids: &[&str], success| Answer {
            ids: ids.iter().map(ToString::to_string).collect(),
            buckets: BTreeMap::from([("0".to_owned(), (success, 0))]),
            ..Answer::default()
        };
        assert!(answer(&["a"], 3).begins(&answer(&["a", "b"], 4)));
        assert!(!answer(&["b"], 3).begins(&answer(&["a", "b"], 4)));
        assert!(!answer(&["a"], 5).begins(&answer(&["a", "b"], 4)));
    }
}
