//! One data folder with everything that was sent to it: what the tests play on.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use model::Timestamp;

use crate::Error;
use crate::calls::{CallMaker, Sizes};
use crate::client::{Access, Client, Sending};
use crate::ledger::{Ledger, Posted, Standing, monotonic_nanos};
use crate::random::Dice;
use crate::report::Report;
use crate::server::{Server, Site};
use crate::verify::{Care, verify};

/// The accounts of every stage.
pub const ACCOUNTS: [&str; 2] = ["north", "south"];

/// A data folder, what was sent to it, and what the server said.
pub struct Stage {
    /// Holds the data folder and the log; removed with the stage.
    pub folder: tempfile::TempDir,
    /// The binary with the data folder.
    pub site: Site,
    /// Who sends and asks.
    pub accounts: Arc<Vec<Access>>,
    /// What was sent.
    pub ledger: Ledger,
    maker: Mutex<CallMaker>,
}

/// What was sent, how it stood before, and what was said.
pub struct Sent {
    /// How the batch stood; `None` for a new one.
    pub before: Option<Standing>,
    /// How many calls it has.
    pub calls: usize,
    /// The answer.
    pub sending: Sending,
}

impl Stage {
    /// An empty data folder with its accounts; the server that made it runs.
    pub fn begin(binary: &Path, seed: u64, sizes: Sizes) -> Result<(Self, Server), Error> {
        let folder = tempfile::Builder::new().prefix("api-logs-torture-").tempdir()?;
        let site = Site::new(binary, folder.path())?;
        Self::on(folder, site, seed, sizes)
    }

    /// As [`Stage::begin`], on a site that is made already.
    pub fn on(folder: tempfile::TempDir, site: Site, seed: u64, sizes: Sizes) -> Result<(Self, Server), Error> {
        let server = site.start()?;
        let accounts = site.open_accounts(&server, &ACCOUNTS)?;
        Ok((Self::with_accounts(folder, site, accounts, seed, sizes), server))
    }

    /// On a site whose accounts are open already.
    pub fn with_accounts(
        folder: tempfile::TempDir,
        site: Site,
        accounts: Arc<Vec<Access>>,
        seed: u64,
        sizes: Sizes,
    ) -> Self {
        let maker = Mutex::new(CallMaker::new(Dice::new(seed, 1), sizes));
        Self { folder, site, accounts, ledger: Ledger::default(), maker }
    }

    /// Speaks to a server of the stage.
    pub fn client(&self, server: &Server) -> Client {
        server.client(Arc::clone(&self.accounts))
    }

    /// Sends a new batch and notes what the server says.
    pub fn send_new(&self, client: &Client, account: usize, size: usize, cycle: usize) -> Result<Sent, Error> {
        let batch = self.maker.lock().unwrap_or_else(PoisonError::into_inner).batch(account, size, now())?;
        let batch = Arc::new(batch);
        let number = self.ledger.begin(Arc::clone(&batch), cycle);
        let sending = client.send(account, &batch.body, batch.encoding);
        self.ledger.settle(number, &sending, monotonic_nanos());
        Ok(Sent { before: None, calls: size, sending })
    }

    /// Makes a batch that is yet to be sent, as one that is not acknowledged.
    pub fn make(&self, account: usize, size: usize) -> Result<(), Error> {
        let batch = self.maker.lock().unwrap_or_else(PoisonError::into_inner).batch(account, size, now())?;
        let number = self.ledger.begin(Arc::new(batch), 0);
        self.ledger.settle(number, &Sending::Broken("not sent".to_owned()), 0);
        Ok(())
    }

    /// Sends a batch once more, one that is acknowledged or one that is not; `None` where there is none.
    pub fn send_again(&self, client: &Client, is_acknowledged: bool, cycle: usize, dice: &mut Dice) -> Option<Sent> {
        let (number, posted) = self.ledger.take_again(is_acknowledged, cycle, |count| dice.below(count))?;
        let Posted { batch, standing, .. } = posted;
        let sending = client.send(batch.account, &batch.body, batch.encoding);
        self.ledger.settle(number, &sending, monotonic_nanos());
        Some(Sent { before: Some(standing), calls: batch.calls.len(), sending })
    }

    /// Looks for everything in the list, and closely for the batches that are wanted.
    pub fn verify(
        &self,
        client: &Client,
        is_wanted: impl Fn(&Posted) -> bool,
        care: Care,
        dice: &mut Dice,
        report: &mut Report,
    ) -> Result<(), Error> {
        let posted = self.ledger.all();
        let numbers: Vec<usize> =
            posted.iter().enumerate().filter(|(_, posted)| is_wanted(posted)).map(|(number, _)| number).collect();
        verify(client, &posted, &numbers, care, dice, report)
    }

    /// Runs `check`, which must find nothing.
    pub fn check(&self, report: &mut Report) -> Result<(), Error> {
        report.count("checks of all files", 1);
        if let Err(said) = self.site.check()? {
            report.fault(format!("check: {said}"));
        }
        Ok(())
    }
}

/// The system's time.
pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
