//! Where the reader is, as the address bar says it. Pure; the property tests hold that reading and writing agree.

use crate::words;
use model::{CallId, LogQuery, QueryIssue};

/// A page of the product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// Integrations, API Logs.
    #[default]
    ApiLogs,
    /// Integrations, Connections.
    Connections,
    /// An address that leads nowhere.
    Unknown(String),
}

impl Page {
    /// The path below the base.
    pub fn path(&self) -> &str {
        match self {
            Self::ApiLogs => "integrations/api-logs",
            Self::Connections => "integrations/connections",
            Self::Unknown(path) => path,
        }
    }

    fn read(path: &str) -> Self {
        match path.trim_end_matches('/') {
            "" | "integrations" | "integrations/api-logs" => Self::ApiLogs,
            "integrations/connections" => Self::Connections,
            _ => Self::Unknown(path.to_owned()),
        }
    }
}

/// Everything the address bar says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Which page.
    pub page: Page,
    /// The filters.
    pub query: LogQuery,
    /// The call that is open beside the list.
    pub call: Option<CallId>,
    /// The tab of the open call, in the panel's own word; empty for the first.
    pub tab: String,
    /// Whether a host page frames this one and brings its own navigation.
    pub is_embedded: bool,
    /// What of the address could not be used.
    pub issues: Vec<QueryIssue>,
}

impl Place {
    /// Reads an address: a path below the base and a query string without `?`.
    pub fn read(path: &str, query_string: &str) -> Self {
        let mut place = Self { page: Page::read(path), ..Self::default() };
        let mut filters = Vec::new();
        for parameter in query_string.split('&').filter(|parameter| !parameter.is_empty()) {
            match parameter.split_once('=').unwrap_or((parameter, "")) {
                ("call", "") | ("embed", "" | "0" | "false") => {}
                ("call", id) => match id.parse() {
                    Ok(id) => place.call = Some(id),
                    Err(_) => place.issues.push(QueryIssue::new("call", id, words::list::NOT_A_CALL_ID)),
                },
                ("embed", _) => place.is_embedded = true,
                ("tab", tab) if tab.bytes().all(|byte| byte.is_ascii_lowercase()) => tab.clone_into(&mut place.tab),
                _ => filters.push(parameter),
            }
        }
        // Other pages have parameters of their own; only this one reads filters.
        if place.page == Page::ApiLogs {
            let parsed = LogQuery::parse(&filters.join("&"));
            place.query = parsed.query;
            // What is wrong with the search is said beside it, where it still stands.
            place.issues.extend(parsed.issues.into_iter().filter(|issue| issue.parameter != "q"));
        }
        place
    }

    /// The address below the base that leads here.
    pub fn address(&self) -> String {
        let call = self.call.map(|id| id.to_string()).unwrap_or_default();
        let tab = if self.call.is_some() { self.tab.as_str() } else { "" };
        let own = [("call", call.as_str()), ("tab", tab), ("embed", if self.is_embedded { "1" } else { "" })];
        let mut parameters = self.query.to_query_string();
        for (name, value) in own.into_iter().filter(|(_, value)| !value.is_empty()) {
            if !parameters.is_empty() {
                parameters.push('&');
            }
            parameters.push_str(name);
            parameters.push('=');
            parameters.push_str(value);
        }
        let path = self.page.path();
        if parameters.is_empty() { path.to_owned() } else { format!("{path}?{parameters}") }
    }

    /// The address of a call beside the present list.
    pub fn address_of_call(&self, id: CallId) -> String {
        Self { call: Some(id), tab: String::new(), issues: Vec::new(), ..self.clone() }.address()
    }

    /// What stands before and after the id of a call in its address beside the present list.
    pub fn address_around_call(&self) -> (String, String) {
        let nobody = CallId::from_u128(0);
        let address = self.address_of_call(nobody);
        match address.split_once(&nobody.to_string()) {
            Some((before, after)) => (before.to_owned(), after.to_owned()),
            None => (address, String::new()),
        }
    }

    /// The address of another page, with the same host around it.
    pub fn address_of_page(&self, page: Page) -> String {
        Self { page, is_embedded: self.is_embedded, ..Self::default() }.address()
    }
}

#[cfg(test)]
mod tests {
    use super::{Page, Place};
    use model::{CallId, Choice, Outcome};
    use proptest::prelude::*;

    #[test]
    fn a_shared_link_opens_the_same_view() {
        let id = "0197a000-0000-7000-8000-000000000007";
        let place = Place::read("integrations/api-logs", &format!("status=error&embed=1&call={id}&tab=response"));
        assert_eq!(place.query.status, Choice::only(Outcome::Error));
        assert_eq!(place.call.map(|id| id.to_string()).as_deref(), Some(id));
        assert_eq!((place.tab.as_str(), place.is_embedded, place.issues.len()), ("response", true, 0));
        assert_eq!(place.address(), format!("integrations/api-logs?status=error&call={id}&tab=response&embed=1"));
    }

    #[test]
    fn every_call_of_a_list_has_an_address() {
        let place = Place::read("integrations/api-logs", "status=error&embed=1&tab=response");
        let (before, after) = place.address_around_call();
        let id = CallId::from_u128(7);
        assert_eq!(format!("{before}{id}{after}"), place.address_of_call(id));
    }

    #[test]
    fn what_cannot_be_used_is_reported() {
        let place = Place::read("integrations/api-logs", "stats=error&call=nonsense");
        let reported: Vec<_> = place.issues.iter().map(|issue| issue.parameter.as_str()).collect();
        assert_eq!(reported, ["call", "stats"]);
    }

    #[test]
    fn a_search_that_cannot_be_read_stays_in_its_box() {
        let place = Place::read("integrations/api-logs", "q=statu:error&code=404");
        assert_eq!((place.query.text.as_str(), place.issues.len()), ("statu:error", 0));
        assert_eq!(place.address(), "integrations/api-logs?q=statu:error&code=404");
    }

    #[test]
    fn paths_lead_to_pages() {
        for (path, page) in [
            ("", Page::ApiLogs),
            ("integrations/api-logs/", Page::ApiLogs),
            ("integrations/connections", Page::Connections),
            ("integrations/api-logs-archive", Page::Unknown("integrations/api-logs-archive".to_owned())),
        ] {
            assert_eq!(Place::read(path, "").page, page, "{path}");
        }
    }

    proptest! {
        #[test]
        fn an_address_leads_back(query_string in ".*", id: u128, is_embedded: bool, tab in "[a-z]{0,8}") {
            let read = Place::read("integrations/api-logs", &query_string);
            let place = Place { call: Some(CallId::from_u128(id)), is_embedded, tab, issues: vec![], ..read };
            let address = place.address();
            let (path, query_string) = address.split_once('?').unwrap_or((&address, ""));
            prop_assert_eq!(Place::read(path, query_string), place);
        }
    }
}
