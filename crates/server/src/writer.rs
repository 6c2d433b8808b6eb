//! Articles that are given to the server: one thread takes them into the store, one gift after the other.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::StatusCode;
use tokio::sync::oneshot;
use twosource_engine::{Given, Ingest, Sorted, Taken};
use twosource_model::{Instant, Meaning};
use twosource_read::Record;
use twosource_store::{Listed, Store};

use crate::problem::Problem;
use crate::work::{What, Works};

/// Gifts that wait; whoever comes then is asked to come again.
const WAITING: usize = 16;
/// Records taken in one transaction.
const TOGETHER: usize = 32;

/// What came of a gift.
#[derive(Debug, Default)]
pub(crate) struct Received {
    /// What became of each record, in their order.
    pub(crate) taken: Vec<Taken>,
    /// What is known of each article now, in their order.
    pub(crate) listed: Vec<Option<Listed>>,
    pub(crate) sorted: Sorted,
}

type Answer = Result<Received, Problem>;

struct Gift {
    records: Vec<Record>,
    at: Option<Instant>,
    since: i64,
    answer: oneshot::Sender<Answer>,
}

/// The thread that writes; it begins with the first gift.
pub(crate) struct Writer {
    path: PathBuf,
    meaning: Arc<dyn Meaning>,
    works: Arc<Works>,
    gifts: Mutex<Option<SyncSender<Gift>>>,
}

impl Writer {
    pub(crate) fn new(path: &Path, meaning: Arc<dyn Meaning>, works: Arc<Works>) -> Writer {
        Writer { path: path.to_owned(), meaning, works, gifts: Mutex::default() }
    }

    /// Gives records and waits for what came of them. They are kept even where nobody waits any more.
    pub(crate) async fn give(&self, records: Vec<Record>, at: Option<Instant>, since: i64) -> Answer {
        let (answer, answered) = oneshot::channel();
        self.send(Gift { records, at, since, answer })?;
        answered.await.unwrap_or_else(|_| Err(Problem::ours()))
    }

    fn send(&self, gift: Gift) -> Result<(), Problem> {
        let mut gifts = self.gifts.lock().unwrap_or_else(PoisonError::into_inner);
        let sender = match &*gifts {
            Some(sender) => sender.clone(),
            None => gifts.insert(self.started()?).clone(),
        };
        sender.try_send(gift).map_err(|error| match error {
            TrySendError::Full(_) => {
                Problem::new(StatusCode::SERVICE_UNAVAILABLE, "Many articles wait to be taken; send these again later.")
            }
            TrySendError::Disconnected(_) => Problem::ours(),
        })
    }

    fn started(&self) -> Result<SyncSender<Gift>, Problem> {
        let (sender, gifts) = sync_channel(WAITING);
        let (path, meaning, works) = (self.path.clone(), self.meaning.clone(), self.works.clone());
        let thread = std::thread::Builder::new().name("writer".to_owned());
        thread.spawn(move || receive(&gifts, &path, &*meaning, &works)).map_err(|_| Problem::ours())?;
        Ok(sender)
    }
}

/// Takes gifts until the server is no more. The stream of the clustering stays in memory from one to the next.
fn receive(gifts: &Receiver<Gift>, path: &Path, meaning: &dyn Meaning, works: &Arc<Works>) {
    let mut kept: Option<Ingest<'_>> = None;
    while let Ok(Gift { records, at, since, answer }) = gifts.recv() {
        let work = works.begin(What::Add, records.len(), since);
        let mut ingest = kept.take();
        let took = catch_unwind(AssertUnwindSafe(|| {
            let mut own = match ingest.take() {
                Some(ingest) => ingest,
                None => Ingest::new(Store::open_existing(path)?, meaning),
            };
            let received = take(&mut own, records, at.as_ref(), &mut |count| work.did(count));
            Ok((own, received))
        }));
        drop(work);
        let answered = match took {
            Ok(Ok((own, received))) => {
                kept = Some(own);
                received
            }
            Ok(Err(error)) => Err(error),
            Err(_) => Err(Problem::ours()),
        };
        // Whoever asked may have given up meanwhile.
        let _ = answer.send(answered);
    }
}

fn take(
    ingest: &mut Ingest<'_>,
    records: Vec<Record>,
    at: Option<&Instant>,
    did: &mut dyn FnMut(usize),
) -> Result<Received, Problem> {
    let mut taken = Vec::with_capacity(records.len());
    let mut given = records.into_iter().map(|record| Given { record, captured_at: at.cloned(), fetched: false });
    loop {
        let batch: Vec<Given> = given.by_ref().take(TOGETHER).collect();
        if batch.is_empty() {
            break;
        }
        let count = batch.len();
        taken.extend(ingest.add(batch)?);
        did(count);
    }
    let sorted = ingest.sort()?;
    let articles = taken.iter().flat_map(|taken| &taken.articles);
    let listed = articles.map(|kept| ingest.store().listed(kept.article)).collect::<Result<_, _>>()?;
    Ok(Received { taken, listed, sorted })
}
