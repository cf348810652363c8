//! Keys that their makers gave a beginning of its own, so that they can be told.
//!
//! The beginning stays: whether a test key or a live one was sent is what people look for.

use std::ops::Range;

use super::{Found, is_base64url, is_word_start, looks_random, run_beginning, run_end};

/// What keys of one maker look like.
pub struct Shape {
    /// How they begin.
    pub prefix: &'static str,
    /// The least that follows.
    least: usize,
    tail: Tail,
    kind: &'static str,
}

/// What the rest of a key is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tail {
    /// Letters, digits, `-` and `_`.
    Word,
    /// These, and dots between them.
    Dotted,
    /// As `Word`, with letters and digits mixed: the beginning is that of many words.
    Random,
    /// As `Random`, without `-` and `_`, which many words have.
    Alphanumeric,
    /// Capital letters and digits.
    Capitals,
}

const fn key(prefix: &'static str, least: usize, tail: Tail) -> Shape {
    Shape { prefix, least, tail, kind: "api_key" }
}

const fn token(prefix: &'static str, least: usize, tail: Tail) -> Shape {
    Shape { prefix, least, tail, kind: "token" }
}

/// The beginnings, by maker.
pub static SHAPES: [Shape; 72] = [
    // Stripe; `pk_` is public.
    key("sk_live_", 8, Tail::Word),
    key("sk_test_", 8, Tail::Word),
    key("rk_live_", 8, Tail::Word),
    key("rk_test_", 8, Tail::Word),
    Shape { prefix: "whsec_", least: 16, tail: Tail::Word, kind: "secret" },
    // GitHub, GitLab, npm, PyPI, RubyGems, Docker.
    token("ghp_", 16, Tail::Word),
    token("gho_", 16, Tail::Word),
    token("ghu_", 16, Tail::Word),
    token("ghs_", 16, Tail::Word),
    token("ghr_", 16, Tail::Word),
    token("github_pat_", 16, Tail::Word),
    token("glpat-", 16, Tail::Dotted),
    token("gldt-", 16, Tail::Word),
    token("glrt-", 16, Tail::Dotted),
    token("npm_", 30, Tail::Alphanumeric),
    token("pypi-", 40, Tail::Random),
    token("rubygems_", 30, Tail::Word),
    token("dckr_pat_", 16, Tail::Word),
    // Slack.
    token("xoxa-", 10, Tail::Word),
    token("xoxb-", 10, Tail::Word),
    token("xoxp-", 10, Tail::Word),
    token("xoxr-", 10, Tail::Word),
    token("xoxs-", 10, Tail::Word),
    token("xoxc-", 10, Tail::Word),
    token("xoxd-", 10, Tail::Word),
    token("xoxe-", 10, Tail::Word),
    token("xoxe.", 10, Tail::Word),
    token("xapp-", 10, Tail::Word),
    // Amazon.
    key("AKIA", 12, Tail::Capitals),
    key("ASIA", 12, Tail::Capitals),
    // Google: API keys, access tokens, refresh tokens, client secrets.
    key("AIza", 30, Tail::Word),
    token("ya29.", 16, Tail::Dotted),
    token("1//0", 30, Tail::Word),
    Shape { prefix: "GOCSPX-", least: 16, tail: Tail::Word, kind: "secret" },
    // Meta.
    token("EAA", 40, Tail::Alphanumeric),
    // Mail and marketing: SendGrid, Mailgun, Brevo, HubSpot, Mailchimp's transactional mail.
    key("SG.", 32, Tail::Dotted),
    key("key-", 32, Tail::Alphanumeric),
    key("xkeysib-", 32, Tail::Word),
    token("pat-na1-", 32, Tail::Word),
    token("pat-eu1-", 32, Tail::Word),
    key("md-", 22, Tail::Random),
    // Shopify, Square, Flutterwave, PayPal's Braintree.
    token("shpat_", 16, Tail::Word),
    token("shpca_", 16, Tail::Word),
    token("shppa_", 16, Tail::Word),
    token("shpss_", 16, Tail::Word),
    token("sq0atp-", 16, Tail::Word),
    token("sq0csp-", 16, Tail::Word),
    key("FLWSECK-", 16, Tail::Word),
    key("FLWSECK_TEST-", 16, Tail::Word),
    token("access_token$", 16, Tail::Random),
    // Language models.
    key("sk-ant-", 16, Tail::Word),
    key("sk-proj-", 16, Tail::Word),
    key("sk-", 32, Tail::Random),
    key("hf_", 30, Tail::Alphanumeric),
    key("gsk_", 30, Tail::Alphanumeric),
    key("r8_", 30, Tail::Alphanumeric),
    key("pplx-", 30, Tail::Alphanumeric),
    // Work tools: Notion, Linear, Figma, Postman, Atlassian, Airtable, Typeform, Sentry, Grafana, New Relic.
    Shape { prefix: "secret_", least: 40, tail: Tail::Alphanumeric, kind: "secret" },
    token("ntn_", 30, Tail::Alphanumeric),
    key("lin_api_", 30, Tail::Alphanumeric),
    token("figd_", 30, Tail::Word),
    key("PMAK-", 30, Tail::Word),
    token("ATATT3x", 40, Tail::Random),
    token("pat", 64, Tail::Dotted),
    token("tfp_", 30, Tail::Random),
    token("sntrys_", 30, Tail::Random),
    token("glsa_", 30, Tail::Word),
    key("NRAK-", 20, Tail::Alphanumeric),
    // Hosting: DigitalOcean, Supabase, HashiCorp Vault.
    token("dop_v1_", 32, Tail::Word),
    token("sbp_", 32, Tail::Alphanumeric),
    token("hvs.", 24, Tail::Random),
    // Zoho's access and refresh tokens.
    token("1000.", 60, Tail::Dotted),
];

impl Shape {
    /// The rest of a key behind its beginning.
    pub fn find(&self, text: &str, hit: Range<usize>) -> Option<Found> {
        if text.get(hit.clone())? != self.prefix || !is_word_start(text, hit.start) {
            return None;
        }
        let takes = |byte| self.tail.takes(byte);
        let beginning = run_beginning(text, hit.end, takes);
        let is_mixed = !matches!(self.tail, Tail::Random | Tail::Alphanumeric) || looks_random(beginning);
        if beginning.len() < self.least || !is_mixed {
            return None;
        }
        let rest = text.get(hit.end..run_end(text, hit.end, takes))?.trim_end_matches(['.', '-']);
        Some(Found::new(hit.end..hit.end + rest.len(), self.kind))
    }
}

impl Tail {
    const fn takes(self, byte: u8) -> bool {
        match self {
            Self::Word | Self::Random => is_base64url(byte),
            Self::Dotted => is_base64url(byte) || byte == b'.',
            Self::Alphanumeric => byte.is_ascii_alphanumeric(),
            Self::Capitals => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
        }
    }
}
