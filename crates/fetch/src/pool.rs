//! Many addresses at a time: several hosts at once, and each host by one worker, so that nobody gets two requests of
//! ours together.

use std::collections::{BTreeMap, VecDeque};
use std::ops::ControlFlow;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, mpsc};

use crate::{Client, Error, Fetched, Request, host_of, locked};

impl Client {
    /// Asks for all addresses and hands out what comes, in the order in which it comes, with the number of its request.
    /// `Break` ends it: what is under way is let go.
    pub fn fetch_each(
        &self,
        requests: &[Request],
        take: &mut dyn FnMut(usize, Result<Fetched, Error>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let hosts = Mutex::new(by_host(requests));
        let (sender, receiver) = mpsc::sync_channel(1);
        let workers = self.settings.workers.clamp(1, locked(&hosts).len().max(1));
        std::thread::scope(|scope| {
            for _ in 0..workers {
                let (hosts, sender) = (&hosts, sender.clone());
                scope.spawn(move || {
                    while let Some(numbers) = { locked(hosts).pop_front() } {
                        for number in numbers {
                            let fetched = self.fetch(&requests[number]);
                            if self.stop.load(Ordering::Relaxed) && fetched.is_err()
                                || sender.send((number, fetched)).is_err()
                            {
                                return;
                            }
                        }
                    }
                });
            }
            drop(sender);
            let ended = receiver.iter().try_for_each(|(number, fetched)| take(number, fetched));
            if ended.is_break() {
                self.stop.store(true, Ordering::Relaxed);
            }
            drop(receiver);
            ended
        })
    }
}

/// The numbers of the requests to each host, in their order.
fn by_host(requests: &[Request]) -> VecDeque<Vec<usize>> {
    let mut places: BTreeMap<Option<String>, usize> = BTreeMap::new();
    let mut hosts: VecDeque<Vec<usize>> = VecDeque::new();
    for (number, request) in requests.iter().enumerate() {
        let place = *places.entry(host_of(&request.url)).or_insert(hosts.len());
        if place == hosts.len() {
            hosts.push_back(Vec::new());
        }
        hosts[place].push(number);
    }
    hosts
}
