//! A store whose questions are counted and timed, whichever store it is.

use std::time::Instant;

use async_trait::async_trait;
use model::search::Field;
use model::{Call, CallId, CallPage, Facets, Histogram, LogQuery, Timestamp};

use super::{
    CallStore, Erased, ErasureTarget, Fate, LastSuccess, Place, Since, Spread, StoreError, StoreFigures, StoredCall,
    Tail, Values, WholePage,
};
use crate::accounts::AccountScope;
use crate::metrics::{Kind, QuestionMetrics};
use crate::redact::RedactedCall;

/// A store, and where its questions are counted. A question whose asker leaves is not.
pub struct Measured<S> {
    store: S,
    metrics: QuestionMetrics,
}

impl<S> Measured<S> {
    /// The store, counted there.
    pub const fn new(store: S, metrics: QuestionMetrics) -> Self {
        Self { store, metrics }
    }
}

#[async_trait]
impl<S: CallStore> CallStore for Measured<S> {
    async fn append(&self, scope: &AccountScope, calls: Vec<RedactedCall>) -> Result<Vec<Fate>, StoreError> {
        self.store.append(scope, calls).await
    }

    async fn page(
        &self,
        scope: &AccountScope,
        query: &LogQuery,
        place: Place,
        limit: usize,
    ) -> Result<CallPage, StoreError> {
        let began = Instant::now();
        let answer = self.store.page(scope, query, place, limit).await;
        self.metrics.asked(Kind::Page, began.elapsed(), &answer, |page| page.partial);
        answer
    }

    async fn facets(&self, scope: &AccountScope, query: &LogQuery) -> Result<Facets, StoreError> {
        let began = Instant::now();
        let answer = self.store.facets(scope, query).await;
        self.metrics.asked(Kind::Facets, began.elapsed(), &answer, |facets| facets.partial);
        answer
    }

    async fn histogram(&self, scope: &AccountScope, query: &LogQuery, buckets: usize) -> Result<Histogram, StoreError> {
        let began = Instant::now();
        let answer = self.store.histogram(scope, query, buckets).await;
        self.metrics.asked(Kind::Histogram, began.elapsed(), &answer, |histogram| histogram.partial);
        answer
    }

    async fn values(
        &self,
        scope: &AccountScope,
        query: &LogQuery,
        field: Field,
        typed: &str,
    ) -> Result<Values, StoreError> {
        let began = Instant::now();
        let answer = self.store.values(scope, query, field, typed).await;
        self.metrics.asked(Kind::Values, began.elapsed(), &answer, |values| values.is_partial);
        answer
    }

    async fn get(&self, scope: &AccountScope, id: CallId) -> Result<Option<StoredCall>, StoreError> {
        let began = Instant::now();
        let answer = self.store.get(scope, id).await;
        self.metrics.asked(Kind::Get, began.elapsed(), &answer, |_| false);
        answer
    }

    async fn last_success(&self, scope: &AccountScope, id: CallId) -> Result<LastSuccess, StoreError> {
        let began = Instant::now();
        let answer = self.store.last_success(scope, id).await;
        self.metrics.asked(Kind::LastSuccess, began.elapsed(), &answer, |_| false);
        answer
    }

    async fn first_failure(
        &self,
        scope: &AccountScope,
        call: &Call,
        after: &Call,
    ) -> Result<Option<Timestamp>, StoreError> {
        let began = Instant::now();
        let answer = self.store.first_failure(scope, call, after).await;
        self.metrics.asked(Kind::FirstFailure, began.elapsed(), &answer, |_| false);
        answer
    }

    async fn spread(&self, scope: &AccountScope, query: &LogQuery) -> Result<Spread, StoreError> {
        let began = Instant::now();
        let answer = self.store.spread(scope, query).await;
        self.metrics.asked(Kind::Spread, began.elapsed(), &answer, |spread| spread.partial);
        answer
    }

    async fn whole_page(
        &self,
        scope: &AccountScope,
        query: &LogQuery,
        place: Place,
        limit: usize,
    ) -> Result<WholePage, StoreError> {
        let began = Instant::now();
        let answer = self.store.whole_page(scope, query, place, limit).await;
        self.metrics.asked(Kind::Export, began.elapsed(), &answer, |page| !page.missing.is_empty());
        answer
    }

    fn tail(&self, scope: &AccountScope, query: &LogQuery, since: Since) -> Result<Tail, StoreError> {
        self.store.tail(scope, query, since)
    }

    async fn erase(&self, scope: &AccountScope, target: &ErasureTarget) -> Result<Erased, StoreError> {
        self.store.erase(scope, target).await
    }

    async fn forget_expired(&self) -> Result<usize, StoreError> {
        self.store.forget_expired().await
    }

    async fn obstacles(&self) -> Vec<String> {
        self.store.obstacles().await
    }

    async fn figures(&self) -> Result<StoreFigures, StoreError> {
        self.store.figures().await
    }
}
